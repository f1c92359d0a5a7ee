/// Change points of 100,000 values: each cost, with many changes, with none, and on ramps; the answer is first held
/// against exhaustive dynamic programming, then timed beside PELT with single candidates, and beside ruptures and R's
/// changepoint and strucchange where they are installed.
///
///     change_point_bench [DIR [N]]     DIR for the file that the others read; N values, default 100000
#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "bench.hpp"
#include "methods/change/change_point.hpp"
#include "methods/change/online_change_point.hpp"
#include "methods/statistics/probability.hpp"

using namespace icosa::methods;

namespace {

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("change_point_bench", why); }

using icosa::bench::seconds;

std::mt19937_64 random_bits(20120612);
double uniform() { return (static_cast<double>(random_bits() >> 11U) + 0.5) * 0x1p-53; }

/// Deviance of a segment from its sum and length, with the terms that depend on single values left out.
double cost(SegmentCost kind, double sum, double n, double spread) {
    if (kind == SegmentCost::Mean) return -sum * sum / n / (spread * spread);
    if (sum == 0) return 0;
    if (std::isinf(spread)) return -2 * sum * std::log(sum / n);
    return -2 * (sum * std::log(sum / n) - (sum + n * spread) * std::log(sum / n + spread))
        - 2 * n * spread * std::log(spread);
}

/// Starts of the best segments. Pruned: single candidates are left out for good, as published; else every candidate is
/// looked at.
enum class Candidates { All, Pruned };
std::vector<int> single_candidates(const std::vector<double>& values, const PeltOptions& options,
                                   const Segmentation& found, Candidates which) {
    const std::size_t n = values.size();
    const auto m = static_cast<std::size_t>(options.min_size);
    std::vector<double> sums(n + 1, 0), least(n + 1, std::numeric_limits<double>::infinity());
    for (std::size_t i = 0; i < n; ++i) sums[i + 1] = sums[i] + values[i];
    std::vector<std::size_t> last(n + 1, 0), alive;
    std::vector<std::size_t> dead_from(n + 1, std::numeric_limits<std::size_t>::max());
    least[0] = -found.penalty;
    for (std::size_t t = m; t <= n; ++t) {
        alive.push_back(t - m);
        std::vector<double> costs;
        for (const std::size_t s : alive) {
            costs.push_back(least[s] + cost(options.cost, sums[t] - sums[s], static_cast<double>(t - s), found.spread));
            if (costs.back() + found.penalty < least[t]) {
                least[t] = costs.back() + found.penalty;
                last[t] = s;
            }
        }
        if (which == Candidates::All) continue;
        std::size_t to = 0;
        for (std::size_t i = 0; i < alive.size(); ++i) {
            if (costs[i] > least[t] && dead_from[alive[i]] > t + m) dead_from[alive[i]] = t + m;
            if (dead_from[alive[i]] > t) alive[to++] = alive[i];
        }
        alive.resize(to);
    }
    std::vector<int> starts;
    for (std::size_t t = n; t > 0; t = last[t]) starts.insert(starts.begin(), static_cast<int>(last[t]));
    return starts;
}

/// Are these the same segments, or others of the same cost? A ramp without noise can be cut in several best ways.
bool as_good(const std::vector<double>& values, const std::vector<int>& starts, const PeltOptions& options,
             const Segmentation& found) {
    const auto total = [&](const std::vector<int>& of) {
        double out = found.penalty * static_cast<double>(of.size() - 1);
        for (std::size_t i = 0; i < of.size(); ++i) {
            const auto end = i + 1 < of.size() ? static_cast<std::size_t>(of[i + 1]) : values.size();
            double sum = 0;
            for (auto t = static_cast<std::size_t>(of[i]); t < end; ++t) sum += values[t];
            out += cost(options.cost, sum, static_cast<double>(end - static_cast<std::size_t>(of[i])), found.spread);
        }
        return out;
    };
    if (starts == found.starts) return true;
    const double theirs = total(starts);
    return starts.size() == found.starts.size() && std::fabs(total(found.starts) - theirs) < 1e-11 * std::fabs(theirs);
}

struct Case {
    std::string name;
    std::vector<double> values;
};

/// mean(i) of n: the level at i; size: of the negative binomial, infinity = Poisson.
std::vector<Case> cases_of(SegmentCost kind, int n) {
    const double size = kind == SegmentCost::NegativeBinomial ? 4 : std::numeric_limits<double>::infinity();
    const auto draw = [&](double mean) {
        if (kind == SegmentCost::Mean) return mean + normal_quantile(uniform());
        return negative_binomial_quantile(uniform(), mean, size);
    };
    const auto series = [&](auto level) {
        std::vector<double> out;
        for (int i = 0; i < n; ++i) out.push_back(level(i));
        return out;
    };
    const double share = 1.0 / n;
    return {{"a change every 100", series([&](int i) { return draw(3.0 + 6 * ((i / 100) % 3)); })},
            {"no change, noise", series([&](int) { return draw(5); })},
            {"constant", series([&](int) { return 5.0; })},
            {"noisy ramp", series([&](int i) { return draw(5 + 3 * share * i); })},
            {"plain ramp",
             series([&](int i) { return kind == SegmentCost::Mean ? 3 * share * i : std::floor(300 * share * i); })}};
}

/// Runs a command that prints "seconds changes"; nothing where it fails, as where the package is not installed.
bool ask(const std::string& command, double& time, int& changes) {
    std::FILE* pipe = ::popen((command + " 2>/dev/null").c_str(), "r");
    if (!pipe) return false;
    const bool read = std::fscanf(pipe, "%lf %d", &time, &changes) == 2;
    return ::pclose(pipe) == 0 && read;
}

/// The same series by another program, in the same run: with the same price (ruptures, R's changepoint) or the same
/// number of changes (strucchange).
void beside(const std::filesystem::path& work, const std::string& name, int n, const std::string& launcher,
            const std::string& program) {
    const auto values = cases_of(SegmentCost::Mean, n).front().values;
    const auto path = work / "change_point_bench.txt";
    std::ofstream file(path);
    for (const double value : values) file << fmt::format("{}\n", value);
    file.close();
    const double penalty = 2 * std::log(n);
    Segmentation found;
    const double own =
        seconds([&] { found = pelt(values, {.penalty = PenaltyRule::Manual, .penalty_value = penalty, .sigma = 1}); });
    const auto changes = static_cast<int>(found.starts.size()) - 1;
    double time = 0;
    int theirs = 0;
    const bool asked = ask(launcher + " \""
                               + fmt::format(fmt::runtime(program), fmt::arg("file", path.string()),
                                             fmt::arg("penalty", penalty), fmt::arg("changes", changes))
                               + "\"",
                           time, theirs);
    std::filesystem::remove(path);
    if (!asked) fmt::print("{}: not installed, not compared\n", name);
    else if (theirs != changes) stop(fmt::format("{} finds {} changes, we find {}", name, theirs, changes));
    else
        fmt::print("{}, {} values, {} changes: {:.3f} s against our {:.5f} s, ratio {:.0f}\n", name, n, changes, time,
                   own, time / own);
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path work =
        argc > 1 ? std::filesystem::path(argv[1]) : std::filesystem::temp_directory_path();
    const int n = argc > 2 ? std::atoi(argv[2]) : 100000;
    if (n < 1000) stop("N is at least 1000");
    constexpr const char* names[] = {"mean", "poisson", "negative binomial"};
    const int plain = std::min(n, 20000);
    for (const SegmentCost kind : {SegmentCost::Mean, SegmentCost::Poisson, SegmentCost::NegativeBinomial}) {
        PeltOptions options{.cost = kind, .sigma = 1, .size = 4};
        for (const Case& one : cases_of(kind, 1500)) {
            const Segmentation found = pelt(one.values, options);
            if (!as_good(one.values, single_candidates(one.values, options, found, Candidates::All), options, found))
                stop(fmt::format("{}, {}: not what exhaustive dynamic programming finds", names[static_cast<int>(kind)],
                                 one.name));
        }
        const auto small = cases_of(kind, plain);
        const auto large = cases_of(kind, n);
        for (std::size_t i = 0; i < large.size(); ++i) {
            Segmentation found;
            const double time = seconds([&] { found = pelt(large[i].values, options); });
            const double ours = seconds([&] { found = pelt(small[i].values, options); });
            std::vector<int> starts;
            const double theirs =
                seconds([&] { starts = single_candidates(small[i].values, options, found, Candidates::Pruned); });
            if (!as_good(small[i].values, starts, options, found))
                stop(fmt::format("{}, {}: not what PELT with single candidates finds", names[static_cast<int>(kind)],
                                 small[i].name));
            fmt::print(
                "{:18} {:20} {} values in {:.3f} s;  {} values: {:.4f} s, PELT with single candidates {:.3f} s, ratio "
                "{:.1f}\n",
                names[static_cast<int>(kind)], large[i].name, n, time, plain, ours, theirs, theirs / ours);
        }
    }
    std::vector<double> values;
    for (int i = 0; i < 5000; ++i) values.push_back(normal_quantile(uniform()));
    fmt::print("online, normal: 5000 values in {:.3f} s\n", seconds([&] { (void)online_change_point(values, {}); }));
    beside(work, "ruptures", std::min(n, 5000), "python3 -c",
           "import time, numpy, ruptures; x = numpy.loadtxt('{file}'); t = time.perf_counter(); b = "
           "ruptures.Pelt(model='l2', min_size=2, jump=1).fit(x).predict(pen={penalty}); print(time.perf_counter() - "
           "t, len(b) - 1)");
    beside(work, "R changepoint", n, "Rscript --vanilla -e",
           "suppressPackageStartupMessages(library(changepoint)); x <- scan('{file}', quiet = TRUE); t <- "
           "system.time(m <- cpt.mean(x, penalty = 'Manual', pen.value = {penalty}, method = 'PELT', minseglen = 2)); "
           "cat(t[['elapsed']], length(cpts(m)))");
    beside(
        work, "R strucchange", 400, "Rscript --vanilla -e",
        "suppressPackageStartupMessages(library(strucchange)); x <- scan('{file}', quiet = TRUE); t <- system.time(m "
        "<- breakpoints(x ~ 1, h = 2, breaks = {changes})); cat(t[['elapsed']], length(m\\$breakpoints))");
    return 0;
}
