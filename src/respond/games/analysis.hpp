/// What follows from a model: stability that all its sets of preferences agree on, ways, wanted states.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "methods/conflict_graph/stability.hpp"
#include "methods/conflict_graph/wanted.hpp"
#include "methods/conflict_graph/ways.hpp"
#include "respond/games/model.hpp"

namespace icosa::respond::games {

/// A question whose answer would settle most, by the set of preferences that leaves it open.
struct SetQuestion {
    std::size_t set;
    graph::Question question;
};

struct Analysis {
    graph::Stability stable;    ///< under every set and every complete order that obeys it
    graph::Stability possible;  ///< under every set for some order; what is not `stable` here is open
    graph::Marks ever;          ///< an equilibrium under some set for some order
    bool is_in_part = false;    ///< a set states a preference in part
    std::vector<bool> is_seq_exact;  ///< [makers]; `possible` of seq is an upper bound where false
    bool is_seq_equilibrium_exact = true;
    std::vector<SetQuestion> questions;
    std::optional<graph::Stability> players;  ///< of model.players, where some act together and it could be computed
    std::string players_left_out;             ///< why not
    std::int64_t claims = 0, checked = 0;     ///< equilibria under one set and concept; those checked a second time
};

/// Memory and time grow with the states: `graph::memory_needed`.
/// err   claim-refused: the second check refuses an equilibrium, which is a fault of this program
[[nodiscard]] Result<Analysis> analyse(const Model& model);

/// Ways from one state: by any moves, and by moves that are gains to the mover under every set and order that obeys.
struct Ways {
    std::vector<graph::Arrival> by_moves;
    std::vector<graph::Arrival> by_gains;  ///< empty = too many states to say of several sets
};
[[nodiscard]] Ways ways_of(const Model& model, std::uint32_t from);

/// What each decision maker would have to hold for a state to be stable, a set of preferences and a concept each.
struct WantedOf {
    std::size_t set;
    std::size_t maker;
    graph::Concept under;
    graph::Wanted answer;
};
/// err   Usage: too-many-states, above graph::most_small_states;  preferences-in-part
[[nodiscard]] Result<std::vector<WantedOf>> wanted_of(const Model& model, std::uint32_t state);

}  // namespace icosa::respond::games
