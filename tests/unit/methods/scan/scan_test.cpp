/// Scans against every window of small cases, worked out one by one, and the laws of a scan.
#include "methods/scan/scan.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "methods/scan/clusters.hpp"
#include "methods/scan/lanes.hpp"
#include "methods/scan/needed.hpp"
#include "methods/scan/replications.hpp"

namespace icosa::methods::scan {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

struct Case {
    Data data;
    Options options;
};

class Maker {
public:
    explicit Maker(std::uint64_t seed) : bits_(seed) {}
    int below(int n) { return static_cast<int>(bits_() % static_cast<std::uint64_t>(n)); }
    double unit() { return std::uniform_real_distribution<double>(0, 1)(bits_); }
    int poisson(double mean) { return std::poisson_distribution<int>(mean)(bits_); }

    Case make(ScanModel model) {
        Case out;
        const auto places = static_cast<std::size_t>(3 + below(12));
        out.data.periods = static_cast<std::size_t>(2 + below(14));
        const double mean = below(3) == 0 ? 0.1 : 1.5;
        for (std::size_t p = 0; p < places; ++p) {
            out.data.places.push_back({-5 + 10 * unit(), 20 + 10 * unit()});
            const double people = 100 + 1000 * unit();
            for (std::size_t t = 0; t < out.data.periods; ++t) {
                const bool hot = p < 3 && t + 3 > out.data.periods;
                out.data.counts.push_back(poisson(mean * people / 500 * (hot ? 2.5 : 1)));
                if (model == ScanModel::Poisson)
                    out.data.population.push_back(t == 0 || below(3) == 0 ? people * (0.5 + unit()) : nan_value);
            }
        }
        out.data.counts[0] += 2;
        for (std::size_t t = 0; t < out.data.periods; ++t) out.data.period_days.push_back(28 + below(4));
        out.options.model = model;
        out.options.look = below(3) == 0 ? ScanLook::Prospective : ScanLook::Retrospective;
        out.options.max_share = 0.1 + 0.4 * unit();
        out.options.max_radius_km = below(3) == 0 ? 400 : 0;
        out.options.max_window_share = 0.3 + 0.6 * unit();
        out.options.interval = 1 + below(out.data.periods > 4 ? 3 : 1);
        out.options.minimum_cases = 2 + below(3) / 2;
        out.options.replications = 0;
        return out;
    }

private:
    std::mt19937_64 bits_;
};

/// Every circle and stretch of whole steps, cell by cell.
double greatest_of_all(const Case& of, std::span<const std::int32_t> counts, const Expected& expected,
                       const Circles& circles, std::size_t longest) {
    const std::size_t steps = expected.intervals;
    double best = 0;
    for (std::size_t c = 0; c < of.data.places.size(); ++c) {
        const auto near = circles.about(c);
        for (std::size_t size = 1; size <= near.size(); ++size) {
            for (std::size_t first = 0; first < steps; ++first) {
                for (std::size_t end = first + 1; end <= steps && end - first <= longest; ++end) {
                    if (of.options.look == ScanLook::Prospective && end != steps) continue;
                    double n = 0, u = 0;
                    for (const auto place : near.first(size)) {
                        for (std::size_t t = first; t < end; ++t) {
                            n += counts[static_cast<std::size_t>(place) * steps + t];
                            u += expected.row(static_cast<std::size_t>(place))[t + 1]
                                - expected.row(static_cast<std::size_t>(place))[t];
                        }
                    }
                    if (n < of.options.minimum_cases || n <= u || u <= 0) continue;
                    const double rest = expected.all - n;
                    best = std::max(best,
                                    n * std::log(n / u) + (rest > 0 ? rest * std::log(rest / (expected.all - u)) : 0));
                }
            }
        }
    }
    return best;
}

/// What a scan makes of a case, put together anew for the comparison.
struct Made {
    Steps steps;
    std::vector<std::int32_t> counts;
    Expected expected;
    Circles circles;
    Windows windows;
};

Made put_together(const Case& of) {
    Made out;
    out.steps = {of.data.periods, of.options.interval};
    const std::size_t steps = out.steps.count();
    out.counts.assign(of.data.places.size() * steps, 0);
    std::vector<std::int64_t> by_place(of.data.places.size(), 0), by_step(steps, 0);
    double cases = 0;
    for (std::size_t p = 0; p < of.data.places.size(); ++p) {
        for (std::size_t t = 0; t < of.data.periods; ++t) {
            std::size_t step = 0;
            while (step + 1 < steps && t >= out.steps.first_period(step + 1)) ++step;
            const auto n = of.data.counts[p * of.data.periods + t];
            out.counts[p * steps + step] += n;
            by_place[p] += n;
            by_step[step] += n;
            cases += n;
        }
    }
    out.expected = of.options.model == ScanModel::Poisson
        ? expected_by_population(of.data.population, of.data.period_days, of.data.places.size(), out.steps, cases)
        : expected_by_margins(by_place, by_step);
    std::vector<double> weights;
    for (std::size_t p = 0; p < of.data.places.size(); ++p) weights.push_back(out.expected.of_place(p));
    out.circles =
        circles_about(of.data.places, weights, {of.options.max_share * cases * (1 + 1e-12), of.options.max_radius_km});
    const auto asked =
        static_cast<std::size_t>(std::floor(static_cast<double>(of.data.periods) * of.options.max_window_share + 1e-9));
    out.windows = {steps, std::clamp<std::size_t>(asked / static_cast<std::size_t>(of.options.interval), 1, steps),
                   of.options.look == ScanLook::Prospective, of.options.minimum_cases};
    return out;
}

void expect_the_greatest(const Case& of, int number) {
    const Made made = put_together(of);
    const double wanted = greatest_of_all(of, made.counts, made.expected, made.circles, made.windows.longest);
    const auto found = scan_statistic(of.data, of.options);
    ASSERT_TRUE(found) << found.error().what;
    const double got = found->clusters.empty() ? 0 : found->clusters.front().statistic;
    ASSERT_NEAR(got, wanted, 1e-9 * (1 + wanted)) << "case " << number;
}

class Scans : public ::testing::TestWithParam<ScanModel> {};

TEST_P(Scans, TheGreatestOfAllWindowsIsFound) {
    Maker maker(17);
    for (int i = 0; i < 300; ++i) {
        ASSERT_NO_FATAL_FAILURE(expect_the_greatest(maker.make(GetParam()), i));
    }
}

/// Where a circle of nearly half of what is expected holds most cases, the excess falls while the statistic still
/// rises; and a level stands at most 100, however great the statistic.
TEST_P(Scans, AMajorityOfTheCases) {
    Maker maker(19);
    for (int i = 0; i < 200; ++i) {
        Case of;
        of.options.model = GetParam();
        of.options.replications = 0;
        of.options.max_share = 0.5;
        of.options.max_window_share = 0.9;
        of.options.minimum_cases = 1 + maker.below(2);
        of.data.periods = static_cast<std::size_t>(1 + maker.below(4));
        const auto places = static_cast<std::size_t>(3 + maker.below(4));
        const double first = 0.1 + 0.25 * maker.unit(), both = 0.47 + 0.03 * maker.unit();
        const double cases = maker.below(2) == 0 ? 300 : 20'000, outside = 0.001 + 0.1 * maker.unit();
        for (std::size_t p = 0; p < places; ++p) {
            of.data.places.push_back({0, p < 2 ? static_cast<double>(p) : 1.9 + 0.1 * maker.unit()});
            const double share = p == 0 ? first : p == 1 ? both - first : (1 - both) / static_cast<double>(places - 2);
            const double of_them = p == 1 ? share : p > 1 ? share * outside : 1 - share;
            for (std::size_t t = 0; t < of.data.periods; ++t) {
                of.data.population.push_back(1e5 * share);
                of.data.counts.push_back(static_cast<std::int32_t>(
                    cases * of_them / static_cast<double>(of.data.periods) * (0.95 + 0.05 * maker.unit())));
            }
        }
        of.data.period_days.assign(of.data.periods, 30);
        if (GetParam() == ScanModel::Permutation) of.data.population.clear();
        ASSERT_NO_FATAL_FAILURE(expect_the_greatest(of, i));
    }
}

TEST_P(Scans, BoundsRuleOutNothingThatReachesALevel) {
    Maker maker(18);
    for (int i = 0; i < 200; ++i) {
        const Case of = maker.make(GetParam());
        const Made made = put_together(of);
        const Sweep sweep(made.circles, made.expected, made.windows, of.options.max_share * made.expected.all);
        Deviations data;
        data.counts = made.counts;
        data.work_out(sweep.quanta(), made.windows, of.data.places.size());
        const double wanted = greatest_of_all(of, made.counts, made.expected, made.circles, made.windows.longest);
        for (const double from : {0.0, 0.5, wanted * 0.999999, wanted * 1.01 + 0.01}) {
            SweepCount count;
            const Window found = sweep.greatest(data, from, &count, 1);
            ASSERT_NEAR(found.statistic, from > wanted ? 0 : wanted, 1e-9 * (1 + wanted)) << "case " << i;
            const Probes probed = probe(count.ruled_out, made.counts, made.expected, made.circles,
                                        made.windows.minimum_cases, made.windows.to_end);
            ASSERT_EQ(probed.wrong, 0) << "case " << i << " from " << from;
        }
    }
}

TEST_P(Scans, AnyNumberOfThreadsAndOrderOfPlaces) {
    Maker maker(19);
    for (int i = 0; i < 10; ++i) {
        Case of = maker.make(GetParam());
        of.options.replications = 70;
        const auto one = scan_statistic(of.data, of.options);
        of.options.threads = 3;
        const auto three = scan_statistic(of.data, of.options);
        ASSERT_TRUE(one && three);
        EXPECT_EQ(one->maxima, three->maxima);
        EXPECT_EQ(one->windows_judged, three->windows_judged);
        ASSERT_EQ(one->clusters.size(), three->clusters.size());
        for (std::size_t c = 0; c < one->clusters.size(); ++c) {
            EXPECT_EQ(one->clusters[c].statistic, three->clusters[c].statistic);
            EXPECT_EQ(one->clusters[c].p_value, three->clusters[c].p_value);
        }
    }
}

TEST_P(Scans, ReplicationsKeepTheirTotals) {
    Maker maker(20);
    const Case of = maker.make(GetParam());
    const Made made = put_together(of);
    const std::size_t steps = made.expected.intervals;
    const PoissonDraws poisson(made.expected);
    const PermutedDraws permuted(made.counts, steps);
    std::vector<double> mean(made.counts.size(), 0);
    constexpr int many = 4000;
    for (int r = 0; r < many; ++r) {
        Stream stream(5, static_cast<std::uint64_t>(r));
        std::vector<std::int32_t> counts;
        if (GetParam() == ScanModel::Poisson) poisson.draw(stream, counts);
        else permuted.draw(stream, counts);
        double all = 0;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            mean[i] += counts[i] / static_cast<double>(many);
            all += counts[i];
        }
        ASSERT_EQ(all, made.expected.all);
        if (GetParam() == ScanModel::Poisson) continue;
        for (std::size_t p = 0; p < of.data.places.size(); ++p) {
            std::int64_t drawn = 0, had = 0;
            for (std::size_t t = 0; t < steps; ++t) {
                drawn += counts[p * steps + t];
                had += made.counts[p * steps + t];
            }
            ASSERT_EQ(drawn, had);
        }
    }
    for (std::size_t p = 0; p < of.data.places.size(); ++p) {
        for (std::size_t t = 0; t < steps; ++t) {
            const double u = made.expected.row(p)[t + 1] - made.expected.row(p)[t];
            EXPECT_NEAR(mean[p * steps + t], u, 5 * std::sqrt((u + 0.01) / many));
        }
    }
}

TEST_P(Scans, WithoutAClusterPValuesAreEven) {
    Maker maker(21);
    int below_tenth = 0;
    constexpr int scans = 200;
    for (int i = 0; i < scans; ++i) {
        Case of;
        of.data.periods = 8;
        of.data.period_days.assign(8, 1);
        for (int p = 0; p < 12; ++p) {
            of.data.places.push_back({maker.unit() * 3, maker.unit() * 3});
            for (int t = 0; t < 8; ++t) {
                of.data.counts.push_back(maker.poisson(2));
                if (GetParam() == ScanModel::Poisson) of.data.population.push_back(100);
            }
        }
        of.options.model = GetParam();
        of.options.replications = 99;
        of.options.seed = static_cast<std::uint64_t>(i);
        const auto found = scan_statistic(of.data, of.options);
        ASSERT_TRUE(found);
        below_tenth += !found->clusters.empty() && found->clusters.front().p_value <= 0.1 ? 1 : 0;
    }
    EXPECT_NEAR(below_tenth, scans * 0.1, 4 * std::sqrt(scans * 0.09));
}

INSTANTIATE_TEST_SUITE_P(Models, Scans, ::testing::Values(ScanModel::Poisson, ScanModel::Permutation),
                         [](const auto& model) {
                             return model.param == ScanModel::Poisson ? "Poisson" : "Permutation";
                         });

/// Ten places on a line, six periods, a cluster at places 2 and 3 in periods 3 and 4.
Case line() {
    Case out;
    out.data.periods = 6;
    out.data.period_days.assign(6, 1);
    for (int p = 0; p < 10; ++p) {
        out.data.places.push_back({0, p * 0.5});
        for (int t = 0; t < 6; ++t) {
            out.data.counts.push_back((p == 2 || p == 3) && (t == 3 || t == 4) ? 12 : 3);
            out.data.population.push_back(1000);
        }
    }
    out.options.replications = 99;
    return out;
}

TEST(Scan, NamesWhereAndWhen) {
    Case of = line();
    const auto found = scan_statistic(of.data, of.options);
    ASSERT_TRUE(found);
    const Cluster& first = found->clusters.front();
    EXPECT_EQ(first.centre, 3U) << "about 2 its other neighbour comes first";
    EXPECT_EQ(first.places, (std::vector<std::size_t>{3, 2}));
    EXPECT_EQ(first.first, 3U);
    EXPECT_EQ(first.last, 4U);
    EXPECT_EQ(first.observed, 48);
    EXPECT_NEAR(first.expected, 216.0 * 4 / 60, 1e-9);
    EXPECT_NEAR(first.radius_km, 6367 * 0.5 * 3.14159265358979 / 180, 1e-6);
    EXPECT_NEAR(first.relative_risk, 48 / 14.4 / ((216 - 48) / (216 - 14.4)), 1e-9);
    EXPECT_EQ(first.p_value, 0.01);
    EXPECT_LT(first.p_gumbel, 1e-4);
    for (const auto& other : found->clusters) {
        if (&other == &first) continue;
        for (const std::size_t place : other.places) EXPECT_TRUE(place != 2 && place != 3);
    }
}

TEST(Scan, ASecondWindowAtTheSamePlacesOnlyWhereAsked) {
    Case of = line();
    for (const std::size_t p : {2U, 3U}) of.data.counts[p * 6] = 14;  // period 0 too
    of.options.apart = Apart::InSpace;
    const auto space = scan_statistic(of.data, of.options);
    of.options.apart = Apart::InSpaceOrTime;
    const auto time = scan_statistic(of.data, of.options);
    ASSERT_TRUE(space && time);
    const auto at_two = [](const Scan& one) {
        return std::count_if(one.clusters.begin(), one.clusters.end(), [](const Cluster& cluster) {
            return std::find(cluster.places.begin(), cluster.places.end(), 2U) != cluster.places.end();
        });
    };
    EXPECT_EQ(at_two(*space), 1);
    EXPECT_EQ(at_two(*time), 2);
}

TEST(Scan, StopsEarlyWhereNothingIsToBeFound) {
    Case of = line();
    std::fill(of.data.counts.begin(), of.data.counts.end(), 3);
    of.data.counts[7] = 5;
    of.options.replications = 999;
    of.options.stop_after = 20;
    const auto found = scan_statistic(of.data, of.options);
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->stopped_early);
    EXPECT_LT(found->maxima.size(), 200U);
    EXPECT_TRUE(found->clusters.empty() || found->clusters.front().p_value > 0.1);
}

TEST(Scan, SaysWhatItCannotTake) {
    const auto code_of = [](const Case& of) {
        const auto found = scan_statistic(of.data, of.options);
        return found ? std::string() : found.error().code;
    };
    Case of = line();
    of.options.max_share = 0.6;
    EXPECT_EQ(code_of(of), "out-of-range");
    of = line();
    of.options.interval = 7;
    EXPECT_EQ(code_of(of), "out-of-range");
    of = line();
    std::fill(of.data.counts.begin(), of.data.counts.end(), 0);
    EXPECT_EQ(code_of(of), "no-cases");
    of = line();
    std::fill(of.data.population.begin(), of.data.population.end(), 0.0);
    EXPECT_EQ(code_of(of), "no-population");
    of.data.places.resize(50'001);
    of.data.periods = 1;
    of.data.counts.assign(50'001, 1);
    of.data.period_days = {1};
    of.data.population.assign(50'001, 1);
    EXPECT_EQ(code_of(of), "too-many-places");
}

TEST(Scan, APlaceWithoutPeopleAndCasesIsNoCluster) {
    Case of = line();
    for (std::size_t t = 0; t < 6; ++t) of.data.population[9 * 6 + t] = of.data.counts[9 * 6 + t] = 0;
    const auto found = scan_statistic(of.data, of.options);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->clusters.front().observed, 48);
}

TEST(Statistic, ItsInverseIsABound) {
    for (const double all : {2.0, 40.0, 1000.0, 1e6}) {
        const ExcessBounds bounds(all);
        for (int i = 0; i < 4000; ++i) {
            const double u = all * (i + 0.5) / 4000;
            for (int j = 1; j < 12; ++j) {
                const double n = u + (all - u) * j / 12;
                const double level = likelihood_ratio(n, u, all);
                EXPECT_LE(bounds.excess(bounds.level_at(level), u), (n - u) * (1 + 1e-9))
                    << all << " " << u << " " << n;
            }
        }
    }
    EXPECT_EQ(likelihood_ratio(3, 3, 10), 0);
    EXPECT_NEAR(likelihood_ratio(25, 6.10933486, 939), 16.5283513, 1e-6);
}

TEST(NeededExcess, IsABoundAtEachStep) {
    for (const double all : {2.0, 40.0, 1000.0, 1e6}) {
        const NeededExcess needed({all, all * 0.6, 2, 64, 900});
        std::mt19937 draw(5);
        std::uniform_real_distribution<double> unit(0, 1);
        for (int i = 0; i < 20'000; ++i) {
            const auto u = static_cast<float>(all * 0.6 * std::pow(unit(draw), 4));
            const double beyond = u + (all * 0.6 - u) * unit(draw) * (i % 2);  // the window itself may expect more
            const double n = std::max(2.0, std::ceil(beyond + (all - beyond) * std::pow(unit(draw), 3)));
            if (n > all || beyond <= 0 || n <= beyond) continue;
            const auto level = needed.level_at(likelihood_ratio(n, beyond, all));
            const NeededRow row = needed.row(level);
            const std::int64_t at_step = row.needed[std::clamp(NeededExcess::step_of(u) - row.first_step, 0, row.last)];
            ASSERT_LE(at_step, needed.from(level, needed.of_floats(u))) << all << " " << u;
            ASSERT_LE(static_cast<double>(at_step), (n - beyond) * 64 - 900) << all << " " << u << " " << n;
        }
    }
}

TEST(Lanes, ALengthIsJudgedByItsGreatestWindow) {
    std::mt19937 draw(6);
    std::uniform_int_distribution<std::int32_t> value(-1000, 1000);
    for (const std::size_t intervals : {1U, 5U, 15U, 16U, 17U, 120U}) {
        for (const bool to_end : {false, true}) {
            std::vector<std::int32_t> before((intervals + 1 + 15) / 16 * 16 + 16);
            for (std::size_t t = 0; t < before.size(); ++t)
                before[t] = t <= intervals ? value(draw) : out_of_windows(t - intervals - 1);
            std::vector<float> least(intervals);
            std::vector<std::int32_t> slack(intervals, 7), grown(intervals, 7), needed = {900, 950};
            std::vector<std::uint16_t> asked, over(intervals + 1), wanted;
            for (std::size_t w = 0; w < intervals; ++w) {
                least[w] = w % 2 == 0 ? 0.0F : 1e9F;  // the first step and beyond the last
                if (w % 3 != 2) asked.push_back(static_cast<std::uint16_t>(w));
            }
            const auto count =
                judge_lengths({before.data(), intervals, to_end, least.data(), slack.data(), grown.data()},
                              {needed.data(), NeededExcess::first_step, 1, NeededExcess::step_bits}, asked.data(),
                              asked.size(), over.data());
            for (const auto w : asked) {
                std::int32_t most = std::numeric_limits<std::int32_t>::min();
                for (std::size_t first = to_end ? intervals - w - 1 : 0; first + w < intervals; ++first)
                    most = std::max(most, before[first + w + 1] - before[first]);
                EXPECT_EQ(slack[w], needed[w % 2] - most) << intervals << " " << w;
                EXPECT_EQ(grown[w], 0);
                if (slack[w] <= 0) wanted.push_back(w);
            }
            over.resize(count);
            EXPECT_EQ(over, wanted);
            if (intervals > 2) {
                EXPECT_EQ(slack[2], 7) << "not asked for";
            }
        }
    }
}

TEST(Circles, GrowByDistanceAndEndBeforeTheLimit) {
    const std::vector<GlobePoint> places = {{0, 0}, {0, 1}, {0, -1}, {0, 3}};
    const std::vector<double> weights = {1, 1, 1, 1};
    const auto all = circles_about(places, weights, {10, 0});
    EXPECT_EQ(std::vector<std::int32_t>(all.about(0).begin(), all.about(0).end()),
              (std::vector<std::int32_t>{0, 1, 2, 3}))
        << "equal distances by number";
    EXPECT_EQ(circles_about(places, weights, {2.5, 0}).about(0).size(), 2U);
    EXPECT_EQ(circles_about(places, weights, {10, 150}).about(0).size(), 3U);
    EXPECT_EQ(circles_about(places, weights, {0.5, 0}).about(0).size(), 0U);
}

TEST(Exposure, StepsAreCountedFromTheEnd) {
    const Steps steps{8, 3};
    EXPECT_EQ(steps.count(), 2U);
    EXPECT_EQ(steps.first_period(0), 0U);
    EXPECT_EQ(steps.first_period(1), 5U);
}

TEST(Exposure, AMonthCountsByItsDays) {
    const std::vector<double> people = {100, nan_value}, days = {31, 28};
    const Expected expected = expected_by_population(people, days, 1, {2, 1}, 59);
    EXPECT_NEAR(expected.row(0)[1], 31, 1e-9);
    EXPECT_NEAR(expected.row(0)[2], 59, 1e-9);
}

TEST(Exposure, AYearCountsAtItsFirstOfJuly) {
    const std::vector<double> people = {100, 200, nan_value}, days = {365, 366, 365};
    const Expected expected = expected_by_population(people, days, 1, {3, 1}, 1000);
    const auto line = [](double from, double to) { return (from + to) / 2 * (to - from); };  // of t itself
    const double rise = 100.0 / (365 + 182 - 181);
    const double first = 181 * 100 + 184 * 100 + rise * line(0, 184);
    const double second = 182 * 100 + rise * line(184, 366) + 184 * 200;
    const double all = first + second + 365 * 200;
    EXPECT_NEAR(expected.row(0)[1], 1000 * first / all, 1e-9);
    EXPECT_NEAR(expected.row(0)[2], 1000 * (first + second) / all, 1e-9);
}

}  // namespace
}  // namespace icosa::methods::scan
