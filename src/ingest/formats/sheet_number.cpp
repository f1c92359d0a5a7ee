/// Serial numbers of days, and the format codes that make them days.
#include "ingest/formats/sheet_number.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace icosa::ingest {
namespace {

constexpr double seconds_of_day = 86400;
constexpr double last_serial = 2'958'465;  // 9999-12-31 in the system of 1900

std::string time_words(std::int64_t seconds) {
    return fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace

NumberKind kind_of_format(int number) {
    if ((number >= 18 && number <= 21) || (number >= 45 && number <= 47)) return NumberKind::Time;
    const bool is_day = (number >= 14 && number <= 17) || number == 22 || (number >= 27 && number <= 36)
        || (number >= 50 && number <= 58);
    return is_day ? NumberKind::Day : NumberKind::Plain;
}

NumberKind kind_of_format(std::string_view code) {
    bool has_day = false, has_time = false;
    for (std::size_t i = 0; i < code.size(); ++i) {
        const char c = code[i];
        if (c == ';') break;  // the first section is that of positive numbers
        if (c == '\\' || c == '_' || c == '*') {
            ++i;
        } else if (c == '"') {
            i = std::min(code.find('"', i + 1), code.size());
        } else if (c == '[') {
            const std::string_view inside = code.substr(i + 1, std::min(code.find(']', i), code.size()) - i - 1);
            has_time |= !inside.empty() && inside.find_first_not_of("hmsHMS") == inside.npos;  // [h]:mm
            i += inside.size() + 1;
        } else if (c == 'y' || c == 'd' || c == 'Y' || c == 'D') {
            has_day = true;
        } else if (c == 'h' || c == 's' || c == 'H' || c == 'S') {
            has_time = true;
        } else if (c == 'm' || c == 'M') {
            // months, where no hour or second stands beside: "mmm" alone is a month, "mm:ss" minutes
            const std::string_view rest = code.substr(i, 5);
            has_day |= rest.starts_with("mmm") || rest.starts_with("MMM");
        } else if (code.substr(i).starts_with("General")) {
            break;
        }
    }
    return has_day ? NumberKind::Day : has_time ? NumberKind::Time : NumberKind::Plain;
}

std::string number_cell(std::string_view number, NumberKind kind, DateSystem system) {
    const bool is_short = number.size() <= 15 && number.find_first_of("eE.") == number.npos;
    if (kind == NumberKind::Plain && is_short) return std::string(number);
    const auto value = parse_number(number);
    if (!value) return std::string(number);
    if (kind == NumberKind::Plain || *value < 0 || *value >= last_serial + 1) return number_text(*value);
    double days = std::floor(*value);
    auto seconds = static_cast<std::int64_t>(std::llround((*value - days) * seconds_of_day));
    if (seconds == static_cast<std::int64_t>(seconds_of_day)) {
        seconds = 0;
        ++days;
    }
    if (days < 1 && (seconds > 0 || kind == NumberKind::Time)) return time_words(seconds);
    if (kind == NumberKind::Time) return number_text(*value);  // a length of more than a day
    const bool is_1900 = system == DateSystem::From1900;
    if (is_1900 && (days < 1 || days == 60)) return number_text(*value);
    const Day epoch = is_1900 ? day_of(1899, 12, days < 60 ? 31 : 30) : day_of(1904, 1, 1);
    const Day day = epoch + static_cast<int>(days);
    if (civil_of(day).year > 9999) return number_text(*value);
    return seconds == 0 ? iso(day) : iso(day) + " " + time_words(seconds);
}

}  // namespace icosa::ingest
