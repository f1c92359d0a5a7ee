/// The table as a whole, its times, its numbers, its units.
#include "table/series.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include <fmt/format.h>

#include "base/month_name.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

struct Table {
    std::string path;
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<int> lines;  ///< of each row in the file
    CellsBy by = CellsBy::Comma;

    [[nodiscard]] Where place(std::size_t row, std::size_t column) const {
        return {path, lines[row], static_cast<int>(column) + 1};
    }
};

Result<Table> read_table(const std::string& path) {
    Table table;
    table.path = path;
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
    table.by = TRY(cells_by(path));
    return table;
}

/// A column of numbers, seen whole.
NumberColumn seen(const Table& table, std::size_t column, const NumberOptions& options) {
    NumberColumn out(options);
    for (std::size_t r = 0; r < table.rows.size(); ++r) out.see(table.rows[r][column], table.lines[r]);
    return out;
}

/// The one column besides those taken that holds numbers in every row.
Result<std::size_t> only_numeric(const Table& table, const std::vector<bool>& taken, const NumberOptions& options) {
    std::vector<std::string> names;
    std::size_t found = 0;
    for (std::size_t c = 0; c < table.header.size(); ++c) {
        if (taken[c] || !seen(table, c, options).are_numbers()) continue;
        names.push_back(table.header[c]);
        found = c;
    }
    if (names.size() == 1) {
        if (is_figure(names.front()))
            return fail(Fault::Data, "no-header", {table.path, 1},
                        fmt::format("a column is called '{}': this line is a row, not a header", names.front()),
                        "put a line of names above it");
        return found;
    }
    const auto others = static_cast<std::size_t>(std::count(taken.begin(), taken.end(), false));
    if (names.empty() && others == 1)  // the only one left: its cells say what is wrong
        return static_cast<std::size_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
    return fail(Fault::Data, "which-column", {table.path, 1},
                names.empty() ? "no column but the time holds numbers only"
                              : fmt::format("{} columns hold numbers: {}", names.size(), join(names, ", ")),
                "name one with --value");
}

/// The columns taken, by position.
struct Taken {
    std::vector<std::size_t> time;  ///< one, or year and week, month, quarter, month and day
    std::size_t value = 0;
    std::optional<std::size_t> unit, deflator;
};

Result<std::vector<std::size_t>> time_columns(const Table& table, const std::string& names) {
    if (std::find(table.header.begin(), table.header.end(), names) != table.header.end()
        || names.find(',') == names.npos)
        return std::vector{TRY(column_named(table.header, table.path, names))};
    std::vector<std::size_t> out;
    for (const auto name : split(names, ','))
        out.push_back(TRY(column_named(table.header, table.path, std::string(trim(name)))));
    if (out.size() > 3)
        return fail(Fault::Usage, "bad-time-columns", {},
                    fmt::format("--time '{}' names {} columns", names, out.size()),
                    "a time stands in one column, or in two or three: year,week or year,month,day");
    return out;
}

/// The first column that is nothing else.
Result<std::size_t> first_free(const Table& table, const std::vector<bool>& taken) {
    const auto at = static_cast<std::size_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
    if (at == taken.size())
        return fail(Fault::Data, "which-column", {table.path, 1}, "there is no column of times", "name it with --time");
    if (is_figure(table.header[at]))
        return fail(
            Fault::Data, "no-header", {table.path, 1},
            fmt::format("the first line begins with '{}': it is a row, not a header", excerpt(table.header[at])),
            "put a line of names above it");
    return at;
}

Result<Taken> take_columns(const Table& table, const SeriesColumns& said, const NumberOptions& numbers) {
    Taken out;
    std::vector<bool> taken(table.header.size());
    const auto named = [&](const std::string& name) -> Result<std::size_t> {
        const std::size_t at = TRY(column_named(table.header, table.path, name));
        taken[at] = true;
        return at;
    };
    if (!said.value.empty()) out.value = TRY(named(said.value));
    if (!said.unit.empty()) out.unit = TRY(named(said.unit));
    if (!said.deflator.empty()) out.deflator = TRY(named(said.deflator));
    out.time = said.time.empty() ? std::vector{TRY(first_free(table, taken))} : TRY(time_columns(table, said.time));
    for (const std::size_t c : out.time) taken[c] = true;
    if (said.value.empty()) out.value = TRY(only_numeric(table, taken, numbers));
    return out;
}

/// What the second of two columns counts, by its name.
std::optional<std::string> part_of_year(const std::string& name, std::string_view cell) {
    const std::string folded = fold(name);
    const auto holds = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(), [&](auto word) { return folded.find(word) != folded.npos; });
    };
    const auto number = parse_integer(unit_text(cell));
    const std::string two = number && *number >= 0 && *number <= 99 ? fmt::format("{:02}", *number) : std::string(cell);
    if (holds({"week", "woche", "semaine", "semana", "kw", "wk", "недел"}))
        return two.starts_with('W') ? "-" + two : "-W" + two;
    if (holds({"month", "monat", "mois", "mes", "месяц"})) {
        const int month = number ? 0 : month_of_name(cell);
        return month > 0 ? fmt::format("-{:02}", month) : "-" + two;
    }
    if (holds({"quarter", "quartal", "trimestre", "qtr"}))
        return cell.starts_with('Q') || cell.starts_with('T') ? "-" + std::string(cell)
                                                              : fmt::format("-Q{}", unit_text(cell));
    return std::nullopt;
}

/// The times of all rows as one text each: of a year and a week 2020-W05.
Result<std::vector<std::string>> times_of_rows(const Table& table, const std::vector<std::size_t>& columns) {
    std::vector<std::string> out;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto& row = table.rows[r];
        if (columns.size() == 1) {
            out.push_back(row[columns[0]]);
            continue;
        }
        for (const std::size_t c : columns) {
            if (is_total(row[c])) return total_row(row[c], table.place(r, c));
            if (row[c].empty())
                return fail(Fault::Data, "bad-time", table.place(r, c), "this row has no time",
                            "give each row its time");
        }
        const std::string year(unit_text(row[columns[0]]));
        const auto part = part_of_year(table.header[columns[1]], row[columns[1]]);
        if (!part)
            return fail(Fault::Data, "bad-time-columns", table.place(r, columns[1]),
                        fmt::format("column '{}' is called neither week, month nor quarter", table.header[columns[1]]),
                        "name it so, or give times in one column");
        const auto day = columns.size() == 3 ? parse_integer(unit_text(row[columns[2]])) : std::nullopt;
        if (columns.size() == 3 && !day)
            return fail(Fault::Data, "bad-time", table.place(r, columns[2]),
                        fmt::format("'{}' is no day of a month", excerpt(row[columns[2]])), "mend this cell");
        out.push_back(year + *part + (day ? fmt::format("-{:02}", *day) : ""));
    }
    return out;
}

/// A nominal value in the money of the index's base period.
Result<double> real_value(double nominal, double index, const std::string& name, const Where& place) {
    if (index <= 0)
        return fail(
            Fault::Data, "bad-deflator", place,
            fmt::format("the index in column '{}' is {}, allowed are numbers above 0", name, number_text(index)),
            "leave it empty where it is not known");
    return 100 * nominal / index;
}

/// The rows of each unit, in the order of their first.
Result<std::vector<UserSeries>> units_of(const Table& table, std::optional<std::size_t> column) {
    std::vector<UserSeries> out;
    std::map<std::string, std::size_t, std::less<>> known;
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const std::string_view unit = column ? unit_text(table.rows[r][*column]) : std::string_view();
        if (column && unit.empty())
            return fail(Fault::Data, "bad-unit", table.place(r, *column), "this row names no unit",
                        "give each row its unit");
        const auto [found, is_new] = known.emplace(unit, out.size());
        if (column && is_new && is_total(unit)) return total_row(unit, table.place(r, *column));
        if (is_new) out.emplace_back().unit = std::string(unit);
        out[found->second].rows.push_back(r);
        out[found->second].lines.push_back(table.lines[r]);
    }
    return out;
}

std::string said_of(const SeriesTable& out, const std::string& times, const std::string& numbers) {
    std::string said = fmt::format("time '{}' ({})", out.columns.time, times);
    if (!out.columns.unit.empty()) said += fmt::format(", unit '{}' ({} of them)", out.columns.unit, out.series.size());
    said += fmt::format(", value '{}'", out.columns.value);
    if (!numbers.empty()) said += fmt::format(" ({})", numbers);
    if (!out.columns.deflator.empty()) said += fmt::format(", deflator '{}'", out.columns.deflator);
    return said;
}

}  // namespace

int UserSeries::line_at(int period) const {
    for (std::size_t row = 0; row < period_of.size(); ++row) {
        if (period > 0 && period_of[row] == static_cast<std::size_t>(period)) return lines[row];
    }
    return 0;
}

Result<SeriesTable> read_series(const std::string& path, const SeriesColumns& columns, const Reading& reading) {
    const AskedTimes asked = TRY(asked_times(reading.date_form));
    const Table table = TRY(read_table(path));
    const Taken taken = TRY(take_columns(table, columns, reading.numbers));
    SeriesTable out;
    out.times = TRY(times_of_rows(table, taken.time));
    const TimesPlace place{path, taken.time.front(), table.lines, table.header[taken.time.front()]};
    const TimeScale scale = TRY(read_scale(out.times, place, asked));
    out.season = columns.season > 0 ? columns.season : scale.season;
    out.series = TRY(units_of(table, taken.unit));
    const auto column = seen(table, taken.value, reading.numbers);
    const auto where = [&](std::size_t c) { return Where{path, 0, static_cast<int>(c) + 1}; };
    const Numbers values = TRY(column.numbers(table.by, where(taken.value), table.header[taken.value]));
    std::optional<Numbers> indices;
    if (taken.deflator)
        indices = TRY(seen(table, *taken.deflator, reading.numbers)
                          .numbers(table.by, where(*taken.deflator), table.header[*taken.deflator]));
    for (auto& one : out.series) {
        const Times times = TRY(times_of(scale, one.rows, out.times, place));
        one.values.assign(static_cast<std::size_t>(times.slots), nan_value);
        for (std::size_t i = 0; i < one.rows.size(); ++i) {
            const std::size_t r = one.rows[i];
            auto& value = one.values[static_cast<std::size_t>(times.slot[i])];
            value = TRY(values.at(table.rows[r][taken.value], table.place(r, taken.value), table.header[taken.value]));
            if (indices) {
                const auto& name = table.header[*taken.deflator];
                const double index =
                    TRY(indices->at(table.rows[r][*taken.deflator], table.place(r, *taken.deflator), name));
                value = TRY(real_value(value, index, name, table.place(r, *taken.deflator)));
            }
            one.period_of.push_back(static_cast<std::size_t>(times.slot[i]));
        }
    }
    out.columns = columns;
    std::vector<std::string> time_names;
    for (const std::size_t c : taken.time) time_names.push_back(table.header[c]);
    out.columns.time = join(time_names, ",");
    out.columns.value = table.header[taken.value];
    out.said = said_of(out, scale.said(out.season), column.said(values));
    return out;
}

}  // namespace icosa::table
