/// A table that a command writes: CSV, or Parquet where the file's name ends so.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/parquet_writer.hpp"

namespace icosa::cli {

class ResultTable {
public:
    /// path "" = CSV on the standard output. Nothing new stands under the name before close().   err   not-writable
    [[nodiscard]] static Result<ResultTable> open(const std::string& path, const std::vector<store::Column>& columns);
    void add(std::span<const store::Cell> row);  ///< as long as the columns
    void add(std::initializer_list<store::Cell> row) { add(std::span(row.begin(), row.size())); }
    [[nodiscard]] Result<void> close();  ///< err   unwritable, those of ParquetWriter

private:
    explicit ResultTable(std::string path) : path_(std::move(path)) {}
    std::string path_, text_;
    std::optional<store::ParquetWriter> parquet_;
};

/// NaN is an empty cell. rounded: to so many decimals.
[[nodiscard]] store::Cell number_cell(double value);
[[nodiscard]] store::Cell rounded_cell(double value, int digits);

}  // namespace icosa::cli
