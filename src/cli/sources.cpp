/// icosa sources: what the store has read.
#include <cstdio>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/sources_by_area.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

struct SourcesOptions {
    std::string as_of;
    bool files = false;
    bool areas = false;
};

void print_source_json(const model::SourceState& state, const Moment& moment) {
    JsonWriter json;
    json.begin_object()
        .field("id", state.id)
        .field("title", state.title)
        .field("files", state.files)
        .field("rows", state.rows)
        .field("rejected", state.rejected)
        .field("unplaced", state.unplaced)
        .field("set_aside", state.set_aside)
        .field("first", iso(state.first))
        .field("last", iso(state.last))
        .field("stale", state.stale)
        .field("stale_after_days", state.stale_after_days)
        .field("licence", state.licence);
    write_moment(json, moment);
    json.end_object();
    fmt::print("{}\n", json.text());
}

void print_file(const model::FileRecord& file, const Moment& moment, bool as_json) {
    const bool is_gone = file.withdrawn_day != no_day && file.withdrawn_day <= moment.as_of;
    if (as_json) {
        JsonWriter json;
        json.begin_object()
            .field("file", file.path)
            .field("source", file.source)
            .field("edition", file.edition)
            .field("vintage", iso(file.vintage_day))
            .field("rows", file.rows)
            .field("stored", file.stored)
            .field("digest", file.digest)
            .field("withdrawn", iso(file.withdrawn_day));
        write_moment(json, moment);
        json.end_object();
        fmt::print("{}\n", json.text());
        return;
    }
    fmt::print("{:<24} {:<10} {:<10} {:>9}  {}{}\n", file.source, file.edition.empty() ? "-" : file.edition,
               file.vintage_day == no_day ? "-" : iso(file.vintage_day), file.stored, file.path,
               is_gone ? fmt::format("  (taken back on {})", iso(file.withdrawn_day)) : "");
}

Result<int> sources(const Common& common, const SourcesOptions& options) {
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs, common.threads); }));
    const Moment moment = TRY(moment_of(*store, packs, options.as_of, common.db));
    if (!common.json) fmt::print("{}\n", first_line(moment));
    if (options.files) {
        if (!common.json) fmt::print("{:<24} {:<10} {:<10} {:>9}  file\n", "source", "edition", "vintage", "stored");
        for (const auto& file : TRY(store->files())) print_file(file, moment, common.json);
        return exit_clean;
    }
    const auto evidence = TRY(harmonise::gather(*store, packs.books(), {}, moment.as_of, {}));
    if (options.areas) {
        print_sources_by_area(packs, evidence.sources, moment, common.json ? Written::JsonLines : Written::Table);
        return exit_clean;
    }
    if (!common.json)
        fmt::print("{:<30} {:>6} {:>10} {:>8} {:>9}  {:<10}  {:<10}\n", "source", "files", "rows", "rejects",
                   "unplaced", "first day", "newest");
    for (const auto& [id, state] : evidence.sources) {
        if (common.json) {
            print_source_json(state, moment);
            continue;
        }
        fmt::print("{:<30} {:>6} {:>10} {:>8} {:>9}  {:<10}  {:<10}  {}\n", id, state.files, state.rows, state.rejected,
                   state.unplaced, iso(state.first), iso(state.last), state.stale ? "stale" : "current");
    }
    return exit_clean;
}

}  // namespace

Command sources_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<SourcesOptions>();
    return {
        .name = "sources",
        .summary = "What the database holds: rows, rejects, rows of unknown place, first and newest day, stale or not",
        .options = {option("--files", &options->files,
                           "a line a file instead, with its edition and what was taken back"),
                    option("--areas", &options->areas,
                           "a line an area and source instead: newest day, age, how often renewed, how to fetch"),
                    as_of_option(&options->as_of), db_option(*common), wait_option(*common), json_option(*common),
                    packs_option(*common), framework_option(*common)},
        .examples = {"icosa sources --db my.duckdb", "icosa sources --files --as-of newest", "icosa sources --areas"},
        .exits = {{exit_packs}, {exit_data, "the database holds nothing"}, {exit_store}},
        .run = [=] { return sources(*common, *options); },
    };
}

}  // namespace icosa::cli
