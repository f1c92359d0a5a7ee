/// farrington-flexible, ten season levels on four years: first its answers against R's numbers in
/// tests/reference/alarms, then series-weeks a second on one core and on two threads, against the same fits on a dense
/// design and, where Rscript has surveillance, against R in the same run.
///
///     alarm_bench [DIR [SERIES]]    DIR for R's files; how many series of 520 judged weeks (10,000)
#include <fmt/format.h>
#include <stdlib.h>  // mkdtemp
#include <time.h>  // clock_gettime

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "base/text.hpp"
#include "bench.hpp"
#include "detect/judges/method_table.hpp"
#include "methods/alarms/seasonal_alarm.hpp"
#include "methods/alarms/seasonal_fit.hpp"
#include "methods/statistics/regression.hpp"

using namespace icosa;
using Clock = std::chrono::steady_clock;

namespace {

constexpr int judged_weeks = 520;
constexpr int past_weeks = 4 * 52 + 3;

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("alarm_bench", why); }

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Seconds that this process has had a core for: what others do on the machine does not count.
double core_seconds() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

std::vector<std::vector<std::string>> rows_of(const std::string& path) {
    std::ifstream in(path);
    std::vector<std::vector<std::string>> out;
    for (std::string line; std::getline(in, line);) {
        const auto cells = split(trim(line), ',');
        out.emplace_back(cells.begin(), cells.end());
    }
    return out;
}

bool equal(double got, double wanted) {
    return (std::isnan(got) && std::isnan(wanted))
        || std::fabs(got - wanted) <= 1e-6 * std::max(1.0, std::fabs(wanted));
}

/// The cases of R that concern the method timed; the number of bounds compared.
int check_answers() {
    const std::string folder = ICOSA_ROOT "/tests/reference/alarms/";
    const auto series = rows_of(folder + "series.csv"), cases = rows_of(folder + "cases.csv"),
               bounds = rows_of(folder + "bounds.csv");
    if (series.empty() || cases.empty() || bounds.empty()) stop("no reference numbers in tests/reference/alarms");
    int compared = 0;
    std::map<std::string, std::vector<detect::Judgement>> judged;
    for (std::size_t i = 1; i < cases.size(); ++i) {
        if (cases[i][1] != "farrington-flexible") continue;
        const auto column =
            static_cast<std::size_t>(std::find(series[0].begin(), series[0].end(), cases[i][2]) - series[0].begin());
        std::vector<double> values;
        for (std::size_t r = 1; r < series.size(); ++r)
            values.push_back(parse_number(series[r][column]).value_or(std::nan("")));
        std::vector<std::pair<std::string, std::string>> flags;
        const auto words = split(cases[i][3], ' ');
        for (std::size_t w = 0; w + 1 < words.size(); w += 2) flags.emplace_back(words[w].substr(2), words[w + 1]);
        Diagnostics faults;
        const auto options = pack::parse_options(flags, detect::farrington_flexible_spec, faults);
        if (!faults.empty()) stop(render(faults.front()));
        auto one = detect::find_method("farrington-flexible")->judge({values, 52, 0}, options);
        if (!one) stop(render(one.error()));
        judged.emplace(cases[i][0], std::move(*one));
    }
    for (std::size_t r = 1; r < bounds.size(); ++r) {
        const auto found = judged.find(bounds[r][0]);
        if (found == judged.end()) continue;
        const double got = found->second.at(static_cast<std::size_t>(*parse_integer(bounds[r][1])) - 1).threshold;
        if (!equal(got, parse_number(bounds[r][3]).value_or(std::nan(""))))
            stop(fmt::format("case {} week {}: {} where R has {}", bounds[r][0], bounds[r][1], got, bounds[r][3]));
        ++compared;
    }
    return compared;
}

/// Seasonal, over-dispersed, of all sizes from a case in two months to thousands a week, some with trend, some with
/// outbreaks.
std::vector<std::vector<double>> simulate(int count, int weeks) {
    std::vector<std::vector<double>> out(static_cast<std::size_t>(count));
    for (int s = 0; s < count; ++s) {
        std::mt19937_64 random(20130328U + static_cast<unsigned>(s));
        const double mean = std::pow(10.0, -1 + 4.0 * (s % 17) / 16), amplitude = 0.25 * (s % 4),
                     slope = 0.001 * (s % 3 - 1), size = s % 2 == 0 ? 1e9 : 8;
        auto& y = out[static_cast<std::size_t>(s)];
        for (int t = 0; t < weeks; ++t) {
            const double mu = mean * std::exp(amplitude * std::cos(2 * 3.141592653589793 * t / 52) + slope * t);
            std::gamma_distribution<double> level(size, mu / size);
            double value = static_cast<double>(std::poisson_distribution<long>(level(random))(random));
            if (random() % 200 == 0) value *= 4;
            y.push_back(value);
        }
    }
    return out;
}

methods::NoufailyOptions options_of(methods::Dispersion dispersion) {
    methods::NoufailyOptions out;
    out.years = 4;
    out.periods = 10;
    out.excluded = 26;
    out.trend_level = 1;
    out.threshold = methods::Threshold::NbPlugin;
    out.alpha = 0.01;
    out.limit_cases = 0;
    out.dispersion = dispersion;
    return out;
}

struct Tally {
    double bounds = 0;
    long alarms = 0;
    long judged = 0;
};

Tally judge(const std::vector<double>& series, const methods::NoufailyOptions& options) {
    Tally out;
    for (const auto& one : methods::farrington_noufaily(series, options)) {
        if (std::isnan(one.threshold)) continue;
        out.bounds += one.threshold;
        out.alarms += one.alarm;
        ++out.judged;
    }
    return out;
}

std::vector<Tally> judge_all(const std::vector<std::vector<double>>& series, const methods::NoufailyOptions& options,
                             unsigned threads) {
    std::vector<Tally> out(series.size());
    std::vector<std::jthread> workers;
    for (unsigned k = 0; k < threads; ++k) {
        workers.emplace_back([&, k] {
            for (std::size_t s = k; s < series.size(); s += threads) out[s] = judge(series[s], options);
        });
    }
    workers.clear();
    return out;
}

/// The two fits of one week on the dense design, without its bound: what the structure saves is measured against this.
double dense_rate(const std::vector<std::vector<double>>& series, int weeks) {
    const auto plan = methods::plan_seasons(52, 4, 3, 10, 26);
    const auto columns = static_cast<std::size_t>(plan.levels) + 1;
    methods::Design design{static_cast<std::size_t>(plan.rows), columns,
                           std::vector<double>(static_cast<std::size_t>(plan.rows) * columns, 0.0)};
    std::size_t row = 0;
    for (const auto& block : plan.blocks) {
        for (int r = 0; r < block.length; ++r, ++row) {
            design.values[row * columns + static_cast<std::size_t>(block.level)] = 1;
            design.values[row * columns + columns - 1] = 120.0 - block.back + r;
        }
    }
    std::vector<double> y(design.rows), weights(design.rows, 1.0);
    double total = 0;
    int fits = 0;
    const double start = core_seconds();
    for (const auto& one : series) {
        for (int t = plan.reach; t < plan.reach + weeks; ++t, ++fits) {
            row = 0;
            for (const auto& block : plan.blocks) {
                for (int r = 0; r < block.length; ++r) y[row++] = one[static_cast<std::size_t>(t - block.back + r)];
            }
            total += methods::fit_log_linear(design, y).deviance;
            total += methods::fit_log_linear(design, y, weights).deviance;
        }
    }
    const double seconds = core_seconds() - start;
    if (!std::isfinite(total)) stop("the dense fits overflow");
    return fits / seconds;
}

/// R on 20 of the series, the last 52 weeks; series-weeks a second, nothing where R or surveillance is not installed.
double rate_of_r(const std::vector<std::vector<double>>& series, const std::filesystem::path& base) {
    std::string name = (base / "alarm_bench_XXXXXX").string();
    if (!mkdtemp(name.data())) stop(fmt::format("no folder can be made in {}", base.string()));
    const std::filesystem::path folder = name;
    constexpr std::size_t columns = 20;
    {
        std::ofstream out(folder / "series.csv");
        for (std::size_t c = 0; c < columns; ++c) out << (c > 0 ? "," : "") << 's' << c;
        for (std::size_t t = 0; t < series[0].size(); ++t) {
            out << '\n';
            for (std::size_t c = 0; c < columns; ++c) out << (c > 0 ? "," : "") << series[c][t];
        }
        out << '\n';
    }
    const std::string command =
        fmt::format("Rscript --vanilla '{}' '{}' '{}' 2>/dev/null", ICOSA_ROOT "/bench/alarm_bench.R",
                    (folder / "series.csv").string(), (folder / "bounds.csv").string());
    std::FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) stop("no shell");
    char line[256] = "";
    const bool answered = std::fgets(line, sizeof line, pipe) != nullptr;
    const bool ran = pclose(pipe) == 0 && answered;
    double rate = 0;
    if (ran) {
        const auto bounds = rows_of((folder / "bounds.csv").string());
        const auto options = options_of(methods::Dispersion::Surveillance);
        for (std::size_t c = 0; c < columns; ++c) {
            const auto ours = methods::farrington_noufaily(series[c], options);
            for (std::size_t w = 0; w < 52; ++w) {
                const double wanted = parse_number(bounds.at(w).at(c)).value_or(std::nan(""));
                if (!equal(ours[ours.size() - 52 + w].threshold, wanted))
                    stop(fmt::format("series {} week {}: {} where R has {}", c, w, ours[ours.size() - 52 + w].threshold,
                                     wanted));
            }
        }
        const double seconds = std::atof(line);
        rate = columns * 52 / seconds;
        fmt::print("R                       {:>12.0f} series-weeks a second   {}", rate,
                   std::string_view(line).substr(std::string_view(line).find(' ') + 1));
    }
    std::filesystem::remove_all(folder);
    return rate;
}

}  // namespace

int main(int argc, char** argv) {
    const std::filesystem::path folder = argc > 1 ? argv[1] : std::filesystem::temp_directory_path().string();
    const int count = argc > 2 ? std::atoi(argv[2]) : 10000;
    if (count < 20) stop("SERIES is a whole number from 20 on");
    fmt::print("answers: {} bounds of R's equal to 1e-6\n", check_answers());
    const auto series = simulate(count, judged_weeks + past_weeks);
    const auto options = options_of(methods::Dispersion::Pearson);

    const double dense = dense_rate({series.begin(), series.begin() + 20}, 40);
    fmt::print("two dense fits          {:>12.0f} series-weeks a second, one core, without a bound\n", dense);
    const std::vector<std::vector<double>> some(series.begin(), series.begin() + std::min<std::ptrdiff_t>(count, 1000));
    double best = 0;
    for (int round = 0; round < 3; ++round) {
        const double start = core_seconds();
        long judged = 0;
        for (const auto& one : judge_all(some, options, 1)) judged += one.judged;
        best = std::max(best, static_cast<double>(judged) / (core_seconds() - start));
    }
    fmt::print("ours                    {:>12.0f} series-weeks a second, one core, {:.1f} times the dense fits\n", best,
               best / dense);
    const auto alone = judge_all(series, options, 1);
    const auto start = Clock::now();
    const auto both = judge_all(series, options, 2);
    const double seconds = since(start);
    long judged = 0, alarms = 0;
    for (std::size_t s = 0; s < both.size(); ++s) {
        if (both[s].bounds != alone[s].bounds || both[s].alarms != alone[s].alarms)
            stop(fmt::format("series {} differs with two threads", s));
        judged += both[s].judged;
        alarms += both[s].alarms;
    }
    fmt::print(
        "ours, two threads       {:>12.0f} series-weeks a second: {} series x {} weeks in {:.2f} s, {} judged, {:.2f} "
        "% alarm\n",
        static_cast<double>(judged) / seconds, count, judged_weeks, seconds, judged,
        100.0 * static_cast<double>(alarms) / static_cast<double>(judged));
    const double rival = rate_of_r(series, folder);
    if (rival > 0) {
        fmt::print("ratio to R              {:>12.0f} times, one core each\n", best / rival);
    } else {
        fmt::print("R with the package surveillance is not installed: no ratio\n");
    }
    return 0;
}
