/// What commands about orbits share: elements read with what was left out told, options of the propagator, tracks.
#pragma once

#include <string>
#include <vector>

#include "base/instant.hpp"
#include "brief/orbit_picture.hpp"
#include "cli/command.hpp"
#include "methods/orbit/sgp4.hpp"
#include "model/element_choice.hpp"
#include "table/elements.hpp"

namespace icosa::cli {

struct OrbitOptions {
    std::string elements;
    std::string mode = "i";
    std::string constants = "wgs72";

    [[nodiscard]] methods::orbit::Mode sgp4_mode() const;
    [[nodiscard]] methods::orbit::Gravity gravity() const;
};
[[nodiscard]] Option elements_option(OrbitOptions& options);
[[nodiscard]] Option mode_option(OrbitOptions& options);
[[nodiscard]] Option constants_option(OrbitOptions& options);

/// Rows that were left out are counted on the standard error.
/// err   those of read_elements
[[nodiscard]] Result<table::ElementsRead> elements_told(const OrbitOptions& options);

/// "25544,48274" as numbers.   err   Usage: "bad-object"
[[nodiscard]] Result<std::vector<std::int32_t>> object_numbers(const std::string& text, const std::string& flag);

/// The way of an object over the ground from an instant on, every so many seconds; where SGP4 refuses it ends.
[[nodiscard]] brief::GroundTrack ground_track(const methods::orbit::Satellite& satellite, const std::string& name,
                                              Instant from, double hours, double step_seconds);
/// As GeoJSON: a line an object, cut where it crosses 180 degrees.
[[nodiscard]] std::string ground_tracks_geojson(const std::vector<brief::GroundTrack>& tracks,
                                                const std::vector<std::int32_t>& objects);

/// Of the object, else its number.
[[nodiscard]] std::string object_title(const model::ElementSet& set);

}  // namespace icosa::cli
