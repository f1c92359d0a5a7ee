/// Another table below the first one on a sheet: its rows are not the first one's.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/formats/rows.hpp"

namespace icosa::ingest {

/// Looks at the rows of a sheet one after the other. A second heading is a row behind an empty one, of words only, one
/// of them at least where the rows above have numbers or days; the first one's own heading, said again, is none.
class SecondTable {
public:
    /// header_line: of the first table's heading; 0 = nothing is looked for.
    explicit SecondTable(std::int64_t header_line) : header_line_(header_line) {}
    /// Why the row is none of the first table; "" = it is.
    [[nodiscard]] std::string look_at(const CellRow& row);

private:
    struct Column {
        std::int64_t numbers = 0, words = 0;
    };
    [[nodiscard]] bool is_heading(const CellRow& row) const;

    std::int64_t header_line_;
    std::int64_t last_line_ = 0;
    std::int64_t found_ = 0;  ///< line of the second heading
    std::vector<std::string> heading_;
    std::vector<Column> columns_;
};

}  // namespace icosa::ingest
