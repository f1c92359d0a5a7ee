/// Man pages, in roff's man macros.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/manual/help.hpp"

namespace icosa::cli {
namespace {

/// Text as roff prints it: a minus is one, and no line begins with a control letter.
std::string roff(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\') out += "\\e";
        else if (c == '-') out += "\\-";
        else out += c;
    }
    if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
    return out;
}

std::string roff_lines(std::string_view text) {
    std::string out;
    for (const std::string_view line : split(text, '\n')) out += roff(line) + "\n";
    return out;
}

std::string heading(const std::string& name) {
    return fmt::format(".TH {} 1 \"\" \"icosa {}\" \"Icosa\"\n", name, ICOSA_VERSION);
}

std::string upper(std::string text) {
    for (char& c : text) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return text;
}

}  // namespace

std::string man_page_of(const std::vector<Command>& commands) {
    std::string out = heading("ICOSA")
        + fmt::format(".SH NAME\nicosa \\- {}\n.SH SYNOPSIS\n.B icosa\n.I COMMAND\n[\\fIOPTIONS\\fR]\n",
                      roff(program_summary));
    out +=
        ".SH DESCRIPTION\n"
        "Reads the world's open event, indicator, treaty, vote and list data into one database file; shows for each "
        "area of security what is rising, where, how sure we are and from which line of which file; offline, and "
        "the same bytes from the same files.\n.SH COMMANDS\n";
    for (const Command& command : commands)
        out += fmt::format(".TP\n.BR icosa\\-{} (1)\n{}\n", roff(command.name), roff(command.summary));
    out +=
        ".SH OPTIONS\n.TP\n.B \\-\\-help\nthe commands\n.TP\n.B \\-\\-version\n"
        "version, commit, DuckDB's version, the packs' digest\n.SH SEE ALSO\n";
    for (std::size_t i = 0; i < commands.size(); ++i)
        out += fmt::format(".BR icosa\\-{} (1){}\n", roff(commands[i].name), i + 1 < commands.size() ? "," : "");
    return out;
}

std::string man_page_of(const Command& command) {
    std::string out = heading("ICOSA\\-" + upper(command.name))
        + fmt::format(".SH NAME\nicosa\\-{} \\- {}\n.SH SYNOPSIS\n{}\n.SH OPTIONS\n", roff(command.name),
                      roff(command.summary), roff(usage_of(command)));
    for (const Option& row : command.options)
        out += fmt::format(".TP\n.B {}\n{}\n", roff(head_of(row)), roff(doc_of(row)));
    out += ".TP\n.B \\-\\-help\nthe options and examples\n";
    if (!command.more.empty()) out += ".SH NOTES\n.nf\n" + roff_lines(command.more) + ".fi\n";
    out += ".SH EXIT STATUS\n";
    for (const Exit& one : exits_of(command)) out += fmt::format(".TP\n.B {}\n{}\n", one.code, roff(one.meaning));
    out += ".SH EXAMPLES\n.nf\n";
    for (const std::string& example : command.examples) out += roff(example) + "\n";
    return out + ".fi\n.SH SEE ALSO\n.BR icosa (1)\n";
}

}  // namespace icosa::cli
