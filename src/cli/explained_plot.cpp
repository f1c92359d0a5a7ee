/// What is explained, as an SVG file.
#include "brief/plot_file.hpp"
#include "cli/explained.hpp"

namespace icosa::cli {

std::string plot_of(const Explained& of) {
    if (of.of.forecast) return brief::fan_file(*of.of.forecast);
    if (of.of.chance) {
        model::Strip strip;
        strip.title = of.of.title() + ", " + of.watch.title.en;
        strip.period = PeriodKind::Month;
        strip.first_period = of.of.chance->first_observed;
        strip.observed = of.of.chance->observed;
        return brief::strip_file(strip, {});
    }
    if (!of.series) return {};
    const model::JudgedSeries& series = *of.series;
    const model::Strip strip{of.of.title() + ", " + of.watch.title.en,
                             series.kind,
                             series.first_period,
                             series.observed,
                             series.expected,
                             series.threshold};
    std::vector<std::string> alarms{of.of.period()};
    for (const BaselineValue& one : of.baseline) {
        if (one.alarm) alarms.push_back(one.period);
    }
    return brief::strip_file(strip, alarms);
}

}  // namespace icosa::cli
