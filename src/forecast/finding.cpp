/// Judges the units spoken of, words what is found, draws up forecasts.
#include "forecast/finding.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/wording.hpp"
#include "forecast/predictive_quantile.hpp"
#include "forecast/rise.hpp"
#include "forecast/shown.hpp"
#include "forecast/track_record.hpp"

namespace icosa::forecast {
namespace {

bool looks_ahead(const pack::Watch& watch) { return watch.judging.method_name == rise_spec.name; }

void order_signals(std::vector<model::Signal>& signals) {
    std::stable_sort(signals.begin(), signals.end(), [](const model::Signal& a, const model::Signal& b) {
        if (a.grade != b.grade) return a.grade > b.grade;
        if (a.unusualness != b.unusualness) return a.unusualness > b.unusualness;
        if (a.severity.value != b.severity.value) return a.severity.value > b.severity.value;
        return a.id < b.id;
    });
}

/// "; 35 of them more likely than not to reach 25 fatalities from ...": how many stand above one half.
std::string likely_words(const Spoken& spoken) {
    const auto likely = std::count_if(spoken.units().begin(), spoken.units().end(),
                                      [&](std::size_t unit) { return spoken.of().odds(unit)->probability > 0.5; });
    return fmt::format("; {} of them more likely than not to reach {} {} from {}", likely,
                       engine::figure(spoken.of().request().line), spoken.unit_word(), spoken.horizon());
}

std::string reading_of(const Spoken& spoken, const model::WatchFinding& finding) {
    const bool ahead = looks_ahead(spoken.watch());
    const auto examined =
        fmt::format("{} {} examined in {}", finding.units_examined, engine::unit_noun(spoken.watch().selection.unit),
                    engine::source_title(spoken.setting(), finding.source));
    const std::string when = month_text(spoken.of().origin());
    const std::string likely = likely_words(spoken);
    if (!finding.signals.empty())
        return fmt::format("{}: {} of {} signal{}; first: {}", when, finding.signals.size(), examined,
                           ahead ? likely : std::string(), finding.signals.front().reason);
    if (ahead)
        return fmt::format(
            "{}: no forecast for {} stands well above the last twelve months or the base rate among {}{}", when,
            spoken.horizon(), examined, likely);
    return fmt::format("{}: no count beyond what had been forecast a month earlier among {}", when, examined);
}

}  // namespace

Result<model::WatchFinding> finding_of(PanelForecast& of, const pack::Watch& watch, const engine::Setting& setting,
                                       const model::Panel& panel, const std::vector<std::string>& places,
                                       model::WatchFinding head) {
    const Spoken spoken(of, watch, setting, panel, places);
    model::WatchFinding finding = std::move(head);
    finding.units_examined = static_cast<std::int64_t>(spoken.units().size());
    finding.caveats.insert(finding.caveats.end(), of.caveats().begin(), of.caveats().end());
    if (spoken.ended() > 0)
        finding.caveats.push_back(fmt::format("not observed in {} and not forecast: {} {}", month_text(of.origin()),
                                              spoken.ended(), engine::unit_noun(watch.selection.unit)));
    add_cites(finding.cites, rise_spec.cites);
    add_cites(finding.cites, setting.likelihood.cites);
    finding.record = track_record_of(spoken);
    if (looks_ahead(watch)) judge_rises(spoken, finding);
    else TRY(judge_newest_month(spoken, finding));
    order_signals(finding.signals);
    show_forecasts(spoken, finding);
    finding.reading = reading_of(spoken, finding);
    finding.state = finding.signals.empty() ? model::State::Quiet : model::State::Signal;
    const int days = setting.as_of - last_day_of(of.origin(), PeriodKind::Month);
    if (finding.state == model::State::Quiet && days > setting.grades.quiet_days) {
        finding.last_seen = finding.reading;
        finding.reading = fmt::format("not known since {}, {} days before {}; then: {}", iso(setting.as_of - days),
                                      days, iso(setting.as_of), finding.last_seen);
        finding.state = model::State::Stale;
    }
    return finding;
}

Result<bool> signals(PanelForecast& of, const pack::Watch& watch) {
    return looks_ahead(watch) ? rises(of, watch) : is_above_quantile(of, watch);
}

}  // namespace icosa::forecast
