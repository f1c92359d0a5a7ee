/// icosa apply: one method of the house on a user's own series; one row out for each row in, in the same order.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/apply.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "detect/judges/method_table.hpp"
#include "table/series.hpp"

namespace icosa::cli {
namespace {

/// 1 or 0; nothing where no threshold could be computed or nothing was observed.
std::optional<int> alarm_of(double observed, const detect::Judgement& one) {
    if (std::isnan(one.threshold) || std::isnan(observed)) return std::nullopt;
    return one.alarm ? 1 : 0;
}

std::string json_of(const std::string& time, double observed, const detect::Judgement& one) {
    const auto alarm = alarm_of(observed, one);
    JsonWriter json;
    json.begin_object().field("time", time).field("observed", observed).field("expected", one.expected);
    json.field("threshold", one.threshold).key("alarm");
    (alarm ? json.value(*alarm) : json.null()).field("score", one.score).end_object();
    return json.text() + "\n";
}

std::string cell_of(double value) { return std::isnan(value) ? std::string() : number_text(value); }

std::string csv_of(const std::string& time, double observed, const detect::Judgement& one) {
    const auto alarm = alarm_of(observed, one);
    return fmt::format("{},{},{},{},{},{}\n", time, cell_of(observed), cell_of(one.expected), cell_of(one.threshold),
                       alarm ? std::to_string(*alarm) : "", cell_of(one.score));
}

/// The method of this name, else an error with the nearest.
Result<const detect::Method*> method_named(const std::string& name) {
    if (const auto* method = detect::find_method(name)) return method;
    std::vector<std::string> names;
    for (const auto& one : detect::methods()) names.emplace_back(one.spec.name);
    for (auto& vote : vote_method_names()) names.push_back(std::move(vote));
    const auto near = nearest(name, names);
    return fail(Fault::Usage, "unknown-method", {},
                fmt::format("no method '{}'; there are {}", name, join(names, ", ")),
                near ? fmt::format("did you mean '{}'?", *near) : "`icosa explain METHOD` describes each");
}

Result<int> apply(const Common& common, const ApplyOptions& options) {
    if (find_vote_method(options.method)) return apply_votes(common, options);
    const auto* method = TRY(method_named(options.method));
    Diagnostics faults;
    const auto parsed = pack::parse_options(options.options, method->spec, faults);
    if (!faults.empty()) {
        faults.front().fault = Fault::Usage;
        return std::unexpected(faults.front());
    }
    const table::UserSeries series =
        TRY(table::read_series(options.file, {options.time, options.value, options.deflator, options.season}));
    auto judged = method->judge({series.values, series.season, 0}, parsed);
    if (!judged) {  // the method names the 0-based period; the user wants the line
        Error error = judged.error();
        error.where = {options.file, series.line_at(error.where.line), 0};
        return std::unexpected(std::move(error));
    }
    if (std::none_of(judged->begin(), judged->end(), [](const auto& one) { return !std::isnan(one.threshold); })) {
        const auto observed =
            std::count_if(series.values.begin(), series.values.end(), [](double x) { return !std::isnan(x); });
        fmt::print(stderr,
                   "{}: note: '{}' could judge no row: its {} observed values are fewer than it needs, or all alike "
                   "(`icosa explain {}` tells)\n",
                   options.file, options.method, observed, options.method);
    }
    const bool as_json = common.json && options.out.empty();
    std::string text = as_json ? "" : "time,observed,expected,threshold,alarm,score\n";
    for (std::size_t row = 0; row < series.times.size(); ++row) {
        const std::size_t period = series.period_of[row];
        text += as_json ? json_of(series.times[row], series.values[period], (*judged)[period])
                        : csv_of(series.times[row], series.values[period], (*judged)[period]);
    }
    TRY(write_text(options.out, text));
    if (!options.out.empty() && common.json) {
        JsonWriter json;
        json.begin_object().field("file", options.out).field("rows", series.times.size()).end_object();
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
                    "periods a year; from the time column, or 52 where that is a number")
                 .within(1, 366),
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
