/// Sentences, tables and the picture of a route.
#include "cli/route_told.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "brief/plot_file.hpp"
#include "cli/result_table.hpp"
#include "cli/sparkline.hpp"

namespace icosa::cli {
namespace {

using respond::MonthSpan;
using respond::SpanComparison;
using respond::StraitFacts;

std::string span_text(MonthSpan span) {
    return span.first == span.last ? month_text(span.first)
                                   : fmt::format("{} to {}", month_text(span.first), month_text(span.last));
}

/// Three figures of a value; "–" for none, "∞" beyond all.
std::string short_figure(double value) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return "∞";
    const double size = std::abs(value);
    return number_text(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}
std::string estimate_text(const methods::Estimate& of) {
    return fmt::format("{} ({} to {})", short_figure(of.value), short_figure(of.low), short_figure(of.high));
}
std::string p_text(double p) { return p < 0.0001 ? "p < 0.0001" : "p " + number_text(p, 4); }

std::string incidents_text(std::int64_t n) { return fmt::format("{} incident{}", n, n == 1 ? "" : "s"); }

std::string comparison_text(const RouteTold& of, const SpanComparison& one) {
    if (!one.is_known())
        return fmt::format("{} beside {}: no source tells of every month of both", span_text(one.now.span),
                           span_text(one.before.span));
    if (one.now.incidents == 0 && one.before.incidents == 0)
        return fmt::format("{}: 0 incidents, 0 in {}: no ratio (of {}; in the whole world {} and {})",
                           span_text(one.now.span), span_text(one.before.span), of.names(one.sources), one.now.world,
                           one.before.world);
    return fmt::format("{}: {}, {} in {}: a month {} times as many (95 %), {} (of {}; in the whole world {} and {})",
                       span_text(one.now.span), incidents_text(one.now.incidents), one.before.incidents,
                       span_text(one.before.span), estimate_text(one.ratio.ratio), p_text(one.ratio.p_value),
                       of.names(one.sources), one.now.world, one.before.world);
}

std::string trend_text(const RouteTold& of) {
    if (!of.facts.trend) return "trend: fewer than eight whole years that one source tells of throughout";
    const respond::RouteTrend& trend = *of.facts.trend;
    constexpr int year = 12;
    return fmt::format("{} to {} by year, of {}: {} (Mann-Kendall, {}; slope {} a year)  {}",
                       1970 + trend.span.first / year, 1970 + trend.span.last / year, of.names(trend.sources),
                       trend_word(trend.test), p_text(2 * std::min({0.5, trend.test.p_rise, trend.test.p_fall})),
                       (trend.slope > 0 ? "+" : "") + number_text(trend.slope, 1), sparkline(trend.years));
}

void add_sources(std::string& out, const RouteTold& of) {
    for (std::size_t s = 0; s < of.incidents.sources.size(); ++s) {
        const respond::SeaReports& one = of.incidents.sources[s];
        out += fmt::format("  {}: known from {} through {}{}", one.source, iso(one.first), iso(one.last),
                           one.months.empty() ? "" : ", whole months to " + month_text(*one.months.rbegin()));
        if (of.as_of > one.last) out += fmt::format(" ({} days before the day asked)", of.as_of - one.last);
        if (one.is_extract) out += "; an extract: what it lacks is not known";
        const std::int64_t beside = of.incidents.beside[s], matched = of.incidents.matched[s];
        out += fmt::format("\n    {} reports of the kind", of.incidents.counted[s]);
        if (beside > 0)
            out +=
                fmt::format(", {} of days that another source tells of; {} ({} %) of these it has too", beside, matched,
                            number_text(100.0 * static_cast<double>(matched) / static_cast<double>(beside), 0));
        out += "\n";
    }
    if (of.incidents.sources.size() > 1)
        out += fmt::format("  one incident where two lie within {} km and {} day{} ({}); each is counted once\n",
                           number_text(of.reach.km), of.reach.days, of.reach.days == 1 ? "" : "s", of.incidents.kinds);
}

/// Which sources tell of which of the months from one on, where that changes.
void add_changes_of_sources(std::string& out, const RouteTold& of, std::size_t from) {
    const auto& months = of.facts.months;
    std::string told;
    bool has_changed = false;
    for (std::size_t i = from, first = from; i < months.size(); ++i) {
        if (i + 1 < months.size() && months[i + 1].sources == months[first].sources) continue;
        const int start = of.facts.asked.first;
        told += fmt::format("{}{} {}", told.empty() ? "" : "; ",
                            span_text({start + static_cast<int>(first), start + static_cast<int>(i)}),
                            months[first].sources == 0 ? "no source" : of.names(months[first].sources));
        has_changed |= first > from;
        first = i + 1;
    }
    if (has_changed) out += fmt::format("  told by: {}. A step between them may be of the sources.\n", told);
}

void add_legs(std::string& out, const RouteTold& of) {
    const SpanComparison& year = of.facts.year;
    out += fmt::format("\n{:<48}{:>8}{:>10}{:>10}{:>10}  times (95 %)\n", "leg", "km", "all",
                       fmt::format("last {}", year.now.span.months()), "before");
    for (std::size_t leg = 0; leg < of.route.legs(); ++leg) {
        const respond::LegFacts& one = of.facts.legs[leg];
        std::string name = fmt::format("{} – {}", of.route.stops[leg].name, of.route.stops[leg + 1].name);
        if (name.size() > 47) name = name + "\n" + std::string(48, ' ');
        else name += std::string(50 - name.size(), ' ');  // the dash is three bytes wide and one sign
        const auto figure = [&](std::int64_t n) { return one.year.is_known() ? std::to_string(n) : "–"; };
        out += fmt::format("{}{:>8.0f}{:>10}{:>10}{:>10}  {}\n", name, one.km, one.incidents,
                           figure(one.year.now.incidents), figure(one.year.before.incidents),
                           one.year.is_known() ? estimate_text(one.year.ratio.ratio) : "–");
    }
}

void add_straits(std::string& out, const RouteTold& of) {
    if (of.facts.straits.empty()) return;
    out += "\nStraits passed, incidents within their radius per 1,000 transits as seen (95 %)\n";
    for (const StraitFacts& one : of.facts.straits) {
        out += fmt::format("  {} (within {} km)\n", one.place->name.en, number_text(one.place->radius_km));
        if (!one.lacking.empty()) {
            out += fmt::format("    {}\n", one.lacking);
            continue;
        }
        const auto line = [&](const respond::SpanCount& span, double ships, const methods::Estimate& rate) {
            out += fmt::format("    {}: {} among {:.0f} transits: {}\n", span_text(span.span),
                               incidents_text(span.incidents), ships, estimate_text(rate));
        };
        line(one.year.now, one.ships, one.per_1000);
        line(one.year.before, one.ships_before, one.per_1000_before);
        out += fmt::format("    {} times as many a transit, {} (of {}; ships of {}, {} to {})\n",
                           estimate_text(one.ratio.ratio), p_text(one.ratio.p_value), of.names(one.year.sources),
                           one.ships_source, iso(one.ships_first), iso(one.ships_last));
    }
    out +=
        "  Ships as their signals show them: where it is dangerous they are switched off or falsified. Before "
        "2019\n  there is no count of ships.\n";
}

}  // namespace

std::string month_text(int month) { return period_label(month, PeriodKind::Month); }

std::string_view trend_word(const methods::MannKendall& test) {
    constexpr double alpha = 0.025;  // of either side
    return test.p_rise < alpha ? "rising" : test.p_fall < alpha ? "falling" : "neither rising nor falling throughout";
}

std::string RouteTold::title() const {
    return fmt::format("{} to {}", route.stops.front().name, route.stops.back().name);
}

std::string RouteTold::names(std::uint32_t sources) const {
    std::vector<std::string> out;
    for (std::size_t s = 0; s < incidents.sources.size(); ++s)
        if ((sources >> s & 1U) != 0) out.push_back(incidents.sources[s].source);
    return join(out, ", ");
}

std::string route_text(const RouteTold& of) {
    const respond::RouteFacts& facts = of.facts;
    std::string out =
        fmt::format("{}: {:.0f} km in {} leg{}{}; incidents of kind {} within {} km\n", of.title(),
                    of.route.line.length_km(), of.route.legs(), of.route.legs() == 1 ? "" : "s",
                    of.route.is_own ? "" : " of the packs' rough lanes", of.kind, number_text(of.asked.within_km));
    add_sources(out, of);
    constexpr int late_months = 2;
    const int newest_whole = period_of(of.as_of, PeriodKind::Month) - 1;
    if (of.facts.asked.last + late_months < newest_whole)
        out += fmt::format("\nNothing here is of {}: the newest months below end before.\n",
                           span_text({facts.asked.last + 1, newest_whole}));
    if (facts.observed_months == 0)
        out += fmt::format("\n{}: no source tells of a month of it, so nothing is known\n", span_text(facts.asked));
    else
        out +=
            fmt::format("\n{}: {} in {} route-month{} that a source tells of, {} a month (95 %)\n",
                        span_text(facts.asked), incidents_text(static_cast<std::int64_t>(facts.incidents.size())),
                        facts.observed_months, facts.observed_months == 1 ? "" : "s", estimate_text(facts.per_month));
    out += comparison_text(of, facts.year) + "\n" + comparison_text(of, facts.five_years) + "\n";
    if (facts.dispersion > 1)
        out += fmt::format(
            "Its months vary {} times as much as independent incidents would: they come in runs, and these "
            "intervals are too narrow.\n",
            short_figure(facts.dispersion));
    out += trend_text(of) + "\n";
    std::vector<double> months;
    for (const auto& one : facts.months)
        months.push_back(one.sources == 0 ? nan_value : static_cast<double>(one.incidents));
    constexpr std::size_t most_months = 96;
    const std::size_t from = months.size() > most_months ? months.size() - most_months : 0;
    out += fmt::format("{} by month  {}\n", span_text({facts.asked.first + static_cast<int>(from), facts.asked.last}),
                       sparkline(std::span(months).subspan(from)));
    add_changes_of_sources(out, of, from);
    add_legs(out, of);
    add_straits(out, of);
    return out;
}

std::string route_picture(const RouteTold& of) {
    model::Strip strip;
    strip.title = fmt::format("{}, incidents within {} km by month", of.title(), number_text(of.asked.within_km));
    strip.period = PeriodKind::Month;
    strip.first_period = of.facts.asked.first;
    for (const auto& one : of.facts.months)
        strip.observed.push_back(one.sources == 0 ? nan_value : static_cast<double>(one.incidents));
    return brief::strip_file(strip, {});
}

Result<void> write_route_months(const std::string& path, const RouteTold& of) {
    using enum store::ColumnType;
    auto out = TRY(ResultTable::open(path, {{"month", Text}, {"incidents", Number}, {"sources", Text}}));
    for (const auto& one : of.facts.months)
        out.add({month_text(one.month), number_cell(one.sources == 0 ? nan_value : static_cast<double>(one.incidents)),
                 of.names(one.sources)});
    return out.close();
}

Result<void> write_route_incidents(const std::string& path, const RouteTold& of,
                                   const std::vector<std::vector<std::string>>& lines) {
    using enum store::ColumnType;
    auto out = TRY(ResultTable::open(path,
                                     {{"day", Text},
                                      {"lat", Number},
                                      {"lon", Number},
                                      {"leg", Integer},
                                      {"distance_km", Number},
                                      {"along_km", Number},
                                      {"sources", Text},
                                      {"lines", Text}}));
    for (std::size_t i = 0; i < of.facts.incidents.size(); ++i) {
        const auto& one = of.facts.incidents[i];
        const respond::SeaIncident& incident = of.incidents.incidents[one.incident];
        out.add({iso(incident.day), rounded_cell(incident.at.latitude_deg, 6),
                 rounded_cell(incident.at.longitude_deg, 6), static_cast<std::int64_t>(one.leg + 1),
                 rounded_cell(one.km, 1), rounded_cell(one.along_km, 1), of.names(incident.sources),
                 join(lines[i], "; ")});
    }
    return out.close();
}

}  // namespace icosa::cli
