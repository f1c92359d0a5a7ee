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
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "detect/judges/method_table.hpp"
#include "engine/check.hpp"

namespace icosa::cli {
namespace {

struct ExplainOptions {
    std::string what;
    Day as_of = no_day;
};

constexpr int all_lines = 1'000'000;

std::string list(const std::vector<std::string>& items, std::string_view none = "all") {
    return items.empty() ? std::string(none) : join(items, ", ");
}

void print_watch(const app::Packs& packs, const pack::AreaPack& page, const pack::Watch& watch) {
    const auto* section = packs.framework.section(page.section);
    const auto& of = watch.selection;
    fmt::print("{}\n  {}\n\n", watch.id, watch.title);
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
    for (const auto& id : watch.clauses) {
        for (const auto& clause : section ? section->clauses : std::vector<pack::Clause>{}) {
            if (clause.id == id) fmt::print("  clause    {} {}\n", id, clause.asks.en);
        }
    }
    for (const auto& id : of.from) {
        if (const auto* card = packs.find_card(id))
            fmt::print("  source    {}: {} ({}; {}) {}\n", id, card->title, card->publisher, card->licence, card->url);
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
    json.begin_object()
        .field("watch", watch.id)
        .field("title", watch.title)
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

/// What a forecast says and why, line by line.
void print_forecast(const model::Forecast& of, const model::TrackRecord& record) {
    fmt::print("  forecast     {}\n  outcome      {}\n  from         {}\n", of.probability.statement,
               of.probability.outcome, of.probability.how);
    fmt::print("  expected     {}\n", brief::expected_ahead(of));
    if (const std::string moved = brief::moved_line(of); !moved.empty()) fmt::print("  moved        {}\n", moved);
    for (const auto& past : of.past) fmt::print("  like         {}\n", brief::past_line(past));
    fmt::print("\n  month       mean   5 %  25 %   50 %  75 %  95 %   any  line\n");
    for (const auto& month : of.months) {
        const auto& q = month.quantiles;
        fmt::print("  {:<8} {:>7.1f} {:>5.0f} {:>5.0f} {:>6.0f} {:>5.0f} {:>5.0f} {:>5.2f} {:>5.2f}\n",
                   period_label(month.month, PeriodKind::Month), month.mean, q[0], q[2], q[3], q[4], q[6], month.p_any,
                   month.p_crossing);
    }
    fmt::print("\n  model        {}: {}\n", record.model, record.verdict);
    for (const auto& caveat : of.caveats) fmt::print("  caveat       {}\n", caveat);
}

std::vector<store::SourceLineFull> named_lines(const model::Lineage& of) {
    std::vector<store::SourceLineFull> out;
    for (const auto& line : of.files) out.push_back({line.file, "", line.line, no_day});
    return out;
}

/// Every line behind a subject's periods, else those that the finding names.
Result<std::vector<store::SourceLineFull>> lines_behind(store::Store& store, const harmonise::Books& books,
                                                        const model::Select& select, const std::string& source,
                                                        Day as_of, const std::string& subject, const std::string& last,
                                                        int periods, const model::Lineage& named) {
    std::vector<store::SourceLineFull> lines;
    if (const auto period = parse_period(last, select.period); period && !source.empty()) {
        auto traces = TRY(store.lineage(harmonise::as_source_has_it(select, source, books), source, as_of,
                                        {{subject, *period - periods + 1, *period}}, all_lines));
        if (!traces.empty()) lines = std::move(traces.front().lines);
    }
    return lines.empty() ? named_lines(named) : lines;
}

void print_lines(const std::vector<store::SourceLineFull>& lines) {
    if (lines.empty()) fmt::print("\n  from no source line: the finding is that none says so\n");
    else fmt::print("\n  from {} source line{}:\n", lines.size(), lines.size() == 1 ? "" : "s");
    for (const auto& line : lines)
        fmt::print("  {}:{}{}\n", line.file, line.line,
                   line.known_day == no_day ? "" : "  known " + iso(line.known_day));
    std::set<std::pair<std::string, std::string>> digests;
    for (const auto& line : lines) {
        if (!line.digest.empty()) digests.emplace(line.file, line.digest);
    }
    for (const auto& [file, digest] : digests) fmt::print("  {}  XXH3-128 {}\n", file, digest);
}

void write_lines(JsonWriter& json, const std::vector<store::SourceLineFull>& lines) {
    json.key("lines").begin_array();
    for (const auto& line : lines)
        json.begin_object()
            .field("file", line.file)
            .field("line", line.line)
            .field("digest", line.digest)
            .field("known", iso(line.known_day))
            .end_object();
    json.end_array();
}

/// Runs the one watch again and shows the signal with every line behind it; a forecast likewise, with the whole history
/// of its subject.
Result<int> explain_signal(const Common& common, const app::Packs& packs, const pack::Watch& watch,
                           const std::string& id, Day asked) {
    const auto store = TRY(app::open_for_reading(common.db, packs, common.threads));
    const Day as_of = TRY(app::as_of_or_newest(*store, packs, asked, common.db));
    const auto found =
        TRY(app::find(*store, packs,
                      {as_of, [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; },
                       common.threads, app::Lines::AsTheEngineGives, on_step()}));
    const model::WatchFinding& finding = found.results.front().finding;
    const model::Signal* signal = nullptr;
    const model::Forecast* forecast = nullptr;
    std::vector<std::string> ids;
    for (const auto& one : finding.signals) {
        ids.push_back(one.id);
        if (one.id == id) signal = &one;
    }
    for (const auto& one : finding.forecasts) {
        if (std::find(ids.begin(), ids.end(), one.id) == ids.end()) ids.push_back(one.id);
        if (one.id == id) forecast = &one;
    }
    if (!signal && !forecast) {
        const auto near = nearest(id, ids);
        return fail(
            Fault::Data, "no-such-signal", {common.db},
            fmt::format("watch '{}' has no signal '{}' as of {}", watch.id, id, iso(as_of)),
            watch.engine == "forecast"
                ? fmt::format("it shows {} forecasts ({}); the others are counted only: raise `shown` in the watch",
                              ids.size(), near ? "the nearest name is '" + *near + "'" : "none")
                : near        ? fmt::format("did you mean '{}'?", *near)
                : ids.empty() ? "it has none on that day; give the --as-of of the dossier"
                              : fmt::format("it has {}", join(ids, ", ")));
    }
    const std::string& subject = signal ? signal->subject : forecast->subject;
    const std::string& title = signal ? signal->subject_title : forecast->subject_title;
    const std::string& period = signal ? signal->period : forecast->origin;
    std::vector<store::SourceLineFull> lines;
    const auto selects = app::find_engine(watch.engine)->needs(watch, packs.setting(as_of));
    const model::Lineage& named = forecast ? forecast->lineage : signal->lineage;
    if (!selects.empty())
        lines = TRY(lines_behind(*store, packs.books(), selects.front(), finding.source, as_of, subject, period,
                                 forecast ? forecast->history : signal->periods, named));
    else lines = named_lines(named);
    if (common.json) {
        JsonWriter json(2);
        json.begin_object()
            .field("id", id)
            .field("watch", watch.id)
            .field("as_of", iso(as_of))
            .field("subject", subject)
            .field("subject_title", title)
            .field("period", period);
        if (signal)
            json.field("observed", signal->observed)
                .field("expected", signal->expected)
                .field("threshold", signal->threshold)
                .field("unusualness", signal->unusualness)
                .field("reason", signal->reason);
        if (forecast)
            json.field("forecast", forecast->probability.statement).field("probability", forecast->probability.value);
        write_lines(json, lines);
        json.end_object();
        fmt::print("{}\n", json.text());
        return exit_clean;
    }
    if (signal) {
        fmt::print("{}\n  {}\n\n", signal->id, signal->reason);
        fmt::print(
            "  subject      {} ({})\n  period       {}\n  observed     {}\n  expected     {}\n  threshold    {}\n",
            signal->subject_title, signal->subject, signal->period, number_text(signal->observed, 4),
            number_text(signal->expected, 4), number_text(signal->threshold, 4));
        fmt::print("  unusualness  {} (comparable within {} only)\n", number_text(signal->unusualness, 6),
                   watch.engine);
        fmt::print("  severity     {} {}\n  confidence   {}: {}\n  grade        {}\n",
                   number_text(signal->severity.value, 4), signal->severity.unit,
                   model::confidence_names[static_cast<int>(signal->confidence)], signal->confidence_why,
                   model::grade_names[static_cast<int>(signal->grade)]);
    } else {
        fmt::print("{}\n\n  subject      {} ({})\n  origin       {}\n", forecast->id, forecast->subject_title,
                   forecast->subject, forecast->origin);
    }
    if (forecast) print_forecast(*forecast, finding.record);
    if (forecast && signal)
        fmt::print(
            "  rests on     the whole history of the subject, listed below; the signal itself on {} row{} of its "
            "newest period{}\n",
            signal->lineage.rows, signal->lineage.rows == 1 ? "" : "s", signal->periods == 1 ? "" : "s");
    for (const auto& caveat : signal ? signal->caveats : finding.caveats) fmt::print("  caveat       {}\n", caveat);
    for (const auto& key : signal ? signal->cites : finding.cites) {
        for (const auto& reference : packs.references) {
            if (reference.key == key) fmt::print("  cites        {}\n", reference.text);
        }
    }
    print_lines(lines);
    return exit_clean;
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
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
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
    for (const auto& name : vote_method_names()) add_method(*find_vote_method(name));
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) topics.push_back({"watch", watch.id, watch.title, page.section});
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

Result<int> explain(const Common& common, const ExplainOptions& options) {
    if (options.what.empty()) return list_topics(common);
    if (const auto* engine = app::find_engine(options.what)) {
        print_manual(common, "engine", engine->name, engine::manual(*engine));
        return exit_clean;
    }
    if (const auto* method = detect::find_method(options.what)) {
        print_manual(common, "method", method->spec.name, pack::manual(method->spec));
        return exit_clean;
    }
    for (const auto& engine : app::engines()) {
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
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    std::vector<std::string> names = vote_method_names();
    for (const auto& page : packs.pages) {
        for (const auto& watch : page.watches) {
            names.push_back(watch.id);
            if (watch.id == options.what) {
                if (common.json) print_watch_as_json(page, watch);
                else print_watch(packs, page, watch);
                return exit_clean;
            }
            if (options.what.starts_with(watch.id + "/"))
                return explain_signal(common, packs, watch, options.what, options.as_of);
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
                    option("--as-of", &options->as_of, "the day of the dossier that holds the signal"),
                    db_option(*common), json_option(*common), packs_option(*common), framework_option(*common)},
        .examples = {"icosa explain", "icosa explain event-surveillance", "icosa explain ears-c2",
                     "icosa explain sea.incidents",
                     "icosa explain africa.piracy/gulf-of-guinea/2020-11 --as-of 2020-12-31"},
        .exits = {{exit_packs}, {exit_data, "there is no such signal on that day"}, {exit_store}},
        .run = [=] { return explain(*common, *options); },
    };
}

}  // namespace icosa::cli
