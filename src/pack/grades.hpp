/// Grades and confidence by rule: the numbers stand in packs/grades.toml, so that a user can read and change them.
#pragma once

#include <string>

#include "pack/toml.hpp"

namespace icosa::pack {

/// A finding has the highest size both of whose limits it reaches; else it is small.
struct SizeRule {
    double unusualness = 1;  ///< at least
    double ratio = 1;        ///< observed against expected, whichever way the watch looks, at least
};

/// A kind of signal (a watch's, of one change and size) earns a grade by its past: by the share of its signals that the
/// outcome followed, or by a smaller share that is many times the base rate.
struct GradeRule {
    double share = 1;  ///< at least
    double lift = 1e9;  ///< share to base rate, at least, ...
    double share_with_lift = 1;  ///< ... together with this share
};

/// Confidence counts marks, packs/grades.toml says for what.
struct Grades {
    SizeRule large{0.99, 1.5};
    SizeRule extreme{0.999, 3.0};
    GradeRule watch{0.15, 4, 0.1};
    GradeRule warning{0.33, 10, 0.25};
    int least_signals = 10;  ///< a kind with fewer past signals leans on all of its watch's, as if it had so many more
    int lateness_days =
        183;  ///< a finding that ended longer ago is a note, as is one older than its outcome looks ahead
    int quiet_days = 183;  ///< nothing is quiet of which nothing newer is observed
    int long_history_seasons = 3;  ///< whole years of observed periods
    int long_history_years = 10;  ///< the same for annual series
    int prompt_days = 62;  ///< a finding that ended at most so long ago has a mark
    int late_days = 366;  ///< one that ended longer ago has one less
    double revision_share = 1.0 / 3;  ///< a finding that would stand if its figure were revised by so much has a mark,
    double large_revision_share = 2.0 / 3;  ///< by so much another
    int moderate_marks = 3;
    int high_marks = 4;
    double false_discovery_rate = 0.1;  ///< of a watch that does not say
};

/// The key `rate` of a table: (0, 1], 1 = not controlled; else a fault and the fallback.
[[nodiscard]] double read_rate(TableReader& reader, double fallback);

[[nodiscard]] Grades parse_grades(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
