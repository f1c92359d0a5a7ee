/// icosa check: every fault of every pack in one go.
#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/cross_check.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "cli/when_free.hpp"
#include "engine/expect.hpp"

namespace icosa::cli {
namespace {

struct CheckOptions {
    bool expects = false;    ///< also run the dated [[expect]] cases against --db
};

/// Has the store any of the sources that the watch reads? A case on others cannot be shown here.
bool can_be_shown(const pack::Watch& watch, const std::set<std::string>& present) {
    if (!watch.instruments.empty()) return present.contains("untc");
    if (watch.selection.from.empty()) return true;  // authored facts
    const auto& from = watch.selection.from;
    return std::any_of(from.begin(), from.end(), [&](const std::string& source) { return present.contains(source); });
}

/// Runs the dated cases; how many could not be shown with this store's sources.
Result<std::int64_t> run_dated(store::Store& store, const app::Packs& packs, int threads, Diagnostics& faults) {
    std::set<std::string> present;
    for (const auto& file : TRY(store.files())) present.insert(file.source);
    std::map<Day, std::vector<std::pair<const pack::Watch*, const pack::Expect*>>> by_day;
    std::int64_t skipped = 0;
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            for (const auto& expect : watch.expects) {
                if (expect.is_strip()) continue;
                if (can_be_shown(watch, present)) by_day[expect.as_of].emplace_back(&watch, &expect);
                else ++skipped;
            }
        }
    }
    for (const auto& [day, cases] : by_day) {
        const auto asked = [&](const pack::AreaPack&, const pack::Watch& one) {
            return std::any_of(cases.begin(), cases.end(), [&](const auto& of) { return of.first == &one; });
        };
        const auto found = TRY(app::find(store, packs, {day, asked, threads, app::Lines::Three, on_step()}));
        for (const auto& [watch, expect] : cases) {
            for (const auto& result : found.results) {
                if (result.watch != watch) continue;
                if (auto as_expected = engine::check_expect(result.finding, *expect); !as_expected)
                    faults.push_back(std::move(as_expected).error());
            }
        }
    }
    return skipped;
}

Result<int> check(const Common& common, const CheckOptions& options) {
    Diagnostics faults;
    const app::Packs packs = app::load_packs(app::packs_directory(common.packs), common.framework, faults);
    app::check_packs(packs, faults);
    std::int64_t watches = 0, cases = 0;
    for (const auto& page : packs.pages) {
        watches += static_cast<std::int64_t>(page.watches.size());
        for (const auto& watch : page.watches) cases += static_cast<std::int64_t>(watch.expects.size());
    }
    std::int64_t skipped = 0;
    if (options.expects && faults.empty()) {
        const auto store =
            TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs, common.threads); }));
        skipped = TRY(run_dated(*store, packs, common.threads, faults));
    }
    std::stable_sort(faults.begin(), faults.end(), [](const Error& a, const Error& b) {
        return std::tie(a.where.file, a.where.line, a.where.column)
            < std::tie(b.where.file, b.where.line, b.where.column);
    });
    const auto older = app::watches_with_older_record(packs);
    if (common.json) {
        JsonWriter json(2);
        json.begin_object()
            .field("packs", packs.directory)
            .field("digest", packs.digest)
            .field("framework", packs.framework.id)
            .field("watches", watches)
            .field("expects", cases)
            .field("sources", packs.cards.size())
            .field("expects_skipped", skipped);
        json.key("faults").begin_array();
        for (const auto& fault : faults) {
            json.begin_object()
                .field("code", fault.code)
                .field("file", fault.where.file)
                .field("line", fault.where.line)
                .field("column", fault.where.column)
                .field("what", fault.what)
                .field("cure", fault.cure)
                .end_object();
        }
        json.end_array().key("older_records").begin_array();
        for (const auto& watch : older) json.value(watch);
        json.end_array().end_object();
        fmt::print("{}\n", json.text());
    } else {
        for (const auto& fault : faults) fmt::print(stderr, "{}\n", render(fault));
        if (!older.empty())
            fmt::print(
                "note: older than their watch are the records of {} (make them anew: `icosa backtest --watches "
                "--from 1995-01 --to 2024-06 --write packs/records`)\n",
                join(older, ", "));
        fmt::print(
            "{}: {} places, {} sets, {} source cards, {} watches with {} expected cases, {} instruments, {} "
            "mechanisms, {} mandates: {}\n",
            packs.directory, packs.places.places().size(), packs.places.sets().size(), packs.cards.size(), watches,
            cases, packs.catalogue.instruments.size(), packs.catalogue.mechanisms.size(),
            packs.catalogue.mandates.size(), faults.empty() ? "no faults" : fmt::format("{} faults", faults.size()));
    }
    return faults.empty() ? exit_clean : exit_packs;
}

}  // namespace

Command check_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<CheckOptions>();
    return {
        .name = "check",
        .summary = "Read all packs and report every fault of every file",
        .options = {option("PACKS", &common->packs, "a directory of packs; the shipped ones if none is named"),
                    framework_option(*common),
                    option("--expects", &options->expects,
                           "also run the packs' dated cases against --db (the starter data)"),
                    db_option(*common), wait_option(*common), json_option(*common)},
        .examples = {"icosa check", "icosa check my-packs --framework my-packs/framework/new-agenda.toml",
                     "icosa check --expects --db starter.duckdb"},
        .exits = {{exit_packs}, {exit_store}},
        .run = [=] { return check(*common, *options); },
    };
}

}  // namespace icosa::cli
