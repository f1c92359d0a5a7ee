/// Tables as files that other programs read: Parquet out.
#pragma once

#include <string>
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

}  // namespace icosa::store
