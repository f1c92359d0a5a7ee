/// icosa instruments: in force or what it lacks, who is in, who is missing, what was done of late.
#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "app/places_asked.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command_table.hpp"
#include "cli/exit_code.hpp"
#include "cli/instrument_text.hpp"
#include "cli/pack_places.hpp"
#include "cli/sections_named.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

struct InstrumentsOptions {
    std::string id, missing, gaps, db, as_of = "today";
    bool acts = false;
    Day since = no_day;
};

Result<const app::InstrumentFacts*> named(const std::vector<app::InstrumentFacts>& all, const std::string& id) {
    std::vector<std::string> ids;
    for (const auto& one : all) {
        if (one.instrument->id == id) return &one;
        ids.push_back(one.instrument->id);
    }
    const auto near = nearest(id, ids);
    return fail(Fault::Usage, "unknown-instrument", {}, fmt::format("there is no instrument '{}'", excerpt(id)),
                near ? fmt::format("did you mean '{}'?", *near) : "`icosa instruments` lists them");
}

Result<std::string> told(const InstrumentsOptions& options, const InstrumentsAsked& asked,
                         const std::vector<app::InstrumentFacts>& all) {
    if (!options.id.empty()) (void)TRY(named(all, options.id));
    if (options.acts || options.since != no_day)
        return told_acts(asked, all, options.since == no_day ? asked.as_of - 365 : options.since, options.id);
    if (!options.missing.empty()) {
        const auto places = TRY(app::places_asked(asked.packs.places, {options.missing}, asked.as_of)).ids;
        if (places.size() != 1)
            return fail(Fault::Usage, "not-one-place", {}, fmt::format("'{}' is not one place", options.missing),
                        "name a country");
        return told_missing(asked, all, places.front());
    }
    if (!options.gaps.empty()) {
        const auto sections = TRY(sections_named(asked.packs, {options.gaps}));
        return told_gaps(asked, all, sections.front());
    }
    if (options.id.empty()) return told_list(asked, all);
    return told_whole(asked, *TRY(named(all, options.id)));
}

Result<int> instruments(const Common& common, const InstrumentsOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    std::unique_ptr<store::Store> store;
    if (!options.db.empty()) {
        Common of_store = common;
        of_store.db = options.db;
        store = TRY(when_free(of_store, [&] { return app::open_for_reading(options.db, packs); }));
    }
    TRY(check_as_of(options.as_of));
    const Day as_of = store         ? TRY(moment_of(*store, packs, options.as_of, options.db)).as_of
        : options.as_of == "newest" ? today()
                                    : TRY(day_asked(options.as_of));
    const auto all = TRY(app::instrument_facts(store.get(), packs, as_of));
    if (!common.json)
        fmt::print("As of {}; from {}\n", iso(as_of),
                   store ? "the tables of " + options.db + " and the packs' own acts" : "the packs' own acts alone");
    fmt::print("{}", TRY(told(options, {packs, as_of, common.json}, all)));
    return exit_clean;
}

}  // namespace

Command instruments_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<InstrumentsOptions>();
    return {
        .name = "instruments",
        .summary = "Treaties and other instruments: in force or what they lack, who is in, who is missing, newest acts",
        .options =
            {option("ID", &options->id, "one instrument; without it, all, a line each"),
             option("--missing", &options->missing, "which instruments a place is not in").as("PLACE"),
             option("--gaps", &options->gaps,
                    "of the instruments of an area: where participants are rarer, by region and organisation")
                 .as("AREA"),
             option("--acts", &options->acts, "what was done of late, the newest first"),
             option("--since", &options->since, "with --acts: from this day on; a year back if not given"),
             as_of_option(&options->as_of, "the day asked about"),
             option("--db", &options->db, "a store with tables of participants, beside the packs' own acts").as("FILE"),
             wait_option(*common), json_option(*common), packs_option(*common), add_option(*common),
             framework_option(*common)},
        .more = "That a state is not in is said only as far as a table is known, with that day.\n",
        .examples = {"icosa instruments ctbt", "icosa instruments mine-ban --acts --since 2025-01-01",
                     "icosa instruments --missing ind", "icosa instruments --gaps III.4",
                     "icosa instruments --acts --since 2025-12-01 --json"},
        .exits = {{exit_packs}, {exit_store}},
        .run = [=] { return instruments(*common, *options); },
    };
}

}  // namespace icosa::cli
