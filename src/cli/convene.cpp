/// icosa convene: the smallest families of bodies in which these states have seats.
#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "app/places_asked.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/sections_named.hpp"
#include "respond/options/convenors.hpp"

namespace icosa::cli {
namespace {

struct ConveneOptions {
    std::vector<std::string> places;
    std::string area;
    std::string as_of;
};

/// Bodies that may convene on some matter by packs/options.toml, of the area where one is named.
std::vector<const pack::Mechanism*> bodies_of(const app::Packs& packs, const std::string& area, Day day) {
    std::vector<const pack::Mechanism*> out;
    for (const pack::Matter& matter : packs.matters.all) {
        for (const pack::Answering& answer : matter.answers) {
            const pack::Mechanism* one = packs.catalogue.mechanism(answer.id);
            if (!one || answer.form != pack::OptionForm::Talks || answer.seats_all) continue;
            if (answer.since != no_day && answer.since > day) continue;
            const bool is_of = area.empty() || std::ranges::find(one->areas, area) != one->areas.end();
            if (is_of && std::ranges::find(out, one) == out.end()) out.push_back(one);
        }
    }
    return out;
}

std::string titles(const std::vector<std::string>& ids, const app::Packs& packs) {
    std::string out;
    for (const std::string& id : ids) {
        const pack::Mechanism* body = packs.catalogue.mechanism(id);
        out += (out.empty() ? "" : ", ") + (body ? body->name.en : packs.places.title_of(id));
    }
    return out;
}

void write_json(const std::vector<respond::Convening>& all, const std::vector<std::string>& states, Day day) {
    JsonWriter json(2);
    const auto list = [&](std::string_view key, const std::vector<std::string>& ids) {
        json.key(key).begin_array();
        for (const std::string& id : ids) json.value(id);
        json.end_array();
    };
    json.begin_object().field("as_of", iso(day));
    list("states", states);
    json.key("convenings").begin_array();
    for (const respond::Convening& one : all) {
        json.begin_object();
        list("bodies", one.bodies);
        list("with_a_seat", one.in);
        list("without_a_seat", one.out);
        json.field("members", one.members).end_object();
    }
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

Result<int> convene(const Common& common, const ConveneOptions& asked) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const Day day = TRY(day_asked(asked.as_of));
    std::string area;
    if (!asked.area.empty()) area = TRY(sections_named(packs, {asked.area})).front();
    const app::PlacesAsked places = TRY(app::places_asked(packs.places, asked.places, day));
    std::set<std::string> states;
    for (const std::string& id : places.ids) {
        for (auto& state : respond::states_of(id, packs.places)) states.insert(std::move(state));
    }
    if (states.empty())
        return fail(Fault::Usage, "no-state", {}, "none of these places is a state, or a river basin of states",
                    "name states, river basins, or sets of them");
    if (states.size() > 64)
        return fail(Fault::Usage, "too-many-places", {}, fmt::format("{} states are named", states.size()),
                    "name at most 64");
    const std::vector<std::string> sorted{states.begin(), states.end()};
    const auto bodies = bodies_of(packs, area, day);
    const auto all = respond::convenings(sorted, bodies, packs.places, day);
    if (common.json) {
        write_json(all, sorted, day);
        return exit_clean;
    }
    fmt::print("As of {}: who could convene {}. Unranked; those with fewest members first. A person decides.\n",
               iso(day), titles(sorted, packs));
    if (all.empty()) fmt::print("No body of the packs in which one of them has a seat is known.\n");
    for (const respond::Convening& one : all) {
        fmt::print("- {} ({} members){}\n", titles(one.bodies, packs), one.members,
                   one.out.empty() ? "" : "; without a seat: " + titles(one.out, packs));
        for (const std::string& id : one.bodies) {
            const pack::Mechanism* body = packs.catalogue.mechanism(id);
            const pack::Meeting* last = pack::last_meeting(*body, day);
            if (last) fmt::print("    last known meeting {}: {}\n", iso(last->last_day), last->what);
        }
    }
    for (const pack::Mechanism* body : bodies) {
        for (const std::string& state : respond::suspended_of(*body, packs.places, day)) {
            if (states.contains(state))
                fmt::print("Suspended on that day: {} in {}.\n", packs.places.title_of(state), body->name.en);
        }
    }
    for (const std::string& id : places.ids) {
        if (respond::states_of(id, packs.places).empty() && packs.places.find_place(id))
            fmt::print("Left out, since it is filed as no state here: {}.\n", packs.places.title_of(id));
    }
    fmt::print("Groups that are no states have no seat in any of these.\n");
    return exit_clean;
}

}  // namespace

Command convene_command() {
    const auto common = std::make_shared<Common>();
    const auto asked = std::make_shared<ConveneOptions>();
    return {
        .name = "convene",
        .summary = "Which bodies, or few bodies together, hold these states: who could convene them",
        .options = {option("PLACE...", &asked->places, "states, river basins or sets, by id, name or code").required(),
                    option("--area", &asked->area, "only bodies of this area of the framework: III.8").as("ID"),
                    day_option(&asked->as_of, "members on this day; today if none is given"), json_option(*common),
                    packs_option(*common), add_option(*common), framework_option(*common)},
        .examples = {"icosa convene sudan chad egypt", "icosa convene ind pak --json",
                     "icosa convene sudan chad --area III.8 --as-of 2020-12-31"},
        .exits = {{exit_packs}},
        .run = [=] { return convene(*common, *asked); },
    };
}

}  // namespace icosa::cli
