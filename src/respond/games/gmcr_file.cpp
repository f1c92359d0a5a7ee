/// Fields of a .gmcr file, each fault with its place.
#include "respond/games/gmcr_file.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "base/text.hpp"
#include "respond/games/json_tree.hpp"

namespace icosa::respond::games {
namespace {

using graph::Condition;
using graph::Direction;
using graph::State;
using graph::Term;
using pack::Node;

class GmcrReader {
public:
    GmcrReader(const Node& root, Diagnostics& faults) : root_(root), faults_(faults), before_(faults.size()) {}

    std::optional<Model> read() {
        if (root_.kind != Node::Kind::Table) {
            fault(root_.where, "wrong-type", "the file is no object", "a .gmcr file is one {...}");
            return std::nullopt;
        }
        read_options();
        if (has_faults()) return std::nullopt;  // what follows refers to them
        read_makers();
        read_infeasible();
        read_coalitions();
        if (!has_faults()) check_options(model_, places_, faults_);
        if (!has_faults()) find_states(model_, places_, faults_);
        if (!has_faults()) read_preferences();
        if (has_faults()) return std::nullopt;
        return std::move(model_);
    }

private:
    void fault(const Where& where, std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Data, std::move(code), where, std::move(what), std::move(cure)});
    }
    [[nodiscard]] bool has_faults() const { return faults_.size() > before_; }

    /// The entries of an array that may be absent.
    const std::vector<Node>& items(const Node& table, std::string_view key) {
        static const std::vector<Node> none;
        const Node* found = table.find(key);
        if (!found) return none;
        if (found->kind == Node::Kind::Array) return found->items;
        fault(found->where, "wrong-type", fmt::format("'{}' is no list", key), "write it as [...]");
        return none;
    }

    bool is_table(const Node& node, std::string_view what) {
        if (node.kind == Node::Kind::Table) return true;
        fault(node.where, "wrong-type", fmt::format("{} is no object", what), "write it as {...}");
        return false;
    }

    std::string name_of(const Node& table, const std::string& fallback) {
        const Node* name = table.find("name");
        if (name && name->kind != Node::Kind::Text)
            fault(name->where, "wrong-type", "'name' is no text", "write it in quotes");
        return name && name->kind == Node::Kind::Text && !name->text.empty() ? name->text : fallback;
    }

    void read_options() {
        const auto& options = items(root_, "options");
        if (options.empty())
            fault(root_.where, "no-options", "the file has no options", "give 'options': what can be done or left");
        if (options.size() > graph::most_options)
            fault(options[graph::most_options].where, "too-many-states",
                  fmt::format("{} options are more than can be kept apart", options.size()),
                  fmt::format("at most {} fit", graph::most_options));
        for (const Node& one : options) {
            if (!is_table(one, fmt::format("option {}", model_.options.size()))) continue;
            model_.options.push_back(name_of(one, fmt::format("option {}", model_.options.size())));
            places_.options.push_back(one.where);
            Direction direction = Direction::Both;
            if (const Node* said = one.find("permittedDirection")) {
                if (said->text == "fwd") direction = Direction::Forward;
                else if (said->text == "back") direction = Direction::Back;
                else if (said->text != "both")
                    fault(said->where, "not-allowed",
                          fmt::format("'{}' is no direction of a move", excerpt(said->text)),
                          "write both, fwd or back");
            }
            model_.game.directions.push_back(direction);
        }
        model_.option_texts.resize(model_.options.size());
        model_.game.options = static_cast<int>(model_.options.size());
    }

    /// A place in a list of so many, from 0.
    std::optional<std::size_t> index(const Node& node, std::size_t count, std::string_view what) {
        if (node.kind == Node::Kind::Integer && node.integer >= 0 && static_cast<std::size_t>(node.integer) < count)
            return static_cast<std::size_t>(node.integer);
        fault(node.where, node.kind == Node::Kind::Integer ? "out-of-range" : "wrong-type",
              node.kind == Node::Kind::Integer ? fmt::format("there is no {} {}", what, node.integer)
                                               : fmt::format("this is no place of one {}", what),
              fmt::format("they are counted from 0 to {}", count - 1));
        return std::nullopt;
    }

    Condition condition(const Node& node) {  // NOLINT(misc-no-recursion): as deep as the file
        Condition out;
        if (node.kind == Node::Kind::Table) {
            const Node* members = node.find("members");
            const Node* compound = node.find("compound");
            if (!members || members->kind != Node::Kind::Array || (compound && !compound->boolean)) {
                fault(node.where, "bad-condition", "a condition in braces is {\"compound\": true, \"members\": [...]}",
                      "list the conditions of which one must hold as its members");
                return out;
            }
            for (const Node& member : members->items)
                for (const Term& term : condition(member)) out.push_back(term);
            return out;
        }
        if (node.kind != Node::Kind::Array) {
            fault(node.where, "bad-condition", "this is no condition", "write it as [[option, \"Y\"], ...]");
            return out;
        }
        Term term;
        bool is_possible = true;
        for (const Node& pair : node.items) {
            if (pair.kind != Node::Kind::Array || pair.items.size() != 2) {
                fault(pair.where, "bad-condition", "a condition is made of pairs of an option and Y or N",
                      "write it as [[option, \"Y\"], ...]");
                continue;
            }
            const auto option = index(pair.items[0], model_.options.size(), "option");
            const std::string& said = pair.items[1].text;
            if (said != "Y" && said != "N")
                fault(pair.items[1].where, "bad-condition", fmt::format("'{}' is neither Y nor N", excerpt(said)),
                      "write \"Y\" or \"N\"; leave the option out where it does not matter");
            if (!option || (said != "Y" && said != "N")) continue;
            const State bit = State{1} << *option;
            if ((term.mask & bit) != 0 && ((term.value & bit) != 0) != (said == "Y")) is_possible = false;
            term.mask |= bit;
            if (said == "Y") term.value |= bit;
        }
        if (is_possible) out.push_back(term);  // an option both ways: it never holds
        return out;
    }

    void read_makers() {
        const auto& makers = items(root_, "decisionMakers");
        if (makers.empty())
            fault(root_.where, "no-decision-makers", "the file has no decision makers", "give 'decisionMakers'");
        std::vector<std::string> names;
        for (const Node& one : makers) {
            const std::string what = fmt::format("decision maker {}", names.size());
            if (!is_table(one, what)) continue;
            names.push_back(name_of(one, what));
            graph::DecisionMaker maker;
            if (!one.find("options"))
                fault(one.where, "missing-key", fmt::format("'{}' has no 'options'", names.back()),
                      "list the places of its options, [] for none");
            for (const Node& option : items(one, "options")) {
                const auto at = index(option, model_.options.size(), "option");
                if (!at) continue;
                if ((maker.options >> *at & 1U) == 0) by_maker_.push_back(*at);
                maker.options |= State{1} << *at;
            }
            for (const Node& unseen : items(one, "misperceptions"))
                for (const Term& term : condition(unseen)) maker.unseen.push_back(term);
            std::vector<Condition> statements;
            for (const Node& statement : items(one, "preferences")) statements.push_back(condition(statement));
            model_.game.makers.push_back(std::move(maker));
            makers_.push_back({&one, std::move(statements)});
        }
        model_.makers = told_apart(names);
    }

    void read_infeasible() {
        const Node* found = root_.find("infeasibles");
        places_.infeasible = found ? found->where : root_.where;
        for (const Node& one : items(root_, "infeasibles"))
            for (const Term& term : condition(one)) model_.game.infeasible.push_back(term);
    }

    void read_coalitions() {
        std::vector<bool> is_placed(model_.makers.size(), false);
        for (const Node& one : items(root_, "coalitions")) {
            graph::Player player;
            for (const Node& member : one.kind == Node::Kind::Array ? one.items : std::vector<Node>{one}) {
                const auto at = index(member, model_.makers.size(), "decision maker");
                if (!at) continue;
                if (is_placed[*at])
                    fault(member.where, "twice-in-coalitions",
                          fmt::format("'{}' stands in the coalitions twice", model_.makers[*at]),
                          "name each decision maker once");
                is_placed[*at] = true;
                player.push_back(static_cast<int>(*at));
            }
            if (!player.empty()) model_.players.push_back(std::move(player));
        }
        for (std::size_t i = 0; i < is_placed.size() && !model_.players.empty(); ++i)
            if (!is_placed[i]) model_.players.push_back({static_cast<int>(i)});
    }

    bool is_ranked() {
        for (const std::string_view key : {"useManualPreferenceRanking", "useManualPreferenceVectors"})
            if (const Node* said = root_.find(key)) {
                if (said->kind != Node::Kind::Boolean)
                    fault(said->where, "wrong-type", fmt::format("'{}' is neither true nor false", key),
                          "true: by the rankings; false: by the statements");
                return said->boolean;
            }
        return false;
    }

    void read_preferences() {
        const bool ranked = is_ranked();
        PreferenceSet set;
        const std::vector<std::uint32_t> numbering = ranked ? numbered_states() : std::vector<std::uint32_t>{};
        for (std::size_t i = 0; i < makers_.size(); ++i) {
            const Node& one = *makers_[i].node;
            const std::vector<Condition>& statements = makers_[i].statements;
            const Node* ranking = one.find("preferenceRanking");
            if (!ranking) ranking = one.find("preferenceVector");
            Preference preference;
            if (ranked) {
                preference.stated.ranks = ranking_of(one, ranking, model_.makers[i], numbering);
            } else {
                preference.stated.ranks = graph::ranks_by_statements(model_.states, statements);
                if (statements.empty() && ranking && !ranking->items.empty())
                    model_.notes.push_back(
                        fmt::format("'{}' has a ranking that does not count, since "
                                    "useManualPreferenceRanking is not true, and no statements: all "
                                    "states are equal to it",
                                    model_.makers[i]));
            }
            set.of_makers.push_back(std::move(preference));
        }
        model_.sets.push_back(std::move(set));
    }

    /// The states in the order in which rankings number them: options grouped by decision maker.
    std::vector<std::uint32_t> numbered_states() {
        std::vector<std::pair<State, std::uint32_t>> out(model_.states.size());
        for (std::uint32_t s = 0; s < out.size(); ++s) {
            out[s] = {0, s};
            for (std::size_t place = 0; place < by_maker_.size(); ++place)
                if ((model_.states[s] >> by_maker_[place] & 1U) != 0) out[s].first |= State{1} << place;
        }
        if (!std::ranges::is_sorted(by_maker_)) {
            model_.notes.emplace_back(
                "the options are not grouped by decision maker; rankings are read as numbering states with the options "
                "so grouped, while states are written in the order of the options");
            std::ranges::sort(out);
        }
        std::vector<std::uint32_t> numbers;
        for (const auto& [key, state] : out) numbers.push_back(state);
        return numbers;
    }

    graph::Ranking ranking_of(const Node& maker, const Node* ranking, const std::string& name,
                              const std::vector<std::uint32_t>& numbering) {
        graph::Ranking ranks(model_.states.size(), -1);
        if (!ranking || ranking->kind != Node::Kind::Array) {
            fault(ranking ? ranking->where : maker.where, "no-ranking",
                  fmt::format("'{}' has no ranking, and the file says that rankings count", name),
                  "give 'preferenceRanking', or set useManualPreferenceRanking to false");
            return ranks;
        }
        auto rank = static_cast<std::int32_t>(ranking->items.size());
        for (const Node& place : ranking->items) {
            --rank;
            for (const Node& number : place.kind == Node::Kind::Array ? place.items : std::vector<Node>{place}) {
                if (number.kind != Node::Kind::Integer || number.integer < 1
                    || number.integer > static_cast<std::int64_t>(numbering.size())) {
                    fault(number.where, "ranking-names-no-state",
                          number.kind == Node::Kind::Integer
                              ? fmt::format("the ranking of '{}' names state {}", name, number.integer)
                              : fmt::format("an entry of the ranking of '{}' is no number of a state", name),
                          fmt::format("the feasible states are numbered 1 to {}", numbering.size()));
                    continue;
                }
                std::int32_t& held = ranks[numbering[static_cast<std::size_t>(number.integer) - 1]];
                if (held >= 0)
                    fault(number.where, "ranking-repeats-state",
                          fmt::format("the ranking of '{}' names state {} twice", name, number.integer),
                          "name each feasible state once; tied ones in one list");
                held = rank;
            }
        }
        std::vector<std::string> missing;
        for (std::size_t n = 0; n < numbering.size(); ++n)
            if (ranks[numbering[n]] < 0) missing.push_back(std::to_string(n + 1));
        if (!missing.empty()) {
            const std::size_t count = missing.size();
            missing.resize(std::min<std::size_t>(count, 10));
            fault(ranking->where, "ranking-lacks-state",
                  fmt::format("the ranking of '{}' lacks {} of {} feasible states: {}{}", name, count, numbering.size(),
                              join(missing, ", "), count > 10 ? ", ..." : ""),
                  "name each feasible state once; tied ones in one list");
            return ranks;
        }
        std::vector<std::uint64_t> values(ranks.begin(), ranks.end());
        return graph::dense_ranks(values);
    }

    const Node& root_;
    Diagnostics& faults_;
    std::size_t before_;
    Model model_;
    Places places_;
    struct MakerRead {
        const Node* node;
        std::vector<Condition> statements;
    };
    std::vector<MakerRead> makers_;
    std::vector<std::size_t> by_maker_;  ///< options in the order in which decision makers list them
};

}  // namespace

std::optional<Model> read_gmcr(std::string_view text, const std::string& path, Diagnostics& faults) {
    auto root = parse_json(text, path);
    if (!root) {
        faults.push_back(std::move(root).error());
        return std::nullopt;
    }
    return GmcrReader(*root, faults).read();
}

}  // namespace icosa::respond::games
