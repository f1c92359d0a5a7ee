/// Joins the stages.
#include "app/pipeline.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "app/progress.hpp"

namespace icosa::app {

Result<std::unique_ptr<store::Store>> open_for_reading(const Common& common, const Packs& packs) {
    if (!std::filesystem::exists(common.db)) {
        return fail(Fault::Store, "no-database", {common.db}, "there is no such database",
                    fmt::format("make it with: icosa ingest FILE... --db {}", common.db));
    }
    auto writable = store::open_duckdb(common.db, store::Access::ReadWrite, common.threads);
    auto opened =
        writable ? std::move(writable) : store::open_duckdb(common.db, store::Access::ReadOnly, common.threads);
    std::unique_ptr<store::Store> out = TRY(std::move(opened));
    TRY(harmonise::refresh_dimension(*out, packs.books(), packs.digest));
    return out;
}

Result<Day> as_of_or_newest(store::Store& store, const Packs& packs, Day asked, const std::string& db) {
    if (asked != no_day) return asked;
    Day newest = no_day;
    for (const auto& file : TRY(store.files())) {
        if (file.newest_known_day == no_day) continue;
        const auto* card = packs.find_card(file.source);
        const bool ends = card && card->coverage.complete && card->coverage.last_day != no_day;
        const Day known = ends ? std::min(file.newest_known_day, card->coverage.last_day + card->publication_lag_days)
                               : file.newest_known_day;
        if (newest == no_day || known > newest) newest = known;
    }
    if (newest == no_day)
        return fail(Fault::Data, "empty-store", {db}, "the store holds no records",
                    fmt::format("feed it with: icosa ingest FILE... --db {}", db));
    return newest;
}

Result<Findings> find(store::Store& store, const Packs& packs, Day as_of,
                      const std::function<bool(const pack::AreaPack&, const pack::Watch&)>& wanted, int threads,
                      Lines lines) {
    engine::Setting setting = packs.setting(as_of);
    setting.threads = threads;
    Findings out;
    std::vector<model::Select> needs;
    for (const auto& page : packs.pages) {
        if (!packs.framework.section(page.section)) continue;
        for (const auto& watch : page.watches) {
            if (!wanted(page, watch)) continue;
            const auto* engine = find_engine(watch.engine);
            if (!engine)
                return fail(Fault::Pack, "unknown-engine", watch.where,
                            fmt::format("watch '{}' names engine '{}'", watch.id, watch.engine), "see `icosa check`");
            for (auto& select : engine->needs(watch, setting)) needs.push_back(std::move(select));
            out.results.push_back({&page, &watch, {}});
        }
    }
    {
        Progress progress("asking the store",
                          static_cast<std::int64_t>(needs.size() + packs.catalogue.instruments.size()), "questions");
        out.evidence = TRY(harmonise::gather(store, packs.books(), needs, as_of, [&](std::size_t done, std::size_t) {
            progress.at(static_cast<std::int64_t>(done));
        }));
    }
    Progress progress("running the watches", static_cast<std::int64_t>(out.results.size()), "watches");
    std::int64_t done = 0;
    for (const auto& engine : engines()) {
        std::vector<WatchResult*> results;
        std::vector<const pack::Watch*> watches;
        for (auto& result : out.results) {
            if (result.watch->engine != engine.name) continue;
            results.push_back(&result);
            watches.push_back(result.watch);
        }
        auto findings = TRY(engine.run(out.evidence, watches, setting));
        for (std::size_t i = 0; i < results.size(); ++i) {
            WatchResult& result = *results[i];
            result.finding = std::move(findings[i]);
            if (const auto selects = engine.needs(*result.watch, setting); !selects.empty())
                TRY(harmonise::trace(store, packs.books(), selects.front(), as_of, result.finding));
            for (auto& signal : result.finding.signals) {
                if (lines == Lines::Three && signal.lineage.files.size() > 3) signal.lineage.files.resize(3);
            }
            progress.at(++done);
        }
    }
    return out;
}

}  // namespace icosa::app
