/// Chances of getting worse against what came: how well they rank, how true they are.
#pragma once

#include <array>
#include <span>

#include "forecast/escalation.hpp"

namespace icosa::forecast {

struct ChanceScores {
    int cases = 0, happened = 0;
    double average_precision = 0;  ///< NaN where nothing happened
    double of_the_ten = 0;  ///< share right among the ten likeliest of each month, mean over the months; ties share
    double brier = 0;
    double brier_skill = 0;  ///< 1 - brier / that of saying the share of all these cases each time; NaN where that is 0
};

/// Said from k / 10 to (k + 1) / 10: how many, how much, and how often it happened.
struct Reliability {
    int cases = 0, happened = 0;
    double said = 0;  ///< mean
};

struct ChanceReport {
    ChanceScores model, benchmark;
    std::array<Reliability, 10> tenths;  ///< of the model
};

enum class ChanceCases { All, Onsets, Others };

/// Of the chances of which it is known what came.
///
/// src   [brier1950] [boyd2013] the scores, as methods/scores/score.hpp
[[nodiscard]] ChanceReport report_of(std::span<const ChanceAt> chances, const Worsening& asked, ChanceCases of);

}  // namespace icosa::forecast
