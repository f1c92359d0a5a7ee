/// A preference's table, and comparisons of states from statements.
#include "respond/games/preference_table.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "respond/games/condition_text.hpp"
#include "respond/games/toml_file.hpp"

namespace icosa::respond::games {
namespace {

using graph::Comparison;
using graph::State;
using pack::Node;
using pack::TableReader;

class PreferenceReader {
public:
    PreferenceReader(const Node& node, const Model& model, Diagnostics& faults)
        : node_(node), model_(model), faults_(faults), table_(node, faults, "the preference") {}

    Preference read() {
        Preference out;
        const std::string of = table_.text("of");
        for (const std::string_view key : {"author", "date", "source"}) {
            const Node* said = node_.find(key);
            if (!said || (said->kind == Node::Kind::Text && trim(said->text).empty()))
                fault(said ? said->where : node_.where, "preference-unsigned",
                      fmt::format("the preference of '{}' names no {}", of, key),
                      "say who holds this view of it, since when, and on what it rests");
        }
        out.author = table_.text_or("author", "");
        out.source = table_.text_or("source", "");
        out.date = table_.text_or("date", "");
        const bool is_dated = parse_period(out.date, PeriodKind::Day) || parse_period(out.date, PeriodKind::Month)
            || parse_period(out.date, PeriodKind::Year);
        if (!out.date.empty() && !is_dated)
            fault(node_.find("date")->where, "bad-day", fmt::format("'{}' is no date", excerpt(out.date)),
                  "write it as \"2020-11-03\", \"2020-11\" or \"2020\"");
        const Node* statements = list("statements");
        const Node* ranking = list("ranking");
        const Node* stated = list("stated");
        table_.finish();
        if ((statements != nullptr) + (ranking != nullptr) + (stated != nullptr) != 1)
            fault(node_.where, "preference-unsaid", fmt::format("the preference of '{}' must be said in one way", of),
                  "give statements, ranking or stated, and only one of them");
        else if (statements) out.stated.ranks = by_statements(*statements);
        else if (ranking) out.stated.ranks = by_ranking(*ranking, of);
        else in_part(*stated, of, out);
        return out;
    }

private:
    void fault(const Where& where, std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Data, std::move(code), where, std::move(what), std::move(cure)});
    }

    const Node* list(std::string_view key) {
        const Node* found = table_.node(key);
        if (found && found->kind != Node::Kind::Array) {
            fault(found->where, "wrong-type", fmt::format("'{}' is no list", key), "write it as [...]");
            return nullptr;
        }
        return found;
    }

    graph::Ranking by_statements(const Node& statements) {
        std::vector<graph::Condition> conditions;
        for (const Node& one : statements.items) {
            auto condition = parse_condition(one.text, model_.options, one.where);
            if (condition) conditions.push_back(std::move(*condition));
            else faults_.push_back(std::move(condition).error());
        }
        return graph::ranks_by_statements(model_.states, conditions);
    }

    graph::Ranking by_ranking(const Node& ranking, const std::string& of) {
        std::vector<std::uint64_t> values(model_.states.size(), 0);  // 0 = not ranked yet
        std::uint64_t value = ranking.items.size() + 1;
        for (const Node& place : ranking.items) {
            --value;
            for (const Node& name : place.kind == Node::Kind::Array ? place.items : std::vector<Node>{place}) {
                const auto state = state_named(model_, name.text);
                if (!state) {
                    fault(name.where, "ranking-names-no-state",
                          fmt::format("in the ranking of '{}', {}", of, state.error().what), state.error().cure);
                    continue;
                }
                if (values[*state] != 0)
                    fault(name.where, "ranking-repeats-state",
                          fmt::format("the ranking of '{}' names '{}' twice", of, name.text),
                          "name each feasible state once; tied ones in one list");
                values[*state] = value;
            }
        }
        std::vector<std::string> missing;
        for (std::size_t s = 0; s < values.size(); ++s)
            if (values[s] == 0) missing.push_back(letters_of(model_.states[s], model_.game.options));
        if (!missing.empty()) {
            const std::size_t count = missing.size();
            missing.resize(std::min<std::size_t>(count, 10));
            fault(ranking.where, "ranking-lacks-state",
                  fmt::format("the ranking of '{}' lacks {} of {} feasible states: {}{}", of, count, values.size(),
                              join(missing, ", "), count > 10 ? ", ..." : ""),
                  "name each feasible state once; tied ones in one list");
        }
        return graph::dense_ranks(values);
    }

    void in_part(const Node& stated, const std::string& of, Preference& out) {
        if (model_.states.size() > most_states_in_part) {
            fault(stated.where, "too-many-states",
                  fmt::format("preferences can be stated in part of {} states at most, and here are {}",
                              most_states_in_part, model_.states.size()),
                  "rule out what cannot be, or give statements");
            return;
        }
        std::vector<Comparison> comparisons;
        for (std::size_t number = 0; number < stated.items.size(); ++number) {
            const Node& one = stated.items[number];
            out.statements.push_back(one.text);
            const auto over = parse_over(one.text, model_.options, one.where);
            if (!over) {
                faults_.push_back(over.error());
                continue;
            }
            const std::size_t before = comparisons.size();
            add(comparisons, *over, static_cast<int>(number));
            if (comparisons.size() == before)
                fault(one.where, "compares-nothing",
                      fmt::format("'{}' compares no two feasible states", excerpt(one.text)),
                      "no state has the one without the other: leave it out or mend it");
        }
        graph::Followed followed = graph::follow_comparisons(model_.states.size(), comparisons);
        if (!followed.cycle.empty()) tell_cycle(followed.cycle, stated, of);
        out.stated.order = std::move(followed.order);
    }

    void add(std::vector<Comparison>& to, const OverText& over, int number) const {
        State named = 0;
        for (const auto* side : {&over.better, &over.worse})
            for (const graph::Term& term : *side) named |= term.mask;
        std::vector<std::uint32_t> better, worse;
        for (std::uint32_t s = 0; s < model_.states.size(); ++s) {
            const bool is_better = holds(over.better, model_.states[s]), is_worse = holds(over.worse, model_.states[s]);
            if (is_better && !is_worse) better.push_back(s);
            if (is_worse && !is_better) worse.push_back(s);
        }
        for (const std::uint32_t a : better)
            for (const std::uint32_t b : worse)
                if (!over.is_all_else_equal || ((model_.states[a] ^ model_.states[b]) & ~named) == 0)
                    to.push_back({a, b, number});
    }

    void tell_cycle(const std::vector<Comparison>& cycle, const Node& stated, const std::string& of) {
        std::vector<std::string> chain;
        int last = 0;
        for (const Comparison& one : cycle) {
            chain.push_back(fmt::format("{} over {} by '{}'",
                                        letters_of(model_.states[one.better], model_.game.options),
                                        letters_of(model_.states[one.worse], model_.game.options),
                                        excerpt(stated.items[static_cast<std::size_t>(one.statement)].text)));
            last = std::max(last, one.statement);
        }
        fault(stated.items[static_cast<std::size_t>(last)].where, "preferences-cycle",
              fmt::format("what is stated of '{}' goes in a circle: {}", of, join(chain, ", ")),
              "take one of these statements back, or add ', all else equal' to it");
    }

    const Node& node_;
    const Model& model_;
    Diagnostics& faults_;
    TableReader table_;
};

}  // namespace

Preference read_preference(const pack::Node& node, const Model& model, Diagnostics& faults) {
    return PreferenceReader(node, model, faults).read();
}

}  // namespace icosa::respond::games
