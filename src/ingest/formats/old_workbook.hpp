/// Old binary workbooks (XLS) as tables, sheet by sheet.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// As open_workbook; the file is held in memory. Only the format of Excel 97 to 2003 (BIFF8).
///
/// err   no-sheet, encrypted (an XLS with a password, an XLSX with one), damaged-workbook, other-workbook, too-large
/// src   [MS-XLS] 2.3, 2.4; [MS-CFB]
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_old_workbook(const std::string& path);

}  // namespace icosa::ingest
