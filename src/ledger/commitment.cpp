/// Rows become commitments in one walk; whoever adds a row walks all that stand there first.
#include "ledger/commitment.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/json_slice.hpp"
#include "base/text.hpp"

namespace icosa::ledger {
namespace {

constexpr std::string_view undertaken_kind = "commitment";
constexpr std::string_view step_kind = "commitment-state";
constexpr std::string_view undo_kind = "commitment-undo";

constexpr std::array<std::string_view, 5> names_of_states = {"proposed", "adopted", "reported", "verified",
                                                             "withdrawn"};

/// What may follow a state.
std::vector<CommitmentState> states_after(CommitmentState state) {
    using enum CommitmentState;
    switch (state) {
        case Proposed: return {Adopted, Withdrawn};
        case Adopted: return {Reported, Withdrawn};
        case Reported: return {Verified, Reported, Adopted, Withdrawn};
        case Verified:
        case Withdrawn: return {};
    }
    return {};
}

std::unexpected<Error> bad_commitment(const std::string& path, const Row& row, std::string what) {
    return fail(Fault::Data, "bad-commitment", {path, row.line, 1}, std::move(what),
                "rows of commitments are written by `icosa commit`; another row may set it right");
}

Commitment* find_commitment(std::vector<Commitment>& all, std::string_view id) {
    const auto found = std::ranges::find(all, id, &Commitment::id);
    return found == all.end() ? nullptr : &*found;
}

/// The state after what was not undone.
void settle(Commitment& commitment) {
    for (const auto& step : commitment.history) {
        if (!step.is_undone) commitment.state = step.state;
    }
}

Result<CommitmentStep> step_of(const std::string& path, const Row& row) {
    const auto text = [&](std::string_view key) { return json_text_at(row.body, key).value_or(""); };
    CommitmentStep out;
    out.row = row.number;
    const auto day = parse_iso_day(text("day"));
    const auto state = parse_state(text("state"));
    if (!day || !state) return bad_commitment(path, row, "this row has no day or no state");
    out.day = *day;
    out.state = *state;
    out.by = text("by");
    out.evidence = text("evidence");
    return out;
}

Result<Commitment> first_of(const std::string& path, const Row& row) {
    const auto text = [&](std::string_view key) { return json_text_at(row.body, key).value_or(""); };
    Commitment out;
    out.id = text("id");
    out.owner = text("owner");
    out.what = text("what");
    out.area = text("area");
    out.instrument = text("instrument");
    out.meeting = text("meeting");
    out.due = parse_iso_day(text("due")).value_or(no_day);
    out.digest = row.digest;
    if (out.id.empty() || out.owner.empty() || out.what.empty() || out.due == no_day)
        return bad_commitment(path, row, "a commitment needs id, owner, what and due");
    out.history.push_back(TRY(step_of(path, row)));
    out.state = out.history.front().state;
    return out;
}

/// A row of the kinds after the first.
Result<void> take_up(const std::string& path, const Row& row, Commitment& of) {
    if (row.kind == step_kind) {
        of.history.push_back(TRY(step_of(path, row)));
    } else {
        const auto undone = parse_integer(json_text_at(row.body, "row").value_or(""));
        const auto step =
            std::ranges::find_if(of.history, [&](const CommitmentStep& one) { return undone && one.row == *undone; });
        if (step == of.history.end() || step == of.history.begin())
            return bad_commitment(path, row, "this row takes back a step that is not there");
        step->is_undone = true;
    }
    settle(of);
    return {};
}

std::string undertaking_text(const std::string& id, const Undertaking& said) {
    JsonWriter json;
    json.begin_object().field("id", id).field("owner", said.owner).field("what", said.what);
    json.field("due", iso(said.due));
    for (const auto& [key, value] :
         {std::pair("area", &said.area), std::pair("instrument", &said.instrument), std::pair("meeting", &said.meeting),
          std::pair("by", &said.by), std::pair("evidence", &said.evidence)}) {
        if (!value->empty()) json.field(key, *value);
    }
    return json.field("day", iso(said.day)).field("state", state_name(said.state)).end_object().text();
}

std::string step_text(const StateChange& said) {
    JsonWriter json;
    json.begin_object().field("id", said.id).field("state", state_name(said.state));
    if (!said.by.empty()) json.field("by", said.by);
    if (!said.evidence.empty()) json.field("evidence", said.evidence);
    return json.field("day", iso(said.day)).end_object().text();
}

std::unexpected<Error> no_such_commitment(const std::vector<Commitment>& all, const std::string& id) {
    return fail(Fault::Usage, "unknown-commitment", {}, fmt::format("the ledger has no commitment '{}'", excerpt(id)),
                all.empty()           ? "it has none yet; `icosa commit add` adds one"
                    : all.size() == 1 ? "it has c1 alone"
                                      : fmt::format("it has c1 to c{}; `icosa commit list` lists them", all.size()));
}

Result<void> check_undertaking(const Undertaking& said) {
    using enum CommitmentState;
    if (trim(said.owner).empty())
        return fail(Fault::Usage, "no-owner", {}, "a commitment without an owner binds nobody",
                    "name who undertook it with --owner");
    if (trim(said.what).empty())
        return fail(Fault::Usage, "no-text", {}, "nothing is said of what was undertaken", "say it with --what");
    if (said.due == no_day)
        return fail(Fault::Usage, "no-due-day", {}, "a commitment without a due day is never overdue",
                    "say until when with --due 2027-06-30");
    if (said.state != Proposed && said.state != Adopted)
        return fail(Fault::Usage, "bad-state", {},
                    fmt::format("a new commitment is proposed or adopted, not {}", state_name(said.state)),
                    "add it first, then `icosa commit report ID --state STATE`");
    return {};
}

/// May this state follow, on this day?
Result<void> check_step(const Commitment& of, const StateChange& said) {
    const auto allowed = states_after(of.state);
    if (std::ranges::find(allowed, said.state) == allowed.end()) {
        std::vector<std::string> names;
        for (const auto state : allowed) names.emplace_back(state_name(state));
        return fail(Fault::Usage, "bad-state", {},
                    fmt::format("{} is {} and cannot become {}", of.id, state_name(of.state), state_name(said.state)),
                    names.empty() ? fmt::format("if it was {} by mistake: `icosa commit report {} --undo`",
                                                state_name(of.state), of.id)
                                  : fmt::format("it may become {}", join(names, ", ")));
    }
    Day last = of.history.front().day;
    for (const auto& step : of.history) {
        if (!step.is_undone) last = std::max(last, step.day);
    }
    if (said.day < last)
        return fail(Fault::Usage, "bad-day", {},
                    fmt::format("{} was {} on {}, after {}", of.id, state_name(of.state), iso(last), iso(said.day)),
                    "give that day or a later one");
    return {};
}

/// Adds a row about one commitment and returns how that stands then.
template <class Body>
Result<Commitment> add_about(const std::string& path, const std::string& at, const std::string& id,
                             std::string_view kind, const Body& body_for) {
    Commitment out;
    if (!TRY(read(path)).is_there) return no_such_commitment({}, id);  // a report begins no ledger
    const auto compose = [&](const Ledger& so_far) -> Result<std::vector<NewRow>> {
        auto all = TRY(commitments_of(so_far));
        Commitment* of = find_commitment(all, id);
        if (!of) return no_such_commitment(all, id);
        std::string body = TRY(body_for(*of));
        out = *of;
        return std::vector<NewRow>{{std::string(kind), std::move(body)}};
    };
    const auto rows = TRY(append(path, at, compose));
    TRY(take_up(path, rows.front(), out));
    return out;
}

}  // namespace

std::string_view state_name(CommitmentState state) { return names_of_states[static_cast<std::size_t>(state)]; }

std::optional<CommitmentState> parse_state(std::string_view name) {
    const auto found = std::ranges::find(names_of_states, name);
    if (found == names_of_states.end()) return std::nullopt;
    return static_cast<CommitmentState>(found - names_of_states.begin());
}

bool is_open(const Commitment& commitment) {
    return commitment.state == CommitmentState::Proposed || commitment.state == CommitmentState::Adopted;
}

bool is_overdue(const Commitment& commitment, Day as_of) { return is_open(commitment) && commitment.due < as_of; }

std::string_view standing_name(const Commitment& commitment, Day as_of) {
    return is_overdue(commitment, as_of) ? "overdue" : state_name(commitment.state);
}

std::string evidence_of(const Commitment& commitment) {
    std::string out;
    for (const auto& step : commitment.history) {
        if (!step.is_undone && !step.evidence.empty()) out = step.evidence;
    }
    return out;
}

Result<std::vector<Commitment>> commitments_of(const Ledger& ledger, Day as_of) {
    std::vector<Commitment> out;
    std::unordered_map<std::string, std::size_t> places;  // of ids
    for (const Row& row : ledger.rows) {
        const bool is_first = row.kind == undertaken_kind;
        if (!is_first && row.kind != step_kind && row.kind != undo_kind) continue;
        const auto day = parse_iso_day(json_text_at(row.body, "day").value_or(""));
        if (day && *day > as_of) continue;
        if (is_first) {
            Commitment added = TRY(first_of(ledger.path, row));
            if (!places.emplace(added.id, out.size()).second)
                return bad_commitment(ledger.path, row, fmt::format("there are two commitments '{}'", added.id));
            out.push_back(std::move(added));
            continue;
        }
        const std::string id = json_text_at(row.body, "id").value_or("");
        const auto of = places.find(id);
        if (of == places.end())
            return bad_commitment(ledger.path, row, fmt::format("there is no commitment '{}' before it", id));
        TRY(take_up(ledger.path, row, out[of->second]));
    }
    return out;
}

std::vector<Reminder> reminders(const std::vector<Commitment>& commitments, Day as_of, int within_days) {
    std::vector<Reminder> out;
    for (const auto& one : commitments) {
        if (is_open(one) && one.due - as_of <= within_days) out.push_back({one, one.due - as_of});
    }
    std::ranges::stable_sort(out, {}, &Reminder::days_left);
    return out;
}

Result<Commitment> undertake(const std::string& path, const std::string& at, const Undertaking& said) {
    TRY(check_undertaking(said));
    const auto compose = [&](const Ledger& so_far) -> Result<std::vector<NewRow>> {
        const auto all = TRY(commitments_of(so_far));
        for (const auto& one : all) {
            if (one.owner == said.owner && one.what == said.what && one.due == said.due && is_open(one))
                return fail(Fault::Usage, "known-already", {so_far.path},
                            fmt::format("{} says the same already", one.id), "`icosa commit list` has it");
        }
        return std::vector<NewRow>{
            {std::string(undertaken_kind), undertaking_text(fmt::format("c{}", all.size() + 1), said)}};
    };
    const auto rows = TRY(append(path, at, compose));
    return first_of(path, rows.front());
}

Result<Commitment> report(const std::string& path, const std::string& at, const StateChange& said) {
    return add_about(path, at, said.id, step_kind, [&](const Commitment& of) -> Result<std::string> {
        TRY(check_step(of, said));
        return step_text(said);
    });
}

Result<Commitment> undo(const std::string& path, const std::string& at, const std::string& id, Day day) {
    return add_about(path, at, id, undo_kind, [&](const Commitment& of) -> Result<std::string> {
        const auto last = std::ranges::find_if(of.history.rbegin(), of.history.rend(),
                                               [](const CommitmentStep& step) { return !step.is_undone; });
        if (last == of.history.rend() || last->row == of.history.front().row)
            return fail(Fault::Usage, "nothing-to-undo", {}, fmt::format("no step of {} can be taken back", of.id),
                        "a commitment itself ends by --state withdrawn");
        JsonWriter json;
        json.begin_object().field("id", of.id).field("row", last->row).field("day", iso(std::max(day, last->day)));
        return json.end_object().text();
    });
}

void write_commitment(JsonWriter& json, const Commitment& commitment, Day as_of) {
    json.begin_object()
        .field("id", commitment.id)
        .field("owner", commitment.owner)
        .field("what", commitment.what)
        .field("due", iso(commitment.due))
        .field("days_left", commitment.due - as_of)
        .field("area", commitment.area)
        .field("instrument", commitment.instrument)
        .field("meeting", commitment.meeting)
        .field("state", standing_name(commitment, as_of))
        .field("stored_state", state_name(commitment.state))
        .field("evidence", evidence_of(commitment))
        .key("history")
        .begin_array();
    for (const auto& step : commitment.history)
        json.begin_object()
            .field("row", step.row)
            .field("day", iso(step.day))
            .field("state", state_name(step.state))
            .field("by", step.by)
            .field("evidence", step.evidence)
            .field("undone", step.is_undone)
            .end_object();
    json.end_array().end_object();
}

}  // namespace icosa::ledger
