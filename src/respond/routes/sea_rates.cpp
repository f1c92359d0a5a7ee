/// Counts by span, then the exact intervals.
#include "respond/routes/sea_rates.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "base/number.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::respond {
namespace {

constexpr int least_years = 8;  // of a trend
constexpr int five_years_months = 60;

int month_of(Day day) { return period_of(day, PeriodKind::Month); }

/// Counts of spans over some incidents.
class Spans {
public:
    Spans(const SeaIncidents& incidents, double confidence) : incidents_(incidents), confidence_(confidence) {}

    /// `here`: numbers of the incidents that are asked about.
    [[nodiscard]] SpanComparison compare(const std::vector<std::size_t>& here, MonthSpan now, MonthSpan before) const {
        SpanComparison out;
        out.now.span = now;
        out.before.span = before;
        out.sources = incidents_.covering(before.first, now.last);
        if (!out.is_known()) return out;
        for (SpanCount* span : {&out.now, &out.before}) {
            for (const std::size_t i : here) span->incidents += tells(i, out.sources, span->span) ? 1 : 0;
            for (std::size_t i = 0; i < incidents_.incidents.size(); ++i)
                span->world += tells(i, out.sources, span->span) ? 1 : 0;
        }
        out.ratio = methods::rate_ratio(static_cast<double>(out.now.incidents), now.months(),
                                        static_cast<double>(out.before.incidents), before.months(), confidence_);
        return out;
    }

    [[nodiscard]] bool tells(std::size_t i, std::uint32_t sources, MonthSpan span) const {
        const SeaIncident& one = incidents_.incidents[i];
        return one.counts && (one.sources & sources) != 0 && span.holds(month_of(one.day));
    }

private:
    const SeaIncidents& incidents_;
    double confidence_;
};

MonthSpan before_of(MonthSpan span, int months) { return {span.first - months, span.first - 1}; }

double dispersion_of(const std::vector<double>& counts) {
    double sum = 0, squares = 0;
    for (const double one : counts) sum += one;
    const auto n = static_cast<double>(counts.size());
    const double mean = sum / n;
    if (n < 2 || mean == 0) return nan_value;
    for (const double one : counts) squares += (one - mean) * (one - mean);
    return squares / (n - 1) / mean;
}

std::optional<RouteTrend> trend_of(const SeaIncidents& all, const Spans& spans, const std::vector<std::size_t>& here,
                                   MonthSpan asked) {
    constexpr int year = 12;
    RouteTrend out;
    // whole years that a source tells of throughout, the newest ones
    const int last_year = (asked.last + 1) / year - 1;
    const int first_year = (asked.first + year - 1) / year;
    int end = last_year;
    while (end >= first_year && all.covering(end * year, end * year + year - 1) == 0) --end;
    int begin = end + 1;
    while (begin > first_year && all.covering((begin - 1) * year, end * year + year - 1) != 0) --begin;
    if (end - begin + 1 < least_years) return std::nullopt;
    out.span = {begin * year, end * year + year - 1};
    out.sources = all.covering(out.span.first, out.span.last);
    for (int y = begin; y <= end; ++y) {
        const MonthSpan months{y * year, y * year + year - 1};
        out.years.push_back(static_cast<double>(
            std::ranges::count_if(here, [&](std::size_t i) { return spans.tells(i, out.sources, months); })));
    }
    out.test = methods::mann_kendall(out.years, methods::Serial::YueWang);
    out.slope = methods::theil_sen(out.years, methods::normal_quantile(0.975), out.test.variance).slope;
    return out;
}

/// The newest month not after `last` that ships and any source of incidents are both known of; nothing where there is
/// none.
std::optional<int> newest_known(const SeaIncidents& incidents, const ShipsSeen& ships, const std::string& place,
                                int last) {
    const auto* days = ships.at(place);
    if (!days || days->empty()) return std::nullopt;
    const int first = month_of(Day{days->begin()->first});
    for (int month = last; month >= first; --month) {
        if (incidents.of_month(month) != 0 && ships.in(place, {month, month})) return month;
    }
    return std::nullopt;
}

StraitFacts strait_of(const pack::PlaceFacts& place, const SeaIncidents& all, const Spans& spans,
                      const ShipsSeen& ships, const RouteAsked& asked) {
    StraitFacts out;
    out.place = &place;
    out.ships_source = ships.source;
    const auto* days = ships.at(place.id);
    if (!days || days->empty()) {
        out.lacking = ships.source.empty() ? "no count of ships at hand: a store with the passages of ships has it"
                                           : "no count of ships";
        return out;
    }
    out.ships_first = Day{days->begin()->first};
    out.ships_last = Day{days->rbegin()->first};
    const auto newest = newest_known(all, ships, place.id, asked.months.last);
    if (!newest) {
        out.lacking = "no count of ships before " + iso(out.ships_first);
        return out;
    }
    const MonthSpan now{*newest - asked.span + 1, *newest};
    std::vector<std::size_t> here;
    const methods::GlobePoint middle{place.at->latitude_deg, place.at->longitude_deg};
    for (std::size_t i = 0; i < all.incidents.size(); ++i) {
        if (methods::great_circle_km(all.incidents[i].at, middle) <= place.radius_km) here.push_back(i);
    }
    out.year = spans.compare(here, now, before_of(now, asked.span));
    const auto seen = ships.in(place.id, now), seen_before = ships.in(place.id, out.year.before.span);
    out.ships = seen.value_or(nan_value);
    out.ships_before = seen_before.value_or(nan_value);
    if (!out.year.is_known()) out.lacking = "no source of incidents tells of both spans of months";
    else if (!seen || !seen_before || *seen <= 0 || *seen_before <= 0)
        out.lacking = "no count of ships in some of the months; they are counted from " + iso(out.ships_first);
    if (!out.lacking.empty()) return out;
    const auto count = static_cast<double>(out.year.now.incidents),
               count_before = static_cast<double>(out.year.before.incidents);
    out.per_1000 = methods::poisson_rate(count, *seen / 1000, asked.confidence);
    out.per_1000_before = methods::poisson_rate(count_before, *seen_before / 1000, asked.confidence);
    out.ratio = methods::rate_ratio(count, *seen, count_before, *seen_before, asked.confidence);
    return out;
}

/// Incidents that count, near the route, in the months asked and those compared with.
std::vector<RouteIncident> along(const SeaRoute& route, const SeaIncidents& all, double within_km) {
    std::vector<RouteIncident> out;
    for (std::size_t i = 0; i < all.incidents.size(); ++i) {
        if (!all.incidents[i].counts) continue;
        const methods::BesideRoute beside = route.line.beside(all.incidents[i].at);
        if (beside.km <= within_km) out.push_back({i, route.leg_of[beside.leg], beside.km, beside.along_km});
    }
    return out;
}

void count_months(const SeaIncidents& all, const Spans& spans, const std::vector<std::size_t>& here, RouteFacts& out) {
    for (int month = out.asked.first; month <= out.asked.last; ++month) {
        RouteMonth one{month, all.of_month(month), 0};
        if (one.sources != 0) ++out.observed_months;
        out.months.push_back(one);
    }
    std::int64_t observed = 0;
    for (const std::size_t i : here) {
        const int month = month_of(all.incidents[i].day);
        if (!out.asked.holds(month)) continue;
        RouteMonth& one = out.months[static_cast<std::size_t>(month - out.asked.first)];
        if (!spans.tells(i, one.sources, {month, month})) continue;
        ++one.incidents;
        ++observed;
    }
    if (out.observed_months > 0)
        out.per_month = methods::poisson_rate(static_cast<double>(observed), out.observed_months);
}

}  // namespace

const std::map<int, double>* ShipsSeen::at(const std::string& place) const {
    const auto found = by_place.find(place);
    return found == by_place.end() ? nullptr : &found->second;
}

std::optional<double> ShipsSeen::in(const std::string& place, MonthSpan span) const {
    const auto* days = at(place);
    if (!days) return std::nullopt;
    const Day first = first_day_of(span.first, PeriodKind::Month), last = last_day_of(span.last, PeriodKind::Month);
    double ships = 0;
    int told = 0;
    for (auto one = days->lower_bound(first.value); one != days->end() && one->first <= last.value; ++one) {
        ships += one->second;
        ++told;
    }
    const int whole = last - first + 1;
    constexpr double least_share = 0.9;
    if (told < least_share * whole) return std::nullopt;
    return ships / told * whole;
}

RouteFacts route_facts(const SeaRoute& route, const SeaIncidents& incidents, const ShipsSeen& ships,
                       const pack::PlaceBook& places, const RouteAsked& asked) {
    RouteFacts out;
    out.asked = asked.months;
    const Spans spans(incidents, asked.confidence);
    out.incidents = along(route, incidents, asked.within_km);
    std::vector<std::size_t> here;
    std::vector<std::vector<std::size_t>> of_leg(route.legs());
    for (const RouteIncident& one : out.incidents) {
        here.push_back(one.incident);
        of_leg[one.leg].push_back(one.incident);
    }
    count_months(incidents, spans, here, out);
    const MonthSpan now{asked.months.last - asked.span + 1, asked.months.last};
    out.year = spans.compare(here, now, before_of(now, asked.span));
    out.five_years = spans.compare(here, now, before_of(now, five_years_months));
    std::vector<double> both;
    for (int month = out.year.before.span.first; month <= now.last && out.year.is_known(); ++month)
        both.push_back(static_cast<double>(std::ranges::count_if(
            here, [&](std::size_t i) { return spans.tells(i, out.year.sources, {month, month}); })));
    out.dispersion = dispersion_of(both);
    out.trend = trend_of(incidents, spans, here, asked.months);
    for (std::size_t leg = 0; leg < route.legs(); ++leg) {
        LegFacts& one = out.legs.emplace_back();
        one.km = route.leg_km(leg);
        one.year = spans.compare(of_leg[leg], now, before_of(now, asked.span));
        one.incidents = std::ranges::count_if(of_leg[leg], [&](std::size_t i) {
            const int month = month_of(incidents.incidents[i].day);
            return asked.months.holds(month) && spans.tells(i, incidents.of_month(month), {month, month});
        });
    }
    for (const pack::PlaceFacts& place : places.places()) {
        if (place.kind != "chokepoint" || !place.at) continue;
        const auto beside = route.line.beside({place.at->latitude_deg, place.at->longitude_deg});
        if (beside.km > place.radius_km) continue;
        StraitFacts strait = strait_of(place, incidents, spans, ships, asked);
        strait.along_km = beside.along_km;
        strait.off_km = beside.km;
        out.straits.push_back(std::move(strait));
    }
    std::ranges::stable_sort(out.straits, {}, &StraitFacts::along_km);
    std::erase_if(out.incidents, [&](const RouteIncident& one) {
        const SeaIncident& incident = incidents.incidents[one.incident];
        const int month = month_of(incident.day);
        return !asked.months.holds(month) || (incident.sources & incidents.of_month(month)) == 0;
    });
    return out;
}

}  // namespace icosa::respond
