/// Two-line element sets (TLE), with names above them or without, as a table with the columns of mean elements.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "ingest/formats/part.hpp"

namespace icosa::ingest {

/// Does a text begin with an element set? Comments (#) and one line with a name may stand before it.
[[nodiscard]] bool begins_tle(std::string_view text);

/// A set is a row, its line that of its first line. Catalogue numbers of five places are digits, or a letter and four
/// digits (A0001 = 100001, without I and O); years of two digits are 1957 to 2056. A set whose checksum, numbers or
/// columns are wrong is a broken row. Sets that carry minutes behind their second line (a verification file, made by
/// hand) have these as columns, and no checksum is asked of them.
///
/// err   too-large
/// src   [vallado2006] app. B for the columns; alpha-5: Space-Track, "Alpha-5"
[[nodiscard]] Result<std::unique_ptr<OpenFile>> open_tle(const std::string& path);

}  // namespace icosa::ingest
