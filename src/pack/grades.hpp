/// Grades and confidence by rule: the numbers stand in packs/grades.toml, so that a user can read and change them.
#pragma once

#include <string>

#include "pack/toml.hpp"

namespace icosa::pack {

/// A signal has the highest grade both of whose limits it reaches; else it is a note.
struct GradeRule {
    double unusualness = 1;  ///< at least
    double ratio = 1;        ///< observed against expected, whichever way the watch looks, at least
};

/// Confidence counts marks: one each for a long history, complete coverage, real time, and a second source that agrees;
/// one off for a second source that covers the same and is quiet.
struct Grades {
    GradeRule watch{0.99, 1.5};
    GradeRule warning{0.999, 3.0};
    int long_history_seasons = 3;  ///< whole years of observed periods
    int long_history_years = 10;  ///< the same for annual series
    int moderate_marks = 2;
    int high_marks = 4;
    double false_discovery_rate = 0.1;  ///< of a watch that does not say
};

/// The key `rate` of a table: (0, 1], 1 = not controlled; else a fault and the fallback.
[[nodiscard]] double read_rate(TableReader& reader, double fallback);

[[nodiscard]] Grades parse_grades(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
