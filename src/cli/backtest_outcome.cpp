/// Reads the panel, asks for the chances, writes a row a case, prints how good they were.
#include "cli/backtest_outcome.hpp"

#include <cmath>
#include <cstdio>
#include <utility>

#include <fmt/format.h>

#include "app/coded_units.hpp"
#include "app/packs.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/forecast_model.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "forecast/escalation.hpp"
#include "forecast/escalation_scores.hpp"
#include "forecast/surroundings.hpp"
#include "table/counts.hpp"
#include "table/side_tables.hpp"
#include "table/times.hpp"

namespace icosa::cli {
namespace {

using forecast::ChanceCases;
using forecast::ChanceReport;
using forecast::ChanceScores;

constexpr std::string_view no_others = "none";

Result<int> origin_of(const std::string& flag, const std::string& text) {
    if (text.empty())
        return fail(Fault::Usage, "no-origins", {}, fmt::format("--outcome needs {}", flag),
                    "give the first and the last origin with --from 2010-01 --to 2017-12");
    const auto month = table::parse_month(text);
    if (!month)
        return fail(Fault::Usage, "bad-month", {}, fmt::format("'{}' of {} is not a month", excerpt(text), flag),
                    "write 2017-12");
    return *month;
}

Result<forecast::Worsening> asked_outcome(const app::Packs& packs, const std::string& id) {
    const pack::Outcome* found = packs.outcomes.find(id);
    if (!found) {
        std::vector<std::string> ids;
        for (const auto& one : packs.outcomes.all) ids.push_back(one.id);
        const auto near = nearest(id, ids);
        return fail(Fault::Usage, "unknown-outcome", {},
                    fmt::format("packs/outcomes.toml has no outcome '{}'; there are {}", excerpt(id), join(ids, ", ")),
                    near ? fmt::format("did you mean '{}'?", *near) : "name one of them with --outcome");
    }
    if (found->averages)
        return fail(Fault::Usage, "no-count", {},
                    fmt::format("outcome '{}' averages a measured value; chances are learned for counts", found->id),
                    "name another with --outcome");
    return forecast::Worsening{found->months, found->factor, found->least, found->quiet_below};
}

/// Regions by the user's table, else the continents of units that are places. Tells which.
Result<void> add_regions(forecast::CountPanel& panel, const app::Packs& packs, const std::string& column,
                         const std::string& regions) {
    if (regions == no_others) return {};
    if (!regions.empty()) {
        table::SideTables side;
        side.regions = regions;
        for (const auto& note : TRY(table::add_side_tables(panel, side))) fmt::print(stderr, "note: {}\n", note);
        return {};
    }
    const auto coded = app::coded_units(packs.places, forecast::units_of(panel), column);
    if (!coded) return {};
    panel.regions = forecast::largest_regions(coded->places, packs.places);
    if (!panel.regions.empty())
        fmt::print(stderr,
                   "note: units are places by '{}': their continents in packs/places are learned from too (--regions "
                   "names others, or none)\n",
                   coded->system);
    return {};
}

/// The panel's further counts, and their names.
struct OtherCounts {
    forecast::EscalationFeatures::Others series;
    std::vector<std::string> names;
};

Result<OtherCounts> other_counts(const std::string& path, const forecast::CountPanel& panel,
                                 const table::CountColumns& columns, const table::Reading& reading,
                                 const std::vector<std::string>& also) {
    OtherCounts out;
    if (also.empty()) out.names = TRY(table::further_counts(path, columns, reading));
    else if (also.size() != 1 || also.front() != no_others) out.names = also;
    for (const auto& name : out.names) {
        auto asked = columns;
        asked.value = name;
        asked = TRY(table::count_columns(path, asked, reading, table::SeveralValues::Refused));
        auto other = TRY(table::read_counts_with_gaps(path, asked, reading));
        if (other.series.size() != panel.series.size())
            return fail(Fault::Data, "other-units", {path}, fmt::format("column '{}' has other units", excerpt(name)),
                        "leave it out with --also");
        out.series.push_back(std::move(other.series));
    }
    return out;
}

Result<void> write_chances(const std::string& path, const forecast::CountPanel& panel,
                           const std::vector<forecast::ChanceAt>& chances, const forecast::Worsening& asked) {
    std::string text = "unit,origin,probability,benchmark,happened\n";
    for (const auto& one : chances) {
        if (std::isnan(one.after)) continue;
        text += fmt::format("{},{},{:.9g},{:.9g},{}\n", csv_cell(panel.series[one.unit].unit),
                            period_label(one.origin, PeriodKind::Month), one.probability, one.benchmark,
                            asked.happened(one.before, one.after) ? 1 : 0);
    }
    return write_text(path, text);
}

/// The first and the last origin of which some unit has the months after it; last < first without any.
std::pair<int, int> decided_origins(const std::vector<forecast::ChanceAt>& chances) {
    std::pair<int, int> out{0, -1};
    for (const auto& one : chances) {
        if (std::isnan(one.after)) continue;
        if (out.second < out.first) out.first = one.origin;
        out.second = one.origin;
    }
    return out;
}

struct NamedReport {
    std::string_view name, key;
    ChanceReport report;
};

void print_scores(std::string_view of, std::string_view who, const ChanceScores& scores) {
    const auto figure = [](double value) {
        return std::isnan(value) ? std::string("-") : fmt::format("{:.3f}", value);
    };
    fmt::print("{:<20} {:<10} {:>7} {:>9} {:>17} {:>15} {:>12}\n", of, who, scores.cases, scores.happened,
               figure(scores.average_precision), figure(scores.of_the_ten), figure(scores.brier_skill));
}

void print_reports(std::span<const NamedReport> reports) {
    fmt::print("{:<20} {:<10} {:>7} {:>9} {:>17} {:>15} {:>12}\n", "cases", "by", "cases", "happened",
               "average precision", "right of ten", "Brier skill");
    for (const auto& [name, key, report] : reports) {
        print_scores(name, "model", report.model);
        print_scores("", "benchmark", report.benchmark);
    }
    fmt::print("\nreliability by tenths, model, all cases\n{:<12} {:>7} {:>8} {:>9} {:>9}\n", "said", "cases", "mean",
               "happened", "share");
    const auto& tenths = reports.front().report.tenths;
    for (std::size_t k = 0; k < tenths.size(); ++k) {
        const auto& one = tenths[k];
        if (one.cases == 0) continue;
        fmt::print("{:.1f} to {:.1f}   {:>7} {:>8.3f} {:>9} {:>9.3f}\n", static_cast<double>(k) / 10,
                   static_cast<double>(k + 1) / 10, one.cases, one.said, one.happened,
                   static_cast<double>(one.happened) / one.cases);
    }
    fmt::print(
        "\nright of ten: share right among the ten likeliest of each month; Brier skill: against saying the share of "
        "all these cases each time;\nonsets from quiet: fewer than {} in the twelve months to the origin; benchmark: "
        "the better, on the past, of the last 24 months' sum and the last three months against the twelve before\n",
        number_text(forecast::quiet_deaths));
}

void print_json(const OutcomeOptions& options, std::span<const NamedReport> reports) {
    JsonWriter json;
    const auto scores = [&](std::string_view key, const ChanceScores& one) {
        json.key(std::string(key))
            .begin_object()
            .field("average_precision", one.average_precision)
            .field("right_of_ten", one.of_the_ten)
            .field("brier", one.brier)
            .field("brier_skill", one.brier_skill)
            .end_object();
    };
    json.begin_object().field("outcome", options.outcome).field("from", options.from).field("to", options.to);
    for (const auto& [name, key, report] : reports) {
        json.key(std::string(key)).begin_object();
        json.field("cases", report.model.cases).field("happened", report.model.happened);
        scores("model", report.model);
        scores("benchmark", report.benchmark);
        json.key("reliability").begin_array();
        for (std::size_t k = 0; k < report.tenths.size(); ++k) {
            const auto& tenth = report.tenths[k];
            json.begin_object()
                .field("from", static_cast<double>(k) / 10)
                .field("cases", tenth.cases)
                .field("said", tenth.said)
                .field("happened", tenth.happened)
                .end_object();
        }
        json.end_array().end_object();
    }
    json.end_object();
    fmt::print("{}\n", json.text());
}

}  // namespace

std::string given_flag(const OutcomeOptions& options) {
    if (!options.from.empty()) return "--from";
    if (!options.to.empty()) return "--to";
    if (!options.out.empty()) return "--out";
    return options.also.empty() ? "" : "--also";
}

void add_outcome(Command& command, OutcomeOptions& options) {
    for (Option row :
         {option(
              "--outcome", &options.outcome,
              "a declared outcome (packs/outcomes.toml) instead of --windows: how likely was it at each origin? With "
              "--watches: judged by this one alone")
              .as("ID"),
          option("--from", &options.from, "with --outcome or --watches: the first origin, the newest month known")
              .as("MONTH"),
          option("--to", &options.to, "with --outcome or --watches: the last origin").as("MONTH"),
          option("--also", &options.also,
                 "with --outcome: further columns of counts to learn from; all there are if none is named, 'none' for "
                 "none")
              .as("COLUMN"),
          option("--out", &options.out,
                 "a CSV: with --outcome a row a unit and origin, unit,origin,probability,benchmark,happened; with "
                 "--watches a row a watch, outcome, grade and change")
              .as("FILE")
              .written()}) {
        command.options.push_back(std::move(row));
    }
}

Result<int> backtest_outcome(const Common& common, const std::string& path, const table::CountColumns& said_columns,
                             const ReadingOptions& reading_options, const std::string& regions,
                             const OutcomeOptions& options) {
    const int from = TRY(origin_of("--from", options.from)), to = TRY(origin_of("--to", options.to));
    if (to < from)
        return fail(Fault::Usage, "bad-origins", {},
                    fmt::format("--to {} is before --from {}", options.to, options.from),
                    "write the earlier one first");
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const auto asked = TRY(asked_outcome(packs, options.outcome));
    const auto reading = TRY(reading_of(reading_options));
    const auto columns = TRY(table::count_columns(path, said_columns, reading, table::SeveralValues::Refused));
    std::string said;
    auto panel = TRY(table::read_counts_with_gaps(path, columns, reading, &said));
    fmt::print(stderr, "{}\n", columns_line(path, columns, panel, said));
    TRY(add_regions(panel, packs, columns.unit, regions));
    const auto others = TRY(other_counts(path, panel, columns, reading, options.also));
    if (!others.names.empty())
        fmt::print(stderr, "note: learned from too: {} (--also names others, or none)\n", join(others.names, ", "));
    const forecast::EscalationFeatures features(panel, others.series, asked);
    const int first_year = from / 12, years = to / 12 - first_year + 1;
    Progress progress("years", years, "fits");
    auto history = TRY(in_file(
        forecast::escalation_history(features, from, to, common.threads, {}, [&](int done) { progress.at(done); }),
        path));
    const auto [first_decided, last_decided] = decided_origins(history.chances);
    std::erase_if(history.chances, [](const forecast::ChanceAt& one) { return std::isnan(one.after); });
    if (history.chances.empty())
        return fail(Fault::Data, "no-cases", {path},
                    fmt::format("no unit has the {} months to an origin from {} to {} and the {} after it",
                                asked.months, options.from, options.to, asked.months),
                    "give earlier origins, or a longer panel");
    if (static_cast<int>(history.years_not_fitted.size()) == years)
        return fail(Fault::Data, "too-little-history", {path},
                    fmt::format("it happened after fewer than {} unit-months that were over by the first origins",
                                int{forecast::EscalationModel::fewest_rises}),
                    "give later origins, or a longer panel");
    if (!history.years_not_fitted.empty())
        fmt::print(stderr, "note: too little history to learn from before {}: origins until then get the base rate\n",
                   history.years_not_fitted.back() + 1);
    if (first_decided > from || last_decided < to)
        fmt::print(
            stderr,
            "note: judged are the origins from {} to {}: of the others the {} months before or after are not all "
            "in the panel\n",
            period_label(first_decided, PeriodKind::Month), period_label(last_decided, PeriodKind::Month),
            asked.months);
    if (!options.out.empty()) TRY(write_chances(options.out, panel, history.chances, asked));
    const NamedReport reports[] = {
        {"all", "all", report_of(history.chances, asked, ChanceCases::All)},
        {"onsets from quiet", "onsets", report_of(history.chances, asked, ChanceCases::Onsets)},
        {"the others", "others", report_of(history.chances, asked, ChanceCases::Others)}};
    if (common.json) print_json(options, reports);
    else print_reports(reports);
    return exit_clean;
}

}  // namespace icosa::cli
