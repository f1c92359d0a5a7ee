/// The hurdle model of a panel: whether a unit will have a count in a month ahead, and how many, by regression on its
/// features.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "forecast/features.hpp"
#include "methods/forecasts/count_model.hpp"

namespace icosa::forecast {

/// What an aspect of a unit adds to a forecast, against the mean of all rows learned from.
struct Reason {
    std::string_view what;     ///< aspect_name
    double on_occurrence = 0;  ///< log odds of any count
    double on_mean = 0;        ///< log of the mean count where there is one
};

/// One regression for all units and steps, learned from past origins of which the month forecast was over by the origin
/// of the fit.
///
///     P(y <= k) = 1 - p + p G_c(F(k)),  k >= 1
///     logit p by the unit's own past, neighbours, region, covariates and steps ahead;   F the negative binomial cut
///     off at 0, log mu by the own past and the steps, log theta by level, spread, silence and steps;   G_c the
///     distribution of F(y) among the rows learned from whose mu is of class c (to 3, 20, 100, further): even where F
///     is right
///
/// Features are standardised; one that is not observed stands at its mean, beside its own indicator. Some stand also
/// times the steps ahead; levels also from 10 and from 100 on and, for log mu, times the spread: a steady unit keeps
/// its level. Every month is an origin, with four of the steps in turn; a row counts exp(-age / 80 months); of the rows
/// without a count of units silent for five years one in eight is kept, for eight.
///
/// src   [mullahy1986] the hurdle, [rigby2005] the dispersion, [dawid1984] F(y) of a calibrated forecast is uniform;
/// rows, columns, weights and
///       caps are ours. Others' counts and covariates only say whether there will be a count: on its size they lost out
///       of sample, the world's on both
/// cost  a fit over 191 units with 30 years: about 0.3 s and 60 MB; a forecast: about 5 us
/// seen  forecast/hurdle_test.cpp
class HurdleModel {
public:
    /// in    features, which must outlive the model;  1 <= first_step <= last_step
    ///       from: an earlier fit over these features to start at, which takes fewer steps; null = none
    /// err   too-little-history: fewer than `fewest_counts` rows with a count that were over by the origin
    [[nodiscard]] static Result<HurdleModel> fit(const Features& features, int origin, int first_step, int last_step,
                                                 const HurdleModel* from = nullptr);

    /// in    features.has(unit, origin); any step >= 1, meant for those fitted; an origin not before that of the fit,
    /// else it knows later months out   normalised; no value beyond three times the unit's largest count so far and the
    /// largest that ever followed a level like its own
    [[nodiscard]] methods::CountEnsemble ahead(std::size_t unit, int origin, int step) const;
    /// An aspect once, the largest effect on the mean first; the constants of the fit are left out.
    [[nodiscard]] std::vector<Reason> reasons(std::size_t unit, int origin, int step) const;

    static constexpr int fewest_counts = 200;

private:
    enum class Shape { Plain, TimesSteps, TimesSpread, Above };
    struct Term {
        std::size_t column;
        Shape shape;
        double from;  ///< of Above, on the column's own scale
    };
    struct Scale {
        double mean = 0;
        double factor = 0;  ///< 1 / standard deviation; 0 = the column says nothing
    };
    struct Part {
        std::vector<Term> terms;
        std::vector<double> coefficients;  ///< the constant first

        [[nodiscard]] double at(const HurdleModel& model, std::span<const double> row) const;
    };
    struct Lesson;
    static constexpr std::size_t classes = 4, shares = 20;

    explicit HurdleModel(const Features& features);
    [[nodiscard]] std::vector<Lesson> lessons(int origin, int first_step, int last_step) const;
    void fit_scales(std::span<const Lesson> lessons);
    void fit_parts(std::span<const Lesson> lessons, const HurdleModel* from);
    void fit_calibration(std::span<const Lesson> lessons);
    [[nodiscard]] std::size_t column(std::string_view name) const;
    [[nodiscard]] double value(const Term& term, std::span<const double> row) const;
    void calibrate(methods::CountEnsemble& positive, double log_mean) const;

    const Features* features_;
    std::size_t level_, steps_, spread_;  ///< columns
    std::vector<Scale> scales_;
    Part occurrence_, mean_, size_;
    std::array<std::array<double, shares>, classes> calibration_{};  ///< density of F(y), by twentieths
    std::vector<double> largest_after_;  ///< a level, by the whole part of its log1p
};

}  // namespace icosa::forecast
