/// The rules one after the other.
#include "methods/hot_spots/course.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "methods/trends/trend.hpp"

namespace icosa::methods::hot_spots {

CourseOfPlace course_of(std::span<const double> z, std::span<const State> states, const CourseRules& rules) {
    CourseOfPlace out;
    State side = State::None, last = State::None;
    std::size_t observed = 0, run = 0;  // of steps alike, up to the one looked at
    for (const State one : states) {
        if (one == State::NotComputed) continue;
        ++observed;
        run = one == last ? run + 1 : 1;
        last = one;
        if (one != State::None) side = one;
    }
    if (side == State::None) return out;
    out.is_cold = side == State::Cold;
    const auto on_side = static_cast<std::size_t>(std::count(states.begin(), states.end(), side));
    std::vector<double> more;
    for (std::size_t t = 0; t < z.size(); ++t)
        more.push_back(states[t] == State::NotComputed ? nan_value : out.is_cold ? -z[t] : z[t]);
    bool rises = false, falls = false;
    if (observed >= 4) {
        const auto trend = mann_kendall(more, Serial::YueWang);
        out.p_rise = trend.p_rise;
        rises = trend.p_rise < rules.alpha;
        falls = trend.p_fall < rules.alpha;
    }
    const bool is_last = last == side;
    const bool is_most = static_cast<double>(on_side) >= rules.persistent_share * static_cast<double>(observed) - 1e-9;
    if (is_last && on_side == 1) out.course = Course::New;
    else if (is_last && (rises || (run == on_side && !is_most))) out.course = Course::Emerging;
    else if (falls || (is_most && !is_last)) out.course = Course::Fading;
    else if (is_most) out.course = Course::Persistent;
    else out.course = Course::Sporadic;
    return out;
}

std::string name_of(const CourseOfPlace& of) {
    constexpr std::string_view names[] = {"none", "new", "emerging", "persistent", "fading", "sporadic"};
    return fmt::format("{}{}", of.is_cold ? "cold " : "", names[static_cast<std::size_t>(of.course)]);
}

}  // namespace icosa::methods::hot_spots
