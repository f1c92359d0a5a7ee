/// Tables as files that other programs read: Parquet in as texts.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "store/parquet_writer.hpp"

namespace icosa::store {

/// Walks the rows of a Parquet file in their order, as texts ("" = NULL): first the names of its columns, to which the
/// answer is the columns wanted, then those of each row, with its number from 1. An error of a callback ends the walk.
/// Errors: missing-file, not-parquet.
[[nodiscard]] Result<void> read_parquet(
    const std::string& path,
    const std::function<Result<std::vector<std::size_t>>(const std::vector<std::string>&)>& on_header,
    const std::function<Result<void>(std::span<const std::string_view>, int)>& on_row);

}  // namespace icosa::store
