/// Which source card fits a file: by the columns it needs, file name, rows; the one that knows most of the columns
/// wins, a tie is an error.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "ingest/head.hpp"
#include "ingest/header.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// Does the beginning of the file have what this card needs? The error names what lacks, and the delimiter where that
/// is what is wrong; wrong-rows: the card is only about other rows.
[[nodiscard]] Result<void> check_fit(const pack::SourceCard& card, const Head& head, const std::string& path);

/// The table of a file that the card is about: the first that fits; `also` gets the names of others that do. Errors:
/// those of check_fit, no-sheet, no-records.
[[nodiscard]] Result<const Head*> find_table(const pack::SourceCard& card, Heads& heads, const std::string& path,
                                             std::vector<std::string>& also);

/// The card for a file, in the layout that fits. Errors: those of read_head; unknown-source (names the nearest card and
/// what it lacks), ambiguous-source (names the candidates and the columns that differ), wrong-delimiter.
[[nodiscard]] Result<const pack::SourceCard*> recognise(const std::string& path,
                                                        const std::vector<pack::SourceCard>& cards);

/// The layout of a card that is named: the one that fits the file, else the one that comes nearest. Errors: those of
/// read_head.
[[nodiscard]] Result<const pack::SourceCard*> layout_of(const std::string& path, const pack::SourceCard& card);

/// Has the file a table that the card reads in one of its layouts, whatever the file's name? Errors: those of
/// find_table.
[[nodiscard]] Result<void> check_readable(const std::string& path, const pack::SourceCard& card);

}  // namespace icosa::ingest
