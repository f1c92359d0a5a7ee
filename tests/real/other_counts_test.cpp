/// Other counts than state-based fatalities, read as a user's tables: two more kinds of fatalities, pirate attacks,
/// exploited vulnerabilities.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "folder.hpp"
#include "forecast/backtest.hpp"
#include "table/counts.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

namespace fs = std::filesystem;

fs::path data() {
    const char* given = std::getenv("ICOSA_DATA");
    return given ? fs::path(given) : fs::path(ICOSA_ROOT) / "../shared/data";
}

/// Incidents of a file by month and unit, as a table with a row for each, 0 where there was none. An empty column: one
/// unit for all.
std::string monthly_counts(const Folder& folder, const fs::path& file, const std::string& day,
                           const std::string& unit) {
    std::map<std::string, std::map<int, int>> counts;
    int first = 1 << 20, last = 0;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        const auto at = column_named(header, file, day), of = unit.empty() ? at : column_named(header, file, unit);
        if (!at || !of) return std::unexpected((at ? of : at).error());
        return std::vector{*at, *of};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int) -> Result<void> {
        const auto month = parse_month(cells[0]);
        if (!month || cells[1].empty() || cells[1] == "NA") return {};
        ++counts[unit.empty() ? "all" : std::string(cells[1])][*month];
        first = std::min(first, *month);
        last = std::max(last, *month);
        return {};
    };
    const auto read = visit_rows(file, on_header, on_row);
    EXPECT_TRUE(read) << render(read.error());
    std::string path = folder.file("counts.csv");
    std::ofstream out(path);
    out << "month,unit,count\n";
    for (auto& [one, months] : counts) {
        for (int month = first; month <= last; ++month)
            out << fmt::format("{},\"{}\",{}\n", challenge_month(month), one, months[month]);
    }
    return path;
}

/// Geometric mean over the windows of the stack's CRPS over the simple rule's; every window has outcomes and whole
/// scores.
double ratio(const std::string& path, const CountColumns& columns, int first_year, int last_year) {
    const auto panel = read_counts(path, columns);
    EXPECT_TRUE(panel) << render(panel.error());
    if (!panel) return NAN;
    using enum forecast::ModelKind;
    const auto rows = forecast::backtest(*panel, {first_year, last_year, {Conflictology, Stack}, 1000, 2});
    EXPECT_TRUE(rows) << render(rows.error());
    if (!rows) return NAN;
    double logs = 0;
    for (std::size_t i = 0; i < rows->size(); i += 2) {
        const auto& rule = rows->at(i).all;
        const auto& stack = rows->at(i + 1).all;
        EXPECT_GT(stack.cells, 0);
        EXPECT_TRUE(std::isfinite(stack.ign) && std::isfinite(stack.mis));
        EXPECT_LT(stack.crps, 1.1 * rule.crps) << rows->at(i).year;
        logs += std::log(stack.crps / rule.crps);
    }
    return std::exp(logs / (static_cast<double>(rows->size()) / 2));
}

TEST(OtherCounts, NonStateFatalities) {
    const auto file = data() / "ucdp" / "ged_country_month_1989_2020.csv";
    if (!fs::exists(file)) GTEST_SKIP() << "skipped: no counts at " << file << "; set ICOSA_DATA";
    EXPECT_LT(ratio(file, {"views_country_id", "month", "deaths_non_state"}, 2019, 2020), 1);
}

TEST(OtherCounts, OneSidedFatalities) {
    const auto file = data() / "ucdp" / "ged_country_month_1989_2020.csv";
    if (!fs::exists(file)) GTEST_SKIP() << "skipped: no counts at " << file << "; set ICOSA_DATA";
    EXPECT_LT(ratio(file, {"views_country_id", "month", "deaths_one_sided"}, 2019, 2020), 1);
}

TEST(OtherCounts, PirateAttacks) {
    const auto file = data() / "piracy" / "pirate_attacks.csv";
    if (!fs::exists(file)) GTEST_SKIP() << "skipped: no attacks at " << file << "; set ICOSA_DATA";
    for (const std::string unit : {"nearest_country", ""}) {
        const Folder folder;
        const auto table = monthly_counts(folder, file, "date", unit);
        EXPECT_LT(ratio(table, {"unit", "month", "count"}, 2017, 2020), 1) << unit;
    }
}

TEST(OtherCounts, ExploitedVulnerabilities) {
    const auto file = data() / "cyber" / "known_exploited_vulnerabilities.csv";
    if (!fs::exists(file)) GTEST_SKIP() << "skipped: no vulnerabilities at " << file << "; set ICOSA_DATA";
    const Folder folder;
    const auto table = monthly_counts(folder, file, "dateAdded", "");
    EXPECT_LT(ratio(table, {"unit", "month", "count"}, 2024, 2025), 1.05) << "three years of one unit teach little";
}

}  // namespace
}  // namespace icosa::table
