/// A conflict's analysis for people, in plain words, and as JSON.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "respond/games/analysis.hpp"

namespace icosa::respond::games {

/// What was asked beside the equilibria.
struct Asked {
    std::optional<graph::Concept> only;  ///< one concept; else all four
    std::optional<std::uint32_t> from;   ///< a state: ways from it
    std::optional<std::uint32_t> want;   ///< a state: what would make it stable
};

struct Findings {
    const Model& model;
    const Analysis& analysis;
    Asked asked;
    std::optional<Ways> ways;
    std::optional<std::vector<WantedOf>> wanted;
};

using Sink = std::function<void(std::string_view)>;

/// Lines for a terminal; lists of states are cut at `most_told`.
inline constexpr std::size_t most_told = 40;
void tell(const Findings& findings, const Sink& sink);

/// {"states", "feasible", "stable": {DM: {"nash": [..], ...}}, "equilibria": {"nash": [..], ...}}, then what else there
/// is: preferences, coalitions, robust, status_quo, wanted, checked, notes. Goes out piece by piece: a million states
/// take hundreds of megabytes.
void write_json(const Findings& findings, const Sink& sink);

}  // namespace icosa::respond::games
