/// What a column's name says it holds, in the languages of the tables that people keep.
#pragma once

#include <cstdint>
#include <string_view>

namespace icosa::draft {

enum class Hint : std::uint8_t { Day, Place, Count, Value, Kind, Region };

/// Is one of the name's words a word for this? "Date de l'incident", "country+name", "when.day".
[[nodiscard]] bool hints_at(std::string_view column, Hint hint);

/// Known texts that stand where a figure is missing: "NA", "-", "n/a".
[[nodiscard]] bool is_missing_word(std::string_view cell);

}  // namespace icosa::draft
