/// Grading: a signal's grade and confidence by the rules of packs/grades.toml, with the reason for the confidence in
/// words.
#pragma once

#include <string>

#include "model/findings.hpp"
#include "pack/grades.hpp"

namespace icosa::engine {

/// Does a second source, of another publisher, say the same of this unit and period?
enum class Corroboration { None, Agrees, Disagrees };

/// What a gap in the series would mean.
enum class Completeness {
    Covered,  ///< the source says that silence is zero
    NoGaps,   ///< measured values, and none of the newest is missing
    Open,     ///< what is not there may have been
};

struct Grounds {
    int history = 0;       ///< observed periods before
    int season = 1;        ///< periods a year
    Completeness completeness = Completeness::Open;
    bool real_time = false;
    Corroboration corroboration = Corroboration::None;
    std::string other_source;  ///< title of the one that agrees or disagrees
};

struct ConfidenceWhy {
    model::Confidence confidence = model::Confidence::Low;
    std::string why;
};

/// Observed periods that make a long history.
[[nodiscard]] int long_history(const pack::Grades& grades, int season);

[[nodiscard]] ConfidenceWhy confidence_of(const Grounds& grounds, const pack::Grades& grades);

/// ratio: observed against expected the way the watch looks, each plus `pad` (half a count for counts, 0 for measured
/// values).
[[nodiscard]] model::Grade grade_of(double unusualness, double ratio, const pack::Grades& grades);
[[nodiscard]] double ratio_of(double observed, double expected, double pad);

}  // namespace icosa::engine
