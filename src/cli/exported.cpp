/// Rows into a file of each format.
#include "cli/exported.hpp"

#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/geo_shapes.hpp"
#include "cli/output.hpp"
#include "store/table_file.hpp"

namespace icosa::cli {
namespace {

void write_fields(JsonWriter& json, const Exported& table, const std::vector<store::Cell>& row) {
    for (std::size_t c = 0; c < row.size(); ++c) {
        json.key(table.columns[c].name);
        if (const auto* text = std::get_if<std::string>(&row[c])) json.value(*text);
        else if (const auto* whole = std::get_if<std::int64_t>(&row[c])) json.value(*whole);
        else if (const auto* number = std::get_if<double>(&row[c])) json.value(*number);
        else json.null();
    }
}

std::string json_lines_of(const Exported& table) {
    std::string out;
    for (const auto& row : table.rows) {
        JsonWriter json;
        json.begin_object();
        write_fields(json, table, row);
        json.end_object();
        out += json.text() + "\n";
    }
    return out;
}

std::string csv_of(const Exported& table) {
    std::string out;
    for (std::size_t c = 0; c < table.columns.size(); ++c) out += (c > 0 ? "," : "") + table.columns[c].name;
    out += '\n';
    for (const auto& row : table.rows) {
        for (std::size_t c = 0; c < row.size(); ++c) {
            if (c > 0) out += ',';
            if (const auto* text = std::get_if<std::string>(&row[c])) out += csv_cell(*text);
            else if (const auto* whole = std::get_if<std::int64_t>(&row[c])) out += std::to_string(*whole);
            else if (const auto* number = std::get_if<double>(&row[c])) out += number_text(*number);
        }
        out += '\n';
    }
    return out;
}

void write_point(JsonWriter& json, const pack::Position& at) {
    json.field("type", "Point").key("coordinates").begin_array().value(at.longitude_deg).value(at.latitude_deg);
    json.end_array();
}

pack::Position middle(const std::vector<pack::Position>& ring) {
    pack::Position out;
    for (const auto& corner : ring) {
        out.longitude_deg += corner.longitude_deg / static_cast<double>(ring.size());
        out.latitude_deg += corner.latitude_deg / static_cast<double>(ring.size());
    }
    return out;
}

void write_shape(JsonWriter& json, const pack::PlaceFacts& place, Shapes shapes) {
    json.key("geometry").begin_object();
    if (shapes == Shapes::Point || place.polygon.empty()) {
        write_point(json, place.at ? *place.at : middle(place.polygon));
    } else {
        json.field("type", "Polygon").key("coordinates").begin_array().begin_array();
        for (std::size_t i = 0; i <= place.polygon.size(); ++i) {
            const auto& corner = place.polygon[i % place.polygon.size()];
            json.begin_array().value(corner.longitude_deg).value(corner.latitude_deg).end_array();
        }
        json.end_array().end_array();
    }
    json.end_object();
}

/// A feature for each row that is about a circle, or whose place has a point or an outline: the cells stand in the
/// properties.
std::string geojson_of(const Exported& table, const pack::PlaceBook& places) {
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").field("name", table.name).field("notice", boundaries_notice);
    json.key("features").begin_array();
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        const auto* place = places.find_place(table.places[r]);
        const auto circle = r < table.circles.size() ? table.circles[r] : std::nullopt;
        if (!circle && (!place || (!place->at && place->polygon.empty()))) continue;
        json.begin_object().field("type", "Feature");
        if (circle) write_circle(json, {circle->latitude_deg, circle->longitude_deg}, circle->radius_km);
        else write_shape(json, *place, table.shapes);
        json.key("properties").begin_object();
        write_fields(json, table, table.rows[r]);
        json.end_object().end_object();
    }
    json.end_array().end_object();
    return json.text() + "\n";
}

/// What the ending of the file's name says; CSV where there is none.
Result<std::string> format_by_ending(const std::string& file) {
    const std::string ending = lower(std::filesystem::path(file).extension().string());
    if (ending.empty() || ending == ".csv" || ending == ".txt") return std::string("csv");
    if (ending == ".parquet") return std::string("parquet");
    if (ending == ".geojson" || ending == ".json") return std::string("geojson");
    return fail(Fault::Usage, "unknown-format", {file}, fmt::format("no format is known by the ending '{}'", ending),
                "end the name in .csv, .parquet or .geojson, or say --format");
}

}  // namespace

Result<int> write_exported(const Common& common, const ExportOptions& options, const pack::PlaceBook& places,
                           const Exported& table) {
    std::string format = options.format;
    if (common.json && options.out.empty()) {
        if (!format.empty() && format != "geojson")
            return fail(Fault::Usage, "not-json", {},
                        fmt::format("--json leaves no room on standard output for {}", format),
                        "add --out FILE, or leave --format out");
        TRY(write_text("", format.empty() ? json_lines_of(table) : geojson_of(table, places)));
        return exit_clean;
    }
    if (format.empty()) format = TRY(format_by_ending(options.out));
    if (format == "parquet") {
        if (options.out.empty())
            return fail(Fault::Usage, "no-file", {}, "Parquet needs a file",
                        fmt::format("add --out {}.parquet", options.what));
        TRY(store::write_parquet(options.out, table.columns, table.rows));
    } else {
        TRY(write_text(options.out, format == "geojson" ? geojson_of(table, places) : csv_of(table)));
    }
    if (options.out.empty()) return exit_clean;
    const bool is_series = options.what == "series";
    if (common.json) {
        JsonWriter json;
        json.begin_object().field("file", options.out);
        if (!options.watch.empty()) json.field("watch", options.watch);
        json.field(is_series ? "values" : "rows", table.rows.size()).end_object();
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{}: {} {} of {}\n", options.out, table.rows.size(), is_series ? "values" : "rows", table.name);
    }
    return exit_clean;
}

}  // namespace icosa::cli
