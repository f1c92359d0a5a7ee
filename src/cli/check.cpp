/// icosa check: every fault of every pack in one go.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/cross_check.hpp"
#include "app/fact_check.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"
#include "engine/expect.hpp"

namespace icosa::cli {
namespace {

namespace fs = std::filesystem;

struct CheckOptions {
    std::string facts;       ///< a store to hold authored facts against
    bool expects = false;    ///< also run the dated [[expect]] cases against --db
};

/// Has the store any of the sources that the watch reads? A case on others cannot be shown here.
bool can_be_shown(const pack::Watch& watch, const std::set<std::string>& present) {
    if (!watch.instruments.empty()) return present.contains("untc");
    if (watch.selection.from.empty()) return true;  // authored facts
    const auto& from = watch.selection.from;
    return std::any_of(from.begin(), from.end(), [&](const std::string& source) { return present.contains(source); });
}

/// A case beside bodies that it makes up: no real one is told to be late to show how that is told.
Result<void> run_with_bodies(store::Store& store, const app::Packs& packs, const pack::Watch& watch,
                             const pack::Expect& expect, int threads, Diagnostics& faults) {
    app::Packs with = packs;
    for (pack::Mechanism body : expect.bodies) {
        body.platforms = watch.mechanisms;
        with.catalogue.mechanisms.push_back(std::move(body));
    }
    std::ranges::stable_sort(with.catalogue.mechanisms, {}, &pack::Mechanism::id);
    const auto asked = [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; };
    const auto found = TRY(app::find(store, with, {expect.as_of, asked, threads, app::Lines::Three, on_step()}));
    for (const auto& result : found.results) {
        if (auto as_expected = engine::check_expect(result.finding, expect); !as_expected)
            faults.push_back(std::move(as_expected).error());
    }
    return {};
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
        for (const auto& [watch, expect] : cases) {
            if (!expect->bodies.empty()) TRY(run_with_bodies(store, packs, *watch, *expect, threads, faults));
        }
        const auto found = TRY(app::find(store, packs, {day, asked, threads, app::Lines::Three, on_step()}));
        for (const auto& [watch, expect] : cases) {
            for (const auto& result : found.results) {
                if (result.watch != watch || !expect->bodies.empty()) continue;
                if (auto as_expected = engine::check_expect(result.finding, *expect); !as_expected)
                    faults.push_back(std::move(as_expected).error());
            }
        }
    }
    return skipped;
}

/// What is checked: a whole directory of packs, or a user's own, laid over the shipped ones.
struct Checked {
    app::Packs packs;
    Diagnostics faults;  ///< by file and line
    std::string own;     ///< the folder or file of the user's own; "" = all is checked
};

/// Has the directory what packs cannot do without? A folder of cards or watches alone is a user's own.
bool is_whole(const std::string& directory) {
    std::error_code error;
    return !fs::exists(directory, error) || fs::exists(directory + "/framework", error)
        || fs::exists(directory + "/grades.toml", error) || fs::exists(directory + "/places", error);
}

Checked checked(const Common& common) {
    Checked out;
    app::PackPlaces places = pack_places(common);
    if (!common.packs.empty() && common.framework.empty() && !is_whole(common.packs)) {
        out.own = common.packs;
        places.directory.clear();
        places.added.push_back(out.own);
    }
    out.packs = app::load_packs(places, out.faults);
    app::check_packs(out.packs, out.faults);
    if (!out.own.empty())
        std::erase_if(out.faults, [&](const Error& fault) { return !app::lies_in(fault.where.file, {out.own}); });
    std::stable_sort(out.faults.begin(), out.faults.end(), [](const Error& a, const Error& b) {
        return std::tie(a.where.file, a.where.line, a.where.column)
            < std::tie(b.where.file, b.where.line, b.where.column);
    });
    return out;
}

struct Counts {
    std::int64_t watches = 0, cases = 0;
};
Counts counts_of(const app::Packs& packs) {
    Counts out;
    for (const auto& page : packs.pages) {
        out.watches += static_cast<std::int64_t>(page.watches.size());
        for (const auto& watch : page.watches) out.cases += static_cast<std::int64_t>(watch.expects.size());
    }
    return out;
}

void print_json(const Checked& of, std::int64_t skipped) {
    const Counts counts = counts_of(of.packs);
    JsonWriter json(2);
    json.begin_object()
        .field("packs", of.packs.directory)
        .field("digest", of.packs.digest)
        .field("framework", of.packs.framework.id)
        .field("watches", counts.watches)
        .field("expects", counts.cases)
        .field("sources", of.packs.cards.size())
        .field("expects_skipped", skipped)
        .field("controlled_items", of.packs.items.items.size());
    if (!of.own.empty()) json.field("own", of.own);
    json.key("faults").begin_array();
    for (const auto& fault : of.faults) {
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
    for (const auto& watch : app::watches_with_older_record(of.packs)) json.value(watch);
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

/// The last line on a user's own: what they declare.
std::string summary_of_own(const Checked& of) {
    std::int64_t cards = 0, watches = 0;
    const auto is_own = [&](const Where& where) { return app::lies_in(where.file, {of.own}); };
    for (const auto& card : of.packs.cards) cards += is_own(card.where) ? 1 : 0;
    for (const auto& page : of.packs.pages) {
        for (const auto& watch : page.watches) watches += is_own(watch.where) ? 1 : 0;
    }
    return fmt::format("{}: {} source card{} and {} watch{}, laid over the packs of {}", of.own, cards,
                       cards == 1 ? "" : "s", watches, watches == 1 ? "" : "es", of.packs.directory);
}

void print_text(const Checked& of) {
    for (const auto& fault : of.faults) fmt::print(stderr, "{}\n", render(fault));
    const auto older = app::watches_with_older_record(of.packs);
    if (!older.empty())
        fmt::print(
            "note: older than their watch are the records of {} (make them anew: `icosa backtest --watches "
            "--from 1995-01 --to 2024-06 --write packs/records`)\n",
            join(older, ", "));
    if (const auto bare = app::added_without_cases(of.packs); !bare.empty())
        fmt::print("note: an [[expect]] that must signal and one that must stay silent would show what is meant: {}\n",
                   join(bare, ", "));
    const auto& packs = of.packs;
    const Counts counts = counts_of(packs);
    const std::string summary = of.own.empty()
        ? fmt::format(
              "{}: {} places, {} sets, {} source cards, {} watches with {} expected cases, {} instruments, {} "
              "mechanisms, {} mandates, {} controlled items",
              packs.directory, packs.places.places().size(), packs.places.sets().size(), packs.cards.size(),
              counts.watches, counts.cases, packs.catalogue.instruments.size(), packs.catalogue.mechanisms.size(),
              packs.catalogue.missions.size(), packs.items.items.size())
        : summary_of_own(of);
    fmt::print("{}: {}\n", summary,
               of.faults.empty() ? "no faults"
                                 : fmt::format("{} fault{}", of.faults.size(), of.faults.size() == 1 ? "" : "s"));
}

/// What was held against what; contradictions join the faults.
Result<void> hold_facts(Common common, const std::string& db, Checked& of) {
    common.db = db;
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(db, of.packs); }));
    for (auto& one : TRY(app::check_facts(*store, of.packs, today()))) {
        if (!common.json)
            fmt::print("{}: {} held against {}{}{}\n", one.name, one.held, one.against,
                       one.unheld == 0 ? "" : fmt::format(", {} could not be", one.unheld),
                       one.contradictions.empty() ? "" : fmt::format("; {} contradicted", one.contradictions.size()));
        for (auto& fault : one.contradictions) of.faults.push_back(std::move(fault));
    }
    return {};
}

Result<int> check(const Common& common, const CheckOptions& options) {
    Checked of = checked(common);
    if (!options.facts.empty()) TRY(hold_facts(common, options.facts, of));
    std::int64_t skipped = 0;
    if (options.expects && of.faults.empty()) {
        const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, of.packs); }));
        skipped = TRY(run_dated(*store, of.packs, common.threads, of.faults));
    }
    if (common.json) print_json(of, skipped);
    else print_text(of);
    return of.faults.empty() ? exit_clean : exit_packs;
}

}  // namespace

Command check_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<CheckOptions>();
    return {
        .name = "check",
        .summary = "Read all packs and report every fault of every file",
        .options =
            {option("PACKS", &common->packs,
                    "a directory of packs; a folder (or file) of cards and watches of your own is checked alone, "
                    "with the shipped ones as its ground; the shipped ones if none is named"),
             add_option(*common), framework_option(*common),
             option("--facts", &options->facts, "also hold authored facts against each other and this store's data")
                 .as("STORE"),
             option("--expects", &options->expects, "also run the packs' dated cases against --db (the starter data)"),
             db_option(*common), wait_option(*common), json_option(*common)},
        .examples = {"icosa check", "icosa check my-packs --framework my-packs/framework/new-agenda.toml",
                     "icosa check --expects --db starter.duckdb", "icosa check --facts starter.duckdb"},
        .exits = {{exit_packs}, {exit_store}},
        .run = [=] { return check(*common, *options); },
    };
}

}  // namespace icosa::cli
