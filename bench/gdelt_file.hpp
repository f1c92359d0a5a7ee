/// A made-up file in the shape of GDELT 2.0's event export: 61 columns, tabs, no header; about 400 bytes a row, the
/// same bytes for the same size.
#pragma once

#include <cstdint>
#include <string>

namespace icosa::bench {

/// Writes the rows from number `first` on to `path`; a file that was made so before is left as it is. Returns its size
/// in bytes, -1 if it cannot be written.
[[nodiscard]] std::int64_t make_gdelt_file(const std::string& path, std::int64_t first, std::int64_t rows);
void remove_gdelt_file(const std::string& path);

}  // namespace icosa::bench
