/// docs/commands.md.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/manual/help.hpp"

namespace icosa::cli {
namespace {

/// A paragraph of at most 120 columns; `head` begins it, further lines are indented.
std::string paragraph(const std::string& head, std::size_t indent, std::string_view text) {
    return filled(head, indent, text, 120);
}

}  // namespace

std::string commands_page(const std::vector<Command>& commands) {
    std::string out = "# The commands\n\n"
        + paragraph("", 0,
                    "Written by `make docs` from the table that "
                    "`--help`, the man pages and the completions come from; a "
                    "test says when it is out of date.");
    out += "\n| command | what it does |\n|---|---|\n";
    for (const Command& command : commands)
        out += fmt::format("| [`icosa {0}`](#icosa-{0}) | {1} |\n", command.name, command.summary);
    out += "\n"
        + paragraph("", 0,
                    "Each command exits with one of these codes; where a code means something narrower, "
                    "the command says so below.");
    out += "\n| exit code | |\n|---|---|\n";
    for (std::size_t code = 0; code < exit_meanings.size(); ++code)
        out += fmt::format("| {} | {} |\n", code, exit_meanings[code]);
    for (const Command& command : commands) {
        out += fmt::format("\n## icosa {}\n\n", command.name) + paragraph("", 0, command.summary + ".");
        out += fmt::format("\n```text\n{}\n```\n\n", usage_of(command));
        for (const Option& row : command.options)
            out += paragraph("- ", 2, fmt::format("`{}`: {}", head_of(row), doc_of(row)));
        out += "- `--help`: the options and examples\n";
        if (!command.more.empty()) {
            out += "\n```text\n" + command.more + "```\n";
        }
        out += "\n";
        std::string codes;
        for (const Exit& one : exits_of(command))
            codes += fmt::format("{}{} {}", codes.empty() ? "" : "; ", one.code, one.meaning);
        out += paragraph("", 0, "Exit codes: " + codes + ".") + "\n";
        for (const std::string& example : command.examples) out += "    " + example + "\n";
    }
    return out;
}

}  // namespace icosa::cli
