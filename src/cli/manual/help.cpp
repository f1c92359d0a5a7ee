/// Help on the terminal, and the words that all pages share.
#include "cli/manual/help.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit_code.hpp"

namespace icosa::cli {
namespace {

constexpr std::size_t doc_column = 30;

/// A row of two columns; a head too long for the first stands on a line of its own.
std::string row_of(const std::string& head, std::string_view doc) {
    const std::string first = "  " + head;
    if (first.size() + 2 <= doc_column) return filled(first, doc_column, doc);
    return first + "\n" + filled("", doc_column, doc);
}

std::string rows_of(const Command& command, const char* title, bool are_arguments) {
    std::string out;
    for (const Option& row : command.options) {
        if (row.is_argument() == are_arguments) out += row_of(head_of(row), doc_of(row));
    }
    if (!are_arguments) out += row_of("--help", "this help");
    return out.empty() ? "" : fmt::format("\n{}:\n{}", title, out);
}

}  // namespace

std::string filled(const std::string& head, std::size_t indent, std::string_view text, std::size_t columns) {
    std::string out;
    std::string line = head;
    line.resize(std::max(indent, head.size()), ' ');
    std::size_t least = line.size();  // nothing but the indent
    for (const std::string_view word : split(text, ' ')) {
        if (line.size() > least && line.size() + 1 + word.size() > columns) {
            out += line + "\n";
            line = std::string(indent, ' ');
            least = indent;
        }
        if (line.size() > least) line += ' ';
        line += word;
    }
    return out + line + "\n";
}

std::string usage_of(const Command& command) {
    std::string out = "icosa " + command.name;
    for (const Option& row : command.options) {
        if (!row.is_argument()) continue;
        const std::string word = head_of(row);
        out += row.is_required ? " " + word : " [" + word + "]";
    }
    for (const Option& row : command.options) {
        if (!row.is_argument() && row.is_required) out += " " + head_of(row);
    }
    return out + " [OPTIONS]";
}

std::string head_of(const Option& option) {
    if (option.is_argument()) return option.name + (option.takes_several() ? "..." : "");
    return join(option.flags(), ", ") + (option.is_flag() ? "" : " " + option.placeholder());
}

std::string doc_of(const Option& option) {
    std::string out = option.doc;
    if (option.is_argument() && !option.choices.empty()) out += ": " + join(option.choices, ", ");
    if (!option.is_argument() && option.is_required) out += "; must be given";
    if (option.takes_several() && !option.is_argument()) out += "; may be given more than once";
    if (const std::string fallback = option.fallback(); !fallback.empty()) out += fmt::format(" ({})", fallback);
    return out;
}

std::vector<Exit> exits_of(const Command& command) {
    std::vector<Exit> out = {{exit_clean}, {exit_usage}};
    out.insert(out.end(), command.exits.begin(), command.exits.end());
    std::sort(out.begin(), out.end(), [](const Exit& a, const Exit& b) { return a.code < b.code; });
    for (Exit& one : out) {
        if (one.meaning.empty()) one.meaning = exit_meanings.at(static_cast<std::size_t>(one.code));
    }
    return out;
}

std::string help_of(const std::vector<Command>& commands) {
    std::string out = fmt::format(
        "Icosa: {}.\nEvery figure answers the question: from which line of which file?\n\n"
        "Usage: icosa COMMAND [OPTIONS]\n\nCommands:\n",
        program_summary);
    std::size_t longest = 0;
    for (const Command& command : commands) longest = std::max(longest, command.name.size());
    for (const Command& command : commands) out += filled("  " + command.name, longest + 4, command.summary);
    out += "\nOptions:\n" + row_of("--help", "this help; `icosa COMMAND --help` has a command's options and examples")
        + row_of("--version", "version, commit, DuckDB's version, the packs' digest");
    return out;
}

std::string help_of(const Command& command) {
    std::string out = fmt::format("{}\n\nUsage: {}\n", command.summary, usage_of(command));
    out += rows_of(command, "Arguments", true) + rows_of(command, "Options", false);
    if (!command.more.empty()) out += "\n" + command.more;
    out += "\nExit codes:\n";
    for (const Exit& one : exits_of(command)) out += filled(fmt::format("  {}", one.code), 5, one.meaning);
    out += "\nExamples:\n";
    for (const std::string& example : command.examples) out += "  " + example + "\n";
    return out;
}

}  // namespace icosa::cli
