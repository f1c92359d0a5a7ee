/// Options for a signal: at most seven, unranked, apart from the warning; each with what it rests on, whom it reaches,
/// what followed in like situations, and the verdict of every principle. A person decides.
#pragma once

#include "model/options.hpp"
#include "respond/options/ground.hpp"

namespace icosa::respond {

inline constexpr std::size_t most_options = 7;
inline constexpr std::size_t most_instruments = 2, most_mandates = 2, most_convenors = 3, most_capacities = 1;

/// in order of kind, then of the matter's file: instruments in force in which a state concerned takes part; mandates
/// that stand on its ground; bodies that could convene, those whose members cover the states first, the smallest
/// before the large, then those open to every party; capacity.
[[nodiscard]] model::Response options_of(const std::string& signal, const std::string& subject,
                                         const std::string& measure, const Ground& ground);

}  // namespace icosa::respond
