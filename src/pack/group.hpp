/// Groups and other subjects that sources name, by what an authored table says of them: on which list, since when.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "pack/knowledge.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// One entry of a table: "QDe.115" of "council-lists", named IS by the sources.
struct ListedGroup {
    std::string table;
    std::string id;
    std::vector<std::string> names;  ///< as sources write them, blanks around them apart
    Title title;                     ///< what a sentence says of it
    Title means;                     ///< what belongs to it, where that is a rule
    Day first = no_day;              ///< from when on it holds: a day of listing; no_day = always
    Knowledge known;
    Where where;
};

[[nodiscard]] ListedGroup parse_group(const Node& node, Diagnostics& faults);

/// How many of the groups that a text names are in a table on a day.
enum class Listed { None, Some, All };

/// The groups of "A - Civilians; B, C - Civilians", as UCDP writes its pairs, governments left out, by name in the
/// text's order.
[[nodiscard]] std::vector<std::string> groups_named(std::string_view pairs);

/// What `named` are in `table` on `day`. Some: too where one is in it only later, so that its figures of before are
/// not taken for none. None: where nobody is named as well.
[[nodiscard]] Listed listed_of(const std::vector<std::string>& named, const std::vector<ListedGroup>& table, Day day);

}  // namespace icosa::pack
