/// Completions for bash, zsh and fish.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/manual/help.hpp"
#include "cli/output.hpp"

namespace icosa::cli {
namespace {

std::vector<std::string> names_of(const std::vector<Command>& commands) {
    std::vector<std::string> out;
    for (const Command& command : commands) out.push_back(command.name);
    return out;
}

/// All flags of a command, `--help` last.
std::vector<std::string> flags_of(const Command& command) {
    std::vector<std::string> out;
    for (const Option& row : command.options) {
        if (row.is_argument()) continue;
        for (auto& flag : row.flags()) out.push_back(std::move(flag));
    }
    out.emplace_back("--help");
    return out;
}

/// The words that may stand for the command's first argument by position; empty = files.
std::vector<std::string> words_of(const Command& command, const Nouns& nouns, const std::vector<std::string>& names) {
    if (command.name == "explain") return nouns.explained;
    if (command.name == "apply") return nouns.methods;
    if (command.name == "help") return names;
    for (const Option& row : command.options) {
        if (row.is_argument()) return row.choices;
    }
    return {};
}

/// Within the brackets of a zsh specification.
std::string zsh_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        if (c == '\'') out += "'\\''";
        else out += c;
    }
    return out;
}

}  // namespace

std::string bash_completion(const std::vector<Command>& commands, const Nouns& nouns) {
    const auto names = names_of(commands);
    std::string out =
        "# bash completion for icosa, written by `icosa help --write`\n"
        "_icosa() {\n"
        "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
        "    local command=${COMP_WORDS[1]}\n"
        "    COMPREPLY=()\n"
        "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n";
    out += fmt::format("        COMPREPLY=($(compgen -W {} -- \"$word\"))\n        return\n    fi\n",
                       shell_word(join(names, " ") + " --help --version"));
    out += "    case \"$command $before\" in\n";
    for (const Command& command : commands) {
        for (const Option& row : command.options) {
            if (row.is_argument() || row.choices.empty()) continue;
            for (const auto& flag : row.flags())
                out += fmt::format("    \"{} {}\") COMPREPLY=($(compgen -W {} -- \"$word\")); return ;;\n",
                                   command.name, flag, shell_word(join(row.choices, " ")));
        }
    }
    out += "    esac\n    local flags= words=\n    case \"$command\" in\n";
    for (const Command& command : commands)
        out += fmt::format("    {})\n        flags={}\n        words={}\n        ;;\n", command.name,
                           shell_word(join(flags_of(command), " ")),
                           shell_word(join(words_of(command, nouns, names), " ")));
    return out + "    esac\n"
                 "    if [[ $word == -* ]]; then COMPREPLY=($(compgen -W \"$flags\" -- \"$word\"))\n"
                 "    elif [ \"$COMP_CWORD\" -eq 2 ] && [ -n \"$words\" ]; then\n"
                 "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
                 "    else COMPREPLY=($(compgen -f -- \"$word\")); fi\n"
                 "}\n"
                 "complete -o filenames -F _icosa icosa\n";
}

std::string zsh_completion(const std::vector<Command>& commands, const Nouns& nouns) {
    const auto names = names_of(commands);
    std::string out =
        "#compdef icosa\n# zsh completion for icosa, written by `icosa help --write`\n"
        "_icosa() {\n    local -a commands\n    commands=(\n";
    for (const Command& command : commands)
        out += fmt::format("        '{}:{}'\n", command.name, zsh_text(command.summary));
    out +=
        "    )\n"
        "    if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
        "    local command=$words[2]\n"
        "    shift words\n    (( CURRENT-- ))\n"
        "    case $command in\n";
    for (const Command& command : commands) {
        out += fmt::format("    {}) _arguments", command.name);
        for (const Option& row : command.options) {
            if (row.is_argument()) continue;
            const std::string action = row.is_flag() ? ""
                : row.choices.empty()                ? ":value:_files"
                                                     : ":value:(" + join(row.choices, " ") + ")";
            for (const auto& flag : row.flags())
                out += fmt::format(" \\\n        '{}{}[{}]{}'", row.takes_several() ? "*" : "", flag, zsh_text(row.doc),
                                   action);
        }
        const auto words = words_of(command, nouns, names);
        if (!words.empty()) out += fmt::format(" \\\n        '1:word:({})'", join(words, " "));
        out += " \\\n        '--help[the options and examples]' \\\n        '*:file:_files' ;;\n";
    }
    return out + "    esac\n}\n_icosa \"$@\"\n";
}

std::string fish_completion(const std::vector<Command>& commands, const Nouns& nouns) {
    const auto names = names_of(commands);
    std::string out =
        "# fish completion for icosa, written by `icosa help --write`\n"
        "complete -c icosa -n __fish_use_subcommand -f -l version -d 'version, commit, packs'\n";
    for (const Command& command : commands)
        out += fmt::format("complete -c icosa -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                           shell_word(command.summary));
    for (const Command& command : commands) {
        const std::string when = fmt::format("complete -c icosa -n '__fish_seen_subcommand_from {}'", command.name);
        for (const Option& row : command.options) {
            if (row.is_argument()) continue;
            const std::string action = row.is_flag() ? ""
                : row.choices.empty()                ? " -r"
                                                     : " -x -a " + shell_word(join(row.choices, " "));
            for (const auto& flag : row.flags())
                out += fmt::format("{} -l {} -d {}{}\n", when, flag.substr(2), shell_word(row.doc), action);
        }
        const auto words = words_of(command, nouns, names);
        if (!words.empty()) out += fmt::format("{} -a {}\n", when, shell_word(join(words, " ")));
    }
    return out;
}

}  // namespace icosa::cli
