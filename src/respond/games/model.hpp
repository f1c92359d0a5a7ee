/// A conflict as a person states it: names, states, preferences with who said so, or two rival sets of them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "methods/conflict_graph/coalition.hpp"
#include "methods/conflict_graph/game.hpp"
#include "methods/conflict_graph/robust.hpp"

namespace icosa::respond::games {

namespace graph = methods::conflict_graph;

/// What one decision maker is assumed to prefer, and who says so.
struct Preference {
    std::string author, date, source;  ///< "" = the file states none; the date a day, month or year
    graph::Stated stated;
    std::vector<std::string> statements;  ///< of preferences in part: as written
};

/// Preferences of all decision makers that are assumed together.
struct PreferenceSet {
    std::string name;                   ///< "" = the file has one set, without a name
    std::vector<Preference> of_makers;  ///< [makers]

    [[nodiscard]] bool is_complete() const;
};

struct Model {
    std::string title, about, source;
    std::vector<std::string> makers;        ///< names, no two alike: a second "A" is "A (2)"
    std::vector<std::string> options;       ///< names as written, which may repeat
    std::vector<std::string> option_texts;  ///< what is done where the option is taken; "" = the name says it
    graph::Game game;
    std::vector<graph::State> states;  ///< the feasible ones, ascending
    std::vector<PreferenceSet> sets;   ///< one of a .gmcr, two or more of a TOML model
    std::vector<graph::Player> players;  ///< who acts together, as the file has it; empty = each alone
    std::string status_quo;              ///< a state; "" = not stated
    std::vector<std::string> notes;      ///< what a reader should know: parts of the file that do not count
};

/// Feasible states that fit into some 2 GB with so many decision makers.
[[nodiscard]] std::size_t most_states(std::size_t makers);

/// A state as a text of Y and N in the order of the options, and back: its number among the feasible ones.
/// err   bad-state: not as long as there are options, or another letter;  not-feasible
[[nodiscard]] std::string letters_of(graph::State state, int options);
[[nodiscard]] Result<std::uint32_t> state_named(const Model& model, std::string_view letters);

/// "modify, insist": the options taken; "nothing is done" where none is.
[[nodiscard]] std::string words_of(const Model& model, graph::State state);

/// No two alike: a name that came before is followed by " (2)" and so on.
[[nodiscard]] std::vector<std::string> told_apart(const std::vector<std::string>& names);

/// Faults that both kinds of files share: options owned by none or by two, no feasible state, too many. Fills
/// `model.states`.
struct Places {
    std::vector<Where> options;  ///< [options]
    Where infeasible;
};
void check_options(const Model& model, const Places& places, Diagnostics& faults);
void find_states(Model& model, const Places& places, Diagnostics& faults);

}  // namespace icosa::respond::games
