/// What changed on a list within a window, as evidence: reference numbers and names of fields, no text of an entry.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/date.hpp"

namespace icosa::model {

enum class ChangeKind : std::uint8_t { Added, Removed, Amended };

struct ListedChange {
    ChangeKind kind = ChangeKind::Added;
    std::string regime;
    std::string reference;
    std::vector<std::string> fields;  ///< of an amended entry
    std::string file;                 ///< of the edition that has it
    std::int32_t line = 0;
};

struct ListHistory {
    std::string source;      ///< the first of the Select's that has an edition with a day; "" = none has
    Day newest = no_day;     ///< the day of the newest edition up to the as-of day
    Day base = no_day;       ///< of the edition that it is compared with; no_day = there is no earlier one
    std::map<std::string, std::int64_t> entries;  ///< of the newest, by regime
    std::vector<ListedChange> changes;            ///< by reference
};

}  // namespace icosa::model
