/// The table of commands, and how one is called by its words.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace icosa::cli {

/// All commands in the order in which a new user meets them. Each call gives rows with targets of their own.
[[nodiscard]] std::vector<Command> commands();

/// Runs what the words say ("ingest", "a.csv", "--db", "my.duckdb"); the exit code.
///
/// err   Usage: no-command, unknown-command, bad-usage; else the command's own
[[nodiscard]] Result<int> call(std::span<const std::string> words);

}  // namespace icosa::cli
