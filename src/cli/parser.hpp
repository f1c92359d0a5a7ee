/// Words of the command line become the values of a command's options. The one file that knows CLI11.
#pragma once

#include <span>
#include <string>

#include "base/result.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

enum class Parsed { Run, Help };

/// Fills the targets of the command's options; Help where the words ask for it.
///
/// err   Usage "bad-usage": an unknown or repeated option, a value that is none, a required one that is absent
[[nodiscard]] Result<Parsed> parse_words(const Command& command, std::span<const std::string> words);

}  // namespace icosa::cli
