/// Rows are kept as they are written until their columns are decided.
#include "table/count_rows.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "table/reader.hpp"
#include "table/texts.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

struct WrittenRow {
    std::int32_t unit = 0, time = 0, value = 0;
    int line = 0;
};

Result<double> checked_count(double count, const std::string& text, const Where& place) {
    if (count < 0 || count != std::floor(count))
        return fail(Fault::Data, "bad-count", place,
                    fmt::format("'{}' is not a count; whole numbers from 0 are", excerpt(text)),
                    "forecasts are of counts; round or sum the values first");
    if (count > most_count)
        return fail(Fault::Data, "bad-count", place,
                    fmt::format("{} is more than can be counted here, {}", excerpt(text), number_text(most_count, 0)),
                    "count in thousands or millions");
    return count;
}

/// One file as it is walked.
struct Walk {
    const std::string& path;
    const CountColumns& columns;
    UnitNames names;
    std::size_t unit = 0, time = 0, value = 0;
    Texts units, times, values;
    std::vector<WrittenRow> rows;
    int first_na = 0;  ///< the line of the first unit NA: a state's code among codes, none among numbers

    [[nodiscard]] Where place(int line, std::size_t column) const { return {path, line, static_cast<int>(column) + 1}; }

    Result<std::vector<std::size_t>> header(const std::vector<std::string>& header) {
        unit = TRY(column_named(header, path, columns.unit));
        time = TRY(column_named(header, path, columns.time));
        value = TRY(column_named(header, path, columns.value));
        return std::vector{unit, time, value};
    }
    Result<void> row(std::span<const std::string_view> cells, int line, MonthColumn& months, NumberColumn& numbers) {
        const auto name = unit_text(cells[0]);
        if (is_absent(name) && name != "NA")
            return fail(Fault::Data, "bad-unit", place(line, unit), "this row names no unit", "give each row its unit");
        if (name == "NA" && first_na == 0) first_na = line;
        if (names == UnitNames::Numbered && !parse_integer(name))
            return fail(Fault::Data, "bad-unit", place(line, unit),
                        fmt::format("unit '{}' is not a number, as the challenge's files need", excerpt(name)),
                        "leave --challenge out, or give numbered units");
        if (cells[1].empty())
            return fail(Fault::Data, "bad-month", place(line, time), "'' is not a month", "give each row its time");
        const auto [unit_id, is_new_unit] = units.at(name);
        if (is_new_unit && is_total(name)) return total_row(name, place(line, unit));
        const auto [time_id, is_new_time] = times.at(cells[1]);
        const auto [value_id, is_new_value] = values.at(cells[2]);
        if (is_new_time) months.see(cells[1], line);
        if (is_new_value) numbers.see(cells[2], line);
        rows.push_back({unit_id, time_id, value_id, line});
        return {};
    }
    /// The value of each text of the column of counts, in the order of `values`.
    Result<double> count(const WrittenRow& row, const Numbers& numbers, int month) const {
        const std::string& text = values.of(row.value);
        if (numbers.is_absent(text))
            return fail(Fault::Data, "bad-count", place(row.line, value),
                        fmt::format("there is no count for unit '{}' in {}", excerpt(units.of(row.unit)),
                                    period_label(month, PeriodKind::Month)),
                        "write 0 where nothing happened; leave rows out where nothing was observed");
        auto number = numbers.at(text, place(row.line, value), columns.value);
        if (!number && number.error().code == "bad-value") {
            number.error().code = "bad-count";
            number.error().what = fmt::format("'{}' is not a count; whole numbers from 0 are", excerpt(text));
            number.error().cure = "forecasts are of counts; round or sum the values first";
        }
        if (!number) return number;
        return checked_count(*number, text, place(row.line, value));
    }
};

}  // namespace

Result<CountRows> read_count_rows(const std::string& path, const CountColumns& columns, const Reading& reading,
                                  UnitNames names) {
    Walk walk{path, columns, names, 0, 0, 0, {}, {}, {}, {}, 0};
    const AskedTimes asked = TRY(asked_times(reading.date_form));
    MonthColumn months(asked);
    NumberColumn numbers(reading.numbers);
    TRY(visit_rows(
        path, [&](const auto& header) { return walk.header(header); },
        [&](std::span<const std::string_view> cells, int line) { return walk.row(cells, line, months, numbers); }));
    if (walk.rows.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    "give a row a unit and month");
    const auto is_number = [](const std::string& unit) { return unit == "NA" || parse_integer(unit).has_value(); };
    if (walk.first_na > 0 && walk.units.all.size() > 1
        && std::all_of(walk.units.all.begin(), walk.units.all.end(), is_number))
        return fail(Fault::Data, "bad-unit", walk.place(walk.first_na, walk.unit), "this row names no unit, but 'NA'",
                    "leave the row out, or name its unit");
    TRY(months.decide({path, 0, static_cast<int>(walk.time) + 1}));
    const CellsBy by = TRY(cells_by(path));
    const auto decided = TRY(numbers.numbers(by, {path, 0, static_cast<int>(walk.value) + 1}, columns.value));
    CountRows out;
    out.time_column = walk.time;
    std::vector<int> month_of;
    for (const auto& text : walk.times.all) month_of.push_back(months.month(text));
    out.rows.reserve(walk.rows.size());
    for (const auto& row : walk.rows) {
        const int month = month_of[static_cast<std::size_t>(row.time)];
        out.rows.push_back({row.unit, month, TRY(walk.count(row, decided, month)), row.line});
    }
    out.units = std::move(walk.units.all);
    std::vector<std::string> said;
    for (const auto& one : {months.said(), numbers.said(decided)}) {
        if (!one.empty()) said.push_back(one);
    }
    out.said = join(said, "; ");
    return out;
}

}  // namespace icosa::table
