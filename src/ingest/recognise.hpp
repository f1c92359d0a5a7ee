/// Which source card fits a file: by header, file name and first row; the most specific one wins, a tie is an error.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "ingest/head.hpp"
#include "ingest/row_reader.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

[[nodiscard]] Form form_of(const pack::SourceCard& card);

/// The cells of the first rows, trimmed, in UTF-8 whatever the file is in. Lines that begin with `preamble`, if it is
/// not empty, come before them.
[[nodiscard]] std::vector<std::vector<std::string>> first_rows_of(const Head& head, Form form,
                                                                  std::string_view preamble, std::size_t most);
/// The first of them; empty where there is none.
[[nodiscard]] std::vector<std::string> first_row_of(const Head& head, Form form, std::string_view preamble = {});

/// Column names are compared trimmed and without case.
[[nodiscard]] std::string column_key(std::string_view name);

/// Is this the file's column for the card's name? The first such column, or -1.
[[nodiscard]] std::int32_t find_column(const std::vector<std::string>& columns, std::string_view name);

/// The groups of the card's file_name in the last part of a path, group 1 first; nothing where it does not match as a
/// whole (case is ignored).
[[nodiscard]] std::optional<std::vector<std::string>> file_groups(const pack::SourceCard& card, std::string_view path);

/// Does the beginning of the file have what this card needs? The error names what lacks, and the delimiter where that
/// is what is wrong.
[[nodiscard]] Result<void> check_fit(const pack::SourceCard& card, const Head& head, const std::string& path);

/// The card for a file. Errors: those of read_head; unknown-source (names the nearest card and what it lacks),
/// ambiguous-source (names the candidates), wrong-delimiter.
[[nodiscard]] Result<const pack::SourceCard*> recognise(const std::string& path,
                                                        const std::vector<pack::SourceCard>& cards);

}  // namespace icosa::ingest
