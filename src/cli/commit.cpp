/// icosa commit: who undertook what, until when, and what became of it; and whether the past was rewritten.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/ledger_words.hpp"
#include "cli/today.hpp"
#include "ledger/commitment.hpp"

namespace icosa::cli {
namespace {

struct CommitOptions {
    std::string action, id, state, head, as_of = "today";
    bool undo = false;
    ledger::Undertaking said;
};

constexpr int soon_days = 30;

Result<ledger::CommitmentState> state_asked(const std::string& text) {
    if (const auto state = ledger::parse_state(text)) return *state;
    return fail(Fault::Usage, "bad-state", {},
                text == "overdue" ? "nobody sets a commitment overdue: that follows from its due day"
                                  : fmt::format("there is no state '{}'", excerpt(text)),
                fmt::format("there are {}", ledger::state_names));
}

void print_commitment(const ledger::Commitment& one, Day as_of) {
    const int left = one.due - as_of;
    std::string due = "due " + iso(one.due);
    if (ledger::is_open(one))
        due += left < 0 ? fmt::format(", {} days ago", -left)
            : left == 0 ? ", today"
                        : fmt::format(", in {} days", left);
    fmt::print("{:<4} {:<9}  {}: {}; {}\n", one.id, ledger::standing_name(one, as_of), one.owner, one.what, due);
    std::vector<std::string> about;
    if (!one.area.empty()) about.push_back(one.area);
    if (!one.instrument.empty()) about.push_back("instrument " + one.instrument);
    if (!one.meeting.empty()) about.push_back("undertaken at " + one.meeting);
    if (!about.empty()) fmt::print("{:16}{}\n", "", join(about, "; "));
    for (const auto& step : one.history)
        fmt::print("{:16}{} {}{}{}{} (row {})\n", "", iso(step.day), ledger::state_name(step.state),
                   step.by.empty() ? "" : ", says " + step.by, step.evidence.empty() ? "" : ": " + step.evidence,
                   step.is_undone ? "; taken back" : "", step.row);
}

Result<int> told_one(const Common& common, const std::string& path, const ledger::Commitment& one, Day as_of) {
    if (common.json) {
        JsonWriter json;
        json.begin_object().field("head", TRY(ledger::read_whole(path)).head()).key("commitment");
        ledger::write_commitment(json, one, as_of);
        fmt::print("{}\n", json.end_object().text());
    } else {
        print_commitment(one, as_of);
        fmt::print("Kept as {}\n", TRY(where_kept(path)));
    }
    return exit_clean;
}

Result<int> add_commitment(const Common& common, const CommitOptions& options) {
    if (!options.id.empty())
        return fail(Fault::Usage, "bad-usage", {}, fmt::format("'{}' is not expected", excerpt(options.id)),
                    "a new commitment gets its id from the ledger; name the rest with options");
    ledger::Undertaking said = options.said;
    TRY(check_lines({{"--owner", said.owner},
                     {"--what", said.what},
                     {"--meeting", said.meeting},
                     {"--evidence", said.evidence},
                     {"--by", said.by}}));
    if (!options.state.empty()) said.state = TRY(state_asked(options.state));
    const auto names = TRY(names_in_row(common, {said.area, said.instrument, {}}));
    said.area = names.area;
    said.day = TRY(day_of_row(said.day));
    const std::string path = ledger::ledger_file(common.db);
    return told_one(common, path, TRY(ledger::undertake(path, now(), said)), today());
}

Result<int> report_commitment(const Common& common, const CommitOptions& options) {
    if (options.id.empty() || (options.state.empty() && !options.undo))
        return fail(Fault::Usage, "missing-option", {}, "a report needs the commitment and its new state",
                    "icosa commit report c1 --state reported --evidence ADDRESS");
    if (options.undo && !options.state.empty())
        return fail(Fault::Usage, "bad-usage", {}, "--undo takes a state back, --state adds one", "give one of them");
    TRY(check_lines({{"--evidence", options.said.evidence}, {"--by", options.said.by}}));
    const std::string path = ledger::ledger_file(common.db);
    const Day day = TRY(day_of_row(options.said.day));
    if (options.undo) return told_one(common, path, TRY(ledger::undo(path, now(), options.id, day)), today());
    const ledger::StateChange change{options.id, TRY(state_asked(options.state)), options.said.by,
                                     options.said.evidence, day};
    return told_one(common, path, TRY(ledger::report(path, now(), change)), today());
}

Result<int> list_commitments(const Common& common, const CommitOptions& options) {
    const Day as_of = TRY(ledger_day(options.as_of));
    const auto names = TRY(names_in_row(common, {options.said.area, {}, {}}));
    const auto ledger = TRY(ledger::read_whole(ledger::ledger_file(common.db)));
    auto all = TRY(ledger::commitments_of(ledger, as_of));
    std::erase_if(all, [&](const ledger::Commitment& one) {
        return (!names.area.empty() && one.area != names.area)
            || (!options.state.empty() && ledger::standing_name(one, as_of) != options.state)
            || (!options.id.empty() && one.id != options.id);
    });
    if (common.json) {
        JsonWriter json(2);
        json.begin_object().field("as_of", iso(as_of)).field("ledger", ledger.path).field("head", ledger.head());
        json.key("commitments").begin_array();
        for (const auto& one : all) ledger::write_commitment(json, one, as_of);
        fmt::print("{}\n", json.end_array().end_object().text());
        return exit_clean;
    }
    const auto due = ledger::reminders(all, as_of, soon_days);
    const auto overdue = std::ranges::count_if(due, [](const auto& one) { return one.days_left < 0; });
    fmt::print("As of {}: {} commitment{}, {} overdue, {} due within {} days\n", iso(as_of), all.size(),
               all.size() == 1 ? "" : "s", overdue, static_cast<std::ptrdiff_t>(due.size()) - overdue, soon_days);
    for (const auto& one : all) print_commitment(one, as_of);
    return exit_clean;
}

/// All faults go to standard error, the first is the answer.
Result<int> verify_ledger(const Common& common, const CommitOptions& options) {
    const auto ledger = TRY(ledger::read(ledger::ledger_file(common.db)));
    if (!ledger.is_there)
        return fail(Fault::Data, "no-ledger", {ledger.path}, "there is no ledger here",
                    "name the database with --db; `icosa commit add` begins a ledger");
    Diagnostics faults = ledger.faults;
    if (!options.head.empty()) {
        const auto held = ledger::row_of_head(ledger, options.head);
        if (!held && held.error().fault == Fault::Usage) return std::unexpected(held.error());
        if (!held) faults.push_back(held.error());
    }
    if (faults.empty()) {
        if (const auto all = ledger::commitments_of(ledger); !all) faults.push_back(all.error());
    }
    if (common.json) {
        JsonWriter json;
        json.begin_object().field("ledger", ledger.path).field("rows", ledger.rows.size()).field("head", ledger.head());
        json.field("whole", faults.empty()).field("unfinished_bytes", ledger.torn.size()).key("faults").begin_array();
        for (const auto& one : faults)
            json.begin_object()
                .field("code", one.code)
                .field("line", one.where.line)
                .field("what", one.what)
                .end_object();
        fmt::print("{}\n", json.end_array().end_object().text());
    }
    for (std::size_t i = 1; i < faults.size(); ++i) fmt::print(stderr, "{}\n", render(faults[i]));
    if (!faults.empty()) return std::unexpected(faults.front());
    if (common.json) return exit_clean;
    fmt::print("{}: {} row{}, each as it was written{}\n", ledger.path, ledger.rows.size(),
               ledger.rows.size() == 1 ? "" : "s", options.head.empty() ? "" : "; the row that was noted stands there");
    if (!ledger.torn.empty())
        fmt::print(
            "An unfinished row of {} bytes stands at the end: nobody was told that it is kept, and the next writer "
            "moves it to {}.torn\n",
            ledger.torn.size(), ledger.path);
    if (!ledger.rows.empty())
        fmt::print(
            "Head {}\nNote it elsewhere: `icosa commit verify --head HEAD` then finds rows that were cut off, or a "
            "chain that was written anew.\n",
            ledger.head());
    return exit_clean;
}

Result<int> commit(const Common& common, const CommitOptions& options) {
    if (options.action == "add") return add_commitment(common, options);
    if (options.action == "report") return report_commitment(common, options);
    if (options.action == "list") return list_commitments(common, options);
    if (options.action == "verify") return verify_ledger(common, options);
    const std::vector<std::string> actions = {"add", "report", "list", "verify"};
    const auto near = nearest(options.action, actions);
    return fail(Fault::Usage, "bad-usage", {}, fmt::format("'{}' is not expected", excerpt(options.action)),
                near ? fmt::format("did you mean '{}'?", *near) : "`icosa commit add|report|list|verify`");
}

}  // namespace

Command commit_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<CommitOptions>();
    CommitOptions& of = *options;
    return {
        .name = "commit",
        .summary = "Who undertook what, until when, and what became of it; rows are only ever added",
        .options =
            {option("ACTION", &of.action, "add, report, list or verify").required(),
             option("ID", &of.id, "of a commitment, as `icosa commit list` shows it: c1"),
             option("--owner", &of.said.owner, "add: who undertook it").as("WHO"),
             option("--what", &of.said.what, "add: what was undertaken").as("TEXT"),
             option("--due", &of.said.due, "add: until when"),
             option("--area", &of.said.area, "add: the area it serves; list: of this area alone").as("AREA"),
             option("--instrument", &of.said.instrument, "add: the instrument or body it follows from").as("ID"),
             option("--meeting", &of.said.meeting, "add: the meeting at which it was undertaken").as("TEXT"),
             option("--state", &of.state,
                    "add: proposed (if not given) or adopted; report: the new state; list: of this state alone")
                 .as("STATE"),
             option("--evidence", &of.said.evidence, "add, report: an address, or a file and line").as("TEXT"),
             option("--by", &of.said.by, "add, report: who says so").as("WHO"),
             option("--undo", &of.undo, "report: take the newest state back, by a row of its own"),
             on_option(&of.said.day),
             option("--as-of", &of.as_of, "list: as it stood on this day; today if not given").as("DAY|today"),
             option("--head", &of.head, "verify: a head noted earlier: does its row still stand?").as("N:DIGEST"),
             ledger_option(*common),
             json_option(*common),
             packs_option(*common),
             add_option(*common),
             framework_option(*common)},
        .more =
            "States: proposed, adopted, reported, verified, withdrawn; overdue follows from the due day. Nothing is\n"
            "deleted. Each row carries the digest of the one before: docs/commitments.md.\n",
        .examples =
            {"icosa commit add --owner \"Ministry of Water\" --what \"Share the river's daily gauges\" --due "
             "2026-06-30 --area III.11 --on 2026-01-15 --db talks.duckdb",
             "icosa commit report c1 --state adopted --evidence minutes.txt:14 --on 2026-01-20 --db talks.duckdb",
             "icosa commit list --as-of 2026-07-15 --db talks.duckdb", "icosa commit verify --db talks.duckdb"},
        .exits = {{exit_packs}, {exit_data, "the ledger was altered"}, {exit_store}},
        .run = [=] { return commit(*common, *options); },
    };
}

}  // namespace icosa::cli
