/// Reads selections: the words for records, units, periods, quantities and conditions.
#include "pack/selection.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

using model::Condition;
using model::Quantity;
using model::RecordKind;
using model::Unit;

const std::vector<std::pair<std::string, RecordKind>> record_kinds = {{"event", RecordKind::Event},
                                                                      {"observation", RecordKind::Observation},
                                                                      {"vote", RecordKind::Vote},
                                                                      {"designation", RecordKind::Designation}};
const std::vector<std::pair<std::string, Unit>> units = {{"place", Unit::Place},
                                                         {"actor", Unit::Actor},
                                                         {"dyad", Unit::Dyad},
                                                         {"cell", Unit::Cell},
                                                         {"subject", Unit::Subject},
                                                         {"place-subject", Unit::PlaceSubject},
                                                         {"subject-place", Unit::SubjectPlace},
                                                         {"subject-head", Unit::SubjectHead},
                                                         {"place-position", Unit::PlacePosition},
                                                         {"subject-position", Unit::SubjectPosition},
                                                         {"world", Unit::World}};
const std::vector<std::pair<std::string, PeriodKind>> periods = {{"day", PeriodKind::Day},
                                                                 {"week", PeriodKind::Week},
                                                                 {"month", PeriodKind::Month},
                                                                 {"quarter", PeriodKind::Quarter},
                                                                 {"year", PeriodKind::Year}};
const std::vector<std::pair<std::string, Quantity>> event_quantities = {{"count", Quantity::Count},
                                                                        {"low", Quantity::Low},
                                                                        {"best", Quantity::Best},
                                                                        {"high", Quantity::High},
                                                                        {"civilians", Quantity::Civilians},
                                                                        {"mentions", Quantity::Mentions},
                                                                        {"intensity", Quantity::Intensity},
                                                                        {"intensity-mean", Quantity::IntensityMean},
                                                                        {"last-mentions", Quantity::Last},
                                                                        {"last-sources", Quantity::Last},
                                                                        {"last-best", Quantity::Last},
                                                                        {"balance", Quantity::Balance},
                                                                        {"network-balance", Quantity::NetworkBalance}};
const std::vector<std::pair<std::string, Quantity>> observation_quantities = {
    {"last", Quantity::Last}, {"sum", Quantity::Sum}, {"mean", Quantity::Mean}, {"median", Quantity::Median}};
const std::vector<std::pair<std::string, Quantity>> vote_quantities = {{"agreement", Quantity::Agreement},
                                                                       {"yes-share", Quantity::YesShare},
                                                                       {"s-score", Quantity::SScore},
                                                                       {"kappa", Quantity::Kappa},
                                                                       {"ideal-point", Quantity::IdealPoint},
                                                                       {"ideal-distance", Quantity::IdealDistance},
                                                                       {"network-balance", Quantity::NetworkBalance}};
const std::vector<std::pair<std::string, Quantity>> count_only = {{"count", Quantity::Count}};
const std::vector<std::pair<std::string, Condition::Field>> condition_fields = {
    {"intensity", Condition::Field::Intensity},
    {"mentions", Condition::Field::Mentions},
    {"sources", Condition::Field::Sources},
    {"best", Condition::Field::Best},
    {"value", Condition::Field::Value}};
constexpr std::pair<const char*, Condition::Comparison> comparisons[] = {
    {"at_least", Condition::Comparison::GreaterEqual},
    {"at_most", Condition::Comparison::LessEqual},
    {"above", Condition::Comparison::Greater},
    {"below", Condition::Comparison::Less},
    {"equal", Condition::Comparison::Equal}};

const std::vector<std::pair<std::string, Quantity>>& quantities_of(RecordKind kind) {
    switch (kind) {
        case RecordKind::Event: return event_quantities;
        case RecordKind::Observation: return observation_quantities;
        case RecordKind::Vote: return vote_quantities;
        default: return count_only;
    }
}

std::vector<Condition> read_conditions(TableReader& reader, Diagnostics& faults) {
    std::vector<Condition> out;
    for (const Node* node : reader.tables("where")) {
        TableReader one(*node, faults, "a condition");
        Condition condition;
        condition.field = one.choice("field", Condition::Field::Value, condition_fields);
        if (!node->find("field"))
            one.fault(node->where, "missing-key", "a condition has no 'field'", "add field = \"best\"");
        int given = 0;
        for (const auto& [key, comparison] : comparisons) {
            if (!one.has(key)) continue;
            condition.comparison = comparison;
            condition.value = one.number_or(key, 0);
            ++given;
        }
        if (one.has("within_years")) {
            condition.within_years = one.int_or("within_years", 0);
            condition.comparison = Condition::Comparison::GreaterEqual;
            ++given;
        }
        if (given != 1)
            one.fault(node->where, "bad-condition", fmt::format("a condition has {} comparisons, it needs one", given),
                      "give one of at_least, at_most, above, below, equal, within_years");
        one.finish();
        out.push_back(condition);
    }
    return out;
}

/// matched = true, or { km = 50, days = 1, taxonomy = "..." }.
std::optional<model::MatchedWithin> read_matched(TableReader& reader, Diagnostics& faults) {
    const Node* node = reader.node("matched");
    if (!node || (node->kind == Node::Kind::Boolean && !node->boolean)) return std::nullopt;
    model::MatchedWithin out;
    if (node->kind == Node::Kind::Boolean) return out;
    if (node->kind != Node::Kind::Table) {
        reader.fault(node->where, "wrong-type", "'matched' is no truth value and no table",
                     "write true, or { km = 25, days = 2 }");
        return std::nullopt;
    }
    TableReader one(*node, faults, "'matched'");
    out.km = one.number_or("km", out.km);
    out.days = one.int_or("days", out.days);
    out.taxonomy = one.text_or("taxonomy", "");
    one.finish();
    constexpr double most_km = 20'000;
    constexpr int most_days = 36'500;
    if (!(out.km >= 0 && out.km <= most_km) || out.days < 0 || out.days > most_days)
        reader.fault(node->where, "out-of-range", "'matched' reaches beyond what can be matched",
                     fmt::format("km 0 to {:.0f}, days 0 to {}", most_km, most_days));
    return out;
}

}  // namespace

Selection read_selection(TableReader& reader, const Selection& base, Diagnostics& faults) {
    Selection out = base;
    const auto texts = [&](std::string_view key, std::vector<std::string>& into) {
        if (reader.has(key)) into = reader.texts(key);
    };
    texts("from", out.from);
    texts("kind", out.kinds);
    texts("code", out.codes);
    texts("issue", out.issues);
    texts("subject", out.subjects);
    texts("places", out.places);
    std::erase(out.places, "world");
    out.measure = reader.text_or("measure", out.measure);
    const RecordKind inferred = reader.table().find("measure") ? RecordKind::Observation : out.records;
    out.records = reader.choice("records", inferred, record_kinds);
    if (reader.has("matched")) out.matched = read_matched(reader, faults);
    else if (reader.has("from") || out.records != RecordKind::Event) out.matched.reset();  // is of the sources there
    out.both_actors = reader.flag_or("both_actors", out.both_actors);
    if (reader.has("where")) out.where = read_conditions(reader, faults);
    if (reader.has("except_days")) {
        out.except_days.clear();
        for (const std::string& text : reader.texts("except_days")) {
            const auto day = parse_iso_day(text);
            if (day) out.except_days.push_back(*day);
            else
                reader.fault(reader.node("except_days")->where, "wrong-type",
                             fmt::format("'{}' in 'except_days' is not a day", text), "write it as 2020-12-31");
        }
        std::sort(out.except_days.begin(), out.except_days.end());
    }
    if (reader.has("except")) {
        out.except.clear();
        for (const Node* node : reader.tables("except")) {
            TableReader one(*node, faults, "an exception");
            out.except.push_back({one.text("subject"), one.day_or("first_day", first_possible_day),
                                  one.day_or("last_day", last_possible_day)});
            one.finish();
        }
        std::sort(out.except.begin(), out.except.end());
    }
    out.credible = reader.number_or("credible", out.credible);
    if (reader.has("credible") && (out.credible < 0 || out.credible >= 1 || out.records != RecordKind::Event))
        reader.fault(reader.node("credible")->where, "out-of-range",
                     fmt::format("'credible' is {}, of records of kind {}", number_text(out.credible),
                                 model::record_kind_names[static_cast<std::size_t>(out.records)]),
                     "events have a credibility, from 0 to below 1");
    out.unit = reader.choice("unit", out.unit, units);
    out.period = reader.choice("period", out.period, periods);
    const auto& allowed = quantities_of(out.records);
    const bool fits =
        std::any_of(allowed.begin(), allowed.end(), [&](const auto& one) { return one.second == out.quantity; });
    out.quantity = reader.choice("value", fits ? out.quantity : allowed.front().second, allowed);
    if (out.records == RecordKind::Observation && out.measure.empty()) {
        reader.fault(reader.table().where, "missing-key", "records = \"observation\" without a measure",
                     "add measure = \"...\" as the source card calls it");
    }
    if (out.records == RecordKind::Event && out.quantity == Quantity::Last) {
        // of an event the figure whose newest is asked: "last-mentions"
        if (const Node* value = reader.table().find("value")) out.measure = value->text.substr(5);
    } else if (out.records != RecordKind::Observation && !out.measure.empty()) {
        out.measure.clear();
    }
    return out;
}

}  // namespace icosa::pack
