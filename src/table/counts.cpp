/// Rows become series without gaps.
#include "table/counts.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace icosa::table {
bool unit_before(const std::string& a, const std::string& b) {
    const auto x = parse_integer(a), y = parse_integer(b);
    if (x && y && *x != *y) return *x < *y;
    if (x.has_value() != y.has_value()) return x.has_value();
    return a < b;
}

namespace {

constexpr double not_observed = std::numeric_limits<double>::quiet_NaN();
enum class Gaps { Refused, NotObserved };

Result<forecast::CountPanel> panel_of(const std::string& path, const CountColumns& columns, UnitNames names,
                                      const Reading& reading, Gaps gaps, std::string* said) {
    const CountRows read = TRY(read_count_rows(path, columns, reading, names));
    if (said) *said = read.said;
    std::map<std::string, std::vector<CountRow>, decltype(&unit_before)> found(&unit_before);
    for (const auto& row : read.rows) found[read.units[static_cast<std::size_t>(row.unit)]].push_back(row);
    forecast::CountPanel panel;
    for (auto& [name, rows] : found) {
        std::stable_sort(rows.begin(), rows.end(),
                         [](const CountRow& a, const CountRow& b) { return a.month < b.month; });
        forecast::CountSeries series{name, rows.front().month, {}};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& row = rows[i];
            if (i > 0 && row.month == rows[i - 1].month)
                return fail(Fault::Data, "two-rows-one-month", {path, row.line, static_cast<int>(read.time_column) + 1},
                            fmt::format("unit '{}' has {} here and in line {}", name,
                                        period_label(row.month, PeriodKind::Month), rows[i - 1].line),
                            "one row a unit and month; sum or split them");
            if (i > 0 && gaps == Gaps::Refused && row.month != rows[i - 1].month + 1) {
                return fail(Fault::Data, "gap", {path, row.line, static_cast<int>(read.time_column) + 1},
                            fmt::format("unit '{}' has no row for {}, between {} and {}", name,
                                        period_label(rows[i - 1].month + 1, PeriodKind::Month),
                                        period_label(rows[i - 1].month, PeriodKind::Month),
                                        period_label(row.month, PeriodKind::Month)),
                            "write 0 where nothing happened; what was not observed cannot be forecast from");
            }
            series.counts.resize(static_cast<std::size_t>(row.month - series.first), not_observed);
            series.counts.push_back(row.count);
        }
        panel.series.push_back(std::move(series));
    }
    return panel;
}

}  // namespace

Result<forecast::CountPanel> read_counts(const std::string& path, const CountColumns& columns, UnitNames names,
                                         const Reading& reading, std::string* said) {
    return panel_of(path, columns, names, reading, Gaps::Refused, said);
}

Result<forecast::CountPanel> read_counts_with_gaps(const std::string& path, const CountColumns& columns,
                                                   const Reading& reading, std::string* said) {
    return panel_of(path, columns, UnitNames::Any, reading, Gaps::NotObserved, said);
}

}  // namespace icosa::table
