/// Forecast distributions of counts, as weighted values: a unit's own past, what followed situations like its own, and
/// pools of both.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods {

/// A value and its weight > 0.
struct WeightedCount {
    double value = 0;
    double weight = 0;
    bool operator==(const WeightedCount&) const = default;
};

/// A distribution of a count: weights need not sum to 1; values need not be whole until drawn.
using CountEnsemble = std::vector<WeightedCount>;

/// Is the period forecast the last of its year, and is a past one? Sources date what they know by the year alone to its
/// last day, so Decembers of a monthly count stand apart.
struct YearEnd {
    int season = 12;  ///< periods a year; 0 = no such thing
    int newest = 0;  ///< position in the year of the newest value, from 0
    int target = 0;  ///< position in the year of the period forecast
    double other_weight =
        1;  ///< factor on past periods that are year ends where the target is none, and the other way round
};

struct DecayOptions {
    double memory = 5;  ///< periods; the weight of a value falls to 1/e in so many
    int window = 24;  ///< periods looked back
    double spread = 0.3;  ///< standard deviation of the logarithm; 0 = the values as they are
    YearEnd year_end = {0, 0, 0, 1};
};

/// A unit's own past, the newer the heavier, each value spread multiplicatively.
///
///     w_a = exp(-a / memory) k_a,   a = age, 0 for the newest;   k_a = other_weight where age and target differ in
///     being a year end values  y_(t-a) exp(spread z_j),  z_j the ten normal quantiles at (j - 1/2) / 10, each w_a / 10
///
/// in    history[n] >= 0, oldest first, n >= 0;  memory > 0;  window >= 1;  spread >= 0
/// out   in the order of age; an empty history gives one value, 0
/// src   the ensemble of the last values is the benchmark "conflictology" of [hegre2024] (memory infinite, window 12,
/// spread 0); decay and spread are ours
[[nodiscard]] CountEnsemble decayed_history(std::span<const double> history, const DecayOptions& options);

/// The last `window` values, equal weights: the challenge's benchmark "conflictology" [hegre2024] at window 12.
[[nodiscard]] CountEnsemble last_values(std::span<const double> history, int window);

struct SeasonOptions {
    int season = 12;  ///< periods a year
    int years = 8;  ///< looked back
    int half_window = 1;  ///< periods either side of the season's own, each with half its weight
    double memory = 4;  ///< years; the weight of a year falls to 1/e in so many
};

/// What followed, as many steps ahead, at the same time of past years, moved to today's level.
///
///     y_(t - s j + h + d) (M_t + 1) / (M_(t - s j) + 1),   j = 1 .. years, |d| <= half_window,   M the mean of the
///     season to that time
///
/// in    history[n] >= 0, oldest first; step h >= 1
/// out   only what was over by t and had a whole season behind; empty where there is none
/// src   the seasonal naive forecast [hyndman2018] as an ensemble, with today's level; ours
[[nodiscard]] CountEnsemble same_season(std::span<const double> history, int step, const SeasonOptions& options = {});

/// Poisson with this mean as weighted counts: all whole counts between the 1e-6 quantiles, at most 400 quantiles of it
/// where those are more.
[[nodiscard]] CountEnsemble poisson_ensemble(double mean);

/// What a unit's past looks like at one time: six coordinates on a logarithmic scale, and the level by which what
/// followed is rescaled.
struct Situation {
    static constexpr int coordinates = 6;
    double at[coordinates] = {};  ///< log(1 + .) of: newest value; means of 3, 12, 36; decayed mean (memory 4); periods
                                  ///< since the last non-zero, at most 120
    double level = 0;  ///< mean with weights exp(-age / 5) over 48 values
    int since_last = 0;  ///< periods since the last value above 0, at most 120
};

/// Situations of a whole series: out[t] uses values 0..t only.
///
/// in    series[n] >= 0
/// cost  O(48 n)
[[nodiscard]] std::vector<Situation> situations(std::span<const double> series);

/// Squared distance, each coordinate times its weight (0.3, 0.5, 0.8, 1, 0.4, 0.35): set by hand, not learned.
[[nodiscard]] double distance(const Situation& a, const Situation& b);

/// What followed an analogue, moved towards the level of the case at hand:  y ((level + 1) / (level_then + 1))^0.8
///
/// src   [lorenz1969] forecasting by the analogue; rescaling is ours, and the power: a level beyond most of the past
/// tends back, so what followed
///       a lower one is not raised in full (from 0.6 to 1 the country-months of 1995-2020 score alike, 0.8 in the
///       middle)
[[nodiscard]] double rescaled(double followed, double level, double level_then);

/// Sorts by value, adds up equal values, scales the weights to sum to 1.
void normalise(CountEnsemble& ensemble);

/// Mean, quantile (smallest value whose cumulated weight reaches the probability, of which 1e-12 may be lost in adding
/// up: six of twelve equal weights are a half) and share at or above a value, of a normalised ensemble.
[[nodiscard]] double mean(std::span<const WeightedCount> normalised);
[[nodiscard]] double quantile(std::span<const WeightedCount> normalised, double probability);
[[nodiscard]] double share_from(std::span<const WeightedCount> normalised, double value);

/// The largest draw: doubles tell whole numbers apart up to here.
inline constexpr double largest_draw = 9007199254740992;  // 2^53

/// n whole draws, sorted upwards, that are the distribution's quantiles at (i - 1/2) / n, rounded: no sampling noise.
///
/// in    a normalised ensemble, not empty;  n >= 1
/// out   none above largest_draw
/// src   [mckay1979] stratified sampling, here at the middles of the strata
[[nodiscard]] std::vector<double> stratified_draws(std::span<const WeightedCount> normalised, int n);

/// Pseudo-random numbers for shuffling: small state, the same on every machine.
///
/// src   [steele2014] splitmix64
class Stream {
public:
    explicit Stream(std::uint64_t seed) : state_(seed) {}
    [[nodiscard]] std::uint64_t next();
    [[nodiscard]] std::uint64_t below(std::uint64_t bound);  ///< even on 0 .. bound - 1; bound >= 1
    void shuffle(std::span<double> values);  ///< every order equally likely

private:
    std::uint64_t state_;
};

}  // namespace icosa::methods
