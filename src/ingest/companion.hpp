/// The file that may lie beside a source's file and is read with it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// The rows of the companion file by the key column.
struct Companion {
    std::vector<std::string> columns;  ///< their names, as it has them
    std::int32_t key_column = -1;  ///< of the main file
    std::map<std::string, std::vector<std::vector<std::string>>, std::less<>> rows;
};

/// The companion that the card names, beside `path`, whose own columns are `columns`; nothing where there is none.
/// Errors: those of reading it; missing-column (either lacks the column that joins them).
[[nodiscard]] Result<std::optional<Companion>> load_companion(const pack::SourceCard& card, const std::string& path,
                                                              const std::vector<std::string>& columns);

}  // namespace icosa::ingest
