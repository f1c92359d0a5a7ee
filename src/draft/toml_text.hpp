/// Texts, lists and ids as TOML has them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace icosa::draft {

[[nodiscard]] std::string quoted(std::string_view text);                   ///< with what must be escaped
[[nodiscard]] std::string quoted_list(std::span<const std::string> texts);  ///< ["a", "b"]
/// A comment of whole lines, at most 100 characters each.
[[nodiscard]] std::string comment(std::string_view text);
/// "Dégâts (millions)" as "degats-millions"; letters that fold() leaves beyond ASCII are told by a digest.
[[nodiscard]] std::string slug(std::string_view text);

}  // namespace icosa::draft
