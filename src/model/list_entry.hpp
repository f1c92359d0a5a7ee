/// An entry of a list as it stands in one edition: its record and all its details, in the list's own words.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "model/designee.hpp"
#include "model/detail.hpp"

namespace icosa::model {

struct ListEntry {
    std::string list;       ///< source card id
    std::string regime;     ///< as the card's lookup names it
    std::string type;       ///< "Individual", "Entity", ..., in the list's words
    std::string reference;  ///< trimmed
    Day listed = no_day;
    Day updated = no_day;
    std::vector<Detail> details;  ///< sorted by field, number and part
    std::string file;
    std::int32_t line = 0;
};

/// The designee whom an entry describes.
[[nodiscard]] Designee designee_of(const ListEntry& entry);

}  // namespace icosa::model
