/// The data are swept centre by centre, replications whole. A permutation scan of the windows that reach the end goes
/// its own way, which can do with many more places.
#include "methods/scan/scan.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "methods/scan/clusters.hpp"
#include "methods/scan/recent_scan.hpp"
#include "methods/scan/replicated.hpp"
#include "methods/scan/replications.hpp"

namespace icosa::methods::scan {
namespace {

Error out_of_range(std::string what) {
    return {Fault::Usage, "out-of-range", {}, std::move(what), "`icosa explain scan-poisson` lists what is allowed"};
}

Result<void> check_options(const Options& options) {
    if (!(options.max_share > 0 && options.max_share <= 0.5))
        return std::unexpected(
            out_of_range(fmt::format("max_share {} is not above 0 and up to 0.5", options.max_share)));
    if (options.max_window <= 0 && !(options.max_window_share > 0 && options.max_window_share <= 0.9))
        return std::unexpected(
            out_of_range(fmt::format("max_window_share {} is not above 0 and up to 0.9", options.max_window_share)));
    if (options.interval < 1)
        return std::unexpected(out_of_range(fmt::format("interval {} is below 1", options.interval)));
    if (options.replications < 0 || options.replications > 1'000'000)
        return std::unexpected(
            out_of_range(fmt::format("replications {} is not from 0 to 1,000,000", options.replications)));
    return {};
}

std::vector<std::int32_t> by_step(const Data& data, const Steps& steps) {
    std::vector<std::int32_t> out(data.places.size() * steps.count(), 0);
    for (std::size_t p = 0; p < data.places.size(); ++p) {
        std::size_t step = 0;
        for (std::size_t t = 0; t < data.periods; ++t) {
            while (step + 1 < steps.count() && t >= steps.first_period(step + 1)) ++step;
            out[p * steps.count() + step] += data.counts[p * data.periods + t];
        }
    }
    return out;
}

Result<Expected> expected_of(const Data& data, const Options& options, const Steps& steps,
                             const std::vector<std::int32_t>& counts, std::int64_t cases) {
    if (options.model == ScanModel::Poisson) {
        auto out = expected_by_population(data.population, data.period_days, data.places.size(), steps,
                                          static_cast<double>(cases));
        double sum = 0;
        for (std::size_t p = 0; p < out.places; ++p) sum += out.of_place(p);
        if (!(sum > 0))
            return fail(Fault::Data, "no-population", {}, "no place has a population above 0",
                        "name the column with --population, or use scan-permutation, which needs none");
        return out;
    }
    std::vector<std::int64_t> places(data.places.size(), 0), intervals(steps.count(), 0);
    for (std::size_t p = 0; p < places.size(); ++p) {
        for (std::size_t t = 0; t < intervals.size(); ++t) {
            places[p] += counts[p * intervals.size() + t];
            intervals[t] += counts[p * intervals.size() + t];
        }
    }
    return expected_by_margins(places, intervals);
}

/// Data sets of either model, as a sweep reads them.
class ModelDraws {
public:
    ModelDraws(const Sweep& sweep, const Expected& expected, const Windows& windows, const Options& options,
               const std::vector<std::int32_t>& counts)
        : sweep_(sweep), expected_(expected), windows_(windows), options_(options) {
        if (options.model == ScanModel::Poisson) poisson_.emplace(expected);
        else permuted_.emplace(counts, windows.intervals);
    }

    void make(int replication, Deviations& data) const {
        Stream stream(options_.seed, static_cast<std::uint64_t>(replication));
        if (poisson_) poisson_->draw(stream, data.counts);
        else permuted_->draw(stream, data.counts);
        data.work_out(sweep_.quanta(), windows_, expected_.places);
    }

private:
    const Sweep& sweep_;
    const Expected& expected_;
    const Windows& windows_;
    const Options& options_;
    std::optional<PoissonDraws> poisson_;
    std::optional<PermutedDraws> permuted_;
};

constexpr double equal = 1e-9;

void judge_chance(std::vector<Cluster>& clusters, const std::vector<double>& maxima) {
    for (auto& one : clusters) {
        const auto reached =
            std::count_if(maxima.begin(), maxima.end(), [&](double x) { return x >= one.statistic - equal; });
        const double made = static_cast<double>(maxima.size());
        one.p_value =
            maxima.empty() ? std::numeric_limits<double>::quiet_NaN() : (1 + static_cast<double>(reached)) / (1 + made);
        one.p_gumbel =
            maxima.size() < 20 ? std::numeric_limits<double>::quiet_NaN() : gumbel_tail(maxima, one.statistic);
    }
    if (!maxima.empty()) std::erase_if(clusters, [](const Cluster& one) { return one.p_value >= 1; });
}

Cluster told(const Window& window, const Data& data, const Options& options, const Circles& circles, const Steps& steps,
             double all) {
    Cluster out;
    out.centre = static_cast<std::size_t>(window.centre);
    for (const auto place : circles.about(out.centre).first(static_cast<std::size_t>(window.size)))
        out.places.push_back(static_cast<std::size_t>(place));
    out.radius_km =
        out.places.size() == 1 ? 0 : scan_radius_km(data.places[out.centre], data.places[out.places.back()]);
    out.first = steps.first_period(static_cast<std::size_t>(window.first));
    const auto end = static_cast<std::size_t>(window.end);
    out.last = (end == steps.count() ? steps.periods : steps.first_period(end)) - 1;
    out.observed = window.observed;
    out.expected = window.expected;
    out.statistic = window.statistic;
    const double n = static_cast<double>(window.observed);
    out.relative_risk = options.model == ScanModel::Permutation ? std::numeric_limits<double>::quiet_NaN()
        : n >= all                                              ? std::numeric_limits<double>::infinity()
                   : n / window.expected / ((all - n) / (all - window.expected));
    return out;
}

/// Each point is the centre of circles that may hold all others: work and memory grow with the square.
Result<void> check_size(std::size_t places, std::size_t most, std::string_view what, std::string cure) {
    if (places <= most) return {};
    return fail(Fault::Data, "too-many-places", {}, fmt::format("{} {} ({})", places, what, most), std::move(cure));
}

}  // namespace

/// Checks, then the way of permutation scans to the end or of all others, then what is told of its clusters.
Result<Scan> scan_statistic(const Data& data, const Options& options, const std::function<void(int)>& progress) {
    TRY(check_options(options));
    const Steps steps{data.periods, options.interval};
    if (steps.count() < 1)
        return std::unexpected(
            out_of_range(fmt::format("interval {} is longer than the {} periods", options.interval, data.periods)));
    Scan out;
    for (const auto count : data.counts) out.cases += count;
    // a permutation scan keeps every case by itself
    const std::int64_t most_cases = options.model == ScanModel::Permutation ? 20'000'000 : 1 << 28;
    if (out.cases < 2)
        return fail(Fault::Data, "no-cases", {},
                    fmt::format("there are {} cases; a scan needs two at least", out.cases),
                    "check which column holds the counts");
    if (out.cases < options.minimum_cases)
        return std::unexpected(out_of_range(
            fmt::format("minimum_cases {} is more than the {} cases there are", options.minimum_cases, out.cases)));
    if (out.cases > most_cases)
        return fail(Fault::Data, "too-many-cases", {}, fmt::format("{} cases are more than {}", out.cases, most_cases),
                    "count in thousands");
    Deviations observed;
    observed.counts = by_step(data, steps);
    const Expected expected = TRY(expected_of(data, options, steps, observed.counts, out.cases));
    const int asked = options.max_window > 0
        ? options.max_window
        : static_cast<int>(std::floor(static_cast<double>(data.periods) * options.max_window_share + 1e-9));
    Windows windows;
    windows.intervals = steps.count();
    windows.longest = std::clamp<std::size_t>(static_cast<std::size_t>(asked / options.interval), 1, steps.count());
    windows.to_end = options.look == ScanLook::Prospective;
    windows.minimum_cases = options.minimum_cases;
    std::vector<double> weights;
    for (std::size_t p = 0; p < data.places.size(); ++p) weights.push_back(expected.of_place(p));
    const CircleLimits limits{options.max_share * expected.all * (1 + 1e-12), options.max_radius_km};
    if (windows.to_end && options.model == ScanModel::Permutation) {
        const auto with_cases =
            static_cast<std::size_t>(std::ranges::count_if(weights, [](double x) { return x > 0; }));
        TRY(check_size(with_cases, 65'535, "points with cases are more than a scan takes",
                       "put near points together, by rounding their positions or as cells"));
        TRY(check_size(data.places.size(), 100'000, "points are more than a scan takes",
                       "put near points together, by rounding their positions or as cells"));
        const auto found = recent_scan(data, options, observed.counts, windows, limits, expected.all, progress, out);
        for (const auto& one : found.windows)
            out.clusters.push_back(told(one, data, options, found.circles, steps, expected.all));
        judge_chance(out.clusters, out.maxima);
        return out;
    }
    TRY(check_size(data.places.size(), 50'000, "points are more than a scan of all windows takes",
                   "put near points together; or look with scan-permutation --prospective, which takes more"));
    const Circles circles = circles_about(data.places, weights, limits);
    const Sweep sweep(circles, expected, windows, limits.most);
    observed.work_out(sweep.quanta(), windows, data.places.size());
    const auto best = best_windows(sweep, circles, observed, options.threads);
    const auto kept = options.apart == Apart::InSpace || windows.to_end
        ? apart_in_space(best, circles)
        : apart_in_space_or_time(best, circles, observed, expected, windows);
    for (const auto& one : kept) out.clusters.push_back(told(one, data, options, circles, steps, expected.all));

    const ModelDraws chance(sweep, expected, windows, options, observed.counts);
    replicate(
        options, kept.empty() ? 0 : kept.front().statistic,
        [&] {
            return [&, at = -1, made = Deviations()](int replication, double from, double& judged) mutable {
                if (at != replication) chance.make(replication, made);
                at = replication;
                SweepCount count;
                const Window found = sweep.greatest(made, from, &count);
                judged += count.judged;
                return found.statistic;
            };
        },
        progress, out);
    for (std::size_t w = 1; w <= windows.longest; ++w)
        out.windows += static_cast<double>(windows.starts(w)) * static_cast<double>(circles.place.size());
    judge_chance(out.clusters, out.maxima);
    if (options.probes > 0) {
        Deviations made;
        chance.make(0, made);
        SweepCount kept_out;
        const double from = out.maxima.empty() ? 5 : out.maxima.front() * 0.9;
        const auto circles_in_all = circles.place.size();
        (void)sweep.greatest(made, from, &kept_out,
                             std::max<std::size_t>(1, circles_in_all / static_cast<std::size_t>(options.probes)));
        out.probed = probe(kept_out.ruled_out, made.counts, expected, circles, windows.minimum_cases, windows.to_end);
    }
    return out;
}

}  // namespace icosa::methods::scan
