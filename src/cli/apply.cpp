/// icosa apply: one method of the house on a user's own series; one row out for each row in, in the same order.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "cli/apply.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/reading_options.hpp"
#include "cli/result_table.hpp"
#include "detect/judges/method_table.hpp"
#include "methods/alarms/false_discovery.hpp"
#include "table/series.hpp"

namespace icosa::cli {
namespace {

/// 1 or 0; nothing where no threshold could be computed or nothing was observed.
std::optional<int> alarm_of(double observed, const detect::Judgement& one) {
    if (std::isnan(one.threshold) || std::isnan(observed)) return std::nullopt;
    return one.alarm ? 1 : 0;
}

/// Which side an alarm crossed: its threshold lies above what was expected, or below.
std::string_view side_of(double observed, const detect::Judgement& one) {
    if (!one.alarm || std::isnan(observed)) return {};
    if (std::isnan(one.expected) || one.expected == one.threshold) return observed >= one.threshold ? "rise" : "fall";
    return one.threshold > one.expected ? "rise" : "fall";
}

/// What a row says besides what every method says.
struct Shown {
    bool unit = false;                ///< a column of units
    std::string indicator;            ///< "alps", "ipa": the method's own figure, and its phase; "" = none
    bool adjusted = false;            ///< p-values adjusted over all rows
};

/// A row of the file with what was said of it.
struct JudgedRow {
    const std::string& time;
    const std::string& unit;
    double observed;
    const detect::Judgement& of;
    double adjusted = nan_value;
};

void print_json(const JudgedRow& row, const Shown& shown) {
    const auto alarm = alarm_of(row.observed, row.of);
    JsonWriter json;
    json.begin_object().field("time", row.time);
    if (shown.unit) json.field("unit", row.unit);
    json.field("observed", row.observed).field("expected", row.of.expected);
    json.field("threshold", row.of.threshold).key("alarm");
    (alarm ? json.value(*alarm) : json.null()).field("score", row.of.score);
    json.field("side", std::string(side_of(row.observed, row.of)));
    if (!shown.indicator.empty())
        json.field(shown.indicator, row.of.indicator).field("phase", std::string(row.of.phase));
    if (shown.adjusted) json.field("adjusted_p", row.adjusted);
    json.end_object();
    fmt::print("{}\n", json.text());
}

std::vector<store::Column> columns_of(const Shown& shown) {
    using enum store::ColumnType;
    std::vector<store::Column> columns = {{"time", Text}};
    if (shown.unit) columns.push_back({"unit", Text});
    columns.insert(columns.end(),
                   {{"observed", Number},
                    {"expected", Number},
                    {"threshold", Number},
                    {"alarm", Integer},
                    {"score", Number},
                    {"side", Text}});
    if (!shown.indicator.empty()) columns.insert(columns.end(), {{shown.indicator, Number}, {"phase", Text}});
    if (shown.adjusted) columns.push_back({"adjusted_p", Number});
    return columns;
}

void add_row(ResultTable& table, const JudgedRow& row, const Shown& shown) {
    const auto text = [](std::string_view one) { return one.empty() ? store::Cell() : store::Cell(std::string(one)); };
    const auto alarm = alarm_of(row.observed, row.of);
    std::vector<store::Cell> cells = {row.time};
    if (shown.unit) cells.emplace_back(row.unit);
    for (const double number : {row.observed, row.of.expected, row.of.threshold}) cells.push_back(number_cell(number));
    cells.push_back(alarm ? store::Cell(std::int64_t{*alarm}) : store::Cell());
    cells.push_back(number_cell(row.of.score));
    cells.push_back(text(side_of(row.observed, row.of)));
    if (!shown.indicator.empty()) {
        cells.push_back(number_cell(row.of.indicator));
        cells.push_back(text(row.of.phase));
    }
    if (shown.adjusted) cells.push_back(number_cell(row.adjusted));
    table.add(cells);
}

/// The method of this name, else an error with the nearest.
Result<const detect::Method*> method_named(const std::string& name) {
    if (const auto* method = detect::find_method(name)) return method;
    std::vector<std::string> names;
    for (const auto& one : detect::methods()) names.emplace_back(one.spec.name);
    for (auto& table : table_method_names()) names.push_back(std::move(table));
    const auto near = nearest(name, names);
    return fail(Fault::Usage, "unknown-method", {},
                fmt::format("no method '{}'; there are {}", name, join(names, ", ")),
                near ? fmt::format("did you mean '{}'?", *near) : "`icosa explain METHOD` describes each");
}

using Judgements = std::vector<detect::Judgement>;

bool judged_any(const Judgements& judged) {
    return std::any_of(judged.begin(), judged.end(), [](const auto& one) { return !std::isnan(one.threshold); });
}

/// Why a method could judge no period of a series, as far as it can be told by asking again: without the option that
/// keeps it silent, without the gaps, and with many more values of the same size.
std::string why_silent(const detect::Method& method, const table::UserSeries& series, int season,
                       const pack::Options& parsed) {
    std::vector<double> observed;
    std::copy_if(series.values.begin(), series.values.end(), std::back_inserter(observed),
                 [](double x) { return !std::isnan(x); });
    if (observed.empty()) return "it has no observed value";
    const auto can_judge = [&](std::span<const double> values, const pack::Options& options) {
        const auto judged = method.judge({values, season, 0}, options);
        return judged && judged_any(*judged);
    };
    const auto has = [&](std::string_view name) {
        return std::any_of(method.spec.fields.begin(), method.spec.fields.end(),
                           [&](const auto& one) { return one.name == name; });
    };
    const auto open = [&] {
        pack::Options out = parsed;
        out.set("limit54", 0.0);
        return out;
    }();
    if (has("limit54") && can_judge(series.values, open))
        return fmt::format("no period has the {} cases in {} periods that limit54 asks for; --limit54 0 judges all",
                           number_text(parsed.number("limit54")), parsed.whole("limit54_periods"));
    const auto without_gaps = [&](std::size_t periods) {  // the same values in an order of no meaning
        std::vector<double> out;
        std::uint64_t state = 1;
        while (out.size() < periods) {
            state = state * 6364136223846793005U + 1442695040888963407U;  // Knuth's MMIX
            out.push_back(observed[(state >> 33U) % observed.size()]);
        }
        return out;
    };
    constexpr std::size_t enough = 4001;
    const bool has_gaps = observed.size() < series.values.size();
    if (has_gaps && can_judge(without_gaps(series.values.size()), parsed))
        return fmt::format("of its {} periods {} are not observed, and each misses some of the past that it needs",
                           series.values.size(), series.values.size() - observed.size());
    if (can_judge(without_gaps(enough), parsed))
        return fmt::format("its {} observed values in {} periods are fewer than it needs", observed.size(),
                           series.values.size());
    const auto [least, most] = std::minmax_element(observed.begin(), observed.end());
    if (*least == *most) return fmt::format("its {} observed values are all alike", observed.size());
    return fmt::format("its {} observed values leave no period with the past that it asks for", observed.size());
}

/// Alarms stay where the p-value adjusted over all rows is within the rate.
///
/// err   Usage: no-p-values
Result<std::vector<std::vector<double>>> hold_to_rate(std::vector<Judgements>& judged, const table::SeriesTable& table,
                                                      const ApplyOptions& options) {
    std::vector<double> p_values;
    for (std::size_t s = 0; s < judged.size(); ++s) {
        for (const std::size_t period : table.series[s].period_of) p_values.push_back(judged[s][period].p_value);
    }
    if (std::all_of(p_values.begin(), p_values.end(), [](double p) { return std::isnan(p); })
        && std::any_of(judged.begin(), judged.end(), judged_any))
        return fail(Fault::Usage, "no-p-values", {},
                    fmt::format("'{}' is a rule, no test: it has no p-values to hold to a false-discovery rate",
                                options.method),
                    "leave --false-discovery out, or take a method with alpha, such as ears-c2");
    const auto adjusted = methods::adjusted_p_values(p_values, methods::Dependence::Positive);
    std::vector<std::vector<double>> out;
    std::size_t at = 0;
    for (std::size_t s = 0; s < judged.size(); ++s) {
        auto& of = out.emplace_back(judged[s].size(), nan_value);
        for (const std::size_t period : table.series[s].period_of) {
            of[period] = adjusted[at++];
            judged[s][period].alarm = judged[s][period].alarm && of[period] <= options.false_discovery;
        }
    }
    return out;
}

/// Of each series; and what is to be told of those in which no row could be judged, "" = none.
struct Judged {
    std::vector<Judgements> of;
    std::string note;
};

Result<Judged> judge_all(const detect::Method& method, const table::SeriesTable& table, const pack::Options& parsed,
                         const ApplyOptions& options) {
    Judged out;
    std::size_t silent = 0;
    std::string first;
    for (const auto& series : table.series) {
        auto judged = method.judge({series.values, table.season, 0}, parsed);
        if (!judged) {  // the method names the 0-based period; the user wants the line
            Error error = judged.error();
            error.where = {options.file, series.line_at(error.where.line), 0};
            return std::unexpected(std::move(error));
        }
        if (!judged_any(*judged) && silent++ == 0)
            first = (series.unit.empty() ? "" : fmt::format("unit '{}', ", excerpt(series.unit)))
                + why_silent(method, series, table.season, parsed);
        out.of.push_back(std::move(*judged));
    }
    if (silent > 0) {
        const std::string units =
            options.unit.empty() ? "" : fmt::format(" of {} of {} units", silent, table.series.size());
        out.note = fmt::format("{}: note: '{}' could judge no row{}: {} (`icosa explain {}` tells)\n", options.file,
                               options.method, units, first, options.method);
    }
    return out;
}

/// A method's options said twice: the last would win in silence.
Result<void> refuse_doubled(const ApplyOptions& options) {
    std::vector<std::string> seen;
    for (const auto& [flag, value] : options.options) {
        std::string name = flag;
        std::replace(name.begin(), name.end(), '_', '-');
        if (std::find(seen.begin(), seen.end(), name) != seen.end())
            return fail(Fault::Usage, "doubled-option", {}, fmt::format("--{} is given twice", name), "give it once");
        seen.push_back(std::move(name));
    }
    return {};
}

Result<void> write_rows(const Common& common, const ApplyOptions& options, const table::SeriesTable& table,
                        const std::vector<Judgements>& judged, const std::vector<std::vector<double>>& adjusted) {
    const Shown shown{!options.unit.empty(),
                      options.method == "alps" || options.method == "ipa" ? options.method : std::string(),
                      options.false_discovery > 0};
    std::vector<std::pair<std::size_t, std::size_t>> at(table.times.size());  // of each row: its series and period
    for (std::size_t s = 0; s < table.series.size(); ++s) {
        for (std::size_t i = 0; i < table.series[s].rows.size(); ++i)
            at[table.series[s].rows[i]] = {s, table.series[s].period_of[i]};
    }
    const bool as_json = common.json && options.out.empty();
    std::optional<ResultTable> out;
    if (!as_json) out.emplace(TRY(ResultTable::open(options.out, columns_of(shown))));
    for (std::size_t row = 0; row < at.size(); ++row) {
        const auto [s, period] = at[row];
        const JudgedRow one{table.times[row], table.series[s].unit, table.series[s].values[period], judged[s][period],
                            shown.adjusted ? adjusted[s][period] : nan_value};
        if (as_json) print_json(one, shown);
        else add_row(*out, one, shown);
    }
    return out ? out->close() : Result<void>();
}

Result<int> apply(const Common& common, const ApplyOptions& options) {
    TRY(refuse_doubled(options));
    if (const auto table = find_table_method(options.method)) return apply_table_method(*table, common, options);
    const auto* method = TRY(method_named(options.method));
    if (!options.roll_calls.empty())
        return fail(Fault::Usage, "unused-option", {},
                    fmt::format("'{}' judges a series, --roll-calls is for methods on votes", options.method),
                    "leave it out; ideal-points, s-score and kappa take it");
    Diagnostics faults;
    const auto parsed = pack::parse_options(options.options, method->spec, faults);
    if (!faults.empty()) {
        faults.front().fault = Fault::Usage;
        return std::unexpected(faults.front());
    }
    const auto reading = TRY(reading_of(options.reading));
    const table::SeriesTable table = TRY(table::read_series(
        options.file, {options.time, options.value, options.unit, options.deflator, options.season}, reading));
    auto judged = TRY(judge_all(*method, table, parsed, options));
    std::vector<std::vector<double>> adjusted;
    if (options.false_discovery > 0) adjusted = TRY(hold_to_rate(judged.of, table, options));
    const bool has_summary = common.json && !options.out.empty();  // it holds the columns
    if (!has_summary) fmt::print(stderr, "{}: {}\n", options.file, table.said);
    fmt::print(stderr, "{}", judged.note);
    TRY(write_rows(common, options, table, judged.of, adjusted));
    if (has_summary) {
        JsonWriter json;
        json.begin_object()
            .field("file", options.out)
            .field("rows", table.times.size())
            .field("time", table.columns.time)
            .field("unit", table.columns.unit)
            .field("value", table.columns.value)
            .field("season", table.season)
            .field("read", table.said)
            .end_object();
        fmt::print("{}\n", json.text());
    }
    return exit_clean;
}

}  // namespace

Command apply_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ApplyOptions>();
    Command out{
        .name = "apply",
        .summary = "One method on your own CSV: time, observed, expected, threshold, alarm, score, side",
        .options =
            {option("METHOD", &options->method, "see `icosa explain METHOD` for its options").required(),
             option("FILE", &options->file, "a CSV or Parquet file with a header").required(),
             option("--value", &options->value, "the column of values; the only numeric one if not named").as("COLUMN"),
             option(
                 "--time", &options->time,
                 "the column of times; the first if not named; year,week or year,month,day where they stand in several")
                 .as("COLUMN"),
             option("--deflator", &options->deflator,
                    "a column of a price index, 100 in its base period: real values, 100 x value / index, are "
                    "judged")
                 .as("COLUMN"),
             option("--unit", &options->unit,
                    "a column that names many series: each is judged by its own past, a row a period and unit")
                 .as("COLUMN"),
             option("--false-discovery", &options->false_discovery,
                    "of the alarms over all units and periods, at most this share by chance (Benjamini-Hochberg)")
                 .as("RATE")
                 .within(1e-6, 0.5),
             option("--season,--period", &options->season,
                    "periods a year; from the times and the step between them, or 52 where they are numbers")
                 .within(1, 366),
             option("--roll-calls", &options->roll_calls,
                    "ideal-points, s-score, kappa: the file of roll calls beside that of ballots")
                 .as("FILE"),
             option("--out", &options->out,
                    "the file to write, CSV, or Parquet where it ends in .parquet; standard output if not named")
                 .as("FILE")
                 .written(),
             json_option(*common)},
        .more = "Further options are the method's own: `icosa explain METHOD` lists them.\n",
        .examples = {"icosa apply ears-c2 counts.csv --value cases --alpha 0.01",
                     "icosa apply robust-deviation prices.csv --time month --value price --out alarms.csv",
                     "icosa apply ears-c2 districts.csv --unit district --value cases --false-discovery 0.1",
                     "icosa apply ipa prices.csv --value price --deflator cpi",
                     "icosa apply scan-permutation sightings.csv --prospective --geojson clusters.geojson",
                     "icosa apply ideal-points un_votes.csv --roll-calls un_roll_calls.csv --out points.csv"},
        .exits = {{exit_data}, {exit_store}},
        .run = [=] { return apply(*common, *options); },
        .rest = &options->options,
    };
    add_reading(out, options->reading);
    return out;
}

}  // namespace icosa::cli
