/// What changed between two editions of a list: who was added, removed, amended, and in which field.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/list_entry.hpp"
#include "model/list_history.hpp"

namespace icosa::model {

inline constexpr std::string_view change_kind_names[] = {"added", "removed", "amended"};

/// Texts of one field that only one of the editions has; a document is one text.
struct FieldChange {
    std::string field;  ///< "alias", "document", "regime", ...
    std::vector<std::string> before;
    std::vector<std::string> after;
};

struct ListChange {
    ChangeKind kind = ChangeKind::Added;
    std::string list;
    std::string regime;     ///< of the later edition that has the entry
    std::string reference;
    std::vector<FieldChange> fields;  ///< of an amended entry, at least one; sorted by field
    std::string file;       ///< of that edition
    std::int32_t line = 0;
};

struct ListChanges {
    std::vector<ListChange> changes;      ///< by list, reference
    std::vector<std::string> repeated;  ///< references that an edition has more than once; their details count together
    std::vector<std::string> reordered;  ///< references whose texts are the same in another order
    std::size_t before = 0;  ///< entries
    std::size_t after = 0;
};

/// Compares by list and reference. The order in which a list gives aliases, documents and so on is no change, nor is
/// whether a text stands twice.
///
/// cost  O(n log n) in the details
[[nodiscard]] ListChanges changes_between(std::span<const ListEntry> before, std::span<const ListEntry> after);

}  // namespace icosa::model
