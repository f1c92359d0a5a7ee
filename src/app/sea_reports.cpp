/// Asked of the store by position and day.
#include "app/sea_reports.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "harmonise/coverage.hpp"
#include "model/position_key.hpp"

namespace icosa::app {

using respond::SeaIncidents;
using respond::SeaReport;
using respond::SeaReports;
using respond::ShipsSeen;

namespace {

constexpr std::string_view transits_measure = "transits";

/// All reports of a source with a position, by position and day.
model::Select daily_positions(const std::string& source, const std::string& kind) {
    model::Select out;
    out.sources = {source};
    if (!kind.empty()) out.kinds = {kind};
    out.unit = model::Unit::PlacePosition;
    out.period = PeriodKind::Day;
    return out;
}

/// What is asked of one source and kind.
struct LineQuestion {
    std::vector<store::Key> keys;
    std::vector<std::size_t> whose;  ///< number of the incident asked about
};

}  // namespace

Result<std::optional<SeaReports>> stored_reports(store::Store& store, const Packs& packs, const std::string& source,
                                                 const pack::Coding* coding, const std::string& counted, Day as_of) {
    const pack::SourceCard* card = packs.find_card(source);
    SeaReports out;
    out.source = source;
    if (card) {
        out.title = card->title;
        out.attribution = card->attribution;
        out.exportable = card->exportable;
    }
    std::vector<std::string> kinds = {counted};
    for (const auto& [kind, category] : coding ? coding->codes : std::map<std::string, std::string>{}) {
        if (kind != counted) kinds.push_back(kind);
    }
    Day earliest = last_possible_day, latest = first_possible_day;
    for (const auto& kind : kinds) {
        const std::string* category = coding ? pack::look_up(coding->codes, kind) : nullptr;
        for (const auto& group : TRY(store.aggregate(daily_positions(source, kind), source, as_of))) {
            const auto at = model::position_of(group.unit);
            if (!at) continue;
            const Day day = first_day_of(group.period, PeriodKind::Day);
            earliest = std::min(earliest, day);
            latest = std::max(latest, day);
            for (std::int64_t row = 0; row < group.rows; ++row)
                out.reports.push_back({{at->latitude_deg, at->longitude_deg},
                                       day,
                                       category ? *category : kind,
                                       kind == counted,
                                       group.unit,
                                       kind,
                                       0});
        }
    }
    if (out.reports.empty()) return std::optional<SeaReports>();
    const harmonise::CompleteCoverage coverage(TRY(store.coverage(source, as_of)), {counted}, packs.places, as_of,
                                               card ? card->publication_lag_days : 0);
    out.is_extract = !coverage.any();
    out.first = out.is_extract ? earliest : coverage.first();
    out.last = out.is_extract ? latest : coverage.last();
    out.months = respond::whole_months(out.first, out.last);
    if (!out.is_extract) {
        std::erase_if(out.months, [&](int month) {
            return !coverage.observed("", first_day_of(month, PeriodKind::Month),
                                      last_day_of(month, PeriodKind::Month));
        });
    }
    return std::optional(std::move(out));
}

Result<std::vector<std::vector<std::string>>> lines_behind(store::Store* store, const SeaIncidents& of,
                                                           const std::vector<std::size_t>& incidents, Day as_of) {
    constexpr int most_lines = 20;
    std::map<std::pair<std::size_t, std::string>, LineQuestion> questions;  // by source and kind
    std::vector<std::vector<std::string>> out(incidents.size());
    for (std::size_t i = 0; i < incidents.size(); ++i) {
        for (const auto& [source, number] : of.incidents[incidents[i]].behind) {
            const SeaReport& report = of.sources[source].reports[number];
            if (report.unit.empty() || !store) {
                out[i].push_back(fmt::format("{}:{}", of.sources[source].source, report.line));
                continue;
            }
            const int period = period_of(report.day, PeriodKind::Day);
            LineQuestion& one = questions[{source, report.kind}];
            one.keys.push_back({report.unit, period, period});
            one.whose.push_back(i);
        }
    }
    for (const auto& [of_whom, asked] : questions) {
        const std::string& source = of.sources[of_whom.first].source;
        const auto traces =
            TRY(store->lineage(daily_positions(source, of_whom.second), source, as_of, asked.keys, most_lines));
        for (std::size_t k = 0; k < traces.size(); ++k)
            for (const auto& line : traces[k].lines)
                out[asked.whose[k]].push_back(fmt::format("{}:{}", line.file, line.line));
    }
    for (auto& lines : out) {
        std::ranges::sort(lines);
        lines.erase(std::ranges::unique(lines).begin(), lines.end());
    }
    return out;
}

Result<ShipsSeen> ships_seen(store::Store& store, const Packs& packs, const std::vector<std::string>& places,
                             Day as_of) {
    ShipsSeen out;
    model::Select select;
    select.records = model::RecordKind::Observation;
    select.measure = transits_measure;
    select.places = places;
    select.period = PeriodKind::Day;
    select.quantity = model::Quantity::Mean;
    for (const pack::SourceCard& card : packs.cards) {
        const bool gives =
            std::ranges::any_of(card.measures, [](const auto& one) { return one.id == transits_measure; });
        if (!gives) continue;
        select.sources = {card.id};
        for (const auto& value : TRY(store.scan(select, card.id, as_of))) {
            out.by_place[value.unit][first_day_of(value.period, PeriodKind::Day).value] = value.value;
            out.source = card.id;
        }
    }
    return out;
}

}  // namespace icosa::app
