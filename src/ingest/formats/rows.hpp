/// Rows of text cells out of a file that is no delimited text, one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace icosa::ingest {

/// A row of a sheet, or a record.
struct CellRow {
    std::int64_t line = 0;  ///< a sheet's row, a record's number, or the line of a JSON line: from 1, ever greater
    std::vector<std::string> cells;  ///< UTF-8; a sheet's last ones may be missing
    std::string broken;  ///< why it cannot be read as a row at all; "" = it can
};

class RowSource {
public:
    virtual ~RowSource() = default;
    /// False at the end. After an error there is nothing more.
    [[nodiscard]] virtual Result<bool> next(CellRow& row) = 0;
    /// How much of the file's bytes has been used, for progress.
    [[nodiscard]] virtual std::int64_t bytes_read() const = 0;
};

}  // namespace icosa::ingest
