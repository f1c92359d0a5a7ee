/// Columns of times by their cells first, by their names where numbers could be anything.
#include "draft/day_guess.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_column.hpp"
#include "draft/name_hint.hpp"
#include "ingest/cell.hpp"

namespace icosa::draft {
namespace {

constexpr double most_missing = 0.1;     ///< of a day that nobody named
constexpr double share_of_times = 0.97;  ///< of the cells of a column of times; a total or a note may stand below

/// The parse of a card that reads a form; nothing where none does.
std::optional<pack::Parse> parse_of(TimeForm form) {
    using enum TimeForm;
    switch (form) {
        case YearFirst: return pack::Parse::Date;
        case CompactDay: return pack::Parse::DateCompact;
        case DayFirst:
        case CompactDayFirst: return pack::Parse::DateDmy;
        case MonthFirst:
        case CompactMonthFirst: return pack::Parse::DateMdy;
        case YearMonth:
        case MonthYear:
        case CompactMonth: return pack::Parse::Month;
        case Quarter: return pack::Parse::Quarter;
        case Week:
        case BareWeek:
        case CompactWeek: return pack::Parse::Week;
        case Year: return pack::Parse::Year;
        default: return std::nullopt;
    }
}

/// Forms that any column of whole numbers may fit by chance.
bool is_bare_number(TimeForm form) {
    using enum TimeForm;
    return form == Year || form == ExcelDay || form == CompactMonth || form == CompactWeek || form == CompactDayFirst
        || form == CompactMonthFirst || form == SixDayFirst || form == SixMonthFirst || form == SixYearFirst;
}

/// 202307 may be a month or a week: the column's name says it, or that of more than a year of them none is beyond 12.
std::optional<TimeForm> months_or_weeks(const Look& look, int column, TimeForms left) {
    if (left != (bit(TimeForm::CompactMonth) | bit(TimeForm::CompactWeek))) return std::nullopt;
    const std::string name = fold(look.columns[static_cast<std::size_t>(column)]);
    for (const std::string_view word : {"week", "semaine", "semana", "woche"}) {
        if (name.find(word) != std::string::npos) return TimeForm::CompactWeek;
    }
    std::set<std::string_view> cells;
    for (const auto& row : look.rows) cells.insert(row[static_cast<std::size_t>(column)]);
    return cells.size() > 13 ? std::optional(TimeForm::CompactMonth) : std::nullopt;
}

/// A column's form, with the cells that it does not read left aside; nothing where fewer than nearly all are times.
struct FormOfColumn {
    std::optional<TimeForm> form;
    std::optional<Error> error;  ///< why there is none
};
FormOfColumn form_of_column(const Look& look, int column, TimeForms allowed) {
    TimeColumn all(allowed), times(allowed);
    std::int64_t cells = 0;
    const auto at = static_cast<std::size_t>(column);
    for (std::size_t i = 0; i < look.rows.size(); ++i) {
        const std::string& cell = look.rows[i][at];
        if (cell.empty() || is_missing_word(cell)) continue;
        ++cells;
        all.see(cell, static_cast<int>(look.lines[i]));
        if ((forms_of(cell) & allowed) != 0) times.see(cell, static_cast<int>(look.lines[i]));
    }
    const Where where{look.path, 0, column + 1};
    if (cells == 0 || static_cast<double>(times.cells()) < share_of_times * static_cast<double>(cells)) {
        auto form = all.form(where);
        return {std::nullopt, form ? std::nullopt : std::optional(std::move(form).error())};
    }
    if (auto form = times.form(where)) return {*form, std::nullopt};
    else if (form.error().code == "ambiguous-time") {
        if (const auto meant = months_or_weeks(look, column, times.left())) return {meant, std::nullopt};
        return {std::nullopt, std::move(form).error()};
    }
    const TimeForms likely = times.likely();
    if (times.is_open(likely)) return {std::nullopt, times.ambiguous(likely, where)};
    return {times.likeliest(), std::nullopt};
}

/// A quick no for most columns: half of the first cells are times.
bool begins_with_times(const Look& look, int column) {
    constexpr int cells_tried = 40;
    int cells = 0, times = 0;
    for (const auto& row : look.rows) {
        const std::string& cell = row[static_cast<std::size_t>(column)];
        if (cell.empty() || is_missing_word(cell)) continue;
        times += forms_of(cell) != 0 ? 1 : 0;
        if (++cells == cells_tried) break;
    }
    return times * 2 >= cells && cells > 0;
}

/// A year beside a month or a week of its own.
std::optional<std::pair<int, pack::Parse>> part_of_year(const Look& look, int year_column) {
    const auto holds = [&](std::size_t column, std::int64_t most) {
        return std::ranges::all_of(look.rows, [&](const auto& row) {
            const auto number = parse_integer(row[column]);
            return row[column].empty() || (number && *number >= 1 && *number <= most);
        });
    };
    for (std::size_t i = 0; i < look.columns.size(); ++i) {
        if (static_cast<int>(i) == year_column) continue;
        const std::string name = fold(look.columns[i]);
        const auto is_called = [&](std::initializer_list<std::string_view> words) {
            return std::ranges::any_of(words, [&](std::string_view word) { return name.find(word) != name.npos; });
        };
        if (is_called({"week", "semaine", "semana", "woche"}) && holds(i, 53))
            return std::pair(static_cast<int>(i), pack::Parse::Week);
        if (is_called({"month", "mois", "mes", "monat"}) && holds(i, 12))
            return std::pair(static_cast<int>(i), pack::Parse::YearMonthDay);
    }
    return std::nullopt;
}

bool reads(const DayGuess& guess, const std::vector<std::string>& row, ingest::Days& out) {
    const std::string& first = row[static_cast<std::size_t>(guess.columns[0])];
    if (guess.columns.size() == 1) return ingest::parse_days(guess.parse, first, no_day, out);
    const std::string& second = row[static_cast<std::size_t>(guess.columns[1])];
    return guess.parse == pack::Parse::Week ? ingest::parse_year_week(first, second, out)
                                            : ingest::parse_year_month_day(first, second, "", out);
}

/// Do the days lie at most one a period, with hardly a period without one?
bool is_stamp_of(const std::set<Day>& days, PeriodKind kind) {
    std::set<int> periods;
    for (const Day day : days) periods.insert(period_of(day, kind));
    if (periods.size() != days.size() || days.size() < 3) return false;
    const int reach = *periods.rbegin() - *periods.begin() + 1;
    return static_cast<double>(periods.size()) >= 0.6 * reach;
}

/// The days between which all but a few rows lie: a mistyped year must not stretch weeks into centuries.
std::pair<Day, Day> core_of(std::vector<Day> days) {
    std::ranges::sort(days);
    std::size_t from = 0, to = days.size() - 1;
    const std::size_t most = std::max<std::size_t>(1, days.size() / 100);
    while (from < most && from + 2 < to && 2 * (days[from + 1] - days[from]) > days[to] - days[from]) ++from;
    while (days.size() - 1 - to < most && from + 2 < to && 2 * (days[to] - days[to - 1]) > days[to] - days[from]) --to;
    return {days[from], days[to]};
}

void read_days(const Look& look, DayGuess& guess) {
    constexpr std::size_t fewest = 20;
    std::vector<Day> all;
    for (const auto& row : look.rows) {
        ingest::Days of;
        if (reads(guess, row, of)) all.push_back(of.first);
    }
    const std::pair<Day, Day> core = all.size() >= fewest ? core_of(std::move(all)) : std::pair(no_day, no_day);
    const Day least = core.first, most = core.second;
    const auto is_stray = [least, most](Day day) { return least != no_day && (day < least || day > most); };
    std::set<Day> days;
    for (const auto& row : look.rows) {
        ingest::Days of;
        if (!reads(guess, row, of)) {
            guess.days.push_back(no_day);
            continue;
        }
        guess.days.push_back(of.first);
        if (is_stray(of.first)) {
            ++guess.strays;
            continue;
        }
        days.insert(of.first);
        if (guess.first == no_day || of.first < guess.first) guess.first = of.first;
        if (guess.last == no_day || of.last > guess.last) guess.last = of.last;
    }
    guess.stands_for = guess.width;
    if (guess.width != PeriodKind::Day) return;
    for (const PeriodKind kind : {PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year}) {
        if (is_stamp_of(days, kind)) guess.stands_for = kind;
        if (guess.stands_for != PeriodKind::Day) break;
    }
}

PeriodKind width_of(pack::Parse parse) {
    switch (parse) {
        case pack::Parse::Month:
        case pack::Parse::YearMonthDay: return PeriodKind::Month;
        case pack::Parse::Week: return PeriodKind::Week;
        case pack::Parse::Quarter: return PeriodKind::Quarter;
        case pack::Parse::Year: return PeriodKind::Year;
        default: return PeriodKind::Day;
    }
}

Result<DayGuess> guess_of(const Look& look, int column, TimeForm form) {
    const auto parse = parse_of(form);
    if (!parse)
        return fail(Fault::Data, "unread-form", {look.path, 0, column + 1},
                    fmt::format("'{}' holds {}, which no card reads", look.columns[static_cast<std::size_t>(column)],
                                time_form_words(form)),
                    "write days 2020-11-03, weeks 2020-W45 or months 2020-11");
    DayGuess out;
    out.columns = {column};
    out.parse = *parse;
    out.words = time_form_words(form);
    const auto longest = [&](const auto& row) { return row[static_cast<std::size_t>(column)].size() == 14; };
    if (form == TimeForm::CompactDay && std::ranges::any_of(look.rows, longest)) out.parse = pack::Parse::TimestampDate;
    if (form == TimeForm::Year) {
        if (const auto part = part_of_year(look, column)) {
            out.columns.push_back(part->first);
            out.parse = part->second;
            out.words = fmt::format("years, with the {} in '{}'", part->second == pack::Parse::Week ? "week" : "month",
                                    look.columns[static_cast<std::size_t>(part->first)]);
        }
    }
    out.width = width_of(out.parse);
    read_days(look, out);
    return out;
}

/// How likely a column is the day, of two that hold times: named so, by day rather than by year, the first.
int rank_of(const Look& look, int column, TimeForm form) {
    const bool is_named = hints_at(look.columns[static_cast<std::size_t>(column)], Hint::Day);
    if (is_bare_number(form) && !is_named) return 0;
    const PeriodKind width = parse_of(form) ? width_of(*parse_of(form)) : PeriodKind::Year;
    return (is_named ? 10 : 1) + (width == PeriodKind::Year ? 0 : 5 - static_cast<int>(width));
}

}  // namespace

std::unexpected<Error> unknown_column(const Look& look, std::string_view option, const std::string& asked) {
    const auto near = nearest(asked, look.columns);
    std::vector<std::string> shown(
        look.columns.begin(),
        look.columns.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(look.columns.size(), 12)));
    if (shown.size() < look.columns.size()) shown.emplace_back("...");
    return fail(Fault::Usage, "unknown-column", {look.path, static_cast<int>(look.header_line)},
                fmt::format("{} names '{}', which the file does not have", option, excerpt(asked)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", join(shown, ", ")));
}

Result<DayGuess> guess_day(const Look& look, const std::string& asked, const std::string& form) {
    TimeForms allowed = all_time_forms;
    if (!form.empty()) {
        const auto forms = parse_time_forms(form);
        if (!forms)
            return fail(Fault::Usage, "bad-date-form", {}, fmt::format("--date-form '{}' is no form", excerpt(form)),
                        fmt::format("give one of {}", time_form_names));
        allowed = *forms;
    }
    if (!asked.empty()) {
        const int column = look.find(asked);
        if (column < 0) return unknown_column(look, "--date", asked);
        const FormOfColumn found = form_of_column(look, column, allowed);
        if (found.form) return guess_of(look, column, *found.form);
        if (found.error) return std::unexpected(*found.error);
        return fail(Fault::Data, "no-day", {look.path, 0, column + 1},
                    fmt::format("'{}' holds no times", look.columns[static_cast<std::size_t>(column)]),
                    "name another column with --date");
    }
    int best = -1, best_rank = 0;
    TimeForm best_form{};
    std::optional<Error> open;
    for (int i = 0; i < static_cast<int>(look.columns.size()); ++i) {
        if (!look.is_named(i) || look.share_missing(i) > most_missing || !begins_with_times(look, i)) continue;
        const FormOfColumn found = form_of_column(look, i, allowed);
        if (!found.form) {
            if (found.error && found.error->code == "ambiguous-time"
                && hints_at(look.columns[static_cast<std::size_t>(i)], Hint::Day) && !open)
                open = found.error;
            continue;
        }
        const int rank = rank_of(look, i, *found.form);
        if (rank > best_rank) {
            best = i;
            best_rank = rank;
            best_form = *found.form;
        }
    }
    if (open && best_rank < 10) return std::unexpected(*open);
    if (best < 0)
        return fail(Fault::Data, "no-day", {look.path, static_cast<int>(look.header_line)},
                    fmt::format("no column holds days, weeks, months or years: {}",
                                join(std::vector<std::string>(look.columns.begin(),
                                                              look.columns.begin()
                                                                  + static_cast<std::ptrdiff_t>(
                                                                      std::min<std::size_t>(look.columns.size(), 12))),
                                     ", ")),
                    "name it with --date COLUMN");
    return guess_of(look, best, best_form);
}

}  // namespace icosa::draft
