/// Past figures, places with violence, other signals on the ground; then respond.
#include "app/options.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "engine/select.hpp"
#include "respond/options/options.hpp"

namespace icosa::app {
namespace {

std::optional<model::Select> select_of(const pack::Matter& matter, const Packs& packs, const engine::Setting& setting) {
    const pack::Outcome* outcome = packs.outcomes.find(matter.like);
    return outcome ? engine::select_of(outcome->selection, setting) : std::nullopt;
}

/// The panel with most months, and the one that goes furthest.
std::optional<respond::Ground::Past> past_of(const model::Answer& answer, int months) {
    respond::Ground::Past out;
    out.months = months;
    for (const model::Panel& panel : answer.panels) {
        if (!out.longest || panel.periods > out.longest->periods) out.longest = &panel;
        if (!out.newest || panel.observed_through > out.newest->observed_through) out.newest = &panel;
    }
    return out.longest ? std::optional(out) : std::nullopt;
}

/// Every finding, of watches asked for and beside them.
std::vector<const model::WatchFinding*> all_of(const Findings& found) {
    std::vector<const model::WatchFinding*> out;
    for (const auto& one : found.results) out.push_back(&one.finding);
    for (const auto& one : found.beside) out.push_back(&one);
    return out;
}

const std::string& measure_of(const model::Signal& signal, const model::WatchFinding& finding) {
    return signal.measure.empty() ? finding.measure : signal.measure;
}

/// Places with violence: figures of the newest months above zero, signals of violence, chances of it.
std::vector<std::string> violent_places(const Packs& packs, const Findings& found,
                                        const std::map<std::string, respond::Ground::Past>& past, Day as_of) {
    std::set<std::string> out;
    for (const auto& [matter, one] : past) {
        const model::Panel& panel = *one.newest;
        if (as_of - panel.observed_through > respond::newest_days) continue;
        for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
            for (int month = std::max(0, panel.periods - one.months); month < panel.periods; ++month) {
                if (panel.at(unit, month) > 0) out.insert(panel.units[unit]);
            }
        }
    }
    for (const model::WatchFinding* finding : all_of(found)) {
        const pack::Matter* matter = packs.matters.of_measure(finding->measure);
        if (!matter || std::ranges::find(matter->seen_by, finding->measure) == matter->seen_by.end()) continue;
        for (const model::Signal& signal : finding->signals) {
            for (const auto& state : respond::states_of(signal.subject, packs.places)) out.insert(state);
        }
        for (const model::Chance& chance : finding->chances) {
            for (const auto& state : respond::states_of(chance.subject, packs.places)) out.insert(state);
        }
    }
    return {out.begin(), out.end()};
}

/// Of signals about two states at once, such as a conflict between them.
std::map<std::string, std::vector<std::string>> opponents(const Packs& packs, const Findings& found) {
    std::map<std::string, std::set<std::string>> sets;
    for (const model::WatchFinding* finding : all_of(found)) {
        for (const model::Signal& signal : finding->signals) {
            const std::string& measure = measure_of(signal, *finding);
            const pack::Matter* matter = packs.matters.of_measure(measure);
            const bool is_between = matter && std::ranges::find(matter->between, measure) != matter->between.end();
            // who fought whom years ago is no party to what goes on today
            if (!is_between || signal.lateness_days > respond::newest_days) continue;
            const auto states = respond::states_of(signal.subject, packs.places);
            for (const auto& one : states) {
                for (const auto& other : states) {
                    if (one != other) sets[one].insert(other);
                }
            }
        }
    }
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [state, others] : sets) out[state] = {others.begin(), others.end()};
    return out;
}

std::map<std::string, std::vector<std::string>> sections_by_place(const Packs& packs, const Findings& found) {
    std::map<std::string, std::set<std::string>> by_place;
    for (const auto& one : found.results) {
        if (one.finding.state != model::State::Signal) continue;
        for (const model::Signal& signal : one.finding.signals) {
            for (const auto& state : respond::states_of(signal.subject, packs.places))
                by_place[state].insert(one.page->section);
        }
    }
    std::map<std::string, std::vector<std::string>> out;
    for (const auto& [place, sections] : by_place) out[place] = {sections.begin(), sections.end()};
    return out;
}

}  // namespace

std::vector<model::Select> option_needs(const Packs& packs, Day as_of) {
    const engine::Setting setting = packs.setting(as_of);
    std::vector<model::Select> out;
    for (const pack::Matter& matter : packs.matters.all) {
        if (auto select = select_of(matter, packs, setting)) out.push_back(std::move(*select));
    }
    return out;
}

std::vector<model::Response> responses_to(const std::vector<std::string>& signals, const Packs& packs,
                                          const Findings& found, Day as_of) {
    const engine::Setting setting = packs.setting(as_of);
    respond::Ground ground{.catalogue = packs.catalogue,
                           .places = packs.places,
                           .framework = packs.framework,
                           .matters = packs.matters,
                           .participation = found.evidence.participation,
                           .as_of = as_of,
                           .past = {},
                           .signalling = sections_by_place(packs, found),
                           .against = opponents(packs, found),
                           .violent = {}};
    for (const pack::Matter& matter : packs.matters.all) {
        const auto select = select_of(matter, packs, setting);
        if (!select) continue;
        const auto answer = found.evidence.answers.find(*select);
        if (answer == found.evidence.answers.end()) continue;
        if (auto past = past_of(answer->second, packs.outcomes.find(matter.like)->months))
            ground.past.emplace(matter.id, *past);
    }
    ground.violent = violent_places(packs, found, ground.past, as_of);
    std::map<std::string, std::pair<const model::Signal*, const model::WatchFinding*>> by_id;
    for (const model::WatchFinding* finding : all_of(found)) {
        for (const model::Signal& signal : finding->signals) by_id.emplace(signal.id, std::pair(&signal, finding));
    }
    std::vector<model::Response> out;
    for (const std::string& id : signals) {
        const auto signal = by_id.find(id);
        if (signal == by_id.end()) continue;
        const auto& [told, finding] = signal->second;
        out.push_back(respond::options_of(told->id, told->subject, measure_of(*told, *finding), ground));
    }
    return out;
}

std::vector<std::string> signals_to_answer(const std::vector<const model::WatchFinding*>& watches, const Packs& packs,
                                           std::size_t most) {
    std::vector<std::pair<const model::Signal*, const pack::Matter*>> all;
    for (const model::WatchFinding* watch : watches) {
        if (watch->state != model::State::Signal) continue;
        for (const model::Signal& signal : watch->signals) {
            const pack::Matter* matter = packs.matters.of_measure(measure_of(signal, *watch));
            if (matter && !respond::states_of(signal.subject, packs.places).empty()) all.emplace_back(&signal, matter);
        }
    }
    std::ranges::stable_sort(all, [](const auto& a, const auto& b) {
        if (a.first->grade != b.first->grade) return a.first->grade > b.first->grade;
        return a.first->severity.value > b.first->severity.value;
    });
    std::set<std::pair<std::string, const pack::Matter*>> told;
    std::vector<std::string> out;
    for (const auto& [signal, matter] : all) {
        if (out.size() == most) break;
        if (told.emplace(signal->subject, matter).second) out.push_back(signal->id);
    }
    return out;
}

}  // namespace icosa::app
