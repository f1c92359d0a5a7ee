/// Files that a command writes: none of them may be one that it reads, or that it writes besides.
#pragma once

#include "base/result.hpp"
#include "cli/command.hpp"

namespace icosa::cli {

/// Holds what each option that is written() names against the values of all others, once they are filled in. Folders,
/// pipes and devices may be named twice.
///
/// err   Usage "out-is-input", "two-outs"
[[nodiscard]] Result<void> check_written(const Command& command);

}  // namespace icosa::cli
