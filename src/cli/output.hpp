/// Output: what commands write for a user, to a file or to the standard output.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace icosa::cli {

/// Stands in every file of shapes.
inline constexpr std::string_view boundaries_notice =
    "Boundaries, names and designations imply no opinion on legal status";

/// How a user called this program: "icosa" where that finds it, else its path from here.
[[nodiscard]] std::string program_name();

/// A word as a shell reads it back, quoted where it needs to be.
[[nodiscard]] std::string shell_word(const std::string& text);

/// Refuses a file to be written that is one of those read, where check_written() cannot know of it.
/// err   Usage: "out-is-input"
[[nodiscard]] Result<void> check_out(const std::string& out, std::initializer_list<std::string> inputs);

/// The text as the whole of a file; "" = the standard output.
/// err   Store: "unwritable"
[[nodiscard]] Result<void> write_text(const std::string& path, const std::string& text);

}  // namespace icosa::cli
