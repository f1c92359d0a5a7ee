/// Rows become series without gaps.
#include "table/counts.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

struct Dated {
    int month;
    double count;
    int line;
};

}  // namespace

bool unit_before(const std::string& a, const std::string& b) {
    const auto x = parse_integer(a), y = parse_integer(b);
    if (x && y && *x != *y) return *x < *y;
    if (x.has_value() != y.has_value()) return x.has_value();
    return a < b;
}

Result<forecast::CountPanel> read_counts(const std::string& path, const CountColumns& columns, UnitNames names) {
    std::size_t unit = 0, time = 0, value = 0;
    std::map<std::string, std::vector<Dated>, decltype(&unit_before)> found(&unit_before);
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        unit = TRY(column_named(header, path, columns.unit));
        time = TRY(column_named(header, path, columns.time));
        value = TRY(column_named(header, path, columns.value));
        return std::vector{unit, time, value};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        const auto unit_text = cells[0], time_text = cells[1], value_text = cells[2];
        const auto place = [&](std::size_t column) { return Where{path, line, static_cast<int>(column) + 1}; };
        if (unit_text.empty())
            return fail(Fault::Data, "bad-unit", place(unit), "this row names no unit", "give each row its unit");
        if (names == UnitNames::Numbered && !parse_integer(unit_text))
            return fail(Fault::Data, "bad-unit", place(unit),
                        fmt::format("unit '{}' is not a number, as the challenge's files need", excerpt(unit_text)),
                        "leave --challenge out, or give numbered units");
        const auto month = parse_month(time_text);
        if (!month)
            return fail(Fault::Data, "bad-month", place(time), fmt::format("'{}' is not a month", excerpt(time_text)),
                        "write 2017-10, or the number of a month with 1 = 1980-01");
        if (is_absent(value_text))
            return fail(Fault::Data, "bad-count", place(value),
                        fmt::format("there is no count for unit '{}' in {}", excerpt(unit_text),
                                    period_label(*month, PeriodKind::Month)),
                        "write 0 where nothing happened; begin or end the unit's rows where nothing was observed");
        const auto count = parse_number(value_text);
        if (!count || *count < 0 || *count != std::floor(*count))
            return fail(Fault::Data, "bad-count", place(value),
                        fmt::format("'{}' is not a count; whole numbers from 0 are", excerpt(value_text)),
                        "forecasts are of counts; round or sum the values first");
        if (*count > most_count)
            return fail(
                Fault::Data, "bad-count", place(value),
                fmt::format("{} is more than can be counted here, {}", excerpt(value_text), number_text(most_count, 0)),
                "count in thousands or millions");
        found[std::string(unit_text)].push_back({*month, *count, line});
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (found.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    "give a row a unit and month");
    forecast::CountPanel panel;
    for (auto& [name, rows] : found) {
        std::stable_sort(rows.begin(), rows.end(), [](const Dated& a, const Dated& b) { return a.month < b.month; });
        forecast::CountSeries series{name, rows.front().month, {}};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& row = rows[i];
            if (i > 0 && row.month == rows[i - 1].month)
                return fail(Fault::Data, "two-rows-one-month", {path, row.line, static_cast<int>(time) + 1},
                            fmt::format("unit '{}' has {} here and in line {}", name,
                                        period_label(row.month, PeriodKind::Month), rows[i - 1].line),
                            "one row a unit and month; sum or split them");
            if (i > 0 && row.month != rows[i - 1].month + 1) {
                return fail(Fault::Data, "gap", {path, row.line, static_cast<int>(time) + 1},
                            fmt::format("unit '{}' has no row for {}, between {} and {}", name,
                                        period_label(rows[i - 1].month + 1, PeriodKind::Month),
                                        period_label(rows[i - 1].month, PeriodKind::Month),
                                        period_label(row.month, PeriodKind::Month)),
                            "write 0 where nothing happened; what was not observed cannot be forecast from");
            }
            series.counts.push_back(row.count);
        }
        panel.series.push_back(std::move(series));
    }
    return panel;
}

}  // namespace icosa::table
