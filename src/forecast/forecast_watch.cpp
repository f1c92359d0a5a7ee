/// The row: keys, needs, checks, strips; watches that ask the same panel share its forecast.
#include "forecast/forecast_watch.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "engine/check.hpp"
#include "engine/wording.hpp"
#include "forecast/asked_panel.hpp"
#include "forecast/engine_table.hpp"
#include "forecast/escalation_watch.hpp"
#include "forecast/finding.hpp"
#include "forecast/predictive_quantile.hpp"
#include "forecast/rise.hpp"
#include "forecast/shared_forecasts.hpp"

namespace icosa::forecast {
namespace {

using engine::Setting;
using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr Field forecast_fields[] = {
    text_option("from", "sources in order of preference; the first that is not stale answers"),
    text_option("matched", "events that several sources tell are counted once; true, or { km, days, taxonomy }"),
    choice_option("records", "event|observation|designation", "what is counted; observation where a measure is given")
        .by_default("event"),
    text_option("kind", "events of these kinds; designations of these regimes"),
    text_option("code", "the source's own codes, or their beginnings with '*'"),
    text_option("measure", "observations: the card's measure"),
    text_option("subject", "subjects, or their beginnings with '*'"),
    text_option("places", "whom the watch speaks of: a set, or a list of places and sets; members of the as-of day")
        .by_default("world"),
    text_option("learn_from",
                "a set: whose past the model learns from, beside those of `places`; world = all that the source has")
        .by_default("world"),
    text_option("where", "conditions on intensity, mentions, best or value"),
    text_option("except_days", "records that begin on these days are left out"),
    choice_option("unit", "place|actor|dyad|cell|subject|place-subject|world", "what has a series of its own")
        .by_default("place"),
    choice_option("period", "month", "forecasts are by month: it must say so").by_default("year"),
    choice_option("value", "count|low|best|high|mentions|last|sum", "what is summed; a count").by_default("count"),
    text_option("horizon", "the first and the last month ahead, after the newest known one")
        .in("months")
        .by_default("[1, 12]"),
    number_option("crossing", "the line: how likely is it that the horizon's sum reaches it?")
        .at_least(1)
        .by_default("1"),
    text_option("model",
                "of docs/forecasts.md; stack leaves out its fitted regression and hidden levels here, stack-fitted has "
                "them and takes seconds a panel")
        .by_default("stack"),
    whole_option("shown", "forecasts that the dossier shows; the others are counted").within(0, 300).by_default("12"),
    number_option("minimum", "predictive-quantile: a smaller value never signals").by_default("0"),
    text_option("severity_unit", "what is counted, in words"),
    text_option(
        "false_discovery",
        "{ rate, procedure }: the expected share of chance among the signals; without it as packs/grades.toml says"),
    whole_option("first_year", "earlier months are not looked at").by_default("0"),
    text_option("first_day", "the same by a day: the month that holds it is the first"),
};
constexpr std::string_view examples[] = {
    "engine = \"forecast\"; measure = \"fatalities-state-based\"; value = \"sum\"; period = \"month\"; horizon = [1, "
    "12]; crossing = 25; method = { name = \"rise\", ratio = 2 }"};
constexpr std::string_view forecast_cites[] = {"hegre2024"};
constexpr pack::Spec spec{"forecast",
                          "Monthly counts ahead: distributions, the chance of reaching a line, and counts beyond what "
                          "had been forecast for them.",
                          forecast_fields, examples, forecast_cites};
const pack::Spec* const engine_methods[] = {&rise_spec, &predictive_quantile_spec, &escalation_spec};

void check(const pack::Watch& watch, const Setting& setting, Diagnostics& faults) {
    const auto fault = [&](std::string_view key, std::string code, std::string what, std::string cure) {
        faults.push_back({Fault::Pack, std::move(code), engine::at(watch, key), std::move(what), std::move(cure)});
    };
    engine::check_selection(watch, watch.selection, setting, faults);
    if (!watch.outlook.learn_from.empty())
        engine::check_place(watch, watch.outlook.learn_from, engine::at(watch, "learn_from"), setting, faults);
    if (watch.selection.period != PeriodKind::Month)
        fault("period", "method-misfit",
              fmt::format("watch '{}': forecasts are by month, not by {}", watch.id,
                          period_kind_name(watch.selection.period)),
              "write period = \"month\"");
    if (!find_model(watch.outlook.model) && watch.outlook.model != fitted_stack) {
        std::vector<std::string> names{std::string(fitted_stack)};
        for (const Model& one : models()) names.emplace_back(one.name);
        fault("model", "unknown-model", fmt::format("watch '{}' names model '{}'", watch.id, watch.outlook.model),
              engine::cure_for(watch.outlook.model, names));
    }
    if (watch.outlook.model == "neighbours" && watch.selection.unit != model::Unit::Place)
        fault("model", "method-misfit", fmt::format("watch '{}': only places have neighbours", watch.id),
              "choose another model");
    if (asks_for_chances(watch) && !outcome_of(watch, setting))
        fault("method", "unknown-outcome",
              fmt::format("watch '{}': its method names no outcome of packs/outcomes.toml that sums counts", watch.id),
              "name one, as outcome = \"worse-by-half\"");
    using enum model::Quantity;
    const auto quantity = watch.selection.quantity;
    const bool counts = quantity == Count || quantity == Low || quantity == Best || quantity == High
        || quantity == Mentions || quantity == Sum || quantity == Last;
    if (!counts)
        fault("value", "method-misfit", fmt::format("watch '{}': only counts are forecast", watch.id),
              "choose count, best, sum or the like");
    if (watch.selection.unit != model::Unit::Place && !watch.selection.places.empty())
        fault("places", "method-misfit",
              fmt::format("watch '{}': `places` names whom to speak of, and its unit is no place", watch.id),
              "leave `places` out, or use unit = \"place\"");
}

Result<std::vector<int>> strip(const pack::Watch& watch, const std::vector<double>& values) {
    if (asks_for_chances(watch))
        return fail(Fault::Pack, "method-misfit", {},
                    "escalation learns from many units: a strip of one says nothing to it", "leave the strip out");
    model::Panel panel;
    panel.period = PeriodKind::Month;
    panel.periods = static_cast<int>(values.size());
    panel.units = {"strip"};
    panel.values = values;
    std::vector<int> out;
    for (int newest = PanelForecast::shortest_history; newest < panel.periods; ++newest) {
        auto counts = TRY(without_gaps(panel, newest, no_day));
        const auto& series = counts.panel.series;
        if (series.empty() || !series.front().has(newest)
            || newest - series.front().first < PanelForecast::shortest_history)
            continue;
        const auto made = TRY(PanelForecast::make(std::move(counts), newest, panel_request_of(watch)));
        if (TRY(signals(*made, watch))) out.push_back(newest);
    }
    return out;
}

Error of_watch(Error error, const pack::Watch& watch) {
    error.what = fmt::format("watch '{}': {}", watch.id, error.what);
    error.where = watch.where;
    return error;
}

/// On a past day out of the history of the whole panel.
Result<PanelChances> chances_of(const Asked& asked, const ChancesKey& key, const pack::Outcome& outcome,
                                const Setting& setting) {
    if (auto* memory = static_cast<Memory*>(setting.memory.get())) {
        if (const auto whole = TRY(memory->chances(learned_from(*asked.watch, setting).front(), key, outcome)))
            return whole->at(std::get<1>(key));
    }
    return chances_of_panel(key, outcome, setting.places, setting.threads);
}

/// Of the watches that ask for chances, each panel and outcome once.
ChancesByKey share_chances(const std::vector<Asked>& asked, const Setting& setting) {
    ChancesByKey out;
    for (const Asked& one : asked) {
        if (!one.key || !asks_for_chances(*one.watch)) continue;
        const pack::Outcome* outcome = outcome_of(*one.watch, setting);
        if (!outcome) continue;
        const ChancesKey key = chances_key(one, *outcome);
        if (!out.contains(key)) out.emplace(key, chances_of(one, key, *outcome, setting));
    }
    return out;
}

Result<std::vector<model::WatchFinding>> run(const model::Evidence& evidence,
                                             std::span<const pack::Watch* const> watches, const Setting& setting) {
    std::vector<Asked> asked;
    for (const pack::Watch* watch : watches) asked.push_back(asked_of(*watch, evidence, setting));
    const ChancesByKey chances = share_chances(asked, setting);
    const std::map<Key, SharedForecast> shared = share_forecasts(asked, setting);
    std::vector<model::WatchFinding> out;
    for (Asked& one : asked) {
        if (one.key && asks_for_chances(*one.watch)) {
            const pack::Outcome* outcome = outcome_of(*one.watch, setting);
            if (!outcome) {
                one.head.reading = "its outcome is not declared";
                out.push_back(std::move(one.head));
                continue;
            }
            const auto& of = chances.at(chances_key(one, *outcome));
            if (!of) return std::unexpected(of_watch(of.error(), *one.watch));
            out.push_back(finding_of_chances(*of, *outcome, std::move(one), setting));
            continue;
        }
        if (!one.key) {
            out.push_back(std::move(one.head));
            continue;
        }
        const SharedForecast& of = shared.at(*one.key);
        if (!of.made && of.made.error().code == "too-short") {
            one.head.reading = fmt::format("{} has figures, but none with the history that a forecast needs: {}",
                                           engine::source_title(setting, one.head.source), of.made.error().what);
            out.push_back(std::move(one.head));
            continue;
        }
        if (!of.made) return std::unexpected(of_watch(of.made.error(), *one.watch));
        out.push_back(
            TRY(finding_of(**of.made, *one.watch, setting, *std::get<0>(*one.key), one.places, std::move(one.head))));
    }
    return out;
}

}  // namespace

namespace {

std::shared_ptr<void> remember(const model::Evidence& whole, const engine::Setting& setting) {
    return std::make_shared<Memory>(whole, setting.places, setting.threads);
}

}  // namespace

const engine::Engine& forecast_engine() {
    static const engine::Engine row{"forecast", spec, engine_methods, learned_from, run, check, strip, remember};
    return row;
}

std::span<const engine::Engine> engines() {
    static const engine::Engine table[] = {forecast_engine()};
    return table;
}

}  // namespace icosa::forecast
