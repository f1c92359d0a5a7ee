/// Tables that a user hands to a command: CSV (comma, semicolon or tab), Parquet, a workbook's first sheet, JSON or XML
/// records, read row by row.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "table/numbers.hpp"

namespace icosa::table {

/// Called with the names of the columns, once, before any row; the answer is the columns wanted, at least one.
using OnHeader = std::function<Result<std::vector<std::size_t>>(const std::vector<std::string>&)>;
/// Called with the wanted cells of a row, trimmed, in the order wanted; line is the row's first in the file (Parquet:
/// its number; else that of the sheet's row or of the record).
using OnRow = std::function<Result<void>(std::span<const std::string_view>, int line)>;

/// Errors of the callbacks end the walk. Errors of its own: those of ingest::Heads::open, wrong-columns, not-parquet;
/// no-header (its cells are numbers and times), wrong-encoding (of a wanted cell); a file without rows is no error. A
/// row of tags ("#date+start") under the header is passed over.
[[nodiscard]] Result<void> visit_rows(const std::string& path, const OnHeader& on_header, const OnRow& on_row);

[[nodiscard]] Result<std::size_t> column_named(const std::vector<std::string>& header, const std::string& path,
                                               const std::string& name);
/// Where the header has the name of this column of it twice.   err   Data "doubled-column"
[[nodiscard]] Result<void> check_not_doubled(const std::vector<std::string>& header, const std::string& path,
                                             std::size_t column);
[[nodiscard]] bool is_figure(std::string_view cell);  ///< a number or a time: no name of a column
[[nodiscard]] Result<CellsBy> cells_by(const std::string& path);

}  // namespace icosa::table
