/// A text becomes up to five parts, numbers and words; their pattern says what it may mean.
#include "base/time_text.hpp"

#include <algorithm>
#include <bit>

#include "base/month_name.hpp"
#include "base/text.hpp"

namespace icosa {
namespace {

using Reading = TimeReadings::Reading;

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

/// Numbers written without marks are years only where a table may mean them so: 010203 is no month of year 102.
constexpr int first_bare_year = 1900, last_bare_year = 2100;
constexpr int excel_epoch = -25569;  // 1899-12-30: what Excel's day 0 would be, from 1 March 1900 on
constexpr int first_excel_day = 61, last_excel_day = 109'574;  // to the end of 2199

/// A part of a text: a number of at most 14 digits, or a word.
struct Part {
    std::string_view text;
    bool is_number = false;
    int value = 0;  ///< of a number of at most nine digits
    char before = 0;  ///< what parts it from the one before: - / . : , or a blank; 0 = nothing
    std::size_t size() const { return text.size(); }
};

class Parts {
public:
    /// Nothing where the text has other signs, or more parts.
    static std::optional<Parts> of(std::string_view text);
    /// "NWN": a number, a word, a number.
    [[nodiscard]] std::string_view shape() const { return {shape_.data(), many_}; }
    const Part& operator[](std::size_t i) const { return of_[i]; }
    [[nodiscard]] bool parted_alike() const { return of_[1].before == of_[2].before; }
    [[nodiscard]] bool are_short(std::size_t a, std::size_t b) const {
        return of_[a].size() <= 2 && of_[b].size() <= 2;
    }
    void drop_first() {
        std::rotate(of_.begin(), of_.begin() + 1, of_.end());
        std::rotate(shape_.begin(), shape_.begin() + 1, shape_.end());
        --many_;
    }

private:
    bool add(Part part) {
        if (many_ == of_.size()) return false;
        shape_[many_] = part.is_number ? 'N' : 'W';
        of_[many_++] = part;
        return true;
    }
    std::array<Part, 6> of_{};
    std::array<char, 6> shape_{};
    std::size_t many_ = 0;
};

/// The mark between two parts: one sign with blanks about it, or a blank; after a word its full stop is no mark.
std::optional<char> mark_of(std::string_view between, bool after_word) {
    if (after_word && between.starts_with('.') && between.size() > 1) between.remove_prefix(1);
    char mark = 0;
    for (const char c : between) {
        if (c == ' ') {
            if (mark == 0) mark = ' ';
        } else if (mark == 0 || mark == ' ') {
            mark = c;
        } else {
            return std::nullopt;
        }
    }
    return mark;
}

std::optional<Parts> Parts::of(std::string_view text) {
    Parts out;
    std::size_t at = 0, gap = 0;
    bool after_word = false;
    while (at < text.size()) {
        const char c = text[at];
        if (!is_digit(c) && !is_letter(c)) {
            if (std::string_view("-/.:, ").find(c) == std::string_view::npos) return std::nullopt;
            ++at;
            continue;
        }
        Part part;
        part.is_number = is_digit(c);
        const std::size_t start = at;
        while (at < text.size() && (part.is_number ? is_digit(text[at]) : is_letter(text[at]))) ++at;
        part.text = text.substr(start, at - start);
        const auto mark = mark_of(text.substr(gap, start - gap), after_word);
        if (!mark || (start > gap && out.many_ == 0)) return std::nullopt;
        part.before = *mark;
        gap = at;
        after_word = !part.is_number;
        if (part.is_number && part.size() <= 9) {
            for (const char digit : part.text) part.value = part.value * 10 + (digit - '0');
        }
        const bool is_filler = out.many_ > 0 && (part.text == "de" || part.text == "of" || part.text == "г");
        if (!is_filler && (part.size() > 32 || !out.add(part))) return std::nullopt;
    }
    const auto rest = text.substr(gap);
    if (!rest.empty() && !(after_word && rest == ".")) return std::nullopt;
    return out;
}

/// Takes two digits, or one where that will do, off the text: a number of at most `most`.
bool take_two(std::string_view& text, int most, std::size_t least_digits) {
    int value = 0;
    std::size_t digits = 0;
    while (digits < 2 && digits < text.size() && is_digit(text[digits])) value = value * 10 + (text[digits++] - '0');
    text.remove_prefix(digits);
    return digits >= least_digits && value <= most;
}

/// Nothing, Z, UTC, +02:00, GMT+2: what may follow the hours.
bool is_zone(std::string_view text) {
    if (text.empty() || text == "Z" || text == "z" || text == "UTC" || text == "GMT") return true;
    if (text.starts_with("UTC") || text.starts_with("GMT")) text.remove_prefix(3);
    if (text[0] != '+' && text[0] != '-') return false;
    text.remove_prefix(1);
    if (!take_two(text, 14, 2)) return false;
    if (text.starts_with(':')) text.remove_prefix(1);
    return text.empty() || (take_two(text, 59, 2) && text.empty());
}

/// "14:30", "14:30:00.5 PM", "14:30Z", "14:30 +02:00", after a T also "14", "1430" and "143000".
bool is_clock(std::string_view text, bool after_t) {
    if (!take_two(text, 24, 1)) return false;
    const bool is_compact = after_t && !text.empty() && is_digit(text[0]);
    bool has_minutes = false;
    for (int i = 0; i < 2 && !text.empty() && (is_compact ? is_digit(text[0]) : text[0] == ':'); ++i) {
        text.remove_prefix(is_compact ? 0 : 1);
        if (!take_two(text, i == 0 ? 59 : 60, 2)) return false;
        has_minutes = true;
    }
    if (!has_minutes && !after_t) return false;
    if (has_minutes && !text.empty() && (text[0] == '.' || text[0] == ',')) {
        text.remove_prefix(1);
        const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
        if (digits == 0) return false;
        text.remove_prefix(digits);
    }
    text = trim(text);
    for (const std::string_view half : {"AM", "PM", "am", "pm"}) {
        if (text.starts_with(half)) text = trim(text.substr(2));
    }
    return is_zone(text);
}

/// Takes a time of day off the end; says whether there was one.
bool take_clock(std::string_view& text) {
    for (std::size_t i = 6; i + 1 < text.size(); ++i) {
        const bool is_t = text[i] == 'T' || text[i] == 't';
        if ((!is_t && text[i] != ' ') || !is_digit(text[i + 1])) continue;
        if (!is_clock(text.substr(i + 1), is_t)) continue;
        text = trim(text.substr(0, i));
        if (text.ends_with(',')) text.remove_suffix(1);
        return true;
    }
    if (text.size() == 11 && text[10] == 'Z') {
        text.remove_suffix(1);
        return true;
    }
    return false;
}

/// POSIX: 69 to 99 are of the last century, 00 to 68 of this one.
int full_year(const Part& part) { return part.size() > 2 ? part.value : part.value + (part.value >= 69 ? 1900 : 2000); }

bool is_year(const Part& part) { return part.size() == 4 || part.size() == 2; }

class Collector {
public:
    explicit Collector(bool has_clock) : has_clock_(has_clock) {}

    void day(TimeForm form, int year, int month, int day) {
        if (is_civil(year, month, day))
            add(form, {day_of(year, month, day), day_of(year, month, day), PeriodKind::Day});
    }
    void bare_day(TimeForm form, int year, int month, int day_of_month) {
        if (year >= 1000) day(form, year, month, day_of_month);
    }
    void month(TimeForm form, int year, int month) {
        if (is_civil(year, month, 1))
            add(form, {day_of(year, month, 1), day_of(year, month, last_day_of_month(year, month)), PeriodKind::Month});
    }
    void quarter(int year, int quarter) {
        if (quarter >= 1 && quarter <= 4 && is_civil(year, 1, 1))
            add(TimeForm::Quarter,
                {day_of(year, quarter * 3 - 2, 1), day_of(year, quarter * 3, last_day_of_month(year, quarter * 3)),
                 PeriodKind::Quarter});
    }
    /// ISO's week: none where the year has not so many. weekday: 1 to 7, or 0 for all of it.
    void week(TimeForm form, int year, int week, int weekday = 0) {
        if (!is_civil(year, 1, 1) || week < 1 || week > 53 || weekday > 7) return;
        const int period = period_of(day_of(year, 1, 4), PeriodKind::Week) + week - 1;
        if (week == 53 && period > period_of(day_of(year, 12, 28), PeriodKind::Week)) return;
        const Day monday = first_day_of(period, PeriodKind::Week);
        if (weekday == 0) add(form, {monday, monday + 6, PeriodKind::Week});
        else add(form, {monday + (weekday - 1), monday + (weekday - 1), PeriodKind::Day});
    }
    void year(int year) {
        if (is_civil(year, 1, 1)) add(TimeForm::Year, {day_of(year, 1, 1), day_of(year, 12, 31), PeriodKind::Year});
    }
    void excel(int number) {
        if (number < first_excel_day || number > last_excel_day) return;
        const Day day{excel_epoch + number};
        add(TimeForm::ExcelDay, {day, day, PeriodKind::Day});
    }
    [[nodiscard]] const TimeReadings& found() const { return out_; }

private:
    /// A time of day belongs to a day only.
    void add(TimeForm form, TimeSpan span) {
        if (has_clock_ && span.kind != PeriodKind::Day) return;
        if (out_.many < out_.of.size()) out_.of[out_.many++] = {form, span};
    }
    bool has_clock_;
    TimeReadings out_;
};

enum class Marker { None, Week, Quarter, Month };

/// What a word beside a number makes of it: W45, Q4, M11.
Marker marker_of(const Part& word, const Part& number) {
    if (word.size() > 10) return Marker::None;
    const std::string name = lower(word.text);
    const auto is = [&](std::initializer_list<std::string_view> names) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    if (is({"w", "wk", "week", "kw", "woche", "semaine", "semana", "sem"})) return Marker::Week;
    if (name == "s" && number.size() == 2) return Marker::Week;  // S1 may be a half-year
    if (is({"q", "qtr", "quarter", "t", "trim", "trimestre", "quartal"})) return Marker::Quarter;
    return name == "m" ? Marker::Month : Marker::None;
}

void marked(Collector& into, Marker marker, const Part& year, const Part& number) {
    if (number.size() > 2) return;
    if (marker == Marker::Week) into.week(TimeForm::Week, full_year(year), number.value);
    if (marker == Marker::Quarter) into.quarter(full_year(year), number.value);
    if (marker == Marker::Month) into.month(TimeForm::YearMonth, full_year(year), number.value);
}

void read_six(Collector& into, int number) {
    const int a = number / 10000, b = number / 100 % 100, c = number % 100, front = number / 100;
    const auto year = [](int two) { return two + (two >= 69 ? 1900 : 2000); };
    if (front >= first_bare_year && front <= last_bare_year) {
        into.month(TimeForm::CompactMonth, front, c);
        into.week(TimeForm::CompactWeek, front, c);
    }
    into.day(TimeForm::SixDayFirst, year(c), b, a);
    into.day(TimeForm::SixMonthFirst, year(c), a, b);
    into.day(TimeForm::SixYearFirst, year(a), b, c);
}

void read_eight(Collector& into, int number) {
    into.bare_day(TimeForm::CompactDay, number / 10000, number / 100 % 100, number % 100);
    into.bare_day(TimeForm::CompactDayFirst, number % 10000, number / 10000 % 100, number / 1'000'000);
    into.bare_day(TimeForm::CompactMonthFirst, number % 10000, number / 1'000'000, number / 10000 % 100);
}

void read_number(Collector& into, const Part& part) {
    switch (part.size()) {
        case 4: into.year(part.value); break;
        case 5: into.excel(part.value); break;
        case 6: read_six(into, part.value); break;
        case 8: read_eight(into, part.value); break;
        case 12:
        case 14: {
            const auto day = Parts::of(part.text.substr(0, 8));
            if (is_clock(part.text.substr(8), true))
                into.bare_day(TimeForm::CompactDay, (*day)[0].value / 10000, (*day)[0].value / 100 % 100,
                              (*day)[0].value % 100);
            break;
        }
        default: break;
    }
}

void read_two_numbers(Collector& into, const Part& a, const Part& b) {
    const char mark = b.before;
    if (mark == '.' && a.size() >= 4 && b.text == "0") return read_number(into, a);  // 2020.0: of a table of floats
    if (mark == '.' && a.size() == 5) return into.excel(a.value);
    if (mark == ',') return;
    if (a.size() == 4 && b.size() <= 2) {
        if ((mark == '.' || mark == ':') && b.size() != 2) return;  // 2010.1 may be January or October
        into.month(TimeForm::YearMonth, a.value, b.value);
        if (mark != '.' && mark != ':') into.week(TimeForm::BareWeek, a.value, b.value);
    } else if (a.size() <= 2 && b.size() == 4 && mark != ':') {
        into.month(TimeForm::MonthYear, b.value, a.value);
        into.week(TimeForm::BareWeek, b.value, a.value);
    }
}

void read_three_numbers(Collector& into, const Parts& parts) {
    const auto &a = parts[0], &b = parts[1], &c = parts[2];
    if (!parts.parted_alike() || b.before == ':' || b.before == ',') return;
    if (a.size() == 4 && parts.are_short(1, 2)) return into.day(TimeForm::YearFirst, a.value, b.value, c.value);
    if (!parts.are_short(0, 1) || !is_year(c)) return;
    into.day(TimeForm::DayFirst, full_year(c), b.value, a.value);
    into.day(TimeForm::MonthFirst, full_year(c), a.value, b.value);
    if (a.size() == 2 && c.size() == 2) into.day(TimeForm::ShortYearFirst, full_year(a), b.value, c.value);
}

/// Three parts of which one is a word: of a month, or a marker.
void read_with_word(Collector& into, const Parts& parts) {
    const auto &a = parts[0], &b = parts[1], &c = parts[2];
    const std::string_view shape = parts.shape();
    if (shape == "NWN") {
        if (const int month = month_of_name(b.text)) {
            if (a.size() == 4 && c.size() <= 2) into.day(TimeForm::YearFirst, a.value, month, c.value);
            else if (a.size() <= 2 && is_year(c)) into.day(TimeForm::DayFirst, full_year(c), month, a.value);
        } else if (a.size() == 4) {
            marked(into, marker_of(b, c), a, c);
        } else if (a.size() == 1 && is_year(c) && marker_of(b, a) == Marker::Quarter) {
            into.quarter(full_year(c), a.value);
        }
    } else if (shape == "WNN") {
        if (const int month = month_of_name(a.text)) {
            if (b.size() <= 2 && is_year(c)) into.day(TimeForm::MonthFirst, full_year(c), month, b.value);
        } else if (is_year(c)) {
            marked(into, marker_of(a, b), c, b);
        }
    }
}

bool is_weekday(const Part& word) {
    constexpr std::string_view days[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    const std::string name = lower(word.text);
    return name.size() >= 3
        && std::any_of(std::begin(days), std::end(days), [&](auto day) { return day.starts_with(name); });
}

void read_parts(Collector& into, Parts parts) {
    if (parts.shape() == "WNWN" || parts.shape() == "WWNN") {
        if (!is_weekday(parts[0])) return;
        parts.drop_first();
    }
    const std::string_view shape = parts.shape();
    if (shape == "N") read_number(into, parts[0]);
    else if (shape == "NN") read_two_numbers(into, parts[0], parts[1]);
    else if (shape == "NNN") read_three_numbers(into, parts);
    else if (shape == "WN" && is_year(parts[1]))
        into.month(TimeForm::MonthYear, full_year(parts[1]), month_of_name(parts[0].text));
    else if (shape == "NW" && parts[0].size() == 4)
        into.month(TimeForm::YearMonth, parts[0].value, month_of_name(parts[1].text));
    else if (shape == "NWN" || shape == "WNN") read_with_word(into, parts);
    else if (shape == "NWNN" && parts[0].size() == 4 && parts[3].size() == 1 && parts[3].value >= 1
             && marker_of(parts[1], parts[2]) == Marker::Week)
        into.week(TimeForm::YearFirst, parts[0].value, parts[2].value, parts[3].value);
}

struct Named {
    std::string_view name;
    TimeForms forms;
};
using enum TimeForm;
constexpr Named named[] = {
    {"ymd", bit(YearFirst) | bit(CompactDay) | bit(ShortYearFirst) | bit(SixYearFirst)},
    {"dmy", bit(DayFirst) | bit(CompactDayFirst) | bit(SixDayFirst)},
    {"mdy", bit(MonthFirst) | bit(CompactMonthFirst) | bit(SixMonthFirst)},
    {"month", bit(YearMonth) | bit(MonthYear) | bit(CompactMonth)},
    {"week", bit(Week) | bit(BareWeek) | bit(CompactWeek)},
    {"quarter", bit(Quarter)},
    {"year", bit(Year)},
    {"excel", bit(ExcelDay)},
};

}  // namespace

TimeForms TimeReadings::forms() const {
    TimeForms out = 0;
    for (const auto& one : all()) out |= bit(one.form);
    return out;
}

std::optional<TimeSpan> TimeReadings::in(TimeForm form) const {
    for (const auto& one : all()) {
        if (one.form == form) return one.span;
    }
    return std::nullopt;
}

TimeReadings read_times(std::string_view text) {
    if (text.size() < 4 || text.size() > 64) return {};
    const bool has_clock = take_clock(text);
    const auto parts = Parts::of(text);
    if (!parts) return {};
    Collector into(has_clock);
    read_parts(into, *parts);
    return into.found();
}

std::optional<TimeSpan> read_time(std::string_view text, TimeForm form) { return read_times(text).in(form); }

TimeForms forms_of(std::string_view text) { return read_times(text).forms(); }

std::string_view time_form_words(TimeForm form) {
    switch (form) {
        case YearFirst: return "days written as 2020-11-03";
        case CompactDay: return "days written as 20201103";
        case DayFirst: return "days written day first, as 3/11/2020";
        case MonthFirst: return "days written month first, as 11/3/2020";
        case ShortYearFirst: return "days written year first, as 20-11-03";
        case CompactDayFirst: return "days written day first, as 03112020";
        case CompactMonthFirst: return "days written month first, as 11032020";
        case YearMonth: return "months written as 2020-11";
        case MonthYear: return "months written as 11/2020";
        case CompactMonth: return "months written as 202011";
        case Quarter: return "quarters written as 2020-Q4";
        case Week: return "weeks written as 2020-W45";
        case BareWeek: return "weeks written as 2020-45";
        case CompactWeek: return "weeks written as 202045";
        case Year: return "years written as 2020";
        case ExcelDay: return "days as Excel numbers them, 44138 for 2020-11-03";
        case SixDayFirst: return "days written day first, as 031120";
        case SixMonthFirst: return "days written month first, as 110320";
        case SixYearFirst: return "days written year first, as 201103";
    }
    return {};
}

std::optional<TimeForms> parse_time_forms(std::string_view names) {
    TimeForms out = 0;
    for (const auto name : split(names, ',')) {
        const auto found =
            std::find_if(std::begin(named), std::end(named), [&](const Named& one) { return one.name == trim(name); });
        if (found == std::end(named)) return std::nullopt;
        out |= found->forms;
    }
    return out;
}

std::string_view time_form_name(TimeForm form) {
    for (const auto& one : named) {
        if ((one.forms & bit(form)) != 0) return one.name;
    }
    return {};
}

}  // namespace icosa
