/// Looks up what stands there, then the commitment, then the rows that name it: a run that ends between them asks twice
/// rather than never.
#include "cli/fired_ledger.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/json_slice.hpp"
#include "base/text.hpp"
#include "ledger/commitment.hpp"
#include "ledger/ledger.hpp"

namespace icosa::cli {
namespace {

constexpr std::string_view fired_kind = "trigger-fired";

using EpisodeKey = std::tuple<std::string, std::string, std::string>;  ///< trigger, unit, its first month

std::set<EpisodeKey> kept_episodes(const ledger::Ledger& ledger) {
    std::set<EpisodeKey> out;
    for (const ledger::Row& row : ledger.rows) {
        if (row.kind != fired_kind) continue;
        const auto text = [&](std::string_view key) { return json_text_at(row.body, key).value_or(""); };
        out.emplace(text("trigger"), text("unit"), text("since"));
    }
    return out;
}

std::string undertaken_text(const brief::FiredTrigger& trigger, const std::vector<brief::FiredUnit>& units) {
    std::vector<std::string> where;
    for (const auto& unit : units) where.push_back(fmt::format("{} {}", unit.name, number_text(unit.sum)));
    return fmt::format("{} ({} in {}{})", trigger.action, join(where, ", "), trigger.month,
                       trigger.budget.empty() ? "" : "; budget " + trigger.budget);
}

std::string fired_row(const brief::FiredTrigger& trigger, const brief::FiredUnit& unit, const std::string& commitment,
                      Day day) {
    JsonWriter json;
    return json.begin_object()
        .field("trigger", trigger.id)
        .field("rule", trigger.rule)
        .field("unit", unit.id)
        .field("since", unit.since)
        .field("month", trigger.month)
        .field("sum", unit.sum)
        .field("source", trigger.source)
        .field("commitment", commitment)
        .field("day", iso(day))
        .end_object()
        .text();
}

}  // namespace

Result<std::vector<std::string>> keep_fired(const std::string& path, const std::string& at,
                                            const std::vector<brief::FiredTrigger>& triggers, Day day) {
    std::vector<std::string> out;
    if (std::ranges::none_of(triggers, [](const auto& one) { return !one.owner.empty() && !one.units.empty(); }))
        return out;
    const std::set<EpisodeKey> kept = kept_episodes(TRY(ledger::read_whole(path)));
    for (const brief::FiredTrigger& trigger : triggers) {
        std::vector<brief::FiredUnit> fresh;
        for (const auto& unit : trigger.units)
            if (!kept.contains({trigger.id, unit.id, unit.since})) fresh.push_back(unit);
        if (trigger.owner.empty() || fresh.empty()) continue;
        ledger::Undertaking said;
        said.owner = trigger.owner;
        said.what = undertaken_text(trigger, fresh);
        said.by = "trigger " + trigger.id;
        said.due = trigger.deadline;
        said.day = day;
        said.state = ledger::CommitmentState::Adopted;
        const ledger::Commitment made = TRY(ledger::undertake(path, at, said));
        const auto rows = [&](const ledger::Ledger&) -> Result<std::vector<ledger::NewRow>> {
            std::vector<ledger::NewRow> added;
            for (const auto& unit : fresh)
                added.push_back({std::string(fired_kind), fired_row(trigger, unit, made.id, day)});
            return added;
        };
        TRY(ledger::append(path, at, rows));
        out.push_back(fmt::format("{} in {}: {}, until {}", made.id, path, made.owner, iso(made.due)));
    }
    return out;
}

}  // namespace icosa::cli
