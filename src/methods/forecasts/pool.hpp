/// Linear pools: several forecast distributions mixed into one, their weights learned from what came.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {

/// Thresholds at which a distribution of a count is compared: 0, 1, .. 10, then 15 % apart up to 60,000.
[[nodiscard]] std::span<const double> count_thresholds();

/// P(X <= z) at each threshold; the ensemble need not be normalised.
void distribution_at_thresholds(std::span<const WeightedCount> ensemble, std::vector<double>& out);

/// Weighted squared errors of K distributions against an outcome: the score of any mixture of them is a quadratic form
/// of these.
///
///     G_jk = sum_z (F_j(z) - 1{y <= z}) (F_k(z) - 1{y <= z}) v(z),   CRPS(sum w_k F_k) = w' G w
///     v(z) = next threshold - z (fatalities), or its logarithm: log(1 + next) - log(1 + z)
///
/// in    distributions[K], each at the thresholds; outcome >= 0
/// out   added onto raw and logarithmic, K x K, row-major; only j >= k is filled
/// src   [matheson1976] the score as an integral over thresholds; [gneiting2011] weights v; the pool's score is
/// quadratic in w
void add_squared_errors(std::span<const std::vector<double>> distributions, double outcome, std::vector<double>& raw,
                        std::vector<double>& logarithmic);

struct PoolOptions {
    double pull = 0.1;      ///< towards the prior, in the unit of the mean diagonal of G; 0 = none
    int iterations = 3000;
};

/// Weights w >= 0, sum 1, least  w' G w / 2 + pull g sum_k w_k log(w_k / prior_k), by exponentiated gradient; g the
/// mean diagonal of G where prior > 0.
///
/// in    G[K][K], its lower triangle;  prior[K] >= 0, some > 0; what is 0 stays 0
/// out   the prior itself where G is 0 (nothing was learned)
/// src   [kivinen1997] exponentiated gradient; the pull to the prior is ours: free weights lose to nearly equal ones
/// out of sample cost  O(iterations K^2)
[[nodiscard]] std::vector<double> pool_weights(std::span<const double> squared_errors, std::span<const double> prior,
                                               const PoolOptions& options = {});

/// v' G w: of one mixture its score, of two what they have in common.
///
/// in    G[K][K], its lower triangle;  v[K], w[K]
[[nodiscard]] double pooled_error(std::span<const double> squared_errors, std::span<const double> v,
                                  std::span<const double> w);

}  // namespace icosa::methods
