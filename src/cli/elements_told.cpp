/// Reading and telling for the commands about orbits.
#include "cli/elements_told.hpp"
#include "cli/output.hpp"

#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "engine/orbit_elements.hpp"
#include "methods/orbit/earth_fixed.hpp"

namespace icosa::cli {

namespace orbit = methods::orbit;

orbit::Mode OrbitOptions::sgp4_mode() const { return mode == "a" ? orbit::Mode::Operational : orbit::Mode::Improved; }
orbit::Gravity OrbitOptions::gravity() const {
    return constants == "wgs84" ? orbit::Gravity::Wgs84 : orbit::Gravity::Wgs72;
}

Option elements_option(OrbitOptions& options) {
    return option("--elements", &options.elements,
                  "mean elements: two-line sets, or a mean-elements message as CSV, JSON, XML or KVN")
        .as("FILE")
        .required();
}
Option mode_option(OrbitOptions& options) {
    return option("--mode", &options.mode, "of SGP4: i improved, a as the operational code of 1980s elements")
        .one_of({"i", "a"});
}
Option constants_option(OrbitOptions& options) {
    return option("--constants", &options.constants, "of the Earth; public elements are fitted with wgs72")
        .one_of({"wgs72", "wgs84"});
}

Result<table::ElementsRead> elements_told(const OrbitOptions& options) {
    auto read = TRY(table::read_elements(options.elements));
    for (const table::ElementRemark& remark : read.left_out)
        fmt::print(stderr, "left out, {} of {} rows: {} ({}{})\n", remark.count, read.rows, remark.what,
                   remark.count > 1 ? "first: " : "", remark.first);
    if (!read.minutes.empty())
        fmt::print(stderr, "sets with minutes behind them are made by hand for verification: no checksum was asked\n");
    return read;
}

Result<std::vector<std::int32_t>> object_numbers(const std::string& text, const std::string& flag) {
    std::vector<std::int32_t> out;
    if (text.empty()) return out;
    for (const auto word : split(text, ',')) {
        const auto number = parse_integer(trim(word));
        if (!number || *number < 1 || *number > 999'999'999)
            return fail(Fault::Usage, "bad-object", {},
                        fmt::format("{} '{}' is no catalogue number", flag, excerpt(word)),
                        "write numbers with commas: 25544,48274");
        out.push_back(static_cast<std::int32_t>(*number));
    }
    return out;
}

brief::GroundTrack ground_track(const orbit::Satellite& satellite, const std::string& name, Instant from, double hours,
                                double step_seconds) {
    constexpr double second_us = 1e6, hour_seconds = 3600;
    brief::GroundTrack out{name, {}};
    const auto steps = static_cast<int>(std::floor(hours * hour_seconds / step_seconds + 1e-9));
    for (int i = 0; i <= steps; ++i) {
        const Instant at = later(from, std::llround(i * step_seconds * second_us));
        const auto state = orbit::propagate(satellite, engine::orbit_instant(at));
        if (state.refusal != orbit::Refusal::None) break;
        const auto under = orbit::point_under(state.position_km, engine::orbit_instant(at));
        out.points.push_back(
            {under.longitude_deg, under.latitude_deg, under.height_km, i * step_seconds / hour_seconds});
    }
    return out;
}

std::string ground_tracks_geojson(const std::vector<brief::GroundTrack>& tracks,
                                  const std::vector<std::int32_t>& objects) {
    constexpr double half_turn_deg = 180;
    const auto rounded = [](double value) { return std::round(value * 1e5) / 1e5; };
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").field("notice", boundaries_notice);
    json.key("features").begin_array();
    for (std::size_t i = 0; i < tracks.size(); ++i) {
        json.begin_object().field("type", "Feature").key("properties").begin_object();
        json.field("id", static_cast<std::int64_t>(objects[i])).field("name", tracks[i].name).end_object();
        json.key("geometry").begin_object().field("type", "MultiLineString").key("coordinates").begin_array();
        bool is_open = false;
        double before = 0;
        for (const brief::GroundPoint& point : tracks[i].points) {
            if (is_open && std::abs(point.longitude_deg - before) > half_turn_deg) {
                json.end_array();
                is_open = false;
            }
            if (!is_open) json.begin_array();
            is_open = true;
            before = point.longitude_deg;
            json.begin_array().value(rounded(point.longitude_deg)).value(rounded(point.latitude_deg));
            json.value(std::round(point.height_km * 1e6) / 1e3).end_array();
        }
        if (is_open) json.end_array();
        json.end_array().end_object().end_object();
    }
    json.end_array().end_object();
    return json.text() + "\n";
}

std::string object_title(const model::ElementSet& set) {
    return set.name.empty() ? fmt::format("{}", set.object) : set.name;
}

}  // namespace icosa::cli
