/// icosa backtest: models on past years, side by side, and where the stack loses to the simple rule.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/backtest_outcome.hpp"
#include "cli/backtest_watches.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/forecast_model.hpp"
#include "cli/progress.hpp"
#include "cli/reading_options.hpp"
#include "forecast/cells.hpp"
#include "forecast/crossing_backtest.hpp"
#include "table/counts.hpp"

namespace icosa::cli {
namespace {

struct BacktestOptions {
    std::string panel;
    std::string unit;  ///< columns; "" = as table::count_columns takes them
    std::string time;
    std::string value;
    ReadingOptions reading;
    std::string windows;  ///< "2018:2020" or "2018"
    std::vector<std::string> models;  ///< empty = all, but for one that needs a table which is not given
    table::SideTables side;
    int draws = 1000;
    double crossing = 0;  ///< a threshold: probabilities of crossing it are scored instead; 0 = not asked
    OutcomeOptions outcome;
};

using forecast::WindowScore;

Result<std::pair<int, int>> years_of(const std::string& text) {
    const auto parts = split(text, ':');
    const auto first = parse_integer(parts.front()), last = parse_integer(parts.back());
    if (parts.size() > 2 || !first || !last || *first < 1900 || *last > 2200 || *last < *first)
        return fail(Fault::Usage, "bad-windows", {}, fmt::format("'{}' is not a span of years", excerpt(text)),
                    "write 2018:2020, or one year");
    return std::pair{static_cast<int>(*first), static_cast<int>(*last)};
}

void print_json(const WindowScore& row) {
    JsonWriter json;
    const auto scores = [&](const forecast::Scores& one) {
        json.field("cells", one.cells)
            .field("crps", one.crps)
            .field("ign", one.ign)
            .field("mis", one.mis)
            .field("covered_50", one.covered[0])
            .field("covered_80", one.covered[1])
            .field("covered_90", one.covered[2]);
        json.key("pit").begin_array();
        for (const double share : one.pit) json.value(share);
        json.end_array();
    };
    json.begin_object().field("window", row.year).field("model", row.model);
    scores(row.all);
    json.key("in_conflict").begin_object();
    scores(row.in_conflict);
    json.end_object().key("caveats").begin_array();
    for (const auto& caveat : row.caveats) json.value(caveat);
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

const WindowScore* row_of(const std::vector<WindowScore>& rows, int year, std::string_view model) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const WindowScore& row) { return row.year == year && row.model == model; });
    return found == rows.end() ? nullptr : &*found;
}

/// Ratio of CRPS to the simple rule's; nothing where that is 0.
std::string ratio_text(double crps, double rule) { return rule > 0 ? fmt::format("{:.3f}", crps / rule) : ""; }

void print_rows(const std::vector<WindowScore>& rows) {
    fmt::print("{:<6} {:<14} {:>9} {:>6} {:>6} {:>8}  {:>5} {:>5} {:>5} | {:>9} {:>6} {:>8}  {:>5} {:>5} {:>5}\n",
               "window", "model", "CRPS", "ratio", "IGN", "MIS", "in50", "in80", "in90", "affected", "ratio", "MIS",
               "in50", "in80", "in90");
    for (const auto& row : rows) {
        const auto* rule = row_of(rows, row.year, "conflictology");
        const auto& a = row.all;
        const auto& c = row.in_conflict;
        fmt::print(
            "{:<6} {:<14} {:>9.3f} {:>6} {:>6.3f} {:>8.1f}  {:>5.2f} {:>5.2f} {:>5.2f} | {:>9.3f} {:>6} {:>8.1f}  "
            "{:>5.2f} {:>5.2f} {:>5.2f}\n",
            row.year, row.model, a.crps, rule ? ratio_text(a.crps, rule->all.crps) : "", a.ign, a.mis, a.covered[0],
            a.covered[1], a.covered[2], c.crps, rule ? ratio_text(c.crps, rule->in_conflict.crps) : "", c.mis,
            c.covered[0], c.covered[1], c.covered[2]);
    }
    fmt::print(
        "ratio: CRPS to that of the unit's own last 12 months, empty without --model conflictology; affected: units "
        "with a count in the twelve months to the origin; in50: share of outcomes within the central half of the "
        "draws\n");
}

void print_losses(const std::vector<WindowScore>& rows) {
    double logs = 0;
    int windows = 0, ahead = 0;
    for (const auto& row : rows) {
        const auto* rule = row_of(rows, row.year, "conflictology");
        if (row.model != "stack" || !rule || rule->all.crps <= 0) continue;
        ++windows;
        logs += std::log(std::max(row.all.crps, 1e-300) / rule->all.crps);
        std::vector<std::string> behind;
        if (row.all.crps > rule->all.crps)
            behind.push_back(fmt::format("CRPS {:.3f} to {:.3f}", row.all.crps, rule->all.crps));
        if (row.all.ign > rule->all.ign)
            behind.push_back(fmt::format("IGN {:.3f} to {:.3f}", row.all.ign, rule->all.ign));
        if (row.all.mis > rule->all.mis)
            behind.push_back(fmt::format("MIS {:.1f} to {:.1f}", row.all.mis, rule->all.mis));
        const bool is_level = behind.empty() && row.all.crps == rule->all.crps;
        ahead += row.all.crps < rule->all.crps && row.all.ign < rule->all.ign && row.all.mis < rule->all.mis ? 1 : 0;
        std::vector<std::pair<double, std::string>> lost;
        for (std::size_t i = 0; i < row.unit_crps.size(); ++i) {
            const double more = row.unit_crps[i].second - rule->unit_crps[i].second;
            if (more > 0.1) lost.emplace_back(more, row.unit_crps[i].first);
        }
        std::stable_sort(lost.begin(), lost.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
        std::vector<std::string> units;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, lost.size()); ++i)
            units.push_back(fmt::format("{} (+{:.1f})", lost[i].second, lost[i].first));
        fmt::print("{}: {}; {} of {} units are worse by over 0.1, most: {}\n", row.year,
                   is_level             ? std::string("the stack is level")
                       : behind.empty() ? std::string("the stack is ahead")
                                        : "the stack loses, " + join(behind, ", "),
                   lost.size(), row.unit_crps.size(), units.empty() ? "none" : join(units, ", "));
    }
    if (windows > 0)
        fmt::print("stack: geometric mean of the ratios {:.3f} over {} windows; ahead in all three scores in {}\n",
                   std::exp(logs / windows), windows, ahead);
}

void print_json(const forecast::CrossingScore& row, double threshold) {
    JsonWriter json;
    const auto scores = [&](const forecast::ProbabilityScores& one) {
        json.field("brier", one.brier)
            .field("log_score", one.log_score)
            .field("average_precision", one.average_precision);
    };
    json.begin_object()
        .field("window", row.year == 0 ? std::string("all") : std::to_string(row.year))
        .field("model", row.model)
        .field("threshold", threshold);
    json.field("crossing", std::string(forecast::crossing_name(row.crossing)))
        .field("in_conflict", row.crossing != forecast::Crossing::PeacefulOnset)
        .field("cells", row.cells)
        .field("events", row.events)
        .field("base_rate", row.base_rate);
    scores(row.own);
    json.key("base").begin_object();
    scores(row.base);
    json.end_object().end_object();
    fmt::print("{}\n", json.text());
}

void print_crossings(const std::vector<forecast::CrossingScore>& rows, double threshold) {
    fmt::print("{:<6} {:<20} {:<14} {:<9} {:>6} {:>6} {:>6} | {:>7} {:>7} {:>6} | {:>7} {:>7} {:>6}\n", "window",
               "model", "crossing", "affected", "cells", "events", "base", "Brier", "log", "AUPR", "Brier", "log",
               "AUPR");
    const auto area = [](double value) { return std::isnan(value) ? std::string() : fmt::format("{:.3f}", value); };
    for (const auto& row : rows) {
        fmt::print(
            "{:<6} {:<20} {:<14} {:<9} {:>6} {:>6} {:>6.4f} | {:>7.5f} {:>7.4f} {:>6} | {:>7.5f} {:>7.4f} {:>6}\n",
            row.year == 0 ? std::string("all") : std::to_string(row.year), row.model,
            forecast::crossing_name(row.crossing), row.crossing == forecast::Crossing::PeacefulOnset ? "no" : "yes",
            row.cells, row.events, row.base_rate, row.own.brier, row.own.log_score, area(row.own.average_precision),
            row.base.brier, row.base.log_score, area(row.base.average_precision));
    }
    fmt::print(
        "onset: none of the twelve months to the origin had a count of {0} or more (affected: no, where none had any); "
        "escalation: one had, the newest had not; de-escalation: the newest had,\nand the month forecast has not. "
        "base: the share known at the origin. Left of the last bar the model, right of it the base rate; log: bits, "
        "probabilities held within 1/1002 and 1001/1002; AUPR: average precision\n",
        number_text(threshold));
}

Result<void> check_question(const BacktestOptions& options) {
    const bool by_outcome = !options.outcome.outcome.empty();
    if (options.panel.empty())
        return fail(Fault::Usage, "no-question", {}, "a back-test needs --panel, or --watches",
                    "see `icosa backtest --help`");
    if (!by_outcome && options.windows.empty())
        return fail(Fault::Usage, "no-question", {}, "neither --windows nor --outcome is given",
                    "write --windows 2018:2020, or --outcome worse-by-half --from 2010-01 --to 2017-12");
    if (by_outcome && !options.windows.empty())
        return fail(Fault::Usage, "two-questions", {}, "--windows and --outcome are both given", "give one of them");
    const std::string flag = given_flag(options.outcome);
    if (!by_outcome && !flag.empty())
        return fail(Fault::Usage, "unused-option", {}, fmt::format("{} is about the origins of --outcome", flag),
                    "give --outcome, or leave it out");
    const bool side = !options.side.neighbours.empty() || !options.side.covariates.empty();
    if (by_outcome && (!options.models.empty() || options.crossing > 0 || side))
        return fail(Fault::Usage, "unused-option", {},
                    fmt::format("{} is not used with --outcome, which has a model of its own",
                                !options.models.empty()    ? "--model"
                                    : options.crossing > 0 ? "--crossing"
                                                           : "a table of neighbours or covariates"),
                    "leave it out");
    return {};
}

/// What the watches said needs no panel of one's own.
Result<int> watches_asked(const Common& common, const BacktestOptions& options, const WatchesOptions& watches) {
    if (!options.panel.empty() || !options.windows.empty() || !options.models.empty())
        return fail(
            Fault::Usage, "two-questions", {},
            "--watches judges watches on the store; --panel, --windows and --model are about a table of one's own",
            "leave them out");
    return backtest_watches(common, watches, options.outcome);
}

Result<int> backtest(const Common& common, const BacktestOptions& options) {
    TRY(check_question(options));
    if (!options.outcome.outcome.empty())
        return backtest_outcome(common, options.panel, {options.unit, options.time, options.value}, options.reading,
                                options.side.regions, options.outcome);
    const auto [first, last] = TRY(years_of(options.windows));
    forecast::BacktestRequest request{first, last, {}, options.draws, common.threads};
    if (std::find(options.models.begin(), options.models.end(), forecast::CellModel::name) != options.models.end()) {
        return fail(
            Fault::Usage, "no-backtest", {}, "model 'cells' is not tried on past years here",
            "forecast from a past --origin with `icosa forecast --sparse --model cells`, then `icosa score --sparse`");
    }
    for (const auto& name : options.models) {
        const auto kind = TRY(model_named(name))->kind;
        if (std::find(request.models.begin(), request.models.end(), kind) != request.models.end())
            return fail(Fault::Usage, "doubled-option", {}, fmt::format("--model {} is given twice", name),
                        "give it once");
        request.models.push_back(kind);
    }
    TRY(check_side_tables(options.side));
    const auto reading = TRY(reading_of(options.reading));
    const auto columns = TRY(table::count_columns(options.panel, {options.unit, options.time, options.value}, reading,
                                                  table::SeveralValues::Refused));
    std::string said;
    auto panel = TRY(table::read_counts(options.panel, columns, table::UnitNames::Any, reading, &said));
    const auto notes = TRY(table::add_side_tables(panel, options.side));
    fmt::print(stderr, "{}\n", columns_line(options.panel, columns, panel, said));
    for (const auto& note : notes) fmt::print(stderr, "note: {}\n", note);
    if (request.models.empty()) {
        for (const auto& one : forecast::models()) {
            if (one.kind != forecast::ModelKind::Neighbours || !panel.neighbours.empty())
                request.models.push_back(one.kind);
        }
    }
    Progress progress("windows",
                      static_cast<std::int64_t>(last - first + 1) * static_cast<std::int64_t>(request.models.size()),
                      "rows");
    if (options.crossing > 0) {
        const auto rows = TRY(in_file(
            forecast::backtest_crossings(panel, request, options.crossing, [&](int done) { progress.at(done); }),
            options.panel));
        if (!common.json) print_crossings(rows, options.crossing);
        for (const auto& row : rows) {
            if (common.json) print_json(row, options.crossing);
        }
        return exit_clean;
    }
    const auto rows =
        TRY(in_file(forecast::backtest(panel, request, [&](int done) { progress.at(done); }), options.panel));
    if (common.json) {
        for (const auto& row : rows) print_json(row);
        return exit_clean;
    }
    print_rows(rows);
    print_losses(rows);
    return exit_clean;
}

}  // namespace

Command backtest_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<BacktestOptions>();
    const auto watches = std::make_shared<WatchesOptions>();
    Command out{
        .name = "backtest",
        .summary = "Each year forecast from October of the year before, scored: a row a model and window",
        .options =
            {option("--panel", &options->panel, "CSV or Parquet: a row a unit and month, 0 where nothing happened")
                 .as("FILE"),
             option("--windows", &options->windows, "years, 2018:2020 or one").as("YEARS"),
             option("--model", &options->models, "these models; all if none is named").as("MODEL"),
             option("--time", &options->time, "the column of months; if not named, month or month_id, else the first")
                 .as("COLUMN"),
             option("--unit", &options->unit,
                    "the column of units; if not named, unit, country_id or priogrid_gid, else the second")
                 .as("COLUMN"),
             option("--value", &options->value, "the column of counts; the only one that may hold them if not named")
                 .as("COLUMN"),
             option("--draws", &options->draws, "draws a unit and month").within(10, 100000),
             option("--crossing", &options->crossing,
                    "score probabilities of crossing this count in a month (25): onset, escalation, "
                    "de-escalation, beside base rates")
                 .as("COUNT")
                 .within(1, 1e9)},
        .more = forecast_manual(),
        .examples = {"icosa backtest --panel deaths.csv --windows 2005:2020 --model stack --model conflictology",
                     "icosa backtest --panel deaths.csv --windows 2018:2020 --json",
                     "icosa backtest --panel deaths.csv --windows 2005:2020 --model stack --crossing 25",
                     "icosa backtest --panel deaths.csv --outcome worse-by-half --from 2010-01 --to 2017-12 --out "
                     "chances.csv"},
        .exits = {{exit_data}, {exit_store}},
        .run =
            [=] {
                return is_asked(*watches) ? watches_asked(*common, *options, *watches) : backtest(*common, *options);
            },
    };
    add_outcome(out, options->outcome);
    add_watches(out, *watches);
    add_side_tables(out, options->side);
    add_reading(out, options->reading);
    for (auto& one : {db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                      framework_option(*common)})
        out.options.push_back(one);
    out.options.push_back(threads_option(*common));
    return out;
}

}  // namespace icosa::cli
