/// Sets by object, then by epoch.
#include "model/element_choice.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::model {

Instant epoch_of(const ElementSet& set) { return {set.epoch_day, set.epoch_us}; }

ChosenElements elements_at(std::span<const ElementSet> sets, Instant at) {
    std::map<std::int32_t, std::vector<const ElementSet*>> by_object;
    for (const ElementSet& set : sets) by_object[set.object].push_back(&set);
    ChosenElements out;
    out.sets.reserve(by_object.size());
    const auto example = [&](std::string words) {
        constexpr std::size_t most_examples = 6;
        if (out.examples.size() < most_examples) out.examples.push_back(std::move(words));
    };
    for (const auto& [object, all] : by_object) {
        const ElementSet* best = all.front();
        for (const ElementSet* one : all) {
            const bool is_late = epoch_of(*one) > at;
            const bool best_is_late = epoch_of(*best) > at;
            if (is_late != best_is_late) best = is_late ? best : one;
            else if (is_late ? epoch_of(*one) <= epoch_of(*best) : epoch_of(*one) >= epoch_of(*best)) best = one;
        }
        out.older_left += static_cast<std::int64_t>(all.size()) - 1;
        if (epoch_of(*best) > at) {
            ++out.after_instant;
            example(fmt::format("object {}: its epoch {} is after {}", object, iso(epoch_of(*best), 0), iso(at, 0)));
        }
        const auto other =
            std::find_if(all.begin(), all.end(), [&](const auto* one) { return one->name != best->name; });
        if (other != all.end()) {
            ++out.renamed;
            example(fmt::format("object {}: '{}' and '{}'", object, excerpt((*other)->name), excerpt(best->name)));
        }
        out.sets.push_back(*best);
    }
    return out;
}

}  // namespace icosa::model
