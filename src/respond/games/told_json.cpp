/// The analysis as JSON, piece by piece.
#include "base/json.hpp"
#include "respond/games/told.hpp"

namespace icosa::respond::games {
namespace {

using graph::Concept;
using graph::Marks;

std::string quoted(std::string_view text) {
    JsonWriter json;
    json.value(text);
    return json.text();
}

class JsonTelling {
public:
    JsonTelling(const Findings& findings, const Sink& sink)
        : findings_(findings), model_(findings.model), sink_(sink), width_(model_.options.size() + 3) {
        names_.reserve(width_ * model_.states.size());
        for (const graph::State one : model_.states) names_ += ",\"" + letters_of(one, model_.game.options) + "\"";
    }

    void tell() {
        const Analysis& found = findings_.analysis;
        out_ = "{\"states\":" + std::to_string(std::uint64_t{1} << model_.game.options)
            + ",\"feasible\":" + std::to_string(model_.states.size()) + ",\"stable\":{";
        for (std::size_t i = 0; i < model_.makers.size(); ++i) {
            out_ += (i == 0 ? "" : ",") + quoted(model_.makers[i]) + ":";
            by_concept(found.stable.makers[i], nullptr);
        }
        out_ += "},\"equilibria\":";
        by_concept(found.stable.equilibria, nullptr);
        tell_preferences();
        if (found.is_in_part) tell_in_part();
        if (found.players) tell_players();
        if (findings_.ways) tell_ways();
        if (findings_.wanted) tell_wanted();
        out_ += ",\"claims\":" + std::to_string(found.claims) + ",\"checked\":" + std::to_string(found.checked);
        tell_notes();
        out_ += "}\n";
        sink_(out_);
    }

private:
    void send() {
        if (out_.size() < std::size_t{1} << 20U) return;
        sink_(out_);
        out_.clear();
    }

    /// In quotes, with a comma before it.
    [[nodiscard]] std::string_view named(std::size_t s) const {
        return std::string_view(names_).substr(s * width_, width_);
    }
    [[nodiscard]] std::string state(std::size_t s) const { return std::string(named(s).substr(1)); }

    /// {"nash": [states of marks, not of `without`], ...}
    void by_concept(const Marks& marks, const Marks* without) {
        out_ += "{";
        bool is_first = true;
        for (const Concept one : graph::all_concepts) {
            if (findings_.asked.only && *findings_.asked.only != one) continue;
            out_ += is_first ? "" : ",";
            is_first = false;
            out_ += quoted(graph::concept_names[static_cast<std::size_t>(one)]) + ":[";
            bool is_first_state = true;
            for (std::size_t s = 0; s < marks.size(); ++s) {
                if ((marks[s] & graph::mark_of(one)) == 0) continue;
                if (without && ((*without)[s] & graph::mark_of(one)) != 0) continue;
                out_ += named(s).substr(is_first_state ? 1 : 0);
                is_first_state = false;
                send();
            }
            out_ += "]";
        }
        out_ += "}";
    }

    void tell_preferences() {
        out_ += ",\"preferences\":[";
        for (std::size_t set = 0; set < model_.sets.size(); ++set)
            for (std::size_t i = 0; i < model_.makers.size(); ++i) {
                const Preference& one = model_.sets[set].of_makers[i];
                JsonWriter json;
                json.begin_object().field("set", model_.sets[set].name).field("of", model_.makers[i]);
                for (const auto& [key, value] :
                     {std::pair("author", one.author), {"date", one.date}, {"source", one.source}}) {
                    json.key(key);
                    if (value.empty()) json.null();
                    else json.value(value);
                }
                json.field("whole", one.stated.ranks.has_value()).end_object();
                out_ += (set + i == 0 ? "" : ",") + json.text();
            }
        out_ += "]";
    }

    void tell_in_part() {
        const Analysis& found = findings_.analysis;
        JsonWriter exact;
        exact.begin_object().field("nash", true).field("gmr", true).field("smr", true);
        exact.field("seq", found.is_seq_equilibrium_exact).end_object();
        out_ += ",\"robust\":{\"exact\":" + exact.text() + ",\"under_some_orders\":";
        by_concept(found.possible.equilibria, &found.stable.equilibria);
        out_ += ",\"under_none\":";
        Marks never(found.ever.size());
        for (std::size_t s = 0; s < never.size(); ++s)
            never[s] = static_cast<std::uint8_t>(~found.ever[s]) & graph::all_marks;
        by_concept(never, nullptr);
        out_ += ",\"questions\":[";
        for (std::size_t q = 0; q < found.questions.size(); ++q) {
            const auto& [set, question] = found.questions[q];
            JsonWriter json;
            json.begin_object().field("set", model_.sets[set].name).field("open", question.open);
            if (question.maker >= 0) {
                json.field("decision_maker", model_.makers[static_cast<std::size_t>(question.maker)]);
                if (question.option >= 0)
                    json.field("option", model_.options[static_cast<std::size_t>(question.option)]);
                json.field("first", letters_of(model_.states[question.first], model_.game.options))
                    .field("second", letters_of(model_.states[question.second], model_.game.options))
                    .field("settled_if_first", question.decided_if_first)
                    .field("settled_if_second", question.decided_if_second);
            }
            out_ += (q == 0 ? "" : ",") + json.end_object().text();
        }
        out_ += "]}";
    }

    void tell_players() {
        out_ += ",\"coalitions\":{\"players\":[";
        for (std::size_t h = 0; h < model_.players.size(); ++h) {
            out_ += h == 0 ? "{\"members\":[" : ",{\"members\":[";
            for (std::size_t m = 0; m < model_.players[h].size(); ++m)
                out_ += (m == 0 ? "" : ",") + quoted(model_.makers[static_cast<std::size_t>(model_.players[h][m])]);
            out_ += "],\"stable\":";
            by_concept(findings_.analysis.players->makers[h], nullptr);
            out_ += "}";
        }
        out_ += "],\"equilibria\":";
        by_concept(findings_.analysis.players->equilibria, nullptr);
        out_ += "}";
    }

    void one_way(const std::vector<graph::Arrival>& ways, std::uint32_t to) {
        if (ways.empty() || ways[to].steps < 0) {
            out_ += "null";
            return;
        }
        out_ += "[";
        bool is_first = true;
        for (const auto& [maker, next] : graph::way_to(ways, to)) {
            out_ += (is_first ? "{\"by\":" : ",{\"by\":") + quoted(model_.makers[static_cast<std::size_t>(maker)])
                + ",\"to\":" + state(next) + "}";
            is_first = false;
        }
        out_ += "]";
    }

    void tell_ways() {
        out_ += ",\"status_quo\":{\"from\":" + state(*findings_.asked.from) + ",\"ways\":[";
        bool is_first = true;
        for (std::uint32_t s = 0; s < model_.states.size(); ++s) {
            if (!is_told(s)) continue;
            out_ += (is_first ? "{\"to\":" : ",{\"to\":") + state(s) + ",\"by_moves\":";
            is_first = false;
            one_way(findings_.ways->by_moves, s);
            out_ += ",\"by_gains\":";
            one_way(findings_.ways->by_gains, s);
            out_ += "}";
            send();
        }
        out_ += "]}";
    }

    [[nodiscard]] bool is_told(std::uint32_t s) const {
        const std::uint8_t asked = findings_.asked.only ? graph::mark_of(*findings_.asked.only) : graph::all_marks;
        return (findings_.analysis.stable.equilibria[s] & asked) != 0;
    }

    void tell_wanted() {
        out_ += ",\"wanted\":{\"state\":" + state(*findings_.asked.want) + ",\"needs\":[";
        bool is_first = true;
        for (const auto& [set, maker, under, answer] : *findings_.wanted) {
            if (findings_.asked.only && *findings_.asked.only != under) continue;
            JsonWriter json;
            json.begin_object()
                .field("set", model_.sets[set].name)
                .field("decision_maker", model_.makers[maker])
                .field("concept", graph::concept_names[static_cast<std::size_t>(under)])
                .field("stable", answer.is_stable)
                .field("fewest", answer.is_smallest)
                .key("no_better_than_it");
            json.begin_array();
            for (const auto& states : answer.sets) {
                json.begin_array();
                for (const std::uint32_t s : states) json.value(letters_of(model_.states[s], model_.game.options));
                json.end_array();
            }
            json.end_array().end_object();
            out_ += (is_first ? "" : ",") + json.text();
            is_first = false;
        }
        out_ += "]}";
    }

    void tell_notes() {
        JsonWriter json;
        json.begin_array();
        for (const std::string& note : model_.notes) json.value(note);
        if (!findings_.analysis.players_left_out.empty()) json.value(findings_.analysis.players_left_out);
        out_ += ",\"notes\":" + json.end_array().text();
    }

    const Findings& findings_;
    const Model& model_;
    const Sink& sink_;
    std::size_t width_;
    std::string names_;  ///< of all states, each as wide as the next: a million are written many times over
    std::string out_;
};

}  // namespace

void write_json(const Findings& findings, const Sink& sink) { JsonTelling(findings, sink).tell(); }

}  // namespace icosa::respond::games
