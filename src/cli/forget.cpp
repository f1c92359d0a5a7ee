/// icosa forget: what was read by mistake is taken back by a dated row, and can be brought back.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

struct ForgetOptions {
    std::string what;     ///< a file or a source
    std::string edition;  ///< of the source, or of any
    bool undo = false;
    Day day = no_day;
};

/// Is the path one within this archive? A folder is none: its name is in many paths.
bool is_entry_of(const std::string& path, const std::string& archive) {
    constexpr std::string_view ends[] = {".zip", ".tar", ".tgz", ".tar.gz"};
    return std::ranges::any_of(ends, [&](std::string_view end) { return lower(archive).ends_with(end); })
        && ("/" + path).find("/" + archive + "/") != std::string::npos;
}

/// By its path, its name without the folder, the archive it is of, its source or its digest.
bool is_meant(const model::FileRecord& file, const ForgetOptions& options) {
    const bool by_name = options.what.empty() || file.path == options.what || file.source == options.what
        || file.digest == options.what || is_entry_of(file.path, options.what)
        || std::filesystem::path(file.path).filename() == options.what;
    return by_name && (options.edition.empty() || file.edition == options.edition);
}

std::unexpected<Error> no_such(const std::vector<model::FileRecord>& files, const ForgetOptions& options,
                               const std::string& db) {
    std::vector<std::string> names;
    for (const auto& file : files) {
        if (is_meant(file, options))
            return fail(Fault::Usage, "nothing-to-forget", {db},
                        options.undo
                            ? fmt::format("'{}' is not taken back", file.path)
                            : fmt::format("'{}' is taken back already, from {} on", file.path, iso(file.withdrawn_day)),
                        options.undo ? "`icosa sources --files` lists what is" : "--undo brings it back");
        names.push_back(file.path);
        if (std::find(names.begin(), names.end(), file.source) == names.end()) names.push_back(file.source);
    }
    const auto near = options.what.empty() ? std::nullopt : nearest(options.what, names);
    return fail(Fault::Usage, "nothing-to-forget", {db},
                options.undo ? fmt::format("nothing of '{}{}' is taken back", options.what, options.edition)
                             : fmt::format("the database holds no file, source or edition '{}{}'", options.what,
                                           options.edition),
                near ? fmt::format("did you mean '{}'?", *near) : "`icosa sources --files` lists them");
}

Result<int> forget(const Common& common, const ForgetOptions& options) {
    if (options.what.empty() && options.edition.empty())
        return fail(Fault::Usage, "missing-option", {}, "nothing is named", "give a file, a source or --edition");
    const Day day = options.day == no_day ? today() : options.day;
    if (day > today())
        return fail(Fault::Usage, "bad-day", {}, fmt::format("--day {} is yet to come", iso(day)),
                    "give today or an earlier day");
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    const auto files = TRY(store->files());
    std::vector<std::int32_t> meant;
    std::int64_t rows = 0;
    for (const auto& file : files) {
        if (!is_meant(file, options) || (file.withdrawn_day != no_day) != options.undo) continue;
        meant.push_back(file.id);
        rows += file.stored;
        if (!common.json)
            fmt::print("{} {}: {} rows of {}\n", options.undo ? "back" : "taken back", file.path, file.stored,
                       file.source);
    }
    if (meant.empty()) return no_such(files, options, common.db);
    TRY(store->withdraw(meant, day, options.undo ? store::Withdrawal::BringBack : store::Withdrawal::TakeBack));
    if (common.json) {
        JsonWriter json;
        json.begin_object()
            .field("files", meant.size())
            .field("rows", rows)
            .field("day", iso(day))
            .field("undone", options.undo)
            .end_object();
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{} file{}, {} rows, from {} on{}\n", meant.size(), meant.size() == 1 ? "" : "s", rows, iso(day),
                   options.undo ? "" : "; an earlier --as-of sees them still, --undo brings them back");
    }
    return exit_clean;
}

}  // namespace

Command forget_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ForgetOptions>();
    return {
        .name = "forget",
        .summary = "Take back a file, a source or an edition that was read by mistake; nothing is deleted",
        .options = {option("FILE|SOURCE", &options->what, "a file as `icosa sources --files` names it, or a source"),
                    option("--edition", &options->edition, "only of this edition").as("EDITION"),
                    option("--undo", &options->undo, "bring back what was taken back"),
                    option("--day", &options->day, "from this day on; today if not given"), db_option(*common),
                    wait_option(*common), json_option(*common), packs_option(*common), add_option(*common),
                    framework_option(*common)},
        .examples = {"icosa forget RAW_ASAM.csv --db my.duckdb", "icosa forget RAW_ASAM.csv --undo --db my.duckdb",
                     "icosa forget ucdp-ged --edition 25.1 --db my.duckdb",
                     "icosa forget ucdp-ged --undo --db my.duckdb"},
        .exits = {{exit_packs}, {exit_data, "the database holds nothing"}, {exit_store}},
        .run = [=] { return forget(*common, *options); },
    };
}

}  // namespace icosa::cli
