/// Distance transforms: from each point of a line or a map to the nearest source, each source with a head start.
#pragma once

#include <span>
#include <vector>

namespace icosa::methods {

/// Squared distances to the nearest source along a line of evenly spaced points.
///
///     out(p) = min_q  spacing^2 (p - q)^2 + cost(q)
///
/// in    cost[n] >= 0, infinity = no source there;  spacing > 0
/// out   out[n]; infinity everywhere where there is no source
/// src   [felzenszwalb2012] the lower envelope of parabolas
/// cost  O(n)
void distance_transform(std::span<const float> cost, float spacing, std::span<float> out);

}  // namespace icosa::methods
