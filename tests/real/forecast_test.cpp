/// The prediction challenge's windows on the real counts: the benchmark has its known scores, and the stack is held to
/// what it is said to reach.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "forecast/backtest.hpp"

namespace icosa::forecast {
namespace {

namespace fs = std::filesystem;

void read(const fs::path& path, std::string_view from, std::string_view until, const std::set<std::string>& only,
          std::map<std::string, std::map<int, double>>& into) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    const auto header = split(trim(line), ',');
    ASSERT_NE(std::find(header.begin(), header.end(), "deaths_state_based"), header.end()) << path;
    const auto from_end = static_cast<std::size_t>(
        header.end() - std::find(header.begin(), header.end(), "deaths_state_based"));  // names before it hold commas
    while (std::getline(in, line)) {
        const auto cells = split(trim(line), ',');
        const std::string unit(cells[1]);
        if (cells[0] < from || cells[0] >= until || (!only.empty() && !only.contains(unit))) continue;
        into[unit][*parse_period(cells[0], PeriodKind::Month)] = *parse_number(cells[cells.size() - from_end]);
    }
}

/// History before 2018 from one file, later months from the other, the countries of the latter.
CountPanel challenge_panel(const fs::path& folder) {
    std::map<std::string, std::map<int, double>> found, later;
    read(folder / "views_challenge_actuals_2018_2020.csv", "2018-01", "9", {}, later);
    std::set<std::string> units;
    for (const auto& [unit, counts] : later) units.insert(unit);
    read(folder / "ged_country_month_1989_2020.csv", "1989-01", "2018-01", units, found);
    CountPanel panel;
    for (const auto& unit : units) {
        auto counts = found[unit];
        counts.insert(later[unit].begin(), later[unit].end());
        CountSeries series{unit, counts.begin()->first, {}};
        for (const auto& [month, count] : counts) {
            EXPECT_EQ(month, series.end()) << unit;
            series.counts.push_back(count);
        }
        panel.series.push_back(std::move(series));
    }
    return panel;
}

TEST(Challenge, TheBenchmarkHasItsKnownScoresAndTheStackIsBetter) {
    const char* given = std::getenv("ICOSA_DATA");
    const fs::path folder = (given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data") / "ucdp";
    if (!fs::exists(folder / "views_challenge_actuals_2018_2020.csv"))
        GTEST_SKIP() << "skipped: no counts at " << folder << "; set ICOSA_DATA";
    const auto panel = challenge_panel(folder);
    ASSERT_EQ(panel.series.size(), 191U);
    const auto rows = backtest(panel, {2018, 2020, {ModelKind::Conflictology, ModelKind::Stack}, 1000, 2});
    ASSERT_TRUE(rows) << render(rows.error());
    const double known[3][3] = {{13.57, 0.736, 207.5}, {9.02, 0.682, 80.1}, {21.34, 0.634, 330.4}};
    double logs = 0;
    for (int window = 0; window < 3; ++window) {
        const auto& rule = rows->at(static_cast<std::size_t>(window) * 2).all;
        const auto& stack = rows->at(static_cast<std::size_t>(window) * 2 + 1).all;
        EXPECT_EQ(rule.cells, 191 * 12);
        EXPECT_NEAR(rule.crps, known[window][0], 0.01);
        EXPECT_NEAR(rule.ign, known[window][1], 0.002);
        EXPECT_NEAR(rule.mis, known[window][2], 0.15);
        EXPECT_LE(stack.crps, 1.05 * rule.crps) << 2018 + window;
        EXPECT_LT(stack.ign, rule.ign) << 2018 + window;
        EXPECT_LT(stack.mis, rule.mis) << 2018 + window;
        logs += std::log(stack.crps / rule.crps) / 3;
    }
    EXPECT_LE(std::exp(logs), 0.90);
}

TEST(Challenge, TheHurdleAloneIsBetterThanTheBenchmark) {
    const char* given = std::getenv("ICOSA_DATA");
    const fs::path folder = (given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data") / "ucdp";
    if (!fs::exists(folder / "views_challenge_actuals_2018_2020.csv"))
        GTEST_SKIP() << "skipped: no counts at " << folder << "; set ICOSA_DATA";
    const auto rows =
        backtest(challenge_panel(folder), {2018, 2020, {ModelKind::Conflictology, ModelKind::Hurdle}, 500, 2});
    ASSERT_TRUE(rows) << render(rows.error());
    double logs = 0;
    for (std::size_t window = 0; window < 3; ++window) {
        const auto& rule = rows->at(window * 2).all;
        const auto& hurdle = rows->at(window * 2 + 1).all;
        EXPECT_LT(hurdle.crps, rule.crps) << 2018 + window;
        EXPECT_LT(hurdle.ign, rule.ign) << 2018 + window;
        EXPECT_LT(hurdle.mis, rule.mis) << 2018 + window;
        logs += std::log(hurdle.crps / rule.crps) / 3;
    }
    EXPECT_LE(std::exp(logs), 0.90);
}

}  // namespace
}  // namespace icosa::forecast
