/// Plain text: trimming, splitting, numbers, nearest word.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace icosa {

[[nodiscard]] std::string_view trim(std::string_view text);
[[nodiscard]] std::string lower(std::string_view text);  ///< ASCII only
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(std::span<const std::string> parts, std::string_view separator);

/// A whole number, the whole text; nothing if it is not one or overflows.
[[nodiscard]] std::optional<std::int64_t> parse_integer(std::string_view text);
/// A finite decimal number, the whole text ("1e3" too); nothing if it is not one.
[[nodiscard]] std::optional<double> parse_number(std::string_view text);

/// The shortest decimal text that reads back as the same double; "1" for 1.0.
[[nodiscard]] std::string number_text(double value);
/// `digits` decimals at most, trailing zeros dropped, thousands not grouped: 12.5, 1200.
[[nodiscard]] std::string number_text(double value, int digits);

/// The candidate nearest to `word` by edit distance, if it is near enough to be meant (at most a third of its letters).
[[nodiscard]] std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates);

/// UTF-8 text without case, accents and punctuation, words parted by one blank: "Côte d'Ivoire" -> "cote d ivoire".
/// Latin, Greek, Cyrillic, Arabic (without hamza and vowel signs) and full-width letters; others stay as they are.
[[nodiscard]] std::string fold(std::string_view utf8);

/// UTF-8 that was read as Windows-1252 or Latin-1 and written as UTF-8 again, as it was: "CÃ´te" -> "Côte". Nothing
/// where the text is not such.
[[nodiscard]] std::optional<std::string> undo_mojibake(std::string_view utf8);

/// Is every byte part of well-formed UTF-8? Returns the offset of the first that is not.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view bytes);
[[nodiscard]] std::string latin1_to_utf8(std::string_view bytes);
/// A piece of outside text fit for a message: control bytes as \xNN, at most `most` characters.
[[nodiscard]] std::string excerpt(std::string_view text, std::size_t most = 60);

/// A cell of a CSV file: quoted where it holds a comma, a quote or a line end.
[[nodiscard]] std::string csv_cell(const std::string& text);

/// Bytes as the letters of base64, padded with '='; and back: nothing where the text is none.
///
/// src   RFC 4648 sec. 4
[[nodiscard]] std::string base64(std::string_view bytes);
[[nodiscard]] std::optional<std::string> parse_base64(std::string_view text);

}  // namespace icosa
