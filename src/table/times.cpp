/// Forms of times, and steps between them.
#include "table/times.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"

namespace icosa::table {
namespace {

constexpr int months_1970_to_1980 = 120;
constexpr int last_challenge_month = 1199;

/// Cells as periods or numbers.
struct Read {
    std::vector<std::int64_t> at;    ///< of each cell
    std::optional<PeriodKind> kind;  ///< nothing: numbers
    int season = 52;
};

Day day_from(std::int64_t days) { return Day{static_cast<std::int32_t>(days)}; }

/// Days of which each lies in a month of its own and which are no even steps: 2018-01-15, 2018-02-15 ..
bool stand_for_months(std::vector<std::int64_t> days) {
    std::sort(days.begin(), days.end());
    std::int64_t step = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 1; i < days.size(); ++i) step = std::min(step, days[i] - days[i - 1]);
    if (days.size() < 2 || step < 28) return false;
    bool even = true, apart = true;
    for (std::size_t i = 1; i < days.size(); ++i) {
        even = even && (days[i] - days[i - 1]) % step == 0;
        apart = apart
            && period_of(day_from(days[i]), PeriodKind::Month) != period_of(day_from(days[i - 1]), PeriodKind::Month);
    }
    return apart && !even;
}

/// The period of each time cell: a day (days, weeks or months by the steps of the series), a month, a quarter, a year,
/// a week or a number.
Result<Read> read_times(std::span<const std::string> cells, const TimesPlace& place) {
    std::optional<PeriodKind> kind;
    const auto fits = [&](auto parse) {
        return std::all_of(cells.begin(), cells.end(),
                           [&](const std::string& cell) { return parse(cell).has_value(); });
    };
    for (const PeriodKind one : {PeriodKind::Day, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Week}) {
        if (!kind && fits([&](const std::string& cell) { return parse_period(cell, one); })) kind = one;
    }
    if (!kind && fits([](const std::string& cell) { return parse_period(cell, PeriodKind::Year); })) {
        const auto years = [&](const std::string& cell) {
            const auto y = parse_period(cell, PeriodKind::Year);
            return *y >= 1700 - 1970 && *y <= 2200 - 1970;
        };
        if (std::all_of(cells.begin(), cells.end(), years)) kind = PeriodKind::Year;
    }
    Read out;
    std::vector<std::int64_t>& at = out.at;
    if (kind) {
        for (const auto& cell : cells) at.push_back(*parse_period(cell, *kind));
        if (kind == PeriodKind::Day && stand_for_months(at)) {
            kind = PeriodKind::Month;
            for (auto& day : at) day = period_of(day_from(day), PeriodKind::Month);
        }
        out.season = periods_per_year(*kind);
    } else if (fits(parse_integer)) {
        for (const auto& cell : cells) at.push_back(*parse_integer(cell));
    } else {
        for (std::size_t r = 0; r < cells.size(); ++r) {
            const auto& cell = cells[r];
            if (!parse_integer(cell) && !parse_iso_day(cell)) {
                return fail(Fault::Data, "bad-time", place.of(r),
                            fmt::format("'{}' is no time that all rows share a form with", excerpt(cell)),
                            "write days 2020-11-03, weeks 2020-W45, months 2020-11, quarters 2020-Q4, years 2020 or "
                            "whole numbers");
            }
        }
    }
    out.kind = kind;
    return out;
}

}  // namespace

std::optional<int> parse_month(std::string_view text) {
    if (const auto month = parse_period(text, PeriodKind::Month)) return month;
    const std::string_view day_text = text.size() > 10 && (text[10] == 'T' || text[10] == ' ')
        ? text.substr(0, 10)
        : text;  // a time of the day does not matter
    if (const auto day = parse_iso_day(day_text)) return period_of(*day, PeriodKind::Month);
    const auto number = parse_integer(text);
    if (number && *number >= 1 && *number <= last_challenge_month)
        return static_cast<int>(*number) - 1 + months_1970_to_1980;
    return std::nullopt;
}

int challenge_month(int month) { return month + 1 - months_1970_to_1980; }

Result<Times> times_of(std::span<const std::string> cells, const TimesPlace& place, int season) {
    const Read read = TRY(read_times(cells, place));
    const std::vector<std::int64_t>& at = read.at;
    Times out;
    out.season = read.season;
    out.order.resize(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) out.order[i] = i;
    std::stable_sort(out.order.begin(), out.order.end(), [&](std::size_t a, std::size_t b) { return at[a] < at[b]; });
    std::int64_t step = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 1; i < out.order.size(); ++i) {
        const auto gap = at[out.order[i]] - at[out.order[i - 1]];
        if (gap == 0) {
            const int first = place.lines[out.order[i - 1]];
            return fail(Fault::Data, "two-rows-one-period", place.of(out.order[i]),
                        fmt::format("'{}' stands here and in line {}", cells[out.order[i]], first),
                        "one row a period and series; sum or split them");
        }
        step = std::min(step, gap);
    }
    if (at.size() == 1) step = 1;
    if (read.kind == PeriodKind::Day && step > 1) {  // days written for weeks, or for longer steps
        out.season = step == 7 ? 52 : std::max(1, static_cast<int>(365 / step));
    }
    out.slot.resize(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) {
        const auto since = at[i] - at[out.order.front()];
        if (since % step != 0) {
            return fail(Fault::Data, "uneven-times", place.of(i),
                        fmt::format("'{}' is not a whole number of steps of {} after the first row", cells[i], step),
                        "give evenly spaced periods");
        }
        if (since / step > 10'000'000)
            return fail(Fault::Data, "uneven-times", place.of(i),
                        fmt::format("'{}' lies over ten million periods after the first row", cells[i]),
                        "check this time");
        out.slot[i] = static_cast<int>(since / step);
        out.slots = std::max(out.slots, out.slot[i] + 1);
    }
    if (season > 0) out.season = season;
    return out;
}

}  // namespace icosa::table
