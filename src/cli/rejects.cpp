/// icosa rejects: rows that could not be read, or are set aside, each with its place and cure.
#include <algorithm>
#include <cstdio>
#include <limits>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

struct RejectsOptions {
    std::string source;
    std::int64_t most = 0;  ///< 0 = all
    std::string as_of;
};

Result<int> rejects(const Common& common, const RejectsOptions& options) {
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs, common.threads); }));
    auto moment = moment_of(*store, packs, options.as_of, common.db);
    if (!moment && moment.error().code != "empty-store") return std::unexpected(std::move(moment).error());
    if (moment && !common.json) fmt::print("{}\n", first_line(*moment));
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
                .field("cure", reject.cure);
            if (moment) write_moment(json, *moment);
            json.end_object();
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

}  // namespace

Command rejects_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<RejectsOptions>();
    return {
        .name = "rejects",
        .summary = "Rows that could not be read, or are set aside: file:line:column, field, text, cure",
        .options = {option("--source", &options->source, "of this source only").as("ID"),
                    option("--most", &options->most, "at most so many; all if 0 or not given").within(0, 1e9),
                    as_of_option(&options->as_of), db_option(*common), wait_option(*common), json_option(*common),
                    packs_option(*common), framework_option(*common)},
        .examples = {"icosa rejects --db my.duckdb --source asam"},
        .exits = {{exit_packs}, {exit_store}},
        .run = [=] { return rejects(*common, *options); },
    };
}

}  // namespace icosa::cli
