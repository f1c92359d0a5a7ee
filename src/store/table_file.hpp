/// Tables as files that other programs read: Parquet in and out.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace icosa::store {

enum class ColumnType { Text, Integer, Number };

struct Column {
    std::string name;
    ColumnType type = ColumnType::Text;
};

/// A cell of its column's type; monostate = absent.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

/// Writes rows (each as long as columns) as one Parquet file; an existing file is replaced. Same rows, same bytes.
[[nodiscard]] Result<void> write_parquet(const std::string& path, const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows);

/// The same, row by row: the rows wait in DuckDB's memory, in columns, until close().
class ParquetWriter {
public:
    [[nodiscard]] static Result<ParquetWriter> open(const std::string& path, const std::vector<Column>& columns);
    ~ParquetWriter();
    ParquetWriter(ParquetWriter&&) noexcept;
    ParquetWriter& operator=(ParquetWriter&&) = delete;
    void add(std::span<const Cell> row);  ///< as long as the columns
    [[nodiscard]] Result<void> close();

private:
    struct State;
    explicit ParquetWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// Walks the rows of a Parquet file in their order, as texts ("" = NULL): first the names of its columns, to which the answer is the columns wanted, then those
/// of each row, with its number from 1. An error of a callback ends the walk. Errors: missing-file, not-parquet.
[[nodiscard]] Result<void> read_parquet(const std::string& path, const std::function<Result<std::vector<std::size_t>>(const std::vector<std::string>&)>& on_header,
                                        const std::function<Result<void>(std::span<const std::string_view>, int)>& on_row);

}  // namespace icosa::store
