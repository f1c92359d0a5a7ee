/// Puts the rows and lines behind what was found.
#include <algorithm>

#include "harmonise/duplicates.hpp"
#include "harmonise/evidence.hpp"
#include "harmonise/lateness.hpp"
#include "harmonise/matched_lines.hpp"

namespace icosa::harmonise {
namespace {

/// What the rows behind are asked for, and where they are put.
struct Sought {
    std::vector<store::Key> keys;
    std::vector<model::Lineage*> lineages;
    std::vector<Counted> counted;
};

Sought sought_by(model::WatchFinding& finding, PeriodKind kind) {
    Sought out;
    for (model::Signal& signal : finding.signals) {
        if (signal.lineage.rows > 0) continue;
        const auto period = parse_period(signal.period, kind);
        if (!period) continue;
        for (const std::string& unit : signal.behind) {
            out.keys.push_back({unit, *period - signal.periods + 1, *period});
            out.lineages.push_back(&signal.lineage);
        }
        if (!signal.behind.empty()) continue;
        out.keys.push_back({signal.subject, *period - signal.periods + 1, *period});
        out.lineages.push_back(&signal.lineage);
        out.counted.push_back({&signal, out.keys.back()});
    }
    for (model::Forecast& forecast : finding.forecasts) {  // the whole history of its subject
        const auto origin = parse_period(forecast.origin, kind);
        if (forecast.lineage.rows > 0 || !origin) continue;
        out.keys.push_back({forecast.subject, *origin - forecast.history + 1, *origin});
        out.lineages.push_back(&forecast.lineage);
    }
    return out;
}

constexpr int lines_traced = 3;

/// Late rows are told source by source: an edition is of one.
Result<void> tell_late_of_each(store::Store& store, const Books& books, const model::Select& select,
                               const std::vector<std::string>& sources, Day as_of,
                               const std::vector<Counted>& counted) {
    for (const auto& source : sources) {
        const auto card = std::ranges::find(books.cards, source, &pack::SourceCard::id);
        if (card == books.cards.end()) continue;
        std::vector<std::size_t> had;
        for (const Counted& one : counted) had.push_back(one.signal->caveats.size());
        TRY(tell_late(store, select, *card, as_of, counted));
        for (std::size_t i = 0; i < counted.size() && sources.size() > 1; ++i) {
            auto& caveats = counted[i].signal->caveats;
            for (std::size_t c = had[i]; c < caveats.size(); ++c) caveats[c] = source + ": " + caveats[c];
        }
    }
    return {};
}

/// Of events that were counted once: also the lines that tell of them and are not counted.
Result<void> trace_matched(store::Store& store, const model::Evidence& evidence, const model::Select& select,
                           const Sought& sought, model::WatchFinding& finding) {
    const auto same = evidence.same_events.find(what_is_matched(select));
    if (same == evidence.same_events.end()) return {};
    const auto traces = TRY(
        lineage_of_matched(store, select, *same->second, finding.source, evidence.as_of, sought.keys, lines_traced));
    const auto sources = model::sources_in(finding.source);
    for (std::size_t i = 0; i < traces.size(); ++i) {
        model::Lineage& lineage = *sought.lineages[i];
        lineage.rows += traces[i].rows;
        lineage.told_by_several += traces[i].told_by_several;
        lineage.sources = sources;
        for (const MatchedLine& line : traces[i].lines) {
            lineage.files.push_back({line.at.file, line.at.line});
            lineage.partners.insert(lineage.partners.end(), line.partners.begin(), line.partners.end());
        }
    }
    for (model::Signal& signal : finding.signals) {
        if (signal.lineage.sources == sources && signal.lineage.rows > 0)
            signal.caveats.push_back(
                told_by_words(signal.lineage.rows, signal.lineage.told_by_several, sources.size()));
    }
    return {};
}

}  // namespace

Result<void> trace(store::Store& store, const Books& books, const model::Evidence& evidence,
                   const model::Select& select, model::WatchFinding& finding) {
    const Sought sought = sought_by(finding, select.period);
    if (sought.keys.empty() || finding.source.empty()) return {};
    const Day as_of = evidence.as_of;
    const model::Select had = as_source_has_it(select, finding.source, books);
    const auto sources = model::sources_in(finding.source);
    if (sources.size() > 1) {
        TRY(trace_matched(store, evidence, select, sought, finding));
    } else {
        const auto traces = TRY(store.lineage(had, finding.source, as_of, sought.keys, lines_traced));
        for (std::size_t i = 0; i < traces.size() && i < sought.lineages.size(); ++i) {
            model::Lineage& lineage = *sought.lineages[i];
            lineage.rows += traces[i].rows;
            lineage.sources = {finding.source};
            for (const auto& line : traces[i].lines) lineage.files.push_back({line.file, line.line});
        }
    }
    return tell_late_of_each(store, books, had, sources, as_of, sought.counted);
}

}  // namespace icosa::harmonise
