/// icosa apply gi-star, local-moran: counts at points in, each place's standing beside its neighbours out.
#include "cli/apply_hot_spots.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <thread>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/hot_spot_rows.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace icosa::cli {
namespace {

namespace hot = methods::hot_spots;
using pack::choice_option;
using pack::Field;
using pack::flag_option;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr Field place_fields[] = {
    flag_option("no_self", "Gi instead of Gi*: a place's own value is left out of its sum"),
    text_option("lat", "the column of latitudes, degrees; lat or latitude if not named"),
    text_option("lon", "the column of longitudes, degrees; lon or longitude if not named"),
    text_option("count", "the column of counts; count or cases if not named; without one a row is one case"),
    text_option("population",
                "the column of people at risk; population if there is one: then rates are judged, not counts"),
    text_option("location", "the column that names points; location if not named; without one a position is a point"),
    whole_option("neighbours",
                 "so many nearest places are a place's neighbours, and those as far as the last; 8 if nothing is "
                 "said and places are points")
        .in("places")
        .within(1, 10000),
    number_option("distance_km", "all places at most so far off are neighbours, instead of the nearest few")
        .in("km")
        .within(0.001, 20016),
    flag_option("cells", "points are put into PRIO-GRID cells of half a degree, and the cells are judged"),
    whole_option("rings",
                 "with --cells: cells so many steps away, by side or corner, are neighbours; 1 if nothing "
                 "is said")
        .within(1, 20),
    choice_option("empty_cells", "leave-out|zero",
                  "with --cells: a cell without a row is no place; or is 0, within the smallest box about the rows")
        .by_default("leave-out"),
    flag_option("by_time", "each step of time by itself; else the sum of all periods"),
    whole_option("interval",
                 "with --by-time: periods put together as one step, counted back from the end; 1 if "
                 "nothing is said")
        .in("periods")
        .within(1, 10000),
    flag_option("last_step", "with --by-time: rows of the last step only, with each place's course"),
    whole_option("permutations", "deals of the others' values about each place; 0 = p-values of the normal law")
        .within(0, 100000000)
        .by_default("999"),
    whole_option("stop_after", "a place is done when so many deals reached its own sum (sequential p-value); 0 = never")
        .within(0, 1000000)
        .by_default("0"),
    whole_option("seed", "of the deals: the same seed gives the same bytes").within(0, 2147483647).by_default("1"),
    number_option("alpha", "a place is told where its p-value is at most this; --false-discovery takes its place")
        .within(1e-9, 0.5)
        .by_default("0.05"),
    text_option("geojson", "a file to write the last step's places to as GeoJSON"),
};
constexpr std::string_view gi_examples[] = {
    "icosa apply gi-star sightings.csv --cells --empty-cells zero --false-discovery 0.05 --out hot_cells.csv",
    "icosa apply gi-star villages.csv --neighbours 6 --by-time --interval 3 --last-step",
    "icosa apply gi-star towns.csv --distance-km 50 --permutations 99999 --stop-after 20 --geojson towns.geojson"};
constexpr std::string_view moran_examples[] = {
    "icosa apply local-moran villages.csv --population population --neighbours 6 --false-discovery 0.05"};
constexpr std::string_view gi_cites[] = {"getis1992", "ord1995", "besag1991", "caldas2006"};
constexpr std::string_view moran_cites[] = {"anselin1995", "sokal1998", "besag1991", "caldas2006"};
constexpr pack::Spec gi_spec{
    "gi-star",
    "Getis-Ord Gi*: places that with their neighbours hold more, or less, than chance puts there: hot and cold spots, "
    "and their course through time.",
    place_fields, gi_examples, gi_cites};
constexpr pack::Spec moran_spec{
    "local-moran",
    "Local Moran: places high or low beside neighbours like them (high-high, low-low) or unlike them (high-low, "
    "low-high).",
    std::span(place_fields).subspan(1), moran_examples, moran_cites};

Result<void> check_together(const pack::Options& parsed) {
    const auto set = [&](std::string_view name) { return parsed.has(name) && parsed.flag(name); };
    if (parsed.has("neighbours") + parsed.has("distance_km") + parsed.has("rings") > 1)
        return fail(Fault::Usage, "two-neighbourhoods", {},
                    "more than one of --neighbours, --distance-km and --rings says who is a neighbour", "give one");
    const std::pair<bool, std::string_view> alone[] = {
        {parsed.has("rings") && !set("cells"), "--rings needs --cells"},
        {parsed.text("empty_cells") != "leave-out" && !set("cells"), "--empty-cells needs --cells"},
        {parsed.has("interval") && !set("by_time"), "--interval needs --by-time"},
        {set("last_step") && !set("by_time"), "--last-step needs --by-time"}};
    for (const auto& [is_alone, what] : alone) {
        if (is_alone) return fail(Fault::Usage, "unused-option", {}, std::string(what), "give both, or neither");
    }
    return {};
}

Result<table::PlaceSteps> places_of(const table::PointCounts& points, const pack::Options& parsed) {
    const bool by_cells = parsed.has("cells") && parsed.flag("cells");
    const auto by = !by_cells                  ? table::PlacesBy::Points
        : parsed.text("empty_cells") == "zero" ? table::PlacesBy::CellsOfBox
                                               : table::PlacesBy::CellsOfRows;
    const bool by_time = parsed.has("by_time") && parsed.flag("by_time");
    return table::place_steps(points, by, !by_time ? 0 : parsed.has("interval") ? parsed.whole("interval") : 1);
}

Result<hot::Neighbours> neighbours_of(const table::PlaceSteps& places, const pack::Options& parsed) {
    std::vector<methods::GlobePoint> at;
    for (const auto& one : places.places) at.push_back({one.latitude_deg, one.longitude_deg});
    if (parsed.has("distance_km")) return hot::neighbours_within(at, parsed.number("distance_km"));
    if (parsed.has("neighbours")) return hot::nearest_neighbours(at, parsed.whole("neighbours"));
    if (places.gids.empty()) return hot::nearest_neighbours(at, 8);
    return hot::touching_cells(places.gids, parsed.has("rings") ? parsed.whole("rings") : 1);
}

hot::Judging judging_of(const ApplyOptions& options, const pack::Options& parsed, hot::Statistic statistic) {
    hot::Judging out;
    out.statistic = statistic;
    out.alpha = parsed.number("alpha");
    out.false_discovery = options.false_discovery;
    out.chance.permutations = parsed.whole("permutations");
    out.chance.stop_after = parsed.whole("stop_after");
    out.chance.seed = static_cast<std::uint64_t>(parsed.whole("seed"));
    out.chance.threads = static_cast<int>(std::clamp(std::thread::hardware_concurrency(), 1U, 16U));
    return out;
}

std::vector<hot::CourseOfPlace> courses_of(const HotSpotRun& run) {
    std::vector<hot::CourseOfPlace> out;
    std::vector<double> z(run.places.steps);
    std::vector<hot::State> states(run.places.steps);
    for (std::size_t p = 0; p < run.places.places.size(); ++p) {
        for (std::size_t t = 0; t < run.places.steps; ++t) {
            z[t] = run.at(p, t).of.z;
            states[t] = run.at(p, t).state;
        }
        out.push_back(hot::course_of(z, states, {}));
    }
    return out;
}

struct Counted {
    std::size_t lonely = 0;    ///< places without any neighbour
    std::size_t computed = 0;  ///< of all steps
    std::size_t level_steps = 0;  ///< steps at which all values are alike
    std::size_t of_state[8] = {};
};

Counted count(const HotSpotRun& run, const hot::Neighbours& neighbours) {
    Counted out;
    for (std::size_t p = 0; p < neighbours.places(); ++p) out.lonely += neighbours.of(p).empty() ? 1 : 0;
    for (const auto& one : run.spots) {
        ++out.of_state[static_cast<std::size_t>(one.state)];
        out.computed += one.state != hot::State::NotComputed ? 1 : 0;
    }
    for (std::size_t t = 0; t < run.places.steps; ++t) {
        double least = INFINITY, most = -INFINITY;
        for (std::size_t p = 0; p < neighbours.places(); ++p) {
            const double x = run.values[p * run.places.steps + t];
            if (std::isnan(x)) continue;
            least = std::min(least, x);
            most = std::max(most, x);
        }
        out.level_steps += least == most ? 1 : 0;
    }
    return out;
}

/// What is assumed, left out, or out of reach.
std::vector<std::string> notes_of(const table::PointCounts& points, const HotSpotRun& run, const Counted& counted,
                                  const hot::Judging& judging) {
    std::vector<std::string> out = points.notes;
    out.insert(out.end(), run.places.notes.begin(), run.places.notes.end());
    out.push_back(
        fmt::format("a {} and period without a row counts as 0: within its periods the file is taken as complete",
                    run.places.gids.empty() ? "point" : "cell"));
    if (counted.lonely > 0)
        out.push_back(fmt::format("{} of {} places have no neighbour and are not computed", counted.lonely,
                                  run.places.places.size()));
    if (run.places.places.size() < 3) out.emplace_back("fewer than 3 places: nothing can be computed");
    else if (counted.level_steps > 0)
        out.push_back(fmt::format("all values are alike at {} of {} steps: nothing stands out there, z is 0 and p 1",
                                  counted.level_steps, run.places.steps));
    if (judging.false_discovery > 0 && judging.chance.permutations > 0) {
        const double least = 2 / (judging.chance.permutations + 1.0);
        const double needed = std::ceil(least * static_cast<double>(counted.computed) / judging.false_discovery);
        if (needed > 1)
            out.push_back(
                fmt::format("with {} permutations no p-value lies below {:.2g}, so that fewer than {:.0f} of "
                            "{} places could not be told at this rate; more, with --stop-after 20, cost "
                            "little",
                            judging.chance.permutations, least, needed, counted.computed));
    }
    return out;
}

std::string states_said(const Counted& counted) {
    std::vector<std::string> out;
    for (std::size_t i = static_cast<std::size_t>(hot::State::Hot); i < std::size(counted.of_state); ++i) {
        if (counted.of_state[i] > 0)
            out.push_back(fmt::format("{} {}", counted.of_state[i], hot::name_of(static_cast<hot::State>(i))));
    }
    return out.empty() ? "none stands out" : join(out, ", ");
}

void write_summary(const ApplyOptions& options, const table::PointCounts& points, const HotSpotRun& run,
                   const Counted& counted, const std::vector<std::string>& notes) {
    JsonWriter json;
    json.begin_object().field("method", options.method).field("file", options.file).field("read", points.said);
    json.key("notes").begin_array();
    for (const auto& note : notes) json.value(note);
    json.end_array()
        .field("rows", points.rows)
        .field("places", run.places.places.size())
        .field("steps", run.places.steps)
        .field("computed", counted.computed)
        .field("without_neighbours", counted.lonely);
    json.key("classes").begin_object();
    for (std::size_t i = static_cast<std::size_t>(hot::State::None); i < std::size(counted.of_state); ++i) {
        if (counted.of_state[i] > 0)
            json.field(std::string(hot::name_of(static_cast<hot::State>(i))), counted.of_state[i]);
    }
    json.end_object().key("told").begin_array();
    for (std::size_t p = 0; p < run.places.places.size(); ++p) {
        for (std::size_t t = run.from_step; t < run.places.steps; ++t) {
            if (run.at(p, t).state <= hot::State::None) continue;
            json.begin_object();
            write_hot_spot_fields(json, run, p, t);
            json.end_object();
        }
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

Result<int> apply_statistic(const Common& common, const ApplyOptions& options, const pack::Options& parsed,
                            hot::Statistic statistic) {
    TRY(check_together(parsed));
    const auto reading = TRY(reading_of(options.reading));
    const auto named = [&](std::string_view name) { return parsed.has(name) ? parsed.text(name) : std::string(); };
    const table::PointColumns columns{named("lat"),        named("lon"),
                                      options.time,        TRY(count_column(options, parsed)),
                                      named("population"), named("location")};
    const auto points = TRY(table::read_point_counts(options.file, columns, table::Population::IfThere, reading));
    const auto places = TRY(of_file(places_of(points, parsed), options.file));
    const auto neighbours = TRY(of_file(neighbours_of(places, parsed), options.file));
    const auto judging = judging_of(options, parsed, statistic);
    HotSpotRun run{statistic, parsed.has("by_time") && parsed.flag("by_time"), 0, places, places.values(), {}, {}};
    Progress progress("places", static_cast<std::int64_t>(run.values.size()), "places");
    run.spots =
        hot::hot_spots(run.values, places.steps, neighbours, judging, [&](std::int64_t done) { progress.at(done); });
    if (run.by_time && statistic != hot::Statistic::Moran) run.courses = courses_of(run);
    if (parsed.has("last_step") && parsed.flag("last_step")) run.from_step = places.steps - 1;
    const Counted counted = count(run, neighbours);
    const auto notes = notes_of(points, run, counted, judging);
    if (parsed.has("geojson")) TRY(write_hot_spot_geojson(parsed.text("geojson"), run));
    if (!common.json || !options.out.empty()) TRY(write_hot_spot_table(options.out, run));
    if (common.json) {
        write_summary(options, points, run, counted, notes);
        return exit_clean;
    }
    fmt::print(stderr, "{}: {}\n", options.file, points.said);
    for (const auto& note : notes) fmt::print(stderr, "{}: note: {}\n", options.file, note);
    fmt::print(stderr, "{} places, {} step{}, {:.3g} neighbours a place: {}\n", places.places.size(), places.steps,
               places.steps == 1 ? "" : "s",
               static_cast<double>(neighbours.place.size()) / static_cast<double>(places.places.size()),
               states_said(counted));
    return exit_clean;
}

Result<int> apply_gi_star(const Common& common, const ApplyOptions& options, const pack::Options& parsed) {
    const bool is_gi = parsed.has("no_self") && parsed.flag("no_self");
    return apply_statistic(common, options, parsed, is_gi ? hot::Statistic::Gi : hot::Statistic::GiStar);
}
Result<int> apply_moran(const Common& common, const ApplyOptions& options, const pack::Options& parsed) {
    return apply_statistic(common, options, parsed, hot::Statistic::Moran);
}

}  // namespace

std::span<const TableMethod> hot_spot_methods() {
    static constexpr TableMethod table[] = {{&gi_spec, TableRows::Points, apply_gi_star, true},
                                            {&moran_spec, TableRows::Points, apply_moran, true}};
    return table;
}

}  // namespace icosa::cli
