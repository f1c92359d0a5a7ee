/// How likely each unit is to get worse: chances at origins of the past and of now, from one fit a calendar year.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/result.hpp"
#include "forecast/escalation_features.hpp"
#include "forecast/event_booster.hpp"
#include "methods/forecasts/event_forest.hpp"
#include "methods/forecasts/event_regression.hpp"

namespace icosa::forecast {

struct EscalationRecipe {
    double ridge = 200;  ///< of the regressions, in past cases
    std::vector<double> other_lines = {0.6, 1.6};  ///< the regressions learn too whether so many times what is needed
                                                   ///< was reached: more cases happen, and less is left to chance
    int trees = 200;  ///< of the forest
    int rounds = 120;  ///< of the booster
    int trees_a_round = 3;  ///< of the booster, each of other rows and columns: their mean is steadier than one
    int months_between_rows = 1;  ///< of a unit in what is learned from
    int silent_rows_one_in = 8;  ///< of the rows after five silent years, weighted accordingly
    std::size_t most_rows = 60000;  ///< of a fit; larger panels are thinned further
};

/// What is said of a unit at an origin, and what came.
struct ChanceAt {
    std::size_t unit = 0;  ///< in the panel
    int origin = 0;
    double probability = 0;
    double benchmark = 0;  ///< by the better of two simple rules
    double base_rate = 0;  ///< share of all cases of all units that were over by the origin
    double before = 0, after = 0;  ///< sums of the months up to and after the origin; after is NaN where not known yet
    bool is_onset = false;  ///< fewer than `quiet_deaths` in the twelve months to the origin
};
inline constexpr double quiet_deaths = 25;

/// Fitted at an origin from cases of which the last month was over by then.
///
///     logit p = mean of four:  R(all), R(own), F(all), B(all) upon R(all)
///     R  ridge regression on standardised features;  F  extremely randomised trees, held within 1/2000 and its
///     complement;  B  boosted trees;  own: without the other counts of the units
///     benchmark: a regression on one rule, the sum of 24 months or three months' level against the twelve before, the
///     one with the better Brier score on the past cases
///
/// in    the features must outlive it
/// err   too-little-history: fewer than `fewest_rises` past cases in which it happened;  no-booster
/// src   [lecessie1992] R, [geurts2006] F, [friedman2001] B; the mean of their logits, equal weights, is
///       ours: learned ones would rest on few years
/// cost  191 units with 30 years behind: a fit 4 s of processor time, 0.4 s as watches ask for it, a chance 30 us
/// seen  forecast/escalation_test.cpp; docs/forecasts.md
class EscalationModel {
public:
    [[nodiscard]] static Result<EscalationModel> fit(const EscalationFeatures& features, int origin,
                                                     const EscalationRecipe& recipe = {});

    /// values[rows][columns of the features]. Safe from several threads.
    [[nodiscard]] Result<std::vector<double>> probabilities(std::span<const float> values, std::size_t rows) const;
    [[nodiscard]] double benchmark(std::size_t unit, int month) const;
    /// Means of the columns over what was learned from, cases in which it happened and others alike.
    [[nodiscard]] std::span<const float> typical() const { return typical_; }

    static constexpr int fewest_rises = 30;

private:
    [[nodiscard]] std::vector<float> own_of(std::span<const float> values) const;
    enum class Rule : std::uint8_t { Level, Turn };
    const EscalationFeatures* features_ = nullptr;
    std::vector<std::size_t> own_;  ///< columns
    methods::EventRegression all_regression_, own_regression_, rule_regression_;
    methods::EventForest forest_;
    std::optional<EventBooster> booster_;  ///< upon all_regression_
    Rule rule_ = Rule::Level;
    std::vector<float> typical_;
    friend float rule_value(const EscalationFeatures& features, std::size_t unit, int month, Rule rule);
};

struct EscalationHistory {
    std::vector<ChanceAt> chances;  ///< by origin, then by unit
    std::vector<int> years_not_fitted;  ///< too little history by January: said is the base rate
    std::optional<EscalationModel> newest;  ///< the fit of the last year; nothing where it was not fitted
};

/// Chances at all origins from first to last of all units with a value there and in the asked months up to it. The
/// origins of a calendar year share a fit, made from what was over by its January: nothing that came after an origin
/// has a part in what is said there, and a run over other origins says the same.
///
/// in    threads >= 1, the result is the same for any;  done: called with the number of years done, from any thread,
///       one at a time
/// err   no-booster
[[nodiscard]] Result<EscalationHistory> escalation_history(const EscalationFeatures& features, int first_origin,
                                                           int last_origin, int threads,
                                                           const EscalationRecipe& recipe = {},
                                                           const std::function<void(int)>& done = {});

}  // namespace icosa::forecast
