/// Lines of iCalendar: escapes, folding between characters, days.
#include "brief/icalendar.hpp"

#include <gtest/gtest.h>

#include "base/text.hpp"

namespace icosa::brief {
namespace {

CalendarEvent event(std::string summary) {
    CalendarEvent out;
    out.uid = "x@icosa";
    out.first = out.last = day_of(2026, 12, 31);
    out.summary = std::move(summary);
    return out;
}

std::string unfolded(std::string text) {
    for (auto at = text.find("\r\n "); at != std::string::npos; at = text.find("\r\n ")) text.erase(at, 3);
    return text;
}

TEST(Icalendar, AWholeFile) {
    EXPECT_EQ(icalendar("", {event("Due")}, day_of(2026, 11, 30)),
              "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Icosa//icosa calendar//EN\r\nCALSCALE:GREGORIAN\r\n"
              "BEGIN:VEVENT\r\nUID:x@icosa\r\nDTSTAMP:20261130T000000Z\r\nDTSTART;VALUE=DATE:20261231\r\n"
              "DTEND;VALUE=DATE:20270101\r\nSUMMARY:Due\r\nSTATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
              "END:VCALENDAR\r\n");
}

TEST(Icalendar, TextsAreEscaped) {
    const std::string text = icalendar("", {event("a,b;c\\d\ne\r\x01\x7F f")}, day_of(2026, 11, 30));
    EXPECT_NE(text.find("SUMMARY:a\\,b\\;c\\\\d\\ne  f\r\n"), std::string::npos) << text;
}

TEST(Icalendar, LongLinesAreFoldedBetweenCharacters) {
    for (std::size_t blanks = 0; blanks < 8; ++blanks) {
        std::string long_text(blanks, 'x');
        for (int i = 0; i < 60; ++i) long_text += "中非é😀";
        const std::string text = icalendar("", {event(long_text)}, day_of(2026, 11, 30));
        for (const auto line : split(text, '\n')) {
            EXPECT_LE(line.size(), 76U) << "75 octets and the carriage return";
            EXPECT_FALSE(first_invalid_utf8(line)) << line;
        }
        EXPECT_NE(unfolded(text).find("SUMMARY:" + long_text + "\r\n"), std::string::npos);
    }
    const std::string exact = icalendar("", {event(std::string(75 - 8, 'x'))}, day_of(2026, 11, 30));
    EXPECT_EQ(exact.find("\r\n "), std::string::npos) << "75 octets are one line";
}

}  // namespace
}  // namespace icosa::brief
