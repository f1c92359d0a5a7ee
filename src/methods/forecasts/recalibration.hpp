/// Recalibration: probabilities mapped to what was seen where the like were given.
#pragma once

#include <span>

#include "methods/scores/score.hpp"

namespace icosa::methods {

/// logit q = shift + slope logit p, with how sure the two are.
struct LogitMap {
    double shift = 0, slope = 1;
    double variance_shift = 0, covariance = 0, variance_slope = 0;

    struct Interval {
        double probability = 0, low = 0, high = 0;
    };
    /// The mapped probability and its interval of `z` standard errors on the logit scale (1.645: 90 %); 0 < probability
    /// < 1.
    [[nodiscard]] Interval at(double probability, double z = 1.6448536269514722) const;
};

/// Shift and slope by logistic regression of what happened on the logits of what was said, pulled towards (0, 1): no
/// change.
///
///     maximise  sum_i log P(y_i; shift + slope logit p_i)  -  pull/2 (shift^2 + (slope - 1)^2)
///     Cov = A^-1 B A^-1,   A = information + pull I,   B = sum over clusters of the outer products of their summed
///     scores
///
/// in    probabilities[n] within (0, 1);  happened[n];  clusters[n]: cells that depend on each other (months of one
/// unit and origin) have one
///       number, each cluster's cells next to each other;  pull >= 0, in cells
/// out   the map of no change, of no variance, where n = 0
/// src   [cox1958] the regression; [liang1986] the covariance, without a correction for few clusters; the pull is ours
/// cost  O(iterations n), Newton with halved steps
/// seen  methods/recalibration_test.cpp: R's glm and its own covariance, tests/reference/probability_scores
[[nodiscard]] LogitMap fit_logit_map(std::span<const double> probabilities, std::span<const Happened> happened,
                                     std::span<const int> clusters, double pull);

}  // namespace icosa::methods
