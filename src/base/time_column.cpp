/// Cells seen, forms left.
#include "base/time_column.hpp"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa {
namespace {

/// Where both read every cell, the first is meant: a year of four digits in front is ISO's order, and a column in which
/// no number passes 12 has months.
constexpr std::pair<TimeForm, TimeForm> meant_before[] = {
    {TimeForm::YearMonth, TimeForm::BareWeek},         {TimeForm::MonthYear, TimeForm::BareWeek},
    {TimeForm::CompactDay, TimeForm::CompactDayFirst}, {TimeForm::CompactDay, TimeForm::CompactMonthFirst},
    {TimeForm::CompactMonth, TimeForm::SixDayFirst},   {TimeForm::CompactMonth, TimeForm::SixMonthFirst},
    {TimeForm::CompactMonth, TimeForm::SixYearFirst},  {TimeForm::CompactWeek, TimeForm::SixDayFirst},
    {TimeForm::CompactWeek, TimeForm::SixMonthFirst},  {TimeForm::CompactWeek, TimeForm::SixYearFirst},
};

std::size_t index_of(TimeForm form) { return static_cast<std::size_t>(form); }
TimeForm form_at(std::size_t index) { return static_cast<TimeForm>(index); }

std::string span_words(const TimeSpan& span) { return period_label(period_of(span.first, span.kind), span.kind); }

}  // namespace

void TimeColumn::see(std::string_view cell, int line) {
    if (cell.empty()) return;
    ++cells_;
    const auto readings = read_times(cell);
    const TimeForms forms = readings.forms() & allowed_;
    for (std::size_t i = 0; i < time_forms; ++i) {
        if ((forms >> i & 1U) != 0) {
            ++read_[i];
        } else if ((allowed_ >> i & 1U) != 0 && misses_[i]++ == 0) {
            first_miss_[i] = {std::string(cell), line};
        }
    }
    all_ &= forms;
    const auto all = readings.all();
    for (std::size_t a = 0; a < all.size(); ++a) {
        for (std::size_t b = a + 1; b < all.size(); ++b) {
            if (all[a].span == all[b].span) continue;
            const auto pair = std::minmax(all[a].form, all[b].form);
            if (!differ_.contains(pair)) differ_.emplace(pair, Cell{std::string(cell), line});
        }
    }
}

bool TimeColumn::decided() const { return cells_ > 0 && std::has_single_bit(all_); }

TimeForms TimeColumn::left() const {
    TimeForms out = cells_ > 0 ? all_ : 0;
    for (const auto& [meant, other] : meant_before) {
        if ((all_ & bit(meant)) != 0) out &= ~bit(other);
    }
    return out;
}

TimeForms TimeColumn::likely() const {
    const auto most = std::max_element(read_.begin(), read_.end());
    TimeForms out = 0;
    for (std::size_t i = 0; i < time_forms && *most > 0; ++i) out |= read_[i] == *most ? 1U << i : 0;
    for (const auto& [meant, other] : meant_before) {
        if ((out & bit(meant)) != 0) out &= ~bit(other);
    }
    return out;
}

std::optional<TimeForm> TimeColumn::likeliest() const {
    const TimeForms forms = likely();
    if (forms == 0) return std::nullopt;
    return form_at(static_cast<std::size_t>(std::countr_zero(forms)));
}

bool TimeColumn::is_open(TimeForms forms) const {
    return std::ranges::any_of(differ_, [&](const auto& one) {
        return (forms & bit(one.first.first)) != 0 && (forms & bit(one.first.second)) != 0;
    });
}

Result<TimeForm> TimeColumn::form(const Where& column) const {
    if (cells_ == 0)
        return fail(Fault::Data, "no-rows", column, "there is no time in this column", "give each row its time");
    const TimeForms left = this->left();
    if (left == 0) {
        const auto likely = likeliest();
        const auto& bad =
            first_miss_[index_of(likely.value_or(form_at(static_cast<std::size_t>(std::countr_zero(allowed_)))))];
        return std::unexpected(bad_cell(bad.text, {column.file, bad.line, column.column}));
    }
    const auto first = form_at(static_cast<std::size_t>(std::countr_zero(left)));
    if (is_open(left)) return std::unexpected(ambiguous(left, column));
    return first;
}

Error TimeColumn::ambiguous(TimeForms left, const Where& column) const {
    for (const auto& [pair, cell] : differ_) {
        if ((left & bit(pair.first)) == 0 || (left & bit(pair.second)) == 0) continue;
        const auto readings = read_times(cell.text);
        std::vector<std::string> meanings, names;
        for (const auto& one : readings.all()) {
            if ((left & bit(one.form)) == 0) continue;
            meanings.push_back(span_words(one.span));
            names.emplace_back(time_form_name(one.form));
        }
        return {Fault::Data,
                "ambiguous-time",
                {column.file, cell.line, column.column},
                fmt::format("'{}' may be {}, and no cell of this column decides", excerpt(cell.text),
                            join(meanings, " or ")),
                fmt::format("say --date-form {}", join(names, " or "))};
    }
    return {Fault::Data, "ambiguous-time", column, "this column's times may be read in two ways", "say --date-form"};
}

Error TimeColumn::bad_cell(std::string_view cell, const Where& place) const {
    const auto likely = likeliest();
    if (!likely)
        return {Fault::Data, "bad-time", place,
                fmt::format("'{}' is no time in a form that is known here", excerpt(cell)),
                "write days 2020-11-03, weeks 2020-W45, months 2020-11, quarters 2020-Q4 or years 2020"};
    const auto many = read_[index_of(*likely)];
    return {Fault::Data, "bad-time", place,
            fmt::format("'{}' is none of the {}, as the other {} cell{} of this column {}", excerpt(cell),
                        time_form_words(*likely), many, many == 1 ? "" : "s", many == 1 ? "is" : "are"),
            "mend this cell"};
}

}  // namespace icosa
