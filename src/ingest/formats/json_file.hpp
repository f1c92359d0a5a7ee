/// JSON documents and JSON lines as tables: a record is a row, what is nested in it columns with dots in their names.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// A document is held in memory while it is read, in up to four times its size; a larger one is refused.
inline constexpr std::int64_t json_limit_bytes = std::int64_t{512} << 20;

/// Of one line; a longer one is an error.
inline constexpr std::size_t longest_json_line = std::size_t{64} << 20;

/// One table: the records at the wished path, else the longest list of objects near the top, else the document itself
/// as one record. Nested fields are columns "when.day", entries of lists "cwes.0"; a list of plain values is a column
/// "cwes" too, as the file has it. Records that are lists themselves are rows of a sheet without columns.
///
/// err   not-well-formed (with its place), cut-off, no-records (names where lists of records are), too-large
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_json(const std::string& path);
/// A line a record; a line that is no JSON is a broken row. Memory is bounded by the longest line.
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_json_lines(const std::string& path);

/// Is the text one JSON value, and nothing besides?
[[nodiscard]] bool is_whole_json(std::string_view text);

}  // namespace icosa::ingest
