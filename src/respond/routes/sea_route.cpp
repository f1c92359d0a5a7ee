/// Lanes as a network; the way over it as waypoints.
#include "respond/routes/sea_route.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "methods/space/shortest_way.hpp"
#include "model/code_key.hpp"

namespace icosa::respond {
namespace {

using methods::GlobePoint;

GlobePoint point_of(const pack::Position& at) { return {at.latitude_deg, at.longitude_deg}; }

/// The lanes with their points numbered by id.
class LaneNetwork {
public:
    explicit LaneNetwork(const pack::PlaceBook& places) : places_(places) {
        for (const pack::SeaLeg& leg : places.lanes().legs) {
            std::vector<GlobePoint> way{at(leg.a)};
            for (const auto& one : leg.via) way.push_back(point_of(one));
            way.push_back(at(leg.b));
            const std::size_t a = number(leg.a), b = number(leg.b);
            lines_.push_back({a, b, methods::Route(way).length_km()});
            ways_.push_back(std::move(way));
        }
    }

    [[nodiscard]] SeaStop stop(const std::string& id) const {
        const auto* node = places_.lanes().find_node(id);
        const auto* place = places_.find_place(id);
        return {id, node ? node->name.en : place->name.en, at(id)};
    }

    /// Adds the legs of the way; false where there is none.
    bool add_way(const std::string& from, const std::string& to, std::vector<SeaStop>& stops,
                 std::vector<GlobePoint>& waypoints, std::vector<std::size_t>& leg_of) const {
        const auto a = numbers_.find(from), b = numbers_.find(to);
        if (a == numbers_.end() || b == numbers_.end()) return false;
        const auto found = methods::shortest_way(ids_.size(), lines_, a->second, b->second);
        if (!found) return false;
        std::size_t here = a->second;
        for (const std::size_t i : *found) {
            std::vector<GlobePoint> way = ways_[i];
            const bool backwards = lines_[i].b == here;
            if (backwards) std::ranges::reverse(way);
            here = backwards ? lines_[i].a : lines_[i].b;
            for (std::size_t point = 1; point < way.size(); ++point) {
                waypoints.push_back(way[point]);
                leg_of.push_back(stops.size() - 1);
            }
            stops.push_back(stop(ids_[here]));
        }
        return true;
    }

private:
    [[nodiscard]] GlobePoint at(const std::string& id) const { return point_of(*places_.position_of(id)); }
    std::size_t number(const std::string& id) {
        const auto [found, is_new] = numbers_.emplace(id, ids_.size());
        if (is_new) ids_.push_back(id);
        return found->second;
    }

    const pack::PlaceBook& places_;
    std::map<std::string, std::size_t> numbers_;
    std::vector<std::string> ids_;
    std::vector<methods::NetworkLine> lines_;
    std::vector<std::vector<GlobePoint>> ways_;
};

}  // namespace

double SeaRoute::leg_km(std::size_t leg) const {
    double out = 0;
    for (std::size_t i = 0; i < leg_of.size(); ++i) {
        if (leg_of[i] == leg) out += line.leg_km(i);
    }
    return out;
}

Result<std::string> sea_stop(const pack::PlaceBook& places, const std::string& word) {
    const std::string wanted = model::code_key("name", word), id = lower(trim(word));
    std::vector<std::string> names;
    const auto fits = [&](const std::string& of, const pack::Title& name) {
        names.insert(names.end(), {of, lower(name.en)});
        return of == id || (!wanted.empty() && (model::code_key("name", name.en) == wanted || name.zh == trim(word)));
    };
    for (const auto& node : places.lanes().nodes) {
        if (fits(node.id, node.name)) return node.id;
    }
    for (const auto& place : places.places()) {
        if (place.kind != "chokepoint") continue;
        if (fits(place.id, place.name)) return place.id;
        for (const auto& code : place.codes) {
            if (code.system == "name" && model::code_key("name", code.code) == wanted) return place.id;
        }
    }
    auto near = nearest(id, names);
    for (const auto& name : names) {
        if (!near && id.size() > 2 && name.find(id) != std::string::npos) near = name;
    }
    return fail(Fault::Usage, "unknown-place", {}, fmt::format("no strait or sea node '{}' is known", excerpt(word)),
                near ? fmt::format("did you mean '{}'?", *near)
                     : "packs/places/chokepoints.toml and sea-legs.toml name them; or give --waypoints FILE.csv");
}

Result<SeaRoute> lane_route(const pack::PlaceBook& places, const std::vector<std::string>& words) {
    std::vector<std::string> ids;
    for (const auto& word : words) {
        ids.push_back(TRY(sea_stop(places, word)));
        if (ids.size() > 1 && ids[ids.size() - 2] == ids.back())
            return fail(Fault::Usage, "same-place", {},
                        fmt::format("'{}' and '{}' are one place", words[ids.size() - 2], words[ids.size() - 1]),
                        "name two");
    }
    const LaneNetwork network(places);
    std::vector<SeaStop> stops{network.stop(ids.front())};
    std::vector<GlobePoint> waypoints{stops.front().at};
    std::vector<std::size_t> leg_of;
    for (std::size_t i = 1; i < ids.size(); ++i) {
        if (network.add_way(ids[i - 1], ids[i], stops, waypoints, leg_of)) continue;
        return fail(Fault::Usage, "no-way", {},
                    fmt::format("the lanes of the packs lead no way from '{}' to '{}'", ids[i - 1], ids[i]),
                    "give the way as --waypoints FILE.csv, or add a [[sea_leg]] in packs of your own");
    }
    return SeaRoute{std::move(stops), methods::Route(waypoints), std::move(leg_of), false};
}

Result<SeaRoute> waypoint_route(std::vector<SeaStop> stops, const std::string& file) {
    if (stops.size() < 2)
        return fail(Fault::Data, "one-waypoint", {file},
                    fmt::format("{} waypoint{} no route", stops.size(), stops.size() == 1 ? " is" : "s are"),
                    "give two or more, a row each, in the order sailed");
    std::vector<GlobePoint> waypoints;
    std::vector<std::size_t> leg_of;
    for (std::size_t i = 0; i < stops.size(); ++i) {
        waypoints.push_back(stops[i].at);
        if (i == 0) continue;
        leg_of.push_back(i - 1);
        const auto both = fmt::format("waypoints {} and {} ('{}', '{}')", i, i + 1, stops[i - 1].name, stops[i].name);
        if (methods::great_circle_km(waypoints[i - 1], waypoints[i]) < 0.001)
            return fail(Fault::Data, "same-waypoint", {file}, both + " are one point", "leave one out");
        if (methods::are_opposite(waypoints[i - 1], waypoints[i]))
            return fail(Fault::Data, "opposite-waypoints", {file},
                        both + " lie opposite one another on the globe: no way between them is the shortest",
                        "put a waypoint between them");
    }
    return SeaRoute{std::move(stops), methods::Route(waypoints), std::move(leg_of), true};
}

}  // namespace icosa::respond
