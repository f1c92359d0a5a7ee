/// Words and fields.
#include "cli/trigger_told.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "methods/statistics/proportion.hpp"

namespace icosa::cli {
namespace {

using record::OutcomeRun;
using record::TriggerRecord;

constexpr std::size_t most_named = 5, most_better = 3;

std::string figure_or_empty(double value) { return std::isnan(value) ? std::string() : fmt::format("{:.6g}", value); }
std::string month_word(int month) { return period_label(month, PeriodKind::Month); }
std::string of_hundred(double share) { return number_text(100 * share, share < 0.1 ? 1 : 0); }

std::string months_of(const OutcomeRun& run) {
    return run.first == run.last ? month_word(run.first)
                                 : fmt::format("{} to {}", month_word(run.first), month_word(run.last));
}

/// Those in none of whose months the rule fired, the largest first.
std::vector<OutcomeRun> missed_runs(const TriggerRecord& record) {
    std::vector<OutcomeRun> out;
    for (const OutcomeRun& run : record.runs) {
        if (!run.is_caught) out.push_back(run);
    }
    std::ranges::stable_sort(out, std::ranges::greater(), [](const OutcomeRun& run) { return run.after - run.before; });
    return out;
}

std::string fired_sentence(const TriggerStory& story, const TriggerRecord& record) {
    const auto decided = story.history.decided();
    std::string out = fmt::format("{}: {}, months {} to {}, {}.\n", story.trigger.id, pack::rule_words(record.rule),
                                  month_word(decided->first), month_word(decided->second), story.data);
    if (record.fired == 0) return out + fmt::format("It fired in none of {} {}.\n", record.cases, story.unit_months);
    out += fmt::format("It fired in {} of {} {}, in {} episodes; {} ({} in 100) were followed within {} months by {}",
                       record.fired, record.cases, story.unit_months, record.episodes, record.followed,
                       of_hundred(record.share()), story.outcome.months, story.outcome.title.en);
    if (!std::isnan(record.base_rate()))
        out += fmt::format("; of those in which it did not fire, {} in 100", of_hundred(record.base_rate()));
    out += fmt::format(".\nFalse alarms: {} {} a year, {} episodes a year.\n",
                       number_text(record.false_alarms_a_year(), 1), story.unit_months,
                       number_text(record.false_episodes_a_year(), 1));
    if (record.undecided > 0)
        out += fmt::format("It fired in {} more, of which it is not known yet what followed.\n", record.undecided);
    return out;
}

std::string missed_sentence(const TriggerStory& story, const TriggerRecord& record) {
    const auto missed = missed_runs(record);
    const auto caught = record.runs.size() - missed.size();
    std::string out = fmt::format("Of {} {} before such an outcome it fired in {} and missed {}. ", record.outcomes,
                                  story.unit_months, record.caught, record.missed());
    out += fmt::format("These are {} stretches; it fired in {} of them", record.runs.size(), caught);
    if (caught > 0)
        out += fmt::format(", for the first time a median of {} months before the outcome was reached",
                           number_text(record.median_lead_months, 1));
    out += ".\n";
    if (story.lag_days > 0 && caught > 0)
        out += fmt::format("A month's figure is out {} days after its end: so much of that time is gone.\n",
                           story.lag_days);
    if (missed.empty()) return out;
    out += "Missed, the largest:";
    for (std::size_t i = 0; i < std::min(most_named, missed.size()); ++i) {
        const OutcomeRun& run = missed[i];
        out += fmt::format("{} {} ({}, {} after {})", i == 0 ? "" : ";", story.name_of(story.history.units()[run.unit]),
                           months_of(run), number_text(run.after, 0), number_text(run.before, 0));
    }
    return out + (missed.size() > most_named ? fmt::format("; {} more with --json", missed.size() - most_named) : "")
        + ".\n";
}

struct CostSums {
    double rule = 0, never = 0, always = 0;  ///< a year
};

CostSums cost_sums(const TriggerRecord& record, const pack::TriggerCosts& costs) {
    return {record::cost_a_year(record, costs), costs.not_acting * static_cast<double>(record.outcomes) / record.years,
            costs.act_in_vain * static_cast<double>(record.cases - record.outcomes) / record.years};
}

std::string cost_sentence(const TriggerStory& story, const TriggerRecord& record) {
    std::string out;
    if (record.caught > 0)
        out += fmt::format(
            "It costs less than never acting where not acting costs over {} times what acting in vain does.\n",
            number_text(static_cast<double>(record.false_alarms()) / static_cast<double>(record.caught), 1));
    if (!story.trigger.costs) return out;
    const auto& costs = *story.trigger.costs;
    const auto [rule, never, always] = cost_sums(record, costs);
    out += fmt::format(
        "At {} for acting in vain and {} for not acting, each for one of the {}: {} a year by this rule, {} by never "
        "acting, {} by always acting.\n",
        number_text(costs.act_in_vain), number_text(costs.not_acting), story.unit_months, number_text(rule, 1),
        number_text(never, 1), number_text(always, 1));
    return out + cost_lines(record::cost_curve(story.history, record.rule, costs), record.rule.at_least);
}

std::string better_sentence(const TriggerStory& story, const TriggerRecord& record) {
    const auto better = record::better_on_all_counts(story.history, record.rule, most_better);
    if (better.empty()) return "No rule near it caught more with fewer false alarms.\n";
    std::string out = "Near it, caught more with fewer false alarms on these same months:\n";
    for (const auto& rule : better) {
        const TriggerRecord other = story.history.record(rule);
        out += fmt::format("  {}: caught {}, {} false alarms a year\n", pack::rule_words(rule), other.caught,
                           number_text(other.false_alarms_a_year(), 1));
    }
    return out
        + "They are picked with hindsight; `icosa trigger search` tells of rules on years that did not pick them.\n";
}

/// How many stretches were caught so many months before the outcome was reached, from one month on.
void write_leads(JsonWriter& json, const TriggerRecord& record, int months) {
    json.key("stretches_by_lead_months").begin_array();
    for (int lead = 1; lead <= months; ++lead) json.value(std::ranges::count(record.leads, static_cast<double>(lead)));
    json.end_array();
}

void write_firings(JsonWriter& json, const TriggerStory& story, const TriggerRecord& record) {
    json.key("firings").begin_array();
    for (const record::FiredMonth& one : record.firings) {
        const std::string& unit = story.history.units()[one.unit];
        json.begin_object()
            .field("unit", unit)
            .field("name", story.name_of(unit))
            .field("month", month_word(one.month));
        json.field("sum", one.sum).field("begins_episode", one.begins).key("followed");
        if (one.followed) json.value(*one.followed);
        else json.null();
        json.end_object();
    }
    json.end_array();
}

void write_missed(JsonWriter& json, const TriggerStory& story, const TriggerRecord& record) {
    json.key("missed_stretches").begin_array();
    for (const OutcomeRun& run : missed_runs(record)) {
        const std::string& unit = story.history.units()[run.unit];
        json.begin_object()
            .field("unit", unit)
            .field("name", story.name_of(unit))
            .field("first", month_word(run.first))
            .field("last", month_word(run.last))
            .field("before", run.before)
            .field("after", run.after)
            .end_object();
    }
    json.end_array();
}

}  // namespace

std::string trigger_row(const std::string& rule, const TriggerRecord& record) {
    return fmt::format("{},{},{},{},{},{},{},{},{},{},{}", csv_cell(rule), record.fired, record.episodes,
                       record.followed, figure_or_empty(record.share()), figure_or_empty(record.base_rate()),
                       record.outcomes, record.caught, record.missed(), figure_or_empty(record.false_alarms_a_year()),
                       figure_or_empty(record.median_lead_months));
}

void write_trigger_counts(JsonWriter& json, const TriggerRecord& record) {
    const auto interval = methods::wilson_interval(static_cast<int>(record.followed), static_cast<int>(record.fired));
    json.field("cases", record.cases)
        .field("fired", record.fired)
        .field("episodes", record.episodes)
        .field("followed", record.followed)
        .field("share", record.share())
        .field("share_low", interval.low)
        .field("share_high", interval.high)
        .field("base_rate", record.base_rate())
        .field("undecided", record.undecided)
        .field("outcomes", record.outcomes)
        .field("caught", record.caught)
        .field("missed", record.missed())
        .field("years", record.years)
        .field("false_alarms_a_year", record.false_alarms_a_year())
        .field("false_episodes_a_year", record.false_episodes_a_year())
        .field("median_lead_months", record.median_lead_months);
}

void write_trigger_rule(JsonWriter& json, const pack::TriggerRule& rule) {
    json.field("sum", rule.sum)
        .field("at_least", rule.at_least)
        .field("high_of", rule.high_of)
        .field("words", pack::rule_words(rule));
}

void write_cost_curve(JsonWriter& json, const std::vector<record::CostPoint>& curve) {
    json.key("curve").begin_array();
    for (const auto& point : curve)
        json.begin_object()
            .field("at_least", point.at_least)
            .field("caught", point.caught)
            .field("missed", point.missed)
            .field("false_alarms", point.false_alarms)
            .field("cost_a_year", point.cost_a_year)
            .end_object();
    json.end_array();
}

std::string cost_lines(const std::vector<record::CostPoint>& curve, double own) {
    constexpr std::size_t most_lines = 12;
    std::string out = fmt::format("  {:>9} {:>7} {:>7} {:>13} {:>12}\n", "at least", "caught", "missed", "false alarms",
                                  "cost a year");
    const std::size_t step = (curve.size() + most_lines - 1) / most_lines;
    for (std::size_t i = 0; i < curve.size(); ++i) {
        const auto& point = curve[i];
        if (i % step != 0 && point.at_least != own) continue;
        out += fmt::format("  {:>9} {:>7} {:>7} {:>13} {:>12}{}\n", number_text(point.at_least, 6), point.caught,
                           point.missed, point.false_alarms, number_text(point.cost_a_year, 1),
                           point.at_least == own ? "  the rule" : "");
    }
    return out;
}

void write_trigger_story(JsonWriter& json, const TriggerStory& story) {
    const pack::Trigger& trigger = story.trigger;
    const TriggerRecord record = story.history.record(trigger.rule);
    json.begin_object().field("rule", trigger.id);
    write_trigger_rule(json, trigger.rule);
    json.field("outcome", story.outcome.id).field("outcome_title", story.outcome.title.en).field("data", story.data);
    json.field("from", month_word(story.history.first())).field("to", month_word(story.history.last()));
    if (const auto decided = story.history.decided())
        json.field("decided_from", month_word(decided->first)).field("decided_to", month_word(decided->second));
    json.field("units", story.history.units().size());
    write_trigger_counts(json, record);
    json.field("publication_lag_days", story.lag_days);
    json.field("stretches", record.runs.size());
    write_leads(json, record, story.outcome.months);
    write_firings(json, story, record);
    write_missed(json, story, record);
    if (trigger.costs) {
        const auto [rule, never, always] = cost_sums(record, *trigger.costs);
        json.key("costs")
            .begin_object()
            .field("act_in_vain", trigger.costs->act_in_vain)
            .field("not_acting", trigger.costs->not_acting)
            .field("a_year", rule)
            .field("never_acting_a_year", never)
            .field("always_acting_a_year", always);
        write_cost_curve(json, record::cost_curve(story.history, trigger.rule, *trigger.costs));
        json.end_object();
    }
    json.key("better_on_these_months").begin_array();
    for (const auto& rule : record::better_on_all_counts(story.history, trigger.rule, most_better)) {
        json.begin_object();
        write_trigger_rule(json, rule);
        write_trigger_counts(json, story.history.record(rule));
        json.end_object();
    }
    json.end_array();
    if (trigger.is_agreed())
        json.key("agreed")
            .begin_object()
            .field("owner", trigger.owner)
            .field("action", trigger.action)
            .field("budget", trigger.budget)
            .field("deadline_days", trigger.deadline_days)
            .end_object();
    json.key("notes").begin_array();
    for (const auto& note : story.notes) json.value(note);
    json.end_array().end_object();
}

std::string trigger_story(const TriggerStory& story) {
    const TriggerRecord record = story.history.record(story.trigger.rule);
    std::string out = fired_sentence(story, record);
    if (record.outcomes > 0) out += missed_sentence(story, record);
    else out += "No such outcome came in these months.\n";
    out += cost_sentence(story, record) + better_sentence(story, record);
    for (const auto& note : story.notes) out += "Note: " + note + ".\n";
    return out;
}

}  // namespace icosa::cli
