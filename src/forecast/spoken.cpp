/// Chooses the units, names them, begins their signals.
#include "forecast/spoken.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "engine/course.hpp"
#include "engine/wording.hpp"
#include "forecast/statement.hpp"

namespace icosa::forecast {
namespace {

/// A series that is forecast has no gaps; where records are counted without a claim to completeness, silence may still
/// be one.
model::Completeness completeness_of(const model::Panel& panel, const pack::Watch& watch) {
    if (panel.complete) return model::Completeness::Covered;
    return watch.selection.records == model::RecordKind::Observation ? model::Completeness::NoGaps
                                                                     : model::Completeness::Open;
}

}  // namespace

std::string month_text(int month) { return period_label(month, PeriodKind::Month); }

Spoken::Spoken(PanelForecast& of, const pack::Watch& watch, const engine::Setting& setting, const model::Panel& panel,
               const std::vector<std::string>& places)
    : of_(of), watch_(watch), setting_(setting), panel_(panel), unit_word_(engine::severity_unit(watch)) {
    const auto asked = [&](const std::string& unit) {
        return places.empty() || std::binary_search(places.begin(), places.end(), unit);
    };
    const auto& series = of.counts().panel.series;
    for (std::size_t unit = 0; unit < series.size(); ++unit) {
        if (of.of(unit) && asked(series[unit].unit)) units_.push_back(unit);
    }
    is_spoken_of_.insert(units_.begin(), units_.end());
    const auto& ended = of.counts().ended;
    ended_ = static_cast<std::size_t>(std::count_if(ended.begin(), ended.end(), asked));
}

std::string Spoken::horizon() const {
    return months() == 1 ? month_text(first_month())
                         : fmt::format("{} to {}", month_text(first_month()), month_text(last_month()));
}

std::string Spoken::title(std::size_t unit) const {
    return engine::unit_title(setting_, watch_.selection.unit, id(unit));
}

int Spoken::history(std::size_t unit) const { return of_.origin() - of_.counts().panel.series[unit].first + 1; }

double Spoken::mean(std::size_t unit) const {
    double sum = 0;
    for (const auto& month : of_.of(unit)->months) sum += methods::mean(month);
    return sum / months();
}

model::Probability Spoken::probability(std::size_t unit) const {
    return stated(*of_.odds(unit),
                  {title(unit), unit_word_, of_.request().line, month_text(first_month()), month_text(last_month())},
                  setting_.likelihood);
}

model::Signal Spoken::begin(std::size_t unit, const std::vector<std::string>& caveats) const {
    model::Signal signal;
    signal.subject = id(unit);
    signal.subject_title = title(unit);
    signal.period = month_text(of_.origin());
    signal.id = fmt::format("{}/{}/{}", watch_.id, signal.subject, signal.period);
    signal.grounds = {.history = history(unit),
                      .season = 12,
                      .completeness = completeness_of(panel_, watch_),
                      .real_time = !panel_.pseudo_real_time,
                      .corroboration = {},
                      .other_source = {}};
    signal.measure = watch_.counts;
    const auto& series = of_.counts().panel.series[unit];
    signal.course =
        engine::course_of(series.up_to(of_.origin()), of_.origin(), PeriodKind::Month,
                          setting_.measures.rule_of(watch_.counts, PeriodKind::Month), pack::Direction::Rise);
    signal.lateness_days = std::max(0, setting_.as_of - last_day_of(of_.origin(), PeriodKind::Month));
    signal.cites = watch_.cites;
    signal.caveats = caveats;
    return signal;
}

}  // namespace icosa::forecast
