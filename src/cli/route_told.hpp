/// What `icosa route` tells and writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "respond/routes/sea_rates.hpp"

namespace icosa::cli {

struct RouteTold {
    const respond::SeaRoute& route;
    const respond::SeaIncidents& incidents;
    const respond::RouteFacts& facts;
    const respond::RouteAsked& asked;
    methods::matching::Reach reach;
    std::string kind;          ///< that counts
    std::string ships_attribution;
    Day as_of = no_day;

    [[nodiscard]] std::string title() const;  ///< "Strait of Hormuz to Singapore Strait"
    [[nodiscard]] std::string names(std::uint32_t sources) const;  ///< "asam, pirate-attacks"
};

[[nodiscard]] std::string month_text(int month);  ///< "2020-11"
/// Does a series of years rise or fall throughout?
[[nodiscard]] std::string_view trend_word(const methods::MannKendall& test);

[[nodiscard]] std::string route_text(const RouteTold& of);
[[nodiscard]] std::string route_json(const RouteTold& of);
/// The route as lines, incidents and straits as points.
[[nodiscard]] std::string route_geojson(const RouteTold& of);
/// Incidents by month as an SVG document.
[[nodiscard]] std::string route_picture(const RouteTold& of);
/// Rows month,incidents,sources; months that no source tells of have no figure.
/// err   those of ResultTable
[[nodiscard]] Result<void> write_route_months(const std::string& path, const RouteTold& of);
/// Rows day,lat,lon,leg,distance_km,along_km,sources,lines.
/// err   those of ResultTable
[[nodiscard]] Result<void> write_route_incidents(const std::string& path, const RouteTold& of,
                                                 const std::vector<std::vector<std::string>>& lines);

}  // namespace icosa::cli
