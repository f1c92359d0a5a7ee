/// Words and strips of a finding.
#include "detect/surveillance/reading.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "engine/panel_choice.hpp"
#include "engine/wording.hpp"

namespace icosa::detect {
namespace {

using engine::figure;

constexpr int strip_periods = 36;
constexpr std::size_t most_strips = 6;
constexpr std::size_t strips_of_quiet = 3;

/// "Mali, 12 fatalities"; nothing where nothing is.
std::string last_seen_of(const Watched& watched) {
    double most = std::numeric_limits<double>::quiet_NaN();
    std::size_t unit = 0;
    for (std::size_t u = 0; u < watched.panel.units.size(); ++u) {
        const double value = watched.series.values(u).back();
        if (!std::isnan(value) && (std::isnan(most) || value > most)) {
            most = value;
            unit = u;
        }
    }
    const std::string counted = watched.watch.per ? "to one" : engine::severity_unit(watched.watch);
    if (most == 0) return fmt::format("0 {} for all", counted);
    if (std::isnan(most)) return {};
    return fmt::format("{}, {} {}", watched.title(unit), figure(most), counted);
}

model::Strip strip_of(const Watched& watched, std::size_t unit, const std::vector<Judged>& judged, int from) {
    model::Strip strip;
    strip.title = watched.title(unit);
    strip.period = watched.panel.period;
    strip.first_period = watched.series.first() + from;
    for (std::size_t i = static_cast<std::size_t>(from); i < judged.size(); ++i) {
        strip.observed.push_back(judged[i].observed);
        strip.expected.push_back(judged[i].judgement.expected);
        strip.threshold.push_back(judged[i].judgement.threshold);
    }
    return strip;
}

}  // namespace

std::string last_seen(const Watched& watched) {
    const std::string seen = last_seen_of(watched);
    return seen.empty() ? seen : fmt::format("{}: {}", watched.period_text(watched.newest), seen);
}

std::string stale_reading(const Watched& watched) {
    const Day as_of = watched.setting.as_of;
    const std::string seen = last_seen_of(watched);
    return fmt::format(
        "the newest figures of {} are of {}, {} days before {} (limit {}): past its limit, no finding{}",
        watched.source(), watched.period_text(watched.newest), engine::days_since(watched.panel, watched.newest, as_of),
        iso(as_of), engine::stale_after(watched.setting, watched.panel), seen.empty() ? seen : "; last seen: " + seen);
}

std::string reading_of(const Watched& watched, const std::vector<Sighting>& highest,
                       const model::WatchFinding& finding) {
    const pack::Watch& watch = watched.watch;
    const std::string newest = watched.period_text(watched.newest);
    const std::string when = watch.recent == 1
        ? newest
        : fmt::format("{} to {}", watched.period_text(watched.newest - watch.recent + 1), newest);
    const auto where = fmt::format("{} {} examined in {}", finding.units_examined,
                                   engine::unit_noun(watch.selection.unit), watched.source());
    if (!finding.signals.empty())
        return fmt::format("{}: {} of {} signal; first: {}", when, finding.signals.size(), where,
                           finding.signals.front().reason);
    if (highest.empty()) return fmt::format("{}: nothing unusual among {}", when, where);
    const bool all_zero =
        std::all_of(highest.begin(), highest.end(), [](const Sighting& one) { return one.judged.observed == 0; });
    if (all_zero)  // the first by name is no finding
        return fmt::format("{}: nothing unusual among {}; all are 0", when, where);
    const Sighting& top = highest.front();
    const pack::Form form = watch.judging.form;
    return fmt::format("{}: nothing unusual among {}; the highest is {} with {} against {} expected (threshold {})",
                       when, where, watched.title(top.unit), figure(top.judged.observed, form),
                       figure(top.judged.judgement.expected, form), figure(top.judged.judgement.threshold, form));
}

Result<std::vector<model::Strip>> strips_of(const Watched& watched, const std::vector<Sighting>& highest,
                                            const std::vector<model::Signal>& signals) {
    const auto& known = watched.panel.units;
    std::vector<std::size_t> units;
    const auto add = [&](std::size_t unit) {
        if (units.size() < most_strips && std::find(units.begin(), units.end(), unit) == units.end())
            units.push_back(unit);
    };
    for (const model::Signal& signal : signals)
        add(static_cast<std::size_t>(std::lower_bound(known.begin(), known.end(), signal.subject) - known.begin()));
    const std::size_t quiet_ones = signals.empty() ? strips_of_quiet : 0;
    for (std::size_t i = 0; i < highest.size() && units.size() < quiet_ones; ++i) add(highest[i].unit);
    const int from = std::max(0, watched.series.size() - strip_periods);
    std::vector<model::Strip> out;
    for (const std::size_t unit : units) {
        const auto judged = TRY(judge_series(watched.watch.judging, watched.series.values(unit), watched.season(), from,
                                             watched.series.divisors(unit)));
        out.push_back(strip_of(watched, unit, judged, from));
    }
    return out;
}

}  // namespace icosa::detect
