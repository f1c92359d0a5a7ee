/// The first rows of a file, its header among them, and the names of its columns.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/head.hpp"
#include "ingest/row_reader.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// How records and cells of a card's file are parted; of a table of another format that is no matter of the card.
[[nodiscard]] Form form_of(const pack::SourceCard& card, const Part& part);

/// A row at the beginning of a file: its cells trimmed, in UTF-8 whatever the file is in.
struct FirstRow {
    std::int64_t line = 1;
    std::vector<std::string> cells;
    std::set<std::string, std::less<>> keys;  ///< of the cells of the first `header_rows`, as column_key
};

/// Lines that begin with `preamble`, if it is not empty, come before them. Rows of a sheet are all as wide as the
/// widest.
[[nodiscard]] std::vector<FirstRow> first_rows_of(const Head& head, Form form, std::string_view preamble,
                                                  std::size_t most);

/// What a card calls a column of a sheet whose heading is empty: "column 1".
[[nodiscard]] std::string column_without_name(std::size_t index);

/// Titles and notes may stand above a header: it is one of so many rows.
inline constexpr std::size_t header_rows = 20;
/// How many rows to look at for the card's header and one below it.
[[nodiscard]] std::size_t rows_above_data(const pack::SourceCard& card);

/// The first row that has all columns which the card needs; nullptr where none has, and for cards without header.
[[nodiscard]] const FirstRow* find_header(const pack::SourceCard& card, const std::vector<FirstRow>& rows);
/// Of the columns that the card needs, those that a row lacks. A card that needs fewer than three is told by half of
/// the further columns of its `header` as well.
[[nodiscard]] std::vector<std::string> lacking(const pack::SourceCard& card, const FirstRow& row);

/// Column names are compared without case, blanks (hard ones too), quotes and byte order marks around them.
[[nodiscard]] std::string column_key(std::string_view name);

/// Is this the file's column for the card's name? The first such column, or -1.
[[nodiscard]] std::int32_t find_column(const std::vector<std::string>& columns, std::string_view name);
/// The same, under the card's name or one that it `also` has.
[[nodiscard]] std::int32_t find_column(const pack::SourceCard& card, const std::vector<std::string>& columns,
                                       const std::string& name);
[[nodiscard]] bool has_column(const pack::SourceCard& card, const FirstRow& row, const std::string& name);

/// The columns of a wide file: those whose heading the card's pattern matches, and what of it is the day.
struct WideHeading {
    std::int32_t column = -1;
    std::string day;
};
[[nodiscard]] std::vector<WideHeading> wide_headings(const pack::SourceCard& card,
                                                     const std::vector<std::string>& columns);

/// The groups of the card's file_name in the last part of a path, group 1 first; nothing where it does not match as a
/// whole (case is ignored).
[[nodiscard]] std::optional<std::vector<std::string>> file_groups(const pack::SourceCard& card, std::string_view path);

/// Is this text one of those that an `only` rule names? 652.0 is 652.
[[nodiscard]] bool is_one_of(std::string_view text, const std::vector<std::string>& values);

}  // namespace icosa::ingest
