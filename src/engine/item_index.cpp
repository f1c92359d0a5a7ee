/// Makes the index of controlled items.
#include "engine/item_index.hpp"

namespace icosa::engine {

Result<methods::ItemIndex> item_index(const pack::ControlledItems& items) {
    std::vector<methods::ListedItem> out;
    out.reserve(items.items.size());
    for (const pack::ControlledItem& one : items.items)
        out.push_back({one.list, one.cas, one.names, one.hints, one.words, one.codes, one.family, one.exempt_cas,
                       one.exempt_names, one.hs_named, one.hs});
    return methods::ItemIndex::of(out);
}

void check_families(const pack::ControlledItems& items, Diagnostics& faults) {
    for (const pack::ControlledItem& one : items.items) {
        for (const std::string& pattern : one.family) {
            auto read = methods::NameFamily::of(pattern);
            if (read) continue;
            Error fault = std::move(read).error();
            fault.where = one.where;
            faults.push_back(std::move(fault));
        }
    }
}

}  // namespace icosa::engine
