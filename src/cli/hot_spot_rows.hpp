/// What gi-star and local-moran found, as a table, as GeoJSON and as a summary.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "base/result.hpp"
#include "methods/hot_spots/course.hpp"
#include "table/place_steps.hpp"

namespace icosa::cli {

/// A run, as the writers see it.
struct HotSpotRun {
    methods::hot_spots::Statistic statistic;
    bool by_time = false;       ///< each step has its rows, and each place its course
    std::size_t from_step = 0;  ///< steps before are not written
    const table::PlaceSteps& places;
    std::vector<double> values;  ///< [places][steps]
    std::vector<methods::hot_spots::HotSpot> spots;  ///< [places][steps]
    std::vector<methods::hot_spots::CourseOfPlace> courses;  ///< [places]; empty: local Moran, or not by time

    [[nodiscard]] const methods::hot_spots::HotSpot& at(std::size_t place, std::size_t step) const {
        return spots[place * places.steps + step];
    }
};

/// CSV or Parquet, a row a place and step, places from the south-west.
[[nodiscard]] Result<void> write_hot_spot_table(const std::string& path, const HotSpotRun& run);
/// The last step's computed places: points, or the squares of cells.
[[nodiscard]] Result<void> write_hot_spot_geojson(const std::string& path, const HotSpotRun& run);
/// What is said of one place: an open object's fields.
void write_hot_spot_fields(JsonWriter& json, const HotSpotRun& run, std::size_t place, std::size_t step);

}  // namespace icosa::cli
