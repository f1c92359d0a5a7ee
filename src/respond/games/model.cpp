/// States by name, and the faults that models of any kind may have.
#include "respond/games/model.hpp"

#include <algorithm>
#include <bit>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "methods/conflict_graph/stability.hpp"

namespace icosa::respond::games {

bool PreferenceSet::is_complete() const {
    return std::ranges::all_of(of_makers, [](const Preference& one) { return one.stated.ranks.has_value(); });
}

std::size_t most_states(std::size_t makers) {
    constexpr double most_bytes = 2e9;
    return static_cast<std::size_t>(most_bytes / graph::memory_needed(1, static_cast<double>(makers)));
}

std::string letters_of(graph::State state, int options) {
    std::string out(static_cast<std::size_t>(options), 'N');
    for (std::size_t o = 0; o < out.size(); ++o)
        if ((state >> o & 1U) != 0) out[o] = 'Y';
    return out;
}

Result<std::uint32_t> state_named(const Model& model, std::string_view letters) {
    const std::string cure =
        fmt::format("write a Y or N for each of the {} options, in their order", model.game.options);
    graph::State state = 0;
    for (std::size_t o = 0; o < letters.size() && o < model.options.size(); ++o) {
        if (letters[o] != 'Y' && letters[o] != 'N')
            return fail(Fault::Usage, "bad-state", {},
                        fmt::format("'{}' is no state: '{}' is neither Y nor N", excerpt(letters), letters[o]), cure);
        if (letters[o] == 'Y') state |= graph::State{1} << o;
    }
    if (letters.size() != model.options.size())
        return fail(Fault::Usage, "bad-state", {},
                    fmt::format("'{}' is no state: it has {} letters", excerpt(letters), letters.size()), cure);
    const auto found = std::ranges::lower_bound(model.states, state);
    if (found == model.states.end() || *found != state)
        return fail(Fault::Usage, "not-feasible", {}, fmt::format("the model rules the state '{}' out", letters),
                    "name another, or mend the infeasible conditions");
    return static_cast<std::uint32_t>(found - model.states.begin());
}

std::string words_of(const Model& model, graph::State state) {
    std::vector<std::string> taken;
    for (std::size_t o = 0; o < model.options.size(); ++o)
        if ((state >> o & 1U) != 0)
            taken.push_back(model.option_texts[o].empty() ? model.options[o] : model.option_texts[o]);
    return taken.empty() ? "no option is taken" : join(taken, "; ");
}

std::vector<std::string> told_apart(const std::vector<std::string>& names) {
    std::vector<std::string> out;
    std::set<std::string> taken;
    for (const std::string& name : names) {
        std::string one = name;
        for (int number = 2; !taken.insert(one).second; ++number) one = fmt::format("{} ({})", name, number);
        out.push_back(std::move(one));
    }
    return out;
}

void check_options(const Model& model, const Places& places, Diagnostics& faults) {
    for (std::size_t o = 0; o < model.options.size(); ++o) {
        std::vector<std::string> owners;
        for (std::size_t i = 0; i < model.makers.size(); ++i)
            if ((model.game.makers[i].options >> o & 1U) != 0) owners.push_back(model.makers[i]);
        if (owners.size() == 1) continue;
        faults.push_back({Fault::Data, owners.empty() ? "option-of-none" : "option-of-two", places.options[o],
                          owners.empty() ? fmt::format("option {} '{}' is no decision maker's", o, model.options[o])
                                         : fmt::format("option {} '{}' is held by {}", o, model.options[o],
                                                       join(owners, " and by ")),
                          "give each option to one decision maker"});
    }
}

void find_states(Model& model, const Places& places, Diagnostics& faults) {
    const std::size_t most = most_states(model.makers.size());
    auto states = graph::feasible_states(model.game, most);
    if (!states)
        faults.push_back(
            {Fault::Data, "too-many-states", places.infeasible,
             fmt::format("{} options leave more than {} states, or too many to look through", model.game.options, most),
             "rule out what cannot be, or leave out options that nobody minds"});
    else if (states->empty())
        faults.push_back(
            {Fault::Data, "no-feasible-state", places.infeasible,
             fmt::format("the infeasible conditions rule out all {} states", std::uint64_t{1} << model.game.options),
             "take one of them back: some state must be able to be"});
    else model.states = std::move(*states);
}

}  // namespace icosa::respond::games
