/// icosa places: how a name or code of a place is read, and which a file leaves unplaced.
#include <algorithm>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "app/place_names.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/today.hpp"
#include "harmonise/evidence.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/file.hpp"

namespace icosa::cli {
namespace {

struct PlacesOptions {
    std::vector<std::string> what;  ///< files, names or codes
    std::string source;
    std::string system;             ///< of codes; "" = every system that has it
    Day day = no_day;
};

std::vector<std::string> systems_of(const pack::PlaceBook& places, const std::string& text) {
    std::map<std::string, bool> seen;
    for (const auto& place : places.places()) {
        for (const auto& code : place.codes) seen[code.system] = true;
    }
    std::vector<std::string> out;
    for (const auto& [system, any] : seen) {
        if (!places.uses_of(system, text).empty() || places.find_aggregate(system, text) != nullptr)
            out.push_back(system);
    }
    if (out.empty()) out.emplace_back("name");
    return out;
}

std::string days_of(const pack::CodeUse& use) {
    if (use.first == first_possible_day && use.last == last_possible_day) return "always";
    return fmt::format("{}..{}", use.first == first_possible_day ? "" : iso(use.first),
                       use.last == last_possible_day ? "" : iso(use.last));
}

/// One name or code in one system.
void print_reading(const pack::PlaceBook& places, const std::string& system, const std::string& text, Day day,
                   bool as_json) {
    const auto read = app::read_place(places, system, text, day, day);
    if (as_json) {
        JsonWriter json;
        json.begin_object()
            .field("text", text)
            .field("system", system)
            .field("day", iso(day))
            .field("place", read.place)
            .field("title", read.place.empty() ? "" : places.title_of(read.place))
            .field("sum", read.sum)
            .field("repaired", read.repaired)
            .field("suggestion", read.suggestion);
        json.key("uses").begin_array();
        for (const auto& use : read.uses)
            json.begin_object().field("place", use.place).field("days", days_of(use)).end_object();
        json.end_array().end_object();
        fmt::print("{}\n", json.text());
        return;
    }
    std::string says;
    if (!read.place.empty()) says = fmt::format("{} ({})", read.place, places.title_of(read.place));
    else if (!read.sum.empty()) says = fmt::format("no place: a sum over places ({})", read.sum);
    else if (!read.uses.empty()) says = fmt::format("no place on {}", iso(day));
    else if (!read.suggestion.empty()) says = fmt::format("unknown; did you mean {}?", read.suggestion);
    else says = "unknown";
    fmt::print("{}:{}  {}\n", system, excerpt(text), says);
    if (!read.repaired.empty()) fmt::print("    read as '{}': UTF-8 that was taken for Latin-1\n", read.repaired);
    for (const auto& use : read.uses)
        if (read.uses.size() > 1 || days_of(use) != "always")
            fmt::print("    {} ({}) {}\n", use.place, places.title_of(use.place), days_of(use));
}

/// The file as it would be ingested, into a store that is thrown away.
Result<std::vector<store::PlaceNaming>> namings_of(const std::string& path, const app::Packs& packs,
                                                   const PlacesOptions& options, const Common& common) {
    const auto* named = options.source.empty() ? nullptr : packs.find_card(options.source);
    if (!options.source.empty() && !named)
        return fail(Fault::Usage, "unknown-source", {}, fmt::format("no source card '{}'", options.source),
                    "`ls packs/sources` lists them");
    const auto* card = named ? TRY(ingest::layout_of(path, *named)) : TRY(ingest::recognise(path, packs.cards));
    const auto store = TRY(store::open_duckdb(":memory:", store::Access::ReadWrite, common.threads));
    TRY(harmonise::refresh_dimension(*store, packs.books(), packs.digest));
    ingest::ReadOptions how;
    how.today = today();
    const auto reader = TRY(ingest::FileReader::open(path, *card, store->terms(), how));
    const auto pull = [&](model::Batch& out) { return reader->next(out); };
    const auto close = [&]() -> Result<store::Outgoing> {
        ingest::Closing closing = TRY(reader->close());
        return store::Outgoing{closing.digest, closing.rows, closing.rejected, {}, {}, closing.vintage_day};
    };
    const auto receipt = TRY(store->append({.path = path,
                                            .source = reader->source(),
                                            .bytes = reader->bytes(),
                                            .records = card->record,
                                            .has_identity = !card->identity.empty(),
                                            .card = card->id},
                                           pull, close, common.threads));
    return store->odd_namings(reader->source(), receipt.file);
}

void print_namings(const std::string& path, const std::vector<store::PlaceNaming>& namings, const app::Packs& packs,
                   bool as_json) {
    for (const auto& one : namings) {
        const auto read = app::read_place(packs.places, one.system, one.code, one.first, one.first);
        if (as_json) {
            JsonWriter json;
            json.begin_object()
                .field("file", path)
                .field("system", one.system)
                .field("code", one.code)
                .field("rows", one.rows)
                .field("unplaced", one.unplaced)
                .field("set_aside", one.summed)
                .field("two_places", one.twofold)
                .field("repaired", read.repaired)
                .field("suggestion", read.suggestion)
                .end_object();
            fmt::print("{}\n", json.text());
            continue;
        }
        const bool is_plain = one.unplaced + one.summed + one.twofold == 0;
        std::string says = one.summed > 0 ? fmt::format("a sum over places ({}), set aside", read.sum)
            : one.twofold > 0             ? "two places within a row's days: the later is taken"
            : is_plain                    ? fmt::format("read as '{}'", read.repaired)
            : !read.uses.empty()          ? fmt::format("no place on its days, from {}", iso(one.first))
                                          : "unknown";
        if (!read.suggestion.empty()) says += fmt::format("; did you mean {}?", read.suggestion);
        fmt::print("{:>9} rows  {}:{}  {}\n", is_plain ? one.rows : std::max({one.unplaced, one.summed, one.twofold}),
                   one.system, excerpt(one.code), says);
    }
    if (!as_json && namings.empty()) fmt::print("{}: every place is known\n", path);
}

Result<int> places(const Common& common, const PlacesOptions& options) {
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const Day day = options.day == no_day ? today() : options.day;
    for (const auto& text : options.what) {
        if (ingest::size_of(text)) {
            print_namings(text, TRY(namings_of(text, packs, options, common)), packs, common.json);
            continue;
        }
        const auto colon = text.find(':');
        const bool has_system = colon != std::string::npos && colon > 0 && options.system.empty();
        const std::string code = has_system ? text.substr(colon + 1) : text;
        const auto systems = has_system ? std::vector{text.substr(0, colon)}
            : options.system.empty()    ? systems_of(packs.places, text)
                                        : std::vector{options.system};
        for (const auto& system : systems) print_reading(packs.places, system, code, day, common.json);
    }
    return exit_clean;
}

}  // namespace

Command places_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<PlacesOptions>();
    return {
        .name = "places",
        .summary = "How a name or code of a place is read on a day, and which names of a file mean no place",
        .options = {option("FILE|NAME|CODE", &options->what, "a file as for ingest, a name, or SYSTEM:CODE").required(),
                    option("--day", &options->day, "names and codes as of this day; today if not given"),
                    option("--system", &options->system, "codes of this system: iso3, gw, cow, name ...").as("SYSTEM"),
                    option("--source", &options->source, "files by this source card").as("ID"), json_option(*common),
                    packs_option(*common), framework_option(*common), threads_option(*common)},
        .examples = {"icosa places Tchad 'Burkina Fasso' gw:678 --day 1989-06-30", "icosa places my.csv --json"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return places(*common, *options); },
    };
}

}  // namespace icosa::cli
