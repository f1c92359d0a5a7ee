/// Rows as the bytes of a text that the delimited reader takes: a row a line, at the row's own number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ingest/formats/byte_source.hpp"
#include "ingest/formats/rows.hpp"
#include "ingest/formats/second_table.hpp"
#include "ingest/row_reader.hpp"

namespace icosa::ingest {

/// How cells are parted in that text; in a cell this byte and line ends are blanks.
inline constexpr Form form_of_rows{'\x1f', false};
/// A line that begins so is no row; what follows says why.
inline constexpr char broken_row_mark = '\x1e';

class RowBytes : public ByteSource {
public:
    /// columns: named in line 0, before the rows; none: the rows begin in line 1. header_line: of a sheet's table,
    /// below which another may stand, whose rows are broken ones; 0 = not known.
    RowBytes(std::unique_ptr<RowSource> rows, std::span<const std::string> columns, std::int64_t header_line = 0);

    /// A row without any text is an empty line.
    [[nodiscard]] Result<std::size_t> read(char* into, std::size_t size) override;
    [[nodiscard]] std::int64_t bytes_read() const override { return rows_->bytes_read(); }

private:
    void append(std::span<const std::string> cells);

    std::unique_ptr<RowSource> rows_;
    SecondTable second_;
    CellRow row_;
    std::string text_;
    std::size_t used_ = 0;
    std::int64_t line_ = 1;  ///< of the next line
    bool ended_ = false;
};

}  // namespace icosa::ingest
