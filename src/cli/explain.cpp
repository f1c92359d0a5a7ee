/// icosa explain: the manual of an engine or method, what a watch asks, and a signal down to the source lines that made
/// it.
#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "brief/wording.hpp"
#include "cli/apply.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/explain_signal.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "detect/judges/method_table.hpp"
#include "engine/check.hpp"

namespace icosa::cli {
namespace {

struct ExplainOptions {
    std::string what;
    std::string as_of;
    std::string plot;  ///< "" = none
};

std::string list(const std::vector<std::string>& items, std::string_view none = "all") {
    return items.empty() ? std::string(none) : join(items, ", ");
}

/// What a watch stands on: clauses, sources, citations, caveats, cases.
void print_grounds(const app::Packs& packs, const pack::Section* section, const pack::Watch& watch) {
    for (const auto& id : watch.clauses) {
        for (const auto& clause : section ? section->clauses : std::vector<pack::Clause>{}) {
            if (clause.id == id) fmt::print("  clause    {} {}\n", id, clause.asks.en);
        }
    }
    for (const auto& id : watch.selection.from) {
        if (const auto* card = packs.find_card(id))
            fmt::print("  source    {}: {} ({}; {}) {}\n", id, card->title, card->publisher, card->licence, card->url);
    }
    if (const auto& matched = watch.selection.matched)
        fmt::print("  matched   what several of them tell is counted once: within {} km and {} day{}\n",
                   number_text(matched->km), matched->days, matched->days == 1 ? "" : "s");
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

void print_watch(const app::Packs& packs, const pack::AreaPack& page, const pack::Watch& watch) {
    const auto* section = packs.framework.section(page.section);
    const auto& of = watch.selection;
    fmt::print("{}\n  {}\n\n", watch.id, watch.title.en);
    fmt::print("  section   {} {}\n  engine    {}\n", page.section, section ? section->title.en : "", watch.engine);
    if (!watch.judging.method_name.empty()) fmt::print("  method    {}\n", watch.judging.method_name);
    fmt::print("  declared  {}:{}\n", watch.where.file, watch.where.line);
    if (watch.engine != "instrument-status") {
        fmt::print("  records   {}\n  from      {}\n", model::record_kind_names[static_cast<int>(of.records)],
                   list(of.from, "none"));
        if (!of.measure.empty()) fmt::print("  measure   {}\n", of.measure);
        else fmt::print("  kinds     {}\n", list(of.kinds));
        fmt::print("  places    {}\n  period    {}; the newest {} may signal\n", list(of.places, "world"),
                   period_kind_name(of.period), watch.recent);
        if (watch.engine == "forecast") {
            const auto& ahead = watch.outlook;
            fmt::print(
                "  horizon   months {} to {} after the newest known one; the line is {}\n  model     {}, learned from "
                "{}\n",
                ahead.first_step, ahead.last_step, number_text(ahead.crossing, 2), ahead.model,
                ahead.learn_from.empty() ? "all that the source has" : ahead.learn_from);
        }
        if (watch.per)
            fmt::print("  per       {} {} from {}\n", watch.per->selection.measure,
                       list(watch.per->selection.kinds, ""), list(watch.per->selection.from, "none"));
    } else {
        fmt::print("  about     {}\n",
                   list(!watch.instruments.empty()      ? watch.instruments
                            : !watch.mechanisms.empty() ? watch.mechanisms
                                                        : watch.mandates,
                        "none"));
    }
    print_grounds(packs, section, watch);
}

void print_watch_as_json(const pack::AreaPack& page, const pack::Watch& watch) {
    JsonWriter json(2);
    const auto texts = [&](const char* name, const std::vector<std::string>& of) {
        json.key(name).begin_array();
        for (const auto& one : of) json.value(one);
        json.end_array();
    };
    json.begin_object()
        .field("watch", watch.id)
        .field("title", watch.title.en)
        .field("section", page.section)
        .field("engine", watch.engine)
        .field("method", watch.judging.method_name);
    json.field("file", watch.where.file)
        .field("line", watch.where.line)
        .field("period", period_kind_name(watch.selection.period));
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

/// One thing that can be explained.
struct Topic {
    const char* kind;  ///< "engine", "method", "watch"
    std::string name;
    std::string summary;
    std::string section;  ///< of a watch
};

void print_topics(const std::vector<Topic>& topics, const char* kind, const char* title) {
    fmt::print("{}\n", title);
    for (const Topic& one : topics) {
        if (one.kind == std::string_view(kind)) fmt::print("  {:<30} {}\n", one.name, one.summary);
    }
}

/// Engines, the methods of each, and the watches of each section.
Result<int> list_topics(const Common& common) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    std::vector<Topic> topics;
    std::set<std::string_view> named;
    const auto add_method = [&](const pack::Spec& spec) {
        if (named.insert(spec.name).second)
            topics.push_back({"method", std::string(spec.name), std::string(spec.summary), ""});
    };
    for (const auto& engine : app::engines())
        topics.push_back({"engine", std::string(engine.name), std::string(engine.spec.summary), ""});
    for (const auto& engine : app::engines()) {
        for (const pack::Spec* method : engine.methods) add_method(*method);
    }
    for (const auto& method : detect::methods()) add_method(method.spec);
    for (const auto& method : table_methods()) add_method(*method.spec);
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) topics.push_back({"watch", watch.id, watch.title.en, page.section});
    }
    if (common.json) {
        for (const Topic& one : topics) {
            JsonWriter json;
            json.begin_object().field("kind", one.kind).field("name", one.name).field("summary", one.summary);
            if (!one.section.empty()) json.field("section", one.section);
            json.end_object();
            fmt::print("{}\n", json.text());
        }
        return exit_clean;
    }
    print_topics(topics, "engine", "Engines: the questions that a watch can ask");
    print_topics(topics, "method",
                 "\nMethods: how an engine judges; `icosa apply METHOD FILE` runs one on your own CSV");
    fmt::print("\nWatches: what is asked, by section of the framework\n");
    std::string section;
    for (const Topic& one : topics) {
        if (one.section.empty()) continue;
        if (one.section != section) {
            section = one.section;
            const auto* of = packs.framework.section(section);
            fmt::print("\n  {} {}\n", section, of ? of->title.en : "");
        }
        fmt::print("    {:<30} {}\n", one.name, one.summary);
    }
    fmt::print(
        "\n`icosa explain NAME` has the manual of each; `icosa explain SIGNAL-ID` the source lines behind a signal.\n");
    return exit_clean;
}

const pack::Spec* method_of_engines(std::string_view name) {
    for (const auto& engine : app::engines()) {
        for (const pack::Spec* method : engine.methods) {
            if (method->name == name) return method;
        }
    }
    return nullptr;
}

Result<int> explain(const Common& common, const ExplainOptions& options) {
    if (!options.plot.empty() && options.what.find('/') == std::string::npos)
        return fail(Fault::Usage, "no-plot", {},
                    fmt::format("--plot draws the series of a signal, and '{}' is none", excerpt(options.what)),
                    "give a SIGNAL-ID, as `icosa run --json` lists them");
    if (options.what.empty()) return list_topics(common);
    if (const auto* engine = app::find_engine(options.what)) {
        print_manual(common, "engine", engine->name, engine::manual(*engine));
        return exit_clean;
    }
    if (const auto* method = detect::find_method(options.what)) {
        print_manual(common, "method", method->spec.name, pack::manual(method->spec));
        return exit_clean;
    }
    // a watch's method and one of `apply` may have one name
    const auto of_watch = method_of_engines(options.what);
    const auto of_table = find_table_method(options.what);
    if (of_watch) {
        if (of_table && !common.json) fmt::print("As the method of a watch:\n\n");
        print_manual(common, "method", of_watch->name, pack::manual(*of_watch));
    }
    if (of_table) {
        if (of_watch && !common.json) fmt::print("\nAs a method of `icosa apply`, on a table of your own:\n\n");
        print_manual(common, "method", of_table->spec->name, pack::manual(*of_table->spec));
    }
    if (of_watch || of_table) return exit_clean;
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    std::vector<std::string> names = table_method_names();
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            names.push_back(watch.id);
            if (watch.id == options.what) {
                if (common.json) print_watch_as_json(page, watch);
                else print_watch(packs, page, watch);
                return exit_clean;
            }
            if (options.what.starts_with(watch.id + "/"))
                return explain_signal(common, packs, watch, {options.what, options.as_of, options.plot});
        }
    }
    for (const auto& engine : app::engines()) names.emplace_back(engine.name);
    for (const auto& engine : app::engines()) {
        for (const pack::Spec* method : engine.methods) names.emplace_back(method->name);
    }
    const auto near = nearest(options.what, names);
    return fail(Fault::Usage, "nothing-to-explain", {},
                fmt::format("'{}' is no engine, method, watch or signal", options.what),
                near ? fmt::format("did you mean '{}'?", *near) : "`icosa run --json` lists watches and signals");
}

}  // namespace

Command explain_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ExplainOptions>();
    return {
        .name = "explain",
        .summary = "The manual of an engine or method, what a watch asks, or a signal down to its source lines",
        .options = {option("WHAT", &options->what,
                           "ENGINE, METHOD, WATCH or SIGNAL-ID; without it, all engines, methods and watches"),
                    as_of_option(&options->as_of, "the day of the dossier that holds the signal; today if not given"),
                    option("--plot", &options->plot,
                           "of a signal: its series with expectation, threshold and alarms as an SVG file")
                        .as("FILE")
                        .written(),
                    db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                    add_option(*common), framework_option(*common)},
        .examples = {"icosa explain", "icosa explain event-surveillance", "icosa explain ears-c2",
                     "icosa explain sea.incidents", "icosa explain hotspot.conflict-year/moz/2019 --as-of 2020-12-31",
                     "icosa explain hotspot.conflict-year/moz/2019 --as-of 2020-12-31 --plot mozambique.svg"},
        .exits = {{exit_packs}, {exit_data, "there is no such signal on that day"}, {exit_store}},
        .run = [=] { return explain(*common, *options); },
    };
}

}  // namespace icosa::cli
