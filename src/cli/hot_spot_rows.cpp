/// Numbers are written with twelve digits: what is beyond them is rounding.
#include "cli/hot_spot_rows.hpp"

#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "cli/output.hpp"
#include "cli/result_table.hpp"

namespace icosa::cli {
namespace {

namespace hot = methods::hot_spots;

double twelve_digits(double value) {
    return std::isfinite(value) ? std::strtod(fmt::format("{:.12g}", value).c_str(), nullptr) : value;
}

bool has_rates(const HotSpotRun& run) { return !run.places.population.empty(); }

double per_100k(const HotSpotRun& run, std::size_t place, std::size_t step) {
    return twelve_digits(run.values[place * run.places.steps + step] * 1e5);
}

store::Cell text_cell(std::string_view text) { return text.empty() ? store::Cell() : store::Cell(std::string(text)); }

/// The square of a cell, or the point.
void write_geometry(JsonWriter& json, const HotSpotRun& run, std::size_t place) {
    const auto& at = run.places.places[place];
    json.key("geometry").begin_object();
    if (run.places.gids.empty()) {
        json.field("type", "Point").key("coordinates").begin_array();
        json.value(at.longitude_deg).value(at.latitude_deg).end_array().end_object();
        return;
    }
    constexpr double half = 0.25;
    constexpr std::pair<double, double> corners[] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}, {-1, -1}};
    json.field("type", "Polygon").key("coordinates").begin_array().begin_array();
    for (const auto& [east, north] : corners)
        json.begin_array().value(at.longitude_deg + east * half).value(at.latitude_deg + north * half).end_array();
    json.end_array().end_array().end_object();
}

}  // namespace

Result<void> write_hot_spot_table(const std::string& path, const HotSpotRun& run) {
    using enum store::ColumnType;
    const bool is_moran = run.statistic == hot::Statistic::Moran;
    std::vector<store::Column> columns = {{"lat", Number}, {"lon", Number}};
    columns.push_back(run.places.gids.empty() ? store::Column{"location", Text} : store::Column{"gid", Integer});
    if (run.by_time) columns.insert(columns.end(), {{"first", Text}, {"last", Text}});
    columns.insert(columns.end(),
                   {{"count", Integer},
                    {"z", Number},
                    {"p_value", Number},
                    {"adjusted_p", Number},
                    {"class", Text},
                    {"neighbours", Integer}});
    if (has_rates(run)) columns.push_back({"rate_per_100k", Number});
    if (is_moran) columns.push_back({"moran", Number});
    if (!run.courses.empty()) columns.push_back({"course", Text});
    auto out = TRY(ResultTable::open(path, columns));
    std::vector<store::Cell> cells;
    for (std::size_t p = 0; p < run.places.places.size(); ++p) {
        const auto& place = run.places.places[p];
        for (std::size_t t = run.from_step; t < run.places.steps; ++t) {
            const auto& one = run.at(p, t);
            cells = {number_cell(place.latitude_deg), number_cell(place.longitude_deg)};
            cells.push_back(run.places.gids.empty() ? text_cell(place.name)
                                                    : store::Cell(std::int64_t{run.places.gids[p]}));
            if (run.by_time) cells.insert(cells.end(), {run.places.first[t], run.places.last[t]});
            cells.emplace_back(run.places.counts[p * run.places.steps + t]);
            for (const double number : {one.of.z, one.p_value, one.adjusted_p})
                cells.push_back(number_cell(twelve_digits(number)));
            cells.push_back(text_cell(hot::name_of(one.state)));
            cells.emplace_back(std::int64_t{one.of.neighbours});
            if (has_rates(run)) cells.push_back(number_cell(per_100k(run, p, t)));
            if (is_moran) cells.push_back(number_cell(twelve_digits(one.of.value)));
            if (!run.courses.empty()) cells.emplace_back(hot::name_of(run.courses[p]));
            out.add(cells);
        }
    }
    return out.close();
}

void write_hot_spot_fields(JsonWriter& json, const HotSpotRun& run, std::size_t place, std::size_t step) {
    const auto& at = run.places.places[place];
    const auto& one = run.at(place, step);
    json.field("lat", at.latitude_deg).field("lon", at.longitude_deg);
    if (!run.places.gids.empty()) json.field("gid", run.places.gids[place]);
    else if (!at.name.empty()) json.field("location", at.name);
    json.field("first", run.places.first[step]).field("last", run.places.last[step]);
    json.field("count", run.places.counts[place * run.places.steps + step])
        .field("z", twelve_digits(one.of.z))
        .field("p_value", twelve_digits(one.p_value))
        .field("adjusted_p", twelve_digits(one.adjusted_p))
        .field("class", std::string(hot::name_of(one.state)))
        .field("neighbours", one.of.neighbours);
    if (has_rates(run)) json.field("rate_per_100k", per_100k(run, place, step));
    if (run.statistic == hot::Statistic::Moran) json.field("moran", twelve_digits(one.of.value));
    if (!run.courses.empty()) json.field("course", hot::name_of(run.courses[place]));
}

Result<void> write_hot_spot_geojson(const std::string& path, const HotSpotRun& run) {
    JsonWriter json;
    json.begin_object()
        .field("type", "FeatureCollection")
        .field("name", "hot spots")
        .field("notice", boundaries_notice);
    json.key("features").begin_array();
    const std::size_t last = run.places.steps - 1;
    for (std::size_t p = 0; p < run.places.places.size(); ++p) {
        if (run.at(p, last).state == hot::State::NotComputed) continue;
        json.begin_object().field("type", "Feature");
        write_geometry(json, run, p);
        json.key("properties").begin_object();
        write_hot_spot_fields(json, run, p, last);
        json.end_object().end_object();
    }
    json.end_array().end_object();
    return write_text(path, json.text() + "\n");
}

}  // namespace icosa::cli
