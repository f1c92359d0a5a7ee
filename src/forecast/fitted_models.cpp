/// Octobers in order: each fit starts at that of the lesson before it.
#include "forecast/fitted_models.hpp"

#include <algorithm>

namespace icosa::forecast {
namespace {

constexpr int october = 9;
constexpr int months_a_year = 12;
constexpr int months_between_lessons = 36;

/// The newest month at or before this one that is `place` months into its cycle.
int newest(int month, int cycle, int place) { return month - ((month - place) % cycle + cycle) % cycle; }

int newest_for(int month, FitsFor use) {
    return newest(month, use == FitsFor::Forecast ? months_a_year : months_between_lessons, october);
}

}  // namespace

FittedModels::FittedModels(const CountPanel& panel, int first_step, int last_step, Fitting fitting)
    : panel_(panel),
      first_step_(first_step),
      last_step_(last_step),
      fitting_(fitting),
      features_(panel),
      switching_(panel) {}

void FittedModels::fit(int october_of_fit) {
    if (fits_.contains(october_of_fit)) return;
    std::int64_t known = 0;
    for (const auto& series : panel_.series)
        known += std::max(0, std::min(series.end() - 1, october_of_fit) - series.first + 1);
    if (known < fewest_unit_months) return;
    const auto found = fits_.find(newest_for(october_of_fit - 1, FitsFor::Lesson));
    const Fits* before = found == fits_.end() ? nullptr : &found->second;
    Fits made;
    auto hurdle = HurdleModel::fit(features_, october_of_fit, first_step_, last_step_,
                                   before && before->hurdle ? &*before->hurdle : nullptr);
    if (hurdle) made.hurdle.emplace(std::move(*hurdle));
    made.switching = switching_.fit(october_of_fit, before ? &before->switching : nullptr);
    fits_.emplace(october_of_fit, std::move(made));
}

void FittedModels::fit_until(int origin) {
    if (fitting_ == Fitting::LeftOut) return;
    const int earliest = panel_.first() + fewest_months - 1, forecast = newest_for(origin, FitsFor::Forecast);
    for (int at = newest_for(earliest - 1, FitsFor::Lesson) + months_between_lessons; at <= forecast;
         at += months_between_lessons)
        fit(at);
    if (forecast >= earliest) fit(forecast);
}

const FittedModels::Fits* FittedModels::at(int origin, FitsFor use) const {
    const auto found = fits_.find(newest_for(origin, use));
    return found == fits_.end() ? nullptr : &found->second;
}

}  // namespace icosa::forecast
