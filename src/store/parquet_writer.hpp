/// Parquet out, row by row, in bounded memory.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.hpp"

namespace icosa::store {

enum class ColumnType { Text, Integer, Number, Blob };

struct Column {
    std::string name;
    ColumnType type = ColumnType::Text;
};

/// A cell of its column's type; a blob's bytes are a string; monostate = absent.
using Cell = std::variant<std::monostate, std::string, std::int64_t, double>;

/// Writes rows into a Parquet file beside the one named and renames it on close(), so that under its name there is
/// either the whole file or what stood there before. Same rows, same bytes. Row groups of 122,880 rows (16,384 where a
/// column is a blob), Zstandard, dictionaries.
///
/// Another thread compresses: a writer holds a row group and a few blocks of rows, whatever the length of the file. Not
/// for use from two threads at once.
///
/// err   open: not-writable.  close: disk-full and what else the engine says; after a failure rows are dropped, and
/// close() says why
class ParquetWriter {
public:
    [[nodiscard]] static Result<ParquetWriter> open(const std::string& path, const std::vector<Column>& columns);
    ~ParquetWriter();  ///< without close(): nothing is left
    ParquetWriter(ParquetWriter&&) noexcept;
    ParquetWriter& operator=(ParquetWriter&&) = delete;

    /// Cells in the order of the columns, each of its column's type, then end_row().
    ParquetWriter& add(std::string_view text_or_blob);
    ParquetWriter& add(std::int64_t integer);
    ParquetWriter& add(double number);
    ParquetWriter& add_absent();
    void end_row();
    void add_row(std::span<const Cell> row);  ///< as long as the columns
    [[nodiscard]] Result<void> close();

private:
    struct State;
    explicit ParquetWriter(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

/// All rows (each as long as columns) as one Parquet file.
[[nodiscard]] Result<void> write_parquet(const std::string& path, const std::vector<Column>& columns,
                                         const std::vector<std::vector<Cell>>& rows);

}  // namespace icosa::store
