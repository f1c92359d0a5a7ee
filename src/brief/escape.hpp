/// Outside text made fit for what it is written into.
#pragma once

#include <string>
#include <string_view>

namespace icosa::brief {

/// Well-formed UTF-8 on one line: control characters become blanks, broken bytes U+FFFD, marks that turn the direction
/// of text go.
[[nodiscard]] std::string plain(std::string_view text);
/// plain, and the five characters that HTML reads.
[[nodiscard]] std::string html(std::string_view text);
/// plain, and a backslash before all that Markdown reads, within a line or a cell.
[[nodiscard]] std::string markdown(std::string_view text);
/// A Markdown code span, for running text: a `|` in it would end a table's cell.
[[nodiscard]] std::string markdown_code(std::string_view text);
/// Is it an http or https address fit for a link?
[[nodiscard]] bool is_web_address(std::string_view text);
/// An id fit for an HTML id or fragment: letters, digits, '.', '-', '_'; others become '-'.
[[nodiscard]] std::string anchor(std::string_view id);

/// Columns that a text takes on a terminal: two for an East Asian wide character, none for a combining mark.
[[nodiscard]] int columns(std::string_view utf8);
/// At most so many columns, "…" at the end where something was cut off, cut at a word where one ends near.
[[nodiscard]] std::string cut(std::string_view utf8, int most);
/// Cut, then filled with blanks on the right.
[[nodiscard]] std::string padded(std::string_view utf8, int width);

}  // namespace icosa::brief
