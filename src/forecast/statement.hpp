/// A probability in words with its numbers.
#pragma once

#include <string>

#include "forecast/reaching.hpp"
#include "model/findings.hpp"
#include "pack/likelihood.hpp"

namespace icosa::forecast {

/// "1 in 14" up to one half, "87 in 100" above; "less than 1 in 1000", "more than 999 in 1000" at the ends.
[[nodiscard]] std::string odds_text(double probability);
/// "7.1 %", "0.4 %", "87 %".
[[nodiscard]] std::string percent_text(double share);

/// What is said to happen: to whom, what, by when.
struct Outcome {
    std::string subject_title;
    std::string unit;      ///< "fatalities"
    double line = 0;
    std::string first;     ///< "2020-12"
    std::string last;      ///< "2021-11"
};

/// Number, interval, horizon, definition of the outcome, base rate and one word of the scale, in fields and as one
/// sentence. A subject that stands below the line gets "reaches", one that reached it "again reaches".
[[nodiscard]] model::Probability stated(const Odds& odds, const Outcome& outcome, const pack::LikelihoodScale& scale);

}  // namespace icosa::forecast
