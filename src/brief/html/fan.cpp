/// Whole-number coordinates in the box of the other plots.
#include "brief/html/fan.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "brief/escape.hpp"
#include "brief/html/box.hpp"
#include "brief/html/plot.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

constexpr double tallest_band = 2;  ///< times the largest count observed or upper quartile ahead

enum Quantile { Q05, Q10, Q25, Q50, Q75, Q90, Q95 };

std::string label(int month) { return period_label(month, PeriodKind::Month); }

struct FanFrame {
    const model::Forecast& of;
    std::size_t n = 0;
    double high = 1;

    explicit FanFrame(const model::Forecast& forecast)
        : of(forecast), n(forecast.observed.size() + static_cast<std::size_t>(gap()) + forecast.months.size()) {
        double shown = 0, all = 0;
        for (const double count : of.observed) shown = std::max(shown, count);
        for (const auto& month : of.months) {
            shown = std::max({shown, month.quantiles[Q75], of.benchmark_mean});
            all = std::max(all, month.quantiles[Q95]);
        }
        high = std::max(1.0, std::max(shown, std::min(all, tallest_band * shown)));
        if (shown == 0) high = std::max(1.0, all);
    }
    /// Months between the newest observed and the first ahead.
    [[nodiscard]] int gap() const {
        return of.months.front().month - (of.first_observed + static_cast<int>(of.observed.size()));
    }
    [[nodiscard]] double step() const { return static_cast<double>(box_right - box_left) / static_cast<double>(n); }
    [[nodiscard]] int edge(std::size_t i) const {
        return static_cast<int>(std::lround(box_left + static_cast<double>(i) * step()));
    }
    [[nodiscard]] int x(std::size_t i) const {
        return static_cast<int>(std::lround(box_left + (static_cast<double>(i) + 0.5) * step()));
    }
    [[nodiscard]] int y(double value) const {
        return static_cast<int>(std::lround(box_base - std::min(value, high) / high * (box_base - box_top)));
    }
    [[nodiscard]] std::size_t ahead(std::size_t m) const {
        return of.observed.size() + static_cast<std::size_t>(gap()) + m;
    }
};

/// Month by month a step, for each is a distribution of its own.
std::string band(const FanFrame& frame, Quantile low, Quantile high) {
    std::string out =
        fmt::format("M{} {}", frame.edge(frame.ahead(0)), frame.y(frame.of.months.front().quantiles[high]));
    for (std::size_t m = 0; m < frame.of.months.size(); ++m)
        out += fmt::format("V{}H{}", frame.y(frame.of.months[m].quantiles[high]), frame.edge(frame.ahead(m) + 1));
    for (std::size_t m = frame.of.months.size(); m-- > 0;)
        out += fmt::format("V{}H{}", frame.y(frame.of.months[m].quantiles[low]), frame.edge(frame.ahead(m)));
    return out + "z";
}

std::string description(const model::Forecast& of) {
    std::string out;
    if (!of.observed.empty()) {
        const auto most = std::max_element(of.observed.begin(), of.observed.end());
        out = fmt::format("Observed {} to {}: last {}, largest {} in {}. ", label(of.first_observed), of.origin,
                          figure(of.observed.back()), figure(*most),
                          label(of.first_observed + static_cast<int>(most - of.observed.begin())));
    }
    for (const auto* month : {&of.months.front(), &of.months.back()}) {
        if (month == &of.months.back() && of.months.size() == 1) break;
        out += fmt::format("Forecast for {}: median {}, 50 % between {} and {}, 90 % between {} and {}. ",
                           label(month->month), figure(month->quantiles[Q50]), figure(month->quantiles[Q25]),
                           figure(month->quantiles[Q75]), figure(month->quantiles[Q05]), figure(month->quantiles[Q95]));
    }
    return out + fmt::format("Mean of the last twelve months: {}.", figure(rounded(of.benchmark_mean, 1)));
}

}  // namespace

std::string render_fan(const model::Forecast& forecast, std::string_view id) {
    if (forecast.months.empty()) return {};
    const FanFrame frame(forecast);
    const std::size_t first = frame.ahead(0);
    std::string out = fmt::format(
        "<figure class=\"plot fan\"><svg viewBox=\"0 0 720 224\" role=\"img\" aria-labelledby=\"{0}t {0}d\"><title "
        "id=\"{0}t\">{1}</title><desc id=\"{0}d\">{2}</desc>",
        id, html(forecast.subject_title + ", " + forecast.unit), html(description(forecast)));
    out += fmt::format("<path class=\"axis\" d=\"M{} {}H{}M{} {}H{}\"/>", box_left, box_base, box_right, box_left,
                       box_top, box_right);
    out += fmt::format("<path class=\"f90\" d=\"{}\"/><path class=\"f80\" d=\"{}\"/><path class=\"f50\" d=\"{}\"/>",
                       band(frame, Q05, Q95), band(frame, Q10, Q90), band(frame, Q25, Q75));
    std::string median, bars;
    for (std::size_t m = 0; m < forecast.months.size(); ++m)
        median += fmt::format("{}{} {}H{}", m == 0 ? "M" : "L", frame.edge(frame.ahead(m)),
                              frame.y(forecast.months[m].quantiles[Q50]), frame.edge(frame.ahead(m) + 1));
    for (std::size_t i = 0; i < forecast.observed.size(); ++i)
        bars += fmt::format("M{} {}V{}", frame.x(i), box_base, std::min(frame.y(forecast.observed[i]), box_base - 3));
    if (!bars.empty())
        out += fmt::format("<path class=\"bar\" stroke-width=\"{}\" d=\"{}\"/>",
                           std::clamp(static_cast<int>(std::lround(frame.step() * 0.72)), 2, 44), bars);
    out += fmt::format("<path class=\"exp\" d=\"{}\"/>", median);
    out += fmt::format("<path class=\"thr\" d=\"M{} {}H{}\"/>", frame.edge(first), frame.y(forecast.benchmark_mean),
                       box_right);
    out += fmt::format("<path class=\"now\" d=\"M{} {}V{}\"/>", frame.edge(first), box_top, box_base);
    out += fmt::format("<text x=\"{}\" y=\"{}\" class=\"e\">{}</text><text x=\"{}\" y=\"{}\" class=\"e\">0</text>",
                       box_left - 10, box_top + 8, html(axis_text(frame.high)), box_left - 10, box_base + 7);
    out += fmt::format("<text x=\"{}\" y=\"{}\">{}</text><text x=\"{}\" y=\"{}\" class=\"e\">{}</text>", box_left,
                       box_base + 32,
                       label(forecast.observed.empty() ? forecast.months.front().month : forecast.first_observed),
                       box_right, box_base + 32, label(forecast.months.back().month));
    return out
        + fmt::format("</svg><figcaption><b>{}</b>, {}. {}.</figcaption></figure>\n", html(forecast.subject_title),
                      html(forecast.unit), html(without_stop(forecast.probability.statement)));
}

std::string fan_legend_items() {
    return "<li><svg viewBox=\"0 0 80 40\" aria-hidden=\"true\"><path class=\"f90\" d=\"M4 2H76V38H4z\"/><path "
           "class=\"f80\" d=\"M4 8H76V34H4z\"/><path class=\"f50\" d=\"M4 15H76V28H4z\"/></svg> forecast: 90, 80, 50 % "
           "of its distribution</li>"
           "<li><svg viewBox=\"0 0 80 40\" aria-hidden=\"true\"><path class=\"exp\" d=\"M4 20H76\"/></svg> its "
           "median</li>"
           "<li><svg viewBox=\"0 0 80 40\" aria-hidden=\"true\"><path class=\"thr\" d=\"M4 20H76\"/></svg> mean of the "
           "last twelve months, the simple rule</li>";
}

}  // namespace icosa::brief
