/// icosa help: the commands, one command, or all their pages as files.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "app/packs.hpp"
#include "base/text.hpp"
#include "cli/apply.hpp"
#include "cli/command_table.hpp"
#include "cli/exit_code.hpp"
#include "cli/manual/help.hpp"
#include "cli/output.hpp"
#include "detect/judges/method_table.hpp"

namespace icosa::cli {
namespace {

struct HelpOptions {
    std::string command;  ///< "" = all
    std::string write;    ///< a folder for man pages, completions and commands.md; "" = none
};

/// What completes `explain` and `apply`: engines, methods and, where the packs can be read, watches.
Nouns nouns_of_the_house() {
    Nouns out;
    for (const auto& method : detect::methods()) out.methods.emplace_back(method.spec.name);
    for (auto& name : table_method_names()) out.methods.push_back(std::move(name));
    out.explained = out.methods;
    for (const auto& engine : app::engines()) {
        out.explained.emplace_back(engine.name);
        for (const pack::Spec* method : engine.methods) out.explained.emplace_back(method->name);
    }
    Diagnostics faults;
    for (const auto& page : app::load_packs({}, faults).pages) {
        for (const auto& watch : page.watches) out.explained.push_back(watch.id);
    }
    std::sort(out.explained.begin(), out.explained.end());
    out.explained.erase(std::unique(out.explained.begin(), out.explained.end()), out.explained.end());
    return out;
}

/// DIR/man/icosa.1 and one a command, DIR/completions for three shells, DIR/commands.md.
Result<void> write_pages(const std::vector<Command>& table, const std::filesystem::path& folder) {
    std::error_code error;
    for (const char* name : {"man", "completions"}) {
        std::filesystem::create_directories(folder / name, error);
        if (error)
            return fail(Fault::Store, "unwritable", {(folder / name).string()},
                        fmt::format("this folder cannot be made: {}", error.message()), "name another with --write");
    }
    const Nouns nouns = nouns_of_the_house();
    const auto write = [&](const std::string& name, const std::string& text) {
        return write_text((folder / name).string(), text);
    };
    TRY(write("man/icosa.1", man_page_of(table)));
    for (const Command& command : table) TRY(write("man/icosa-" + command.name + ".1", man_page_of(command)));
    TRY(write("completions/icosa.bash", bash_completion(table, nouns)));
    TRY(write("completions/_icosa", zsh_completion(table, nouns)));
    TRY(write("completions/icosa.fish", fish_completion(table, nouns)));
    return write("commands.md", commands_page(table));
}

Result<int> help(const HelpOptions& options) {
    const std::vector<Command> table = commands();
    if (!options.write.empty()) {
        TRY(write_pages(table, options.write));
        return exit_clean;
    }
    if (options.command.empty()) {
        std::fputs(help_of(table).c_str(), stdout);
        return exit_clean;
    }
    std::vector<std::string> names;
    for (const Command& command : table) {
        names.push_back(command.name);
        if (command.name != options.command) continue;
        std::fputs(help_of(command).c_str(), stdout);
        return exit_clean;
    }
    const auto near = nearest(options.command, names);
    return fail(Fault::Usage, "unknown-command", {}, fmt::format("no command '{}'", excerpt(options.command)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(names, ", ")));
}

}  // namespace

Command help_command() {
    const auto options = std::make_shared<HelpOptions>();
    return {
        .name = "help",
        .summary = "The commands, or one of them with its options, examples and exit codes",
        .options = {option("COMMAND", &options->command, "which; all if none is named"),
                    option("--write", &options->write,
                           "write man pages, completions for bash, zsh and fish, and commands.md into this folder")
                        .as("DIR")},
        .examples = {"icosa help", "icosa help run", "icosa help --write pages"},
        .exits = {{exit_store}},
        .run = [=] { return help(*options); },
    };
}

}  // namespace icosa::cli
