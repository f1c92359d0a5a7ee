/// What a command is: a row of the table of commands. It is declared beside its code: options, examples, exit codes;
/// parsing, `--help`, man pages, completions and docs/commands.md are all made from that.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace icosa::cli {

/// Where the value of an option goes; its type says what may be written. A bool is a flag, a vector takes several.
using Target =
    std::variant<bool*, int*, std::int64_t*, std::uint64_t*, double*, Day*, std::string*, std::vector<std::string>*>;

/// One option ("--as-of", "--season,--period") or, by a name without dashes ("PATH"), one argument by position.
struct Option {
    std::string name;
    Target target;
    std::string doc;                   ///< one sentence, no period at its end
    std::string value = {};            ///< what stands for the value in help: "DAY"; "" = by the target's type
    std::vector<std::string> choices = {};
    double least = -std::numeric_limits<double>::infinity();
    double most = std::numeric_limits<double>::infinity();
    bool is_required = false;
    bool is_written = false;  ///< it names a file that the command writes

    // A row reads: option("--most", most, "at most so many").within(0, 1000)
    [[nodiscard]] Option as(std::string value_of_it) &&;
    [[nodiscard]] Option one_of(std::vector<std::string> those) &&;
    [[nodiscard]] Option within(double from, double to) &&;
    [[nodiscard]] Option at_least(double from) &&;
    [[nodiscard]] Option required() &&;
    [[nodiscard]] Option written() &&;

    [[nodiscard]] bool is_argument() const { return !name.starts_with('-'); }
    [[nodiscard]] bool is_flag() const { return std::holds_alternative<bool*>(target); }
    [[nodiscard]] bool takes_several() const { return std::holds_alternative<std::vector<std::string>*>(target); }
    [[nodiscard]] std::vector<std::string> flags() const;  ///< "--season,--period" parted; of an argument its name
    [[nodiscard]] std::string placeholder() const;         ///< "DAY", "series|records"; "" of a flag
    [[nodiscard]] std::string fallback() const;            ///< the target's value as written by a user; "" = none
};

[[nodiscard]] Option option(std::string name, Target target, std::string doc);

/// An exit code that a command may give, with what it means there; "" = what it means everywhere (exit_code.hpp).
struct Exit {
    int code;
    std::string meaning = {};
};

/// A row of the table of commands.
struct Command {
    std::string name;
    std::string summary;                 ///< one line, no period at its end
    std::vector<Option> options;
    std::string more = {};               ///< what stands below the options: a list of models, say
    std::vector<std::string> examples;   ///< whole command lines
    std::vector<Exit> exits;             ///< besides 0 and 2, which all have
    std::function<Result<int>()> run;    ///< once the targets are filled
    /// Further long flags are taken as pairs of name and value ("half-window", "3"); null = they are refused.
    std::vector<std::pair<std::string, std::string>>* rest = nullptr;
};

/// What all commands that read the store or the packs share.
struct Common {
    std::string packs;      ///< directory; "" = the shipped ones
    std::string framework;  ///< file; "" = packs/framework/gsi.toml
    std::vector<std::string> add;  ///< folders of packs of one's own
    std::string db = "icosa.duckdb";
    bool json = false;
    int threads = 2;
    int wait = 60;  ///< seconds, for a store that another process holds
};

// Options that recur, the same words everywhere.
[[nodiscard]] Option db_option(Common& common);
[[nodiscard]] Option wait_option(Common& common);
[[nodiscard]] Option json_option(Common& common);
[[nodiscard]] Option packs_option(Common& common);
[[nodiscard]] Option add_option(Common& common);
[[nodiscard]] Option framework_option(Common& common);
[[nodiscard]] Option threads_option(Common& common);

}  // namespace icosa::cli
