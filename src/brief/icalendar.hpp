/// iCalendar: days as a calendar program takes them in.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"

namespace icosa::brief {

enum class EventStatus { Confirmed, Tentative, Cancelled };

/// An entry of whole days.
struct CalendarEvent {
    std::string uid;  ///< the same for the same event in every file, so that a program replaces it
    Day first = no_day, last = no_day;
    std::string summary, description, location;  ///< UTF-8; "" = left out
    std::vector<std::string> categories;
    EventStatus status = EventStatus::Confirmed;
};

/// A whole calendar: lines of at most 75 octets that end in CRLF, longer ones folded between characters. Entries take
/// no time from anyone (TRANSPARENT) and are stamped with the day of the question, so the same question gives the same
/// bytes.
///
/// in    events   each with uid and days
/// src   [rfc5545] sec. 3.1 (lines), 3.3.11 (text), 3.6.1 (VEVENT)
[[nodiscard]] std::string icalendar(const std::string& title, const std::vector<CalendarEvent>& events, Day as_of);

}  // namespace icosa::brief
