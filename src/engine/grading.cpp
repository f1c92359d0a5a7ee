/// Compares limits.
#include "engine/grading.hpp"

#include <cmath>
#include <limits>

namespace icosa::engine {

int long_history(const pack::Grades& grades, int season) {
    return season == 1 ? grades.long_history_years : grades.long_history_seasons * season;
}

model::Size size_of(double unusualness, double ratio, const pack::Grades& grades) {
    const auto reaches = [&](const pack::SizeRule& rule) {
        return unusualness >= rule.unusualness && ratio >= rule.ratio;
    };
    if (reaches(grades.extreme)) return model::Size::Extreme;
    if (reaches(grades.large)) return model::Size::Large;
    return model::Size::Small;
}

double ratio_of(double observed, double expected, double pad) {
    const double above = observed + pad;
    const double below = expected + pad;
    if (std::isnan(above) || std::isnan(below) || above < 0 || below < 0)
        return 1;  // no ratio of signed values: the unusualness alone makes a note
    if (below == 0) return above == 0 ? 1 : std::numeric_limits<double>::infinity();
    return above / below;
}

}  // namespace icosa::engine
