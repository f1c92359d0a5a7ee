/// Counts every rule on one half, records the few that count on the other.
#include "cli/trigger_search.hpp"

#include <cmath>
#include <cstdio>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"

namespace icosa::cli {
namespace {

using record::TriggerHistory;
using record::TriggerRecord;
using record::Years;

/// A rule with its two halves.
struct Searched {
    std::string name;
    TriggerRecord chosen_on, told_on;
};

struct SearchAnswer {
    std::size_t rules = 0;
    std::vector<Searched> front;
    std::optional<Searched> cheapest;
    Searched own;
};

std::string search_name(const pack::TriggerRule& rule) {
    return fmt::format("sum{}-at{}-high{}", rule.sum, number_text(rule.at_least, 6), rule.high_of);
}

Searched searched(const TriggerHistory& history, const pack::TriggerRule& rule, std::string name) {
    return {std::move(name), history.record(rule, Years::EveryOther), history.record(rule, Years::TheOthers)};
}

Result<SearchAnswer> search(const TriggerStory& story) {
    const TriggerHistory& history = story.history;
    const auto year = [](int month) { return civil_of(first_day_of(month, PeriodKind::Month)).year; };
    if (year(history.first()) == year(history.last()) || history.cases(Years::TheOthers) == 0)
        return fail(Fault::Data, "one-year", story.trigger.where,
                    "rules are chosen on every other year and told on the others, and one of the halves has no month",
                    "give two years or more with --from and --to");
    const record::TriggerGrid grid = record::wide_grid(history);
    const auto counts = history.counts(grid.sums, grid.high_ofs, grid.levels, Years::EveryOther);
    SearchAnswer out;
    out.rules = counts.size();
    for (const auto& one : record::pareto_front(counts))
        out.front.push_back(searched(history, one.rule, search_name(one.rule)));
    out.own = searched(history, story.trigger.rule, story.trigger.id);
    if (out.front.empty())
        return fail(Fault::Data, "nothing-to-choose", story.trigger.where,
                    fmt::format("in the half that rules are chosen on, no outcome '{}' came after any of them",
                                story.outcome.id),
                    "give more years with --from and --to");
    if (story.trigger.costs) {
        const auto best = record::cheapest(counts, out.own.chosen_on.outcomes, *story.trigger.costs);
        if (best) out.cheapest = searched(history, best->rule, search_name(best->rule));
    }
    return out;
}

std::string years_words(const TriggerStory& story, int parity) {
    const auto year = [](int month) { return civil_of(first_day_of(month, PeriodKind::Month)).year; };
    std::vector<std::string> out;
    const int first = year(story.history.first()), last = year(story.history.last());
    for (int one = first + parity; one <= last; one += 2) out.push_back(std::to_string(one));
    if (out.size() > 4) return fmt::format("{}, {}, ... {}", out[0], out[1], out.back());
    return join(out, ", ");
}

std::string csv_of(const SearchAnswer& answer) {
    std::string out =
        "sum,at_least,high_of,chosen_caught,chosen_false_alarms_a_year," + std::string(trigger_header) + "\n";
    std::vector<const Searched*> all{&answer.own};
    for (const auto& one : answer.front) all.push_back(&one);
    for (const Searched* one : all) {
        const auto& rule = one->told_on.rule;
        out += fmt::format("{},{},{},{},{:.6g},{}\n", rule.sum, number_text(rule.at_least, 6), rule.high_of,
                           one->chosen_on.caught, one->chosen_on.false_alarms_a_year(),
                           trigger_row(one->name, one->told_on));
    }
    return out;
}

void write_searched(JsonWriter& json, const Searched& one) {
    json.begin_object().field("rule", one.name);
    write_trigger_rule(json, one.told_on.rule);
    json.key("chosen_on").begin_object();
    write_trigger_counts(json, one.chosen_on);
    json.end_object().key("told_on").begin_object();
    write_trigger_counts(json, one.told_on);
    json.end_object();
}

std::string json_of(const TriggerStory& story, const SearchAnswer& answer) {
    JsonWriter json;
    json.begin_object()
        .field("outcome", story.outcome.id)
        .field("data", story.data)
        .field("from", period_label(story.history.first(), PeriodKind::Month))
        .field("to", period_label(story.history.last(), PeriodKind::Month))
        .field("rules", answer.rules)
        .field("chosen_on_years", years_words(story, 0))
        .field("told_on_years", years_words(story, 1));
    json.key("own");
    write_searched(json, answer.own);
    json.end_object().key("front").begin_array();
    for (const auto& one : answer.front) {
        write_searched(json, one);
        json.end_object();
    }
    json.end_array();
    if (answer.cheapest) {
        const auto& costs = *story.trigger.costs;
        json.key("cheapest");
        write_searched(json, *answer.cheapest);
        json.field("chosen_cost_a_year", record::cost_a_year(answer.cheapest->chosen_on, costs))
            .field("told_cost_a_year", record::cost_a_year(answer.cheapest->told_on, costs))
            .field("own_told_cost_a_year", record::cost_a_year(answer.own.told_on, costs));
        write_cost_curve(json,
                         record::cost_curve(story.history, answer.cheapest->told_on.rule, costs, Years::TheOthers));
        json.end_object();
    }
    json.key("notes").begin_array();
    for (const auto& note : story.notes) json.value(note);
    json.end_array().end_object();
    return json.text();
}

std::string share_word(const TriggerRecord& record) {
    return std::isnan(record.share()) ? "-" : number_text(100 * record.share(), 0);
}

std::string line_of(const Searched& one) {
    return fmt::format("{:<46} {:>7} {:>8} | {:>6} {:>8} {:>7} {:>7} {:>8}\n", pack::rule_words(one.told_on.rule),
                       one.chosen_on.caught, number_text(one.chosen_on.false_alarms_a_year(), 1), one.told_on.fired,
                       share_word(one.told_on), one.told_on.caught, one.told_on.missed(),
                       number_text(one.told_on.false_alarms_a_year(), 1));
}

std::string cheapest_words(const TriggerStory& story, const SearchAnswer& answer) {
    const auto& costs = *story.trigger.costs;
    if (!answer.cheapest)
        return "\nAt the stated costs no rule costs less than never acting, on the years to choose on.\n";
    const TriggerRecord& told = answer.cheapest->told_on;
    return fmt::format(
               "\nOf least cost on the years to choose on: {}. On the others it costs {} a year; your rule {}; never "
               "acting {}.\n",
               pack::rule_words(told.rule), number_text(record::cost_a_year(told, costs), 1),
               number_text(record::cost_a_year(answer.own.told_on, costs), 1),
               number_text(costs.not_acting * static_cast<double>(told.outcomes) / told.years, 1))
        + cost_lines(record::cost_curve(story.history, told.rule, costs, Years::TheOthers), told.rule.at_least);
}

void print_search(const TriggerStory& story, const SearchAnswer& answer) {
    constexpr std::size_t most_lines = 15;
    fmt::print("{} rules on {}\nchosen on {}; told on {}, in {}\n\n", answer.rules, story.data, years_words(story, 0),
               years_words(story, 1), story.unit_months);
    fmt::print(
        "{:<46} {:>7} {:>8} | {:>6} {:>8} {:>7} {:>7} {:>8}\n{:<46} {:>7} {:>8} | {:>6} {:>8} {:>7} {:>7} {:>8}\n",
        "rule", "chosen:", "false", "told:", "followed", "caught", "missed", "false", "", "caught", "a year", "fired",
        "in 100", "", "", "a year");
    const std::size_t step = (answer.front.size() + most_lines - 1) / most_lines;
    for (std::size_t i = 0; i < answer.front.size(); i += step) fmt::print("{}", line_of(answer.front[i]));
    fmt::print("\nyours:\n{}", line_of(answer.own));
    if (story.trigger.costs) std::fputs(cheapest_words(story, answer).c_str(), stdout);
    fmt::print(
        "\nNo rule of the list catches more without more false alarms on the years it was chosen on{}. What decides an "
        "outcome reaches over New Year: the halves share some months.\n",
        step > 1 ? fmt::format("; {} of {} are shown, all with --out or --json",
                               (answer.front.size() + step - 1) / step, answer.front.size())
                 : std::string());
    for (const auto& note : story.notes) fmt::print("Note: {}.\n", note);
}

}  // namespace

Result<int> search_triggers(const Common& common, const TriggerStory& story, const std::string& out) {
    const SearchAnswer answer = TRY(search(story));
    if (!out.empty()) TRY(write_text(out, csv_of(answer)));
    if (common.json) fmt::print("{}\n", json_of(story, answer));
    else print_search(story, answer);
    return exit_clean;
}

}  // namespace icosa::cli
