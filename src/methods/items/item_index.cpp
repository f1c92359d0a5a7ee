/// Builds the index of items.
#include "methods/items/item_index.hpp"

#include <algorithm>

#include "methods/items/goods_screening.hpp"

namespace icosa::methods {

std::string ItemIndex::key_of(std::string_view name) { return item_text(name).letters; }

Result<ItemIndex> ItemIndex::of(const std::vector<ListedItem>& items) {
    ItemIndex out;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const ListedItem& item = items[i];
        out.lists_.push_back(item.list);
        out.is_chemical_.push_back(!item.cas.empty() || !item.family.empty());
        const auto add_names = [&](const std::vector<std::string>& names, Kind kind) {
            for (const std::string& name : names) {
                const ItemText text = item_text(name);
                if (text.letters.empty()) continue;
                out.names_[text.letters].push_back({i, kind, text.words.size() == 1});
                out.beginnings_.insert(text.letters.substr(0, GoodsScreening::beginning));
                out.longest_name_ = std::max(out.longest_name_, text.letters.size());
            }
        };
        add_names(item.names, Kind::Name);
        add_names(item.hints, Kind::Hint);
        add_names(item.words, Kind::Word);
        add_names(item.exempt_names, Kind::Exempt);
        for (const std::string& number : item.cas) {
            out.cas_[number].push_back(i);
            out.all_cas_.push_back(number);
        }
        for (const std::string& number : item.exempt_cas) out.exempt_cas_[number].push_back(i);
        for (const std::string& code : item.codes) out.codes_[code].push_back(i);
        for (const std::string& pattern : item.family) out.families_.push_back({i, TRY(NameFamily::of(pattern))});
        for (const std::string& one : item.hs_named) out.hs_named_.emplace_back(one, i);
        for (const std::string& one : item.hs) out.hs_.emplace_back(one, i);
    }
    std::ranges::sort(out.all_cas_);
    out.all_cas_.erase(std::unique(out.all_cas_.begin(), out.all_cas_.end()), out.all_cas_.end());
    return out;
}

GoodsScreened ItemIndex::screen(const GoodsLine& line) const { return GoodsScreening(*this).screen(line); }

}  // namespace icosa::methods
