/// The sets of a model, one after the other, and what they agree on.
#include "respond/games/analysis.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "methods/conflict_graph/checker.hpp"
#include "methods/conflict_graph/small_graph.hpp"

namespace icosa::respond::games {
namespace {

using graph::BitRows;
using graph::Marks;

constexpr std::int64_t most_looks = 2'000'000;  ///< of the second check: a fifth of a second or so

std::vector<graph::Ranking> rankings_of(const PreferenceSet& set) {
    std::vector<graph::Ranking> out;
    for (const Preference& one : set.of_makers) out.push_back(*one.stated.ranks);
    return out;
}

std::vector<graph::Stated> stated_of(const PreferenceSet& set) {
    std::vector<graph::Stated> out;
    for (const Preference& one : set.of_makers) out.push_back(one.stated);
    return out;
}

void agree(Marks& with, const Marks& also) {
    for (std::size_t s = 0; s < with.size(); ++s) with[s] &= also[s];
}

void agree(graph::Stability& with, graph::Stability also) {
    if (with.makers.empty()) {
        with = std::move(also);
        return;
    }
    for (std::size_t i = 0; i < with.makers.size(); ++i) agree(with.makers[i], also.makers[i]);
    agree(with.equilibria, also.equilibria);
}

/// Each claim of an equilibrium a second time, as far as the looks go.
Result<void> check_claims(const Model& model, const std::vector<graph::Ranking>& ranks, const Marks& equilibria,
                          std::int64_t& looks, Analysis& out) {
    for (std::size_t s = 0; s < equilibria.size(); ++s)
        out.claims += std::popcount(static_cast<unsigned>(equilibria[s]));
    for (std::size_t s = 0; s < equilibria.size() && looks > 0; ++s)
        for (const graph::Concept under : graph::all_concepts) {
            if ((equilibria[s] & graph::mark_of(under)) == 0) continue;
            const auto verdict = graph::check_equilibrium(model.game, model.states, ranks, s, under, looks);
            if (verdict == graph::Verdict::Fails)
                return fail(Fault::Data, "claim-refused", {},
                            fmt::format("the second check refuses {} as an equilibrium under {}",
                                        letters_of(model.states[s], model.game.options),
                                        graph::concept_names[static_cast<std::size_t>(under)]),
                            "this is a fault of icosa: please report the model");
            out.checked += verdict == graph::Verdict::Holds ? 1 : 0;
        }
    return {};
}

void add_in_part(const Model& model, std::size_t set, Analysis& out) {
    const auto stated = stated_of(model.sets[set]);
    graph::Robust robust = graph::robust_stability(model.game, model.states, stated);
    out.is_in_part = true;
    out.is_seq_equilibrium_exact = out.is_seq_equilibrium_exact && robust.is_seq_equilibrium_exact;
    graph::Stability always{{}, std::move(robust.equilibria.always)}, perhaps{{}, std::move(robust.equilibria.perhaps)};
    for (std::size_t i = 0; i < robust.makers.size(); ++i) {
        always.makers.push_back(std::move(robust.makers[i].always));
        perhaps.makers.push_back(std::move(robust.makers[i].perhaps));
        if (!robust.is_seq_exact[i]) out.is_seq_exact[i] = false;
    }
    for (std::size_t s = 0; s < out.ever.size(); ++s) out.ever[s] |= perhaps.equilibria[s];
    agree(out.stable, std::move(always));
    agree(out.possible, std::move(perhaps));
    const graph::Question question = graph::best_question(model.game, model.states, stated);
    if (question.open > 0) out.questions.push_back({set, question});
}

/// Moves of each decision maker that are gains to it whatever set and order.
BitRows sure_gains(const Model& model, std::size_t maker) {
    BitRows out = graph::move_rows(model.game, model.states, static_cast<int>(maker));
    for (const PreferenceSet& set : model.sets) {
        const graph::Stated& stated = set.of_makers[maker].stated;
        const auto knowledge = stated.ranks ? graph::knowledge_of(*stated.ranks) : graph::knowledge_of(stated.order);
        for (std::size_t s = 0; s < out.size(); ++s) out[s] &= knowledge.surely[s];
    }
    return out;
}

std::vector<graph::Arrival> ways_over(const std::vector<BitRows>& moves, std::uint32_t from, std::size_t states) {
    std::vector<graph::Arrival> out(states);
    out[from].steps = 0;
    std::vector<std::uint32_t> now = {from}, next;
    for (int steps = 1; !now.empty(); ++steps) {
        for (std::size_t i = 0; i < moves.size(); ++i)
            for (const std::uint32_t at : now)
                moves[i][at].until([&](std::size_t to) {
                    if (out[to].steps < 0) {
                        out[to] = {steps, static_cast<int>(i), at};
                        next.push_back(static_cast<std::uint32_t>(to));
                    }
                    return true;
                });
        now.swap(next);
        next.clear();
    }
    return out;
}

/// What the others of one decision maker reach, by any moves and by gains.
struct OthersRows {
    BitRows any, gains;

    OthersRows(const Model& model, const std::vector<graph::Ranking>& ranks, std::size_t focal)
        : any(graph::no_rows(model.states.size())), gains(any) {
        for (std::size_t j = 0; j < ranks.size(); ++j) {
            if (j == focal) continue;
            const BitRows moves = graph::move_rows(model.game, model.states, static_cast<int>(j));
            const BitRows better = graph::better_rows(ranks[j]);
            for (std::size_t s = 0; s < moves.size(); ++s) {
                graph::BitRow gain = moves[s];
                gain &= better[s];
                any[s] |= moves[s];
                gains[s] |= gain;
            }
        }
        graph::close(any);
        graph::close(gains);
    }
};

void add_players(const Model& model, bool is_complete, Analysis& out) {
    if (!std::ranges::any_of(model.players, [](const auto& one) { return one.size() > 1; })) return;
    if (!is_complete) {
        out.players_left_out = "coalitions need whole preferences, and some are stated in part";
        return;
    }
    for (const PreferenceSet& set : model.sets) {
        auto found = graph::coalition_stability(model.game, model.states, rankings_of(set), model.players);
        if (!found) {
            out.players_left_out = fmt::format("coalitions are looked at up to {} states", graph::most_small_states);
            return;
        }
        if (!out.players) out.players = std::move(*found);
        else agree(*out.players, std::move(*found));
    }
}

}  // namespace

Result<Analysis> analyse(const Model& model) {
    Analysis out;
    out.is_seq_exact.assign(model.makers.size(), true);
    out.ever.assign(model.states.size(), 0);
    std::int64_t looks = most_looks;
    bool is_complete = true;
    for (std::size_t set = 0; set < model.sets.size(); ++set) {
        if (!model.sets[set].is_complete()) {
            is_complete = false;
            add_in_part(model, set, out);
            continue;
        }
        const auto ranks = rankings_of(model.sets[set]);
        graph::Stability found = graph::stability(model.game, model.states, ranks);
        TRY(check_claims(model, ranks, found.equilibria, looks, out));
        for (std::size_t s = 0; s < out.ever.size(); ++s) out.ever[s] |= found.equilibria[s];
        if (model.sets.size() > 1) agree(out.possible, found);
        agree(out.stable, std::move(found));
    }
    add_players(model, is_complete, out);
    return out;
}

Ways ways_of(const Model& model, std::uint32_t from) {
    const bool is_single = model.sets.size() == 1 && model.sets[0].is_complete();
    // moves do not depend on preferences, but the search wants some
    const auto ranks = is_single
        ? rankings_of(model.sets[0])
        : std::vector<graph::Ranking>(model.makers.size(), graph::Ranking(model.states.size(), 0));
    Ways out{graph::ways_from(model.game, model.states, ranks, from, graph::Step::Any), {}};
    if (is_single) {
        out.by_gains = graph::ways_from(model.game, model.states, ranks, from, graph::Step::Improving);
    } else if (model.states.size() <= graph::most_small_states) {
        std::vector<BitRows> gains;
        for (std::size_t i = 0; i < model.makers.size(); ++i) gains.push_back(sure_gains(model, i));
        out.by_gains = ways_over(gains, from, model.states.size());
    }
    return out;
}

Result<std::vector<WantedOf>> wanted_of(const Model& model, std::uint32_t state) {
    if (model.states.size() > graph::most_small_states)
        return fail(Fault::Usage, "too-many-states", {},
                    fmt::format("--want looks at {} states at most, and the model has {}", graph::most_small_states,
                                model.states.size()),
                    "rule out what cannot be");
    std::vector<WantedOf> out;
    for (std::size_t set = 0; set < model.sets.size(); ++set) {
        if (!model.sets[set].is_complete())
            return fail(Fault::Usage, "preferences-in-part", {},
                        "--want asks what would have to change in whole preferences, and some are stated in part",
                        "give statements or rankings");
        const auto ranks = rankings_of(model.sets[set]);
        for (std::size_t i = 0; i < ranks.size(); ++i) {
            const BitRows own = graph::move_rows(model.game, model.states, static_cast<int>(i));
            const OthersRows others(model, ranks, i);
            graph::BitRow better(model.states.size());
            for (std::size_t t = 0; t < model.states.size(); ++t)
                if (ranks[i][t] > ranks[i][state]) better.set(t);
            for (const graph::Concept under : graph::all_concepts)
                out.push_back({set, i, under, graph::wanted(state, under, better, {own, others.any, others.gains})});
        }
    }
    return out;
}

}  // namespace icosa::respond::games
