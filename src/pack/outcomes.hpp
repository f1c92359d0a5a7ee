/// Outcomes: what a warning warns of, declared so that it can be judged afterwards; packs/outcomes.toml.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pack/selection.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Judged at a month t on the months of a measure, unit by unit:
///
///     after = sum of months t+1 .. t+months,   before = sum of months t-months+1 .. t
///     happened:  after >= factor * before  and  after - before >= least        (a rise)
///                before < quiet_below  and  after >= least                     (a beginning, where quiet_below is
///                given)
///
/// With usual_months `before` is what `months` months had in the mean of so many months that end before t-months+1;
/// with within_km the unit is a cell and counts the events so near its middle, and is judged where there were any.
/// A value that is measured (a price) is averaged instead of summed. Not judged where a month of either is not
/// observed.
struct Outcome {
    std::string id;         ///< "worse-by-half"
    Title title;            ///< "a rise by half or more"
    Selection selection;    ///< whose figures decide
    int months = 6;
    double factor = 1.5;
    double least = 0;
    double quiet_below = 0; ///< 0 = it is a rise
    bool averages = false;
    int usual_months = 0;   ///< 0 = against the months before
    double within_km = 0;   ///< 0 = by unit
    std::string digest;  ///< of what it says, without its title
    Where where;
};

struct Outcomes {
    std::vector<Outcome> all;
    [[nodiscard]] const Outcome* find(std::string_view id) const;
};

[[nodiscard]] Outcomes parse_outcomes(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
