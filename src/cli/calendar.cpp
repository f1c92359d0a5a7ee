/// icosa calendar: meetings of the mechanisms and of one's own, and due days of commitments, as iCalendar.
#include <cstdio>

#include <fmt/format.h>

#include "app/calendar.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/ledger_words.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/today.hpp"

namespace icosa::cli {
namespace {

struct CalendarOptions {
    std::string action, id, out, as_of = "today";
    Day from = no_day, to = no_day, on = no_day;
    ledger::Meeting said;
};

constexpr int year_ahead_days = 365;

Result<int> told_meeting(const Common& common, const std::string& path, const ledger::Meeting& one) {
    if (common.json) {
        JsonWriter json;
        json.begin_object()
            .field("id", one.id)
            .field("title", one.title)
            .field("first", iso(one.first))
            .field("last", iso(one.last))
            .field("cancelled", one.is_cancelled)
            .end_object();
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{:<4} {}{}  {}{}\nKept as {}\n", one.id, iso(one.first),
                   one.last == one.first ? "" : " to " + iso(one.last), one.title,
                   one.is_cancelled ? " (called off)" : "", TRY(where_kept(path)));
    }
    return exit_clean;
}

Result<int> change_meetings(const Common& common, const CalendarOptions& options) {
    const std::string path = ledger::ledger_file(common.db);
    const Day day = TRY(day_of_row(options.on));
    if (options.action == "cancel") {
        if (options.id.empty())
            return fail(Fault::Usage, "missing-option", {}, "no meeting is named", "icosa calendar cancel m1");
        return told_meeting(common, path, TRY(ledger::cancel_meeting(path, now(), options.id, day)));
    }
    ledger::Meeting said = options.said;
    TRY(check_lines({{"--title", said.title}}));
    const auto names = TRY(names_in_row(common, {said.area, {}, said.mechanism}));
    said.area = names.area;
    return told_meeting(common, path, TRY(ledger::enter_meeting(path, now(), said, day)));
}

std::string calendar_json(const app::Calendar& calendar, const app::CalendarAsked& asked) {
    JsonWriter json(2);
    json.begin_object().field("as_of", iso(asked.as_of)).field("from", iso(asked.from)).field("to", iso(asked.to));
    json.key("events").begin_array();
    for (const auto& one : calendar.events) {
        json.begin_object()
            .field("uid", one.uid)
            .field("first", iso(one.first))
            .field("last", iso(one.last))
            .field("summary", one.summary)
            .field("tentative", one.status == brief::EventStatus::Tentative)
            .field("cancelled", one.status == brief::EventStatus::Cancelled)
            .end_object();
    }
    json.end_array().key("undated").begin_array();
    for (const auto& one : calendar.undated)
        json.begin_object().field("id", one.id).field("name", one.name).field("why", one.why).end_object();
    json.end_array().key("without_meetings").begin_array();
    for (const auto& id : calendar.without_meetings) json.value(id);
    return json.end_array().end_object().text() + "\n";
}

/// What no calendar can show: told beside it, to standard error where the calendar itself goes to the output.
void print_undated(std::FILE* to, const app::Calendar& calendar) {
    if (!calendar.undated.empty()) fmt::print(to, "No day ahead is known of {}:\n", calendar.undated.size());
    for (const auto& one : calendar.undated) fmt::print(to, "  {} ({}): {}\n", one.name, one.id, one.why);
    if (!calendar.without_meetings.empty())
        fmt::print(to, "Neither meetings nor a cadence are in the packs of {}: {}\n", calendar.without_meetings.size(),
                   join(calendar.without_meetings, ", "));
}

Result<int> write_calendar(const Common& common, const CalendarOptions& options) {
    app::CalendarAsked asked;
    asked.as_of = TRY(ledger_day(options.as_of));
    asked.from = options.from == no_day ? asked.as_of : options.from;
    asked.to = options.to == no_day ? asked.from + year_ahead_days : options.to;
    if (asked.to < asked.from)
        return fail(Fault::Usage, "bad-day", {},
                    fmt::format("--to {} is before --from {}", iso(asked.to), iso(asked.from)), "give a later --to");
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    if (!options.said.area.empty()) asked.area = TRY(area_named(packs, options.said.area));
    const auto ledger = TRY(ledger::read_whole(ledger::ledger_file(common.db)));
    const auto calendar = app::calendar_of(packs, TRY(ledger::commitments_of(ledger, asked.as_of)),
                                           TRY(ledger::meetings_of(ledger, asked.as_of)), asked);
    if (common.json) {
        fmt::print("{}", calendar_json(calendar, asked));
        if (options.out.empty()) return exit_clean;
    }
    const std::string title = asked.area.empty() ? "Icosa" : "Icosa " + asked.area;
    TRY(write_text(options.out, brief::icalendar(title, calendar.events, asked.as_of)));
    if (common.json) return exit_clean;
    if (!options.out.empty())
        fmt::print("{}: {} entries from {} to {}\n", options.out, calendar.events.size(), iso(asked.from),
                   iso(asked.to));
    print_undated(options.out.empty() ? stderr : stdout, calendar);
    return exit_clean;
}

Result<int> calendar(const Common& common, const CalendarOptions& options) {
    if (options.action.empty()) return write_calendar(common, options);
    if (options.action == "add" || options.action == "cancel") return change_meetings(common, options);
    return fail(Fault::Usage, "bad-usage", {}, fmt::format("'{}' is not expected", excerpt(options.action)),
                "`icosa calendar`, `icosa calendar add` or `icosa calendar cancel`");
}

}  // namespace

Command calendar_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<CalendarOptions>();
    CalendarOptions& of = *options;
    return {
        .name = "calendar",
        .summary = "Meetings of the mechanisms and of one's own, and due days of commitments, as iCalendar",
        .options =
            {option("ACTION", &of.action, "add a meeting of one's own, or cancel one; without it, the calendar"),
             option("ID", &of.id, "cancel: the meeting, by the id it was given: m1"),
             option("--out", &of.out, "the calendar's file; standard output if not given").as("FILE.ics").written(),
             option("--area", &of.said.area, "of this area alone; add: the area it serves").as("AREA"),
             option("--from", &of.from, "its first day; the day asked about if not given"),
             option("--to", &of.to, "its last day; a year later if not given"),
             option("--as-of", &of.as_of, "what is known on this day; today if not given").as("DAY|today"),
             option("--title", &of.said.title, "add: which meeting").as("TEXT"),
             option("--day", &of.said.first, "add: its day, or its first one, as announced"),
             option("--last-day", &of.said.last, "add: its last day, where it is a later one"),
             option("--mechanism", &of.said.mechanism, "add: whose meeting it is").as("ID"),
             option("--venue", &of.said.venue, "add: where").as("TEXT"),
             option("--source", &of.said.source, "add: who announced it").as("TEXT"), on_option(&of.on),
             ledger_option(*common), json_option(*common), packs_option(*common), add_option(*common),
             framework_option(*common)},
        .more =
            "A meeting that nobody announced is in once, on the day by which the cadence asks for it, and says so; of\n"
            "whom no day is known is told beside the calendar.\n",
        .examples = {"icosa calendar --out meetings.ics --as-of 2026-01-15 --db talks.duckdb",
                     "icosa calendar add --title \"River commission, 4th session\" --day 2027-03-09 --area III.11 --db "
                     "talks.duckdb",
                     "icosa calendar --area III.11 --from 2026-01-01 --to 2027-12-31 --db talks.duckdb"},
        .exits = {{exit_packs}, {exit_data, "the ledger was altered"}, {exit_store}},
        .run = [=] { return calendar(*common, *options); },
    };
}

}  // namespace icosa::cli
