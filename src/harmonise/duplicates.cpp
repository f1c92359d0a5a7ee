/// Matches and lays out.
#include "harmonise/duplicates.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
#include "harmonise/counted_once.hpp"
#include "harmonise/coverage.hpp"
#include "harmonise/event_coding.hpp"
#include "harmonise/panel.hpp"

namespace icosa::harmonise {
namespace {

namespace matching = methods::matching;
using model::RowAt;
using model::SameEvents;
using model::SamePair;

const pack::SourceCard* card_of(const Books& books, std::string_view id) {
    const auto found = std::ranges::find(books.cards, id, &pack::SourceCard::id);
    return found == books.cards.end() ? nullptr : &*found;
}

/// Events of one source as matching takes them, and the row of each.
struct Side {
    CodedEvents coded;
    std::vector<RowAt> rows;
};

Side coded_side(const std::vector<store::EventPoint>& points, const pack::Coding& coding,
                const model::TermTable& terms) {
    EventCoder coder(&coding);
    Side out;
    for (const auto& one : points) {
        const Report report{
            one.latitude_microdeg, one.longitude_microdeg, one.first, one.last, one.precision, one.kind, one.code,
            one.position_precision};
        if (coder.add(report, terms) == Taken::Yes) out.rows.push_back({one.file, one.line});
    }
    out.coded = coder.take();
    return out;
}

/// Greater = worse, of pairs with one score.
double misfit_of(const SamePair& pair, const model::MatchedWithin& within) {
    const double km = within.km > 0 ? pair.distance_km / within.km : 0;
    const double days = within.days > 0 ? static_cast<double>(pair.days) / within.days : 0;
    return km * km + days * days;
}

/// The best first; of equal ones that of the earlier sources, then that of the earlier event.
void put_in_order(std::vector<SamePair>& pairs, const model::MatchedWithin& within) {
    std::ranges::stable_sort(pairs, [&](const SamePair& a, const SamePair& b) {
        const double misfit_a = misfit_of(a, within), misfit_b = misfit_of(b, within);
        return std::tuple(-a.score, misfit_a, a.source_a, a.source_b)
            < std::tuple(-b.score, misfit_b, b.source_a, b.source_b);
    });
}

/// A source of a Select, read once for all panels that it is in.
struct Member {
    std::string id;
    store::CountedRows rows;
    CompleteCoverage coverage;
    int lag_days = 0;
    bool pseudo_real_time = false;
};

/// Groups of what counts, within the periods that all cover.
std::vector<store::Group> groups_of(const std::vector<const Member*>& members, const CountedOnce& once, int first,
                                    int last) {
    std::vector<std::string> units;
    for (const Member* one : members) units.insert(units.end(), one->rows.units.begin(), one->rows.units.end());
    std::ranges::sort(units);
    units.erase(std::unique(units.begin(), units.end()), units.end());
    struct Part {
        std::int32_t unit, period;
        std::int64_t amount, total;
    };
    std::vector<Part> parts;
    for (std::size_t s = 0; s < members.size(); ++s) {
        const auto& of = members[s]->rows;
        std::vector<std::int32_t> number;
        for (const auto& unit : of.units)
            number.push_back(static_cast<std::int32_t>(std::ranges::lower_bound(units, unit) - units.begin()));
        for (const auto& row : of.rows) {
            if (row.period < first || row.period > last || !once.counts(s, {row.file, row.line})) continue;
            parts.push_back(
                {number[static_cast<std::size_t>(row.unit)], row.period, row.amount_milli, row.total_milli});
        }
    }
    std::ranges::sort(parts, {}, [](const Part& one) { return std::pair(one.unit, one.period); });
    std::vector<store::Group> out;
    std::int32_t unit = -1;
    for (const Part& one : parts) {
        if (one.unit != unit || out.back().period != one.period)
            out.push_back({units[static_cast<std::size_t>(one.unit)], one.period, 0, 0, 0});
        unit = one.unit;
        out.back().rows += 1;
        out.back().sum_milli += one.amount;
        out.back().total_milli += one.total;
    }
    return out;
}

model::Panel panel_of_members(const model::Select& select, const std::vector<const Member*>& members,
                              const SameEvents& same, Day as_of) {
    std::vector<std::string> ids;
    for (const Member* one : members) ids.push_back(one->id);
    const CountedOnce once(same, ids);
    CompleteCoverage coverage = members.front()->coverage;
    int lag_days = 0;
    bool pseudo = false;
    for (const Member* one : members) {
        if (one != members.front()) coverage = CompleteCoverage::of_both(coverage, one->coverage);
        lag_days = std::max(lag_days, one->lag_days);
        pseudo |= one->pseudo_real_time;
    }
    int first = std::numeric_limits<int>::min(), last = std::numeric_limits<int>::max();
    if (members.front()->coverage.any()) {
        if (!coverage.any()) return {};  // they were never there at one time
        first = period_of(coverage.first(), select.period);
        last = period_of(coverage.last(), select.period);
    }
    model::Panel out = panel_of_groups(select, join(ids, "+"), groups_of(members, once, first, last), coverage, as_of,
                                       as_of - lag_days);
    out.pseudo_real_time = pseudo;
    return out;
}

/// Index sets of two and more of n, the largest first, then by order.
std::vector<std::vector<std::size_t>> sets_of(std::size_t n) {
    std::vector<std::vector<std::size_t>> out;
    for (std::uint32_t bits = 1; bits < (1u << n); ++bits) {
        if (std::popcount(bits) < 2) continue;
        auto& one = out.emplace_back();
        for (std::size_t i = 0; i < n; ++i)
            if (bits & (1u << i)) one.push_back(i);
    }
    std::ranges::sort(out,
                      [](const auto& a, const auto& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    return out;
}

}  // namespace

model::Select what_is_matched(const model::Select& select) {
    model::Select out = select;
    out.places.clear();
    out.either_actor = false;
    out.since = first_possible_day;
    out.within.clear();
    out.measure.clear();
    out.unit = model::Unit::World;
    out.period = PeriodKind::Year;
    out.quantity = model::Quantity::Count;
    return out;
}

Result<const pack::Taxonomy*> taxonomy_of_both(const Books& books, const std::string& taxonomy, const std::string& a,
                                               const std::string& b) {
    auto found = taxonomies_of_both(books.taxonomies, a, b);
    if (!taxonomy.empty()) std::erase_if(found, [&](const auto* one) { return one->id != taxonomy; });
    if (found.empty())
        return fail(Fault::Pack, "no-taxonomy", {},
                    fmt::format("no taxonomy{} says how the kinds of '{}' and '{}' correspond",
                                taxonomy.empty() ? "" : fmt::format(" '{}'", taxonomy), a, b),
                    "add a [[taxonomy.coding]] for both (docs/matching.md)");
    if (found.size() > 1)
        return fail(Fault::Pack, "which-taxonomy", {},
                    fmt::format("'{}' and '{}' code both '{}' and '{}'", found[0]->id, found[1]->id, a, b),
                    "name one: matched = { taxonomy = \"...\" }");
    return found.front();
}

Result<SameEvents> same_events(store::Store& store, const Books& books, const model::Select& matched, Day as_of) {
    SameEvents out{matched.sources, {}};
    const model::MatchedWithin within = matched.matched.value_or(model::MatchedWithin{});
    std::vector<std::vector<store::EventPoint>> points;
    for (const auto& source : matched.sources) points.push_back(TRY(store.points(matched, source, as_of)));
    for (std::size_t a = 0; a < points.size(); ++a) {
        for (std::size_t b = a + 1; b < points.size(); ++b) {
            if (points[a].empty() || points[b].empty()) continue;
            const auto& source_a = matched.sources[a];
            const auto& source_b = matched.sources[b];
            const auto* taxonomy = TRY(taxonomy_of_both(books, within.taxonomy, source_a, source_b));
            const Side of_a = coded_side(points[a], *taxonomy->find_coding(source_a), store.terms());
            const Side of_b = coded_side(points[b], *taxonomy->find_coding(source_b), store.terms());
            const auto found = TRY(matching::match_events(of_a.coded.events, of_b.coded.events,
                                                          agreement_by(*taxonomy, of_a.coded.kinds, of_b.coded.kinds),
                                                          {within.km, within.days}, 1));
            for (const auto& pair : found.pairs)
                out.pairs.push_back({static_cast<std::int32_t>(a), static_cast<std::int32_t>(b),
                                     of_a.rows[static_cast<std::size_t>(pair.a)],
                                     of_b.rows[static_cast<std::size_t>(pair.b)], pair.distance_km, pair.days,
                                     pair.score});
        }
    }
    put_in_order(out.pairs, within);
    return out;
}

Result<std::vector<model::Panel>> panels_of_matched(store::Store& store, const Books& books,
                                                    const model::Select& select, const SameEvents& same, Day as_of) {
    std::vector<Member> members;
    for (const auto& id : select.sources) {
        const auto* card = card_of(books, id);
        const int lag_days = card ? card->publication_lag_days : 0;
        auto rows = TRY(store.counted(select, id, as_of, {}));
        CompleteCoverage coverage(TRY(store.coverage(id, as_of)), select.kinds, books.places, as_of, lag_days);
        if (rows.rows.empty() && !coverage.any()) continue;
        members.push_back(
            {id, std::move(rows), std::move(coverage), lag_days, TRY(store.is_pseudo_real_time(id, as_of))});
    }
    // a part of the events beside all of them is neither all of both nor a part of both
    const bool any_complete = std::ranges::any_of(members, [](const Member& one) { return one.coverage.any(); });
    if (any_complete) std::erase_if(members, [](const Member& one) { return !one.coverage.any(); });
    std::vector<model::Panel> out;
    if (members.size() < 2) return out;
    for (const auto& set : sets_of(members.size())) {
        std::vector<const Member*> chosen;
        for (const std::size_t i : set) chosen.push_back(&members[i]);
        model::Panel panel = panel_of_members(select, chosen, same, as_of);
        if (!panel.units.empty()) out.push_back(std::move(panel));
    }
    return out;
}

}  // namespace icosa::harmonise
