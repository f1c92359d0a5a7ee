/// icosa sources, icosa rejects: what the store has read, and what it could not.
#include <algorithm>
#include <cstdio>
#include <limits>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"

namespace icosa::cli {

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

Result<int> rejects(const Common& common, const RejectsOptions& options) {
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto store = TRY(app::open_for_reading(common.db, packs, common.threads));
    if (!options.source.empty()) {
        std::vector<std::string> present;
        for (const auto& file : TRY(store->files())) present.push_back(file.source);
        std::sort(present.begin(), present.end());
        present.erase(std::unique(present.begin(), present.end()), present.end());
        if (!std::binary_search(present.begin(), present.end(), options.source)) {
            const auto near = nearest(options.source, present);
            return fail(
                Fault::Usage, "unknown-source", {common.db},
                fmt::format("the store holds nothing of source '{}'", options.source),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it holds {}", join(present, ", ")));
        }
    }
    for (const auto& row : TRY(store->rejects(
             options.source, options.most > 0 ? options.most : std::numeric_limits<std::int64_t>::max()))) {
        const auto& reject = row.reject;
        if (common.json) {
            JsonWriter json;
            json.begin_object()
                .field("file", row.file)
                .field("line", reject.line)
                .field("column", reject.column)
                .field("source", row.source)
                .field("field", reject.field)
                .field("text", reject.text)
                .field("problem", reject.problem)
                .field("cure", reject.cure)
                .end_object();
            fmt::print("{}\n", json.text());
        } else {
            const std::string place = reject.column > 0 ? fmt::format("{}:{}:{}", row.file, reject.line, reject.column)
                                                        : fmt::format("{}:{}", row.file, reject.line);
            const std::string text =
                reject.text.empty() && reject.field == "row" ? "" : fmt::format("'{}' ", excerpt(reject.text, 80));
            fmt::print("{}: reject[{}]: {}{}{}\n", place, reject.field, text, reject.problem,
                       reject.cure.empty() ? "" : fmt::format(" ({})", reject.cure));
        }
    }
    return exit_clean;
}

}  // namespace icosa::cli
