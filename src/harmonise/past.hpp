/// Past: evidence as it stood on an earlier day, cut out of evidence that was read once.
#pragma once

#include "harmonise/evidence.hpp"
#include "model/evidence.hpp"

namespace icosa::harmonise {

/// What gather() would have answered on an earlier day, as far as known days follow from a card's publication lag: of
/// each panel the periods that were over by as_of less the lag, and the units that had a row by then.
///
/// dif   editions between the two days are not told apart: figures are those of the later day (pseudo-real-time on
/// final
///       data), and a row whose card names its own day of knowledge is known with its period; events are matched with
///       those of the days just after, too
/// cost  one copy of the panels
[[nodiscard]] model::Evidence evidence_before(const model::Evidence& evidence, const Books& books, Day as_of);

}  // namespace icosa::harmonise
