/// icosa credibility: how far each event of a machine coder is to be believed, and which rules speak against it.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/own_run.hpp"
#include "cli/pack_places.hpp"
#include "cli/result_table.hpp"
#include "cli/today.hpp"
#include "cli/when_free.hpp"
#include "harmonise/credibility.hpp"
#include "ingest/recognise.hpp"

namespace icosa::cli {
namespace {

constexpr std::array thresholds_told = {0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.5};

struct CredibilityOptions {
    std::vector<std::string> files;
    std::string source, out, as_of;
    double threshold = 0;
    bool by_place = false;
};

/// What became of the events of one source.
struct SourceCredits {
    std::string source;
    std::int64_t rows = 0;
    std::int64_t kept = 0;    ///< at the threshold
    std::int64_t unhurt = 0;  ///< no rule fires
    std::map<std::string, std::int64_t> fired;  ///< by rule
    std::map<std::string, std::array<std::int64_t, thresholds_told.size() + 1>> places;  ///< rows, then kept of each
    double most = 0;  ///< the greatest credibility
};

double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void tell_source(const SourceCredits& of, const pack::Credibility& rules, double threshold) {
    const pack::Prior& prior = *rules.prior_of(of.source);
    const std::string kept = threshold > 0 ? fmt::format(", of which {} ({:.1f} %) have a credibility of {} or more",
                                                         of.kept, 100 * share(of.kept, of.rows), number_text(threshold))
                                           : std::string();
    fmt::print(stderr,
               "{}: {} events{}; no rule speaks against {}. Wrong beforehand: {:.1f} % ({}); credibility at most "
               "{:.3f}\n",
               of.source, of.rows, kept, of.unhurt, 100 * prior.wrong,
               prior.basis == pack::Basis::Measured ? "measured" : "declared", of.most);
    fmt::print(stderr, "  {:<22} {:>8} {:>7}  {:>9} {:>6} {:>9}  {}\n", "rule", "rows", "share", "precision", "recall",
               "basis", "odds of being wrong, where it fires and where not");
    for (const pack::DoubtRule* rule : rules.rules_of(of.source)) {
        const auto found = of.fired.find(rule->id);
        const std::int64_t rows = found == of.fired.end() ? 0 : found->second;
        const auto weight = harmonise::weight_of(*rule, prior);
        fmt::print(stderr, "  {:<22} {:>8} {:>6.1f}%  {:>9} {:>6} {:>9}  x {:.2f}, x {:.2f}\n", rule->id, rows,
                   100 * share(rows, of.rows), number_text(rule->precision),
                   std::isnan(rule->recall) ? "–" : number_text(rule->recall),
                   rule->basis == pack::Basis::Measured ? "measured" : "declared", weight.fires, weight.silent);
    }
}

void put_source(JsonWriter& json, const SourceCredits& of, const pack::Credibility& rules) {
    const pack::Prior& prior = *rules.prior_of(of.source);
    json.begin_object()
        .field("source", of.source)
        .field("events", of.rows)
        .field("kept", of.kept)
        .field("no_rule_fires", of.unhurt)
        .field("wrong_beforehand", prior.wrong)
        .field("greatest_credibility", of.most);
    json.key("rules").begin_array();
    for (const pack::DoubtRule* rule : rules.rules_of(of.source)) {
        const auto found = of.fired.find(rule->id);
        const auto weight = harmonise::weight_of(*rule, prior);
        json.begin_object()
            .field("rule", rule->id)
            .field("title", rule->title.en)
            .field("events", found == of.fired.end() ? 0 : found->second)
            .field("precision", rule->precision);
        if (std::isnan(rule->recall)) json.key("recall").null();
        else json.field("recall", rule->recall);
        json.field("basis", rule->basis == pack::Basis::Measured ? "measured" : "declared")
            .field("odds_where_it_fires", weight.fires)
            .field("odds_where_it_does_not", weight.silent)
            .end_object();
    }
    json.end_array();
    json.key("thresholds").begin_array();
    for (std::size_t i = 0; i < thresholds_told.size(); ++i) {
        std::int64_t kept = 0;
        for (const auto& [place, counts] : of.places) kept += counts[i + 1];
        json.begin_object().field("threshold", thresholds_told[i]).field("kept", kept).end_object();
    }
    json.end_array().end_object();
}

/// A file of one's own that was read, and how many of its rows its card refuses.
struct ReadFile {
    std::string path;
    std::int64_t rows = 0, rejected = 0;
};

/// Files of one's own in a store of their own, or the one that is there.
struct AskedEvents {
    std::vector<ReadFile> files;
    std::unique_ptr<store::Store> store;
    std::vector<std::string> sources;
    Day as_of = no_day;
};

Result<AskedEvents> open_files(const CredibilityOptions& asked, const app::Packs& packs, int threads) {
    AskedEvents out;
    out.store = TRY(store::open_duckdb(":memory:", store::Access::ReadWrite, threads));
    TRY(harmonise::refresh_dimension(*out.store, packs.books(), packs.digest));
    std::set<std::string> sources;
    for (const std::string& path : asked.files) {
        const pack::SourceCard* card = TRY(ingest::recognise(path, packs.cards));
        if (packs.credibility.rules_of(card->id).empty())
            return fail(Fault::Data, "no-rules", {path},
                        fmt::format("events of '{}' have no credibility: no rule is about that source", card->id),
                        "write rules for it in a pack of your own (--add; docs/credibility.md)");
        const auto receipt = TRY(ingest_own(*out.store, path, *card, threads, store::Editions::Add));
        out.files.push_back({path, receipt.rows, receipt.rejected});
        if (receipt.rejected > 0)
            fmt::print(stderr, "{}: {} of {} rows are wrong and left out; `icosa ingest` names them\n", path,
                       receipt.rejected, receipt.rows);
        sources.insert(card->id);
    }
    out.sources.assign(sources.begin(), sources.end());
    out.as_of = today();
    return out;
}

Result<AskedEvents> open_source(const CredibilityOptions& asked, const app::Packs& packs, const Common& common) {
    AskedEvents out;
    out.store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    std::vector<std::string> present;
    for (const auto& file : TRY(out.store->files())) present.push_back(file.source);
    if (std::ranges::find(present, asked.source) == present.end()) {
        const auto near = nearest(asked.source, present);
        return fail(Fault::Usage, "unknown-source", {common.db},
                    fmt::format("the store holds nothing of source '{}'", asked.source),
                    near ? fmt::format("did you mean '{}'?", *near) : "`icosa sources` lists what it holds");
    }
    out.as_of = TRY(moment_of(*out.store, packs, asked.as_of, common.db)).as_of;
    out.sources = {asked.source};
    return out;
}

Result<int> credibility(const CredibilityOptions& asked, const Common& common) {
    if (asked.files.empty() == asked.source.empty())
        return fail(Fault::Usage, "missing-option", {}, "neither or both of files and a source are named",
                    "give FILE..., or --source ID of a store");
    TRY(check_as_of(asked.as_of));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const AskedEvents opened =
        asked.files.empty() ? TRY(open_source(asked, packs, common)) : TRY(open_files(asked, packs, common.threads));
    using enum store::ColumnType;
    std::vector<store::Column> columns = {{"file", Text},          {"line", Integer}, {"source", Text},
                                          {"day", Text},           {"code", Text},    {"place", Text},
                                          {"credibility", Number}, {"kept", Integer}, {"reasons", Text}};
    if (asked.by_place) {
        columns = {{"source", Text}, {"place", Text}, {"events", Integer}};
        for (const double threshold : thresholds_told)
            columns.push_back({fmt::format("kept_{}", number_text(threshold)), Integer});
    }
    std::optional<ResultTable> table;
    if (!common.json || !asked.out.empty()) table.emplace(TRY(ResultTable::open(asked.out, columns)));
    std::vector<SourceCredits> all;
    for (const std::string& source : opened.sources) {
        SourceCredits& of = all.emplace_back();
        of.source = source;
        TRY(opened.store->doubted_events(source, opened.as_of, [&](const store::DoubtedEvent& event) {
            const auto reasons = harmonise::reasons_of(packs.credibility, source, event.answers);
            const bool is_kept = event.credibility >= asked.threshold;
            ++of.rows;
            of.kept += is_kept ? 1 : 0;
            of.unhurt += reasons.empty() ? 1 : 0;
            of.most = std::max(of.most, event.credibility);
            auto& counts = of.places[event.place];
            ++counts[0];
            for (std::size_t i = 0; i < thresholds_told.size(); ++i)
                counts[i + 1] += event.credibility >= thresholds_told[i] ? 1 : 0;
            std::vector<std::string> ids;
            for (const pack::DoubtRule* rule : reasons) {
                ++of.fired[rule->id];
                ids.push_back(rule->id);
            }
            if (!table || asked.by_place) return;
            table->add({event.path, std::int64_t{event.line}, source, iso(event.first_day), event.code, event.place,
                        rounded_cell(event.credibility, 4), std::int64_t{is_kept}, join(ids, "; ")});
        }));
        if (!table || !asked.by_place) continue;
        for (const auto& [place, counts] : of.places) {
            std::vector<store::Cell> row = {source, place};
            for (const std::int64_t count : counts) row.emplace_back(count);
            table->add(row);
        }
    }
    if (table) TRY(table->close());
    if (!common.json) {
        for (const SourceCredits& of : all) tell_source(of, packs.credibility, asked.threshold);
        return exit_clean;
    }
    JsonWriter json(2);
    json.begin_object().field("threshold", asked.threshold).key("files").begin_array();
    for (const ReadFile& one : opened.files)
        json.begin_object()
            .field("file", one.path)
            .field("rows", one.rows)
            .field("rejected", one.rejected)
            .end_object();
    json.end_array().key("sources").begin_array();
    for (const SourceCredits& of : all) put_source(json, of, packs.credibility);
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
    return exit_clean;
}

}  // namespace

Command credibility_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<CredibilityOptions>();
    return {
        .name = "credibility",
        .summary = "How far each machine-coded event is to be believed, and which rules speak against it",
        .options = {option("FILE", &options->files, "files that a source card reads, several of a source as one"),
                    option("--source", &options->source, "instead: the events of this source in the store").as("ID"),
                    option("--threshold", &options->threshold, "from which credibility on an event counts as kept")
                        .within(0, 1),
                    option("--by-place", &options->by_place,
                           "a row a place instead: its events, and those that each threshold keeps"),
                    option("--out", &options->out, "write the rows here (.csv, .parquet)").as("FILE").written(),
                    as_of_option(&options->as_of), db_option(*common), wait_option(*common), threads_option(*common),
                    json_option(*common), packs_option(*common), add_option(*common), framework_option(*common)},
        .more =
            "A CSV: file, line, source, day, code, place, credibility, kept (1 or 0), reasons (rules, the weightiest "
            "first).\nA table of the rules, what each is worth and how often it fires, goes to the standard error; "
            "with --json\nit is the output, and the rows are written with --out only.\n",
        .examples = {"icosa credibility 20191024143000.export.CSV --threshold 0.1 --out rows.csv",
                     "icosa credibility --source gdelt-2 --db my.duckdb --by-place"},
        .exits = {{exit_data, "a file is of no known source, or no rule is about its source"},
                  {exit_packs},
                  {exit_store}},
        .run = [=] { return credibility(*options, *common); },
    };
}

}  // namespace icosa::cli
