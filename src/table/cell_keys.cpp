/// Labels of periods, numbers as numbers.
#include "table/cell_keys.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "table/numbers.hpp"

namespace icosa::table {
namespace {

std::string label_of(const TimeSpan& span) {
    const PeriodKind kind = span.kind == PeriodKind::Day ? PeriodKind::Month : span.kind;
    return period_label(period_of(span.first, kind), kind);
}

/// The forms by which a time of the same kind is meant: a day is one of a month.
TimeForms alike(TimeForm form) {
    using enum TimeForm;
    constexpr TimeForms weeks = bit(Week) | bit(BareWeek) | bit(CompactWeek);
    for (const TimeForms kind : {month_forms(), weeks, bit(Quarter), bit(Year)}) {
        if ((kind & bit(form)) != 0) return kind;
    }
    return all_time_forms;
}

}  // namespace

Result<void> TimeKeys::learn(std::span<const std::string> cells, std::span<const int> lines, const Where& column) {
    TimeColumn seen(allowed_);
    bool are_challenge = true;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        seen.see(cells[i], lines[i]);
        const auto number = parse_integer(unit_text(cells[i]));
        are_challenge = are_challenge && number && *number >= 1 && *number <= 1199;
    }
    if (are_challenge) return learn_months(), Result<void>();
    TimeForms left = seen.left();
    if (left == 0) return {};  // no times: texts that either file has
    if (std::popcount(left) > 1 && (left & month_forms()) != 0) left &= month_forms();
    form_ = std::popcount(left) == 1 ? static_cast<TimeForm>(std::countr_zero(left)) : TRY(seen.form(column));
    allowed_ &= alike(*form_);
    return {};
}

Result<std::string> TimeKeys::of(std::string_view time, const Where& place) const {
    if (allowed_ & month_forms()) {
        const auto number = parse_integer(unit_text(time));
        if (number && *number >= 1 && *number <= 1199) return period_label(*parse_month(time), PeriodKind::Month);
    }
    const auto readings = read_times(time);
    if (form_) {
        if (const auto span = readings.in(*form_)) return label_of(*span);
    }
    if ((readings.forms() & allowed_) == 0) return std::string(time);
    TimeColumn one(allowed_);
    one.see(time, place.line);
    const TimeForm form = TRY(one.form(place));
    return label_of(*readings.in(form));
}

std::string unit_key(std::string_view unit) {
    const auto number = parse_integer(unit_text(unit));
    return number ? std::to_string(*number) : std::string(unit);
}

std::string cell_key(std::string_view time, std::string_view unit) { return fmt::format("{}\x1f{}", time, unit); }

std::string cell_words(const std::string& key) {
    const auto at = key.find('\x1f');
    return at == std::string::npos
        ? std::string("none")
        : fmt::format("unit '{}' in {}", excerpt(key.substr(at + 1)), excerpt(key.substr(0, at)));
}

}  // namespace icosa::table
