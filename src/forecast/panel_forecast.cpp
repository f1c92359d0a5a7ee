/// Lays out counts, looks ahead, looks back.
#include "forecast/panel_forecast.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "methods/scores/score.hpp"

namespace icosa::forecast {
namespace {

constexpr int months_of_an_end = 24;

/// [from, to) of a stretch of observed values.
struct Stretch {
    int from = 0;
    int to = 0;
};

/// The stretch that ends with the last value, else the longest, the later of equal ones.
Stretch stretch_of(std::span<const double> values) {
    Stretch best;
    for (int i = 0, n = static_cast<int>(values.size()); i < n;) {
        if (std::isnan(values[static_cast<std::size_t>(i)])) {
            ++i;
            continue;
        }
        int end = i;
        while (end < n && !std::isnan(values[static_cast<std::size_t>(end)])) ++end;
        if (end == n || end - i >= best.to - best.from) best = {i, end};
        i = end;
    }
    return best;
}

}  // namespace

Result<Gapless> without_gaps(const model::Panel& panel, int newest, Day first) {
    Gapless out;
    const int begin =
        std::max(panel.first_period, first == no_day ? panel.first_period : period_of(first, panel.period));
    const int months = std::min(newest, panel.first_period + panel.periods - 1) - begin + 1;
    for (std::size_t unit = 0; unit < panel.units.size(); ++unit) {
        std::vector<double> values;
        for (int i = 0; i < months; ++i) values.push_back(panel.at(unit, begin + i - panel.first_period));
        const Stretch stretch = stretch_of(values);
        if (stretch.from == stretch.to) continue;
        const auto newest_observed =
            std::find_if(values.rbegin(), values.rend(), [](double value) { return !std::isnan(value); })
            - values.rbegin();
        if (newest_observed > 0 && newest_observed <= months_of_an_end) out.ended.push_back(panel.units[unit]);
        CountSeries series{
            panel.units[unit], begin + stretch.from, {values.begin() + stretch.from, values.begin() + stretch.to}};
        for (std::size_t i = 0; i < series.counts.size(); ++i) {
            const double count = series.counts[i];
            if (count >= 0 && count == std::floor(count) && std::isfinite(count)) continue;
            return fail(Fault::Data, "not-a-count", {},
                        fmt::format("{} in {}, {}: allowed are whole numbers from 0", number_text(count), series.unit,
                                    period_label(series.first + static_cast<int>(i), PeriodKind::Month)),
                        "forecast counts, or sums of them");
        }
        out.panel.series.push_back(std::move(series));
    }
    return out;
}

PanelForecast::PanelForecast(Gapless counts, int origin, const PanelRequest& request,
                             std::shared_ptr<PanelMemory> memory)
    : counts_(std::move(counts)),
      origin_(origin),
      request_(request),
      memory_(std::move(memory)),
      stack_(counts_.panel, request.first_step, request.last_step, request.threads, lesson_every,
             std::make_shared<FittedModels>(counts_.panel, request.first_step, request.last_step, request.fitting),
             memory_ ? memory_->ahead : nullptr),
      reaching_(counts_.panel, stack_, request.first_step, request.last_step, request.line) {}

Result<std::unique_ptr<PanelForecast>> PanelForecast::make(Gapless counts, int origin, const PanelRequest& request,
                                                           std::shared_ptr<PanelMemory> memory) {
    const auto long_enough = [&](const CountSeries& series) {
        return series.has(origin) && origin - series.first >= shortest_history;
    };
    if (std::none_of(counts.panel.series.begin(), counts.panel.series.end(), long_enough)) {
        return fail(Fault::Data, "too-short", {},
                    fmt::format("no unit has {} months without a gap up to {}", shortest_history + 1,
                                period_label(origin, PeriodKind::Month)),
                    "a forecast needs a past");
    }
    std::unique_ptr<PanelForecast> out(new PanelForecast(std::move(counts), origin, request, std::move(memory)));
    TRY(out->look_ahead());
    TRY(out->look_back());
    return out;
}

Result<void> PanelForecast::look_ahead() {
    const auto& series = counts_.panel.series;
    now_ = TRY(forecast(counts_.panel,
                        {origin_, origin_ + request_.first_step, origin_ + request_.last_step, request_.model,
                         request_.threads, memory_ ? Drivers::LeftOut : Drivers::Asked, lesson_every},
                        stack_));
    of_.assign(series.size(), nullptr);
    odds_.resize(series.size());
    std::size_t at = 0;
    for (const auto& unit : now_.units) {
        while (series[at].unit != unit.unit) ++at;
        if (origin_ - series[at].first < shortest_history) continue;
        of_[at] = &unit;
        odds_[at] = reaching_.odds(at, origin_);
    }
    if (memory_) remember(origin_, now_);
    return {};
}

Result<Forecast> PanelForecast::forecast_at(int origin) {
    return forecast(counts_.panel,
                    {origin, origin + request_.first_step, origin + request_.last_step, request_.model,
                     request_.threads, Drivers::LeftOut, lesson_every},
                    stack_);
}

/// Are the months ahead of a past origin over by now, with a past behind them?
bool PanelForecast::is_past(std::size_t unit, int origin) const {
    const CountSeries& series = counts_.panel.series[unit];
    return series.has(origin + request_.last_step) && origin - series.first >= Stack::fewest_months;
}

void PanelForecast::remember(int origin, const Forecast& made) {
    std::vector<SaidThen> said;
    std::size_t at = 0;
    for (const auto& unit : made.units) {
        while (counts_.panel.series[at].unit != unit.unit) ++at;
        SaidThen one{unit.unit, 0, unit.benchmark_mean, reaching_.odds(at, origin)};
        for (const auto& month : unit.months)
            one.mean += methods::mean(month) / static_cast<double>(unit.months.size());
        said.push_back(std::move(one));
    }
    const std::lock_guard lock(memory_->mutex);
    memory_->said.emplace(origin, std::move(said));
}

Result<std::vector<PastWindow>> PanelForecast::remembered_window_of(int origin) {
    std::vector<SaidThen> said;
    for (bool asked = false;; asked = true) {
        {
            const std::lock_guard lock(memory_->mutex);
            if (const auto found = memory_->said.find(origin); found != memory_->said.end()) said = found->second;
        }
        if (!said.empty() || asked) break;
        remember(origin, TRY(forecast_at(origin)));
    }
    const auto& series = counts_.panel.series;
    std::vector<PastWindow> out;
    std::size_t at = 0;
    for (const SaidThen& one : said) {
        while (at < series.size() && series[at].unit < one.unit) ++at;
        if (at == series.size() || series[at].unit != one.unit || !is_past(at, origin)) continue;
        PastWindow window;
        window.unit = at;
        window.origin = origin;
        window.mean = one.mean;
        window.benchmark_mean = one.benchmark_mean;
        for (int step = request_.first_step; step <= request_.last_step; ++step)
            window.came += series[at].at(origin + step) / (request_.last_step - request_.first_step + 1);
        window.odds = one.odds;
        window.reached = reaching_.reached(at, origin);
        out.push_back(window);
    }
    return out;
}

Result<std::vector<PastWindow>> PanelForecast::window_of(int origin) {
    if (memory_) return remembered_window_of(origin);
    const auto& series = counts_.panel.series;
    const int first = origin + request_.first_step;
    const auto made = TRY(forecast_at(origin));
    std::vector<PastWindow> out;
    std::size_t at = 0;
    for (const auto& unit : made.units) {
        while (series[at].unit != unit.unit) ++at;
        if (!is_past(at, origin)) continue;
        PastWindow window;
        window.unit = at;
        window.origin = origin;
        window.benchmark_mean = unit.benchmark_mean;
        auto rule = methods::last_values(
            std::span(series[at].counts).first(static_cast<std::size_t>(origin - series[at].first + 1)), 12);
        methods::normalise(rule);
        const auto rule_draws = methods::stratified_draws(rule, draws);
        const double months = static_cast<double>(unit.months.size());
        for (std::size_t m = 0; m < unit.months.size(); ++m) {
            const double came = series[at].at(first + static_cast<int>(m));
            window.crps += methods::crps_sorted(methods::stratified_draws(unit.months[m], draws), came) / months;
            window.benchmark_crps += methods::crps_sorted(rule_draws, came) / months;
            window.mean += methods::mean(unit.months[m]) / months;
            window.came += came / months;
        }
        window.odds = reaching_.odds(at, origin);
        window.reached = reaching_.reached(at, origin);
        out.push_back(window);
    }
    return out;
}

Result<void> PanelForecast::look_back() {
    const int first_back = (request_.last_step + 11) / 12;
    for (int back = first_back; back < first_back + past_windows; ++back) {
        const int origin = origin_ - 12 * back;
        if (origin < counts_.panel.first() + Stack::fewest_months + request_.last_step) break;
        if (!counts_.panel.has(origin)) continue;
        const auto known = TRY(window_of(origin));
        past_.insert(past_.end(), known.begin(), known.end());
    }
    return {};
}

Result<const std::vector<OneStep>*> PanelForecast::one_step() {
    if (one_step_) return &*one_step_;
    one_step_.emplace();
    if (!counts_.panel.has(origin_ - 1)) return &*one_step_;
    const auto& series = counts_.panel.series;
    Stack earlier(counts_.panel, 1, 1, request_.threads, lesson_every, stack_.fitted(),
                  memory_ ? memory_->one_step : nullptr);
    const auto made = TRY(forecast(
        counts_.panel,
        {origin_ - 1, origin_, origin_, request_.model, request_.threads, Drivers::LeftOut, lesson_every}, earlier));
    std::size_t at = 0;
    for (const auto& unit : made.units) {
        while (series[at].unit != unit.unit) ++at;
        if (!series[at].has(origin_) || origin_ - 1 - series[at].first < shortest_history) continue;
        one_step_->push_back({at, unit.months.front(), series[at].at(origin_)});
    }
    return &*one_step_;
}

}  // namespace icosa::forecast
