/// icosa basins: transboundary basins with their events, agreements and gaps.
#include <cstdio>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/basins_told.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

struct BasinsOptions {
    std::vector<std::string> basins;
    std::string as_of = "today", out;
    Day since = no_day, until = no_day;
};

Result<int> basins(const BasinsOptions& options, const Common& common) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    std::vector<std::string> ids;
    for (const auto& word : options.basins) ids.push_back(TRY(app::basin_named(packs.places, word)));
    TRY(check_as_of(options.as_of));
    const Day since = options.since == no_day ? first_possible_day : options.since;
    const Day until = options.until == no_day ? last_possible_day : options.until;
    if (until < since)
        return fail(Fault::Usage, "bad-days", {},
                    fmt::format("--until {} lies before --since {}", iso(until), iso(since)), "turn them round");
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    const Day as_of = TRY(moment_of(*store, packs, options.as_of, common.db)).as_of;
    const auto known = TRY(app::basin_facts(*store, packs, as_of, since, until, ids));
    const BasinsTold told{known, packs.places, as_of, since, until};
    if (!options.out.empty()) TRY(write_basins(options.out, told));
    if (common.json) {
        fmt::print("{}", basins_json(told));
    } else if (ids.empty()) {
        fmt::print("{}", basins_text(told));
    } else {
        std::string_view between;
        for (const auto& basin : known.basins) {
            fmt::print("{}{}", between, basin_text(told, basin));
            between = "\n";
        }
    }
    return exit_clean;
}

}  // namespace

Command basins_command() {
    const auto options = std::make_shared<BasinsOptions>();
    const auto common = std::make_shared<Common>();
    return {
        .name = "basins",
        .summary = "Transboundary basins: events between states, agreements that cover them, gaps",
        .options = {option("BASIN", &options->basins, "a page on each of these; without one, a line a basin"),
                    option("--since", &options->since, "events from this day on"),
                    option("--until", &options->until, "events and agreements up to this day"),
                    option("--out", &options->out, "write a row a basin here (.csv, .parquet)").as("FILE").written(),
                    as_of_option(&options->as_of), db_option(*common), wait_option(*common), json_option(*common),
                    packs_option(*common), add_option(*common)},
        .more = "Events end in 2008 and agreements in 2007 where their sources do; docs/sea-and-rivers.md.\n",
        .examples = {"icosa basins --db my.duckdb", "icosa basins nile jordan --since 1990-01-01 --db my.duckdb",
                     "icosa basins --db my.duckdb --json --out basins.csv"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return basins(*options, *common); },
    };
}

}  // namespace icosa::cli
