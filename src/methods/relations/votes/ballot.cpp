/// The table of the normal hazard.
#include "methods/relations/votes/ballot.hpp"

namespace icosa::methods::votes {

const Hazard hazard;

}  // namespace icosa::methods::votes
