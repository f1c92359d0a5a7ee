/// How likely is it that a unit's sum over the months ahead reaches a line? Counted over past cases like the one at
/// hand, since months' distributions are no path.
#pragma once

#include <vector>

#include "forecast/count_panel.hpp"
#include "forecast/stack.hpp"

namespace icosa::forecast {

/// Did the unit's newest months, as many as are looked ahead, reach the line themselves?
enum class Standing { Below, Reached };

struct Odds {
    double probability = 0;
    double low = 0;         ///< 5 and 95 % of the posterior
    double high = 1;
    double cases = 0;       ///< past cases that it rests on; those of one unit that overlap are one
    Standing standing = Standing::Below;
    double base_rate = 0;   ///< of all past cases of the same standing, whatever their likeness
    double base_cases = 0;
    double benchmark = 0;   ///< of the sum of as many independent draws from the unit's last 12 months
};

/// Odds at origins of one panel.
///
///     p ~ Beta(n s + 1/2, n (1 - s) + 1/2);  probability = its mean, low and high its 5 and 95 %
///     s = share of the cases whose following months, rescaled to the unit's level, sum to the line;   n = how many of
///     them do not overlap cases: the `most_cases` nearest past situations; for a unit quiet for five years, all that
///     were
///
/// in    line > 0; the panel and the stack must outlive this; 1 <= first_step <= last_step, those of the stack
/// out   of months up to the origin only: a case's months were over by then
/// src   [lorenz1969] what followed the like; [brown2001] the interval from Jeffreys' prior; counting overlapping cases
/// once is ours cost  O(units months) to set up, then as Stack::neighbours a unit that is not quiet
class Reaching {
public:
    Reaching(const CountPanel& panel, const Stack& stack, int first_step, int last_step, double line);
    /// The unit has a count at the origin and, like the origin, a year behind it.
    [[nodiscard]] Odds odds(std::size_t unit, int origin) const;
    /// What came: does the sum over the months ahead reach the line? They must be in the panel.
    [[nodiscard]] bool reached(std::size_t unit, int origin) const { return ahead(unit, origin) >= line_; }

    static constexpr std::size_t most_cases = 100;
    static constexpr int shortest_past = 12;  ///< months behind a case, and behind the unit at the origin

private:
    struct Tally {
        double cases = 0;
        double reached = 0;
    };
    [[nodiscard]] double ahead(std::size_t unit, int month) const;
    [[nodiscard]] Standing standing(std::size_t unit, int month) const;
    [[nodiscard]] Tally up_to(const std::vector<Tally>& by_month, int origin) const;

    const CountPanel& panel_;
    const Stack& stack_;
    int first_step_, last_step_;
    double line_;
    std::vector<std::vector<double>> sums_;  ///< of each unit, sums_[i] of the counts before its i-th
    std::vector<Tally> below_, reached_, quiet_;  ///< by month from the panel's first, running
};

}  // namespace icosa::forecast
