/// A table that `icosa export` writes: CSV, Parquet, or GeoJSON with a feature a row whose place is known.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/export.hpp"
#include "model/findings.hpp"
#include "store/parquet_writer.hpp"

namespace icosa::cli {

/// Point: of a place with an outline too, its middle. A feature is never finer than its place.
enum class Shapes { OutlineOrPoint, Point };

struct Exported {
    std::string name;  ///< of the collection, and of what the rows are called: "signals"
    std::vector<store::Column> columns;
    std::vector<std::vector<store::Cell>> rows;  ///< each as long as columns
    std::vector<std::string> places;             ///< a place id a row; "" = none
    std::vector<std::optional<model::Circle>> circles;  ///< empty, or one a row: goes before its place
    Shapes shapes = Shapes::Point;
};

/// To --out by --format or the name's ending, else to the standard output; with --json lines of JSON.
/// err   Usage: unknown-format, not-json, no-file; Store: unwritable
[[nodiscard]] Result<int> write_exported(const Common& common, const ExportOptions& options,
                                         const pack::PlaceBook& places, const Exported& table);

}  // namespace icosa::cli
