/// icosa apply: one method of the house on a user's own series; one row out for each row in, in the same order.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/apply.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "detect/judges/method_table.hpp"
#include "table/reader.hpp"

namespace icosa::cli {
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
    TRY(table::visit_rows(path, on_header, on_row));
    if (table.rows.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    "give a header line and a row a period");
    return table;
}

/// The one column besides the time that holds numbers in every row.
Result<std::size_t> only_numeric(const Table& table, const std::string& path, std::size_t time) {
    std::vector<std::size_t> numeric;
    for (std::size_t c = 0; c < table.header.size(); ++c) {
        const auto number = [&](const auto& row) {
            return table::is_absent(row[c]) || parse_number(row[c]).has_value();
        };
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

struct Times {
    int season = 52;
    std::vector<std::size_t> order;  ///< rows by time
    std::vector<int> slot;           ///< of each row: 0-based period since the first; gaps leave slots without a row
    int slots = 0;
};

Day day_from(std::int64_t days) { return Day{static_cast<std::int32_t>(days)}; }

/// Days of which each lies in a month of its own and which are no even steps: 2018-01-15, 2018-02-15 ..
bool stand_for_months(std::vector<std::int64_t> days) {
    std::sort(days.begin(), days.end());
    std::int64_t step = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 1; i < days.size(); ++i) step = std::min(step, days[i] - days[i - 1]);
    if (days.size() < 2 || step < 28) return false;
    bool even = true, apart = true;
    for (std::size_t i = 1; i < days.size(); ++i) {
        even = even && (days[i] - days[i - 1]) % step == 0;
        apart = apart
            && period_of(day_from(days[i]), PeriodKind::Month) != period_of(day_from(days[i - 1]), PeriodKind::Month);
    }
    return apart && !even;
}

/// The period of a time cell: a day (days, weeks or months by the steps of the series), a month, a quarter, a year, a
/// week or a number.
Result<Times> times_of(const Table& table, const std::string& path, std::size_t column, int season) {
    std::vector<std::int64_t> at;
    std::optional<PeriodKind> kind;
    const auto fits = [&](auto parse) {
        return std::all_of(table.rows.begin(), table.rows.end(),
                           [&](const auto& row) { return parse(row[column]).has_value(); });
    };
    for (const PeriodKind one : {PeriodKind::Day, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Week}) {
        if (!kind && fits([&](const std::string& cell) { return parse_period(cell, one); })) kind = one;
    }
    if (!kind && fits([](const std::string& cell) { return parse_period(cell, PeriodKind::Year); })) {
        const auto years = [&](const auto& row) {
            const auto y = parse_period(row[column], PeriodKind::Year);
            return *y >= 1700 - 1970 && *y <= 2200 - 1970;
        };
        if (std::all_of(table.rows.begin(), table.rows.end(), years)) kind = PeriodKind::Year;
    }
    Times out;
    if (kind) {
        for (const auto& row : table.rows) at.push_back(*parse_period(row[column], *kind));
        if (kind == PeriodKind::Day && stand_for_months(at)) {
            kind = PeriodKind::Month;
            for (auto& day : at) day = period_of(day_from(day), PeriodKind::Month);
        }
        out.season = periods_per_year(*kind);
    } else if (fits(parse_integer)) {
        for (const auto& row : table.rows) at.push_back(*parse_integer(row[column]));
    } else {
        for (std::size_t r = 0; r < table.rows.size(); ++r) {
            const auto& cell = table.rows[r][column];
            if (!parse_integer(cell) && !parse_iso_day(cell)) {
                return fail(Fault::Data, "bad-time", {path, table.lines[r], static_cast<int>(column) + 1},
                            fmt::format("'{}' is no time that all rows share a form with", excerpt(cell)),
                            "write days 2020-11-03, weeks 2020-W45, months 2020-11, quarters 2020-Q4, years 2020 or "
                            "whole numbers");
            }
        }
    }
    out.order.resize(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) out.order[i] = i;
    std::stable_sort(out.order.begin(), out.order.end(), [&](std::size_t a, std::size_t b) { return at[a] < at[b]; });
    std::int64_t step = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 1; i < out.order.size(); ++i) {
        const auto gap = at[out.order[i]] - at[out.order[i - 1]];
        if (gap == 0) {
            const int here = table.lines[out.order[i]], first = table.lines[out.order[i - 1]];
            return fail(Fault::Data, "two-rows-one-period", {path, here, static_cast<int>(column) + 1},
                        fmt::format("'{}' stands here and in line {}", table.rows[out.order[i]][column], first),
                        "one row a period and series; sum or split them");
        }
        step = std::min(step, gap);
    }
    if (at.size() == 1) step = 1;
    if (kind == PeriodKind::Day && step > 1) {  // days written for weeks, or for longer steps
        out.season = step == 7 ? 52 : std::max(1, static_cast<int>(365 / step));
    }
    out.slot.resize(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
        const auto since = at[i] - at[out.order.front()];
        if (since % step != 0) {
            return fail(Fault::Data, "uneven-times", {path, table.lines[i], static_cast<int>(column) + 1},
                        fmt::format("'{}' is not a whole number of steps of {} after the first row",
                                    table.rows[i][column], step),
                        "give evenly spaced periods");
        }
        if (since / step > 10'000'000)
            return fail(Fault::Data, "uneven-times", {path, table.lines[i], static_cast<int>(column) + 1},
                        fmt::format("'{}' lies over ten million periods after the first row", table.rows[i][column]),
                        "check this time");
        out.slot[i] = static_cast<int>(since / step);
        out.slots = std::max(out.slots, out.slot[i] + 1);
    }
    if (season > 0) out.season = season;
    return out;
}

/// The number of a cell; NaN where nothing was observed.
Result<double> number_at(const Table& table, const std::string& path, std::size_t row, std::size_t column) {
    const std::string& cell = table.rows[row][column];
    if (table::is_absent(cell)) return std::numeric_limits<double>::quiet_NaN();
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

std::string cell_of(double value) { return std::isnan(value) ? std::string() : number_text(value); }

Result<int> apply(const Common& common, const ApplyOptions& options) {
    if (find_vote_method(options.method)) return apply_votes(common, options);
    const auto* method = detect::find_method(options.method);
    if (!method) {
        std::vector<std::string> names;
        for (const auto& one : detect::methods()) names.emplace_back(one.spec.name);
        for (auto& name : vote_method_names()) names.push_back(std::move(name));
        const auto near = nearest(options.method, names);
        return fail(Fault::Usage, "unknown-method", {},
                    fmt::format("no method '{}'; there are {}", options.method, join(names, ", ")),
                    near ? fmt::format("did you mean '{}'?", *near) : "`icosa explain METHOD` describes each");
    }
    Diagnostics faults;
    const auto parsed = pack::parse_options(options.options, method->spec, faults);
    if (!faults.empty()) {
        faults.front().fault = Fault::Usage;
        return std::unexpected(faults.front());
    }
    const Table table = TRY(read_table(options.file));
    const std::size_t time =
        options.time.empty() ? 0 : TRY(table::column_named(table.header, options.file, options.time));
    const std::size_t value = options.value.empty()
        ? TRY(only_numeric(table, options.file, time))
        : TRY(table::column_named(table.header, options.file, options.value));
    const std::optional<std::size_t> deflator = options.deflator.empty()
        ? std::nullopt
        : std::optional(TRY(table::column_named(table.header, options.file, options.deflator)));
    const Times times = TRY(times_of(table, options.file, time, options.season));

    std::vector<double> series(static_cast<std::size_t>(times.slots), std::numeric_limits<double>::quiet_NaN());
    std::vector<int> line_of(series.size(), 0);
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto slot = static_cast<std::size_t>(times.slot[r]);
        line_of[slot] = table.lines[r];
        series[slot] = TRY(number_at(table, options.file, r, value));
        if (deflator) series[slot] = TRY(real_value(series[slot], table, options.file, r, *deflator));
    }
    auto judged = method->judge({series, times.season, 0}, parsed);
    if (!judged) {  // the method names the 0-based row; the user wants the line
        Error error = judged.error();
        error.where = {options.file,
                       error.where.line > 0 && static_cast<std::size_t>(error.where.line) < line_of.size()
                           ? line_of[static_cast<std::size_t>(error.where.line)]
                           : 0,
                       0};
        return std::unexpected(std::move(error));
    }
    if (std::none_of(judged->begin(), judged->end(), [](const auto& one) { return !std::isnan(one.threshold); })) {
        const auto observed = std::count_if(series.begin(), series.end(), [](double x) { return !std::isnan(x); });
        fmt::print(stderr,
                   "{}: note: '{}' could judge no row: its {} observed values are fewer than it needs, or all alike "
                   "(`icosa explain {}` tells)\n",
                   options.file, options.method, observed, options.method);
    }
    const bool as_json = common.json && options.out.empty();
    std::string text = as_json ? "" : "time,observed,expected,threshold,alarm,score\n";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto slot = static_cast<std::size_t>(times.slot[r]);
        const auto& one = (*judged)[slot];
        const bool computed = !std::isnan(one.threshold) && !std::isnan(series[slot]);
        if (as_json) {
            JsonWriter json;
            json.begin_object()
                .field("time", table.rows[r][time])
                .field("observed", series[slot])
                .field("expected", one.expected)
                .field("threshold", one.threshold)
                .key("alarm");
            (computed ? json.value(one.alarm ? 1 : 0) : json.null()).field("score", one.score).end_object();
            text += json.text() + "\n";
        } else {
            text +=
                fmt::format("{},{},{},{},{},{}\n", table.rows[r][time], cell_of(series[slot]), cell_of(one.expected),
                            cell_of(one.threshold), computed ? (one.alarm ? "1" : "0") : "", cell_of(one.score));
        }
    }
    TRY(write_text(options.out, text));
    if (!options.out.empty() && common.json) {
        JsonWriter json;
        json.begin_object().field("file", options.out).field("rows", table.rows.size()).end_object();
        fmt::print("{}\n", json.text());
    }
    return exit_clean;
}

}  // namespace

Command apply_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ApplyOptions>();
    return {
        .name = "apply",
        .summary = "One method on your own CSV: time, observed, expected, threshold, alarm, score",
        .options =
            {option("METHOD", &options->method, "see `icosa explain METHOD` for its options").required(),
             option("FILE", &options->file, "a CSV or Parquet file with a header").required(),
             option("--value", &options->value, "the column of values; the only numeric one if not named").as("COLUMN"),
             option("--time", &options->time, "the column of times; the first if not named").as("COLUMN"),
             option("--deflator", &options->deflator,
                    "a column of a price index, 100 in its base period: real values, 100 x value / index, are "
                    "judged")
                 .as("COLUMN"),
             option("--season,--period", &options->season,
                    "periods a year; from the time column, or 52 where that is a number"),
             option("--roll-calls", &options->roll_calls,
                    "ideal-points, s-score, kappa: the file of roll calls beside that of ballots")
                 .as("FILE"),
             option("--out", &options->out, "the file to write; standard output if not named").as("FILE"),
             json_option(*common)},
        .more = "Further options are the method's own: `icosa explain METHOD` lists them.\n",
        .examples = {"icosa apply ears-c2 counts.csv --value cases --alpha 0.01",
                     "icosa apply robust-deviation prices.csv --time month --value price --out alarms.csv",
                     "icosa apply ipa prices.csv --value price --deflator cpi",
                     "icosa apply ideal-points un_votes.csv --roll-calls un_roll_calls.csv --out points.csv"},
        .exits = {{exit_data}, {exit_store}},
        .run = [=] { return apply(*common, *options); },
        .rest = &options->options,
    };
}

}  // namespace icosa::cli
