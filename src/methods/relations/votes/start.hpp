/// Where the turns of ideal points begin: cuts from the shares of the choices, points from a factor of the ballots.
#pragma once

#include "methods/relations/votes/panel.hpp"

namespace icosa::methods::votes {

/// Cuts from the shares of the choices; points, one value a voter, from the first common factor of all ballots by power
/// iteration. Discriminations stay 0, and the panel is left standardised.
void set_start(Panel& panel);

}  // namespace icosa::methods::votes
