/// The analysis in plain words for a terminal.
#include "respond/games/told.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::respond::games {
namespace {

using graph::Concept;
using graph::Marks;

constexpr std::string_view concept_meanings[] = {
    "nobody gains by a move of its own",
    "whoever would gain by a move, the others can answer so that it gains nothing",
    "and then, whatever it does next, it gains nothing still",
    "the others can answer so by moves that they gain from themselves",
};

std::string_view name_of(Concept one) { return graph::concept_names[static_cast<std::size_t>(one)]; }

class PlainTelling {
public:
    PlainTelling(const Findings& findings, const Sink& sink)
        : findings_(findings), found_(findings.analysis), model_(findings.model), sink_(sink) {
        for (const Concept one : graph::all_concepts)
            if (!findings.asked.only || *findings.asked.only == one) concepts_.push_back(one);
    }

    void tell() {
        tell_model();
        tell_equilibria();
        if (found_.is_in_part) tell_in_part();
        tell_makers();
        if (found_.players) tell_players();
        if (findings_.ways) tell_ways();
        if (findings_.wanted) tell_wanted();
        tell_end();
    }

private:
    void line(std::string_view text = "") {
        sink_(text);
        sink_("\n");
    }

    [[nodiscard]] std::string letters(std::size_t s) const { return letters_of(model_.states[s], model_.game.options); }
    [[nodiscard]] std::string words(std::size_t s) const { return words_of(model_, model_.states[s]); }
    [[nodiscard]] const std::string& maker(int i) const { return model_.makers[static_cast<std::size_t>(i)]; }

    [[nodiscard]] bool has_provenance() const { return model_.sets.size() > 1; }

    void tell_model() {
        if (!model_.title.empty()) line(model_.title);
        if (!model_.about.empty()) line(model_.about);
        if (!model_.source.empty()) line(fmt::format("Source: {}", model_.source));
        line(fmt::format("{} decision maker{}, {} option{}; {} of {} states can be.", model_.makers.size(),
                         model_.makers.size() == 1 ? "" : "s", model_.game.options, model_.game.options == 1 ? "" : "s",
                         model_.states.size(), std::uint64_t{1} << model_.game.options));
        line("A state has a letter for each option, in this order:");
        for (std::size_t o = 0; o < model_.options.size(); ++o) {
            constexpr std::string_view ways[] = {"", "; once done, not undone", "; once given up, not taken up again"};
            std::string owner;
            for (std::size_t i = 0; i < model_.makers.size(); ++i)
                if ((model_.game.makers[i].options >> o & 1U) != 0) owner = model_.makers[i];
            const std::string& text = model_.option_texts[o];
            line(fmt::format("  {:>2} {}: {}{}{}", o + 1, owner, model_.options[o], text.empty() ? "" : ", " + text,
                             ways[static_cast<std::size_t>(model_.game.directions[o])]));
        }
        if (!has_provenance()) {
            line("Preferences as in the file; author, date and source not stated.");
            return;
        }
        line("Assumed preferences:");
        for (const PreferenceSet& set : model_.sets) {
            line(fmt::format("  {}", set.name));
            for (std::size_t i = 0; i < model_.makers.size(); ++i) {
                const Preference& one = set.of_makers[i];
                line(fmt::format("    {}: {}, {}; {}{}", model_.makers[i], one.author, one.date, one.source,
                                 one.stated.ranks ? "" : " (stated in part)"));
            }
        }
    }

    [[nodiscard]] bool is_asked(Concept one) const { return (asked_marks() & graph::mark_of(one)) != 0; }

    [[nodiscard]] std::uint8_t asked_marks() const {
        std::uint8_t out = 0;
        for (const Concept one : concepts_) out |= graph::mark_of(one);
        return out;
    }

    /// A row a state that has a mark: x where it is of `marks` and not of `without`.
    void table(const Marks& marks, const Marks* without, std::string_view none) {
        std::string head = fmt::format("{:<{}}", "state", std::max(5, model_.game.options));
        for (const Concept one : concepts_) head += fmt::format("  {:<4}", name_of(one));
        std::size_t rows = 0;
        for (std::size_t s = 0; s < marks.size(); ++s) {
            const auto of = static_cast<std::uint8_t>(marks[s] & asked_marks() & (without ? ~(*without)[s] : 0xff));
            if (of == 0) continue;
            if (++rows > most_told) continue;
            if (rows == 1) line(head);
            std::string row = fmt::format("{:<{}}", letters(s), std::max(5, model_.game.options));
            for (const Concept one : concepts_)
                row += fmt::format("  {:<4}", (of & graph::mark_of(one)) != 0 ? "x" : "-");
            line(row + "  " + words(s));
        }
        if (rows == 0) line(none);
        if (rows > most_told) line(fmt::format("... and {} more: --json lists them all", rows - most_told));
    }

    void tell_equilibria() {
        line();
        line(has_provenance() ? "Stable for every decision maker, under these assumed preferences, each set of them:"
                              : "Stable for every decision maker, under these preferences:");
        table(found_.stable.equilibria, nullptr, "no state");
        for (const Concept one : concepts_)
            line(fmt::format("  {}: {}", name_of(one), concept_meanings[static_cast<std::size_t>(one)]));
        if (!has_provenance()) return;
        std::size_t held_back = 0;
        for (std::size_t s = 0; s < found_.ever.size(); ++s)
            if ((found_.ever[s] & ~found_.possible.equilibria[s] & asked_marks()) != 0) ++held_back;
        if (held_back > 0)
            line(fmt::format("{} state{} would be so under some concept by one set of preferences only; not told.",
                             held_back, held_back == 1 ? "" : "s"));
    }

    void tell_in_part() {
        line();
        line("What is stated in part leaves these open: stable under some orders that obey it, not under all:");
        table(found_.possible.equilibria, &found_.stable.equilibria, "no state");
        if (!found_.is_seq_equilibrium_exact && is_asked(Concept::Seq))
            line("  of seq this is an upper bound: some of them may be stable under no order");
        line("States in neither table are stable under no order that obeys, or under one set only.");
        for (const auto& [set, question] : found_.questions) {
            line();
            if (question.maker < 0) {
                line(fmt::format("{}: {} open, and no single further statement is sure to settle any.",
                                 model_.sets[set].name, question.open));
                continue;
            }
            const std::string first = letters(question.first), second = letters(question.second);
            line(
                fmt::format("{}: of {} open standings (a state under a concept), one further statement of {} would "
                            "settle most:",
                            model_.sets[set].name, question.open, maker(question.maker)));
            if (question.option >= 0) {
                const std::string& option = model_.options[static_cast<std::size_t>(question.option)];
                line(fmt::format("  '{0}' over 'not {0}', all else equal: settles {1};  the other way: {2}", option,
                                 question.decided_if_first, question.decided_if_second));
            } else {
                line(fmt::format("  {} over {}: settles {};  the other way: {}", first, second,
                                 question.decided_if_first, question.decided_if_second));
                line(fmt::format("  ({}  against  {})", words(question.first), words(question.second)));
            }
        }
    }

    /// How many states are stable for each decision maker; which, where they are few.
    void tell_makers() {
        line();
        line("States that are stable for each:");
        for (std::size_t i = 0; i < model_.makers.size(); ++i) {
            std::string row = fmt::format("  {}:", model_.makers[i]);
            for (const Concept one : concepts_) {
                const auto count = std::ranges::count_if(
                    found_.stable.makers[i], [&](std::uint8_t of) { return (of & graph::mark_of(one)) != 0; });
                row += fmt::format(" {} {}", name_of(one), count);
            }
            line(row);
        }
    }

    void tell_players() {
        line();
        for (std::size_t h = 0; h < model_.players.size(); ++h) {
            if (model_.players[h].size() < 2) continue;
            std::vector<std::string> members;
            for (const int member : model_.players[h]) members.push_back(maker(member));
            line(fmt::format("Equilibria that {} together would leave, each of them better off:",
                             join(members, " and ")));
            table(found_.stable.equilibria, &found_.players->makers[h], "none");
        }
        line(
            "Stable for these together and each of the rest alone (what members would do by themselves is not asked):");
        table(found_.players->equilibria, nullptr, "no state");
    }

    [[nodiscard]] std::string way(const std::vector<graph::Arrival>& ways, std::uint32_t to) const {
        std::vector<std::string> steps;
        for (const auto& [mover, next] : graph::way_to(ways, to))
            steps.push_back(fmt::format("{} to {}", maker(mover), letters(next)));
        return ways[to].steps < 0 ? "no way" : steps.empty() ? "there already" : join(steps, ", ");
    }

    void tell_ways() {
        line();
        const auto from = *findings_.asked.from;
        line(fmt::format("From {} ({}) to what is stable for all, the shortest ways:", letters(from), words(from)));
        std::size_t rows = 0;
        for (std::uint32_t s = 0; s < model_.states.size(); ++s) {
            if ((found_.stable.equilibria[s] & asked_marks()) == 0 || ++rows > most_told) continue;
            line(fmt::format("  {}  by any moves: {}", letters(s), way(findings_.ways->by_moves, s)));
            if (!findings_.ways->by_gains.empty())
                line(fmt::format("  {}  by moves that their movers gain from: {}", std::string(letters(s).size(), ' '),
                                 way(findings_.ways->by_gains, s)));
        }
        if (rows == 0) line("  none is stable for all");
        if (rows > most_told) line(fmt::format("  ... and {} more: --json has them", rows - most_told));
    }

    /// The sets of states that an answer names, as words.
    [[nodiscard]] std::string choices_of(const graph::Wanted& answer) const {
        std::vector<std::string> choices;
        for (const auto& states : answer.sets) {
            std::vector<std::string> names;
            for (const std::uint32_t s : states) names.push_back(letters(s));
            const std::size_t count = names.size();
            names.resize(std::min(count, most_told));
            choices.push_back(join(names, " and ") + (count > most_told ? " and others" : ""));
        }
        return join(choices, ", or ") + (answer.is_smallest ? "" : " (fewer may do)");
    }

    void tell_wanted() {
        line();
        const auto want = *findings_.asked.want;
        line(fmt::format("For {} ({}) to be stable:", letters(want), words(want)));
        const auto& answers = *findings_.wanted;
        for (std::size_t first = 0; first < answers.size(); first += graph::all_concepts.size()) {
            const auto of_one = std::span(answers).subspan(first, graph::all_concepts.size());
            const std::string& name = model_.makers[of_one[0].maker];
            line(has_provenance() ? fmt::format("  {}, {}:", model_.sets[of_one[0].set].name, name)
                                  : fmt::format("  {}:", name));
            std::string stable;
            for (const auto& one : of_one)
                if (is_asked(one.under) && one.answer.is_stable) stable += fmt::format(" {}", name_of(one.under));
            if (!stable.empty()) line("    it is, under" + stable);
            for (const auto& one : of_one)
                if (is_asked(one.under) && !one.answer.is_stable)
                    line(fmt::format("    under {} it would have to be at least as good to it as {}",
                                     name_of(one.under), choices_of(one.answer)));
        }
    }

    void tell_end() {
        line();
        if (found_.claims > 0)
            line(
                fmt::format("{} of {} equilibria (a state under a concept{}) were checked a second time, by the "
                            "definitions alone.",
                            found_.checked, found_.claims, has_provenance() ? " and a set" : ""));
        line(
            "Orders only, no amounts: this says what would hold if the preferences are so, not what anyone should do.");
        for (const std::string& note : model_.notes) line("note: " + note);
        if (!found_.players_left_out.empty()) line("note: " + found_.players_left_out);
    }

    const Findings& findings_;
    const Analysis& found_;
    const Model& model_;
    const Sink& sink_;
    std::vector<Concept> concepts_;
};

}  // namespace

void tell(const Findings& findings, const Sink& sink) { PlainTelling(findings, sink).tell(); }

}  // namespace icosa::respond::games
