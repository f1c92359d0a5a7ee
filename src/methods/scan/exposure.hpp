/// What is expected: cases at each place and interval, by population and days or by the margins of the counts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods::scan {

/// A table of places by intervals with its running sums over time.
struct Expected {
    std::size_t places = 0;
    std::size_t intervals = 0;
    std::vector<double> before;  ///< [places][intervals + 1]: the sum of the intervals before each
    double all = 0;              ///< cases

    [[nodiscard]] const double* row(std::size_t place) const { return &before[place * (intervals + 1)]; }
    [[nodiscard]] double of_place(std::size_t place) const { return row(place)[intervals]; }
};

/// Periods put together: `interval` of them a step, counted back from the end; what is left joins the first step.
struct Steps {
    std::size_t periods = 0;
    int interval = 1;

    [[nodiscard]] std::size_t count() const { return periods / static_cast<std::size_t>(interval); }
    [[nodiscard]] std::size_t first_period(std::size_t step) const {
        return step == 0 ? 0 : periods - (count() - step) * static_cast<std::size_t>(interval);
    }
};

/// A population at the middle of each period (of a month its 15th, of a year 1 July), drawn as a line between those
/// given (constant beyond them), times days, scaled to the sum of all cases.
///
/// in    population[places][periods], NaN = not given;  days[periods] > 0
/// out   all = cases; nothing where the population is 0 throughout
/// dif   SaTScan integrates over days between dates; where each period gives its population the line's integral over
///       a period is taken here from its middle and its two ends, which is the same integral of the same line
[[nodiscard]] Expected expected_by_population(std::span<const double> population, std::span<const double> days,
                                              std::size_t places, const Steps& steps, double cases);

/// cases of the place (all time) x cases of the step (all places) / all.   src  [kulldorff2005] eq. 1
[[nodiscard]] Expected expected_by_margins(std::span<const std::int64_t> by_place,
                                           std::span<const std::int64_t> by_step);

}  // namespace icosa::methods::scan
