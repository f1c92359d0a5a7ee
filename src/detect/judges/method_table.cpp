/// The table of methods for one series: the families joined, and what they share.
#include "detect/judges/method_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "detect/judges/method_family.hpp"

namespace icosa::detect {

std::vector<Judgement> judgements_of(const std::vector<methods::Alarm>& alarms, std::span<const double> of) {
    std::vector<Judgement> out;
    out.reserve(alarms.size());
    for (std::size_t i = 0; i < alarms.size(); ++i) {
        const methods::Alarm& one = alarms[i];
        out.push_back({.expected = one.expected,
                       .threshold = one.threshold,
                       .score = one.unusualness,
                       .alarm = one.alarm,
                       .observed = of[i],
                       .p_value = one.p_value});
    }
    return out;
}

std::vector<Judgement> both_sides(std::vector<Judgement> upper, const std::vector<Judgement>& lower,
                                  std::span<const double> values) {
    for (std::size_t i = 0; i < upper.size(); ++i) {
        const bool alarm = upper[i].alarm || lower[i].alarm;
        const double p = std::min(1.0, 2 * std::min(upper[i].p_value, lower[i].p_value));
        if (values[i] < upper[i].expected) upper[i] = lower[i];
        upper[i].score = std::fabs(2 * upper[i].score - 1);
        upper[i].p_value = std::isnan(upper[i].p_value) ? upper[i].p_value : p;
        upper[i].alarm = alarm;
    }
    return upper;
}

Result<void> check_counts(const Series& series) {
    for (std::size_t i = 0; i < series.values.size(); ++i) {
        const double y = series.values[i];
        if (std::isnan(y)) continue;
        if (y < 0)
            return fail(Fault::Data, "negative-count", {"", static_cast<int>(i), 0},
                        fmt::format("a count is {}, allowed are 0 and more", number_text(y)),
                        "use robust-deviation for measured values");
        if (y != std::floor(y) || std::isinf(y))
            return fail(Fault::Data, "not-a-count", {"", static_cast<int>(i), 0},
                        fmt::format("a count is {}, allowed are whole numbers", number_text(y)),
                        "use robust-deviation for measured values");
    }
    return {};
}

double no_test(const pack::Options&) { return 0; }
int one_period(const pack::Options&) { return 1; }
int window_periods(const pack::Options& options) { return options.whole("window"); }
double alpha_of(const pack::Options& options) { return options.number("alpha"); }

std::span<const Method> methods() {
    static const std::vector<Method> table = [] {
        std::vector<Method> out;
        for (const auto family : {count_methods(), seasonal_methods(), chart_methods(), level_methods(),
                                  change_methods(), trend_methods(), price_methods()}) {
            for (const Method& method : family) out.push_back(method);
        }
        return out;
    }();
    return table;
}

const Method* find_method(std::string_view name) {
    for (const Method& method : methods()) {
        if (method.spec.name == name) return &method;
    }
    return nullptr;
}

}  // namespace icosa::detect
