/// JSON in, for texts of ours and answers of a server: finds one value without building anything. Tables of a source
/// are read by ingest/formats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icosa {

/// Is the whole text one JSON value, as far as its brackets, texts and commas go?
[[nodiscard]] bool is_json(std::string_view text);
/// The bytes of the value at a path: keys and numbers of array entries with dots between, "0.pages"; "" is all of it.
[[nodiscard]] std::optional<std::string_view> json_at(std::string_view text, std::string_view path);
/// A text with its escapes read, or a number or word as it stands; nothing for null, objects, arrays and what is
/// absent.
[[nodiscard]] std::optional<std::string> json_text_at(std::string_view text, std::string_view path);
/// The entries of an array; none where it is none.
[[nodiscard]] std::vector<std::string_view> json_items(std::string_view value);
/// How many entries the array (or members the object) has; nothing where it is neither.
[[nodiscard]] std::optional<std::int64_t> json_count(std::string_view value);

}  // namespace icosa
