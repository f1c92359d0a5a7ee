/// Entries become sets of texts by field; two sets are compared.
#include "model/list_changes.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/text.hpp"

namespace icosa::model {
namespace {

using Texts = std::map<std::string, std::set<std::string>>;  ///< by field

void add_texts(Texts& texts, const ListEntry& entry) {
    if (!entry.regime.empty()) texts["regime"].insert(entry.regime);
    if (!entry.type.empty()) texts["type"].insert(entry.type);
    if (entry.listed != no_day) texts["listed"].insert(iso(entry.listed));
    if (entry.updated != no_day) texts["updated"].insert(iso(entry.updated));
    std::map<std::pair<std::string_view, std::int32_t>, std::string> grouped;
    std::set<std::pair<DetailField, std::int32_t>> whole;
    for (const Detail& one : entry.details) {
        if (one.part == 0) whole.insert({one.field, one.number});
    }
    for (const Detail& one : entry.details) {
        if (one.part > 0 && whole.contains({one.field, one.number})) continue;  // the whole says the same
        std::string& text = grouped[{group_of(one.field), one.number}];
        if (!text.empty()) text += ' ';
        text += one.text;
    }
    for (auto& [key, text] : grouped) texts[std::string(key.first)].insert(std::move(text));
}

struct Entries {
    std::map<std::pair<std::string, std::string>, std::pair<Texts, const ListEntry*>> by_reference;
    std::size_t count = 0;
};

Entries entries_of(std::span<const ListEntry> edition, std::set<std::string>& repeated) {
    Entries out;
    for (const ListEntry& entry : edition) {
        auto [at, is_new] = out.by_reference.try_emplace({entry.list, entry.reference}, Texts(), &entry);
        if (!is_new) repeated.insert(entry.reference);
        add_texts(at->second.first, entry);
    }
    out.count = out.by_reference.size();
    return out;
}

bool same_order(const std::vector<Detail>& a, const std::vector<Detail>& b) {
    return std::ranges::equal(a, b, [](const Detail& x, const Detail& y) {
        return x.field == y.field && x.number == y.number && x.part == y.part && x.text == y.text;
    });
}

std::vector<FieldChange> field_changes(const Texts& before, const Texts& after) {
    std::set<std::string> fields;
    for (const auto* texts : {&before, &after}) {
        for (const auto& [field, of] : *texts) fields.insert(field);
    }
    static const std::set<std::string> none;
    std::vector<FieldChange> out;
    for (const std::string& field : fields) {
        const auto b = before.find(field), a = after.find(field);
        const auto& old_texts = b == before.end() ? none : b->second;
        const auto& new_texts = a == after.end() ? none : a->second;
        FieldChange change{field, {}, {}};
        std::ranges::set_difference(old_texts, new_texts, std::back_inserter(change.before));
        std::ranges::set_difference(new_texts, old_texts, std::back_inserter(change.after));
        if (!change.before.empty() || !change.after.empty()) out.push_back(std::move(change));
    }
    return out;
}

}  // namespace

ListChanges changes_between(std::span<const ListEntry> before, std::span<const ListEntry> after) {
    ListChanges out;
    std::set<std::string> repeated;
    const Entries old_entries = entries_of(before, repeated), new_entries = entries_of(after, repeated);
    out.before = old_entries.count;
    out.after = new_entries.count;
    out.repeated.assign(repeated.begin(), repeated.end());
    auto b = old_entries.by_reference.begin();
    auto a = new_entries.by_reference.begin();
    const auto add = [&](ChangeKind kind, const ListEntry& entry, std::vector<FieldChange> fields) {
        out.changes.push_back(
            {kind, entry.list, entry.regime, entry.reference, std::move(fields), entry.file, entry.line});
    };
    while (b != old_entries.by_reference.end() || a != new_entries.by_reference.end()) {
        if (a == new_entries.by_reference.end() || (b != old_entries.by_reference.end() && b->first < a->first)) {
            add(ChangeKind::Removed, *b->second.second, {});
            ++b;
        } else if (b == old_entries.by_reference.end() || a->first < b->first) {
            add(ChangeKind::Added, *a->second.second, {});
            ++a;
        } else {
            auto fields = field_changes(b->second.first, a->second.first);
            if (!fields.empty()) add(ChangeKind::Amended, *a->second.second, std::move(fields));
            else if (!same_order(b->second.second->details, a->second.second->details))
                out.reordered.push_back(a->second.second->reference);
            ++a;
            ++b;
        }
    }
    return out;
}

}  // namespace icosa::model
