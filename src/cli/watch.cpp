/// icosa watch: a user's own file watched by one command: card, ingest, watch, signals, plot.
#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "brief/plot_file.hpp"
#include "brief/sentence.hpp"
#include "cli/as_of.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/own_options.hpp"
#include "cli/own_run.hpp"
#include "cli/pack_places.hpp"
#include "cli/sparkline.hpp"
#include "draft/told.hpp"

namespace icosa::cli {
namespace {

constexpr std::size_t signals_told = 20;
constexpr std::size_t spark_of_own = 60;  ///< periods

struct WatchOptions {
    OwnOptions own;
    std::string db;       ///< "" = a store that goes with the command
    std::string as_of;
    std::string save;     ///< a folder to keep card and watch in
    std::string fail_on;
    std::string out;      ///< an SVG file
    bool incomplete = false;
};

/// All that is told.
struct Watched {
    const draft::Guess& guess;
    const pack::SourceCard& card;
    const draft::OwnWatch& watch;
    const store::Receipt& receipt;
    const OwnFinding& found;
    const app::Packs& packs;
};

const model::JudgedSeries* series_of(const OwnFinding& found, const std::string& unit) {
    const auto one = std::ranges::find(found.series, unit, &model::JudgedSeries::unit);
    return one == found.series.end() ? nullptr : &*one;
}

std::string figure_text(double value) {
    return std::isnan(value) ? "?" : number_text(value, std::abs(value) < 10 ? 2 : 1);
}

/// "Mali: 311 nombre in 2026-W47, after 21 ...: rising. Usual are 21, out of the ordinary is more than 29."
std::string signal_words(const Watched& of, const model::Signal& signal) {
    const brief::NameBooks names{of.packs.places, of.packs.catalogue, of.packs.phrases};
    std::string out = brief::sentence_of(signal, of.found.finding, {of.packs.measures, of.packs.outcomes, names}).en;
    if (std::isfinite(signal.expected))
        out += fmt::format(" Usual in {}: {} {}; {} than {} is out of the ordinary.", signal.period,
                           figure_text(signal.expected), of.watch.unit_of_figure,
                           brief::is_low(signal) ? "less" : "more", figure_text(signal.threshold));
    return out;
}

void print_signals(const Watched& of) {
    const auto& signals = of.found.finding.signals;
    fmt::print("{} signal{} as of {}, by {}:\n", signals.size(), signals.size() == 1 ? "" : "s", iso(of.found.as_of),
               of.watch.method);
    for (std::size_t i = 0; i < std::min(signals.size(), signals_told); ++i) {
        const model::Signal& signal = signals[i];
        fmt::print("  {:<7} {}\n", model::grade_names[static_cast<std::size_t>(signal.grade)],
                   signal_words(of, signal));
        if (const auto* series = series_of(of.found, signal.subject)) {
            const auto n = std::min(series->observed.size(), spark_of_own);
            fmt::print("          {}\n", sparkline(std::span(series->observed).last(n)));
        }
    }
    if (signals.size() > signals_told) fmt::print("  and {} more\n", signals.size() - signals_told);
}

void print_found(const Watched& of) {
    const model::WatchFinding& finding = of.found.finding;
    const std::string period(period_kind_name(of.watch.period));
    if (of.found.is_of_the_file)
        fmt::print("As of {}, the file's own end: today is long after it (--as-of DAY says otherwise).\n",
                   iso(of.found.as_of));
    switch (finding.state) {
        case model::State::Signal: print_signals(of); return;
        case model::State::Quiet:
            fmt::print("Quiet as of {}: {} in {}, by {}: nothing unusual in the newest {} (through {}), by {}.\n",
                       iso(of.found.as_of), of.watch.words, draft::units_in_words(of.guess), period, period,
                       iso(finding.observed_through), of.watch.method);
            return;
        case model::State::Stale: fmt::print("Stale as of {}: {}.\n", iso(of.found.as_of), finding.reading); return;
        case model::State::NoData:
            fmt::print("Nothing can be said as of {} of {} in {}, {} {}s: {}.\n", iso(of.found.as_of), of.watch.words,
                       draft::units_in_words(of.guess), of.watch.periods, period, finding.reading);
            return;
    }
}

void print_watched(const Watched& of) {
    fmt::print("{}: {} rows, {} stored, {} rejected{}\n", of.guess.look.path, of.receipt.rows, of.receipt.stored,
               of.receipt.rejected, of.receipt.known > 0 ? fmt::format(", {} known already", of.receipt.known) : "");
    for (const auto& [what, words] : draft::told_of(of.guess, of.card)) fmt::print("  {:<9} {}\n", what, words);
    fmt::print("  {:<9} {} by {}, {} for {}\n\n", "watch", of.watch.words, period_kind_name(of.watch.period),
               of.watch.method, of.watch.why);
    print_found(of);
}

void print_watched_json(const Watched& of) {
    const model::WatchFinding& finding = of.found.finding;
    JsonWriter json(2);
    json.begin_object()
        .field("file", of.guess.look.path)
        .field("source", of.card.id)
        .field("watch", of.watch.id)
        .field("rows", of.receipt.rows)
        .field("stored", of.receipt.stored)
        .field("rejected", of.receipt.rejected)
        .field("as_of", iso(of.found.as_of))
        .field("state", model::state_names[static_cast<std::size_t>(finding.state)])
        .field("reading", finding.reading)
        .field("measure", of.watch.words)
        .field("unit", of.watch.unit_of_figure)
        .field("period", period_kind_name(of.watch.period))
        .field("periods", of.watch.periods)
        .field("method", of.watch.method);
    json.key("guesses").begin_object();
    for (const auto& [what, words] : draft::told_of(of.guess, of.card)) json.field(what, words);
    json.end_object().key("signals").begin_array();
    for (const auto& signal : finding.signals)
        json.begin_object()
            .field("id", signal.id)
            .field("subject", signal.subject)
            .field("title", signal.subject_title)
            .field("period", signal.period)
            .field("observed", signal.observed)
            .field("expected", signal.expected)
            .field("threshold", signal.threshold)
            .field("grade", model::grade_names[static_cast<std::size_t>(signal.grade)])
            .field("sentence", signal_words(of, signal))
            .end_object();
    json.end_array().end_object();
    fmt::print("{}\n", json.text());
}

/// The series of the first signal; of a quiet watch that of its first unit. err   Data: no-series
Result<void> write_plot(const Watched& of, const std::string& path) {
    const auto& signals = of.found.finding.signals;
    const model::JudgedSeries* series = signals.empty() ? nullptr : series_of(of.found, signals.front().subject);
    if (!series && !of.found.series.empty()) series = &of.found.series.front();
    if (!series) return fail(Fault::Data, "no-series", {path}, "there is no series to draw", "leave --out out");
    std::vector<std::string> alarms;
    for (std::size_t i = 0; i < series->alarm.size(); ++i) {
        if (series->alarm[i]) alarms.push_back(period_label(series->first_period + static_cast<int>(i), series->kind));
    }
    return write_text(path,
                      brief::strip_file({series->title + ", " + of.watch.words, series->kind, series->first_period,
                                         series->observed, series->expected, series->threshold},
                                        alarms));
}

bool has_grade(const model::WatchFinding& finding, const std::string& grade) {
    const auto least = std::ranges::find(model::grade_names, grade) - std::begin(model::grade_names);
    return std::ranges::any_of(finding.signals,
                               [&](const model::Signal& one) { return static_cast<int>(one.grade) >= least; });
}

/// Card, watch and words as files of a folder of packs.
Result<void> write_packs(const std::string& folder, const pack::SourceCard& card, const draft::OwnWatch& watch,
                         const OwnOptions& own) {
    const auto name = [&](std::string_view below) { return fmt::format("{}/{}/{}.toml", folder, below, card.id); };
    TRY(write_new(name("sources"), draft::card_text(card, "Drafted by icosa watch from " + card.title + "."), own));
    TRY(write_new(name("areas"), draft::watch_text(watch), own));
    return write_new(name("measures"), draft::words_text(watch), own);
}

Result<int> watch_file(Common common, const WatchOptions& options) {
    TRY(check_as_of(options.as_of));
    app::PackPlaces places = pack_places(common);
    const app::Packs shipped = TRY(app::good_packs(places));
    const draft::Asked asked = TRY(asked_of(options.own));
    const draft::Guess guess = TRY(draft::guess(options.own.file, asked, shipped.places));
    const pack::SourceCard card =
        draft::card_of(guess, options.incomplete ? draft::Silence::Unknown : draft::Silence::Zero);
    const draft::OwnWatch watch = draft::watch_of(guess, card);
    const OwnFolder folder = options.save.empty() ? TRY(OwnFolder::temporary()) : OwnFolder::kept(options.save);
    TRY(write_packs(folder.path(), card, watch, options.own));
    places.added.push_back(folder.path());
    const app::Packs packs = TRY(app::good_packs(places));
    common.db = options.db.empty() ? ":memory:" : options.db;
    const auto store = TRY(store::open_duckdb(common.db, store::Access::ReadWrite, common.threads));
    TRY(harmonise::refresh_dimension(*store, packs.books(), packs.digest));
    const store::Receipt receipt = TRY(ingest_own(*store, options.own.file, *packs.find_card(card.id), common.threads));
    if (const auto unread = receipt.rejected + draft::rows_without_figure(guess); unread > 0 && card.coverage.complete)
        return fail(Fault::Data, "unread-rows", {options.own.file},
                    fmt::format("{} row{} cannot be read whole, and {} times would read as zero", unread,
                                unread == 1 ? "" : "s", unread == 1 ? "its" : "their"),
                    fmt::format("mend them (`icosa card {}` shows which), or say --incomplete", options.own.file));
    const OwnFinding found = TRY(run_own(*store, packs, watch.id, options.as_of, common));
    const Watched all{guess, card, watch, receipt, found, packs};
    if (common.json) print_watched_json(all);
    else print_watched(all);
    if (!options.out.empty()) {
        TRY(write_plot(all, options.out));
        if (!common.json) fmt::print("\nPlot: {}\n", options.out);
    }
    if (!options.save.empty() && !common.json)
        fmt::print("\nKept in {0}: go on with\n  {1} ingest {2} --add {0}\n  {1} run --add {0}\n",
                   shell_word(options.save), program_name(), shell_word(options.own.file));
    return !options.fail_on.empty() && has_grade(found.finding, options.fail_on) ? exit_findings : exit_clean;
}

}  // namespace

Command watch_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<WatchOptions>();
    std::vector<Option> rows = own_options(options->own);
    for (Option one :
         {option("--incomplete", &options->incomplete, "a time without a row is not known, not zero"),
          as_of_option(&options->as_of),
          option("--db", &options->db, "a database to ingest into; else one that goes with the command").as("FILE"),
          option("--save", &options->save, "keep card and watch here, for --add").as("DIR"),
          option("--fail-on", &options->fail_on, "exit with 1 if a signal of this grade or a higher one is found")
              .one_of({"note", "watch", "warning"}),
          option("--out", &options->out, "draw the series of the first signal").as("FILE.svg").written(),
          json_option(*common), packs_option(*common), add_option(*common), framework_option(*common),
          threads_option(*common)})
        rows.push_back(std::move(one));
    return {
        .name = "watch",
        .summary = "Watch a file of your own by one command: card, ingest, a method by period and history, signals",
        .options = std::move(rows),
        .examples = {"icosa watch incidents.csv --date date --place lieu --count nombre",
                     "icosa watch cases.csv --date week --place region --count cases --save own-packs --out cases.svg",
                     "icosa watch prix.csv --date mois --place marché --value prix --fail-on watch"},
        .exits = {{exit_findings, "a signal of the grade of --fail-on, or of a higher one"},
                  {exit_packs},
                  {exit_data, "the file has no table or no days"},
                  {exit_store}},
        .run = [=] { return watch_file(*common, *options); },
    };
}

}  // namespace icosa::cli
