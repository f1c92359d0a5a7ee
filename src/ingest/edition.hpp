/// The edition of a publication as a file's name tells it: "22.1", "2023-06-15".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pack/source_card.hpp"

namespace icosa::ingest {

struct Edition {
    std::string label;        ///< "" = the name tells none
    std::int64_t rank = -1;   ///< a newer edition of the same source has a greater one; -1 = none
};

/// Numbers such as v22_1, 25.1, ged251 behind a name, or a day such as 2023-06-15 or 20230615. A card may name the part
/// of the name that holds it (`edition_from = "file.1"`).
[[nodiscard]] Edition edition_of(const pack::SourceCard& card, std::string_view path);

}  // namespace icosa::ingest
