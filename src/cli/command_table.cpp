/// One row a command; each is declared in its own file.
#include "cli/command_table.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/manual/help.hpp"
#include "cli/parser.hpp"
#include "cli/version.hpp"
#include "cli/written_files.hpp"

namespace icosa::cli {

Command fetch_command();
Command keys_command();
Command update_command();
Command ingest_command();
Command card_command();
Command watch_command();
Command run_command();
Command brief_command();
Command explain_command();
Command sources_command();
Command rejects_command();
Command places_command();
Command locate_command();
Command forget_command();
Command export_command();
Command apply_command();
Command forecast_command();
Command score_command();
Command backtest_command();
Command options_command();
Command convene_command();
Command trigger_command();
Command check_command();
Command instruments_command();
Command facts_command();
Command lists_command();
Command commit_command();
Command calendar_command();
Command negotiate_command();
Command package_command();
Command allocate_command();
Command compare_names_command();
Command screen_command();
Command screen_items_command();
Command match_command();
Command route_command();
Command basins_command();
Command credibility_command();
Command propagate_command();
Command conjunctions_command();
Command help_command();

std::vector<Command> commands() {
    static constexpr Command (*declared[])() = {
        ingest_command,      card_command,          watch_command,     fetch_command,        keys_command,
        update_command,      run_command,           brief_command,     explain_command,      sources_command,
        rejects_command,     places_command,        locate_command,    forget_command,       export_command,
        apply_command,       forecast_command,      score_command,     backtest_command,     options_command,
        convene_command,     instruments_command,   facts_command,     check_command,        trigger_command,
        commit_command,      calendar_command,      negotiate_command, package_command,      allocate_command,
        lists_command,       compare_names_command, screen_command,    screen_items_command, match_command,
        credibility_command, route_command,         basins_command,    propagate_command,    conjunctions_command,
        help_command,
    };
    std::vector<Command> out;
    for (const auto declare : declared) out.push_back(declare());
    return out;
}

Result<int> call(std::span<const std::string> words) {
    const std::vector<Command> table = commands();
    std::vector<std::string> names;
    for (const Command& command : table) names.push_back(command.name);
    const std::string first = words.empty() ? "" : words.front();
    if (first == "--help" || first == "-h") {
        std::fputs(help_of(table).c_str(), stdout);
        return exit_clean;
    }
    if (first == "--version") {
        std::fputs(TRY(version_text()).c_str(), stdout);
        return exit_clean;
    }
    for (const Command& command : table) {
        if (command.name != first) continue;
        if (TRY(parse_words(command, words.subspan(1))) == Parsed::Run) {
            TRY(check_written(command));
            return command.run();
        }
        std::fputs(help_of(command).c_str(), stdout);
        return exit_clean;
    }
    if (first.empty() || first.starts_with('-')) {
        return fail(Fault::Usage, "bad-usage", {},
                    first.empty() ? "no command is named"
                                  : fmt::format("the first word is the command, not an option ('{}')", excerpt(first)),
                    fmt::format("there are {}; see `icosa --help`", join(names, ", ")));
    }
    const auto near = nearest(first, names);
    return fail(Fault::Usage, "unknown-command", {}, fmt::format("no command '{}'", excerpt(first)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(names, ", ")));
}

}  // namespace icosa::cli
