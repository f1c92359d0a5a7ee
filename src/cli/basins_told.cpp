/// Sentences and tables of basins.
#include "cli/basins_told.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"

namespace icosa::cli {
namespace {

using app::BasinEvent;
using app::BasinFacts;
using app::Provision;

std::string names_of(const pack::PlaceBook& places, const std::vector<std::string>& ids) {
    std::vector<std::string> out;
    for (const auto& id : ids) out.push_back(places.title_of(id));
    return join(out, ", ");
}

std::string day_text(Day day) { return day == no_day ? "–" : iso(day); }

std::string percent(std::int64_t part, std::size_t all) {
    return all == 0 ? "–" : number_text(100 * share_of(part, all), 0) + " %";
}

bool is_bare(const BasinFacts& basin) { return basin.events.empty() && basin.agreements.empty(); }

/// "ON-?": a letter a provision that some agreement of the basin has, "-" where none does, "?" where of some the source
/// does not say.
std::string provision_letters(const BasinFacts& basin) {
    constexpr std::string_view letters = "ONSM";
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) switch (basin.provided(static_cast<Provision>(i))) {
            case app::Provided::Yes: out += letters[i]; break;
            case app::Provided::No: out += '-'; break;
            case app::Provided::NotKnown: out += basin.agreements.empty() ? '-' : '?'; break;
        }
    return out;
}

std::string party_text(const app::BasinConvention& one) {
    return one.is_complete ? fmt::format("{}/{}", one.split.in.size(), one.split.size()) : "?";
}

std::string known_text(const BasinsTold& of) {
    const app::BasinsKnown& known = of.known;
    std::string out = known.events_last == no_day
        ? "Events: none in the store. "
        : fmt::format("Events known from {} through {}. ", iso(known.events_first), iso(known.events_last));
    out += known.agreements_last == no_day
        ? "Agreements: none in the store.\n"
        : fmt::format(
              "Agreements known through {}: later ones, and whether one is still in force, are not in the "
              "list.\n",
              iso(known.agreements_last));
    if (known.without_number > 0)
        out += fmt::format("{} rows do not say of which event they are, each counts as one: ingest the file anew.\n",
                           known.without_number);
    return out;
}

/// "S" of the pairs of an event, by their states.
std::string pairs_text(const BasinsTold& of, const BasinEvent& event) {
    std::vector<std::string> ids;
    for (const auto& [a, b] : event.pairs) {
        for (const auto& id : {a, b})
            if (!id.empty() && std::ranges::find(ids, id) == ids.end()) ids.push_back(id);
    }
    std::ranges::sort(ids);
    return ids.empty() ? "no state named" : names_of(of.places, ids);
}

std::string level_text(int level) { return fmt::format("{}{}", level > 0 ? "+" : "", level); }

void add_levels(std::string& out, const BasinFacts& basin) {
    std::int64_t without = 0, differ = 0;
    for (const auto& one : basin.events) {
        without += one.level ? 0 : 1;
        differ += one.levels_differ ? 1 : 0;
    }
    for (int level = app::bar_least; level <= app::bar_most; ++level) {
        const auto n = basin.count(level, level);
        if (n > 0) out += fmt::format("  {:>3}  {:>5}  {}\n", level_text(level), n, app::bar_words(level));
    }
    if (without > 0) out += fmt::format("    –  {:>5}  not placed on the scale\n", without);
    if (differ > 0)
        out += fmt::format("  ({} event{} whose pairs stand on several levels: the commonest counts)\n", differ,
                           differ == 1 ? "" : "s");
}

void add_agreements(std::string& out, const BasinsTold& of, const BasinFacts& basin) {
    constexpr std::size_t most_told = 5;
    out += fmt::format("\nAgreements on the basin: {}\n", basin.agreements.size());
    for (std::size_t i = 0; i < app::provision_names.size() && !basin.agreements.empty(); ++i) {
        const auto what = static_cast<Provision>(i);
        std::int64_t yes = 0, not_known = 0;
        Day newest = no_day;
        for (const auto& one : basin.agreements) {
            if (one.provides_any({what})) {
                ++yes;
                newest = one.signed_on;
            } else if (one.provides[i] == app::Provided::NotKnown) {
                ++not_known;
            }
        }
        out += fmt::format("  {:<13}{} provide it{}{}\n", app::provision_names[i], yes,
                           yes == 0 ? "" : ", the newest of " + day_text(newest),
                           not_known == 0 ? "" : fmt::format("; of {} the source does not say", not_known));
    }
    for (std::size_t i = 0; i < std::min(most_told, basin.agreements.size()); ++i) {
        const auto& one = basin.agreements[basin.agreements.size() - 1 - i];
        out += fmt::format("  {}  {} ({})\n", iso(one.signed_on), one.title.empty() ? "agreement " + one.id : one.title,
                           names_of(of.places, {one.signatories.begin(), one.signatories.end()}));
    }
    if (basin.agreements.size() > most_told)
        out += fmt::format("  and {} older\n", basin.agreements.size() - most_told);
}

void add_conventions(std::string& out, const BasinsTold& of, const BasinFacts& basin) {
    out += "\nGlobal conventions\n";
    for (const auto& one : basin.conventions) {
        out += fmt::format("  {} (as at {}): ", one.instrument->short_title, iso(one.as_at));
        if (!one.is_complete && one.split.in.empty()) {
            out += "which riparians are party is not known\n";
            continue;
        }
        out += fmt::format("party {}; ", one.split.in.empty() ? "no riparian" : names_of(of.places, one.split.in));
        out += !one.is_complete     ? "of the others it is not known\n"
            : one.split.out.empty() ? "not party none\n"
                                    : fmt::format("not party {}\n", names_of(of.places, one.split.out));
    }
}

}  // namespace

double share_of(std::int64_t part, std::size_t all) {
    return all == 0 ? nan_value : static_cast<double>(part) / static_cast<double>(all);
}

Day newest_event(const BasinFacts& basin) { return basin.events.empty() ? no_day : basin.events.back().day; }

std::vector<BasinDecade> decades_of(const BasinFacts& basin) {
    std::vector<BasinDecade> out;
    for (const auto& one : basin.events) {
        constexpr int decade = 10;
        const int year = civil_of(one.day).year, first = year - ((year % decade) + decade) % decade;
        if (out.empty() || out.back().first_year != first) out.push_back({first});
        ++out.back().events;
        if (one.level && *one.level < 0) ++out.back().conflictive;
        if (one.level && *one.level > 0) ++out.back().cooperative;
    }
    return out;
}

std::string basins_text(const BasinsTold& of) {
    std::string out = fmt::format("As of {}. {}", iso(of.as_of), known_text(of));
    out +=
        "Provided by some agreement: O organisation, N prior notice, S settlement, M monitoring. Party: riparians "
        "in the\nconventions of 1997 and 1992.\n\n";
    out += fmt::format("{:<28}{:>5}{:>8}{:>10}{:>10}{:>12}  {:<11}{:>6}  {:<5}{:>8}{:>8}{:>8}\n", "basin", "ripa",
                       "events", "conflict", "cooperat", "not covered", "newest", "agree", "prov", "outside", "1997",
                       "1992");
    std::int64_t bare = 0;
    for (const BasinFacts& basin : of.known.basins) {
        if (is_bare(basin)) {
            ++bare;
            continue;
        }
        const auto party = [&](std::string_view id) -> std::string {
            for (const auto& one : basin.conventions)
                if (one.instrument->id == id) return party_text(one);
            return "?";
        };
        std::string name = basin.place->name.en;
        if (name.size() > 27) name = name.substr(0, name.find_first_of("(/", 1));
        if (name.size() > 27) name.resize(27);
        out += fmt::format(
            "{:<28}{:>5}{:>8}{:>10}{:>10}{:>12}  {:<11}{:>6}  {:<5}{:>8}{:>8}{:>8}\n", name, basin.riparians.size(),
            basin.events.size(), percent(basin.conflictive(), basin.events.size()),
            percent(basin.cooperative(), basin.events.size()), basin.conflictive_not_covered(),
            basin.events.empty() ? "" : iso(newest_event(basin)), basin.agreements.size(), provision_letters(basin),
            basin.outside.size(), party("un-watercourses"), party("water-convention"));
    }
    out += fmt::format("\n{} more basins have neither events nor agreements.\n", bare);
    out +=
        "Not covered: conflictive events between states that had by then signed no one agreement on the basin, "
        "themselves\nor by a predecessor. An event counts once, whatever its pairs of states.\n";
    return out;
}

std::string basin_text(const BasinsTold& of, const BasinFacts& basin) {
    std::string out = fmt::format("{}, as of {}\nRiparians: {}\n{}\n", basin.place->name.en, iso(of.as_of),
                                  names_of(of.places, basin.riparians), known_text(of));
    out += fmt::format(
        "Events{}{}: {}, told as {} pairs of states; {} conflictive ({}), {} cooperative ({}); {} "
        "conflictive not covered; newest {}\n",
        of.since == first_possible_day ? "" : " from " + iso(of.since),
        of.until == last_possible_day ? "" : " to " + iso(of.until), basin.events.size(), basin.pair_rows,
        basin.conflictive(), percent(basin.conflictive(), basin.events.size()), basin.cooperative(),
        percent(basin.cooperative(), basin.events.size()), basin.conflictive_not_covered(),
        day_text(newest_event(basin)));
    add_levels(out, basin);
    for (const BasinDecade& one : decades_of(basin))
        out += fmt::format("  {}s: {} events, {} conflictive, {} cooperative\n", one.first_year, one.events,
                           one.conflictive, one.cooperative);
    constexpr std::size_t most_told = 3;
    std::size_t told = 0;
    for (auto one = basin.events.rbegin(); one != basin.events.rend() && told < most_told; ++one) {
        if (!one->level || *one->level >= 0) continue;
        if (told++ == 0) out += "  Newest conflictive events:\n";
        out += fmt::format("    {}  {}  {}{}\n", iso(one->day), level_text(*one->level), pairs_text(of, *one),
                           one->is_covered && !*one->is_covered ? " (not covered)" : "");
    }
    add_agreements(out, of, basin);
    const auto gaps = basin.gaps();
    out += fmt::format("\nGaps: {}\n", gaps.empty() ? "none of those looked for" : join(gaps, "; "));
    if (!basin.outside.empty() && !basin.agreements.empty())
        out += fmt::format("  outside all agreements: {}\n", names_of(of.places, basin.outside));
    if (!basin.by_predecessor.empty())
        out += fmt::format("  only a predecessor signed: {}\n", names_of(of.places, basin.by_predecessor));
    add_conventions(out, of, basin);
    return out;
}

}  // namespace icosa::cli
