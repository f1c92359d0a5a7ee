/// icosa explain SIGNAL-ID: the figures of a signal or forecast, and every source line behind it.
#include "cli/explain_signal.hpp"

#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "brief/wording.hpp"
#include "cli/as_of.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"

namespace icosa::cli {
namespace {

constexpr int all_lines = 1'000'000;

/// What an id names: a signal, a forecast, or both of one subject.
struct Named {
    const model::Signal* signal = nullptr;
    const model::Forecast* forecast = nullptr;

    [[nodiscard]] const std::string& subject() const { return signal ? signal->subject : forecast->subject; }
    [[nodiscard]] const std::string& title() const { return signal ? signal->subject_title : forecast->subject_title; }
    [[nodiscard]] const std::string& period() const { return signal ? signal->period : forecast->origin; }
    [[nodiscard]] const model::Lineage& lineage() const { return forecast ? forecast->lineage : signal->lineage; }
};

/// err   Data: no-such-signal, with the nearest id
Result<Named> find_named(const model::WatchFinding& finding, const pack::Watch& watch, const std::string& id, Day as_of,
                         const std::string& db) {
    Named out;
    std::vector<std::string> ids;
    for (const auto& one : finding.signals) {
        ids.push_back(one.id);
        if (one.id == id) out.signal = &one;
    }
    for (const auto& one : finding.forecasts) {
        if (std::find(ids.begin(), ids.end(), one.id) == ids.end()) ids.push_back(one.id);
        if (one.id == id) out.forecast = &one;
    }
    if (!out.signal && !out.forecast) {
        const auto near = nearest(id, ids);
        return fail(
            Fault::Data, "no-such-signal", {db},
            fmt::format("watch '{}' has no signal '{}' as of {}", watch.id, id, iso(as_of)),
            watch.engine == "forecast"
                ? fmt::format("it shows {} forecasts ({}); the others are counted only: raise `shown` in the watch",
                              ids.size(), near ? "the nearest name is '" + *near + "'" : "none")
                : near        ? fmt::format("did you mean '{}'?", *near)
                : ids.empty() ? "it has none on that day; give the --as-of of the dossier"
                              : fmt::format("it has {}", join(ids, ", ")));
    }
    return out;
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

void print_json(const std::string& id, const std::string& watch, const Moment& moment, const Named& of,
                const std::vector<store::SourceLineFull>& lines) {
    JsonWriter json(2);
    json.begin_object()
        .field("id", id)
        .field("watch", watch)
        .field("as_of", iso(moment.as_of))
        .field("newest", iso(moment.newest))
        .field("subject", of.subject())
        .field("subject_title", of.title())
        .field("period", of.period());
    if (of.signal)
        json.field("observed", of.signal->observed)
            .field("expected", of.signal->expected)
            .field("threshold", of.signal->threshold)
            .field("unusualness", of.signal->unusualness)
            .field("reason", of.signal->reason);
    if (of.forecast)
        json.field("forecast", of.forecast->probability.statement).field("probability", of.forecast->probability.value);
    write_lines(json, lines);
    json.end_object();
    fmt::print("{}\n", json.text());
}

void print_text(const Named& of, const model::WatchFinding& finding, const std::string& engine,
                const std::vector<brief::Reference>& references) {
    if (of.signal) {
        fmt::print("{}\n  {}\n\n", of.signal->id, of.signal->reason);
        fmt::print(
            "  subject      {} ({})\n  period       {}\n  observed     {}\n  expected     {}\n  threshold    {}\n",
            of.signal->subject_title, of.signal->subject, of.signal->period, number_text(of.signal->observed, 4),
            number_text(of.signal->expected, 4), number_text(of.signal->threshold, 4));
        fmt::print("  unusualness  {} (comparable within {} only)\n", number_text(of.signal->unusualness, 6), engine);
        fmt::print("  severity     {} {}\n  confidence   {}: {}\n  grade        {}\n",
                   number_text(of.signal->severity.value, 4), of.signal->severity.unit,
                   model::confidence_names[static_cast<int>(of.signal->confidence)], of.signal->confidence_why,
                   model::grade_names[static_cast<int>(of.signal->grade)]);
    } else {
        fmt::print("{}\n\n  subject      {} ({})\n  origin       {}\n", of.forecast->id, of.forecast->subject_title,
                   of.forecast->subject, of.forecast->origin);
    }
    if (of.forecast) print_forecast(*of.forecast, finding.record);
    if (of.forecast && of.signal)
        fmt::print(
            "  rests on     the whole history of the subject, listed below; the signal itself on {} row{} of its "
            "newest period{}\n",
            of.signal->lineage.rows, of.signal->lineage.rows == 1 ? "" : "s", of.signal->periods == 1 ? "" : "s");
    for (const auto& caveat : of.signal ? of.signal->caveats : finding.caveats)
        fmt::print("  caveat       {}\n", caveat);
    for (const auto& key : of.signal ? of.signal->cites : finding.cites) {
        for (const auto& reference : references) {
            if (reference.key == key) fmt::print("  cites        {}\n", reference.text);
        }
    }
}

}  // namespace

Result<int> explain_signal(const Common& common, const app::Packs& packs, const pack::Watch& watch,
                           const std::string& id, const std::string& asked) {
    TRY(check_as_of(asked));
    const auto store = TRY(app::open_for_reading(common.db, packs, common.threads));
    const Moment moment = TRY(moment_of(*store, packs, asked, common.db));
    const Day as_of = moment.as_of;
    const auto found =
        TRY(app::find(*store, packs,
                      {as_of, [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; },
                       common.threads, app::Lines::AsTheEngineGives, on_step()}));
    const model::WatchFinding& finding = found.results.front().finding;
    const Named of = TRY(find_named(finding, watch, id, as_of, common.db));
    std::vector<store::SourceLineFull> lines = named_lines(of.lineage());
    const auto selects = app::find_engine(watch.engine)->needs(watch, packs.setting(as_of));
    if (!selects.empty())
        lines = TRY(lines_behind(*store, packs.books(), selects.front(), finding.source, as_of, of.subject(),
                                 of.period(), of.forecast ? of.forecast->history : of.signal->periods, of.lineage()));
    if (common.json) {
        print_json(id, watch.id, moment, of, lines);
        return exit_clean;
    }
    fmt::print("{}\n", first_line(moment));
    print_text(of, finding, watch.engine, packs.references);
    print_lines(lines);
    return exit_clean;
}

}  // namespace icosa::cli
