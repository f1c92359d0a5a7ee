/// Local statistics against R spdep, deals against all deals there are, and laws: relabelling, threads, no trend in
/// noise.
#include "methods/hot_spots/hot_spots.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <random>

#include "../reference_table.hpp"
#include "base/number.hpp"
#include "base/prio_grid.hpp"
#include "methods/statistics/random_stream.hpp"

namespace icosa::methods::hot_spots {
namespace {

struct ReferenceCase {
    std::vector<ReferenceRow> rows;
    std::vector<GlobePoint> places;
    std::vector<double> values;

    Neighbours neighbours() const {
        const int k = static_cast<int>(number_of(rows[0], "k"));
        auto out = k > 0 ? nearest_neighbours(places, k) : neighbours_within(places, number_of(rows[0], "km"));
        return std::move(out).value();
    }
};

const std::map<std::string, ReferenceCase>& reference_cases() {
    static const auto table = [] {
        std::map<std::string, ReferenceCase> out;
        for (const auto& row : reference_rows("hot_spots/spdep.csv")) {
            auto& one = out[row.at("case")];
            one.rows.push_back(row);
            one.places.push_back({number_of(row, "lat"), number_of(row, "lon")});
            one.values.push_back(number_of(row, "value"));
        }
        return out;
    }();
    return table;
}

std::size_t compare(const ReferenceCase& of, Statistic statistic, std::string_view column) {
    const auto found = local_statistics(of.values, of.neighbours(), statistic);
    std::size_t compared = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_EQ(found[i].neighbours, static_cast<int>(number_of(of.rows[i], "neighbours")));
        if (of.rows[i].find(column)->second.empty()) {
            EXPECT_TRUE(std::isnan(found[i].z)) << column << " of " << i;
            continue;
        }
        const double z = number_of(of.rows[i], column);
        EXPECT_NEAR(found[i].z, z, 1e-9 * std::max(1.0, std::abs(z))) << column << " of " << i;
        ++compared;
    }
    return compared;
}

TEST(LocalStatistics, AsSpdep) {
    ASSERT_EQ(reference_cases().size(), 3U);
    std::size_t compared = 0;
    for (const auto& [name, of] : reference_cases()) {
        compared += compare(of, Statistic::Gi, "gi");
        compared += compare(of, Statistic::GiStar, "gi_star");
        compared += compare(of, Statistic::Moran, "moran_z");
        const auto moran = local_statistics(of.values, of.neighbours(), Statistic::Moran);
        for (std::size_t i = 0; i < moran.size(); ++i) {
            if (of.rows[i].at("moran").empty()) continue;
            EXPECT_NEAR(moran[i].value, number_of(of.rows[i], "moran"), 1e-9);
            EXPECT_NEAR(moran[i].expected, number_of(of.rows[i], "moran_expected"), 1e-9);
            const std::string quadrant =
                std::string(moran[i].own > 0 ? "High" : "Low") + (moran[i].around > 0 ? "-High" : "-Low");
            EXPECT_EQ(quadrant, of.rows[i].at("quadrant")) << name << " " << i;
        }
    }
    EXPECT_GT(compared, 1100U);
}

/// R tells the lesser tail, we the one on the side of the mean: the same where it is small. Two independent sets of
/// 9,999 deals differ by their own noise.
TEST(Permutations, AsDealsInPlainR) {
    double squares = 0, compared = 0;
    for (const auto& [name, of] : reference_cases()) {
        Chance chance;
        chance.permutations = 9999;
        const auto found = permuted_p_values(of.values, of.neighbours(), chance);
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (of.rows[i].at("tail").empty()) {
                EXPECT_TRUE(std::isnan(found[i]));
                continue;
            }
            const double tail = number_of(of.rows[i], "tail"), noise = std::sqrt(2 * tail * (1 - tail) / 10000);
            const double apart = (found[i] - std::min(1.0, 2 * tail)) / (2 * noise + 2e-4);
            EXPECT_GT(apart, -4.5) << name << " " << i;
            if (tail > 0.2) continue;
            EXPECT_LT(apart, 4.5) << name << " " << i;
            squares += apart * apart;
            ++compared;
        }
    }
    EXPECT_GT(compared, 100);
    EXPECT_LT(squares / compared, 1.4);
}

/// All choices of neighbours there are, of small whole values with many ties.
double exact_p(const std::vector<double>& values, std::size_t self, std::span<const std::int32_t> neighbours) {
    std::vector<double> others;
    double observed = 0;
    for (std::size_t j = 0; j < values.size(); ++j) {
        if (j != self) others.push_back(values[j]);
    }
    for (const auto j : neighbours) observed += values[static_cast<std::size_t>(j)];
    const double expected = std::accumulate(others.begin(), others.end(), 0.0) / static_cast<double>(others.size())
        * static_cast<double>(neighbours.size());
    double reached = 0, all = 0;
    for (unsigned chosen = 0; chosen < 1U << others.size(); ++chosen) {
        if (static_cast<std::size_t>(std::popcount(chosen)) != neighbours.size()) continue;
        double sum = 0;
        for (std::size_t j = 0; j < others.size(); ++j) sum += (chosen >> j & 1U) != 0 ? others[j] : 0;
        ++all;
        reached += observed >= expected ? sum >= observed : sum <= observed;
    }
    return std::min(1.0, 2 * reached / all);
}

TEST(Permutations, AsAllDealsOfSmallCases) {
    std::mt19937 bits(11);
    for (int number = 0; number < 12; ++number) {
        std::vector<GlobePoint> places;
        std::vector<double> values;
        for (int i = 0; i < 12; ++i) {
            places.push_back({static_cast<double>(bits() % 1000) / 100, static_cast<double>(bits() % 1000) / 100});
            values.push_back(static_cast<double>(bits() % 4));
        }
        // 2 are drawn; 9 of 11 are drawn as the 2 left over
        const auto neighbours = nearest_neighbours(places, number % 2 == 0 ? 2 : 9).value();
        for (const int stop_after : {0, 400}) {
            Chance chance;
            chance.permutations = 40000;
            chance.stop_after = stop_after;
            const auto found = permuted_p_values(values, neighbours, chance);
            for (std::size_t i = 0; i < found.size(); ++i) {
                const double exact = exact_p(values, i, neighbours.of(i));
                const double noise = stop_after > 0 ? exact / std::sqrt(stop_after) : std::sqrt(exact / 20000);
                EXPECT_NEAR(found[i], exact, 5 * noise + 1e-3) << number << " " << i << " " << stop_after;
            }
        }
    }
}

struct Made {
    std::vector<GlobePoint> places;
    std::vector<double> values;
};

Made made(int n, unsigned seed) {
    std::mt19937 bits(seed);
    Made out;
    for (int i = 0; i < n; ++i) {
        out.places.push_back(
            {static_cast<double>(bits() % 100000) / 1000 - 50, static_cast<double>(bits() % 360000) / 1000 - 180});
        const bool is_hot = std::abs(out.places.back().latitude_deg) < 12 && out.places.back().longitude_deg > 120;
        out.values.push_back(static_cast<double>(bits() % 5 == 0 ? bits() % 9 : 0) + (is_hot ? 6 : 0));
    }
    return out;
}

TEST(HotSpots, ThePlantedOnesAreHotAndAnyNumberOfThreadsGivesTheSameBytes) {
    const Made of = made(1500, 8);
    const auto neighbours = nearest_neighbours(of.places, 8).value();
    Judging judging;
    judging.false_discovery = 0.05;
    judging.chance.permutations = 4999;
    judging.chance.stop_after = 20;
    const auto one = hot_spots(of.values, 1, neighbours, judging);
    judging.chance.threads = 3;
    const auto three = hot_spots(of.values, 1, neighbours, judging);
    int hot = 0, hot_inside = 0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        EXPECT_EQ(one[i].p_value, three[i].p_value);
        EXPECT_EQ(one[i].adjusted_p, three[i].adjusted_p);
        EXPECT_GE(one[i].adjusted_p, one[i].p_value);
        if (one[i].state != State::Hot) continue;
        ++hot;
        hot_inside += std::abs(of.places[i].latitude_deg) < 20 && of.places[i].longitude_deg > 108;
    }
    EXPECT_GT(hot, 40);
    EXPECT_GE(hot_inside, hot * 9 / 10);
}

TEST(HotSpots, RelabelledPlacesGiveRelabelledStatistics) {
    const Made of = made(300, 5);
    std::vector<std::size_t> order(300);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::shuffle(order.begin(), order.end(), std::mt19937(2));
    Made other;
    for (const auto i : order) {
        other.places.push_back(of.places[i]);
        other.values.push_back(of.values[i]);
    }
    for (const auto statistic : {Statistic::Gi, Statistic::GiStar, Statistic::Moran}) {
        const auto here = local_statistics(of.values, nearest_neighbours(of.places, 7).value(), statistic);
        const auto there = local_statistics(other.values, nearest_neighbours(other.places, 7).value(), statistic);
        for (std::size_t i = 0; i < order.size(); ++i) EXPECT_NEAR(there[i].z, here[order[i]].z, 1e-12);
    }
}

/// Values dealt at random: as many places told as alpha says, and (nearly) none at a rate of false discoveries.
TEST(HotSpots, NoiseAlarmsAsOftenAsItSays) {
    std::mt19937 bits(77);
    std::normal_distribution<double> normal;
    std::vector<int> gids;
    for (int row = 150; row < 190; ++row) {
        for (int column = 300; column < 340; ++column) gids.push_back(gid_at(row, column));
    }
    const auto neighbours = touching_cells(gids, 1);
    Judging judging;
    judging.chance.permutations = 199;
    double told = 0, falsely = 0, cells = 0;
    for (int run = 0; run < 10; ++run) {
        std::vector<double> values(gids.size());
        for (double& x : values) x = std::exp(normal(bits));
        judging.statistic = run % 2 == 0 ? Statistic::Gi : Statistic::Moran;
        judging.false_discovery = 0;
        for (const auto& one : hot_spots(values, 1, neighbours, judging)) {
            told += one.state > State::None;
            ++cells;
        }
        judging.false_discovery = 0.05;
        const auto held = hot_spots(values, 1, neighbours, judging);
        falsely += std::any_of(held.begin(), held.end(), [](const auto& one) { return one.state > State::None; });
    }
    EXPECT_NEAR(told / cells, 0.05, 0.01);
    EXPECT_LE(falsely, 3);
}

TEST(HotSpots, AllAlikeIsAnAnswer) {
    const Made of = made(40, 1);
    const auto neighbours = nearest_neighbours(of.places, 4).value();
    for (const double level : {0.0, 7.0, 0.1}) {
        const std::vector<double> values(40, level);
        for (const auto statistic : {Statistic::Gi, Statistic::GiStar, Statistic::Moran}) {
            for (const int permutations : {0, 99}) {
                Judging judging;
                judging.statistic = statistic;
                judging.chance.permutations = permutations;
                for (const auto& one : hot_spots(values, 1, neighbours, judging)) {
                    EXPECT_EQ(one.of.z, 0);
                    EXPECT_EQ(one.p_value, 1);
                    EXPECT_EQ(one.state, State::None);
                }
            }
        }
    }
}

TEST(HotSpots, FewPlacesAndPlacesNotObserved) {
    Judging judging;
    for (const int n : {1, 2}) {
        const Made of = made(n, 1);
        for (const auto& one : hot_spots(of.values, 1, nearest_neighbours(of.places, 8).value(), judging)) {
            EXPECT_TRUE(std::isnan(one.p_value));
            EXPECT_EQ(one.state, State::NotComputed);
        }
    }
    Made of = made(60, 3);
    of.values[7] = nan_value;
    const auto with = hot_spots(of.values, 1, neighbours_within(of.places, 2500).value(), judging);
    EXPECT_EQ(with[7].state, State::NotComputed);
    of.places.erase(of.places.begin() + 7);
    of.values.erase(of.values.begin() + 7);
    const auto without = local_statistics(of.values, neighbours_within(of.places, 2500).value(), Statistic::GiStar);
    for (std::size_t i = 0; i < without.size(); ++i) {
        const auto& one = with[i < 7 ? i : i + 1].of;
        if (std::isnan(without[i].z)) EXPECT_TRUE(std::isnan(one.z));
        else EXPECT_NEAR(one.z, without[i].z, 1e-12);
    }
}

/// A peak among low neighbours: Gi* counts the peak itself, the deals do not.
TEST(HotSpots, ALonePeakIsNoHotSpot) {
    Made of = made(200, 6);
    std::fill(of.values.begin(), of.values.end(), 5.0);
    const auto neighbours = nearest_neighbours(of.places, 6).value();
    for (std::size_t i = 0; i < of.values.size(); i += 2) of.values[i] = 6;
    for (const auto j : neighbours.of(20)) of.values[static_cast<std::size_t>(j)] = 0;
    of.values[20] = 400;
    const auto found = hot_spots(of.values, 1, neighbours, {});
    EXPECT_GT(found[20].of.z, 2);
    EXPECT_LT(found[20].p_value, 0.05);
    EXPECT_EQ(found[20].state, State::None);
    Judging moran;
    moran.statistic = Statistic::Moran;
    EXPECT_EQ(hot_spots(of.values, 1, neighbours, moran)[20].state, State::HighLow);
}

TEST(UnitStream, EachUnitItsOwnAndEvenDraws) {
    UnitStream one(1, 5), same(1, 5), other(1, 6);
    const auto first = one.next();
    EXPECT_EQ(first, same.next());
    EXPECT_NE(first, other.next());
    std::vector<int> seen(7, 0);
    for (int i = 0; i < 70000; ++i) ++seen[one.below(7)];
    for (const int n : seen) EXPECT_NEAR(n, 10000, 500);
}

}  // namespace
}  // namespace icosa::methods::hot_spots
