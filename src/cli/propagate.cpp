/// icosa propagate: where objects are, minutes after the epochs of their elements.
#include <cmath>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/elements_told.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/row_file.hpp"
#include "engine/orbit_elements.hpp"

namespace icosa::cli {
namespace {

namespace orbit = methods::orbit;

constexpr double most_steps = 10'000'000;

struct PropagateOptions {
    OrbitOptions orbit;
    std::string minutes = "0:1440:60", objects, at, out, track, picture;
    bool verification = false;
};

/// err   Usage: "bad-minutes"
Result<table::MinuteRange> minutes_asked(const std::string& text) {
    const auto parts = split(text, ':');
    std::vector<double> numbers;
    for (const auto part : parts)
        if (const auto number = parse_number(trim(part))) numbers.push_back(*number);
    if (numbers.size() == 1 && parts.size() == 1) return table::MinuteRange{numbers[0], numbers[0], 1};
    const bool is_range = numbers.size() == 3 && parts.size() == 3 && numbers[2] > 0 && numbers[1] >= numbers[0];
    if (!is_range || (numbers[1] - numbers[0]) / numbers[2] > most_steps)
        return fail(Fault::Usage, "bad-minutes", {}, fmt::format("--minutes '{}' is no range", excerpt(text)),
                    "write START:STOP:STEP in minutes, the step above 0: 0:1440:60");
    return table::MinuteRange{numbers[0], numbers[1], numbers[2]};
}

/// From the start by steps up to the stop, which is asked in any case.
std::vector<double> minutes_of(const table::MinuteRange& range) {
    std::vector<double> out;
    const auto steps = static_cast<std::int64_t>(std::floor((range.stop - range.start) / range.step + 1e-9));
    for (std::int64_t i = 0; i <= steps; ++i) out.push_back(range.start + static_cast<double>(i) * range.step);
    if (out.empty() || out.back() < range.stop - 1e-9) out.push_back(range.stop);
    return out;
}

/// The published program tells the epoch first, whatever the range.
std::vector<double> with_epoch_first(std::vector<double> minutes) {
    if (minutes.front() != 0) minutes.insert(minutes.begin(), 0);
    return minutes;
}

std::string state_row(std::int32_t object, double minutes, const orbit::State& state) {
    const auto refusal = static_cast<int>(state.refusal);
    if (!std::isfinite(state.position_km[0]))
        return fmt::format("{},{},,,,,,,{}\n", object, number_text(minutes), refusal);
    const auto& r = state.position_km;
    const auto& v = state.velocity_km_s;
    return fmt::format("{},{},{:.9f},{:.9f},{:.9f},{:.12f},{:.12f},{:.12f},{}\n", object, number_text(minutes), r[0],
                       r[1], r[2], v[0], v[1], v[2], refusal);
}

/// The sets asked for: all, or those of the objects named; of an instant, one an object.
Result<void> choose_sets(const PropagateOptions& options, table::ElementsRead& read, std::optional<Instant>& at) {
    if (!options.at.empty()) {
        at = parse_instant(options.at);
        if (!at)
            return fail(Fault::Usage, "bad-instant", {}, fmt::format("--at '{}' is no instant", excerpt(options.at)),
                        "write it in UTC: 2024-11-01T12:00:00Z");
        const auto chosen = model::elements_at(read.sets, *at);
        if (chosen.older_left > 0)
            fmt::print(stderr, "{} older sets left: of each object the newest not after {} is taken\n",
                       chosen.older_left, iso(*at, 0));
        if (chosen.after_instant > 0)
            fmt::print(stderr, "{} objects have no set before {}: the nearest after it is taken\n",
                       chosen.after_instant, iso(*at, 0));
        read.sets = chosen.sets;
        read.minutes.clear();
    }
    const auto wanted = TRY(object_numbers(options.objects, "--objects"));
    if (wanted.empty()) return {};
    const std::set<std::int32_t> asked(wanted.begin(), wanted.end());
    std::vector<model::ElementSet> sets;
    std::vector<table::MinuteRange> minutes;
    for (std::size_t i = 0; i < read.sets.size(); ++i) {
        if (!asked.contains(read.sets[i].object)) continue;
        sets.push_back(read.sets[i]);
        if (!read.minutes.empty()) minutes.push_back(read.minutes[i]);
    }
    if (sets.empty())
        return fail(Fault::Data, "no-such-object", {options.orbit.elements},
                    fmt::format("none of the objects {} is in this file", options.objects), "give other numbers");
    read.sets = std::move(sets);
    read.minutes = std::move(minutes);
    return {};
}

Result<void> write_tracks(const PropagateOptions& options, const table::ElementsRead& read,
                          const table::MinuteRange& range, std::optional<Instant> at) {
    constexpr double minute_us = 6e7, hour_minutes = 60, step_seconds = 30;
    std::vector<brief::GroundTrack> tracks;
    std::vector<std::int32_t> objects;
    for (const model::ElementSet& set : read.sets) {
        const auto satellite =
            orbit::initialise(engine::orbit_elements(set), options.orbit.gravity(), options.orbit.sgp4_mode());
        const Instant from = later(at ? *at : model::epoch_of(set), std::llround(range.start * minute_us));
        tracks.push_back(
            ground_track(satellite, object_title(set), from, (range.stop - range.start) / hour_minutes, step_seconds));
        objects.push_back(set.object);
    }
    if (!options.track.empty()) TRY(write_text(options.track, ground_tracks_geojson(tracks, objects)));
    if (!options.picture.empty())
        TRY(write_text(options.picture,
                       brief::ground_track_file(tracks,
                                                fmt::format("Ground tracks, {:g} to {:g} minutes after {}", range.start,
                                                            range.stop, at ? iso(*at, 0) : "each epoch"))));
    fmt::print(stderr, "ground tracks: TEME turned by mean sidereal time (IAU 1982), UTC taken for UT1; WGS-84\n");
    return {};
}

Result<int> propagate_sets(const PropagateOptions& options) {
    const auto range = TRY(minutes_asked(options.minutes));
    auto read = TRY(elements_told(options.orbit));
    if (options.verification && read.minutes.empty())
        return fail(Fault::Data, "no-minutes", {options.orbit.elements},
                    "the sets of this file carry no start, stop and step behind them",
                    "leave --verification out, and give --minutes");
    std::optional<Instant> at;
    TRY(choose_sets(options, read, at));
    auto rows = TRY(RowFile::open(options.out));
    rows.put("id,minutes,x_km,y_km,z_km,vx_km_s,vy_km_s,vz_km_s,error\n");
    Progress progress("propagating", static_cast<std::int64_t>(read.sets.size()), "objects");
    const auto asked = minutes_of(range);
    std::map<orbit::Refusal, std::set<std::int32_t>> refused;
    for (std::size_t i = 0; i < read.sets.size(); ++i) {
        const model::ElementSet& set = read.sets[i];
        const auto satellite =
            orbit::initialise(engine::orbit_elements(set), options.orbit.gravity(), options.orbit.sgp4_mode());
        const double from_epoch = at ? minutes_between(model::epoch_of(set), *at) : 0;
        const auto minutes = options.verification ? with_epoch_first(minutes_of(read.minutes[i])) : asked;
        orbit::ResonanceTrack track;
        for (const double minute : minutes) {
            const auto state = orbit::propagate(satellite, from_epoch + minute, track);
            if (state.refusal != orbit::Refusal::None) refused[state.refusal].insert(set.object);
            rows.put(state_row(set.object, minute, state));
        }
        progress.at(static_cast<std::int64_t>(i) + 1);
    }
    TRY(rows.close());
    for (const auto& [refusal, objects] : refused)
        fmt::print(stderr, "error {}, {}: {} objects at some of the minutes ({}{})\n", static_cast<int>(refusal),
                   orbit::refusal_text(refusal), objects.size(), *objects.begin(), objects.size() > 1 ? ", ..." : "");
    if (!options.track.empty() || !options.picture.empty()) TRY(write_tracks(options, read, range, at));
    return exit_clean;
}

}  // namespace

Command propagate_command() {
    const auto options = std::make_shared<PropagateOptions>();
    return {
        .name = "propagate",
        .summary = "Where objects in orbit are by SGP4, minutes after the epochs of their elements",
        .options =
            {elements_option(options->orbit),
             option("--minutes", &options->minutes,
                    "minutes after each epoch, or after --at; the stop is asked in any case")
                 .as("START:STOP:STEP"),
             option("--at", &options->at,
                    "count minutes from this instant (UTC); of each object the newest set not after it is taken")
                 .as("INSTANT"),
             option("--objects", &options->objects, "only these catalogue numbers, with commas").as("NUMBERS"),
             option("--verification", &options->verification,
                    "each set's own start, stop and step, behind its second line"),
             mode_option(options->orbit), constants_option(options->orbit),
             option("--ground-track", &options->track, "the tracks over the ground as GeoJSON, every 30 s")
                 .as("FILE")
                 .written(),
             option("--picture", &options->picture, "the same as SVG, on the map of the world").as("FILE").written(),
             option("--out", &options->out, "write here instead of the standard output").as("FILE").written()},
        .more =
            "A CSV: id, minutes, position in km and velocity in km/s in TEME of date, error (0 none; 1 mean "
            "eccentricity,\n2 mean motion, 3 perturbed eccentricity, 4 semi-latus rectum, 6 decayed; cells are "
            "empty where there is no state).\n",
        .examples = {"icosa propagate --elements stations.tle --minutes 0:1440:60 --out states.csv",
                     "icosa propagate --elements gp.csv --objects 25544 --at 2024-11-01T12:00:00Z --minutes 0:95:1 "
                     "--picture track.svg --out states.csv"},
        .exits = {{exit_data, "the elements are faulty, or none of the objects is there"}, {exit_store}},
        .run = [=] { return propagate_sets(*options); },
    };
}

}  // namespace icosa::cli
