/// Chooses units, draws up their forecasts, counts the rest.
#include "forecast/shown.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "engine/wording.hpp"
#include "forecast/rise.hpp"
#include "forecast/statement.hpp"

namespace icosa::forecast {
namespace {

constexpr int months_drawn = 36;

bool looks_ahead(const pack::Watch& watch) { return watch.judging.method_name == rise_spec.name; }

bool is_among(const std::vector<std::size_t>& units, std::size_t unit) {
    return std::find(units.begin(), units.end(), unit) != units.end();
}

std::vector<std::size_t> chosen_of(const Spoken& spoken, const std::vector<model::Signal>& signals) {
    const auto& units = spoken.units();
    std::vector<std::size_t> chosen;
    const auto room = [&] { return chosen.size() < static_cast<std::size_t>(spoken.watch().outlook.shown); };
    for (const model::Signal& signal : signals) {
        const auto unit =
            std::find_if(units.begin(), units.end(), [&](std::size_t one) { return spoken.id(one) == signal.subject; });
        if (room() && unit != units.end()) chosen.push_back(*unit);
    }
    if (!looks_ahead(spoken.watch())) return chosen;
    std::vector<std::pair<double, std::size_t>> active;
    for (const std::size_t unit : units) {
        if (spoken.of().of(unit)->in_conflict) active.emplace_back(-spoken.mean(unit), unit);
    }
    std::sort(active.begin(), active.end());
    for (const auto& [most, unit] : active) {
        if (room() && !is_among(chosen, unit)) chosen.push_back(unit);
    }
    return chosen;
}

model::MonthAhead month_ahead(int month, const methods::CountEnsemble& ensemble, double line) {
    model::MonthAhead out;
    out.month = month;
    out.mean = methods::mean(ensemble);
    for (std::size_t q = 0; q < std::size(model::forecast_quantiles); ++q)
        out.quantiles[q] = std::round(methods::quantile(ensemble, model::forecast_quantiles[q]));
    out.p_any = methods::share_from(ensemble, 0.5);
    out.p_crossing = methods::share_from(ensemble, std::ceil(line) - 0.5);
    return out;
}

model::Forecast forecast_of(const Spoken& spoken, std::size_t unit) {
    const PanelForecast& of = spoken.of();
    const auto& series = of.counts().panel.series[unit];
    const UnitForecast& made = *of.of(unit);
    model::Forecast out;
    out.subject = series.unit;
    out.subject_title = spoken.title(unit);
    out.origin = month_text(of.origin());
    out.id = fmt::format("{}/{}/{}", spoken.watch().id, out.subject, out.origin);
    out.unit = spoken.unit_word();
    out.history = spoken.history(unit);
    out.first_observed = std::max(series.first, of.origin() - months_drawn + 1);
    for (int month = out.first_observed; month <= of.origin(); ++month) out.observed.push_back(series.at(month));
    for (const auto& ensemble : made.months)
        out.months.push_back(
            month_ahead(spoken.first_month() + static_cast<int>(out.months.size()), ensemble, of.request().line));
    out.benchmark_mean = made.benchmark_mean;
    out.probability = spoken.probability(unit);
    for (const Analogue& one : made.analogues) {
        model::PastLike past{one.unit, engine::unit_title(spoken.setting(), spoken.watch().selection.unit, one.unit),
                             month_text(one.month), one.followed, 0};
        for (const double count : one.followed) past.followed_total += count;
        out.past.push_back(std::move(past));
    }
    for (const Driver& one : made.drivers) out.drivers.push_back({one.what, one.effect});
    if (!made.drivers.empty()) out.mean_before = made.mean_before;
    out.caveats = made.caveats;
    return out;
}

/// "120 more countries not shown; to reach 25 fatalities from 2020-12 to 2021-11: 100 very unlikely (0 % to 10 %),
/// ...".
std::string others_words(const Spoken& spoken, const std::vector<std::size_t>& chosen) {
    const auto& scale = spoken.setting().likelihood;
    std::map<std::string_view, int> by_word;
    for (const std::size_t unit : spoken.units()) {
        if (!is_among(chosen, unit)) ++by_word[scale.word_for(spoken.of().odds(unit)->probability)];
    }
    std::vector<std::string> parts;
    for (const auto& word : scale.words) {
        if (const auto found = by_word.find(word.word); found != by_word.end())
            parts.push_back(fmt::format("{} {} ({} to {})", found->second, word.word, percent_text(word.from),
                                        percent_text(word.to)));
    }
    const std::string by_likelihood = parts.empty()
        ? ""
        : fmt::format("; to reach {} {} from {}: {}", engine::figure(spoken.of().request().line), spoken.unit_word(),
                      spoken.horizon(), join(parts, ", "));
    return fmt::format("{} more {} not shown{}", spoken.units().size() - chosen.size(),
                       engine::unit_noun(spoken.watch().selection.unit), by_likelihood);
}

}  // namespace

void show_forecasts(const Spoken& spoken, model::WatchFinding& finding) {
    const auto chosen = chosen_of(spoken, finding.signals);
    for (const std::size_t unit : chosen) finding.forecasts.push_back(forecast_of(spoken, unit));
    std::stable_sort(
        finding.forecasts.begin(), finding.forecasts.end(),
        [](const model::Forecast& a, const model::Forecast& b) { return a.subject_title < b.subject_title; });
    if (looks_ahead(spoken.watch()) && chosen.size() < spoken.units().size())
        finding.others_ahead = others_words(spoken, chosen);
}

}  // namespace icosa::forecast
