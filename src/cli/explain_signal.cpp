/// icosa explain SIGNAL-ID: runs the watch again and puts together what made the signal, forecast or chance.
#include "cli/explain_signal.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "base/text.hpp"
#include "brief/record_sentence.hpp"
#include "brief/sentence.hpp"
#include "cli/as_of.hpp"
#include "cli/exit_code.hpp"
#include "cli/explained.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"
#include "cli/when_free.hpp"
#include "detect/judges/method_table.hpp"
#include "harmonise/credibility.hpp"
#include "harmonise/duplicates.hpp"
#include "harmonise/matched_lines.hpp"

namespace icosa::cli {
namespace {

constexpr int all_lines = 1'000'000;
constexpr std::size_t texts_shown = 12;

/// err   Data: no-such-signal, with the nearest id
Result<Named> find_named(const model::WatchFinding& finding, const pack::Watch& watch, const std::string& id, Day as_of,
                         const std::string& db) {
    Named out;
    std::vector<std::string> ids;
    const auto add = [&](const std::string& one) {
        if (std::find(ids.begin(), ids.end(), one) == ids.end()) ids.push_back(one);
    };
    for (const auto& one : finding.signals) {
        add(one.id);
        if (one.id == id) out.signal = &one;
    }
    for (const auto& one : finding.forecasts) {
        add(one.id);
        if (one.id == id) out.forecast = &one;
    }
    for (const auto& one : finding.chances) {
        add(one.id);
        if (one.id == id) out.chance = &one;
    }
    if (out.signal || out.forecast || out.chance) return out;
    const auto near = nearest(id, ids);
    return fail(Fault::Data, "no-such-signal", {db},
                fmt::format("watch '{}' has no signal '{}' as of {}", watch.id, id, iso(as_of)),
                watch.engine == "forecast"
                    ? fmt::format("it shows {} forecasts ({}); the others are counted only: raise `shown` in the watch",
                                  ids.size(), near ? "the nearest name is '" + *near + "'" : "none")
                    : near        ? fmt::format("did you mean '{}'?", *near)
                    : ids.empty() ? "it has none on that day; give the --as-of of the dossier"
                                  : fmt::format("it has {}", join(ids, ", ")));
}

/// What speaks against the event of a line, in words.
std::string doubt_of(const store::SourceLineFull& line, const std::string& source, const pack::Credibility& rules) {
    if (std::isnan(line.credibility) || !rules.prior_of(source)) return {};
    std::vector<std::string> reasons;
    for (const pack::DoubtRule* rule : harmonise::reasons_of(rules, source, line.answers))
        reasons.push_back(rule->title.en);
    return fmt::format("credibility {:.2f}{}{}", line.credibility, reasons.empty() ? "" : ": ", join(reasons, ", "));
}

std::vector<store::SourceLineFull> named_lines(const model::Lineage& of) {
    std::vector<store::SourceLineFull> out;
    for (const auto& line : of.files) out.push_back({line.file, "", line.line, no_day});
    return out;
}

/// Every line behind a subject's periods, else those that the finding names.
Result<std::vector<store::SourceLineFull>> lines_behind(store::Store& store, const harmonise::Books& books,
                                                        const model::Select& select, const std::string& source,
                                                        Day as_of, const std::vector<store::Key>& keys,
                                                        const model::Lineage& named) {
    std::vector<store::SourceLineFull> lines;
    if (!source.empty() && model::sources_in(source).size() == 1) {
        for (auto& trace :
             TRY(store.lineage(harmonise::as_source_has_it(select, source, books), source, as_of, keys, all_lines)))
            lines.insert(lines.end(), trace.lines.begin(), trace.lines.end());
    }
    return lines.empty() ? named_lines(named) : lines;
}

/// Every row counted of matched sources, each with the rows that tell of its event too.
Result<std::vector<SourceText>> lines_of_matched(store::Store& store, const app::Packs& packs,
                                                 const model::Select& select, const model::Evidence& evidence,
                                                 const std::string& source, const std::vector<store::Key>& keys) {
    std::vector<SourceText> out;
    const auto same = evidence.same_events.find(harmonise::what_is_matched(select));
    if (same == evidence.same_events.end()) return out;
    std::map<std::string, std::vector<std::size_t>> by_source;
    const auto add = [&](SourceText line) {
        by_source[line.source].push_back(out.size());
        out.push_back(std::move(line));
    };
    for (const auto& trace :
         TRY(harmonise::lineage_of_matched(store, select, *same->second, source, evidence.as_of, keys, all_lines))) {
        for (const auto& line : trace.lines) {
            add({line.at, {}, line.source, {}});
            for (const auto& partner : line.partners)
                add({{partner.line.file, "", partner.line.line, no_day}, {}, partner.source, partner});
        }
    }
    for (const auto& [id, at] : by_source) {
        std::vector<store::SourceLineFull> lines;
        for (const std::size_t i : at) lines.push_back(out[i].at);
        const auto texts = with_texts(lines, texts_shown, packs.find_card(id));
        for (std::size_t i = 0; i < at.size(); ++i) out[at[i]].text = texts[i].text;
    }
    return out;
}

std::vector<std::string> units_behind(const Named& of) {
    return of.signal && !of.signal->behind.empty() ? of.signal->behind : std::vector<std::string>{of.subject()};
}

/// How many periods up to its own a finding rests on.
int periods_behind(const Named& of) {
    if (of.forecast) return of.forecast->history;
    return of.chance ? static_cast<int>(of.chance->observed.size()) : of.signal->periods;
}

/// Units and periods of what a finding rests on; none where it is of no period.
std::vector<store::Key> keys_behind(const Named& of, const model::Select& select) {
    std::vector<store::Key> out;
    if (const auto period = parse_period(of.period(), select.period)) {
        for (const std::string& unit : units_behind(of))
            out.push_back({unit, *period - periods_behind(of) + 1, *period});
    }
    return out;
}

const pack::Spec* method_spec(const pack::Watch& watch, const engine::Engine& engine) {
    if (const auto* method = detect::find_method(watch.judging.method_name)) return &method->spec;
    for (const pack::Spec* one : engine.methods) {
        if (one->name == watch.judging.method_name) return one;
    }
    return nullptr;
}

/// The series up to the signal's own period.
void cut(model::JudgedSeries& of, int last_period) {
    const auto n = static_cast<std::size_t>(std::max(0, last_period - of.first_period + 1));
    if (n >= of.values.size()) return;
    for (auto* one : {&of.values, &of.observed, &of.expected, &of.threshold}) one->resize(n);
    of.alarm.resize(n);
}

/// Periods before the last, from the first that was observed.
std::vector<BaselineValue> baseline_before(const model::JudgedSeries& of) {
    std::vector<BaselineValue> out;
    for (std::size_t i = 0; i + 1 < of.observed.size(); ++i) {
        if (out.empty() && std::isnan(of.observed[i])) continue;
        out.push_back({period_label(of.first_period + static_cast<int>(i), of.kind), of.observed[i], of.expected[i],
                       of.threshold[i], of.alarm[i]});
    }
    return out;
}

/// What a forecast or a chance looked back on, by month.
std::vector<BaselineValue> baseline_of_months(int first, const std::vector<double>& observed) {
    std::vector<BaselineValue> out;
    for (std::size_t i = 0; i < observed.size(); ++i)
        out.push_back({period_label(first + static_cast<int>(i), PeriodKind::Month), observed[i], std::nan(""),
                       std::nan(""), false});
    return out;
}

Result<void> add_series(const model::Evidence& evidence, const engine::Engine& engine, const engine::Setting& setting,
                        Explained& out) {
    if (out.of.forecast) {
        out.baseline = baseline_of_months(out.of.forecast->first_observed, out.of.forecast->observed);
    } else if (out.of.chance) {
        out.baseline = baseline_of_months(out.of.chance->first_observed, out.of.chance->observed);
    } else if (engine.series) {
        auto found = TRY(engine.series(evidence, out.watch, setting, out.of.subject()));
        if (found.empty()) return {};
        out.series = std::move(found.front());
        if (const auto last = parse_period(out.of.period(), out.series->kind)) cut(*out.series, *last);
        out.baseline = baseline_before(*out.series);
    }
    return {};
}

std::string grade_rule(const pack::Grades& of) {
    const auto words = [](const char* name, const pack::GradeRule& rule) {
        return fmt::format("{} from {:.0f} in 100 followed, or {:.0f} in 100 and {} times as often as otherwise", name,
                           100 * rule.share, 100 * rule.share_with_lift, number_text(rule.lift));
    };
    return fmt::format(
        "{}; {}; without a record a large finding that is new or rising is a watch; one that ended more than {} days "
        "ago is a note (packs/grades.toml)",
        words("warning", of.warning), words("watch", of.watch), of.lateness_days);
}

/// What is said of it, and of its like in the past.
void add_sentences(const app::Packs& packs, Explained& out) {
    const brief::NameBooks names{packs.places, packs.catalogue, packs.phrases};
    const brief::SentenceBooks books{packs.measures, packs.outcomes, names};
    const Named& of = out.of;
    if (of.chance) out.sentence = sentence_of(*of.chance, out.finding, books).en;
    else if (of.signal) out.sentence = sentence_of(*of.signal, out.finding, books).en;
    if (of.signal) out.record = record_sentence(of.signal->record, of.signal->grade, names, packs.outcomes).en;
    else if (of.chance) out.record = record_sentence(of.chance->record, model::Grade::Note, names, packs.outcomes).en;
    else out.record = "no record: a forecast is scored by its distribution (model, below)";
}

}  // namespace

Result<int> explain_signal(const Common& common, const app::Packs& packs, const pack::Watch& watch,
                           const SignalAsked& asked) {
    TRY(check_as_of(asked.as_of));
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    const Moment moment = TRY(moment_of(*store, packs, asked.as_of, common.db));
    const Day as_of = moment.as_of;
    const auto found =
        TRY(app::find(*store, packs,
                      {as_of, [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; },
                       common.threads, app::Lines::AsTheEngineGives, on_step()}));
    const model::WatchFinding& finding = found.results.front().finding;
    const engine::Engine& engine = *app::find_engine(watch.engine);
    const engine::Setting setting = packs.setting(as_of);
    Explained out{.id = asked.id,
                  .watch = watch,
                  .finding = finding,
                  .moment = moment,
                  .of = TRY(find_named(finding, watch, asked.id, as_of, common.db)),
                  .method = watch.judging.method_name,
                  .method_summary = {},
                  .options = {},
                  .series = {},
                  .baseline = {},
                  .sentence = {},
                  .grade_rule = grade_rule(packs.grades),
                  .record = {},
                  .lines = {}};
    if (const pack::Spec* spec = method_spec(watch, engine)) {
        out.method_summary = spec->summary;
        out.options = detect::told_options(watch.judging, *spec);
    }
    std::vector<store::SourceLineFull> lines = named_lines(out.of.lineage());
    const auto selects = engine.needs(watch, setting);
    if (!selects.empty()) {
        const auto keys = keys_behind(out.of, selects.front());
        if (model::sources_in(finding.source).size() > 1)
            out.lines = TRY(lines_of_matched(*store, packs, selects.front(), found.evidence, finding.source, keys));
        lines =
            TRY(lines_behind(*store, packs.books(), selects.front(), finding.source, as_of, keys, out.of.lineage()));
    }
    if (out.lines.empty()) out.lines = with_texts(lines, texts_shown, packs.find_card(finding.source));
    for (SourceText& line : out.lines)
        line.doubt = doubt_of(line.at, line.source.empty() ? finding.source : line.source, packs.credibility);
    TRY(add_series(found.evidence, engine, setting, out));
    add_sentences(packs, out);
    std::string plot;
    if (!asked.plot.empty()) {
        plot = plot_of(out);
        if (plot.empty())
            return fail(Fault::Usage, "no-series", {},
                        fmt::format("'{}' rests on no series that could be drawn", asked.id), "leave --plot out");
        TRY(write_text(asked.plot, plot));
    }
    if (common.json) {
        print_explained_json(out);
        return exit_clean;
    }
    fmt::print("{}\n", first_line(moment));
    print_explained(out, packs.references);
    if (!plot.empty()) fmt::print("\n  plot         {}\n", asked.plot);
    return exit_clean;
}

}  // namespace icosa::cli
