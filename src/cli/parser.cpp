/// A command's rows as a CLI11 parser.
#include "cli/parser.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "base/text.hpp"

namespace icosa::cli {
namespace {

template <class Number> CLI::Option* add_number(CLI::App& app, const Option& row, Number& target) {
    CLI::Option* added = app.add_option(row.name, target, row.doc);
    const bool has_most = row.most < std::numeric_limits<double>::infinity();
    if constexpr (std::is_floating_point_v<Number>) {
        added->check([](const std::string& text) {
            const auto number = parse_number(text);
            return number && std::isfinite(*number) ? std::string() : fmt::format("'{}' is no number", excerpt(text));
        });
    }
    if (row.least > -std::numeric_limits<double>::infinity() || has_most) {
        const auto most = has_most ? static_cast<Number>(row.most) : std::numeric_limits<Number>::max();
        added->check(CLI::Range(static_cast<Number>(row.least), most));
    }
    return added;
}

/// Adds a row; its target's type says how its words are read.
struct Adder {
    CLI::App& app;
    const Option& row;

    CLI::Option* operator()(bool* target) const { return app.add_flag(row.name, *target, row.doc); }
    CLI::Option* operator()(int* target) const { return add_number(app, row, *target); }
    CLI::Option* operator()(std::int64_t* target) const { return add_number(app, row, *target); }
    CLI::Option* operator()(double* target) const { return add_number(app, row, *target); }
    CLI::Option* operator()(std::string* target) const { return app.add_option(row.name, *target, row.doc); }
    CLI::Option* operator()(std::vector<std::string>* target) const {
        return app.add_option(row.name, *target, row.doc);
    }
    CLI::Option* operator()(std::uint64_t* target) const {
        return app.add_option(row.name, *target, row.doc)->check([](const std::string& text) {
            return text.starts_with('-') ? fmt::format("{} is less than 0", text) : std::string();
        });
    }
    CLI::Option* operator()(Day* target) const {
        const auto read = [target, name = row.name](const std::string& text) {
            const auto day = parse_iso_day(text);
            if (!day) {
                throw CLI::ValidationError(name, fmt::format("'{}' is not a day; write it as 2020-12-31", text));
            }
            *target = *day;
        };
        return app.add_option_function<std::string>(row.name, read, row.doc);
    }
};

/// `--half-window 3` and the like, which CLI11 leaves over: pairs of name and value.
std::vector<std::pair<std::string, std::string>> pairs_of(const std::vector<std::string>& rest) {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < rest.size(); ++i) {
        std::string name = rest[i];
        if (!name.starts_with("--")) throw CLI::ExtrasError({name});
        name.erase(0, 2);
        if (const auto equals = name.find('='); equals != std::string::npos) {
            out.emplace_back(name.substr(0, equals), name.substr(equals + 1));
        } else if (i + 1 < rest.size() && (!rest[i + 1].starts_with("--"))) {
            out.emplace_back(name, rest[++i]);
        } else {
            out.emplace_back(name, "true");
        }
    }
    return out;
}

/// The option of this flag; nullptr = there is none.
const Option* option_of(const Command& command, std::string_view flag) {
    for (const Option& row : command.options) {
        for (const std::string& one : row.flags()) {
            if (one == flag) return &row;
        }
    }
    return nullptr;
}

/// What is asked first of the words: is each flag known, and does no flag stand where a value must?
Result<void> check_flags(const Command& command, std::span<const std::string> words) {
    std::vector<std::string> known{"--help"};
    for (const Option& row : command.options) {
        if (!row.is_argument()) std::ranges::copy(row.flags(), std::back_inserter(known));
    }
    const std::string see = fmt::format("see `icosa {} --help`", command.name);
    for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
        if (!words[i].starts_with("--")) continue;
        const std::string flag = words[i].substr(0, words[i].find('='));
        const Option* row = option_of(command, flag);
        if (!row && flag != "--help" && !command.rest) {
            const auto near = nearest(flag, known);
            return fail(Fault::Usage, "bad-usage", {}, fmt::format("no option '{}'", excerpt(flag)),
                        near ? fmt::format("did you mean {}?", *near) : see);
        }
        const bool lacks = row && !row->is_flag() && flag.size() == words[i].size()
            && (i + 1 == words.size() || option_of(command, words[i + 1]) != nullptr || words[i + 1] == "--help");
        if (lacks)
            return fail(Fault::Usage, "bad-usage", {},
                        i + 1 == words.size()
                            ? fmt::format("{} needs a value", flag)
                            : fmt::format("{} needs a value, and '{}' is an option", flag, words[i + 1]),
                        see);
    }
    return {};
}

}  // namespace

Result<Parsed> parse_words(const Command& command, std::span<const std::string> words) {
    if (std::ranges::find(words, "--help") == words.end()) TRY(check_flags(command, words));
    CLI::App app{command.summary, command.name};
    for (const Option& row : command.options) {
        CLI::Option* added = std::visit(Adder{app, row}, row.target);
        if (!row.choices.empty()) added->check(CLI::IsMember(row.choices));
        if (row.is_required) added->required();
    }
    app.allow_extras(command.rest != nullptr);
    try {
        app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
        if (command.rest) *command.rest = pairs_of(app.remaining());
    } catch (const CLI::CallForHelp&) {
        return Parsed::Help;
    } catch (const CLI::ParseError& error) {
        return fail(Fault::Usage, "bad-usage", {}, error.what(), fmt::format("see `icosa {} --help`", command.name));
    }
    return Parsed::Run;
}

}  // namespace icosa::cli
