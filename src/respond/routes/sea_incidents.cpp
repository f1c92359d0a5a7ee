/// Reports come from the store by position and day; matching joins them.
#include "respond/routes/sea_incidents.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

namespace icosa::respond {
namespace {

namespace matching = methods::matching;

constexpr std::size_t most_sources = 32;  // bits of SeaIncident::sources

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
    out.beside.assign(out.sources.size(), 0);
    out.matched.assign(out.sources.size(), 0);
    const auto another_tells = [&](std::size_t source, Day day) {
        for (std::size_t other = 0; other < out.sources.size(); ++other) {
            const auto& one = out.sources[other];
            if (other != source && one.first <= day && day <= one.last) return true;
        }
        return false;
    };
    for (const SeaIncident& incident : out.incidents) {
        for (const auto& [source, report] : incident.behind) {
            if (!out.sources[source].reports[report].counts) continue;
            ++out.counted[source];
            const bool matched = incident.behind.size() > 1;
            if (matched) ++out.matched[source];
            if (matched || another_tells(source, out.sources[source].reports[report].day)) ++out.beside[source];
        }
    }
    std::ranges::stable_sort(out.incidents, [](const SeaIncident& a, const SeaIncident& b) {
        return std::tie(a.day, a.at.latitude_deg, a.at.longitude_deg, a.sources)
            < std::tie(b.day, b.at.latitude_deg, b.at.longitude_deg, b.sources);
    });
    return out;
}

}  // namespace icosa::respond
