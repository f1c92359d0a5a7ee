/// Scores of forecasts: how far a distribution, given as draws or as probabilities, was from what came.
#pragma once

#include <span>
#include <vector>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {

/// Continuous ranked probability score of an ensemble, in the unit of the outcome; smaller is better, for one draw it
/// is |x - y|.
///
///     CRPS = mean_i |x_i - y|  -  1/2 mean_ij |x_i - x_j|,   i, j over all pairs
///     sum_ij |x_i - x_j| = 2 sum_i x_(i) (2 i - n - 1),   x_(i) sorted, i from 1
///
/// in    draws[n], any order, no NaN, n >= 1 (none gives NaN);  outcome
/// out   within 1e-9 of the sums over pairs, relative to the largest draw
/// src   [gneiting2007] sec. 4.2; the pairs are all n^2 (not n (n - 1)), as the prediction challenge of [hegre2024]
/// scores cost  O(n log n) seen  methods/score_test.cpp: the sums over pairs; tests/real: the challenge's windows
[[nodiscard]] double crps(std::span<const double> draws, double outcome);

/// Of draws already sorted upwards: O(n), no copy.
[[nodiscard]] double crps_sorted(std::span<const double> draws, double outcome);

/// Lower edges of the bins in which the challenge counts draws: 0 | 1-2 | 3-5 | 6-10 | 11-25 | .. | 501-1000 | over
/// 1000.
inline constexpr double ignorance_edges[] = {0, 0.5, 2.5, 5.5, 10.5, 25.5, 50.5, 100.5, 250.5, 500.5, 1000.5};

/// Ignorance score of binned draws, in bits.
///
///     IGN = -log2( (n_b + 1) / (n + B) ),   b the outcome's bin, n_b the draws in it, B = 11 bins, one pseudo-draw in
///     each
///
/// in    draws[n], n >= 0;  outcome;  values below 0 count as the first bin
/// src   [roulston2002] the score; [hegre2024] bins and pseudo-draws
/// cost  O(n)
[[nodiscard]] double ignorance(std::span<const double> draws, double outcome);

/// Interval score of the central (1 - alpha) interval, in the unit of the outcome: its width and, where the outcome
/// lies outside, 2 / alpha times how far.
///
///     MIS = (u - l) + 2/alpha (l - y)+ + 2/alpha (y - u)+,   l, u the alpha/2 and 1 - alpha/2 quantiles of the draws,
///     type 7
///
/// in    draws[n], any order, n >= 1 (none gives NaN);  alpha (0, 1)
/// src   [gneiting2007] sec. 6.2; quantiles [hyndman1996] definition 7
[[nodiscard]] double interval_score(std::span<const double> draws, double outcome, double alpha = 0.1);
[[nodiscard]] double interval_score_sorted(std::span<const double> draws, double outcome, double alpha = 0.1);

/// Quantile, type 7, of draws sorted upwards.
[[nodiscard]] double quantile_sorted(std::span<const double> draws, double probability);

/// Of a probability of a yes or no: (p - o)^2, and -log2 of what was given to what came (infinite where that was 0).
///
/// in    probability [0, 1]
/// src   [brier1950]; [good1952] the logarithmic score
enum class Happened { No, Yes };
[[nodiscard]] double brier(double probability, Happened happened);
[[nodiscard]] double log_score(double probability, Happened happened);

/// Average precision: the area under the precision-recall curve, as a sum of steps.
///
///     AP = sum_k (R_k - R_(k-1)) P_k,   k over the distinct probabilities, falling;
///     R_k, P_k recall and precision where "yes" is said from the k-th on: shares found of what happened, right of what
///     was said
///
/// in    probabilities[n], happened[n]
/// out   0 to 1; NaN where nothing happened.  A forecast that knows nothing has about the share of what happened
/// src   [boyd2013] the estimator and its name, without interpolation; [davis2006] why points of this curve are not
/// joined by straight lines cost  O(n log n);  equal probabilities are one step, so their order does not matter seen
/// methods/score_test.cpp: tests/reference/probability_scores, by an independent script
[[nodiscard]] double average_precision(std::span<const double> probabilities, std::span<const Happened> happened);

/// Probability integral transform of a count, as an interval: for calibrated draws, a value drawn evenly between the
/// two ends is even on (0, 1).
///
///     [ P(X < y), P(X <= y) ]
///
/// src   [czado2009] sec. 2: the transform for counts that is not random
struct PitInterval {
    double below = 0;
    double up_to = 0;
};
[[nodiscard]] PitInterval pit(std::span<const double> draws, double outcome);

/// Does the central interval of this share (0.5, 0.8, 0.9), type 7 quantiles of sorted draws, hold the outcome, ends
/// included?
[[nodiscard]] bool covers_sorted(std::span<const double> draws, double outcome, double share);

/// A tally: values rising, none twice, the weight of each the number of draws that have it. Every score of a tally is
/// that of its draws.
///
/// in    draws[n], any order, no NaN
/// out   in tally, whose memory is used again
/// cost  O(n) where draws are whole counts below 1,024, else O(n log n) in those that are not
class Tally {
public:
    void count(std::span<const double> draws);
    [[nodiscard]] std::span<const WeightedCount> values() const { return values_; }

private:
    std::vector<WeightedCount> values_;
    std::vector<std::int64_t> small_;  ///< times of each small count
    std::vector<double> others_;
};

/// CRPS, IGN, MIS, quantile and coverage as above, of a tally of n >= 1 draws.
///
///     sum_ij |x_i - x_j| = 2 sum_k x_k m_k (2 M_k + m_k - n),   m_k times of the k-th value, M_k of the values below
///     it
///
/// cost  O(values)
/// seen  methods/score_test.cpp: equal to the scores of the draws
[[nodiscard]] double crps_tallied(std::span<const WeightedCount> tally, double outcome);
[[nodiscard]] double ignorance_tallied(std::span<const WeightedCount> tally, double outcome);
[[nodiscard]] double interval_score_tallied(std::span<const WeightedCount> tally, double outcome, double alpha = 0.1);
[[nodiscard]] double quantile_tallied(std::span<const WeightedCount> tally, double probability);
[[nodiscard]] bool covers_tallied(std::span<const WeightedCount> tally, double outcome, double share);

}  // namespace icosa::methods
