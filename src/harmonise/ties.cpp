/// Fits points, measures distances, counts triangles.
#include "harmonise/ties.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "harmonise/panel.hpp"
#include "methods/relations/dyads.hpp"

namespace icosa::harmonise {
namespace {

constexpr double sign_from = 0.1;  ///< a tie has a sign from this size of its measure on

using Figures = std::map<std::string, std::map<int, PointsByYear::Cell>>;  ///< by unit, then period

model::Panel laid_out(const model::Select& select, const std::string& source, const Figures& figures,
                      Day known_through) {
    model::Panel panel;
    panel.source = source;
    panel.period = select.period;
    int first = std::numeric_limits<int>::max(), last = std::numeric_limits<int>::min();
    for (const auto& [unit, by_period] : figures) {
        if (by_period.empty()) continue;
        first = std::min(first, by_period.begin()->first);
        last = std::max(last, by_period.rbegin()->first);
    }
    last = std::min(last, period_of(known_through, select.period));
    if (first > last) return panel;
    panel.first_period = first;
    panel.periods = last - first + 1;
    int newest = first - 1;
    for (const auto& [unit, by_period] : figures) {
        panel.units.push_back(unit);
        panel.values.resize(panel.values.size() + static_cast<std::size_t>(panel.periods), not_observed);
        panel.rows.resize(panel.values.size(), 0);
        const std::size_t row = panel.values.size() - static_cast<std::size_t>(panel.periods);
        for (const auto& [period, cell] : by_period) {
            if (period > last || last_day_of(period, select.period) > known_through) continue;
            const std::size_t at = row + static_cast<std::size_t>(period - first);
            panel.values[at] = cell.value;
            panel.rows[at] = cell.ballots;
            panel.rows_total += cell.ballots;
            newest = std::max(newest, period);
        }
    }
    panel.observed_through = newest >= first ? last_day_of(newest, select.period) : no_day;
    return panel;
}

methods::Choice choice_of(model::Ballot ballot) {
    return ballot == model::Ballot::Yes ? methods::Choice::Yes
        : ballot == model::Ballot::No   ? methods::Choice::No
                                        : methods::Choice::Abstain;
}

/// The period in which most roll calls of a session were held; the earlier of two.
std::map<int, int> years_of_sessions(const std::vector<store::Ballots::Call>& calls) {
    std::map<int, std::map<int, int>> held;
    for (const auto& call : calls) {
        if (call.session != model::no_int) ++held[call.session][call.period];
    }
    std::map<int, int> out;
    for (const auto& [session, by_period] : held) {
        const auto most = std::max_element(by_period.begin(), by_period.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        out.emplace(session, most->first);
    }
    return out;
}

Result<PointsByYear> fitted(const store::Ballots& ballots) {
    PointsByYear out;
    std::vector<methods::HeldRollCall> held;
    std::vector<std::int32_t> index(ballots.calls.size(), -1);
    for (std::size_t i = 0; i < ballots.calls.size(); ++i) {
        if (ballots.calls[i].session == model::no_int) continue;
        index[i] = static_cast<std::int32_t>(held.size());
        held.push_back({ballots.calls[i].session, static_cast<int>(held.size())});
    }
    std::vector<methods::CastBallot> cast;
    for (const auto& one : ballots.cast) {
        if (const auto call = index[static_cast<std::size_t>(one.call)]; call >= 0)
            cast.push_back({one.voter, call, choice_of(one.ballot)});
    }
    methods::IdealPointOptions options;
    const auto usa = std::lower_bound(ballots.voters.begin(), ballots.voters.end(), "usa");
    if (usa != ballots.voters.end() && *usa == "usa")
        options.positive_voter = static_cast<int>(usa - ballots.voters.begin());
    const auto fit = methods::ideal_points(static_cast<int>(ballots.voters.size()), static_cast<int>(held.size()), held,
                                           cast, options);
    if (!fit) {
        if (fit.error().code == "not-contested") return out;
        return std::unexpected(fit.error());
    }
    const auto years = years_of_sessions(ballots.calls);
    out.places = ballots.voters;
    out.by_year.resize(out.places.size());
    for (const auto& point : fit->points)
        out.by_year[static_cast<std::size_t>(point.voter)][years.at(point.session)] = {point.value, point.ballots};
    return out;
}

bool holds(const std::vector<std::string>& places, const std::string& place) {
    return places.empty() || std::binary_search(places.begin(), places.end(), place);
}

/// The share of balanced triangles of one period's signed pairs "a|b".
PointsByYear::Cell balance_of(const std::map<std::string, PointsByYear::Cell>& pairs) {
    std::set<std::string> names;
    for (const auto& [pair, cell] : pairs) {
        const auto bar = pair.find('|');
        names.insert({pair.substr(0, bar), pair.substr(bar + 1)});
    }
    const std::vector<std::string> nodes(names.begin(), names.end());
    methods::SignedTies ties{nodes.size(), std::vector<std::int8_t>(nodes.size() * nodes.size(), 0)};
    const auto index = [&](const std::string& name) {
        return static_cast<std::size_t>(std::lower_bound(nodes.begin(), nodes.end(), name) - nodes.begin());
    };
    PointsByYear::Cell out;
    for (const auto& [pair, cell] : pairs) {
        out.ballots += cell.ballots;
        if (!(std::fabs(cell.value) >= sign_from)) continue;
        const auto bar = pair.find('|');
        const std::size_t a = index(pair.substr(0, bar)), b = index(pair.substr(bar + 1));
        ties.signs[a * nodes.size() + b] = ties.signs[b * nodes.size() + a] = cell.value > 0 ? 1 : -1;
    }
    out.value = methods::structural_balance(ties, 0).share;
    return out;
}

}  // namespace

bool is_made_of_ties(model::Quantity quantity) {
    return quantity == model::Quantity::IdealPoint || quantity == model::Quantity::IdealDistance
        || quantity == model::Quantity::NetworkBalance;
}

Result<void> Ties::begin(store::Store& store, const model::Select& select, const std::string& source, Day as_of) {
    const bool of_points =
        select.quantity == model::Quantity::IdealPoint || select.quantity == model::Quantity::IdealDistance;
    const Key key{source, select.codes, select.issues, as_of};
    if (!of_points || points_.contains(key)) return {};
    model::Select all = select;  // every place takes part, whoever is asked about
    all.places.clear();
    all.either_actor = false;
    all.unit = model::Unit::Place;
    all.quantity = model::Quantity::IdealPoint;
    auto ballots = TRY(store.ballots(all, source, as_of));
    points_[key] = std::async(std::launch::async, [ballots = std::move(ballots)] { return fitted(ballots); }).share();
    return {};
}

Result<const PointsByYear*> Ties::points(store::Store& store, const model::Select& select, const std::string& source,
                                         Day as_of) {
    TRY(begin(store, select, source, as_of));
    const auto& fit = points_.at({source, select.codes, select.issues, as_of}).get();
    if (!fit) return std::unexpected(fit.error());
    return &*fit;
}

Result<model::Panel> Ties::panel(store::Store& store, const model::Select& select, const std::string& source, Day as_of,
                                 Day known_through) {
    Figures figures;
    if (select.quantity == model::Quantity::NetworkBalance) {
        model::Select pairs = select;
        pairs.unit = model::Unit::Dyad;
        pairs.either_actor = true;
        pairs.quantity = select.records == model::RecordKind::Vote ? model::Quantity::Kappa : model::Quantity::Balance;
        std::map<int, std::map<std::string, PointsByYear::Cell>> by_period;
        for (const auto& group : TRY(store.aggregate(pairs, source, as_of))) {
            const double value = ratio_of(pairs.quantity, group);
            if (!std::isnan(value))
                by_period[group.period][group.unit] = {value,
                                                       static_cast<std::int32_t>(std::min<std::int64_t>(
                                                           group.rows, std::numeric_limits<std::int32_t>::max()))};
        }
        for (const auto& [period, signed_pairs] : by_period) figures["world"][period] = balance_of(signed_pairs);
        return laid_out(select, source, figures, known_through);
    }
    if (select.period != PeriodKind::Year)
        return fail(Fault::Usage, "unanswerable", {}, "ideal points are by session: by year, not by a shorter period",
                    "give period = \"year\"");
    const PointsByYear& points = *TRY(this->points(store, select, source, as_of));
    std::vector<std::size_t> chosen;
    for (std::size_t i = 0; i < points.places.size(); ++i) {
        if (holds(select.places, points.places[i])) chosen.push_back(i);
    }
    if (select.quantity == model::Quantity::IdealPoint) {
        for (const std::size_t i : chosen) figures[points.places[i]] = points.by_year[i];
    } else {
        for (std::size_t a = 0; a < chosen.size(); ++a) {
            for (std::size_t b = a + 1; b < chosen.size(); ++b) {
                const auto &one = points.by_year[chosen[a]], &other = points.by_year[chosen[b]];
                auto& out = figures[points.places[chosen[a]] + "|" + points.places[chosen[b]]];
                for (const auto& [year, cell] : one) {
                    if (const auto found = other.find(year); found != other.end())
                        out[year] = {std::fabs(cell.value - found->second.value), cell.ballots + found->second.ballots};
                }
            }
        }
        std::erase_if(figures, [](const auto& one) { return one.second.empty(); });
    }
    return laid_out(select, source, figures, known_through);
}

}  // namespace icosa::harmonise
