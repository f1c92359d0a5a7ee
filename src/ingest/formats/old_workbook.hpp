/// Old binary workbooks (XLS) as tables, sheet by sheet.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// As open_workbook; the file is held in memory.
///
/// err   no-sheet, encrypted (an XLS with a password, an XLSX with one), damaged-workbook, too-large
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_old_workbook(const std::string& path);

}  // namespace icosa::ingest
