/// Decomposition, Kendall's S and the Theil-Sen slope: each answer is first held against R's own stl, cor and median
/// where R is installed (else against plain counting), then timed beside it on one core.
///
///     trend_bench [SERIES]     series to decompose, default 1000
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "bench.hpp"
#include "methods/statistics/probability.hpp"
#include "methods/trends/decomposition.hpp"
#include "methods/trends/trend.hpp"

using namespace icosa::methods;

namespace {

constexpr int months = 241;  // odd: with an even number R's program takes another median (methods/decomposition.hpp)

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("trend_bench", why); }

using icosa::bench::seconds;

std::mt19937_64 random_bits(19900101);
double normal() { return normal_quantile((static_cast<double>(random_bits() >> 11U) + 0.5) * 0x1p-53); }

std::vector<double> seasonal_series() {
    std::vector<double> out;
    for (int i = 0; i < months; ++i)
        out.push_back(100 + 0.2 * i + 10 * std::sin(2 * std::numbers::pi * i / 12) + 2 * normal()
                      + (i % 50 == 7 ? 40 : 0));
    return out;
}

void write(const std::filesystem::path& path, const std::vector<double>& values) {
    std::ofstream file(path);
    for (const double value : values) file << fmt::format("{}\n", value);
}

/// Runs R code that prints its own seconds and then numbers; nothing where R is not installed.
std::vector<double> ask_r(const std::string& code) {
    std::vector<double> out;
    std::FILE* pipe =
        ::popen(fmt::format("Rscript --vanilla -e \"options(digits = 17); {}\" 2>/dev/null", code).c_str(), "r");
    if (!pipe) return out;
    for (double number = 0; std::fscanf(pipe, "%lf", &number) == 1;) out.push_back(number);
    return ::pclose(pipe) == 0 ? out : std::vector<double>();
}

void tell(const std::string& what, double own, const std::vector<double>& theirs) {
    if (theirs.empty()) fmt::print("{}: {:.4f} s; R is not installed, not compared\n", what, own);
    else
        fmt::print("{}: {:.4f} s against R's {:.3f} s, ratio {:.1f}\n", what, own, theirs.front(),
                   theirs.front() / own);
}

void decompositions(int count, const std::filesystem::path& path) {
    std::vector<std::vector<double>> series;
    std::vector<double> all;
    for (int k = 0; k < count; ++k) {
        series.push_back(seasonal_series());
        all.insert(all.end(), series.back().begin(), series.back().end());
    }
    write(path, all);
    for (const bool robust : {true, false}) {
        std::vector<Decomposition> found(series.size());
        const double own = seconds([&] {
            for (std::size_t k = 0; k < series.size(); ++k)
                found[k] =
                    stl(series[k], {.season = 12, .seasonal_window = 7, .robust = robust ? Robust::Yes : Robust::No});
        });
        const auto theirs = ask_r(fmt::format(
            "x <- matrix(scan('{}', quiet = TRUE), nrow = {}); t <- system.time(m <- apply(x, 2, function(y) stl(ts(y, "
            "frequency = 12), s.window = 7, robust = {})[['time.series']][, 2])); cat(t[['elapsed']], m)",
            path.string(), months, robust ? "TRUE" : "FALSE"));
        if (!theirs.empty() && theirs.size() != all.size() + 1) stop("R gave another number of values");
        double worst = 0;
        for (std::size_t i = 1; i < theirs.size(); ++i)
            worst = std::max(worst, std::fabs(theirs[i] - found[(i - 1) / months].trend[(i - 1) % months]));
        if (worst > 1e-6) stop(fmt::format("a trend differs from R's by {}", worst));
        tell(fmt::format("stl, {}, {} series of {} months (largest difference {:.1e})", robust ? "robust" : "plain",
                         count, months, worst),
             own, theirs);
    }
}

void trends(const std::filesystem::path& path) {
    std::vector<double> values;
    for (int i = 0; i < 20000; ++i) values.push_back(0.0001 * i + normal());
    write(path, values);
    MannKendall test;
    const double own = seconds([&] { test = mann_kendall(values, Serial::None); });
    double counted = 0;
    for (std::size_t j = 1; j < values.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) counted += values[j] > values[i] ? 1 : values[j] < values[i] ? -1 : 0;
    }
    if (counted != test.s) stop(fmt::format("S is {}, counted {}", test.s, counted));
    const auto theirs =
        ask_r(fmt::format("x <- scan('{}', quiet = TRUE); t <- system.time(k <- cor(x, seq_along(x), method = "
                          "'kendall')); cat(t[['elapsed']], k)",
                          path.string()));
    if (theirs.size() == 2 && std::fabs(theirs[1] - test.tau) > 1e-9)
        stop(fmt::format("tau is {}, R has {}", test.tau, theirs[1]));
    tell("Kendall's S, 20,000 values", own, theirs);

    values.resize(3000);
    write(path, values);
    SenLine line;
    const double slope_time = seconds([&] { line = theil_sen(values, 0, 0); });
    const auto slopes =
        ask_r(fmt::format("x <- scan('{}', quiet = TRUE); i <- seq_along(x); t <- system.time({{ s <- outer(x, x, '-') "
                          "/ outer(i, i, '-'); m <- median(s[lower.tri(s)]) }}); cat(t[['elapsed']], m)",
                          path.string()));
    if (slopes.size() == 2 && std::fabs(slopes[1] - line.slope) > 1e-12)
        stop(fmt::format("the slope is {}, R has {}", line.slope, slopes[1]));
    tell("Theil-Sen slope, 3,000 values", slope_time, slopes);
    for (int i = 3000; i < 10000; ++i) values.push_back(0.0001 * i + normal());
    fmt::print("Theil-Sen slope and interval, 10,000 values: {:.3f} s\n",
               seconds([&] { line = theil_sen(values, 1.96, mann_kendall(values, Serial::None).variance); }));
}

}  // namespace

int main(int argc, char** argv) {
    const int count = argc > 1 && std::atoi(argv[1]) > 0 ? std::atoi(argv[1]) : 1000;
    const auto path =
        std::filesystem::temp_directory_path() / fmt::format("trend_bench_{}.txt", std::random_device{}());
    decompositions(count, path);
    trends(path);
    std::filesystem::remove(path);
}
