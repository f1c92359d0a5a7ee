/// What the families of methods share: their spans of the table, options that recur, and the ways from alarms to
/// judgements.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "detect/judges/method_table.hpp"
#include "methods/alarms/count_alarm.hpp"

namespace icosa::detect {

/// One family a file; method_table.cpp joins them in this order.
[[nodiscard]] std::span<const Method> count_methods();
[[nodiscard]] std::span<const Method> seasonal_methods();
[[nodiscard]] std::span<const Method> chart_methods();
[[nodiscard]] std::span<const Method> level_methods();
[[nodiscard]] std::span<const Method> change_methods();
[[nodiscard]] std::span<const Method> trend_methods();
[[nodiscard]] std::span<const Method> price_methods();

inline constexpr pack::Field direction_field =
    pack::choice_option("direction", "rise|fall|both",
                        "which departure alarms; both: alpha is halved, the score is two-sided")
        .by_default("rise");
constexpr pack::Field alpha_field(std::string_view fallback) {
    return pack::number_option("alpha", "rate of alarms per period when nothing is going on")
        .in("share")
        .within(1e-9, 0.5)
        .by_default(fallback);
}

/// of[n]: what was judged.
[[nodiscard]] std::vector<Judgement> judgements_of(const std::vector<methods::Alarm>& alarms,
                                                   std::span<const double> of);

/// One side, or both with half of alpha each: then the threshold shown is that of the side the value lies on.
///
///     run(side, part) -> alarms:  part = 1 or 1/2, the share of alpha for that side
template <class Run> std::vector<Judgement> sided(const Series& series, const pack::Options& options, Run run);

/// err   Data: a count that is negative or not whole, with its row
[[nodiscard]] Result<void> check_counts(const Series& series);

// What a row of the table says of a method.
[[nodiscard]] double no_test(const pack::Options& options);       ///< a rule: it has no rate of false alarms
[[nodiscard]] double alpha_of(const pack::Options& options);
[[nodiscard]] int one_period(const pack::Options& options);
[[nodiscard]] int window_periods(const pack::Options& options);   ///< the option `window`

// ---- the template's body ----

/// The two-sided judgement of two one-sided ones.
[[nodiscard]] std::vector<Judgement> both_sides(std::vector<Judgement> upper, const std::vector<Judgement>& lower,
                                                std::span<const double> values);

template <class Run> std::vector<Judgement> sided(const Series& series, const pack::Options& options, Run run) {
    const std::string& direction = options.text("direction");
    if (direction != "both")
        return judgements_of(run(direction == "fall" ? methods::Side::Lower : methods::Side::Upper, 1.0),
                             series.values);
    return both_sides(judgements_of(run(methods::Side::Upper, 0.5), series.values),
                      judgements_of(run(methods::Side::Lower, 0.5), series.values), series.values);
}

}  // namespace icosa::detect
