/// Tables of a model in TOML, each fault with its place.
#include "respond/games/toml_file.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "pack/toml.hpp"
#include "respond/games/condition_text.hpp"
#include "respond/games/preference_table.hpp"

namespace icosa::respond::games {
namespace {

using graph::Direction;
using graph::State;
using pack::Node;
using pack::TableReader;

constexpr std::array<std::string_view, 7> words_of_conditions = {"and", "or", "not", "if", "then", "over", "before"};

template <class Words> bool holds_word(const Words& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

class GameReader {
public:
    GameReader(const Node& root, Diagnostics& faults) : root_(root), faults_(faults), before_(faults.size()) {}

    std::optional<Model> read() {
        TableReader top(root_, faults_, "the model");
        const Node* conflict = top.node("conflict");
        const auto makers = top.tables("decision_maker"), options = top.tables("option"), sets = top.tables("set");
        top.finish();
        if (!conflict) missing("no-conflict", "[conflict]");
        if (makers.empty()) missing("no-decision-makers", "[[decision_maker]]");
        if (options.empty()) missing("no-options", "[[option]]");
        read_makers(makers);
        read_options(options);
        if (has_faults()) return std::nullopt;  // what follows refers to these
        read_unseen(makers);
        read_conflict(*conflict);
        if (!has_faults()) find_states(model_, places_, faults_);
        if (has_faults()) return std::nullopt;
        check_status_quo();
        for (const Node* one : sets) read_set(*one);
        if (sets.size() < 2)
            fault(sets.empty() ? root_.where : sets[0]->where, "no-rival-set",
                  fmt::format("the model holds {} of preferences", sets.empty() ? "no set" : "one set"),
                  "write a second [[set]]: what a fair opponent of the first would assume");
        if (has_faults()) return std::nullopt;
        return std::move(model_);
    }

private:
    [[nodiscard]] bool has_faults() const { return faults_.size() > before_; }

    void fault(const Where& where, std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Data, std::move(code), where, std::move(what), std::move(cure)});
    }

    void missing(std::string code, std::string_view table) {
        fault(root_.where, std::move(code), fmt::format("the model has no {}", table),
              "docs/negotiate.md shows a whole model");
    }

    void read_makers(const std::vector<const Node*>& makers) {
        for (const Node* one : makers) {
            TableReader table(*one, faults_, fmt::format("decision maker {}", model_.makers.size() + 1));
            std::string name = table.text("name");
            static_cast<void>(table.node("unseen"));
            table.finish();
            if (holds_word(model_.makers, name))
                fault(one->where, "named-twice", fmt::format("two decision makers are called '{}'", name),
                      "give each a name of its own");
            model_.makers.push_back(std::move(name));
        }
        model_.game.makers.resize(model_.makers.size());
    }

    /// The decision maker of this name; a fault where there is none.
    std::optional<int> maker_named(const Node& name) {
        const auto found = std::ranges::find(model_.makers, name.text);
        if (name.kind == Node::Kind::Text && found != model_.makers.end())
            return static_cast<int>(found - model_.makers.begin());
        const auto near = nearest(name.text, model_.makers);
        fault(name.where, "unknown-decision-maker", fmt::format("no decision maker '{}'", excerpt(name.text)),
              near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(model_.makers, ", ")));
        return std::nullopt;
    }

    void read_options(const std::vector<const Node*>& options) {
        if (options.size() > graph::most_options)
            fault(options[graph::most_options]->where, "too-many-states",
                  fmt::format("{} options are more than can be kept apart", options.size()),
                  fmt::format("at most {} fit", graph::most_options));
        for (const Node* one : options) {
            TableReader table(*one, faults_, fmt::format("option {}", model_.options.size() + 1));
            std::string name = table.id("name");
            const Node* owner = table.node("by");
            model_.option_texts.push_back(table.text_or("text", ""));
            model_.game.directions.push_back(table.choice<Direction>(
                "direction", Direction::Both,
                {{"both", Direction::Both}, {"forward", Direction::Forward}, {"back", Direction::Back}}));
            table.finish();
            const bool is_taken = holds_word(words_of_conditions, name) || holds_word(model_.options, name);
            if (is_taken)
                fault(one->where, "named-twice",
                      fmt::format("'{}' is another option's name, or a word of conditions", name),
                      "give the option a name of its own");
            const State bit = model_.options.size() < graph::most_options ? State{1} << model_.options.size() : 0;
            if (owner && owner->kind == Node::Kind::Text) {
                if (const auto maker = maker_named(*owner))
                    model_.game.makers[static_cast<std::size_t>(*maker)].options |= bit;
            } else {
                fault(owner ? owner->where : one->where, owner ? "option-of-two" : "option-of-none",
                      fmt::format("option '{}' names {} in 'by'", name, owner ? "no single decision maker" : "nobody"),
                      "give it to one decision maker: by = \"...\"");
            }
            model_.options.push_back(std::move(name));
            places_.options.push_back(one->where);
        }
        model_.game.options = static_cast<int>(model_.options.size());
    }

    graph::Condition conditions(const Node* list, std::string_view key) {
        graph::Condition out;
        if (!list) return out;
        if (list->kind != Node::Kind::Array)
            fault(list->where, "wrong-type", fmt::format("'{}' is no list", key), "write it as [\"...\", \"...\"]");
        for (const Node& one : list->items) {
            auto condition = parse_condition(one.text, model_.options, one.where);
            if (!condition) faults_.push_back(std::move(condition).error());
            else out.insert(out.end(), condition->begin(), condition->end());
        }
        return out;
    }

    void read_unseen(const std::vector<const Node*>& makers) {
        for (std::size_t i = 0; i < makers.size(); ++i)
            model_.game.makers[i].unseen = conditions(makers[i]->find("unseen"), "unseen");
    }

    void read_conflict(const Node& conflict) {
        TableReader table(conflict, faults_, "[conflict]");
        model_.title = table.text("title");
        model_.about = table.text_or("about", "");
        model_.source = table.text_or("source", "");
        model_.status_quo = table.text_or("status_quo", "");
        status_quo_ = table.node("status_quo");
        const Node* infeasible = table.node("infeasible");
        places_.infeasible = infeasible ? infeasible->where : conflict.where;
        model_.game.infeasible = conditions(infeasible, "infeasible");
        read_coalitions(table.node("coalitions"));
        table.finish();
    }

    void read_coalitions(const Node* coalitions) {
        if (!coalitions) return;
        std::vector<bool> is_placed(model_.makers.size(), false);
        for (const Node& one : coalitions->items) {
            graph::Player player;
            for (const Node& member : one.kind == Node::Kind::Array ? one.items : std::vector<Node>{one}) {
                const auto maker = maker_named(member);
                if (!maker) continue;
                if (is_placed[static_cast<std::size_t>(*maker)])
                    fault(member.where, "twice-in-coalitions",
                          fmt::format("'{}' stands in the coalitions twice", member.text),
                          "name each decision maker once");
                is_placed[static_cast<std::size_t>(*maker)] = true;
                player.push_back(*maker);
            }
            if (!player.empty()) model_.players.push_back(std::move(player));
        }
        for (std::size_t i = 0; i < is_placed.size() && !model_.players.empty(); ++i)
            if (!is_placed[i]) model_.players.push_back({static_cast<int>(i)});
    }

    void check_status_quo() {
        if (model_.status_quo.empty()) return;
        const auto state = state_named(model_, model_.status_quo);
        if (!state) fault(status_quo_->where, state.error().code, state.error().what, state.error().cure);
    }

    void read_set(const Node& node) {
        TableReader table(node, faults_, fmt::format("set {}", model_.sets.size() + 1));
        PreferenceSet set{table.text("name"), std::vector<Preference>(model_.makers.size())};
        std::vector<bool> has(model_.makers.size(), false);
        for (const Node* one : table.tables("preference")) {
            const Node* of = one->find("of");
            if (!of) {
                fault(one->where, "preference-of-none", "the preference does not say whose it is", "add of = \"...\"");
                continue;
            }
            const auto maker = maker_named(*of);
            if (!maker) continue;
            const auto i = static_cast<std::size_t>(*maker);
            if (has[i])
                fault(of->where, "preference-twice",
                      fmt::format("set '{}' states the preference of '{}' twice", set.name, of->text),
                      "leave one of them out, or put it into a set of its own");
            has[i] = true;
            set.of_makers[i] = read_preference(*one, model_, faults_);
        }
        table.finish();
        for (std::size_t i = 0; i < has.size(); ++i)
            if (!has[i])
                fault(node.where, "no-preference",
                      fmt::format("set '{}' states no preference of '{}'", set.name, model_.makers[i]),
                      "add a [[set.preference]] of it; statements = [] says that all states are equal to it");
        model_.sets.push_back(std::move(set));
    }

    const Node& root_;
    Diagnostics& faults_;
    std::size_t before_;
    Model model_;
    Places places_;
    const Node* status_quo_ = nullptr;
};

}  // namespace

std::optional<Model> read_game_toml(std::string_view text, const std::string& path, Diagnostics& faults) {
    auto root = pack::parse_toml(text, path);
    std::optional<Model> out;
    const std::size_t before = faults.size();
    if (!root) faults.push_back(std::move(root).error());
    else out = GameReader(*root, faults).read();
    for (std::size_t f = before; f < faults.size(); ++f) faults[f].fault = Fault::Data;  // a model is no pack
    return out;
}

}  // namespace icosa::respond::games
