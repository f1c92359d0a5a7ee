/// A place through time: since when is it hot or cold, and does it become more so?
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "methods/hot_spots/hot_spots.hpp"

namespace icosa::methods::hot_spots {

/// Told of the side, hot or cold, of the newest step that was either.
enum class Course : std::uint8_t { None, New, Emerging, Persistent, Fading, Sporadic };

struct CourseRules {
    double alpha = 0.05;             ///< of the Mann-Kendall test, each side
    double persistent_share = 0.9;   ///< of the observed steps
};

struct CourseOfPlace {
    Course course = Course::None;
    bool is_cold = false;
    double p_rise = nan_value;  ///< that the place becomes more so (hot: z rises; cold: z falls); NaN = not tested
};

/// The first rule that holds, of the observed steps of a place, S those on its side:
///
///     New         the last step is in S, no other is
///     Emerging    the last step is in S, and the place becomes more so: p_rise < alpha; or S is one run of steps up
///                 to the last, and less than persistent_share of them
///     Fading      it becomes less so, p_fall < alpha; or S has persistent_share of the steps, but not the last
///     Persistent  S has persistent_share of the steps, the last among them
///     Sporadic    some step is in S
///     None        none is hot or cold
///
///     p_rise, p_fall   Mann-Kendall on z over all observed steps, with the variance of [yue2004]; under 4 steps
///     neither
///
/// in    z[steps], states[steps] of Gi or Gi*: NotComputed = not observed
/// src   the idea of such classes, from Gi* and Mann-Kendall, is ArcGIS Pro's Emerging Hot Spot Analysis [esri2024],
///       whose seventeen are drawn together here into five a side
/// dif   there, z comes from a cube of space and time with neighbours in the step before, and Mann-Kendall is the plain
///       one; here each step stands by itself, and the steps' own correlation widens the variance. "Consecutive" and
///       "intensifying" are Emerging here, "historical" and "diminishing" Fading; "oscillating" is told by its newest
///       side
/// cost  O(steps^2), only where a step is hot or cold
[[nodiscard]] CourseOfPlace course_of(std::span<const double> z, std::span<const State> states,
                                      const CourseRules& rules);

/// "emerging", "cold fading"; "none"
[[nodiscard]] std::string name_of(const CourseOfPlace& of);

}  // namespace icosa::methods::hot_spots
