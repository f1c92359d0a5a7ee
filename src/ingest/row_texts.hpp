/// What stands in rows of a file that is no text of lines: for showing where a figure comes from.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include "base/result.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// By line: "record 17: cveID=CVE-2021-1; product=...", names and cells of the table that the card (or one of its
/// layouts) is about; cells without text are left out. Nothing for a text, whose lines are their own. Errors: those of
/// layout_of and find_table.
[[nodiscard]] Result<std::map<std::int64_t, std::string>> texts_of_rows(const std::string& path,
                                                                        const pack::SourceCard& card,
                                                                        const std::set<std::int64_t>& lines);

}  // namespace icosa::ingest
