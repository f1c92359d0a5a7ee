/// Files that lie beside a source's file and say more of its entries: aliases, addresses, what was cut off.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// The rows of one such file by the key column.
struct BesideTable {
    std::string path;                  ///< "": it does not lie there
    std::vector<std::string> columns;
    std::int32_t key_column = -1;      ///< of the main file
    std::int32_t continued_column = -1;  ///< of the main file: what was cut off there ...
    std::int32_t text_column = -1;       ///< ... goes on here
    using Cells = std::vector<std::string>;
    std::unordered_map<std::string, std::vector<Cells>> rows;  ///< cells without blanks around, "" = absent
};

/// What the card names beside `path`, whose own columns are `columns`; one a [[beside]], in its order.
///
/// err   those of reading them; missing-column (either lacks the column that joins them)
[[nodiscard]] Result<std::vector<BesideTable>> load_beside(const pack::SourceCard& card, const std::string& path,
                                                           const std::vector<std::string>& columns);

/// The main file that lies beside a file which a card knows as one of its [[beside]]: "x/sdn.csv" of "x/alt.csv".
[[nodiscard]] std::optional<std::string> main_file_of(const std::string& path,
                                                      const std::vector<pack::SourceCard>& cards);

}  // namespace icosa::ingest
