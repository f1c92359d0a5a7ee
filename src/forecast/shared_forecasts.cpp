/// What the packs know of a panel's units; the work, divided among threads.
#include "forecast/shared_forecasts.hpp"

#include <atomic>
#include <string_view>
#include <thread>

#include "base/hash.hpp"
#include "forecast/escalation_watch.hpp"
#include "forecast/predictive_quantile.hpp"

namespace icosa::forecast {
namespace {

/// The smallest region of packs/places that has the unit as a member on any day; empty where none has any.
std::vector<std::string> regions_of(const CountPanel& panel, const pack::PlaceBook& places) {
    std::map<std::string_view, const pack::PlaceSet*> smallest;
    for (const pack::PlaceSet& set : places.sets()) {
        if (set.kind != "region") continue;
        for (const model::Membership& member : set.members) {
            auto& of = smallest[member.place];
            if (!of || set.members.size() < of->members.size()) of = &set;
        }
    }
    std::vector<std::string> out;
    bool any = false;
    for (const CountSeries& series : panel.series) {
        const auto found = smallest.find(series.unit);
        out.push_back(found == smallest.end() ? "" : found->second->id);
        any |= found != smallest.end();
    }
    return any ? out : std::vector<std::string>{};
}

/// Of each unit the positions of its neighbours by land on the day, sorted; empty where none has any.
std::vector<std::vector<std::size_t>> neighbours_of(const CountPanel& panel, const pack::PlaceBook& places, Day day) {
    std::map<std::string_view, std::size_t> position;
    for (std::size_t unit = 0; unit < panel.series.size(); ++unit) position.emplace(panel.series[unit].unit, unit);
    std::vector<std::vector<std::size_t>> out;
    bool any = false;
    for (const CountSeries& series : panel.series) {
        auto& of = out.emplace_back();
        for (const std::string& other : places.neighbours(series.unit, day)) {
            if (const auto found = position.find(other); found != position.end()) of.push_back(found->second);
        }
        any |= !of.empty();
    }
    return any ? out : std::vector<std::vector<std::size_t>>{};
}

Result<std::unique_ptr<PanelForecast>> make(const Key& key, const SharedForecast& of, const engine::Setting& setting) {
    const auto& [panel, newest, first_day, request] = key;
    Gapless counts = TRY(without_gaps(*panel, newest, first_day));
    counts.panel.regions = regions_of(counts.panel, setting.places);
    counts.panel.neighbours = neighbours_of(counts.panel, setting.places, setting.as_of);
    auto made = TRY(PanelForecast::make(std::move(counts), newest, request, of.memory));
    if (of.looks_at_newest) TRY(made->one_step());
    return made;
}

}  // namespace

Result<std::shared_ptr<const WholeChances>> Memory::chances(const model::Select& select, const ChancesKey& key,
                                                            const pack::Outcome& outcome) {
    const auto& [cut, newest, first_day, id] = key;
    const auto answer = whole_.answers.find(select);
    if (answer == whole_.answers.end()) return std::shared_ptr<const WholeChances>();
    const std::lock_guard lock(mutex_);  // the first that asks works it out, the others wait
    auto& kept = chances_[{select, cut->source, first_day, id}];
    if (kept) return kept;
    for (const model::Panel& panel : answer->second.panels) {
        if (panel.source == cut->source) kept = TRY(WholeChances::make(panel, first_day, outcome, threads_));
    }
    return kept;
}

std::shared_ptr<PanelMemory> Memory::of(const model::Select& select, const Key& key) {
    const auto& [panel, newest, first_day, request] = key;
    std::uint64_t units = 0;
    for (const std::string& unit : panel->units) units = hash64(unit, units);
    const std::lock_guard lock(mutex_);
    auto& kept = kept_[{select, panel->source, units, first_day, request}];
    if (!kept) kept = std::make_shared<PanelMemory>();
    return kept;
}

std::map<Key, SharedForecast> share_forecasts(const std::vector<Asked>& asked, const engine::Setting& setting) {
    std::map<Key, SharedForecast> out;
    auto* memory = static_cast<Memory*>(setting.memory.get());
    for (const Asked& one : asked) {
        if (!one.key || asks_for_chances(*one.watch)) continue;
        SharedForecast& of = out[*one.key];
        if (memory && !of.memory) of.memory = memory->of(learned_from(*one.watch, setting).front(), *one.key);
        of.looks_at_newest |= one.watch->judging.method_name == predictive_quantile_spec.name;
    }
    std::vector<std::pair<const Key, SharedForecast>*> jobs;
    for (auto& one : out) jobs.push_back(&one);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < jobs.size(); i = next++) {
            auto& [key, of] = *jobs[i];
            of.made = make(key, of, setting);
        }
    };
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < setting.threads; ++i) others.emplace_back(work);
        work();
    }
    return out;
}

}  // namespace icosa::forecast
