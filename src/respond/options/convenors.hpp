/// Who could convene these states: the smallest families of bodies whose members cover them.
#pragma once

#include <string>
#include <vector>

#include "respond/options/ground.hpp"

namespace icosa::respond {

struct Convening {
    std::vector<std::string> bodies;  ///< ids of mechanisms that act together
    std::vector<std::string> in;      ///< of the states asked for: those with a seat
    std::vector<std::string> out;     ///< those without
    std::size_t members = 0;          ///< of all its bodies
};

inline constexpr std::size_t most_bodies_together = 3;

/// The smallest families, those with fewest members first (a body of the region before one of the world); a body of
/// which no members are known is in none. Where no few bodies cover all states: the bodies that cover most of them.
///
/// in    states: sorted, at most 64;  bodies: mechanisms that may convene
[[nodiscard]] std::vector<Convening> convenings(const std::vector<std::string>& states,
                                                const std::vector<const pack::Mechanism*>& bodies,
                                                const pack::PlaceBook& places, Day day);

}  // namespace icosa::respond
