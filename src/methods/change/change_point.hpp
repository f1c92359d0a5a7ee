/// Change points: into which stretches of equal level does a whole series fall, and when did each begin?
#pragma once

#include <limits>
#include <span>
#include <vector>

namespace icosa::methods {

/// What a segment costs: minus twice its log-likelihood at its own mean, up to a constant of the series.
enum class SegmentCost { Mean, Poisson, NegativeBinomial };

/// What a further change costs; n observed values.
enum class PenaltyRule { Bic, Mbic, Aic, HannanQuinn, Manual };

struct PeltOptions {
    SegmentCost cost = SegmentCost::Mean;
    PenaltyRule penalty = PenaltyRule::Bic;
    double penalty_value = 0;   ///< Manual: above 0
    int min_size = 2;           ///< observed values that a segment must have
    double sigma = 0;           ///< Mean: the known standard deviation; 0 = estimated once, from the whole series
    double size = 0;  ///< NegativeBinomial: variance = mean + mean^2 / size; 0 = estimated once, infinity = Poisson
};

struct Segmentation {
    std::vector<int> starts;  ///< first period of each segment; starts[0] = 0, another one is an observed period
    std::vector<double> means;  ///< of what is observed; NaN where nothing is
    std::vector<double> weights;  ///< [n]: of a change at this period, 0 to 1; NaN where nothing is observed
    double penalty = 0;  ///< of one change
    double spread = 0;  ///< Mean: sigma; NegativeBinomial: size; as given or estimated
    double objective = 0;  ///< sum of the segments' deviances + penalties: what was made smallest
};

/// The segmentation of least penalised cost, exact: PELT, its inequality applied to blocks of candidates in place of
/// single ones.
///
///     F(t) = min over s <= t - min_size of F(s) + C(s, t) + penalty,   F(0) = -penalty
///     Mean:             C = sum (y - m)^2 / sigma^2                                      m = mean of the segment
///     Poisson:          C = 2 sum [y log(y / m) - (y - m)]
///     NegativeBinomial: C = 2 sum [y log(y / m) - (y + size) log((y + size) / (m + size))]
///     Bic: 2 log n (a level and a place)    Aic: 4    HannanQuinn: 4 log log n    Manual: penalty_value
///     Mbic: minus twice (3/2 k log n + 1/2 sum log(l_i / n)) for k changes and lengths l_i
///     weight of a change at t between its neighbours a < t < b:  1 / (1 + exp(-(C(a, b) - C(a, t) - C(t, b) - penalty)
///     / 2))
///
/// in    values[n]   per period, oldest first, NaN = not observed: left out, so a segment begins at its first observed
/// period. Counts: >= 0, any
///       sigma       0: 1.4826 median |d| / sqrt 2 of the differences d of neighbours, which a few changes do not move;
///       where that is 0, the root
///                   of their mean square over 2
///       size        0: sum y y' / sum [(y' - y)^2 / 2 - (y + y') / 2] over neighbours y, y' (the moments of a pair of
///       equal mean); below 0:
///                   infinity
/// out   no change where fewer than 2 min_size values are observed. Of equal costs the earlier last change; same input,
/// same output src   [killick2012] recursion and pruning inequality C(a, b) + C(b, c) <= C(a, c), which holds for each
/// cost since sigma and size are the whole
///       series'; [jackson2005] the recursion without pruning; [schwarz1978], [akaike1974], [hannan1979], [zhang2007]
///       eq. as R's wbs 1.4 mbic.penalty has it; [raftery1995]: exp(BIC difference / 2) as odds, for the weight
/// dif   PELT drops single candidates for good, and with few changes drops none: quadratic. Here candidates s stand in
/// blocks of 8, 16, 32, ...;
///       a block that ends with candidate e costs at least min_s [F(s) + C(s, e)] + C(e, t) by the same inequality, so
///       whole blocks are passed over at one evaluation, and the answer stays that of exhaustive dynamic programming to
///       the last bit. Parameters named as ruptures (Pelt) and R changepoint name them: ruptures' model "l2" with jump
///       1 is Mean with sigma 1 and Manual, min_size 2 its default; R's cpt.mean takes sigma 1 too; its "SIC" is Bic
/// cost  O(n log n) for the blocks, then a few evaluations a block level and period on noise, ramps and steps alike;
/// O(n^2) at worst.
///       Memory O(n)
/// seen  methods/change_point_test.cpp: equal to exhaustive dynamic programming on random series, and to
/// strucchange 1.5-3; bench/change_point_bench
[[nodiscard]] Segmentation pelt(std::span<const double> values, const PeltOptions& options);

}  // namespace icosa::methods
