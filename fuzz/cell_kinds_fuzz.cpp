/// One cell as every kind of value of the closed list: what is read prints and reads back as the same, and lies within
/// its bounds.
#include <array>
#include <cmath>
#include <cstdlib>
#include <string>

#include "base/date.hpp"
#include "base/prio_grid.hpp"
#include "base/text.hpp"
#include "base/time_column.hpp"
#include "base/time_text.hpp"
#include "ingest/cell.hpp"
#include "ingest/preamble.hpp"
#include "input.hpp"
#include "model/code_key.hpp"

namespace {

using namespace icosa;
using fuzz::must;
using ingest::Days;
using pack::Parse;

bool same(const Days& a, const Days& b) { return a.first == b.first && a.last == b.last && a.precision == b.precision; }

void check_whole(const Days& days) {
    must(days.first <= days.last, "days are in order");
    for (const Day day : {days.first, days.last}) must(parse_iso_day(iso(day)) == day, "a day prints and reads back");
}

void check_days(std::string_view text) {
    Days days, again;
    for (const Parse parse : {Parse::Date, Parse::DateCompact, Parse::DateDmy, Parse::DateMdy, Parse::TimestampDate}) {
        if (!ingest::parse_days(parse, text, no_day, days)) continue;
        check_whole(days);
        must(days.first == days.last && days.precision == model::Precision::Day, "a day is one day");
        must(ingest::parse_days(Parse::Date, iso(days.first), no_day, again) && same(days, again), "iso reads back");
    }
    if (ingest::parse_days(Parse::Month, text, no_day, days)) {
        check_whole(days);
        const std::string label = period_label(period_of(days.first, PeriodKind::Month), PeriodKind::Month);
        must(ingest::parse_days(Parse::Month, label, no_day, again) && same(days, again), "a month reads back");
    }
    if (ingest::parse_days(Parse::Year, text, no_day, days)) {
        check_whole(days);
        must(
            ingest::parse_year_month_day(std::to_string(civil_of(days.first).year), "", "", again) && same(days, again),
            "a year alone is the year");
    }
    if (ingest::parse_days(Parse::EpochWeek, text, day_of(2004, 1, 5), days))
        must(days.last - days.first == 6 && (days.first - day_of(2004, 1, 5)) % 7 == 0, "a week is one of the epoch's");
    for (const PeriodKind kind :
         {PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year}) {
        if (const auto period = parse_period(text, kind))
            must(period_label(*period, kind) == text, "a period has one label");
    }
}

void check_marks(std::string_view text) {
    std::int64_t minute = 0;
    if (ingest::parse_timestamp_minute(text, minute)) must(minute >= 0 && minute < 1440, "a minute is one of a day");
    model::PositionPrecision precision{};
    if (ingest::parse_precision(text, precision))
        must(model::position_precision_names[static_cast<std::size_t>(precision)] == text, "a precision is its word");
}

void check_three_cells(std::string_view text) {
    const auto year = fuzz::take(text, "\t"), month = fuzz::take(text, "\t");
    Days days, again;
    if (!ingest::parse_year_month_day(year, month, text, days)) return;
    check_whole(days);
    const Civil civil = civil_of(days.first);
    must(ingest::parse_year_month_day(std::to_string(civil.year), month.empty() ? "" : std::to_string(civil.month),
                                      text.empty() ? "" : std::to_string(civil.day), again)
             && same(days, again),
         "year, month and day read back");
}

void check_numbers(std::string_view text) {
    const std::string copy(text);
    char* end = nullptr;
    const double wanted = std::strtod(copy.c_str(), &end);
    const bool is_number = !copy.empty() && end == copy.c_str() + copy.size();
    if (const auto number = parse_number(text)) {
        must(is_number && *number == wanted, "a number is what the C library reads");
        must(parse_number(number_text(*number)) == number, "a number prints and reads back");
    }
    std::int64_t whole = 0, again = 0;
    if (ingest::parse_whole(text, whole)) {
        must(is_number && (whole > (1LL << 53) || whole < -(1LL << 53) || wanted == static_cast<double>(whole)),
             "a whole number is what it says");
        must(ingest::parse_whole(std::to_string(whole), again) && again == whole, "a whole number reads back");
    }
    for (const int decimals : {0, 3, 6}) {
        std::int64_t fixed = 0;
        if (!ingest::parse_fixed(text, decimals, fixed)) continue;
        const double scaled = wanted * std::pow(10.0, decimals);
        must(is_number && std::abs(scaled - static_cast<double>(fixed)) <= 0.5 + 1e-6 + std::abs(scaled) * 1e-14,
             "a fixed number is the nearest");
    }
}

void check_places(std::string_view text) {
    std::int32_t latitude = 0, longitude = 0;
    for (const int limit : {90, 180}) {
        if (ingest::parse_degrees(text, limit, latitude))
            must(std::abs(latitude) <= limit * 1'000'000, "degrees are on the globe");
    }
    if (!ingest::parse_degree_minute(text, latitude, longitude)) return;
    must(std::abs(latitude) <= 90'000'000 && std::abs(longitude) <= 180'000'000, "a position is on the globe");
    must(is_gid(gid_of(latitude, longitude)), "a position has a cell");
}

/// All that a text may mean as a time; and as the only cell of a column it is read in one of its forms, or refused.
void check_times(std::string_view text) {
    const TimeReadings readings = read_times(text);
    must(readings.forms() == forms_of(text), "forms are those of the readings");
    for (const auto& [form, span] : readings.all()) {
        must(span.first <= span.last && span.last - span.first < 366, "a time is a day, or the days of a period");
        must(parse_iso_day(iso(span.first)) == span.first, "a time begins on a day");
        must(period_of(span.first, span.kind) == period_of(span.last, span.kind), "a time is one period");
        must(read_time(text, form) == span && readings.in(form) == span, "a text means one thing in a form");
    }
    TimeColumn column;
    column.see(text);
    if (const auto form = column.form({"a.csv"})) must(read_time(text, *form).has_value(), "a column's form reads it");
    else must(!form.error().what.empty() && !first_invalid_utf8(render(form.error())), "an error can be printed");
}

/// A name or code is known by its key, which is its own.
void check_names(std::string_view text) {
    if (first_invalid_utf8(text)) return;
    if (const auto undone = undo_mojibake(text)) {
        must(!first_invalid_utf8(*undone), "what is undone is UTF-8");
        must(undone->size() < text.size(), "what is undone is shorter");
    }
    const std::string code = model::code_key("iso3", text);
    must(model::code_key("iso3", code) == code, "the key of a code is its own");
    must(!first_invalid_utf8(model::code_key("name", text)), "the key of a name can be printed");
}

void check_words(std::string_view text) {
    std::int64_t number = 0;
    if (ingest::parse_yes_no(text, number)) must(number == 0 || number == 1, "yes or no");
    if (ingest::parse_list_length(text, number))
        must(number >= 0 && number <= static_cast<std::int64_t>(text.size()), "a list has its entries");
    model::Ballot ballot{};
    if (ingest::parse_ballot(text, ballot)) must(ballot <= model::Ballot::NotMember, "a ballot is one of five");
    if (const auto coverage = ingest::parse_coverage(text))
        must(coverage->first_day <= coverage->last_day, "coverage is in order");
    must(!first_invalid_utf8(latin1_to_utf8(text)), "Latin-1 becomes UTF-8");
    must(!first_invalid_utf8(excerpt(text)), "an excerpt can be printed");
    if (!first_invalid_utf8(text)) must(fold(fold(text)) == fold(text), "what is folded stays so");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = fuzz::text_of(data, size);
    check_days(text);
    check_marks(text);
    check_three_cells(text);
    check_numbers(text);
    check_places(text);
    check_times(text);
    check_names(text);
    check_words(text);
    return 0;
}
