/// Tables that a user hands to a command: CSV (comma, semicolon or tab) or Parquet, read row by row.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace icosa::table {

/// Called with the names of the columns, once, before any row; the answer is the columns wanted, at least one.
using OnHeader = std::function<Result<std::vector<std::size_t>>(const std::vector<std::string>&)>;
/// Called with the wanted cells of a row, trimmed, in the order wanted; line is the row's first in the file (Parquet:
/// its number).
using OnRow = std::function<Result<void>(std::span<const std::string_view>, int line)>;

/// Errors of the callbacks end the walk. Errors of its own: those of ingest::read_head, wrong-columns, not-parquet; a
/// file without rows is no error.
[[nodiscard]] Result<void> visit_rows(const std::string& path, const OnHeader& on_header, const OnRow& on_row);

[[nodiscard]] Result<std::size_t> column_named(const std::vector<std::string>& header, const std::string& path,
                                               const std::string& name);
[[nodiscard]] bool is_absent(std::string_view cell);  ///< "", NA, NaN, nan

}  // namespace icosa::table
