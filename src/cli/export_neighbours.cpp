/// icosa export neighbours: which places are beside which on a day, as `icosa forecast --neighbours` reads them.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/exit_code.hpp"
#include "cli/export.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"

namespace icosa::cli {
namespace {

/// The place's codes of the system that hold on the day; its own id without a system.
std::vector<std::string> names_of(const pack::PlaceFacts& place, const std::string& system, Day day) {
    if (system.empty()) return {place.id};
    std::vector<std::string> out;
    for (const auto& code : place.codes) {
        if (code.system == system && code.first <= day && day <= code.last) out.push_back(code.code);
    }
    return out;
}

Result<void> check_system(const pack::PlaceBook& places, const std::string& system) {
    std::set<std::string> systems;
    for (const auto& place : places.places()) {
        for (const auto& code : place.codes) systems.insert(code.system);
    }
    if (system.empty() || systems.contains(system)) return {};
    const std::vector<std::string> known(systems.begin(), systems.end());
    const auto near = nearest(system, known);
    return fail(Fault::Usage, "unknown-codes", {},
                fmt::format("no place has a code of system '{}'; there are {}", excerpt(system), join(known, ", ")),
                near ? fmt::format("did you mean '{}'?", *near) : "name one of them with --codes");
}

}  // namespace

Result<int> export_neighbours(const Common& common, const ExportOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const Day as_of = TRY(day_asked(options.as_of));
    TRY(check_system(packs.places, options.codes));
    const auto borders = options.narrow_seas ? pack::Borders::LandAndNarrowSea : pack::Borders::Land;
    std::set<std::pair<std::string, std::string>> pairs;
    for (const auto& place : packs.places.places()) {
        for (const auto& id : packs.places.neighbours(place.id, as_of, borders)) {
            const auto* other = packs.places.find_place(id);
            if (!other) continue;
            for (const auto& a : names_of(place, options.codes, as_of)) {
                for (const auto& b : names_of(*other, options.codes, as_of)) pairs.insert(std::minmax(a, b));
            }
        }
    }
    if (common.json && options.out.empty()) {
        for (const auto& [a, b] : pairs) {
            JsonWriter json;
            json.begin_object().field("unit", a).field("neighbour", b).end_object();
            fmt::print("{}\n", json.text());
        }
        return exit_clean;
    }
    std::string text = "unit,neighbour\n";
    for (const auto& [a, b] : pairs) text += fmt::format("{},{}\n", csv_cell(a), csv_cell(b));
    TRY(write_text(options.out, text));
    if (!options.out.empty() && common.json) {
        JsonWriter json;
        json.begin_object().field("file", options.out).field("pairs", pairs.size()).end_object();
        fmt::print("{}\n", json.text());
    } else if (!options.out.empty()) {
        fmt::print("{}: {} pairs on {}\n", options.out, pairs.size(), iso(as_of));
    }
    return exit_clean;
}

}  // namespace icosa::cli
