/// What stands in a calendar: meetings of the mechanisms and of the user, due days of commitments; and of which
/// mechanisms no day ahead is known.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/date.hpp"
#include "brief/icalendar.hpp"
#include "ledger/commitment.hpp"
#include "ledger/meeting.hpp"

namespace icosa::app {

struct CalendarAsked {
    Day as_of = no_day;
    Day from = no_day, to = no_day;  ///< an event that touches these days is in
    std::string area;                ///< id of a section; "" = all
};

/// A mechanism of which no meeting is known on or after the day asked about.
struct Undated {
    std::string id, name;
    std::string why;
};

struct Calendar {
    std::vector<brief::CalendarEvent> events;  ///< by day, then uid
    std::vector<Undated> undated;              ///< by id: those that have met, or are to meet, before
    std::vector<std::string>
        without_meetings;  ///< ids of mechanisms of which the packs have neither meeting nor cadence
};

/// Where no meeting is announced and the cadence asks for the next on a day to come, that day is in, once, as
/// tentative: "expected in 2027, date not announced". A later meeting than that is not guessed.
[[nodiscard]] Calendar calendar_of(const Packs& packs, const std::vector<ledger::Commitment>& commitments,
                                   const std::vector<ledger::Meeting>& meetings, const CalendarAsked& asked);

}  // namespace icosa::app
