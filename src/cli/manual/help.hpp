/// What a person reads of the commands: help on the terminal, man pages, docs/commands.md, completions; all from the
/// table.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace icosa::cli {

[[nodiscard]] std::string help_of(const std::vector<Command>& commands);  ///< `icosa --help`
[[nodiscard]] std::string help_of(const Command& command);                ///< `icosa COMMAND --help`

[[nodiscard]] std::string man_page_of(const std::vector<Command>& commands);  ///< icosa(1), roff
[[nodiscard]] std::string man_page_of(const Command& command);                ///< icosa-COMMAND(1)
[[nodiscard]] std::string commands_page(const std::vector<Command>& commands);  ///< docs/commands.md

/// Which names complete a word of the command line, beside what the command declares.
struct Nouns {
    std::vector<std::string> explained;  ///< of `explain`: engines, methods, watches
    std::vector<std::string> methods;    ///< of `apply`
};
[[nodiscard]] std::string bash_completion(const std::vector<Command>& commands, const Nouns& nouns);
[[nodiscard]] std::string zsh_completion(const std::vector<Command>& commands, const Nouns& nouns);
[[nodiscard]] std::string fish_completion(const std::vector<Command>& commands, const Nouns& nouns);

// ---- what the pages share ----

inline constexpr std::string_view program_summary =
    "early warning and early response for international security, from open data";

/// "icosa ingest PATH... [OPTIONS]"
[[nodiscard]] std::string usage_of(const Command& command);
/// "--most N", "--season, --period N", "PATH..."
[[nodiscard]] std::string head_of(const Option& option);
/// The sentence with what may be written and what is taken if nothing is.
[[nodiscard]] std::string doc_of(const Option& option);
/// All exit codes of a command in order, each with its meaning.
[[nodiscard]] std::vector<Exit> exits_of(const Command& command);
/// Words filled to `columns`, each line begun by `indent` blanks, the first with `head` in their place.
[[nodiscard]] std::string filled(const std::string& head, std::size_t indent, std::string_view text,
                                 std::size_t columns = 100);

}  // namespace icosa::cli
