/// Matches, joins, lays out, traces.
#include "harmonise/duplicates.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "base/text.hpp"
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
    std::vector<std::int32_t> point_milli;
    for (const auto& text : coding.points)
        if (const auto number = parse_number(text)) point_milli.push_back(static_cast<std::int32_t>(*number * 1000));
    EventCoder coder(&coding);
    Side out;
    for (const auto& one : points) {
        const bool is_area = !coding.position_column.empty() && one.intensity_milli != model::no_int
            && std::ranges::find(point_milli, one.intensity_milli) == point_milli.end();
        const Report report{one.latitude_microdeg,
                            one.longitude_microdeg,
                            one.first,
                            one.last,
                            one.precision,
                            one.kind,
                            one.code,
                            is_area};
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

std::uint64_t key_of(RowAt row) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(row.file)) << 32
        | static_cast<std::uint32_t>(row.line);
}

/// Nodes joined into trees, none with two of one source.
class Joined {
public:
    std::int32_t add(std::size_t source) {
        parent_.push_back(static_cast<std::int32_t>(parent_.size()));
        sources_.push_back(std::uint64_t{1} << source);
        return parent_.back();
    }
    std::int32_t root(std::int32_t node) {
        for (; parent_[at(node)] != node; node = parent_[at(node)]) parent_[at(node)] = parent_[at(parent_[at(node)])];
        return node;
    }
    bool join(std::int32_t a, std::int32_t b) {
        a = root(a);
        b = root(b);
        if (a == b || (sources_[at(a)] & sources_[at(b)]) != 0) return false;
        parent_[at(b)] = a;
        sources_[at(a)] |= sources_[at(b)];
        return true;
    }
    [[nodiscard]] std::int32_t first_source(std::int32_t root) const { return std::countr_zero(sources_[at(root)]); }

private:
    static std::size_t at(std::int32_t node) { return static_cast<std::size_t>(node); }

    std::vector<std::int32_t> parent_;
    std::vector<std::uint64_t> sources_;  ///< of a root: bits of those in its tree
};

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

/// A pair as it is come by from the row that counts; back: from its b to its a.
struct Step {
    const SamePair* pair = nullptr;
    bool back = false;
};

std::vector<Step> steps_from(RowAt row, std::vector<const SamePair*> pairs) {
    std::vector<Step> out;
    std::vector<RowAt> reached{row};
    const auto has = [&](RowAt one) { return std::ranges::find(reached, one) != reached.end(); };
    while (!pairs.empty()) {
        const auto next = std::ranges::find_if(pairs, [&](const auto* pair) { return has(pair->a) || has(pair->b); });
        if (next == pairs.end()) break;
        const bool back = !has((*next)->a);
        out.push_back({*next, back});
        reached.push_back(back ? (*next)->a : (*next)->b);
        pairs.erase(next);
    }
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
    for (const auto& source : {a, b}) {
        const auto& column = found.front()->find_coding(source)->position_column;
        const auto* card = card_of(books, source);
        if (column.empty() || !card) continue;
        const auto kept = card->map.find("intensity");
        if (kept != card->map.end() && kept->second.parse == pack::Parse::Thousandths
            && kept->second.columns == std::vector<std::string>{column})
            continue;
        return fail(Fault::Pack, "position-not-kept", {},
                    fmt::format("column '{}' says which positions of '{}' are points, and the store does not keep it",
                                column, source),
                    "match its files with `icosa match`, or leave the source out of `from`");
    }
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

CountedOnce::CountedOnce(const SameEvents& same, const std::vector<std::string>& sources)
    : same_(same), node_of_(sources.size()) {
    std::vector<std::optional<std::size_t>> position;
    for (const auto& id : same.sources) {
        const auto found = std::ranges::find(sources, id);
        position.push_back(found == sources.end() ? std::nullopt : std::optional<std::size_t>(found - sources.begin()));
    }
    Joined trees;
    std::vector<std::pair<std::int32_t, std::int32_t>> kept;  // node, pair
    const auto node = [&](std::size_t source, RowAt row) {
        const auto [at, is_new] = node_of_[source].try_emplace(key_of(row), static_cast<std::int32_t>(nodes_.size()));
        // until all are joined, a node's event is its place in the trees
        if (is_new) nodes_.push_back({trees.add(source), static_cast<std::int32_t>(source)});
        return at->second;
    };
    for (std::size_t i = 0; i < same.pairs.size(); ++i) {
        const SamePair& pair = same.pairs[i];
        const auto a = position[static_cast<std::size_t>(pair.source_a)];
        const auto b = position[static_cast<std::size_t>(pair.source_b)];
        if (!a || !b) continue;
        const auto one = node(*a, pair.a);
        if (trees.join(one, node(*b, pair.b))) kept.emplace_back(one, static_cast<std::int32_t>(i));
    }
    std::vector<std::int32_t> event_of(nodes_.size(), -1);
    for (auto& of : nodes_) {
        const auto root = trees.root(of.event);
        auto& event = event_of[static_cast<std::size_t>(root)];
        if (event < 0) {
            event = static_cast<std::int32_t>(events_.size());
            events_.push_back({trees.first_source(root), {}});
        }
        of.event = event;
    }
    for (const auto& [one, pair] : kept)
        events_[static_cast<std::size_t>(nodes_[static_cast<std::size_t>(one)].event)].pairs.push_back(pair);
}

const CountedOnce::Node* CountedOnce::find(std::size_t source, RowAt row) const {
    const auto found = node_of_[source].find(key_of(row));
    return found == node_of_[source].end() ? nullptr : &nodes_[static_cast<std::size_t>(found->second)];
}

bool CountedOnce::counts(std::size_t source, RowAt row) const {
    const Node* of = find(source, row);
    return !of || events_[static_cast<std::size_t>(of->event)].first == of->source;
}

std::vector<const SamePair*> CountedOnce::joined(std::size_t source, RowAt row) const {
    std::vector<const SamePair*> out;
    const Node* of = find(source, row);
    if (!of) return out;
    for (const auto pair : events_[static_cast<std::size_t>(of->event)].pairs)
        out.push_back(&same_.pairs[static_cast<std::size_t>(pair)]);
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

Result<std::vector<MatchedTrace>> lineage_of_matched(store::Store& store, const model::Select& select,
                                                     const SameEvents& same, const std::string& source, Day as_of,
                                                     const std::vector<store::Key>& keys, std::size_t most) {
    std::vector<MatchedTrace> out(keys.size());
    const auto sources = model::sources_in(source);
    const CountedOnce once(same, sources);
    std::map<std::int32_t, model::FileRecord> files;
    for (auto& file : TRY(store.files())) files.emplace(file.id, file);
    const auto line_of = [&](RowAt row) { return model::SourceLine{files[row.file].path, row.line}; };
    std::map<std::string, std::vector<std::size_t>, std::less<>> keys_of;
    std::vector<std::string> units;
    for (std::size_t k = 0; k < keys.size(); ++k) keys_of[keys[k].unit].push_back(k);
    for (const auto& [unit, at] : keys_of) units.push_back(unit);
    for (std::size_t s = 0; s < sources.size(); ++s) {
        const auto counted = TRY(store.counted(select, sources[s], as_of, units));
        for (const auto& row : counted.rows) {
            const RowAt at{row.file, row.line};
            if (!once.counts(s, at)) continue;
            const auto joined = once.joined(s, at);
            for (const std::size_t k : keys_of[counted.units[static_cast<std::size_t>(row.unit)]]) {
                if (row.period < keys[k].first_period || row.period > keys[k].last_period) continue;
                MatchedTrace& trace = out[k];
                ++trace.rows;
                trace.told_by_several += joined.empty() ? 0 : 1;
                if (trace.lines.size() >= most) continue;
                const auto& file = files[row.file];
                MatchedLine line{sources[s], {file.path, file.digest, row.line, row.known_day}, {}};
                for (const Step& step : steps_from(at, joined)) {
                    const SamePair& pair = *step.pair;
                    const auto there = step.back ? pair.source_a : pair.source_b;
                    line.partners.push_back({line_of(step.back ? pair.b : pair.a), line_of(step.back ? pair.a : pair.b),
                                             same.sources[static_cast<std::size_t>(there)], pair.distance_km,
                                             step.back ? -pair.days : pair.days, pair.score});
                }
                trace.lines.push_back(std::move(line));
            }
        }
    }
    return out;
}

std::string told_by_words(std::int64_t events, std::int64_t told_by_several, std::size_t sources) {
    return fmt::format("{} event{}, each counted once: {} told by {}, {} by one source", events, events == 1 ? "" : "s",
                       told_by_several, sources == 2 ? "both sources" : "two or more sources",
                       events - told_by_several);
}

}  // namespace icosa::harmonise
