/// The table as a whole, its times, its numbers.
#include "table/series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<int> lines;  ///< of each row in the file
};

Result<Table> read_table(const std::string& path) {
    Table table;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        table.header = header;
        std::vector<std::size_t> all(header.size());
        std::iota(all.begin(), all.end(), std::size_t{0});
        return all;
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        table.rows.emplace_back(cells.begin(), cells.end());
        table.lines.push_back(line);
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (table.rows.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    "give a header line and a row a period");
    return table;
}

/// The one column besides the time that holds numbers in every row.
Result<std::size_t> only_numeric(const Table& table, const std::string& path, std::size_t time) {
    std::vector<std::size_t> numeric;
    for (std::size_t c = 0; c < table.header.size(); ++c) {
        const auto number = [&](const auto& row) { return is_absent(row[c]) || parse_number(row[c]).has_value(); };
        if (c != time && std::all_of(table.rows.begin(), table.rows.end(), number)) numeric.push_back(c);
    }
    if (numeric.size() == 1) return numeric.front();
    std::vector<std::string> names;
    for (const std::size_t c : numeric) names.push_back(table.header[c]);
    return fail(Fault::Data, "which-column", {path, 1},
                numeric.empty() ? "no column but the time holds numbers only"
                                : fmt::format("{} columns hold numbers: {}", numeric.size(), join(names, ", ")),
                "name one with --value");
}

/// The number of a cell; NaN where nothing was observed.
Result<double> number_at(const Table& table, const std::string& path, std::size_t row, std::size_t column) {
    const std::string& cell = table.rows[row][column];
    if (is_absent(cell)) return std::numeric_limits<double>::quiet_NaN();
    if (const auto number = parse_number(cell)) return *number;
    return fail(Fault::Data, "bad-value", {path, table.lines[row], static_cast<int>(column) + 1},
                fmt::format("'{}' in column '{}' is not a number", excerpt(cell), table.header[column]),
                "leave it empty where nothing was observed");
}

/// A nominal value in the money of the index's base period.
Result<double> real_value(double nominal, const Table& table, const std::string& path, std::size_t row,
                          std::size_t deflator) {
    const double index = TRY(number_at(table, path, row, deflator));
    if (index <= 0)
        return fail(Fault::Data, "bad-deflator", {path, table.lines[row], static_cast<int>(deflator) + 1},
                    fmt::format("the index in column '{}' is {}, allowed are numbers above 0", table.header[deflator],
                                number_text(index)),
                    "leave it empty where it is not known");
    return 100 * nominal / index;
}

}  // namespace

int UserSeries::line_at(int period) const {
    for (std::size_t row = 0; row < period_of.size(); ++row) {
        if (period > 0 && period_of[row] == static_cast<std::size_t>(period)) return lines[row];
    }
    return 0;
}

Result<UserSeries> read_series(const std::string& path, const SeriesColumns& columns) {
    UserSeries out;
    Table table = TRY(read_table(path));
    const std::size_t time = columns.time.empty() ? 0 : TRY(column_named(table.header, path, columns.time));
    const std::size_t value = columns.value.empty() ? TRY(only_numeric(table, path, time))
                                                    : TRY(column_named(table.header, path, columns.value));
    const std::optional<std::size_t> deflator = columns.deflator.empty()
        ? std::nullopt
        : std::optional(TRY(column_named(table.header, path, columns.deflator)));
    for (const auto& row : table.rows) out.times.push_back(row[time]);
    const Times times = TRY(times_of(out.times, {path, time, table.lines}, columns.season));
    out.season = times.season;
    out.values.assign(static_cast<std::size_t>(times.slots), std::numeric_limits<double>::quiet_NaN());
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto slot = static_cast<std::size_t>(times.slot[r]);
        out.values[slot] = TRY(number_at(table, path, r, value));
        if (deflator) out.values[slot] = TRY(real_value(out.values[slot], table, path, r, *deflator));
        out.period_of.push_back(slot);
    }
    out.lines = std::move(table.lines);
    return out;
}

}  // namespace icosa::table
