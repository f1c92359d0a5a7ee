/// A card tried at once on the whole of its file.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "pack/source_card.hpp"

namespace icosa::draft {

/// Rows refused for one reason, with the first of them.
struct RefusedRows {
    std::string problem;
    std::string example;  ///< the cell
    std::int64_t line = 0;
    std::int64_t rows = 0;
};

struct Trial {
    std::int64_t rows = 0;
    std::int64_t rejected = 0;
    std::vector<RefusedRows> refused;  ///< most rows first
    Day first = no_day, last = no_day;
};

/// err   those of FileReader: a card that does not fit, too many rejects
[[nodiscard]] Result<Trial> try_card(const std::string& path, const pack::SourceCard& card, Day today);

}  // namespace icosa::draft
