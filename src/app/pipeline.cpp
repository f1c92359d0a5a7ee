/// Joins the stages.
#include "app/pipeline.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "harmonise/element_sets.hpp"
#include "record/weighing.hpp"

namespace icosa::app {

Result<std::unique_ptr<store::Store>> open_for_reading(const std::string& db, const Packs& packs) {
    if (!std::filesystem::exists(db)) {
        return fail(Fault::Store, "no-database", {db}, "there is no such database",
                    fmt::format("make it with: icosa ingest FILE... --db {}", db));
    }
    std::error_code error;
    if (std::filesystem::is_regular_file(db, error) && std::filesystem::file_size(db, error) == 0)  // is left as it is
        return fail(Fault::Data, "empty-store", {db}, "the file is empty",
                    fmt::format("feed it with: icosa ingest FILE... --db {}", db));
    // Hundreds of small questions: DuckDB's second thread takes half as much processor again and no less time.
    auto writable = store::open_duckdb(db, store::Access::ReadWrite, 1);
    auto opened = writable ? std::move(writable) : store::open_duckdb(db, store::Access::ReadOnly, 1);
    std::unique_ptr<store::Store> out = TRY(std::move(opened));
    TRY(harmonise::refresh_dimension(*out, packs.books(), packs.digest));
    return out;
}

Result<Day> as_of_or_newest(store::Store& store, const Packs& packs, Day asked, const std::string& db) {
    if (asked != no_day) return asked;
    Day newest = no_day;
    const auto files = TRY(store.files());
    const bool all_withdrawn =
        std::all_of(files.begin(), files.end(), [](const auto& file) { return file.withdrawn_day != no_day; });
    for (const auto& file : files) {
        if (file.newest_known_day == no_day || (file.withdrawn_day != no_day && !all_withdrawn)) continue;
        const auto* card = packs.find_card(file.source);
        const bool ends = card && card->coverage.complete && card->coverage.last_day != no_day;
        Day known = ends ? std::min(file.newest_known_day, card->coverage.last_day + card->publication_lag_days)
                         : file.newest_known_day;
        if (file.vintage_day != no_day) known = std::min(known, file.vintage_day);  // its year may not have been over
        if (newest == no_day || known > newest) newest = known;
    }
    if (newest == no_day)
        return fail(Fault::Data, "empty-store", {db}, "the store holds no records",
                    fmt::format("feed it with: icosa ingest FILE... --db {}", db));
    return newest;
}

namespace {

/// Watches that are told of others' findings, once all of these are weighed.
Result<void> run_over(const engine::Setting& setting, Findings& out) {
    std::vector<const model::WatchFinding*> findings;
    for (const auto& result : out.results) findings.push_back(&result.finding);
    for (auto& result : out.results) {
        const auto* engine = find_engine(result.watch->engine);
        if (engine && engine->over) result.finding = TRY(engine->over(findings, *result.watch, setting));
    }
    return {};
}

/// The ids of watches that a wanted one is told of.
std::set<std::string> joined_by_wanted(const Packs& packs, const Asked& asked) {
    std::set<std::string> out;
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            if (watch.threats.empty() || !asked.wanted(page, watch)) continue;
            for (const auto& threat : watch.threats) out.insert(threat.watches.begin(), threat.watches.end());
        }
    }
    return out;
}

/// By Select, the last engine that asks for it.
std::map<model::Select, std::string_view> last_askers(const engine::Setting& setting, const Findings& found) {
    std::map<model::Select, std::string_view> out;
    for (const auto& engine : engines()) {
        for (const auto& result : found.results) {
            if (result.watch->engine != engine.name) continue;
            for (auto& select : engine.needs(*result.watch, setting)) out[std::move(select)] = engine.name;
        }
    }
    return out;
}

/// The first lines, and the partners of these.
void keep_three(model::Lineage& of) {
    if (of.files.size() <= 3) return;
    of.files.resize(3);
    std::erase_if(of.partners, [&](const model::PartnerLine& one) {
        return std::ranges::none_of(of.files, [&](const model::SourceLine& line) {
            return (line.file == one.of.file && line.line == one.of.line)
                || (line.file == one.line.file && line.line == one.line.line);
        });
    });
}

/// Each engine on all its watches at once, and the source lines behind what it found.
Result<void> run_watches(store::Store& store, const Packs& packs, const Asked& asked, const engine::Setting& setting,
                         Findings& out) {
    const auto last_asker = last_askers(setting, out);
    const std::set<model::Select> kept(asked.beside.begin(), asked.beside.end());
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
            record::weigh(result.finding, *result.watch, setting);
            if (const auto selects = engine.needs(*result.watch, setting); !selects.empty())
                TRY(harmonise::trace(store, packs.books(), out.evidence, selects.front(), result.finding));
            for (auto& signal : result.finding.signals) {
                if (asked.lines == Lines::Three) keep_three(signal.lineage);
            }
            if (asked.on_step) {
                const auto all = static_cast<std::int64_t>(out.results.size());
                asked.on_step("running the watches", ++done, all, "watches");
            }
        }
        if (asked.lines == Lines::Three) {  // panels by day of a quarter of a century are large
            std::erase_if(out.evidence.answers, [&](const auto& one) {
                const auto last = last_asker.find(one.first);
                return last != last_asker.end() && last->second == engine.name && !kept.contains(one.first);
            });
        }
    }
    return {};
}

}  // namespace

Result<Findings> find(store::Store& store, const Packs& packs, const Asked& asked) {
    engine::Setting setting = packs.setting(asked.as_of);
    setting.threads = asked.threads;
    Findings out;
    std::vector<model::Select> needs;
    std::set<std::string> element_sources;
    const std::set<std::string> beside = joined_by_wanted(packs, asked);
    for (const auto& page : packs.pages) {
        if (!packs.framework.section(page.section)) continue;
        for (const auto& watch : page.watches) {
            if (!asked.wanted(page, watch) && !beside.contains(watch.id)) continue;
            const auto* engine = find_engine(watch.engine);
            if (!engine)
                return fail(Fault::Pack, "unknown-engine", watch.where,
                            fmt::format("watch '{}' names engine '{}'", watch.id, watch.engine), "see `icosa check`");
            for (auto& select : engine->needs(watch, setting)) needs.push_back(std::move(select));
            if (engine->elements) {
                for (const auto& source : engine->elements(watch, setting)) element_sources.insert(source);
            }
            out.results.push_back({&page, &watch, {}});
        }
    }
    needs.insert(needs.end(), asked.beside.begin(), asked.beside.end());
    const auto all = static_cast<std::int64_t>(needs.size() + packs.catalogue.instruments.size());
    const auto on_answer = [&](std::size_t done, std::size_t) {
        if (asked.on_step) asked.on_step("asking the store", static_cast<std::int64_t>(done), all, "questions");
    };
    out.evidence = TRY(harmonise::gather(store, packs.books(), needs, asked.as_of, on_answer));
    for (const std::string& source : element_sources)
        out.evidence.elements[source] = TRY(harmonise::element_sets(store, source, asked.as_of));
    TRY(run_watches(store, packs, asked, setting, out));
    TRY(run_over(setting, out));
    std::vector<WatchResult> wanted;
    for (auto& one : out.results) {
        if (asked.wanted(*one.page, *one.watch)) wanted.push_back(std::move(one));
        else out.beside.push_back(std::move(one.finding));
    }
    out.results = std::move(wanted);
    return out;
}

}  // namespace icosa::app
