/// icosa explain: the manual of an engine or method, what a watch asks, and a signal down to the source lines that made it.
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "app/apply_votes.hpp"
#include "app/commands.hpp"
#include "app/engines.hpp"
#include "app/exit_code.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "detect/method_table.hpp"
#include "engine/check.hpp"

namespace icosa::app {
namespace {

constexpr int all_lines = 1'000'000;

std::string list(const std::vector<std::string>& items, std::string_view none = "all") { return items.empty() ? std::string(none) : join(items, ", "); }

void print_watch(const Packs& packs, const pack::AreaPack& page, const pack::Watch& watch) {
    const auto* section = packs.framework.section(page.section);
    const auto& of = watch.selection;
    fmt::print("{}\n  {}\n\n", watch.id, watch.title);
    fmt::print("  section   {} {}\n  engine    {}\n", page.section, section ? section->title.en : "", watch.engine);
    if (!watch.judging.method_name.empty()) fmt::print("  method    {}\n", watch.judging.method_name);
    fmt::print("  declared  {}:{}\n", watch.where.file, watch.where.line);
    if (watch.engine != "instrument-status") {
        fmt::print("  records   {}\n  from      {}\n", model::record_kind_names[static_cast<int>(of.records)], list(of.from, "none"));
        if (!of.measure.empty()) fmt::print("  measure   {}\n", of.measure);
        else fmt::print("  kinds     {}\n", list(of.kinds));
        fmt::print("  places    {}\n  period    {}; the newest {} may signal\n", list(of.places, "world"), period_kind_name(of.period), watch.recent);
        if (watch.per) fmt::print("  per       {} {} from {}\n", watch.per->selection.measure, list(watch.per->selection.kinds, ""), list(watch.per->selection.from, "none"));
    } else {
        fmt::print("  about     {}\n", list(!watch.instruments.empty() ? watch.instruments : !watch.mechanisms.empty() ? watch.mechanisms : watch.mandates, "none"));
    }
    for (const auto& id : watch.clauses) {
        for (const auto& clause : section ? section->clauses : std::vector<pack::Clause>{}) {
            if (clause.id == id) fmt::print("  clause    {} {}\n", id, clause.asks.en);
        }
    }
    for (const auto& id : of.from) {
        if (const auto* card = packs.find_card(id)) fmt::print("  source    {}: {} ({}; {}) {}\n", id, card->title, card->publisher, card->licence, card->url);
    }
    for (const auto& key : watch.cites) {
        for (const auto& reference : packs.references) {
            if (reference.key == key) fmt::print("  cites     {}\n", reference.text);
        }
    }
    for (const auto& caveat : watch.caveats) fmt::print("  caveat    {}\n", caveat);
    for (const auto& expect : watch.expects) {
        if (expect.is_strip()) fmt::print("\n  expects   {}\n            {}\n", expect.strip, expect.carets);
    }
}

void print_watch_as_json(const pack::AreaPack& page, const pack::Watch& watch) {
    JsonWriter json(2);
    const auto texts = [&](const char* name, const std::vector<std::string>& of) {
        json.key(name).begin_array();
        for (const auto& one : of) json.value(one);
        json.end_array();
    };
    json.begin_object().field("watch", watch.id).field("title", watch.title).field("section", page.section).field("engine", watch.engine).field("method", watch.judging.method_name);
    json.field("file", watch.where.file).field("line", watch.where.line).field("period", period_kind_name(watch.selection.period));
    texts("from", watch.selection.from);
    texts("clauses", watch.clauses);
    texts("cites", watch.cites);
    texts("caveats", watch.caveats);
    json.end_object();
    fmt::print("{}\n", json.text());
}

/// The manual of a thing, as text or as one JSON object.
void print_manual(const Common& common, const char* what, std::string_view name, const std::string& text) {
    if (!common.json) {
        fmt::print("{}", text);
        return;
    }
    JsonWriter json(2);
    json.begin_object().field(what, name).field("manual", text).end_object();
    fmt::print("{}\n", json.text());
}

/// Runs the one watch again and shows the signal with every line behind it.
Result<int> explain_signal(const Common& common, const Packs& packs, const pack::Watch& watch, const std::string& id, Day asked) {
    const auto store = TRY(open_for_reading(common, packs));
    const Day as_of = TRY(as_of_or_newest(*store, packs, asked, common.db));
    const auto found = TRY(find(*store, packs, as_of, [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; }, common.threads, Lines::AsTheEngineGives));
    const model::Signal* signal = nullptr;
    std::vector<std::string> ids;
    for (const auto& result : found.results) {
        for (const auto& one : result.finding.signals) {
            ids.push_back(one.id);
            if (one.id == id) signal = &one;
        }
    }
    if (!signal) {
        const auto near = nearest(id, ids);
        return fail(Fault::Data, "no-such-signal", {common.db}, fmt::format("watch '{}' has no signal '{}' as of {}", watch.id, id, iso(as_of)),
                    near ? fmt::format("did you mean '{}'?", *near) : ids.empty() ? "it has none on that day; give the --as-of of the dossier" : fmt::format("it has {}", join(ids, ", ")));
    }
    std::vector<store::SourceLineFull> lines;
    const auto* engine = find_engine(watch.engine);
    const auto selects = engine->needs(watch, packs.setting(as_of));
    if (!selects.empty() && !found.results.front().finding.source.empty()) {
        const auto period = parse_period(signal->period, selects.front().period);
        if (period) {
            auto traces = TRY(store->lineage(selects.front(), found.results.front().finding.source, as_of, {{signal->subject, *period - signal->periods + 1, *period}}, all_lines));
            if (!traces.empty()) lines = std::move(traces.front().lines);
        }
    }
    if (lines.empty()) {
        for (const auto& line : signal->lineage.files) lines.push_back({line.file, "", line.line, no_day});
    }
    if (common.json) {
        JsonWriter json(2);
        json.begin_object().field("id", signal->id).field("watch", watch.id).field("as_of", iso(as_of)).field("subject", signal->subject).field("subject_title", signal->subject_title).field("period", signal->period);
        json.field("observed", signal->observed).field("expected", signal->expected).field("threshold", signal->threshold).field("unusualness", signal->unusualness).field("reason", signal->reason);
        json.key("lines").begin_array();
        for (const auto& line : lines) json.begin_object().field("file", line.file).field("line", line.line).field("digest", line.digest).field("known", iso(line.known_day)).end_object();
        json.end_array().end_object();
        fmt::print("{}\n", json.text());
        return exit_clean;
    }
    fmt::print("{}\n  {}\n\n", signal->id, signal->reason);
    fmt::print("  subject      {} ({})\n  period       {}\n  observed     {}\n  expected     {}\n  threshold    {}\n", signal->subject_title, signal->subject, signal->period, number_text(signal->observed, 4), number_text(signal->expected, 4), number_text(signal->threshold, 4));
    fmt::print("  unusualness  {} (comparable within {} only)\n", number_text(signal->unusualness, 6), watch.engine);
    fmt::print("  severity     {} {}\n  confidence   {}: {}\n  grade        {}\n", number_text(signal->severity.value, 4), signal->severity.unit, model::confidence_names[static_cast<int>(signal->confidence)], signal->confidence_why, model::grade_names[static_cast<int>(signal->grade)]);
    for (const auto& caveat : signal->caveats) fmt::print("  caveat       {}\n", caveat);
    for (const auto& key : signal->cites) {
        for (const auto& reference : packs.references) {
            if (reference.key == key) fmt::print("  cites        {}\n", reference.text);
        }
    }
    if (lines.empty()) fmt::print("\n  from no source line: the finding is that none says so\n");
    else fmt::print("\n  from {} source line{}:\n", lines.size(), lines.size() == 1 ? "" : "s");
    for (const auto& line : lines) fmt::print("  {}:{}{}\n", line.file, line.line, line.known_day == no_day ? "" : "  known " + iso(line.known_day));
    std::set<std::pair<std::string, std::string>> digests;
    for (const auto& line : lines) {
        if (!line.digest.empty()) digests.emplace(line.file, line.digest);
    }
    for (const auto& [file, digest] : digests) fmt::print("  {}  XXH3-128 {}\n", file, digest);
    return exit_clean;
}

}  // namespace

Result<int> explain(const Common& common, const ExplainOptions& options) {
    if (const auto* engine = find_engine(options.what)) {
        print_manual(common, "engine", engine->name, engine::manual(*engine));
        return exit_clean;
    }
    if (const auto* method = detect::find_method(options.what)) {
        print_manual(common, "method", method->spec.name, pack::manual(method->spec));
        return exit_clean;
    }
    for (const auto& engine : engines()) {
        for (const pack::Spec* method : engine.methods) {
            if (method->name != options.what) continue;
            print_manual(common, "method", method->name, pack::manual(*method));
            return exit_clean;
        }
    }
    if (const auto* spec = find_vote_method(options.what)) {
        print_manual(common, "method", spec->name, pack::manual(*spec));
        return exit_clean;
    }
    const Packs packs = TRY(good_packs(common.packs, common.framework));
    std::vector<std::string> names = vote_method_names();
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            names.push_back(watch.id);
            if (watch.id == options.what) {
                if (common.json) print_watch_as_json(page, watch);
                else print_watch(packs, page, watch);
                return exit_clean;
            }
            if (options.what.starts_with(watch.id + "/")) return explain_signal(common, packs, watch, options.what, options.as_of);
        }
    }
    for (const auto& engine : engines()) names.emplace_back(engine.name);
    for (const auto& engine : engines()) {
        for (const pack::Spec* method : engine.methods) names.emplace_back(method->name);
    }
    const auto near = nearest(options.what, names);
    return fail(Fault::Usage, "nothing-to-explain", {}, fmt::format("'{}' is no engine, method, watch or signal", options.what), near ? fmt::format("did you mean '{}'?", *near) : "`icosa run --json` lists watches and signals");
}

}  // namespace icosa::app
