/// A trigger's record told: a row of CSV, an object of JSON, sentences for the terminal.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/json.hpp"
#include "pack/outcomes.hpp"
#include "pack/trigger.hpp"
#include "record/trigger.hpp"
#include "record/trigger_search.hpp"

namespace icosa::cli {

/// What is told besides the record itself.
struct TriggerStory {
    const pack::Trigger& trigger;
    const pack::Outcome& outcome;
    const record::TriggerHistory& history;
    std::string data;         ///< whose figures: "ged-country-month", a file
    std::string unit_months;  ///< "country-months", "unit-months"
    int lag_days = 0;         ///< from a month's end until its figure is out; 0 = not known
    std::vector<std::string> notes;
    std::function<std::string(const std::string&)> name_of;  ///< of a unit
};

inline constexpr std::string_view trigger_header =
    "rule,fired,episodes,followed,share,base_rate,outcomes,caught,missed,false_alarms_a_year,median_lead_months";

/// The row under trigger_header, without a line end; what has no value is empty.
[[nodiscard]] std::string trigger_row(const std::string& rule, const record::TriggerRecord& record);

/// The same figures as fields of the object that stands open.
void write_trigger_counts(JsonWriter& json, const record::TriggerRecord& record);

/// sum, at_least, high_of and the rule in words, as fields of the object that stands open.
void write_trigger_rule(JsonWriter& json, const pack::TriggerRule& rule);

/// An object: the rule, its record, what it would have missed, costs with their curve, better rules.
void write_trigger_story(JsonWriter& json, const TriggerStory& story);

/// The same in sentences.
[[nodiscard]] std::string trigger_story(const TriggerStory& story);

/// The curve of costs, a line a level, thinned to a dozen; `own` is marked.
[[nodiscard]] std::string cost_lines(const std::vector<record::CostPoint>& curve, double own);
void write_cost_curve(JsonWriter& json, const std::vector<record::CostPoint>& curve);

}  // namespace icosa::cli
