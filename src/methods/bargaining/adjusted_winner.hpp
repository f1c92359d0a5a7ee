/// Adjusted winner: two parties with a hundred points each divide issues so that both get the same share of them.
#pragma once

#include <span>
#include <vector>

namespace icosa::methods {

struct AdjustedWinner {
    std::vector<double> first_share;  ///< [issues]: how much of it the first party wins, 0 to 1
    double first_points = 0;          ///< of 100
    double second_points = 0;
    int divided = -1;                 ///< the issue that both share; -1 = none
};

/// Issues go to whoever has put more points on them; then issues pass from the party with more points to the other one,
/// those first on which the two differ least, until both have as many points. At most one issue is divided.
///
///     order of passing:  points of the leading party / points of the other, ascending
///
/// in    first[issues], second[issues]: points, 0 or more, each with a sum above 0; both are brought to a sum of 100
/// out   both have the same points, to rounding. An issue of equal points goes to the party that trails then
/// src   [brams1996] ch. 4, the procedure and its properties (efficient, envy-free, equitable); the Panama Canal case
/// in
///       ch. 5: 66 points each
/// seen  methods/bargaining_test.cpp: that case, and no division of random cases gives both more
[[nodiscard]] AdjustedWinner adjusted_winner(std::span<const double> first, std::span<const double> second);

}  // namespace icosa::methods
