/// What happened along a route, by month, leg and strait: counts, rates and their ratios with exact intervals, and how
/// many ships were seen to pass.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "methods/rates/poisson_rate.hpp"
#include "methods/trends/trend.hpp"
#include "pack/places.hpp"
#include "respond/routes/sea_incidents.hpp"
#include "respond/routes/sea_route.hpp"

namespace icosa::respond {

/// Months from first to last, both in it.
struct MonthSpan {
    int first = 0, last = -1;
    [[nodiscard]] int months() const { return last - first + 1; }
    [[nodiscard]] bool holds(int month) const { return month >= first && month <= last; }
};

struct SpanCount {
    MonthSpan span;
    std::int64_t incidents = 0;  ///< along the route, or the part of it that is asked about
    std::int64_t world = 0;      ///< that the same sources tell of anywhere
};

/// One span of months beside another, by the sources that tell of every month of both.
struct SpanComparison {
    std::uint32_t sources = 0;  ///< bits; 0: none does, so that nothing can be said
    SpanCount now, before;
    methods::RateRatio ratio;   ///< of incidents a month

    [[nodiscard]] bool is_known() const { return sources != 0; }
};

struct LegFacts {
    double km = 0;
    std::int64_t incidents = 0;  ///< in all months looked at
    SpanComparison year;         ///< the newest span beside the one before
};

/// A strait that the route passes.
struct StraitFacts {
    const pack::PlaceFacts* place = nullptr;
    double along_km = 0, off_km = 0;  ///< its middle, along the route and beside it
    std::string lacking;              ///< why there is no figure; "" = there is one
    std::string ships_source;
    Day ships_first = no_day, ships_last = no_day;
    SpanComparison year;              ///< incidents within its radius
    double ships = 0, ships_before = 0;
    methods::Estimate per_1000, per_1000_before;
    methods::RateRatio ratio;         ///< of incidents a ship seen
};

/// An incident along the route.
struct RouteIncident {
    std::size_t incident = 0;  ///< of SeaIncidents
    std::size_t leg = 0;
    double km = 0, along_km = 0;
};

struct RouteMonth {
    int month = 0;
    std::uint32_t sources = 0;  ///< that tell of it; 0: not observed
    std::int64_t incidents = 0;
};

struct RouteTrend {
    MonthSpan span;  ///< whole years
    std::uint32_t sources = 0;
    std::vector<double> years;
    methods::MannKendall test;
    double slope = 0;  ///< incidents a year more each year
};

struct RouteFacts {
    MonthSpan asked;                 ///< all months looked at
    std::vector<RouteIncident> incidents;  ///< by day
    std::vector<RouteMonth> months;
    int observed_months = 0;
    methods::Estimate per_month;     ///< over the observed months
    SpanComparison year, five_years;
    double dispersion = 0;  ///< variance of the months of both spans of `year` over their mean; NaN: no incident
    std::optional<RouteTrend> trend;  ///< nothing: fewer than eight whole years that one source tells of
    std::vector<LegFacts> legs;
    std::vector<StraitFacts> straits;  ///< in the order passed
};

/// Ships seen to pass, by day; of each place the newest figure of a day.
struct ShipsSeen {
    std::string source;
    std::map<std::string, std::map<int, double>> by_place;  ///< place id, day: ships
    [[nodiscard]] const std::map<int, double>* at(const std::string& place) const;
    /// Ships in the months: their mean a day times the days, where nine days in ten are told of.
    [[nodiscard]] std::optional<double> in(const std::string& place, MonthSpan span) const;
};

struct RouteAsked {
    double within_km = 100;
    MonthSpan months;
    int span = 12;  ///< months compared
    double confidence = 0.95;
};

/// out   the newest span ends with the last month asked; that of a strait with the newest month that ships and
///       incidents are both known of
[[nodiscard]] RouteFacts route_facts(const SeaRoute& route, const SeaIncidents& incidents, const ShipsSeen& ships,
                                     const pack::PlaceBook& places, const RouteAsked& asked);

}  // namespace icosa::respond
