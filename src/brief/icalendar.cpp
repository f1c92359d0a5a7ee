/// Each property is a line; what is too long for one is folded.
#include "brief/icalendar.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

namespace icosa::brief {
namespace {

constexpr std::size_t longest_line = 75;  ///< octets, without the line end

/// A value of type TEXT. Other control characters may not stand in one.
std::string ical_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\\' || c == ';' || c == ',') out += '\\';
        if (c == '\n') out += "\\n";
        else if (c == '\t' || static_cast<unsigned char>(c) >= 0x20) out += c == 0x7F ? ' ' : c;
    }
    return out;
}

/// The blank that a further line begins with counts.
void add_line(std::string& out, std::string_view line) {
    for (std::size_t room = longest_line; line.size() > room; room = longest_line - 1) {
        std::size_t cut = room;
        while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
        out += line.substr(0, cut);
        out += "\r\n ";
        line.remove_prefix(cut);
    }
    out += line;
    out += "\r\n";
}

void add_text(std::string& out, std::string_view name, std::string_view value) {
    if (!value.empty()) add_line(out, fmt::format("{}:{}", name, ical_text(value)));
}

std::string ical_day(Day day) {
    std::string out = iso(day);
    std::erase(out, '-');
    return out;
}

std::string_view ical_status(EventStatus status) {
    switch (status) {
        case EventStatus::Confirmed: return "CONFIRMED";
        case EventStatus::Tentative: return "TENTATIVE";
        case EventStatus::Cancelled: return "CANCELLED";
    }
    return "CONFIRMED";
}

void add_event(std::string& out, const CalendarEvent& event, Day as_of) {
    add_line(out, "BEGIN:VEVENT");
    add_text(out, "UID", event.uid);
    add_line(out, fmt::format("DTSTAMP:{}T000000Z", ical_day(as_of)));
    add_line(out, "DTSTART;VALUE=DATE:" + ical_day(event.first));
    add_line(out, "DTEND;VALUE=DATE:" + ical_day(event.last + 1));  // the first day after it
    add_text(out, "SUMMARY", event.summary);
    add_text(out, "DESCRIPTION", event.description);
    add_text(out, "LOCATION", event.location);
    std::string categories;
    for (const auto& one : event.categories) categories += (categories.empty() ? "" : ",") + ical_text(one);
    if (!categories.empty()) add_line(out, "CATEGORIES:" + categories);
    add_line(out, fmt::format("STATUS:{}", ical_status(event.status)));
    if (event.status == EventStatus::Cancelled) add_line(out, "SEQUENCE:1");
    add_line(out, "TRANSP:TRANSPARENT");
    add_line(out, "END:VEVENT");
}

}  // namespace

std::string icalendar(const std::string& title, const std::vector<CalendarEvent>& events, Day as_of) {
    std::string out;
    add_line(out, "BEGIN:VCALENDAR");
    add_line(out, "VERSION:2.0");
    add_line(out, "PRODID:-//Icosa//icosa calendar//EN");
    add_line(out, "CALSCALE:GREGORIAN");
    add_text(out, "X-WR-CALNAME", title);
    for (const auto& event : events) add_event(out, event, as_of);
    add_line(out, "END:VCALENDAR");
    return out;
}

}  // namespace icosa::brief
