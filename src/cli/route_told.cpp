/// Sentences, tables and JSON of a route.
#include "cli/route_told.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/number.hpp"
#include "base/text.hpp"
#include "brief/plot_file.hpp"
#include "cli/output.hpp"
#include "cli/result_table.hpp"
#include "cli/sparkline.hpp"

namespace icosa::cli {
namespace {

using respond::MonthSpan;
using respond::SpanComparison;
using respond::StraitFacts;

std::string month_text(int month) { return period_label(month, PeriodKind::Month); }
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
    return fmt::format("{}: {}, {} in {}: a month {} times as many (95 %), {} (of {}; in the whole world {} and {})",
                       span_text(one.now.span), incidents_text(one.now.incidents), one.before.incidents,
                       span_text(one.before.span), estimate_text(one.ratio.ratio), p_text(one.ratio.p_value),
                       of.names(one.sources), one.now.world, one.before.world);
}

/// Does a series of years rise or fall throughout?
std::string_view trend_word(const methods::MannKendall& test) {
    constexpr double alpha = 0.025;  // of either side
    return test.p_rise < alpha ? "rising" : test.p_fall < alpha ? "falling" : "neither rising nor falling throughout";
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
        const std::int64_t counted = of.incidents.counted[s], matched = of.incidents.matched[s];
        out += fmt::format(
            "\n    {} reports of the kind, {} ({} %) told by another source too\n", counted, matched,
            counted == 0 ? "–" : number_text(100.0 * static_cast<double>(matched) / static_cast<double>(counted), 0));
    }
    if (of.incidents.sources.size() > 1)
        out += fmt::format("  one incident where two lie within {} km and {} day{} ({}); each is counted once\n",
                           number_text(of.reach.km), of.reach.days, of.reach.days == 1 ? "" : "s", of.incidents.kinds);
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

void put_estimate(JsonWriter& json, std::string_view name, const methods::Estimate& of) {
    json.key(name).begin_object().field("value", of.value).field("low", of.low).field("high", of.high).end_object();
}

void put_span(JsonWriter& json, std::string_view name, const respond::SpanCount& of) {
    json.key(name)
        .begin_object()
        .field("first", month_text(of.span.first))
        .field("last", month_text(of.span.last))
        .field("incidents", of.incidents)
        .field("in_the_world", of.world)
        .end_object();
}

void put_names(JsonWriter& json, const RouteTold& of, std::uint32_t sources) {
    json.key("sources").begin_array();
    for (std::size_t s = 0; s < of.incidents.sources.size(); ++s)
        if ((sources >> s & 1U) != 0) json.value(of.incidents.sources[s].source);
    json.end_array();
}

void put_ratio(JsonWriter& json, const methods::RateRatio& ratio) {
    put_estimate(json, "ratio", ratio.ratio);
    json.field("p_value", ratio.p_value);
}

void put_comparison(JsonWriter& json, std::string_view name, const RouteTold& of, const SpanComparison& one) {
    json.key(name);
    if (!one.is_known()) {
        json.null();
        return;
    }
    json.begin_object();
    put_names(json, of, one.sources);
    put_span(json, "now", one.now);
    put_span(json, "before", one.before);
    put_ratio(json, one.ratio);
    json.end_object();
}

void put_sources(JsonWriter& json, const RouteTold& of) {
    json.key("sources").begin_array();
    for (std::size_t s = 0; s < of.incidents.sources.size(); ++s) {
        const respond::SeaReports& one = of.incidents.sources[s];
        json.begin_object()
            .field("source", one.source)
            .field("title", one.title)
            .field("attribution", one.attribution)
            .field("exportable", one.exportable)
            .field("known_from", iso(one.first))
            .field("known_through", iso(one.last))
            .field("whole_months_to", one.months.empty() ? "" : month_text(*one.months.rbegin()))
            .field("is_extract", one.is_extract)
            .field("reports", of.incidents.counted[s])
            .field("told_by_another_too", of.incidents.matched[s])
            .end_object();
    }
    json.end_array();
}

void put_straits(JsonWriter& json, const RouteTold& of) {
    json.key("straits").begin_array();
    for (const StraitFacts& one : of.facts.straits) {
        json.begin_object()
            .field("id", one.place->id)
            .field("name", one.place->name.en)
            .field("radius_km", one.place->radius_km)
            .field("along_km", std::round(one.along_km))
            .field("off_km", std::round(one.off_km))
            .field("lacking", one.lacking);
        if (one.lacking.empty()) {
            json.field("ships_source", one.ships_source)
                .field("ships_from", iso(one.ships_first))
                .field("ships_through", iso(one.ships_last));
            put_names(json, of, one.year.sources);
            put_span(json, "now", one.year.now);
            put_span(json, "before", one.year.before);
            json.field("transits", std::round(one.ships)).field("transits_before", std::round(one.ships_before));
            put_estimate(json, "incidents_per_1000_transits", one.per_1000);
            put_estimate(json, "incidents_per_1000_transits_before", one.per_1000_before);
            put_ratio(json, one.ratio);
        }
        json.end_object();
    }
    json.end_array();
}

void put_trend(JsonWriter& json, const RouteTold& of) {
    json.key("trend");
    if (!of.facts.trend) {
        json.null();
        return;
    }
    const respond::RouteTrend& trend = *of.facts.trend;
    constexpr int year = 12;
    json.begin_object();
    put_names(json, of, trend.sources);
    json.field("first_year", 1970 + trend.span.first / year).field("last_year", 1970 + trend.span.last / year);
    json.key("incidents").begin_array();
    for (const double one : trend.years) json.value(static_cast<std::int64_t>(one));
    json.end_array()
        .field("words", trend_word(trend.test))
        .field("p_rise", trend.test.p_rise)
        .field("p_fall", trend.test.p_fall)
        .field("slope_a_year", trend.slope)
        .end_object();
}

double millionths(double value) { return std::round(value * 1e6) / 1e6; }

void put_point(JsonWriter& json, methods::GlobePoint at) {
    json.begin_array().value(millionths(at.longitude_deg)).value(millionths(at.latitude_deg)).end_array();
}

/// The line in pieces that do not cross the date line.
std::vector<std::vector<methods::GlobePoint>> pieces_of(const methods::Route& line) {
    constexpr double step_km = 100;
    std::vector<std::vector<methods::GlobePoint>> out(1);
    for (std::size_t leg = 0; leg < line.legs(); ++leg) {
        for (const auto& point : methods::along_leg(line.waypoints()[leg], line.waypoints()[leg + 1], step_km)) {
            if (!out.back().empty() && std::abs(out.back().back().longitude_deg - point.longitude_deg) > 180)
                out.emplace_back();
            out.back().push_back(point);
        }
    }
    std::erase_if(out, [](const auto& piece) { return piece.size() < 2; });
    return out;
}

}  // namespace

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
    out += fmt::format("\n{}: {} in {} route-month{} that a source tells of, {} a month (95 %)\n",
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
    add_legs(out, of);
    add_straits(out, of);
    return out;
}

std::string route_json(const RouteTold& of) {
    const respond::RouteFacts& facts = of.facts;
    JsonWriter json(2);
    json.begin_object()
        .field("route", of.title())
        .field("as_of", iso(of.as_of))
        .field("length_km", std::round(of.route.line.length_km()))
        .field("by_lanes", !of.route.is_own)
        .field("within_km", of.asked.within_km)
        .field("kind", of.kind)
        .field("match_km", of.reach.km)
        .field("match_days", of.reach.days)
        .field("kinds_compared", of.incidents.kinds);
    put_sources(json, of);
    json.field("first", month_text(facts.asked.first))
        .field("last", month_text(facts.asked.last))
        .field("route_months", facts.observed_months)
        .field("incidents", facts.incidents.size());
    put_estimate(json, "incidents_per_month", facts.per_month);
    json.field("dispersion", facts.dispersion);
    put_comparison(json, "year", of, facts.year);
    put_comparison(json, "five_years", of, facts.five_years);
    put_trend(json, of);
    json.key("months").begin_array();
    for (const auto& one : facts.months) {
        json.begin_object().field("month", month_text(one.month)).key("incidents");
        if (one.sources == 0) json.null();
        else json.value(one.incidents);
        put_names(json, of, one.sources);
        json.end_object();
    }
    json.end_array().key("legs").begin_array();
    for (std::size_t leg = 0; leg < of.route.legs(); ++leg) {
        const respond::LegFacts& one = facts.legs[leg];
        json.begin_object()
            .field("from", of.route.stops[leg].name)
            .field("to", of.route.stops[leg + 1].name)
            .field("km", std::round(one.km))
            .field("incidents", one.incidents);
        put_comparison(json, "year", of, one.year);
        json.end_object();
    }
    json.end_array();
    put_straits(json, of);
    json.field("ships_attribution", of.ships_attribution).end_object();
    return json.text() + "\n";
}

std::string route_geojson(const RouteTold& of) {
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").field("name", of.title()).field("notice", boundaries_notice);
    json.key("features").begin_array();
    json.begin_object().field("type", "Feature").key("geometry").begin_object().field("type", "MultiLineString");
    json.key("coordinates").begin_array();
    for (const auto& piece : pieces_of(of.route.line)) {
        json.begin_array();
        for (const auto& point : piece) put_point(json, point);
        json.end_array();
    }
    json.end_array().end_object().key("properties").begin_object();
    json.field("what", "route").field("within_km", of.asked.within_km).end_object().end_object();
    for (const StraitFacts& one : of.facts.straits) {
        json.begin_object().field("type", "Feature").key("geometry").begin_object().field("type", "Point");
        json.key("coordinates");
        put_point(json, {one.place->at->latitude_deg, one.place->at->longitude_deg});
        json.end_object().key("properties").begin_object().field("what", "strait").field("id", one.place->id);
        json.field("name", one.place->name.en).field("radius_km", one.place->radius_km);
        json.field("incidents_per_1000_transits", one.lacking.empty() ? one.per_1000.value : nan_value);
        json.end_object().end_object();
    }
    for (const auto& one : of.facts.incidents) {
        const respond::SeaIncident& incident = of.incidents.incidents[one.incident];
        json.begin_object().field("type", "Feature").key("geometry").begin_object().field("type", "Point");
        json.key("coordinates");
        put_point(json, incident.at);
        json.end_object().key("properties").begin_object().field("what", "incident").field("day", iso(incident.day));
        json.field("leg", one.leg + 1).field("distance_km", std::round(one.km * 10) / 10);
        put_names(json, of, incident.sources);
        json.end_object().end_object();
    }
    json.end_array().end_object();
    return json.text() + "\n";
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
