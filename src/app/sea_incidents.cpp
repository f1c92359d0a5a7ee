/// Reports come from the store by position and day; matching joins them.
#include "app/sea_incidents.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "harmonise/coverage.hpp"
#include "model/position_key.hpp"

namespace icosa::app {
namespace {

namespace matching = methods::matching;

constexpr std::size_t most_sources = 32;  // bits of SeaIncident::sources

/// All reports of a source with a position, by position and day.
model::Select daily_positions(const std::string& source, const std::string& kind, Day since) {
    model::Select out;
    out.sources = {source};
    if (!kind.empty()) out.kinds = {kind};
    out.unit = model::Unit::PlacePosition;
    out.period = PeriodKind::Day;
    out.since = since;
    return out;
}

/// The numbers of kinds as matching takes them, and what they have in common.
struct KindTable {
    std::map<std::string, std::int32_t> numbers;
    std::vector<matching::Categories> categories;

    std::int32_t number(const std::string& category, const pack::Taxonomy* taxonomy,
                        std::map<std::string, std::int32_t>& broader) {
        const auto [found, is_new] = numbers.emplace(category, static_cast<std::int32_t>(numbers.size()));
        if (!is_new) return found->second;
        matching::Categories& levels = categories.emplace_back();
        const auto number_of = [&](const std::string& text) {
            return broader.emplace(text, static_cast<std::int32_t>(broader.size())).first->second;
        };
        levels.push_back(number_of("0/" + category));
        if (taxonomy) {
            const auto one = taxonomy->categories.find(category);
            for (std::size_t i = 1; i < taxonomy->levels.size(); ++i)
                levels.push_back(number_of(one == taxonomy->categories.end()
                                               ? fmt::format("none/{}", category)
                                               : fmt::format("{}/{}", i, one->second[i - 1])));
        }
        return found->second;
    }
};

matching::Event event_of(methods::GlobePoint at, Day day, std::int32_t kind) {
    return {at.latitude_deg, at.longitude_deg, day, day, kind};
}

/// The category under which an incident is compared: that of its first report that counts, else of its first.
const std::string& category_of(const SeaIncidents& of, const SeaIncident& incident) {
    for (const auto& [source, report] : incident.behind) {
        const SeaReport& one = of.sources[source].reports[report];
        if (one.counts) return one.category;
    }
    const auto& [source, report] = incident.behind.front();
    return of.sources[source].reports[report].category;
}

/// Joins the reports of source `s` to the incidents of those before.
Result<void> join_source(SeaIncidents& out, std::size_t s, const pack::Taxonomy* taxonomy, matching::Reach reach,
                         int threads) {
    KindTable kinds_a, kinds_b;
    std::map<std::string, std::int32_t> broader;
    std::vector<matching::Event> a, b;
    const std::string any;
    for (const SeaIncident& one : out.incidents)
        a.push_back(
            event_of(one.at, one.day, kinds_a.number(taxonomy ? category_of(out, one) : any, taxonomy, broader)));
    for (const SeaReport& one : out.sources[s].reports)
        b.push_back(event_of(one.at, one.day, kinds_b.number(taxonomy ? one.category : any, taxonomy, broader)));
    matching::Matching found;
    if (!a.empty() && !b.empty()) {
        const std::vector<std::int32_t> levels = {taxonomy ? static_cast<std::int32_t>(taxonomy->levels.size()) : 1};
        const matching::Agreement agreement(levels, kinds_a.categories, kinds_b.categories);
        found = TRY(matching::match_events(a, b, agreement, reach, threads));
    }
    std::vector<bool> is_joined(b.size(), false);
    const auto bit = std::uint32_t{1} << s;
    for (const matching::Pair& pair : found.pairs) {
        SeaIncident& incident = out.incidents[static_cast<std::size_t>(pair.a)];
        const auto number = static_cast<std::size_t>(pair.b);
        const SeaReport& report = out.sources[s].reports[number];
        if (report.counts && !incident.counts) {
            incident.at = report.at;
            incident.day = report.day;
        }
        incident.counts |= report.counts;
        incident.sources |= bit;
        incident.behind.emplace_back(s, number);
        is_joined[number] = true;
    }
    for (std::size_t i = 0; i < b.size(); ++i) {
        const SeaReport& report = out.sources[s].reports[i];
        if (!is_joined[i]) out.incidents.push_back({report.at, report.day, report.counts, bit, {{s, i}}});
    }
    return {};
}

}  // namespace

std::uint32_t SeaIncidents::covering(int first, int last) const {
    std::uint32_t out = 0;
    for (std::size_t s = 0; s < sources.size(); ++s) {
        bool has_all = true;
        for (int month = first; month <= last && has_all; ++month) has_all = sources[s].months.contains(month);
        if (has_all) out |= std::uint32_t{1} << s;
    }
    return out;
}

std::set<int> whole_months(Day first, Day last) {
    std::set<int> out;
    for (int month = period_of(first, PeriodKind::Month); last_day_of(month, PeriodKind::Month) <= last; ++month) {
        if (first_day_of(month, PeriodKind::Month) >= first) out.insert(month);
    }
    return out;
}

Result<std::optional<SeaReports>> stored_reports(store::Store& store, const Packs& packs, const std::string& source,
                                                 const pack::Coding* coding, const std::string& counted, Day since,
                                                 Day as_of) {
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
        for (const auto& group : TRY(store.aggregate(daily_positions(source, kind, since), source, as_of))) {
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
    out.first = out.is_extract ? earliest : std::max(coverage.first(), since);
    out.last = out.is_extract ? latest : coverage.last();
    out.months = whole_months(out.first, out.last);
    if (!out.is_extract) {
        std::erase_if(out.months, [&](int month) {
            return !coverage.observed("", first_day_of(month, PeriodKind::Month),
                                      last_day_of(month, PeriodKind::Month));
        });
    }
    return std::optional(std::move(out));
}

Result<SeaIncidents> joined_incidents(std::vector<SeaReports> sources, const pack::Taxonomy* taxonomy,
                                      matching::Reach reach, int threads) {
    if (sources.size() > most_sources)
        return fail(Fault::Usage, "too-many-sources", {}, fmt::format("{} sources are too many", sources.size()),
                    fmt::format("name at most {}", most_sources));
    SeaIncidents out;
    out.sources = std::move(sources);
    out.kinds = taxonomy ? fmt::format("kinds by taxonomy '{}'", taxonomy->id) : "kinds not compared";
    for (std::size_t s = 0; s < out.sources.size(); ++s) TRY(join_source(out, s, taxonomy, reach, threads));
    out.counted.assign(out.sources.size(), 0);
    out.matched.assign(out.sources.size(), 0);
    for (const SeaIncident& incident : out.incidents) {
        for (const auto& [source, report] : incident.behind) {
            if (!out.sources[source].reports[report].counts) continue;
            ++out.counted[source];
            if (incident.behind.size() > 1) ++out.matched[source];
        }
    }
    std::ranges::stable_sort(out.incidents, [](const SeaIncident& a, const SeaIncident& b) {
        return std::tie(a.day, a.at.latitude_deg, a.at.longitude_deg, a.sources)
            < std::tie(b.day, b.at.latitude_deg, b.at.longitude_deg, b.sources);
    });
    return out;
}

Result<std::vector<std::vector<std::string>>> lines_behind(store::Store* store, const SeaIncidents& of,
                                                           const std::vector<std::size_t>& incidents, Day as_of) {
    constexpr int most_lines = 20;
    struct Asked {
        std::vector<store::Key> keys;
        std::vector<std::size_t> whose;  ///< index of `incidents`
    };
    std::map<std::pair<std::size_t, std::string>, Asked> questions;  // by source and kind
    std::vector<std::vector<std::string>> out(incidents.size());
    for (std::size_t i = 0; i < incidents.size(); ++i) {
        for (const auto& [source, number] : of.incidents[incidents[i]].behind) {
            const SeaReport& report = of.sources[source].reports[number];
            if (report.unit.empty() || !store) {
                out[i].push_back(fmt::format("{}:{}", of.sources[source].source, report.line));
                continue;
            }
            const int period = period_of(report.day, PeriodKind::Day);
            Asked& one = questions[{source, report.kind}];
            one.keys.push_back({report.unit, period, period});
            one.whose.push_back(i);
        }
    }
    for (const auto& [of_whom, asked] : questions) {
        const std::string& source = of.sources[of_whom.first].source;
        const auto traces = TRY(store->lineage(daily_positions(source, of_whom.second, first_possible_day), source,
                                               as_of, asked.keys, most_lines));
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

}  // namespace icosa::app
