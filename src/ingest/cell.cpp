/// Cell parsing without allocation; the common shapes first, the rare ones by way of a double.
#include "ingest/cell.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <optional>

#include <fmt/format.h>

#include "base/month_name.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"

namespace icosa::ingest {
namespace {

using pack::Parse;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// All of the text as digits, at most nine of them.
bool digits(std::string_view text, int& out) {
    if (text.empty() || text.size() > 9) return false;
    int value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return false;
        value = value * 10 + (c - '0');
    }
    out = value;
    return true;
}

bool one_day(int year, int month, int day, Days& out) {
    if (!is_civil(year, month, day)) return false;
    out = {day_of(year, month, day), day_of(year, month, day), model::Precision::Day};
    return true;
}

bool one_month(int year, int month, Days& out) {
    if (!is_civil(year, month, 1)) return false;
    out = {day_of(year, month, 1), day_of(year, month, last_day_of_month(year, month)), model::Precision::Month};
    return true;
}

bool one_year(int year, Days& out) {
    if (!is_civil(year, 1, 1)) return false;
    out = {day_of(year, 1, 1), day_of(year, 12, 31), model::Precision::Year};
    return true;
}

/// The zone that XML puts behind a day: "2015-03-27-04:00", "2015-03-27Z". The day is the source's own.
bool is_zone(std::string_view rest) {
    return rest == "Z"
        || (rest.size() == 6 && (rest[0] == '-' || rest[0] == '+') && rest[3] == ':' && is_digit(rest[1])
            && is_digit(rest[2]) && is_digit(rest[4]) && is_digit(rest[5]));
}

/// What may follow a day: nothing, or a time behind 'T' or a blank.
bool is_time(std::string_view rest) {
    return is_zone(rest) || rest.empty()
        || ((rest[0] == 'T' || rest[0] == ' ') && rest.size() > 1 && is_digit(rest[1]));
}

bool parse_iso(std::string_view text, Days& out) {
    int year = 0, month = 0, day = 0;
    return text.size() >= 10 && text[4] == '-' && text[7] == '-' && digits(text.substr(0, 4), year)
        && digits(text.substr(5, 2), month) && digits(text.substr(8, 2), day) && is_time(text.substr(10))
        && one_day(year, month, day, out);
}

bool parse_compact(std::string_view text, Days& out) {
    int number = 0;
    return text.size() == 8 && digits(text, number) && one_day(number / 10000, number / 100 % 100, number % 100, out);
}

/// A day of the forms of base/time_text.hpp, in the first of these that reads it.
bool parse_day(std::string_view text, std::initializer_list<TimeForm> forms, Days& out) {
    const auto readings = read_times(text);
    for (const TimeForm form : forms) {
        if (const auto span = readings.in(form)) {
            out = {span->first, span->last, model::Precision::Day};
            return true;
        }
    }
    return false;
}

/// The whole week or quarter that a text names.
bool parse_span(std::string_view text, std::initializer_list<TimeForm> forms, Days& out) {
    if (!parse_day(text, forms, out)) return false;
    out.precision = model::Precision::Range;
    return true;
}

bool parse_year(std::string_view text, int& year) {
    std::int64_t value = 0;
    if (!parse_whole(text, value) || value < 1 || value > 9999) return false;
    year = static_cast<int>(value);
    return true;
}

bool parse_month(std::string_view text, Days& out) {
    int year = 0, month = 0;
    if (text.size() == 6 && digits(text, year)) return one_month(year / 100, year % 100, out);
    if (text.size() == 7 && (text[4] == '-' || text[4] == '/') && digits(text.substr(0, 4), year)
        && digits(text.substr(5, 2), month))
        return one_month(year, month, out);
    const auto readings = read_times(text);
    for (const TimeForm form :
         {TimeForm::YearMonth, TimeForm::MonthYear, TimeForm::CompactMonth, TimeForm::YearFirst}) {
        if (const auto span = readings.in(form)) {
            const Civil civil = civil_of(span->first);
            return one_month(civil.year, civil.month, out);
        }
    }
    return false;
}

/// Degrees, minutes and seconds up to a letter of `positive` or `negative`; takes what it read off the text.
bool parse_angle(std::string_view& text, char positive, char negative, int limit_deg, std::int32_t& out) {
    std::array<double, 3> parts{};
    std::size_t count = 0;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if ((c & ~0x20) == positive || (c & ~0x20) == negative) break;
        if (is_digit(c)) {
            const std::size_t start = at;
            while (at < text.size() && (is_digit(text[at]) || text[at] == '.')) ++at;
            const auto value = parse_number(text.substr(start, at - start));
            if (!value || count == 3) return false;
            parts[count++] = *value;
            --at;
        } else if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
            return false;
        }
    }
    if (at == text.size() || count == 0 || parts[1] > 60 || parts[2] > 60) return false;
    const double degrees = parts[0] + parts[1] / 60 + parts[2] / 3600;
    if (degrees > limit_deg) return false;
    const auto microdegrees = static_cast<std::int32_t>(std::lround(degrees * 1e6));
    out = (text[at] & ~0x20) == negative ? -microdegrees : microdegrees;
    text.remove_prefix(at + 1);
    return true;
}

}  // namespace

bool parse_days(Parse parse, std::string_view text, Day epoch, Days& out) {
    int number = 0;
    switch (parse) {
        case Parse::Date: return parse_iso(text, out) || parse_day(text, {TimeForm::YearFirst}, out);
        case Parse::DateCompact: return parse_compact(text, out);
        case Parse::DateDmy: return parse_day(text, {TimeForm::DayFirst, TimeForm::CompactDayFirst}, out);
        case Parse::DateMdy: return parse_day(text, {TimeForm::MonthFirst, TimeForm::CompactMonthFirst}, out);
        case Parse::Month: return parse_month(text, out);
        case Parse::Week: return parse_span(text, {TimeForm::Week, TimeForm::CompactWeek, TimeForm::BareWeek}, out);
        case Parse::Quarter: return parse_span(text, {TimeForm::Quarter}, out);
        case Parse::Year: return parse_year(text, number) && one_year(number, out);
        case Parse::TimestampDate:
            return text.size() == 14 && digits(text.substr(8), number) && parse_compact(text.substr(0, 8), out);
        case Parse::EpochWeek: {
            std::int64_t week = 0;
            if (!parse_whole(text, week) || week < -100'000 || week > 100'000) return false;
            const Day first = epoch + static_cast<int>(week) * 7;
            out = {first, first + 6, model::Precision::Range};
            return true;
        }
        default: return false;
    }
}

bool parse_year_week(std::string_view year_text, std::string_view week_text, Days& out) {
    int year = 0;
    std::int64_t week = 0;
    return parse_year(year_text, year) && parse_whole(week_text, week) && week >= 1 && week <= 53
        && parse_days(Parse::Week, fmt::format("{:04}-W{:02}", year, week), no_day, out);
}

bool plain_number(std::string_view text, char decimal, std::string& out) {
    static constexpr std::string_view hard_blank = "\xC2\xA0", narrow_blank = "\xE2\x80\xAF",
                                      thin_blank = "\xE2\x80\x89", apostrophe = "\xE2\x80\x99";
    const auto group_at = [&](std::string_view rest) -> std::size_t {
        const char c = rest[0];
        if (c == ' ' || c == '\'' || (c != decimal && (c == '.' || c == ','))) return 1;
        for (const std::string_view mark : {hard_blank, narrow_blank, thin_blank, apostrophe}) {
            if (rest.starts_with(mark)) return mark.size();
        }
        return 0;
    };
    out.clear();
    bool has_decimal = false;
    std::size_t run = 0;     // digits since the last group mark or the start
    bool is_grouped = false;
    for (std::size_t at = 0; at < text.size();) {
        if (const char c = text[at]; is_digit(c)) {
            out += c;
            ++run;
            ++at;
        } else if (c == decimal && !has_decimal) {
            if (is_grouped && run != 3) return false;
            has_decimal = true;
            is_grouped = false;
            out += '.';
            ++at;
        } else if (const std::size_t mark = group_at(text.substr(at)); mark > 0 && !has_decimal) {
            if (run == 0 || run > 3 || (is_grouped && run != 3)) return false;
            is_grouped = true;
            run = 0;
            at += mark;
        } else {
            out += c;  // a sign, an exponent, or what makes it no number
            ++at;
        }
    }
    return !is_grouped || run == 3;
}

bool parse_year_month_day(std::string_view year_text, std::string_view month_text, std::string_view day_text,
                          Days& out) {
    int year = 0;
    std::int64_t month = 0, day = 0;
    if (!parse_year(year_text, year)) return false;
    if (month_text.empty()) return one_year(year, out);
    if (!parse_whole(month_text, month)) month = month_of_name(month_text);
    if (month < 1 || month > 12) return false;
    if (day_text.empty()) return one_month(year, static_cast<int>(month), out);
    return parse_whole(day_text, day) && day >= 1 && day <= 31
        && one_day(year, static_cast<int>(month), static_cast<int>(day), out);
}

bool parse_fixed(std::string_view text, int decimals, std::int64_t& out) {
    const char* p = text.data();
    const char* const end = p + text.size();
    const bool negative = p < end && *p == '-';
    if (p < end && (*p == '-' || *p == '+')) ++p;
    const char* const first = p;
    std::int64_t value = 0;
    int room = 17 - decimals;
    bool any = false;
    for (; p < end && is_digit(*p) && room > 0; ++p, --room) {
        value = value * 10 + (*p - '0');
        any = true;
    }
    int left = decimals;
    if (p < end && *p == '.') {
        ++p;
        for (; p < end && is_digit(*p) && left > 0; ++p, --left) {
            value = value * 10 + (*p - '0');
            any = true;
        }
        if (p < end && is_digit(*p)) {
            value += *p >= '5';
            any = true;
            while (p < end && is_digit(*p)) ++p;
        }
    }
    if (p == end && any) {
        for (; left > 0; --left) value *= 10;
        out = negative ? -value : value;
        return true;
    }
    if (first == end || (!is_digit(*first) && *first != '.')) return false;
    const auto number = parse_number(text);
    if (!number) return false;
    const double scaled = *number * std::pow(10.0, decimals);
    if (std::abs(scaled) >= 9e18) return false;
    out = std::llround(scaled);
    return true;
}

bool parse_whole(std::string_view text, std::int64_t& out) {
    int small = 0;
    if (digits(text, small)) {
        out = small;
        return true;
    }
    if (const auto whole = parse_integer(text)) {
        out = *whole;
        return true;
    }
    const auto number = parse_number(text);
    if (!number || std::trunc(*number) != *number || std::abs(*number) >= 9e15) return false;
    out = static_cast<std::int64_t>(*number);
    return true;
}

bool parse_list_length(std::string_view text, std::int64_t& out) {
    if (text.size() < 2 || text.front() != '[' || text.back() != ']') return false;
    text = trim(text.substr(1, text.size() - 2));
    out = 0;
    if (text.empty()) return true;
    if (text.find_first_of("[]") != text.npos) return false;
    for (;;) {
        const auto comma = text.find(',');
        if (trim(text.substr(0, comma)).empty()) return false;
        ++out;
        if (comma == text.npos) return true;
        text.remove_prefix(comma + 1);
    }
}

bool parse_yes_no(std::string_view text, std::int64_t& out) {
    const std::string word = text.size() <= 5 ? lower(text) : std::string();
    if (word == "1" || word == "yes" || word == "true" || word == "y") out = 1;
    else if (word == "0" || word == "no" || word == "false" || word == "n") out = 0;
    else return false;
    return true;
}

bool parse_degrees(std::string_view text, int limit_deg, std::int32_t& out) {
    std::int64_t microdegrees = 0;
    if (!parse_fixed(text, 6, microdegrees) || std::abs(microdegrees) > std::int64_t{limit_deg} * 1'000'000)
        return false;
    out = static_cast<std::int32_t>(microdegrees);
    return true;
}

bool parse_degree_minute(std::string_view text, std::int32_t& latitude_microdeg, std::int32_t& longitude_microdeg) {
    if (const auto comma = text.find(','); comma != text.npos && text.find_first_of("NSns") == text.npos)
        return parse_degrees(trim(text.substr(0, comma)), 90, latitude_microdeg)
            && parse_degrees(trim(text.substr(comma + 1)), 180, longitude_microdeg);
    return parse_angle(text, 'N', 'S', 90, latitude_microdeg) && parse_angle(text, 'E', 'W', 180, longitude_microdeg)
        && trim(text).empty();
}

bool parse_ballot(std::string_view text, model::Ballot& out) {
    constexpr std::array<std::string_view, 5> names = {"yes", "no", "abstain", "absent", "not-member"};
    const auto found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return false;
    out = static_cast<model::Ballot>(found - names.begin());
    return true;
}

bool parse_precision(std::string_view text, model::PositionPrecision& out) {
    const auto* found = std::ranges::find(model::position_precision_names, text);
    if (found == std::end(model::position_precision_names)) return false;
    out = static_cast<model::PositionPrecision>(found - std::begin(model::position_precision_names));
    return true;
}

bool parse_timestamp_minute(std::string_view text, std::int64_t& out) {
    int hour = 0, minute = 0, rest = 0;
    if (text.size() != 14 || !digits(text.substr(0, 8), rest) || !digits(text.substr(8, 2), hour)
        || !digits(text.substr(10, 2), minute) || !digits(text.substr(12), rest) || hour > 23 || minute > 59)
        return false;
    out = hour * 60 + minute;
    return true;
}

std::string_view complaint(Parse parse) {
    switch (parse) {
        case Parse::Text: return "is not a text that the card knows";
        case Parse::Whole: return "is not a whole number";
        case Parse::Number: return "is not a number";
        case Parse::Thousandths: return "is not a number";
        case Parse::Date: return "is not a day such as 2020-11-03";
        case Parse::DateCompact: return "is not a day such as 20201103";
        case Parse::DateDmy: return "is not a day such as 3 Nov 2020 or 03/11/2020";
        case Parse::DateMdy: return "is not a day such as 11/3/2020";
        case Parse::Month: return "is not a month such as 2020-11";
        case Parse::Week: return "is not a week such as 2020-W45";
        case Parse::Quarter: return "is not a quarter such as 2020-Q4";
        case Parse::Year: return "is not a year such as 2020";
        case Parse::YearMonthDay: return "is not a year, month and day such as 2020, 11, 3";
        case Parse::EpochWeek: return "is not a count of weeks";
        case Parse::TimestampDate: return "is not a time such as 20201103143000";
        case Parse::DegreeMinute: return "is not a position such as 13°43'00\"N 121°02'00\"E";
        case Parse::Latitude: return "is not a latitude from -90 to 90";
        case Parse::Longitude: return "is not a longitude from -180 to 180";
        case Parse::UntcAction: return "is not a day and the letter of an act in the heading, such as 24 Sep 2003 a";
        case Parse::DaysBetween: return "is not a pair of days such as 2020-11-03";
        case Parse::Coded: return "is not a code with its system before it, such as iso3:SYR";
        case Parse::YesNo: return "is neither yes nor no";
        case Parse::ListLength: return "is not a list such as [2,3,14]";
        case Parse::Given: return "is neither yes nor no";
        case Parse::TimestampMinute: return "is not a time such as 20201103143000";
    }
    return {};
}

}  // namespace icosa::ingest
