/// Selections of triggers, asked of the store.
#include "app/trigger_panels.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/panel_choice.hpp"
#include "engine/select.hpp"
#include "harmonise/evidence.hpp"

namespace icosa::app {
namespace {

bool gives_measure(const pack::SourceCard& card, const std::string& measure) {
    return std::ranges::find(card.measures, measure, &pack::MeasureMap::id) != card.measures.end()
        || std::ranges::find(card.totals, measure, &pack::EventTotal::id) != card.totals.end();
}

std::vector<std::string> measures_known(const Packs& packs) {
    std::set<std::string> out;
    for (const auto& card : packs.cards) {
        for (const auto& measure : card.measures) out.insert(measure.id);
        for (const auto& total : card.totals) out.insert(total.id);
    }
    return {out.begin(), out.end()};
}

/// Does the trigger count what its outcome counts?
bool is_of_outcome(const pack::Trigger& trigger, const pack::Outcome& outcome) {
    return trigger.measure.empty() || trigger.measure == outcome.selection.measure;
}

pack::Selection selection_of(const Packs& packs, const pack::Trigger& trigger, const pack::Outcome& outcome) {
    pack::Selection out;
    if (is_of_outcome(trigger, outcome)) {
        out = outcome.selection;
    } else {
        out.records = model::RecordKind::Observation;
        out.measure = trigger.measure;
        out.quantity = model::Quantity::Sum;
        out.period = PeriodKind::Month;
        for (const auto& card : packs.cards)
            if (gives_measure(card, trigger.measure)) out.from.push_back(card.id);
    }
    if (!trigger.sources.empty()) out.from = trigger.sources;
    if (!trigger.places.empty()) out.places = trigger.places;
    return out;
}

bool is_summed(const pack::Selection& selection) {
    using enum model::Quantity;
    const model::Quantity of = selection.quantity;
    return selection.period == PeriodKind::Month
        && (of == Count || of == Sum || of == Low || of == Best || of == High || of == Civilians);
}

/// Without what lies after its last whole month.
model::Panel through(const model::Panel& panel, int month) {
    model::Panel out = panel;
    out.periods = std::min(panel.periods, month - panel.first_period + 1);
    out.values.clear();
    out.rows.clear();
    for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
        for (int i = 0; i < out.periods; ++i) out.values.push_back(panel.at(unit, i));
    }
    return out;
}

std::string or_id(const std::string& title, const std::string& id) { return title.empty() ? id : title; }

}  // namespace

const pack::Outcome* outcome_of(const Packs& packs, const pack::Trigger& trigger) {
    return packs.outcomes.find(trigger.outcome);
}

void check_triggers(const Packs& packs, const std::vector<pack::Trigger>& triggers, MeasureNames names,
                    Diagnostics& faults) {
    const auto unknown = [&](std::string code, const Where& where, const std::string& what, const std::string& word,
                             const std::vector<std::string>& known, const std::string& cure) {
        const auto near = nearest(word, known);
        faults.push_back(
            {Fault::Pack, std::move(code), where, what, near ? fmt::format("did you mean '{}'?", *near) : cure});
    };
    std::vector<std::string> outcomes, cards, places;
    for (const auto& one : packs.outcomes.all) outcomes.push_back(one.id);
    for (const auto& one : packs.cards) cards.push_back(one.id);
    for (const auto& one : packs.places.sets()) places.push_back(one.id);
    for (const auto& one : packs.places.places()) places.push_back(one.id);
    const std::vector<std::string> measures = measures_known(packs);
    for (const pack::Trigger& one : triggers) {
        if (!outcome_of(packs, one))
            unknown("unknown-outcome", one.outcome_where,
                    fmt::format("packs/outcomes.toml has no outcome '{}'", excerpt(one.outcome)), one.outcome, outcomes,
                    fmt::format("there are {}", join(outcomes, ", ")));
        if (names == MeasureNames::OfCards && !one.measure.empty()
            && std::ranges::find(measures, one.measure) == measures.end())
            unknown("unknown-measure", one.measure_where,
                    fmt::format("no source card gives the measure '{}'", excerpt(one.measure)), one.measure, measures,
                    "`icosa explain` and packs/sources name them");
        for (const std::string& id : one.places) {
            if (std::ranges::find(places, id) != places.end()) continue;
            unknown("unknown-place", one.places_where, fmt::format("no place or set '{}'", excerpt(id)), id, places,
                    "`icosa places` names them; leave 'places' out for the world");
        }
        for (const std::string& id : one.sources) {
            if (std::ranges::find(cards, id) != cards.end()) continue;
            unknown("unknown-source", one.where, fmt::format("no source '{}'", excerpt(id)), id, cards,
                    "`icosa sources` names them");
        }
    }
}

Result<TriggerPanels> trigger_panels(store::Store& store, const Packs& packs, const pack::Trigger& trigger, Day as_of,
                                     Panels which) {
    const pack::Outcome* outcome = outcome_of(packs, trigger);
    if (!outcome)
        return fail(Fault::Pack, "unknown-outcome", trigger.outcome_where,
                    fmt::format("packs/outcomes.toml has no outcome '{}'", excerpt(trigger.outcome)));
    const pack::Selection selection = selection_of(packs, trigger, *outcome);
    if (!is_summed(selection))
        return fail(Fault::Pack, "no-sum", trigger.measure_where,
                    fmt::format("trigger '{}' would sum what is measured, not counted by month", trigger.id),
                    "name a measure that counts (deaths, events), or an outcome of one");
    const engine::Setting setting = packs.setting(as_of);
    const auto select = engine::select_of(selection, setting);
    if (!select)
        return fail(Fault::Data, "no-panel", trigger.places_where,
                    fmt::format("no place belongs to {} on {}", join(selection.places, ", "), iso(as_of)));
    std::vector<model::Select> needs{*select};
    const auto decides = engine::select_of(outcome->selection, setting);
    const bool of_outcome = is_of_outcome(trigger, *outcome);
    if (!of_outcome && decides) needs.push_back(*decides);
    const pack::Catalogue no_instruments;  // no acts are asked for
    auto evidence = TRY(harmonise::gather(
        store, {packs.cards, packs.places, no_instruments, packs.credibility, packs.taxonomies}, needs, as_of, {}));
    const auto chosen = [&](const model::Select& of) -> engine::PanelChoice {
        const model::Answer& answer = evidence.answers.at(of);
        if (which == Panels::Fresh) return engine::choose_panel(answer, setting);
        for (const model::Panel& panel : answer.panels) {
            if (const auto newest = engine::newest_period(panel, of, as_of)) return {&panel, *newest, false};
        }
        return {};
    };
    const engine::PanelChoice own = chosen(*select);
    if (!own.panel)
        return fail(Fault::Data, "no-panel", trigger.measure_where,
                    fmt::format("the store has no months of '{}' from {}", or_id(selection.measure, outcome->id),
                                join(selection.from, ", ")),
                    "feed one of these sources with `icosa ingest`");
    TriggerPanels out{through(*own.panel, own.newest), std::nullopt, own.newest, own.stale, 0};
    out.lag_days = packs.lag_days_of(own.panel->source);
    if (of_outcome) return out;
    const engine::PanelChoice other = decides ? chosen(*decides) : engine::PanelChoice{};
    if (!other.panel)
        return fail(Fault::Data, "no-panel", trigger.outcome_where,
                    fmt::format("the store has no months that decide outcome '{}', from {}", outcome->id,
                                join(outcome->selection.from, ", ")),
                    "feed one of these sources with `icosa ingest`");
    out.outcome_panel = through(*other.panel, other.newest);
    return out;
}

Result<std::vector<record::KnownThen>> known_then(store::Store& store, const Packs& packs, const pack::Trigger& trigger,
                                                  const TriggerPanels& panels) {
    const std::string& source = panels.panel.source;
    std::set<Day> days;
    for (const auto& file : TRY(store.files()))
        if (file.source == source && file.vintage_day != no_day && file.withdrawn_day == no_day)
            days.insert(file.vintage_day);
    std::vector<record::KnownThen> out;
    if (days.size() < 2) return out;
    days.erase(days.begin());
    while (days.size() > most_editions) days.erase(days.begin());
    pack::Trigger of_source = trigger;
    of_source.sources = {source};
    for (const Day published : days) {
        const Day before = published - 1;
        // The last month whose figure was out before the edition.
        int last = period_of(before - panels.lag_days, PeriodKind::Month);
        if (last_day_of(last, PeriodKind::Month) + panels.lag_days > before) --last;
        if (last < panels.panel.first_period || (!out.empty() && last <= out.back().last_month)) continue;
        auto then = trigger_panels(store, packs, of_source, before, Panels::Preferred);
        if (!then && then.error().code == "no-panel") continue;
        if (!then) return std::unexpected(std::move(then).error());
        out.push_back({std::min(last, panels.newest), std::move(then->panel)});
    }
    return out;
}

}  // namespace icosa::app
