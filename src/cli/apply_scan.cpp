/// icosa apply scan-poisson, scan-permutation: counts at points in, clusters out.
#include "cli/apply_scan.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/geo_shapes.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/result_table.hpp"
#include "methods/scan/scan.hpp"
#include "table/point_counts.hpp"

namespace icosa::cli {
namespace {

namespace scan = methods::scan;
using pack::choice_option;
using pack::Field;
using pack::flag_option;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

/// Of scan-poisson; the permutation scan has all but the first.
constexpr Field scan_fields[] = {
    text_option("population", "the column of people at risk; population if not named"),
    text_option("lat", "the column of latitudes, degrees; lat or latitude if not named"),
    text_option("lon", "the column of longitudes, degrees; lon or longitude if not named"),
    text_option("count", "the column of counts; count or cases if not named; without one a row is one case"),
    text_option("location", "the column that names points; location if not named; without one a position is a point"),
    number_option("max_population_share",
                  "a circle holds at most this share of the cases expected, or of all cases in a permutation scan")
        .in("share")
        .within(1e-6, 0.5)
        .by_default("0.5"),
    number_option("max_radius_km", "the largest radius of a circle; no limit if not given")
        .in("km")
        .within(0.001, 20000),
    whole_option("max_window", "the longest window; by max_window_share if not given").in("periods").within(1, 100000),
    number_option("max_window_share", "the longest window, of all periods")
        .in("share")
        .within(1e-6, 0.9)
        .by_default("0.5"),
    whole_option("interval", "periods put together as one step, counted back from the end")
        .in("periods")
        .within(1, 10000)
        .by_default("1"),
    flag_option("prospective", "only clusters that reach the end of the study"),
    whole_option("minimum_cases", "a cluster has at least as many").in("cases").within(1, 1000000).by_default("2"),
    choice_option(
        "secondary", "space|space-time",
        "what two clusters may not share: a point at all; or a point at one time (an interval must lie between them)")
        .by_default("space"),
    whole_option("replications", "data sets made by chance").within(0, 1000000).by_default("999"),
    whole_option("stop_after",
                 "end when so many replications reached the data's statistic (sequential p-value); 0 = never")
        .within(0, 1000000)
        .by_default("0"),
    whole_option("seed", "of the replications: the same seed gives the same bytes")
        .within(0, 2147483647)
        .by_default("1"),
    whole_option("probes", "so many of the windows that bounds ruled out are worked out one by one, and told")
        .within(0, 1000000)
        .by_default("0"),
    text_option("geojson", "a file to write the clusters to as GeoJSON: a circle and its figures each"),
};
constexpr std::string_view poisson_examples[] = {
    "icosa apply scan-poisson villages.csv --max-population-share 0.1 --max-window 12 --out clusters.csv"};
constexpr std::string_view permutation_examples[] = {
    "icosa apply scan-permutation sightings.csv --prospective --geojson clusters.geojson"};
constexpr std::string_view poisson_cites[] = {"kulldorff1997", "kulldorff2001", "besag1991", "abrams2010"};
constexpr std::string_view permutation_cites[] = {"kulldorff2005", "kulldorff2001", "besag1991", "abrams2010"};
constexpr pack::Spec poisson_spec{
    "scan-poisson",
    "Circles and stretches of time with more cases than their population explains, the likeliest first, with p-values "
    "from data sets made by chance.",
    scan_fields, poisson_examples, poisson_cites};
constexpr pack::Spec permutation_spec{
    "scan-permutation",
    "Circles and stretches of time with more cases than the circle usually has and the time has elsewhere; needs no "
    "population.",
    std::span(scan_fields).subspan(1), permutation_examples, permutation_cites};

/// A number with so few digits as carry it: at most nine.
store::Cell nine(double value) {
    return std::isfinite(value) ? store::Cell(fmt::format("{:.9g}", value)) : store::Cell();
}

/// Points without people, or of whom it is not known how many, expect nothing: their cases would stand in no rate.
void leave_out_empty(table::PointCounts& points) {
    std::size_t kept = 0;
    std::int64_t none = 0, unknown = 0, cases = 0;
    for (std::size_t p = 0; p < points.places.size(); ++p) {
        const auto row = [&](auto& cells, std::size_t of) {
            return cells.begin() + static_cast<std::ptrdiff_t>(of * points.periods);
        };
        const auto people = row(points.population, p);
        const auto end = people + static_cast<std::ptrdiff_t>(points.periods);
        if (std::any_of(people, end, [](double x) { return x > 0; })) {
            std::copy(people, end, row(points.population, kept));
            std::copy(row(points.counts, p), row(points.counts, p + 1), row(points.counts, kept));
            points.places[kept++] = points.places[p];
            continue;
        }
        ++(std::all_of(people, end, [](double x) { return std::isnan(x); }) ? unknown : none);
        for (auto count = row(points.counts, p); count != row(points.counts, p + 1); ++count) cases += *count;
    }
    if (kept == points.places.size()) return;
    points.notes.push_back(fmt::format("{} points of a population of 0 and {} of an unknown one left out ({} cases)",
                                       none, unknown, cases));
    points.places.resize(kept);
    points.counts.resize(kept * points.periods);
    points.population.resize(kept * points.periods);
}

/// The file as the method takes it.
scan::Data data_of(table::PointCounts& points) {
    scan::Data out;
    for (const auto& place : points.places) out.places.push_back({place.latitude_deg, place.longitude_deg});
    out.periods = points.periods;
    out.counts = std::move(points.counts);
    out.period_days = points.period_days;
    out.population = std::move(points.population);
    return out;
}

scan::Options scan_options(const pack::Options& parsed, scan::ScanModel model) {
    scan::Options out;
    out.model = model;
    out.look = parsed.has("prospective") && parsed.flag("prospective") ? scan::ScanLook::Prospective
                                                                       : scan::ScanLook::Retrospective;
    out.apart = parsed.text("secondary") == "space" ? scan::Apart::InSpace : scan::Apart::InSpaceOrTime;
    out.max_share = parsed.number("max_population_share");
    out.max_radius_km = parsed.number_or("max_radius_km", 0);
    out.max_window = parsed.has("max_window") ? parsed.whole("max_window") : 0;
    out.max_window_share = parsed.number("max_window_share");
    out.interval = parsed.whole("interval");
    out.minimum_cases = parsed.whole("minimum_cases");
    out.replications = parsed.whole("replications");
    out.stop_after = parsed.whole("stop_after");
    out.seed = static_cast<std::uint64_t>(parsed.whole("seed"));
    out.probes = parsed.whole("probes");
    out.threads = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 16U));
    return out;
}

/// Of a cluster as the table and GeoJSON tell it.
struct Row {
    const scan::Cluster& of;
    const table::PointCounts& points;
    double recurrence_days;  ///< NaN: not prospective

    [[nodiscard]] const table::PointPlace& centre() const { return points.places[of.centre]; }
};

void write_json(JsonWriter& json, const Row& row) {
    json.field("lat", row.centre().latitude_deg).field("lon", row.centre().longitude_deg);
    if (!row.centre().name.empty()) json.field("location", row.centre().name);
    json.field("radius_km", std::round(row.of.radius_km * 1000) / 1000)
        .field("first", row.points.labels[row.of.first])
        .field("last", row.points.labels[row.of.last])
        .field("places", row.of.places.size())
        .field("observed", row.of.observed)
        .field("expected", row.of.expected)
        .field("relative_risk", row.of.relative_risk)
        .field("statistic", row.of.statistic)
        .field("p_value", row.of.p_value)
        .field("p_gumbel", row.of.p_gumbel)
        .field("recurrence_days", row.recurrence_days);
}

Result<void> write_geojson(const std::string& path, const std::vector<Row>& rows) {
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").field("name", "clusters").field("notice", boundaries_notice);
    json.key("features").begin_array();
    for (const auto& row : rows) {
        json.begin_object().field("type", "Feature");
        write_circle(json, {row.centre().latitude_deg, row.centre().longitude_deg}, row.of.radius_km,
                     scan::scan_earth_radius_km);
        json.key("properties").begin_object();
        write_json(json, row);
        json.end_object().end_object();
    }
    json.end_array().end_object();
    return write_text(path, json.text() + "\n");
}

Result<void> write_table(const std::string& path, const std::vector<Row>& rows) {
    using enum store::ColumnType;
    auto out = TRY(ResultTable::open(path,
                                     {{"lat", Text},
                                      {"lon", Text},
                                      {"radius_km", Number},
                                      {"first", Text},
                                      {"last", Text},
                                      {"places", Integer},
                                      {"observed", Integer},
                                      {"expected", Text},
                                      {"relative_risk", Text},
                                      {"statistic", Text},
                                      {"p_value", Number},
                                      {"p_gumbel", Text},
                                      {"recurrence_days", Text},
                                      {"location", Text}}));
    for (const auto& row : rows) {
        const auto& name = row.centre().name;
        out.add({nine(row.centre().latitude_deg), nine(row.centre().longitude_deg), rounded_cell(row.of.radius_km, 3),
                 row.points.labels[row.of.first], row.points.labels[row.of.last],
                 static_cast<std::int64_t>(row.of.places.size()), row.of.observed, nine(row.of.expected),
                 nine(row.of.relative_risk), nine(row.of.statistic), rounded_cell(row.of.p_value, 6),
                 std::isfinite(row.of.p_gumbel) ? store::Cell(fmt::format("{:.3g}", row.of.p_gumbel)) : store::Cell(),
                 std::isfinite(row.recurrence_days) ? store::Cell(fmt::format("{:.0f}", row.recurrence_days))
                                                    : store::Cell(),
                 name.empty() ? store::Cell() : store::Cell(name)});
    }
    return out.close();
}

/// What a user must know of a run, for the standard error.
void tell(const ApplyOptions& options, const table::PointCounts& points, const scan::Scan& found,
          const scan::Options& asked) {
    fmt::print(stderr, "{}: {}\n", options.file, points.said);
    for (const auto& note : points.notes) fmt::print(stderr, "{}: note: {}\n", options.file, note);
    if (found.windows <= 0)
        fmt::print(stderr, "{}: note: each point alone holds more than a circle may: there is nothing to look at\n",
                   options.file);
    fmt::print(stderr, "{} cases; {:.3g} windows; {} replications", found.cases, found.windows, found.maxima.size());
    if (!found.maxima.empty() && found.windows > 0)
        fmt::print(
            stderr, ", {:.1f} in 100 of whose windows no bound ruled out",
            std::min(100.0, 100 * found.windows_judged / (found.windows * static_cast<double>(found.maxima.size()))));
    fmt::print(stderr, "{}\n", found.stopped_early ? "; stopped early: the p-value is sequential" : "");
    if (asked.probes > 0)
        fmt::print(stderr,
                   "{} windows that bounds ruled out worked out one by one: {} reached the level, the closest {:.0f} "
                   "in 100 of it\n",
                   found.probed.made, found.probed.wrong, 100 * found.probed.closest);
}

void write_summary(const ApplyOptions& options, const table::PointCounts& points, const scan::Scan& found,
                   const std::vector<Row>& rows) {
    JsonWriter json;
    json.begin_object().field("method", options.method).field("file", options.file).field("read", points.said);
    json.key("notes").begin_array();
    for (const auto& note : points.notes) json.value(note);
    json.end_array()
        .field("rows", points.rows)
        .field("places", points.places.size())
        .field("periods", points.periods)
        .field("cases", found.cases)
        .field("windows", found.windows)
        .field("windows_judged", found.windows_judged)
        .field("replications", found.maxima.size())
        .field("stopped_early", found.stopped_early);
    json.key("clusters").begin_array();
    for (const auto& row : rows) {
        json.begin_object();
        write_json(json, row);
        json.end_object();
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

Result<int> apply_scan(const Common& common, const ApplyOptions& options, const pack::Options& parsed,
                       scan::ScanModel model) {
    if (parsed.has("geojson")) TRY(check_out(parsed.text("geojson"), {options.file, options.out}));
    const auto reading = TRY(reading_of(options.reading));
    const auto named = [&](std::string_view name) { return parsed.has(name) ? parsed.text(name) : std::string(); };
    const bool is_poisson = model == scan::ScanModel::Poisson;
    const table::PointColumns columns{named("lat"),
                                      named("lon"),
                                      options.time,
                                      TRY(count_column(options, parsed)),
                                      is_poisson ? named("population") : "",
                                      named("location")};
    auto points = TRY(table::read_point_counts(
        options.file, columns, is_poisson ? table::Population::Needed : table::Population::NotRead, reading));
    if (is_poisson) leave_out_empty(points);
    const scan::Data data = data_of(points);
    const scan::Options asked = scan_options(parsed, model);
    Progress progress("replications", asked.replications, "data sets");
    const auto scanned =
        TRY(of_file(scan::scan_statistic(data, asked, [&](int done) { progress.at(done); }), options.file));
    std::vector<Row> rows;
    for (const auto& one : scanned.clusters) {
        const bool is_prospective = asked.look == scan::ScanLook::Prospective;
        rows.push_back({one, points,
                        is_prospective ? points.days_of_period * asked.interval / one.p_value
                                       : std::numeric_limits<double>::quiet_NaN()});
    }
    if (parsed.has("geojson")) TRY(write_geojson(parsed.text("geojson"), rows));
    if (!common.json || !options.out.empty()) TRY(write_table(options.out, rows));
    if (common.json) write_summary(options, points, scanned, rows);
    else tell(options, points, scanned, asked);
    return exit_clean;
}

Result<int> apply_poisson(const Common& common, const ApplyOptions& options, const pack::Options& parsed) {
    return apply_scan(common, options, parsed, scan::ScanModel::Poisson);
}
Result<int> apply_permutation(const Common& common, const ApplyOptions& options, const pack::Options& parsed) {
    return apply_scan(common, options, parsed, scan::ScanModel::Permutation);
}

}  // namespace

std::span<const TableMethod> scan_methods() {
    static constexpr TableMethod table[] = {{&poisson_spec, TableRows::Points, apply_poisson},
                                            {&permutation_spec, TableRows::Points, apply_permutation}};
    return table;
}

}  // namespace icosa::cli
