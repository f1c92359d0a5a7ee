/// Workbooks of today (XLSX, strict or not) as tables: a sheet is one, its rows keep their numbers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// Every sheet of cells in the workbook's order, hidden ones behind those that show, or the one that the wish names or
/// numbers. A cell is what a CSV of the sheet would hold, but days are always 2026-02-21. A sheet is unpacked as it is
/// read; the texts that cells share are held in memory.
///
/// err   no-sheet (names those there are), encrypted, zip-bomb, damaged-archive, compressed (a zip that is no
/// workbook),
///       other-workbook (xlsb, ods), those of XmlParser
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_workbook(const std::string& path);

struct SheetName {
    std::string name;
    bool is_hidden = false;
};

/// The sheets that a wish leaves of those of these names: all, hidden ones last, or the one it names (without case) or
/// numbers from 1. Errors: no-sheet.
[[nodiscard]] Result<std::vector<std::size_t>> sheets_wished(const std::string& path, const Wish& wish,
                                                             const std::vector<SheetName>& names);
[[nodiscard]] Part sheet_part(Format format, const SheetName& name, std::shared_ptr<TableFile> table);

}  // namespace icosa::ingest
