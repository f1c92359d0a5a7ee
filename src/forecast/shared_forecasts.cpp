/// The work, divided among threads.
#include "forecast/shared_forecasts.hpp"

#include <atomic>
#include <thread>

#include "base/hash.hpp"
#include "forecast/escalation_watch.hpp"
#include "forecast/predictive_quantile.hpp"
#include "forecast/surroundings.hpp"

namespace icosa::forecast {
namespace {

Result<std::unique_ptr<PanelForecast>> make(const Key& key, const SharedForecast& of, const engine::Setting& setting) {
    const auto& [panel, newest, first_day, request] = key;
    Gapless counts = TRY(without_gaps(*panel, newest, first_day));
    const auto units = units_of(counts.panel);
    counts.panel.regions = smallest_regions(units, setting.places);
    counts.panel.neighbours = neighbours_of(units, setting.places, setting.as_of);
    PanelRequest asked = request;
    // On a past day nobody reads what such a watch shows of the months ahead: who is forecast is the same for one.
    if (of.memory && !of.looks_ahead) asked.last_step = asked.first_step;
    auto made = TRY(PanelForecast::make(std::move(counts), newest, asked, of.memory));
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
        if (panel.source == cut->source) kept = TRY(WholeChances::make(panel, first_day, outcome, places_, threads_));
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
        const bool newest = one.watch->judging.method_name == predictive_quantile_spec.name;
        of.looks_at_newest |= newest;
        of.looks_ahead |= !newest;
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
