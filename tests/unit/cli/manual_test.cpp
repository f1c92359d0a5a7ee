/// The table of commands and what is written from it: each row is whole, and help, man pages, completions and
/// docs/commands.md say the same.
#include "cli/manual/help.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

#include "base/text.hpp"
#include "cli/command_table.hpp"

namespace icosa::cli {
namespace {

TEST(Manual, EachRowIsWhole) {
    std::set<std::string> names;
    for (const Command& command : commands()) {
        EXPECT_TRUE(names.insert(command.name).second) << command.name << " stands twice";
        EXPECT_FALSE(command.summary.empty()) << command.name;
        EXPECT_TRUE(command.run) << command.name;
        EXPECT_FALSE(command.examples.empty()) << command.name;
        for (const auto& example : command.examples)
            EXPECT_TRUE(example.starts_with("icosa " + command.name)) << example;
        for (const Option& row : command.options) EXPECT_FALSE(row.doc.empty()) << command.name << " " << row.name;
    }
}

TEST(Manual, HelpManPageAndCompletionsNameEveryOption) {
    const auto table = commands();
    const Nouns nouns{{"ears-c2", "sea.incidents"}, {"ears-c2"}};
    const std::string bash = bash_completion(table, nouns), zsh = zsh_completion(table, nouns),
                      fish = fish_completion(table, nouns);
    for (const Command& command : table) {
        const std::string help = help_of(command), man = man_page_of(command);
        for (const Option& row : command.options) {
            for (const std::string& flag : row.flags()) {
                EXPECT_NE(help.find(flag), std::string::npos) << command.name << " " << flag;
                if (row.is_argument()) continue;
                EXPECT_NE(bash.find(flag), std::string::npos) << command.name << " " << flag;
                EXPECT_NE(zsh.find(flag + "["), std::string::npos) << command.name << " " << flag;
                EXPECT_NE(fish.find("-l " + flag.substr(2) + " "), std::string::npos) << command.name << " " << flag;
                std::string escaped;
                for (const char c : flag) escaped += c == '-' ? std::string("\\-") : std::string(1, c);
                EXPECT_NE(man.find(escaped), std::string::npos) << command.name << " " << flag;
            }
        }
    }
}

TEST(Manual, HelpSaysWhatIsTakenIfNothingIsGiven) {
    for (const Command& command : commands()) {
        if (command.name != "forecast") continue;
        const std::string help = help_of(command);
        EXPECT_NE(help.find("Usage: icosa forecast --panel FILE --unit COLUMN"), std::string::npos) << help;
        EXPECT_NE(help.find("draws a unit and month (1000)"), std::string::npos) << help;
    }
}

TEST(Manual, ThePageOfCommandsIsUpToDate) {
    std::ifstream in(ICOSA_ROOT "/docs/commands.md");
    std::ostringstream text;
    text << in.rdbuf();
    EXPECT_TRUE(text.str() == commands_page(commands()))
        << "docs/commands.md is out of date: `make docs` writes it anew";
}

TEST(Manual, WordsAreFilledToTheColumn) {
    EXPECT_EQ(filled("- ", 2, "one two three four", 12), "- one two\n  three four\n");
    EXPECT_EQ(filled("", 0, "averyveryverylongword b", 8), "averyveryverylongword\nb\n");
}

}  // namespace
}  // namespace icosa::cli
