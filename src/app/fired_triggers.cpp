/// Asks each trigger's panel, the newest month, the past.
#include "app/fired_triggers.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/trigger_panels.hpp"
#include "base/text.hpp"
#include "brief/handling.hpp"
#include "record/trigger.hpp"

namespace icosa::app {
namespace {

std::string month_label(int month) { return period_label(month, PeriodKind::Month); }

/// The record of the trigger's own span, without what is decided only after the newest month.
brief::TriggerPast past_of(const pack::Trigger& trigger, const pack::Outcome& outcome, const TriggerPanels& panels) {
    const model::Panel* decides = panels.outcome_panel ? &*panels.outcome_panel : nullptr;
    const int first = trigger.from.value_or(panels.panel.first_period);
    const int last = std::min(trigger.to.value_or(panels.newest), panels.newest);
    brief::TriggerPast out;
    if (last < first) return out;
    const record::TriggerHistory history(outcome, panels.panel, decides, first, last);
    const auto decided = history.decided();
    if (!decided) return out;
    const record::TriggerRecord record = history.record(trigger.rule);
    return {month_label(decided->first), month_label(decided->second), record.fired, record.followed,
            record.base_rate(),          record.false_alarms_a_year()};
}

void add_units(brief::FiredTrigger& out, const Packs& packs, const pack::Trigger& trigger, const pack::Outcome& outcome,
               const TriggerPanels& panels) {
    const record::TriggerHistory history(outcome, panels.panel, nullptr, panels.panel.first_period, panels.newest);
    auto firing = history.firing(trigger.rule, panels.newest);
    std::ranges::stable_sort(firing, std::ranges::greater(), &record::Firing::sum);
    for (const record::Firing& one : firing) {
        const std::string& id = history.units()[one.unit];
        out.units.push_back({id, packs.places.title_of(id), one.sum, month_label(one.since)});
    }
}

}  // namespace

Result<std::vector<brief::FiredTrigger>> fired_triggers(store::Store& store, const Packs& packs,
                                                        const std::vector<pack::Trigger>& triggers, Day as_of) {
    std::vector<brief::FiredTrigger> out;
    for (const pack::Trigger& trigger : triggers) {
        brief::FiredTrigger& one = out.emplace_back();
        one.id = trigger.id;
        one.rule = pack::rule_words(trigger.rule);
        one.months = trigger.rule.sum;
        one.owner = trigger.owner;
        one.action = trigger.action;
        one.budget = trigger.budget;
        auto panels = trigger_panels(store, packs, trigger, as_of, Panels::Fresh);
        if (!panels && panels.error().code == "no-panel") {
            one.state = brief::TriggerState::NoData;
            one.why = panels.error().what;
            one.record = brief::record_words({}, 0, "");
            continue;
        }
        if (!panels) return std::unexpected(std::move(panels).error());
        const pack::Outcome& outcome = *outcome_of(packs, trigger);
        one.source = panels->panel.source;
        one.month = month_label(panels->newest);
        one.past = past_of(trigger, outcome, *panels);
        one.record = brief::record_words(one.past, outcome.months, outcome.title.en);
        if (panels->is_stale) {
            one.state = brief::TriggerState::Stale;
            one.why = fmt::format("the newest month of {} is {}, too long before {}", panels->panel.source, one.month,
                                  iso(as_of));
            continue;
        }
        add_units(one, packs, trigger, outcome, *panels);
        one.state = one.units.empty() ? brief::TriggerState::Quiet : brief::TriggerState::Fired;
        if (!one.units.empty() && trigger.deadline_days > 0) one.deadline = as_of + trigger.deadline_days;
    }
    return out;
}

void mark_sources_of(brief::Dossier& dossier, const std::vector<brief::FiredTrigger>& triggers, const Packs& packs,
                     const std::string& asked) {
    auto& withheld = dossier.withheld_sources;
    const std::size_t before = withheld.size();
    for (const auto& one : triggers) {
        for (const auto& id : model::sources_in(one.source)) {
            const pack::SourceCard* card = packs.find_card(id);
            if (card && !card->exportable && std::ranges::find(withheld, card->id) == withheld.end())
                withheld.push_back(card->id);
        }
    }
    if (withheld.size() == before) return;
    std::ranges::sort(withheld);
    dossier.handling = brief::handling_mark(withheld, asked);
}

}  // namespace icosa::app
