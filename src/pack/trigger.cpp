/// Reads triggers and says what is wrong with them.
#include "pack/trigger.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace icosa::pack {
namespace {

/// "2010-01", or a day of that month.
std::optional<int> trigger_month(TableReader& reader, std::string_view key) {
    const Node* node = reader.node(key);
    if (!node) return std::nullopt;
    if (node->kind == Node::Kind::Text) {
        if (const auto month = parse_period(node->text, PeriodKind::Month)) return month;
        if (const auto day = parse_iso_day(node->text)) return period_of(*day, PeriodKind::Month);
    }
    reader.fault(node->where, "bad-month", fmt::format("'{}' is not a month", key), "write it as \"2010-01\"");
    return std::nullopt;
}

void check_rule(TableReader& reader, const TriggerRule& rule) {
    const auto at = [&](std::string_view key) {
        const Node* node = reader.node(key);
        return node ? node->where : reader.table().where;
    };
    if (rule.sum < 1 || rule.sum > most_summed)
        reader.fault(at("sum"), "out-of-range", fmt::format("sum = {} months", rule.sum),
                     fmt::format("give 1 to {}", most_summed));
    if (!(rule.at_least > 0))
        reader.fault(at("at_least"), "out-of-range",
                     fmt::format("at_least = {}: it would fire where nothing happened", number_text(rule.at_least)),
                     "give a number above 0");
    if (rule.high_of < 1 || rule.high_of > most_high_of)
        reader.fault(at("high_of"), "out-of-range", fmt::format("high_of = {} months", rule.high_of),
                     fmt::format("give 1 (no high is asked for) to {}", most_high_of));
}

std::optional<TriggerCosts> costs_of(TableReader& reader) {
    const Node* vain = reader.node("act_in_vain");
    const Node* missed = reader.node("not_acting");
    if (!vain && !missed) return std::nullopt;
    if (!vain || !missed) {
        reader.fault((vain ? vain : missed)->where, "half-a-cost",
                     fmt::format("'{}' is given without '{}'", vain ? "act_in_vain" : "not_acting",
                                 vain ? "not_acting" : "act_in_vain"),
                     "give both, or neither");
        return std::nullopt;
    }
    const TriggerCosts out{reader.number_or("act_in_vain", 0), reader.number_or("not_acting", 0)};
    for (const auto& [node, cost] : {std::pair{vain, out.act_in_vain}, std::pair{missed, out.not_acting}})
        if (cost < 0)
            reader.fault(node->where, "out-of-range", fmt::format("a cost of {}", number_text(cost)), "give 0 or more");
    return out;
}

/// Who is to act, how, until when.
void read_agreement(TableReader& reader, Trigger& out) {
    out.owner = reader.text_or("owner", "");
    out.action = reader.text_or("action", "");
    out.budget = reader.text_or("budget", "");
    out.deadline_days = reader.int_or("deadline_days", 0);
    const auto where = [&](std::string_view key) { return reader.node(key)->where; };
    if (reader.has("deadline_days") && (out.deadline_days < 1 || out.deadline_days > 3660))
        reader.fault(where("deadline_days"), "out-of-range", fmt::format("deadline_days = {}", out.deadline_days),
                     "give 1 to 3660 days");
    for (const std::string_view key : {"action", "budget", "deadline_days"}) {
        if (!out.owner.empty() || !reader.has(key)) continue;
        reader.fault(where(key), "no-owner", fmt::format("trigger '{}' has '{}' and no owner", out.id, key),
                     "say who acts: owner = \"...\"");
        return;
    }
    if (!out.owner.empty() && out.action.empty())
        reader.fault(where("owner"), "no-action", fmt::format("trigger '{}' has an owner and no action", out.id),
                     "say what is done when it fires: action = \"...\"");
    if (!out.owner.empty() && !reader.has("deadline_days"))
        reader.fault(where("owner"), "no-deadline",
                     fmt::format("trigger '{}' has an owner and no day until when it is done", out.id),
                     "give the days from its firing: deadline_days = 10");
}

Trigger read_trigger(const Node& node, Diagnostics& faults) {
    TableReader reader(node, faults, "a trigger");
    Trigger out;
    out.where = node.where;
    out.id = reader.has("id") ? reader.id("id") : std::filesystem::path(node.where.file()).stem().string();
    out.measure = reader.text_or("measure", "");
    out.sources = reader.texts("sources");
    out.places = reader.texts("places");
    std::erase(out.places, "world");
    out.rule.sum = reader.int_or("sum", 1);
    out.rule.at_least = reader.number_or("at_least", 1);
    out.rule.high_of = reader.int_or("high_of", 1);
    out.outcome = reader.text("outcome");
    for (const auto& [key, where] : {std::pair{"measure", &out.measure_where}, std::pair{"outcome", &out.outcome_where},
                                     std::pair{"places", &out.places_where}})
        *where = reader.node(key) ? reader.node(key)->where : node.where;
    check_rule(reader, out.rule);
    out.from = trigger_month(reader, "from");
    out.to = trigger_month(reader, "to");
    if (out.from && out.to && *out.to < *out.from)
        reader.fault(reader.node("to")->where, "bad-span", "'to' is before 'from'", "write the earlier month first");
    read_agreement(reader, out);
    out.costs = costs_of(reader);
    reader.finish();
    return out;
}

void check_ids(const std::vector<Trigger>& all, std::size_t from, Diagnostics& faults) {
    for (std::size_t i = from; i < all.size(); ++i) {
        const auto end = all.begin() + static_cast<std::ptrdiff_t>(i);
        const auto other = std::find_if(all.begin(), end, [&](const Trigger& one) { return one.id == all[i].id; });
        if (other == end) continue;
        faults.push_back(
            {Fault::Pack, "duplicate-id", all[i].where,
             fmt::format("trigger '{}' is there already ({}:{})", all[i].id, other->where.file, other->where.line),
             "give it an id of its own: id = \"...\""});
    }
}

}  // namespace

std::vector<Trigger> parse_triggers(const Node& file, Diagnostics& faults) {
    TableReader top(file, faults, "a file of triggers");
    std::vector<Trigger> out;
    const Node* found = top.node("trigger");
    if (found && found->kind == Node::Kind::Table) out.push_back(read_trigger(*found, faults));
    else if (found)
        for (const Node* one : top.tables("trigger")) out.push_back(read_trigger(*one, faults));
    if (!found)
        top.fault({file.where.file()}, "no-trigger", "this file declares no trigger",
                  "write [trigger] with measure, sum, at_least, high_of, outcome, from, to (docs/triggers.md)");
    top.finish();
    check_ids(out, 1, faults);
    return out;
}

std::vector<Trigger> read_triggers(const std::string& path, Diagnostics& faults) {
    std::error_code error;
    const bool is_folder = std::filesystem::is_directory(path, error);
    if (!is_folder && !std::filesystem::is_regular_file(path, error)) {
        faults.push_back({Fault::Pack, "missing-file", {path}, "there is no such file or folder", "check the path"});
        return {};
    }
    std::vector<Trigger> out;
    for (const std::string& one : is_folder ? toml_files(path) : std::vector{path}) {
        const auto node = load_toml(one);
        if (!node) {
            faults.push_back(node.error());
            continue;
        }
        const std::size_t before = out.size();
        Diagnostics own;
        for (auto& trigger : parse_triggers(*node, own)) out.push_back(std::move(trigger));
        if (own.empty()) check_ids(out, std::max<std::size_t>(before, 1), own);
        faults.insert(faults.end(), own.begin(), own.end());
    }
    return out;
}

std::string rule_words(const TriggerRule& rule) {
    std::string out = rule.sum == 1 ? std::string("a month") : fmt::format("the sum of {} months", rule.sum);
    out += fmt::format(" at least {}", number_text(rule.at_least, 6));
    if (rule.high_of > 1) out += fmt::format(" and the highest of {}", rule.high_of);
    return out;
}

}  // namespace icosa::pack
