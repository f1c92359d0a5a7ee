/// Picks two editions and leaves of their entries what may be told.
#include "harmonise/list_history.hpp"

#include <algorithm>

#include "model/list_changes.hpp"

namespace icosa::harmonise {
namespace {

using Edition = store::Store::ListEdition;

std::vector<Edition> dated(std::vector<Edition> editions, Day as_of) {
    std::erase_if(editions, [&](const Edition& one) { return one.vintage_day == no_day || one.vintage_day > as_of; });
    return editions;
}

}  // namespace

Result<model::ListHistory> list_history(store::Store& store, const model::Select& select, Day as_of) {
    model::ListHistory out;
    const auto is_asked = [&](const std::string& regime) {
        return select.kinds.empty()
            || std::find(select.kinds.begin(), select.kinds.end(), regime) != select.kinds.end();
    };
    for (const std::string& source : select.sources) {
        const auto all = TRY(store.list_editions(source));
        const auto editions = dated(all, as_of);
        if (editions.empty()) continue;
        out.source = source;
        const Edition& newest = editions.back();
        out.newest = newest.vintage_day;
        const auto after = TRY(store.list_entries(newest));
        for (const auto& entry : after) {
            if (is_asked(entry.regime)) ++out.entries[entry.regime];
        }
        const Edition* base = nullptr;
        for (const Edition& one : editions) {
            if (one.vintage_day >= newest.vintage_day) break;
            if (!base || one.vintage_day <= as_of - select.changes_within_days) base = &one;
        }
        if (!base) return out;
        out.base = base->vintage_day;
        const auto before = TRY(store.list_entries(*base));
        for (const auto& change : model::changes_between(before, after).changes) {
            if (!is_asked(change.regime)) continue;
            model::ListedChange told{change.kind, change.regime, change.reference, {}, change.file, change.line};
            for (const auto& field : change.fields) told.fields.push_back(field.field);
            out.changes.push_back(std::move(told));
        }
        return out;
    }
    return out;
}

}  // namespace icosa::harmonise
