/// icosa conjunctions: every close approach among the objects of a catalogue, or to some of them.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <set>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/conjunction_message.hpp"
#include "cli/elements_told.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/row_file.hpp"
#include "cli/today.hpp"
#include "engine/close_approaches.hpp"
#include "engine/orbit_elements.hpp"
#include "methods/orbit/collision_probability.hpp"
#include "methods/orbit/earth_fixed.hpp"

namespace icosa::cli {
namespace {

namespace orbit = methods::orbit;

constexpr double metres_by_km = 1000, old_days = 14;

struct ConjunctionOptions {
    OrbitOptions orbit;
    std::string start, against, out, messages, picture, certificate;
    double hours = 24, within_km = 5, radius_m = 10, aspect = 3;
    bool as_json = false;
    int threads = 2, samples = 1'000'000;
};

/// The question, its sets and its answer.
struct Screened {
    Screening screening;
    std::vector<model::ElementSet> sets;
    engine::ApproachesFound found;

    [[nodiscard]] CloseApproach at(const orbit::Conjunction& one) const {
        return {{sets[one.first], one.first_state},
                {sets[one.second], one.second_state},
                engine::utc_instant(one.at),
                one.miss_km,
                one.relative_speed_km_s,
                orbit::max_probability(one.miss_km, screening.assumption.radius_km, screening.assumption.aspect)
                    .probability};
    }
};

double days_between(Instant from, Instant to) { return minutes_between(from, to) / 1440; }
double age_days(const model::ElementSet& set, Instant at) { return days_between(model::epoch_of(set), at); }

std::string words_of_objects(const std::vector<model::ElementSet>& sets, const std::vector<std::size_t>& which) {
    constexpr std::size_t most_told = 6;
    std::string out;
    for (std::size_t i = 0; i < which.size() && i < most_told; ++i)
        out += fmt::format("{}{}", i == 0 ? "" : ", ", sets[which[i]].object);
    return out + (which.size() > most_told ? ", ..." : "");
}

/// Of each object one set, and what that choice leaves open, counted.
Result<std::vector<model::ElementSet>> chosen_sets(const table::ElementsRead& read, Instant start) {
    auto chosen = model::elements_at(read.sets, start);
    if (chosen.older_left > 0)
        fmt::print(stderr, "{} sets of objects that have another: the newest not after the start is taken\n",
                   chosen.older_left);
    if (chosen.after_instant > 0)
        fmt::print(stderr, "{} objects have epochs after the start only: the nearest is taken, carried backwards\n",
                   chosen.after_instant);
    if (chosen.renamed > 0) fmt::print(stderr, "{} objects have several names under one number\n", chosen.renamed);
    for (const auto& example : chosen.examples) fmt::print(stderr, "  {}\n", example);
    constexpr double oldest_days = 90;  // beyond it no position along the track is known at all
    const std::size_t before = chosen.sets.size();
    std::erase_if(chosen.sets, [&](const auto& set) { return std::abs(age_days(set, start)) > oldest_days; });
    if (before > 0 && chosen.sets.empty())
        return fail(Fault::Data, "elements-too-old", {},
                    fmt::format("no object has elements within {:g} days of the start", oldest_days),
                    "fetch newer elements, or give a --start near their epochs");
    if (chosen.sets.size() < before)
        fmt::print(stderr, "{} objects are left out: their elements are more than {:g} days from the start\n",
                   before - chosen.sets.size(), oldest_days);
    std::vector<std::size_t> old;
    for (std::size_t i = 0; i < chosen.sets.size(); ++i)
        if (std::abs(age_days(chosen.sets[i], start)) > old_days) old.push_back(i);
    if (!old.empty())
        fmt::print(stderr,
                   "{} objects have elements more than {:g} days from the start: positions may be off by tens "
                   "of kilometres ({})\n",
                   old.size(), old_days, words_of_objects(chosen.sets, old));
    return std::move(chosen.sets);
}

/// Slower to one another than any two orbits that cross: modules, docked craft, a train of satellites.
bool fly_together(const orbit::Conjunction& one) { return one.relative_speed_km_s < 0.05; }

void tell_caveats(const Screened& screened) {
    const auto& found = screened.found;
    std::vector<std::size_t> refused;
    for (const auto& one : found.answer.left_out) refused.push_back(one.object);
    if (!refused.empty())
        fmt::print(stderr, "{} objects are refused by SGP4 and left out from then on: {}\n", refused.size(),
                   words_of_objects(screened.sets, refused));
    if (!found.answer.docked.empty()) {
        const auto& first = found.answer.docked.front().members;
        fmt::print(stderr,
                   "{} groups of objects have the same elements (docked, or parts of one object): no approach "
                   "among themselves; first: {}\n",
                   found.answer.docked.size(), words_of_objects(screened.sets, first));
    }
    const auto slow = std::count_if(found.answer.approaches.begin(), found.answer.approaches.end(), fly_together);
    if (slow > 0)
        fmt::print(stderr, "{} of the approaches are slower than 50 m/s: objects that fly together, or are docked\n",
                   slow);
    fmt::print(stderr, "{} approaches within {:g} km from {} to {}, {} objects\n", found.answer.approaches.size(),
               screened.screening.within_km, iso(screened.screening.start, 0), iso(screened.screening.stop, 0),
               screened.sets.size());
    fmt::print(stderr, "{}\n", assumption_words(screened.screening.assumption));
}

std::string csv_of(const Screened& screened) {
    std::string out = "id1,id2,tca,miss_km,relative_speed_km_s,pc_max,age1_days,age2_days\n";
    for (const auto& one : screened.found.answer.approaches) {
        const auto approach = screened.at(one);
        fmt::format_to(std::back_inserter(out), "{},{},{},{:.6f},{:.6f},{:.3e},{:.2f},{:.2f}\n",
                       approach.one.set.object, approach.two.set.object, iso(approach.tca, 3), one.miss_km,
                       one.relative_speed_km_s, approach.pc_max, age_days(approach.one.set, approach.tca),
                       age_days(approach.two.set, approach.tca));
    }
    return out;
}

std::string json_of(const Screened& screened) {
    const Screening& asked = screened.screening;
    const auto rounded = [](double value) { return std::round(value * 1e6) / 1e6; };
    JsonWriter json(2);
    json.begin_object().field("start", iso(asked.start, 0)).field("stop", iso(asked.stop, 0));
    json.field("within_km", asked.within_km).field("objects", screened.sets.size());
    json.key("pc_max_assumes").begin_object().field("radius_m", asked.assumption.radius_km * metres_by_km);
    json.field("aspect", asked.assumption.aspect).field("words", assumption_words(asked.assumption)).end_object();
    json.key("refused").begin_array();
    for (const auto& one : screened.found.answer.left_out)
        json.begin_object()
            .field("id", static_cast<std::int64_t>(screened.sets[one.object].object))
            .field("error", static_cast<int>(one.why))
            .field("from", iso(engine::utc_instant(one.from), 3))
            .end_object();
    json.end_array().key("docked").begin_array();
    for (const auto& group : screened.found.answer.docked) {
        json.begin_array();
        for (const std::size_t member : group.members)
            json.value(static_cast<std::int64_t>(screened.sets[member].object));
        json.end_array();
    }
    json.end_array().key("approaches").begin_array();
    for (const auto& one : screened.found.answer.approaches) {
        const auto approach = screened.at(one);
        json.begin_object().field("id1", static_cast<std::int64_t>(approach.one.set.object));
        json.field("name1", approach.one.set.name).field("id2", static_cast<std::int64_t>(approach.two.set.object));
        json.field("name2", approach.two.set.name)
            .field("tca", iso(approach.tca, 3))
            .field("miss_km", rounded(one.miss_km));
        json.key("miss_rtn_km").begin_array();
        for (const double part : one.miss_rtn_km) json.value(rounded(part));
        json.end_array().field("relative_speed_km_s", rounded(one.relative_speed_km_s));
        json.field("pc_max", approach.pc_max);
        json.field("age1_days", std::round(age_days(approach.one.set, approach.tca) * 100) / 100);
        json.field("age2_days", std::round(age_days(approach.two.set, approach.tca) * 100) / 100).end_object();
    }
    json.end_array().end_object();
    return json.text() + "\n";
}

Result<void> write_messages(const Screened& screened, const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) return fail(Fault::Store, "unwritable", {folder}, "this folder cannot be made", "name another folder");
    for (const auto& one : screened.found.answer.approaches) {
        const auto approach = screened.at(one);
        TRY(write_text((std::filesystem::path(folder) / (message_id(approach) + ".cdm")).string(),
                       conjunction_message(approach, screened.screening)));
    }
    return {};
}

/// The sample of what was dropped, each with its bound; what the checker says of it is told.
Result<void> write_certificate(const Screened& screened, const std::string& path) {
    constexpr std::string_view rules[] = {"direction", "reach", "shell", "path"};
    const auto& answer = screened.found.answer;
    auto rows = TRY(RowFile::open(path));
    rows.put(
        fmt::format("# start {}, step {} s, {} intervals, within {:g} km; {} pairs times intervals, of which {} "
                    "followed\nid1,id2,interval,rule,bound_km\n",
                    iso(screened.screening.start, 6), number_text(answer.step_seconds), answer.intervals,
                    screened.screening.within_km, answer.pair_intervals, answer.refined));
    for (const auto& one : answer.sample)
        rows.put(fmt::format("{},{},{},{},{:.6f}\n", screened.sets[one.first].object, screened.sets[one.second].object,
                             one.interval, rules[static_cast<std::size_t>(one.rule)], one.bound_km));
    TRY(rows.close());
    const auto& check = screened.found.check;
    fmt::print(stderr,
               "certificate: of {} dropped (pair, interval) drawn at random {} are proven to stay beyond {:g} km, "
               "{} come closer, {} fall below their bound, {} have no state; tightest margin {:.3f} km\n",
               check.checked, check.proven, screened.screening.within_km, check.too_close, check.bound_broken,
               check.without_state, check.tightest_km);
    return {};
}

/// Of the first object of --against that is there; without, of the object that most came close to.
Result<std::size_t> station_of(const Screened& screened, const std::vector<std::int32_t>& against) {
    for (const std::int32_t object : against) {
        for (std::size_t i = 0; i < screened.sets.size(); ++i)
            if (screened.sets[i].object == object) return i;
    }
    std::vector<std::size_t> times(screened.sets.size());
    for (const auto& one : screened.found.answer.approaches) {
        ++times[one.first];
        ++times[one.second];
    }
    return static_cast<std::size_t>(std::max_element(times.begin(), times.end()) - times.begin());
}

Result<void> write_picture(const Screened& screened, const ConjunctionOptions& options,
                           const std::vector<std::int32_t>& against) {
    constexpr double step_seconds = 30, hour_minutes = 60;
    const std::size_t station = TRY(station_of(screened, against));
    const auto satellite = orbit::initialise(engine::orbit_elements(screened.sets[station]), options.orbit.gravity(),
                                             options.orbit.sgp4_mode());
    const Instant start = screened.screening.start;
    const std::string name = object_title(screened.sets[station]);
    const auto track = ground_track(satellite, name, start, options.hours, step_seconds);
    std::vector<brief::ApproachMark> marks;
    std::size_t slow = 0;
    for (const auto& one : screened.found.answer.approaches) {
        if (one.first != station && one.second != station) continue;
        if (fly_together(one)) {  // modules and docked craft would stand upon one another
            ++slow;
            continue;
        }
        const auto& state = one.first == station ? one.first_state : one.second_state;
        const auto under = orbit::point_under(state.position_km, one.at);
        marks.push_back({{under.longitude_deg, under.latitude_deg, under.height_km,
                          minutes_between(start, engine::utc_instant(one.at)) / hour_minutes},
                         one.miss_km,
                         object_title(screened.sets[one.first == station ? one.second : one.first])});
    }
    return write_text(
        options.picture,
        brief::approaches_file(track, marks,
                               fmt::format("{}: {} approaches within {:g} km, {:g} hours from {}{}", name, marks.size(),
                                           options.within_km, options.hours, iso(start, 0),
                                           slow > 0 ? fmt::format("; {} slower than 50 m/s not drawn", slow) : "")));
}

Result<Instant> start_of(const std::string& text) {
    const auto start = parse_instant(text);
    if (start) return *start;
    return fail(Fault::Usage, "bad-instant", {}, fmt::format("--start '{}' is no instant", excerpt(text)),
                "write it in UTC: 2024-11-01T12:00:00Z");
}

Result<void> check_against(const std::vector<model::ElementSet>& sets, const std::vector<std::int32_t>& against) {
    std::size_t absent = 0;
    for (const std::int32_t object : against) {
        const bool is_there =
            std::any_of(sets.begin(), sets.end(), [&](const auto& set) { return set.object == object; });
        if (is_there) continue;
        fmt::print(stderr, "object {} of --against is not in this catalogue\n", object);
        ++absent;
    }
    if (!against.empty() && absent == against.size())
        return fail(Fault::Data, "no-such-object", {}, "none of the objects of --against is in this catalogue",
                    "give other numbers, or a catalogue that has them");
    return {};
}

Result<int> conjunctions(const ConjunctionOptions& options) {
    constexpr double hour_us = 3.6e9;
    const Instant start = TRY(start_of(options.start));
    const auto against = TRY(object_numbers(options.against, "--against"));
    Screened screened;
    screened.screening = {start,
                          later(start, std::llround(options.hours * hour_us)),
                          options.within_km,
                          {options.radius_m / metres_by_km, options.aspect},
                          now().substr(0, 19)};
    const auto elements = TRY(elements_told(options.orbit));
    screened.sets = TRY(chosen_sets(elements, start));
    TRY(check_against(screened.sets, against));
    constexpr std::int64_t thousandths = 1000;
    Progress progress("close approaches", thousandths, "thousandths"), checking("checking", thousandths, "thousandths");
    engine::ApproachQuestion question;
    question.start = start;
    question.hours = options.hours;
    question.within_km = options.within_km;
    question.against = against;
    question.gravity = options.orbit.gravity();
    question.mode = options.orbit.sgp4_mode();
    question.threads = options.threads;
    question.samples = options.certificate.empty() ? 0 : static_cast<std::size_t>(options.samples);
    question.progress = [&](double share) { progress.at(std::llround(share * thousandths)); };
    question.checking = [&](double share) { checking.at(std::llround(share * thousandths)); };
    screened.found = engine::find_approaches(screened.sets, question);
    tell_caveats(screened);
    if (!options.certificate.empty()) TRY(write_certificate(screened, options.certificate));
    TRY(write_text(options.out, options.as_json ? json_of(screened) : csv_of(screened)));
    if (!options.messages.empty()) TRY(write_messages(screened, options.messages));
    if (!options.picture.empty()) TRY(write_picture(screened, options, against));
    return exit_clean;
}

}  // namespace

Command conjunctions_command() {
    const auto options = std::make_shared<ConjunctionOptions>();
    constexpr double most_hours = 168, most_km = 100, most_radius_m = 1000, most_aspect = 1000;
    return {
        .name = "conjunctions",
        .summary = "Every close approach among the objects of a catalogue, or to some of them",
        .options = {elements_option(options->orbit),
                    option("--start", &options->start, "UTC; of each object the newest set not after it is taken")
                        .as("INSTANT")
                        .required(),
                    option("--hours", &options->hours, "from the start").within(0.01, most_hours),
                    option("--within-km", &options->within_km, "distance that counts as close").within(0.001, most_km),
                    option("--against", &options->against,
                           "only approaches to these catalogue numbers, with commas: 25544,48274")
                        .as("NUMBERS"),
                    option("--radius-m", &options->radius_m, "of both hard bodies together, for pc_max")
                        .within(0.01, most_radius_m),
                    option("--aspect", &options->aspect, "of the axes of the covariance assumed, for pc_max")
                        .within(1, most_aspect),
                    mode_option(options->orbit), constants_option(options->orbit),
                    option("--out", &options->out, "write here instead of the standard output").as("FILE").written(),
                    option("--cdm", &options->messages, "a conjunction data message (CCSDS, KVN) for each approach")
                        .as("FOLDER"),
                    option("--certificate", &options->certificate,
                           "what was dropped, drawn at random, each with the bound that dropped it; checked anew")
                        .as("FILE")
                        .written(),
                    option("--samples", &options->samples, "of the certificate").within(1, 1e8),
                    option("--picture", &options->picture,
                           "SVG: height and ground track of the first object of --against, with its approaches")
                        .as("FILE")
                        .written(),
                    option("--threads", &options->threads, "the same answer on any number").within(1, 64),
                    option("--json", &options->as_json, "JSON instead of CSV")},
        .more =
            "A CSV: id1, id2, tca (UTC), miss_km, relative_speed_km_s, pc_max, age1_days, age2_days (of the elements, "
            "at "
            "tca).\nPositions from public elements are off by a kilometre at epoch and some more each day: an approach "
            "is "
            "a reason to\nlook closer, no forecast of a collision (docs/orbits.md).\n",
        .examples =
            {"icosa conjunctions --elements gp.csv --start 2024-11-01T12:00:00Z --hours 24 --within-km 5 --out a.csv",
             "icosa conjunctions --elements gp.csv --start 2024-11-01 --hours 72 --within-km 10 "
             "--against 25544,48274 --picture stations.svg --cdm messages"},
        .exits = {{exit_data, "the elements are faulty, or none of the objects is there"}, {exit_store}},
        .run = [=] { return conjunctions(*options); },
    };
}

}  // namespace icosa::cli
