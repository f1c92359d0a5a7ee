/// Counts marks and compares limits.
#include "engine/grading.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace icosa::engine {

int long_history(const pack::Grades& grades, int season) {
    return season == 1 ? grades.long_history_years : grades.long_history_seasons * season;
}

ConfidenceWhy confidence_of(const Grounds& grounds, const pack::Grades& grades) {
    int marks = 0;
    std::string why;
    const auto say = [&](int mark, const std::string& words) {
        marks += mark;
        if (!why.empty()) why += "; ";
        why += words;
    };
    const int wanted = long_history(grades, grounds.season);
    if (grounds.history >= wanted) say(1, fmt::format("long history ({} periods)", grounds.history));
    else say(0, fmt::format("short history ({} of {} periods)", grounds.history, wanted));
    switch (grounds.completeness) {
        case Completeness::Covered: say(1, "complete coverage"); break;
        case Completeness::NoGaps: say(1, "no gaps in its newest years"); break;
        case Completeness::Open: say(0, "gaps, or a source that does not claim to be complete"); break;
    }
    if (grounds.real_time) say(1, "as known on the day");
    else say(0, "pseudo-real-time on final data");
    if (grounds.corroboration == Corroboration::Agrees) say(1, fmt::format("{} agrees", grounds.other_source));
    else if (grounds.corroboration == Corroboration::Disagrees)
        say(-1, fmt::format("{} covers it and shows nothing unusual", grounds.other_source));
    else say(0, "no second source of another origin");
    const auto confidence = marks >= grades.high_marks ? model::Confidence::High
        : marks >= grades.moderate_marks               ? model::Confidence::Moderate
                                                       : model::Confidence::Low;
    return {confidence, why};
}

model::Grade grade_of(double unusualness, double ratio, const pack::Grades& grades) {
    const auto reaches = [&](const pack::GradeRule& rule) {
        return unusualness >= rule.unusualness && ratio >= rule.ratio;
    };
    if (reaches(grades.warning)) return model::Grade::Warning;
    if (reaches(grades.watch)) return model::Grade::Watch;
    return model::Grade::Note;
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
