/// icosa sources: what the store has read.
#include <cstdio>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"

namespace icosa::cli {
namespace {

Result<int> sources(const Common& common) {
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto store = TRY(app::open_for_reading(common.db, packs, common.threads));
    const Day as_of = TRY(app::as_of_or_newest(*store, packs, no_day, common.db));
    const auto evidence = TRY(harmonise::gather(*store, packs.books(), {}, as_of, {}));
    if (!common.json)
        fmt::print("{:<30} {:>6} {:>10} {:>8}  {:<10}  {:<10}  as of {}\n", "source", "files", "rows", "rejects",
                   "first day", "newest", iso(as_of));
    for (const auto& [id, state] : evidence.sources) {
        if (common.json) {
            JsonWriter json;
            json.begin_object()
                .field("id", id)
                .field("title", state.title)
                .field("files", state.files)
                .field("rows", state.rows)
                .field("rejected", state.rejected)
                .field("first", iso(state.first))
                .field("last", iso(state.last))
                .field("stale", state.stale)
                .field("stale_after_days", state.stale_after_days)
                .field("licence", state.licence)
                .end_object();
            fmt::print("{}\n", json.text());
        } else {
            fmt::print("{:<30} {:>6} {:>10} {:>8}  {:<10}  {:<10}  {}\n", id, state.files, state.rows, state.rejected,
                       iso(state.first), iso(state.last), state.stale ? "stale" : "current");
        }
    }
    return exit_clean;
}

}  // namespace

Command sources_command() {
    const auto common = std::make_shared<Common>();
    return {
        .name = "sources",
        .summary = "What the database holds: rows, rejects, first and newest day, stale or not",
        .options = {db_option(*common), json_option(*common), packs_option(*common), framework_option(*common)},
        .examples = {"icosa sources --db my.duckdb"},
        .exits = {{exit_packs}, {exit_data, "the database holds nothing"}, {exit_store}},
        .run = [=] { return sources(*common); },
    };
}

}  // namespace icosa::cli
