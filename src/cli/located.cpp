/// Rows, JSON and words of points.
#include "cli/located.hpp"

#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::cli {
namespace {

using atlas::Ground;

constexpr double near_border_km = 10;

std::string km_text(double km) { return std::isnan(km) ? "" : number_text(km, km < 10 ? 2 : 0); }

std::string degrees_text(double degrees) { return std::isnan(degrees) ? "" : number_text(degrees, 6); }

std::string sea_of(const PointLocated& point) {
    if (point.is_in.ground != Ground::Water) return {};
    return point.is_in.sea.empty() ? "other-waters" : point.is_in.sea;
}

std::string title_with_id(const pack::PlaceBook& places, const std::string& id) {
    return fmt::format("{} ({})", places.title_of(id), id);
}

}  // namespace

bool PointLocated::has_position() const { return !std::isnan(asked.latitude_deg); }

bool PointLocated::is_at_origin() const { return asked.latitude_deg == 0 && asked.longitude_deg == 0; }

bool PointLocated::differs() const {
    if (asked.stated.empty() || !is_in.disputed.empty() || is_at_origin()) return false;
    if (is_in.ground == Ground::Land) return !is_in.country.empty() && apart_km > 0;
    return is_in.ground == Ground::Water && is_in.nearest_country != asked.stated && apart_km > atlas::offshore_km;
}

void LocatedCounts::add(const PointLocated& point) {
    ++rows;
    if (!point.has_position()) return void(++without_position);
    if (point.is_at_origin()) ++at_origin;
    if (!point.is_in.disputed.empty()) ++disputed;
    else if (point.is_in.ground == Ground::Land) ++on_land;
    else if (point.is_in.ground == Ground::Water) ++on_water;
    if (point.is_in.ground == Ground::Land && point.is_in.country.empty() && point.is_in.disputed.empty())
        ++unknown_country;
    if (point.asked.stated.empty() && !point.asked.stated_text.empty()) ++not_read;
    if (point.asked.stated.empty() || std::isnan(point.apart_km) || !point.is_in.disputed.empty()) return;
    if (point.is_at_origin()) return;
    ++stated;
    if (!point.differs()) return void(++agree);
    ++differ;
    if (point.apart_km <= near_border_km) ++near;
}

PointLocated PointLocator::locate(PointAsked asked) {
    PointLocated out;
    out.asked = std::move(asked);
    out.apart_km = std::numeric_limits<double>::quiet_NaN();
    if (!out.has_position()) {
        out.is_in.coast_km = std::numeric_limits<double>::quiet_NaN();
        out.notes.emplace_back("no position");
        return out;
    }
    const methods::GlobePoint at{out.asked.latitude_deg, out.asked.longitude_deg};
    out.is_in = atlas_.at(at, out.asked.day);
    if (out.is_at_origin()) out.notes.emplace_back("0/0: more likely no position than a point in the Gulf of Guinea");
    if (out.is_in.ground == Ground::NotKnown) out.notes.emplace_back("no outlines of countries in this build");
    if (out.is_in.ground == Ground::Land && out.is_in.country.empty() && out.is_in.disputed.empty())
        out.notes.push_back(fmt::format("whose this land was on {} the packs do not tell", iso(out.asked.day)));
    if (!out.is_in.without_outline.empty())
        out.notes.push_back(fmt::format("{} lies within 50 km and is too small for the outlines",
                                        places_.title_of(out.is_in.without_outline)));
    if (out.asked.stated.empty() && !out.asked.stated_text.empty())
        out.notes.push_back(
            fmt::format("'{}' means no place on {}", excerpt(out.asked.stated_text), iso(out.asked.day)));
    if (out.asked.stated.empty()) return out;
    if (const auto km = distances_.km_to(out.asked.stated, at, out.asked.day)) out.apart_km = *km;
    else if (out.is_in.ground != Ground::NotKnown)
        out.notes.push_back(fmt::format("{} has no outline", places_.title_of(out.asked.stated)));
    if (out.differs())
        out.notes.emplace_back(out.is_in.ground == Ground::Water ? "nearer another coast than the one stated"
                                                                 : "another place than stated");
    return out;
}

std::string located_header(Stated stated) {
    return std::string("line,lat,lon,gid,country,disputed,sea,nearest_country,coast_km,note")
        + (stated == Stated::Yes ? ",stated,apart_km\n" : "\n");
}

std::string located_row(const PointLocated& point, Stated stated) {
    std::string out = fmt::format("{},{},{},{},{},{},{},{},{},{}", point.asked.line,
                                  degrees_text(point.asked.latitude_deg), degrees_text(point.asked.longitude_deg),
                                  point.has_position() ? std::to_string(point.is_in.gid) : "", point.is_in.country,
                                  point.is_in.disputed, sea_of(point), point.is_in.nearest_country,
                                  km_text(point.is_in.coast_km), csv_cell(join(point.notes, "; ")));
    if (stated == Stated::Yes) out += fmt::format(",{},{}", point.asked.stated, km_text(point.apart_km));
    return out + "\n";
}

void write_located(JsonWriter& json, const PointLocated& point, Stated stated) {
    const auto text = [&](std::string_view name, const std::string& value) {
        json.key(name);
        if (value.empty()) json.null();
        else json.value(value);
    };
    json.begin_object().field("line", point.asked.line);
    json.field("lat", point.asked.latitude_deg).field("lon", point.asked.longitude_deg);
    json.key("gid");
    if (point.has_position()) json.value(point.is_in.gid);
    else json.null();
    text("country", point.is_in.country);
    text("disputed", point.is_in.disputed);
    text("sea", sea_of(point));
    text("nearest_country", point.is_in.nearest_country);
    json.field("coast_km", point.is_in.coast_km);
    if (stated == Stated::Yes) {
        text("stated", point.asked.stated);
        json.field("apart_km", point.apart_km);
    }
    json.key("notes").begin_array();
    for (const std::string& note : point.notes) json.value(note);
    json.end_array().end_object();
}

void write_counts(JsonWriter& json, const LocatedCounts& counts, Stated stated) {
    json.field("rows", counts.rows)
        .field("refused", counts.refused)
        .field("on_land", counts.on_land)
        .field("on_water", counts.on_water)
        .field("disputed", counts.disputed)
        .field("without_position", counts.without_position)
        .field("at_origin", counts.at_origin)
        .field("country_not_known", counts.unknown_country);
    if (stated == Stated::No) return;
    json.field("stated", counts.stated)
        .field("agree", counts.agree)
        .field("differ", counts.differ)
        .field("country_not_read", counts.not_read)
        .field("differ_within_10_km", counts.near);
}

std::string told_counts(const LocatedCounts& counts, Stated stated) {
    std::string out = fmt::format("{} rows: {} on land, {} on water", counts.rows, counts.on_land, counts.on_water);
    const auto add = [&](std::int64_t n, std::string_view what) {
        if (n > 0) out += fmt::format(", {} {}", n, what);
    };
    add(counts.disputed, "in areas whose status is not determined");
    add(counts.without_position, "without a position");
    add(counts.refused, "more that the card refuses");
    add(counts.at_origin, "of them at 0/0");
    add(counts.unknown_country, "of them on land of no known country on their day");
    if (stated == Stated::No) return out;
    if (counts.not_read > 0)
        out += fmt::format("\n{} with a country stated that means no place: see their notes", counts.not_read);
    if (counts.stated == 0) return out;
    out += fmt::format("\n{} with a country stated that has an outline: {} lie in it or off its coast, {} do not",
                       counts.stated, counts.agree, counts.differ);
    if (counts.differ > 0) out += fmt::format(" ({} of them up to 10 km from it)", counts.near);
    return out;
}

std::string told_point(const PointLocated& point, const pack::PlaceBook& places) {
    std::string out;
    const auto line = [&](std::string_view name, const std::string& value) {
        out += fmt::format("{:<18}{}\n", name, value);
    };
    const auto place = [&](std::string_view name, const std::string& id) {
        if (!id.empty()) line(name, title_with_id(places, id));
    };
    place("country", point.is_in.country);
    place("not determined", point.is_in.disputed);
    if (point.is_in.ground == Ground::Water)
        line("sea", point.is_in.sea.empty() ? "waters of no sea of the packs" : title_with_id(places, point.is_in.sea));
    place("nearest coast", point.is_in.nearest_country);
    if (!std::isnan(point.is_in.coast_km)) line("to the coast", km_text(point.is_in.coast_km) + " km");
    line("PRIO-GRID cell", std::to_string(point.is_in.gid));
    for (const std::string& note : point.notes) line("note", note);
    return out;
}

}  // namespace icosa::cli
