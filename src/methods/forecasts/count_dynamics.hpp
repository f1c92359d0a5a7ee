/// Counts whose law switches: a hidden chain of levels, from peace to high war, fitted over many series at once and
/// followed month by month.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace icosa::methods {

/// The law of a count while in a state: negative binomial, variance mean + mean^2 / size, with an extra share of zeros.
struct CountState {
    double mean = 0;  ///< of the negative binomial, the extra zeros apart
    double size = 1;
    double extra_zeros = 0;  ///< [0, 1)
};

/// A hidden Markov model of counts, its states in the order of their means.
struct SwitchingCounts {
    std::vector<CountState> states;  ///< K
    std::vector<double> initial;  ///< K, sums to 1
    std::vector<double> transition;  ///< K x K, row-major, from row to column; rows sum to 1
    double log_likelihood = 0;  ///< of the series it was fitted to, at these parameters
    int iterations = 0;

    [[nodiscard]] std::size_t many() const { return states.size(); }
};

enum class ZeroLaw { Plain, Inflated };
/// Means of the states: fitted, or but for the first (peace) a ladder of fixed rungs, evenly apart on a logarithmic
/// scale, from 0.3 to seven tenths of the largest count; what is then learned is how wide each rung is and how one
/// moves between them.
enum class StateMeans { Fitted, Ladder };

struct SwitchingOptions {
    int states = 6;
    StateMeans means = StateMeans::Fitted;
    ZeroLaw zeros = ZeroLaw::Plain;
    int iterations = 40;  ///< at most
    double tolerance = 1e-5;  ///< stop once a step gains less, per observation; at least six are made, two from a fit
    double pseudo_count = 1;  ///< transitions added to each row: half to the state itself, a quarter to each nearest
    double borrowed = 0;  ///< transitions added to each row but the first, as those of the other rows move, the nearer
                          ///< the more; instead of the above
    double borrow_reach = 8;  ///< states; what a row i gives to j falls to 1/e in so many
};

/// log P(Y = count | state).
[[nodiscard]] double log_probability(double count, const CountState& state);

/// Baum-Welch over all series together: emissions and transitions are shared.
///
///     alpha_1 = delta P(y_1),  alpha_t = alpha_(t-1) A P(y_t), scaled to sum to 1 at each t;  log L = sum of the logs
///     of the scales A_jk from expected transitions C_jk + prior_jk;  mean_k = sum u_k(t) y_t / sum u_k(t);  size_k
///     where the slope of the expected log-likelihood is 0 prior_jk = borrowed sum_i exp(-|i - j| / reach) C_i,(i+k-j)
///     / sum,  i, j > first: moves are alike at all levels; into the first state stays into it
///
/// in    series, each counts[n] >= 0, whole, oldest first, NaN = not observed (its law is 1 in every state);
/// options.states 2 to 32;  from: a model of as many states to start at, its rungs laid
///       anew where they are a ladder; null = none
/// out   states ordered by their means; the same for the same input. Without observations, the start: the ladder
/// src   [rabiner1989] the algorithms, scaling, several series at once; [zucchini2009] counts as emissions
/// dif   pseudo-counts and borrowed moves, so that a rare state keeps ways in and out; sizes between 0.02 and 1e6, on
/// rungs above 25 at least 0.3 (one
///       seen a few times would else be as wide as the rest together)
/// cost  O(months K^2 + distinct values K) an iteration
/// seen  methods/count_dynamics_test.cpp: log-likelihood, filter and one step of R
[[nodiscard]] SwitchingCounts fit_switching_counts(std::span<const std::span<const double>> series,
                                                   const SwitchingOptions& options,
                                                   const SwitchingCounts* from = nullptr);

/// One step of expectation and maximisation from a model.
[[nodiscard]] SwitchingCounts improved(const SwitchingCounts& model, std::span<const std::span<const double>> series,
                                       const SwitchingOptions& options);

struct StatePath {
    std::vector<double> share;  ///< [n][K]
    double log_likelihood = 0;
};

/// P(state at t | counts up to t), for each t: later counts change nothing.
[[nodiscard]] StatePath filtered_states(const SwitchingCounts& model, std::span<const double> counts);
/// P(state at t | all counts).
[[nodiscard]] StatePath smoothed_states(const SwitchingCounts& model, std::span<const double> counts);

/// P(state `steps` later), from shares now: steps >= 0, cost O(steps K^2).
[[nodiscard]] std::vector<double> states_ahead(const SwitchingCounts& model, std::span<const double> now, int steps);

}  // namespace icosa::methods
