/// JSON and shapes of a route.
#include <cmath>

#include "base/json.hpp"
#include "base/number.hpp"
#include "cli/output.hpp"
#include "cli/route_told.hpp"

namespace icosa::cli {
namespace {

using respond::SpanComparison;
using respond::StraitFacts;

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
            .field("of_days_of_another", of.incidents.beside[s])
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
    if (facts.observed_months > 0) put_estimate(json, "incidents_per_month", facts.per_month);
    else json.key("incidents_per_month").null();
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

}  // namespace icosa::cli
