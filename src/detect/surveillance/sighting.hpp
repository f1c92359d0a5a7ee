/// Sightings: every unit judged in the newest periods, and which of its alarms stand.
#pragma once

#include <limits>
#include <string>
#include <vector>

#include "detect/surveillance/second_opinion.hpp"
#include "detect/surveillance/watched.hpp"
#include "model/findings.hpp"

namespace icosa::detect {

/// One unit in one period.
struct Sighting {
    std::size_t unit = 0;
    int period = 0;
    int history = 0;  ///< observed periods before
    Judged judged;
    bool is_first_report = false;  ///< nothing was reported of the unit before, or for years: no figure to compare with
    std::string beside;  ///< what the second condition says, for the reason
    double adjusted_p_value = std::numeric_limits<double>::quiet_NaN();
    model::Baseline baseline;
};

struct Sightings {
    std::vector<Sighting> all;  ///< by unit and period
    int span = 1;  ///< periods that one judged value sums

    /// The newest signal of each unit.
    [[nodiscard]] std::vector<Sighting> signals() const;
    /// Those with a score, the most unusual first; then by level, the newest, by unit.
    [[nodiscard]] std::vector<Sighting> by_unusualness(const model::Panel& panel) const;
};

/// Judges the newest `recent` periods of every unit. An alarm stands where `beside` (nullptr: none) signals too, and
/// the watch's false-discovery rate bears it.
///
/// out   finding: units examined, tests, rate, procedure, alarms set aside, signals expected by chance
/// err   Pack: no such method; Data: values that it refuses, naming unit and period
[[nodiscard]] Result<Sightings> look(const Watched& watched, const SecondOpinion* beside, model::WatchFinding& finding);

}  // namespace icosa::detect
