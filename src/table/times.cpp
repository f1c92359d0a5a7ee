/// Forms of times, and steps between them.
#include "table/times.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "table/numbers.hpp"

namespace icosa::table {
namespace {

constexpr int months_1970_to_1980 = 120;
constexpr int last_challenge_month = 1199;
constexpr int first_table_year = 1000, last_table_year = 2999;
constexpr int first_lone_year = 1700, last_lone_year = 2200;        // other numbers of four digits are numbers
constexpr int first_lone_excel_year = 1954, last_lone_excel_year = 2064;  // 20000 to 60000

/// A whole number, also as a table of floats has it: 12.0. Small enough for sums and spans.
std::optional<std::int64_t> whole(std::string_view text) {
    constexpr std::int64_t most = 1'000'000'000'000'000;
    const auto number = parse_integer(unit_text(text));
    return number && *number >= -most && *number <= most ? number : std::nullopt;
}

std::optional<int> challenge_number(std::string_view text) {
    const auto number = whole(text);
    if (!number || *number < 1 || *number > last_challenge_month) return std::nullopt;
    return static_cast<int>(*number) - 1 + months_1970_to_1980;
}

TimeForm first_of(TimeForms forms) { return static_cast<TimeForm>(std::countr_zero(forms)); }

Day day_from(std::int64_t days) { return Day{static_cast<std::int32_t>(days)}; }

bool are_even(std::span<const std::int64_t> sorted, std::int64_t step) {
    for (std::size_t i = 1; i < sorted.size(); ++i) {
        if ((sorted[i] - sorted[i - 1]) % step != 0) return false;
    }
    return true;
}

/// 0 to step - 1, also of times before 1970.
std::int64_t floor_rest(std::int64_t at, std::int64_t step) { return ((at % step) + step) % step; }

std::vector<std::int64_t> distinct(std::vector<std::int64_t> at) {
    std::sort(at.begin(), at.end());
    at.erase(std::unique(at.begin(), at.end()), at.end());
    return at;
}

std::int64_t least_step(std::span<const std::int64_t> sorted) {
    std::int64_t step = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 1; i < sorted.size(); ++i) step = std::min(step, sorted[i] - sorted[i - 1]);
    return sorted.size() < 2 ? 1 : step;
}

/// Days of which each lies in a month of its own, and on the same day of it, or its last, or in no even steps:
/// 2018-01-15, 2018-02-15 ..
bool stand_for_months(std::span<const std::int64_t> days) {
    if (days.size() < 2 || least_step(days) < 28) return false;
    bool same_day = true, last_day = true;
    int before = std::numeric_limits<int>::min();
    for (const auto one : days) {
        const Day day = day_from(one);
        const Civil civil = civil_of(day);
        same_day = same_day && civil.day == civil_of(day_from(days.front())).day;
        last_day = last_day && civil.day == last_day_of_month(civil.year, civil.month);
        const int month = period_of(day, PeriodKind::Month);
        if (month == before) return false;
        before = month;
    }
    return same_day || last_day || !are_even(days, least_step(days));
}

/// The least step where all times stand in steps of it, else the commonest: then the odd ones are named.
std::int64_t usual_step(std::span<const std::int64_t> sorted) {
    const std::int64_t least = least_step(sorted);
    if (are_even(sorted, least)) return least;
    std::map<std::int64_t, int> many;
    for (std::size_t i = 1; i < sorted.size(); ++i) ++many[sorted[i] - sorted[i - 1]];
    return std::max_element(many.begin(), many.end(), [](const auto& a, const auto& b) { return a.second < b.second; })
        ->first;
}

int season_of(std::optional<PeriodKind> kind, std::int64_t step) {
    if (!kind) return 52;
    const auto parts = [&](int year) {
        return std::max(1, static_cast<int>(std::lround(double(year) / double(step))));
    };
    switch (*kind) {
        case PeriodKind::Day: return step == 1 ? 365 : step % 7 == 0 && step < 364 ? parts(364) : parts(365);
        case PeriodKind::Week: return parts(52);
        case PeriodKind::Month: return parts(12);
        case PeriodKind::Quarter: return parts(4);
        case PeriodKind::Year: return 1;
    }
    return 52;
}

/// The cells in one form that reads all of them.
TimeScale scale_in(TimeForm form, std::span<const std::string> cells) {
    TimeScale out;
    out.form = form;
    for (const auto& cell : cells) {
        const auto span = *read_time(cell, form);
        out.kind = span.kind;
        out.at.push_back(period_of(span.first, span.kind));
    }
    auto sorted = distinct(out.at);
    if (out.kind == PeriodKind::Day && stand_for_months(sorted)) {
        out.kind = PeriodKind::Month;
        for (auto& day : out.at) day = period_of(day_from(day), PeriodKind::Month);
        sorted = distinct(out.at);
    }
    out.step = usual_step(sorted);
    out.season = season_of(out.kind, out.step);
    return out;
}

/// Of forms that all read the column: the only one in which it stands in even steps, or without a gap.
std::optional<TimeForm> by_spacing(TimeForms left, std::span<const std::string> cells) {
    std::vector<TimeForm> even, dense;
    for (TimeForms rest = left; rest != 0; rest &= rest - 1) {
        const TimeForm form = first_of(rest);
        const auto scale = scale_in(form, cells);
        const auto at = distinct(scale.at);
        if (at.size() < 3 || !are_even(at, scale.step)) continue;
        even.push_back(form);
        if ((at.back() - at.front()) / scale.step + 1 == static_cast<std::int64_t>(at.size())) dense.push_back(form);
    }
    if (even.size() == 1) return even.front();
    return dense.size() == 1 ? std::optional(dense.front()) : std::nullopt;
}

/// Weeks or months by what the column is called.
std::optional<TimeForm> by_name(TimeForms left, const std::string& name) {
    constexpr TimeForms both = bit(TimeForm::CompactMonth) | bit(TimeForm::CompactWeek);
    if (left != both) return std::nullopt;
    const std::string folded = fold(name);
    const auto holds = [&](std::initializer_list<std::string_view> words) {
        return std::any_of(words.begin(), words.end(), [&](auto word) { return folded.find(word) != folded.npos; });
    };
    const bool weeks = holds({"week", "woche", "semaine", "semana", "kw", "недел"});
    const bool months = holds({"month", "monat", "mois", "mes", "месяц"});
    if (weeks == months) return std::nullopt;
    return weeks ? TimeForm::CompactWeek : TimeForm::CompactMonth;
}

/// Months of which one is mistyped, 2020-13, are no weeks: then most cells are months and the weeks have gaps. Its
/// position; nothing where they may be weeks.
std::optional<std::size_t> odd_month(TimeForm form, std::span<const std::string> cells) {
    using enum TimeForm;
    if (form != BareWeek && form != CompactWeek) return std::nullopt;
    constexpr TimeForms months = bit(YearMonth) | bit(MonthYear) | bit(CompactMonth);
    const auto is_month = [](const std::string& cell) { return (forms_of(cell) & months) != 0; };
    if (2 * std::count_if(cells.begin(), cells.end(), is_month) <= static_cast<std::ptrdiff_t>(cells.size()))
        return std::nullopt;
    const auto at = distinct(scale_in(form, cells).at);
    if (at.back() - at.front() + 1 == static_cast<std::int64_t>(at.size())) return std::nullopt;
    const auto odd = std::find_if_not(cells.begin(), cells.end(), is_month);
    return odd == cells.end() ? std::nullopt : std::optional(static_cast<std::size_t>(odd - cells.begin()));
}

/// The form of the cells, of those left.
Result<TimeForm> decided(const TimeColumn& column, std::span<const std::string> cells, const Where& where,
                         const std::string& name) {
    const TimeForms left = column.left();
    if (std::popcount(left) > 1 && !column.form(where)) {
        if (const auto form = by_spacing(left, cells)) return *form;
        if (const auto form = by_name(left, name)) return *form;
    }
    return column.form(where);
}

/// Every cell a time that a table may have; the first that is not as the others is named.
Result<void> check_cells(std::span<const std::string> cells, const TimesPlace& place) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i].empty())
            return fail(Fault::Data, "bad-time", place.of(i), "this row has no time", "give each row its time");
        if (is_total(cells[i])) return total_row(cells[i], place.of(i));
    }
    return {};
}

Result<void> check_years(const TimeScale& scale, std::span<const std::string> cells, const TimesPlace& place) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const int year = civil_of(first_day_of(static_cast<int>(scale.at[i]), *scale.kind)).year;
        if (year < first_table_year || year > last_table_year)
            return fail(Fault::Data, "bad-time", place.of(i),
                        fmt::format("'{}' is of the year {}, which no table of today has", excerpt(cells[i]), year),
                        "mend this cell");
    }
    return {};
}

/// Numbers that are years or Excel's days only if they all may well be.
bool are_rather_numbers(const TimeScale& scale) {
    if (scale.form != TimeForm::Year && scale.form != TimeForm::ExcelDay) return false;
    const auto [least, most] = std::minmax_element(scale.at.begin(), scale.at.end());
    const auto year = [&](std::int64_t at) { return civil_of(first_day_of(static_cast<int>(at), *scale.kind)).year; };
    return scale.form == TimeForm::Year ? year(*least) < first_lone_year || year(*most) > last_lone_year
                                        : year(*least) < first_lone_excel_year || year(*most) > last_lone_excel_year;
}

TimeScale scale_of_numbers(std::span<const std::string> cells) {
    TimeScale out;
    for (const auto& cell : cells) out.at.push_back(*whole(cell));
    out.step = usual_step(distinct(out.at));
    return out;
}

std::string_view plural_of(PeriodKind kind) {
    constexpr std::string_view names[] = {"days", "weeks", "months", "quarters", "years"};
    return names[static_cast<int>(kind)];
}

bool is_plain(TimeForm form) {
    using enum TimeForm;
    return form == YearFirst || form == YearMonth || form == Quarter || form == Week || form == Year;
}

}  // namespace

TimeForms month_forms() {
    using enum TimeForm;
    constexpr TimeForms longer = bit(Quarter) | bit(Week) | bit(BareWeek) | bit(CompactWeek) | bit(Year);
    return all_time_forms & ~longer;
}

std::optional<int> parse_month(std::string_view text, TimeForms forms) {
    if (const auto number = challenge_number(text)) return number;
    const auto readings = read_times(text);
    const TimeForms fitting = readings.forms() & forms & month_forms();
    if (fitting == 0) return std::nullopt;
    if (std::has_single_bit(fitting)) return period_of(readings.in(first_of(fitting))->first, PeriodKind::Month);
    TimeColumn column(forms & month_forms());
    column.see(text);
    const auto form = column.form({});
    if (!form) return std::nullopt;
    return period_of(read_time(text, *form)->first, PeriodKind::Month);
}

int challenge_month(int month) { return month + 1 - months_1970_to_1980; }

Result<AskedTimes> asked_times(const std::string& date_form) {
    if (date_form.empty()) return AskedTimes{};
    if (date_form == "number") return AskedTimes{0, true};
    const auto forms = parse_time_forms(date_form);
    if (!forms)
        return fail(
            Fault::Usage, "bad-date-form", {}, fmt::format("--date-form '{}' is none", excerpt(date_form)),
            fmt::format("there are {}, number",
                        join(std::vector<std::string>{"ymd", "dmy", "mdy", "month", "week", "quarter", "year", "excel"},
                             ", ")));
    return AskedTimes{*forms, false};
}

std::string TimeScale::said(int season_taken) const {
    const auto [least, most] = std::minmax_element(at.begin(), at.end());
    const auto label = [&](std::int64_t one) {
        return kind ? period_label(static_cast<int>(one), *kind) : std::to_string(one);
    };
    std::string out = fmt::format("{} {} to {}", kind ? plural_of(*kind) : "numbers", label(*least), label(*most));
    if (kind && step > 1) out += fmt::format(", every {} {}", step, plural_of(*kind));
    out += fmt::format(", {} a year", season_taken);
    if (season_taken != season) out += " as --season says";
    else if (!kind) out += " as nothing says otherwise";
    if (form && !is_plain(*form)) out += fmt::format("; {}", time_form_words(*form));
    return out;
}

Result<TimeScale> read_scale(std::span<const std::string> cells, const TimesPlace& place, const AskedTimes& asked) {
    TRY(check_cells(cells, place));
    TimeColumn column(asked.forms);
    for (std::size_t i = 0; i < cells.size() && !asked.as_numbers; ++i) column.see(cells[i], place.lines[i]);
    const auto odd = std::find_if(cells.begin(), cells.end(), [](const auto& cell) { return !whole(cell); });
    const bool may_be_numbers = asked.as_numbers || asked.forms == all_time_forms;
    const auto numbers = static_cast<std::int64_t>(
        std::count_if(cells.begin(), cells.end(), [](const auto& cell) { return whole(cell).has_value(); }));
    if (asked.as_numbers
        || (may_be_numbers && column.left() == 0 && (odd == cells.end() || (!column.likeliest() && numbers > 0)))) {
        if (odd == cells.end()) return scale_of_numbers(cells);
        return fail(
            Fault::Data, "bad-time", place.of(static_cast<std::size_t>(odd - cells.begin())),
            fmt::format("'{}' is no whole number, as the other {} cells of this column are", excerpt(*odd), numbers),
            "mend this cell");
    }
    const Where where{place.path, 0, static_cast<int>(place.column) + 1};
    const TimeForm form = TRY(decided(column, cells, where, place.name));
    if (const auto odd_one = odd_month(form, cells); odd_one && asked.forms == all_time_forms)
        return fail(Fault::Data, "bad-time", place.of(*odd_one),
                    fmt::format("'{}' is no month, as most cells of this column are", excerpt(cells[*odd_one])),
                    "mend this cell, or say --date-form week");
    TimeScale out = scale_in(form, cells);
    if (may_be_numbers && odd == cells.end() && are_rather_numbers(out)) return scale_of_numbers(cells);
    TRY(check_years(out, cells, place));
    return out;
}

Result<Times> times_of(const TimeScale& scale, std::span<const std::size_t> rows, std::span<const std::string> cells,
                       const TimesPlace& place) {
    std::vector<std::size_t> order(rows.begin(), rows.end());
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return scale.at[a] < scale.at[b]; });
    for (std::size_t i = 1; i < order.size(); ++i) {
        if (scale.at[order[i]] == scale.at[order[i - 1]])
            return fail(Fault::Data, "two-rows-one-period", place.of(order[i]),
                        fmt::format("'{}' stands here and in line {}", cells[order[i]], place.lines[order[i - 1]]),
                        "one row a period and series; sum or split them, or name the series' column with --unit");
    }
    std::map<std::int64_t, int> many;  // of rows by what is left over a whole number of steps
    for (const std::size_t row : rows) ++many[floor_rest(scale.at[row], scale.step)];
    const auto usual =
        std::max_element(many.begin(), many.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    Times out;
    for (const std::size_t row : rows) {
        const auto since = scale.at[row] - scale.at[order.front()];
        if (floor_rest(scale.at[row], scale.step) != usual->first)
            return fail(Fault::Data, "uneven-times", place.of(row),
                        fmt::format("'{}' is not a whole number of steps of {}{} from the other rows", cells[row],
                                    scale.step, scale.kind ? fmt::format(" {}", plural_of(*scale.kind)) : ""),
                        "give evenly spaced periods");
        if (since / scale.step > 10'000'000)
            return fail(Fault::Data, "uneven-times", place.of(row),
                        fmt::format("'{}' lies over ten million periods after the first row", cells[row]),
                        "check this time");
        out.slot.push_back(static_cast<int>(since / scale.step));
        out.slots = std::max(out.slots, out.slot.back() + 1);
    }
    return out;
}

MonthColumn::MonthColumn(const AskedTimes& asked)
    : column_(asked.forms & month_forms()), are_numbers_(asked.as_numbers || asked.forms == all_time_forms) {}

void MonthColumn::see(std::string_view cell, int line) {
    column_.see(cell, line);
    cells_.emplace_back(cell);
    lines_.push_back(line);
}

Result<void> MonthColumn::decide(const Where& column) {
    const auto place = [&](std::size_t i) { return Where{column.file, lines_[i], column.column}; };
    std::size_t numbers = 0, odd = cells_.size();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        if (is_total(cells_[i])) return total_row(cells_[i], place(i));
        const bool is_number = challenge_number(cells_[i]).has_value();
        numbers += is_number ? 1 : 0;
        if (!is_number && odd == cells_.size()) odd = i;
    }
    if (are_numbers_ && odd == cells_.size()) return {};
    constexpr auto cure = "write 2017-10, a day of it, or the number of a month with 1 = 1980-01";
    if (const auto likely = column_.likeliest(); column_.left() == 0 && likely) {
        odd = 0;
        while (read_time(cells_[odd], *likely)) ++odd;
    }
    if (column_.left() == 0)
        return fail(Fault::Data, "bad-month", place(odd),
                    fmt::format("'{}' is not a month{}", excerpt(cells_[odd]),
                                column_.likeliest() || numbers > 0 ? " as the others are" : ""),
                    cure);
    are_numbers_ = false;
    form_ = TRY(decided(column_, cells_, column, ""));
    for (std::size_t i = 0; i < cells_.size(); ++i) {
        const int year = civil_of(read_time(cells_[i], *form_)->first).year;
        if (year < first_table_year || year > last_table_year)
            return fail(Fault::Data, "bad-month", place(i),
                        fmt::format("'{}' is of the year {}, which no table of today has", excerpt(cells_[i]), year),
                        "mend this cell");
    }
    return {};
}

int MonthColumn::month(std::string_view cell) const {
    if (!form_) return *challenge_number(cell);
    return period_of(read_time(cell, *form_)->first, PeriodKind::Month);
}

std::string MonthColumn::said() const {
    if (!form_) return "numbers of months, 1 = 1980-01";
    return is_plain(*form_) ? std::string() : std::string(time_form_words(*form_));
}

}  // namespace icosa::table
