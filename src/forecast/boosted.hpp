/// The boosted model: trees say how likely each class of change from a unit's level is, past changes fill the classes.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

#include "base/result.hpp"
#include "forecast/count_panel.hpp"
#include "forecast/features.hpp"
#include "methods/forecasts/count_model.hpp"

namespace icosa::forecast {

struct BoostedRecipe {
    int rounds = 60;
    int depth = 2;
    double rate = 0.2;
    int classes = 14;  ///< no count, and so many less one of equal numbers of past changes (1 + count) / (1 + level)
};

/// One classifier for all units and steps, learned at an origin from months that were over by then.
///
///     class     0 where there is no count, else by the quantiles of (1 + count) / (1 + level); level as
///     methods::Situation within    eight quantiles of such changes in the class from a level alike (to 1, to 25,
///     further), times (1 + level), less 1 columns   those of Features, own counts no larger than 100: beyond, only how
///     they move tells wars apart, so that one larger than all before is
///               like smaller ones that moved as it does;  newest, 3, 6 and 12 months against longer ones;  the
///               greatest of 12 and of 60 months against the mean of 12;  how many of 60 months reached a third of that
///               mean
///     rows      every third month of a unit with a year behind, in three of the steps in turn; where five years had
///     been silent every twelfth, for four
///
/// src   [friedman2001] the boosting, [chen2016] the library, by its C interface, one thread: the same bytes from the
/// same rows; classes are ours cost  191 units with 30 years behind: a fit 1 s of processor time, 12 months of a unit
/// 25 us seen  forecast/boosted_test.cpp; docs/forecasts.md
class BoostedModel {
public:
    /// in    panel and features, of the same series, must outlive the model;  1 <= first_step <= last_step
    /// err   too-little-history: fewer than `fewest_counts` rows with a count;  no-booster: what the library says
    [[nodiscard]] static Result<BoostedModel> fit(const CountPanel& panel, const Features& features, int origin,
                                                  int first_step, int last_step, const BoostedRecipe& recipe = {});

    /// The distribution at each step; an origin from the fit's on. Safe from several threads.
    [[nodiscard]] std::vector<methods::CountEnsemble> ahead(std::size_t unit, int origin, int first_step,
                                                            int last_step) const;

    static constexpr int fewest_counts = 200;

private:
    static constexpr std::size_t level_classes = 3, points = 8;
    struct Free {
        void operator()(void* booster) const;
    };
    BoostedModel(const CountPanel& panel, const Features& features, const BoostedRecipe& recipe);
    struct Lessons;
    [[nodiscard]] Lessons lessons(int origin, int first_step, int last_step) const;
    /// The class of each lesson; fills changes_.
    [[nodiscard]] std::vector<float> learn_classes(const Lessons& lessons);
    Result<void> grow(const Lessons& lessons, const std::vector<float>& labels);
    void add_row(std::size_t unit, int origin, int step, std::vector<float>& to) const;
    [[nodiscard]] double level(std::size_t unit, int month) const {
        return levels_[unit][static_cast<std::size_t>(month - panel_->series[unit].first)];
    }

    const CountPanel* panel_;
    const Features* features_;
    BoostedRecipe recipe_;
    std::vector<std::vector<double>> levels_;
    std::vector<std::size_t> capped_;  ///< columns of own counts
    std::vector<std::array<std::size_t, 2>> against_;  ///< columns told as a difference
    std::size_t mean_of_year_ = 0;
    std::unique_ptr<void, Free> booster_;
    std::vector<std::array<std::array<double, points>, level_classes>> changes_;  ///< within each class but the first
};

}  // namespace icosa::forecast
