/// Mechanisms, the user's meetings, commitments.
#include "app/calendar.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace icosa::app {
namespace {

constexpr std::string_view at_icosa = "@icosa";
constexpr std::size_t uid_digits = 12;  ///< of a row's digest: rows of two ledgers are told apart

bool serves(const CalendarAsked& asked, const std::vector<std::string>& areas) {
    return asked.area.empty() || std::ranges::find(areas, asked.area) != areas.end();
}

void add_within(const CalendarAsked& asked, brief::CalendarEvent event, Calendar& out) {
    if (event.first <= asked.to && event.last >= asked.from) out.events.push_back(std::move(event));
}

std::string every(int months) {
    return months == 12 ? "every year" : months == 1 ? "every month" : fmt::format("every {} months", months);
}

std::string days_of(Day first, Day last) { return first == last ? iso(first) : iso(first) + " to " + iso(last); }

/// A meeting of a later day was known by then only where all that is known of the mechanism was.
bool was_known(const pack::Mechanism& of, const pack::Meeting& meeting, Day as_of) {
    return meeting.day <= as_of || (of.known.known_through != no_day && of.known.known_through <= as_of);
}

void add_known_meetings(const pack::Mechanism& of, const CalendarAsked& asked, Calendar& out) {
    for (const auto& meeting : of.meetings) {
        if (!was_known(of, meeting, asked.as_of)) continue;
        brief::CalendarEvent event;
        event.uid = fmt::format("{}-{}{}", of.id, iso(meeting.day), at_icosa);
        event.first = meeting.day;
        event.last = std::max(meeting.day, meeting.last_day);
        event.summary = of.name.en + (meeting.what.empty() ? "" : ": " + meeting.what);
        event.description = "As the packs have it: " + of.known.source;
        event.categories = of.areas;
        add_within(asked, std::move(event), out);
    }
}

/// The day that the cadence asks for, told as that; or why there is none.
void add_expected(const pack::Mechanism& of, const CalendarAsked& asked, Calendar& out) {
    const pack::Meeting* last = pack::last_meeting(of, asked.as_of);
    const auto undated = [&](std::string why) { out.undated.push_back({of.id, of.name.en, std::move(why)}); };
    if (!last) return undated(every(of.cadence_months) + ", and no meeting is known");
    const std::string known = days_of(last->day, std::max(last->day, last->last_day));
    if (of.cadence_months == 0) return undated("no fixed cadence; last known to meet " + known);
    const Day due = months_later(std::max(last->day, last->last_day), of.cadence_months);
    if (due < asked.as_of)
        return undated(fmt::format("{}; last known to meet {}, a meeting was to follow by {}: not known whether it did",
                                   every(of.cadence_months), known, iso(due)));
    const auto period = of.cadence_months < 12 ? PeriodKind::Month : PeriodKind::Year;
    brief::CalendarEvent event;
    event.uid = fmt::format("{}-after-{}{}", of.id, iso(last->day), at_icosa);
    event.first = event.last = due;
    event.summary =
        fmt::format("{}: expected in {}, date not announced", of.name.en, period_label(period_of(due, period), period));
    event.description = fmt::format(
        "{} ({}); last known to meet {}{}. By that a meeting is to follow by {}; no day is announced. "
        "Enter one with `icosa calendar add --mechanism {}`.",
        every(of.cadence_months), of.known.source, known, last->what.empty() ? "" : " (" + last->what + ")", iso(due),
        of.id);
    event.categories = of.areas;
    event.status = brief::EventStatus::Tentative;
    add_within(asked, std::move(event), out);
}

/// Has the user entered, or the packs, a meeting on that day or later?
bool is_announced(const pack::Mechanism& of, const std::vector<ledger::Meeting>& meetings, Day as_of) {
    const bool by_packs = std::ranges::any_of(of.meetings, [&](const pack::Meeting& one) {
        return std::max(one.day, one.last_day) >= as_of && was_known(of, one, as_of);
    });
    return by_packs || std::ranges::any_of(meetings, [&](const ledger::Meeting& one) {
               return one.mechanism == of.id && !one.is_cancelled && one.last >= as_of;
           });
}

void add_own(const ledger::Meeting& meeting, const Packs& packs, const CalendarAsked& asked, Calendar& out) {
    const pack::Mechanism* of = packs.catalogue.mechanism(meeting.mechanism);
    std::vector<std::string> areas;
    if (!meeting.area.empty()) areas = {meeting.area};
    else if (of) areas = of->areas;
    if (!serves(asked, areas)) return;
    brief::CalendarEvent event;
    event.uid = fmt::format("{}-{}{}", meeting.id, meeting.digest.substr(0, uid_digits), at_icosa);
    event.first = meeting.first;
    event.last = meeting.last;
    event.summary = (of ? of->name.en + ": " : "") + meeting.title;
    event.description = meeting.source;
    event.location = meeting.venue;
    event.categories = std::move(areas);
    if (meeting.is_cancelled) event.status = brief::EventStatus::Cancelled;
    add_within(asked, std::move(event), out);
}

void add_due(const ledger::Commitment& of, const CalendarAsked& asked, Calendar& out) {
    if (!ledger::is_open(of)) return;
    const std::vector<std::string> areas = of.area.empty() ? std::vector<std::string>{} : std::vector{of.area};
    if (!serves(asked, areas)) return;
    brief::CalendarEvent event;
    event.uid = fmt::format("{}-{}{}", of.id, of.digest.substr(0, uid_digits), at_icosa);
    event.first = event.last = of.due;
    event.summary = fmt::format("Due: {} ({})", of.what, of.owner);
    event.description = fmt::format("Commitment {}, {} on {}{}{}", of.id, ledger::standing_name(of, asked.as_of),
                                    iso(asked.as_of), of.instrument.empty() ? "" : "; instrument " + of.instrument,
                                    of.meeting.empty() ? "" : "; undertaken at " + of.meeting);
    event.categories = areas;
    add_within(asked, std::move(event), out);
}

}  // namespace

Calendar calendar_of(const Packs& packs, const std::vector<ledger::Commitment>& commitments,
                     const std::vector<ledger::Meeting>& meetings, const CalendarAsked& asked) {
    Calendar out;
    for (const pack::Mechanism& one : packs.catalogue.mechanisms) {
        if (!serves(asked, one.areas)) continue;
        add_known_meetings(one, asked, out);
        if (is_announced(one, meetings, asked.as_of)) continue;
        if (one.meetings.empty() && one.cadence_months == 0) out.without_meetings.push_back(one.id);
        else add_expected(one, asked, out);
    }
    for (const auto& one : meetings) add_own(one, packs, asked, out);
    for (const auto& one : commitments) add_due(one, asked, out);
    std::ranges::sort(out.events, [](const brief::CalendarEvent& a, const brief::CalendarEvent& b) {
        return std::tie(a.first, a.uid) < std::tie(b.first, b.uid);
    });
    return out;
}

}  // namespace icosa::app
