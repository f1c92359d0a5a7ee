/// Cells to values: terms, days, numbers, positions, ballots. Terms and days are remembered.
#include "ingest/row_values.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::ingest {
namespace {

using model::no_int;
using pack::FieldValue;
using pack::Parse;

bool fits_32(std::int64_t number) { return number > no_int && number <= std::numeric_limits<std::int32_t>::max(); }

}  // namespace

RowValues::RowValues(const Plan& plan, model::TermTable& terms, RowCells& cells)
    : plan_(plan),
      card_(*plan.card),
      terms_(terms),
      cells_(cells),
      caches_(plan.operations.size() + plan.companion_operations.size() + plan.split_operations.size()),
      day_memos_(caches_.size()) {}

void RowValues::clear() { std::copy(std::begin(plan_.blank), std::end(plan_.blank), std::begin(values)); }

void RowValues::clear(const std::vector<Operation>& operations) {
    for (const Operation& one : operations) values[one.slot] = plan_.blank[one.slot];
}

bool RowValues::run(const std::vector<Operation>& operations, std::size_t first_cache, const Row& row) {
    for (std::size_t i = 0; i < operations.size(); ++i) {
        if (!run_one(operations[i], first_cache + i, row)) return false;
    }
    return true;
}

bool RowValues::run_one(const Operation& operation, std::size_t cache, const Row& row) {
    switch (operation.value) {
        case FieldValue::Code:
        case FieldValue::Acts: return read_term(operation, cache, row);
        case FieldValue::Days: return read_days(operation, cache, row);
        case FieldValue::Whole:
        case FieldValue::Milli:
        case FieldValue::Minute: return read_number(operation, row);
        case FieldValue::Flag:
            return operation.parse == Parse::Given ? read_given(operation, row) : read_number(operation, row);
        case FieldValue::Precision: return read_precision(operation, row);
        case FieldValue::Degrees: return read_degrees(operation, row);
        case FieldValue::Position: return read_position(operation, row);
        case FieldValue::Ballot: return read_ballot(operation, row);
    }
    return true;
}

std::string_view RowValues::raw_of(const Operation& operation, const Row& row) {
    if (!operation.split.empty()) return entry_or(operation.columns[0], {});
    if (operation.columns.size() == 1) return cells_.cell(operation, row, operation.columns[0]);
    scratch_.clear();
    bool any = false;
    for (std::size_t i = 0; i < operation.columns.size(); ++i) {
        if (i > 0) scratch_ += '|';
        const std::string_view part = cells_.cell(operation, row, operation.columns[i]);
        any |= !part.empty();
        scratch_ += part;
    }
    return any ? std::string_view(scratch_) : std::string_view();
}

bool RowValues::read_words(const Operation& operation, const Row& row) {
    texts_.clear();
    bool any = false;
    for (const std::int32_t column : operation.columns) {
        texts_.push_back(cells_.cell(operation, row, column));
        any |= !texts_.back().empty();
    }
    if (!any) return !operation.required || cells_.lacks(operation);
    const std::string_view entry = operation.words->entry_of(texts_);
    if (entry.empty()) return !operation.required || cells_.lacks(operation);
    values[operation.slot].term = terms_.id_of(operation.system, entry);
    return true;
}

bool RowValues::read_term(const Operation& operation, std::size_t cache, const Row& row) {
    if (operation.words) return read_words(operation, row);
    const std::string_view raw = raw_of(operation, row);
    if (raw.empty() && !operation.lookup) return operation.required ? cells_.lacks(operation) : true;
    model::TermId term = caches_[cache].find(raw);
    if (term == TermCache::unknown) {
        term = term_of(operation, raw);
        caches_[cache].put(raw, term);
    }
    if (term == TermCache::refused) return cells_.refuse_text(operation, operation.columns[0], raw);
    if (term == model::no_term && operation.required) return cells_.lacks(operation);
    values[operation.slot].term = term;
    return true;
}

model::TermId RowValues::term_of(const Operation& operation, std::string_view raw) {
    std::string_view text = raw;
    std::string fit;
    if (operation.pattern) text = fit = operation.fitting(raw);
    if (!operation.before.empty()) text = trimmed(text.substr(0, text.find(operation.before)));
    std::string letters;
    if (operation.letters != pack::Letters::AsWritten) text = letters = spelt(text, operation.letters);
    bool known = true;
    if (operation.lookup) {
        const std::string* found = operation.look_up(text);
        known = found || text.empty();
        text = found ? std::string_view(*found) : std::string_view();
    }
    std::string whole;
    std::int64_t number = 0;
    std::string_view system = operation.system;
    if (!text.empty() && operation.parse == Parse::Coded) {
        const auto colon = text.find(':');
        known = colon != std::string_view::npos && colon > 0;
        system = text.substr(0, colon);
        text = known ? text.substr(colon + 1) : text;
    } else if (!text.empty() && operation.parse != Parse::Text) {
        known = parse_whole(text, number);
        text = whole = std::to_string(number);
    }
    return !known ? TermCache::refused : text.empty() ? model::no_term : terms_.id_of(system, text);
}

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one small decision after the other, read from the top
bool RowValues::read_days(const Operation& operation, std::size_t cache, const Row& row) {
    Days& out = values[operation.slot].days;
    if (operation.parse == Parse::YearMonthDay) {
        const std::string_view year = cells_.cell(row, operation.columns[0]);
        const std::string_view month = cells_.cell(row, operation.columns[1]);
        const std::string_view day = operation.columns.size() > 2 ? cells_.cell(row, operation.columns[2])
                                                                  : std::string_view();  // a month has no third part
        if (year.empty()) return operation.required ? cells_.lacks(operation) : true;
        if (parse_year_month_day(year, month, day, out) || operation.lenient) return true;
        return cells_.refuse_text(operation, operation.columns[0], fmt::format("{}-{}-{}", year, month, day));
    }
    if (operation.parse == Parse::Week && operation.columns.size() == 2) {
        const std::string_view year = cells_.cell(row, operation.columns[0]);
        const std::string_view week = cells_.cell(row, operation.columns[1]);
        if (year.empty() && week.empty()) return operation.required ? cells_.lacks(operation) : true;
        if (parse_year_week(year, week, out) || operation.lenient) return true;
        return cells_.refuse_text(operation, operation.columns[0], fmt::format("{}-{}", year, week));
    }
    if (operation.lookup || !operation.before.empty()) {
        bool known = true;
        const std::string_view text = cells_.text_of(operation, row, known);
        if (text.empty() && known) return operation.required ? cells_.lacks(operation) : true;
        if ((known && parse_days(operation.parse, text, card_.epoch, out)) || operation.lenient) return true;
        return cells_.refuse_text(operation, operation.columns[0], cells_.cell(row, operation.columns[0]));
    }
    const std::string_view text = cells_.cell(operation, row, operation.columns[0]);
    if (text.empty()) return operation.required ? cells_.lacks(operation) : true;
    DayMemo& memo = day_memos_[cache];
    if (text.size() == memo.size && std::memcmp(text.data(), memo.text, memo.size) == 0) {
        out = memo.days;
        return true;
    }
    Days days;
    if (!parse_days(operation.parse, text, card_.epoch, days))
        return operation.lenient || cells_.refuse_text(operation, operation.columns[0], text);
    out = days;
    if (text.size() <= sizeof memo.text) {
        std::memcpy(memo.text, text.data(), text.size());
        memo.size = text.size();
        memo.days = days;
    }
    return true;
}

bool RowValues::days_between(const Operation& operation, const Row& row, std::int64_t& out, bool& absent) {
    const std::size_t half = operation.columns.size() / 2;
    Days ends[2];
    absent = false;
    for (std::size_t i = 0; i < operation.columns.size(); ++i) absent |= cells_.cell(row, operation.columns[i]).empty();
    if (absent) return true;
    for (std::size_t i = 0; i < 2; ++i) {
        const std::int32_t* of = operation.columns.data() + i * half;
        const bool good = half == 1
            ? parse_days(operation.day_form, cells_.cell(row, of[0]), no_day, ends[i])
            : parse_year_month_day(cells_.cell(row, of[0]), cells_.cell(row, of[1]), cells_.cell(row, of[2]), ends[i]);
        if (good) continue;
        std::string text(cells_.cell(row, of[0]));
        for (std::size_t part = 1; part < half; ++part) text += "-" + std::string(cells_.cell(row, of[part]));
        return cells_.refuse_text(operation, of[0], text);
    }
    out = ends[1].first - ends[0].first;
    return true;
}

bool RowValues::parse_number_of(const Operation& operation, std::string_view text, std::int64_t& number) const {
    std::string plain;
    if (card_.decimal != 0 && operation.parse != Parse::YesNo && operation.parse != Parse::ListLength) {
        if (!plain_number(text, card_.decimal, plain)) return false;
        text = plain;
    }
    const bool milli = operation.value == FieldValue::Milli;
    if (operation.parse == Parse::YesNo) {
        if (!parse_yes_no(text, number)) return false;
        if (milli) number *= 1000;
        return true;
    }
    if (operation.parse == Parse::ListLength) return parse_list_length(text, number);
    if (operation.parse == Parse::TimestampMinute) return parse_timestamp_minute(text, number);
    if (operation.scale != 1) {
        const auto value = parse_number(text);
        const double scaled = value.value_or(0) * operation.scale * (milli ? 1000 : 1);
        if (!value || !(std::abs(scaled) < 4e9)) return false;
        number = std::llround(scaled);
        return true;
    }
    if (milli) return parse_fixed(text, 3, number);
    return operation.parse == Parse::Number ? parse_fixed(text, 0, number) : parse_whole(text, number);
}

bool RowValues::read_number(const Operation& operation, const Row& row) {
    std::int64_t number = 0;
    if (operation.parse == Parse::DaysBetween) {
        bool absent = false;
        if (!days_between(operation, row, number, absent)) return false;
        if (absent) return operation.required ? cells_.lacks(operation) : true;
        if (operation.value == FieldValue::Milli) number *= 1000;
    } else {
        bool known = true;
        const std::string_view text = cells_.text_of(operation, row, known);
        if (text.empty() && known) return operation.required ? cells_.lacks(operation) : true;
        if (!known || !parse_number_of(operation, text, number)) {
            if (operation.lenient) return true;
            return cells_.refuse_text(operation, operation.columns[0], cells_.cell(row, operation.columns[0]));
        }
    }
    if (!fits_32(number)) {
        return cells_.refuse(operation.columns[0], cells_.cell(row, operation.columns[0]),
                             operation.value == FieldValue::Milli
                                 ? "is beyond two million, the most that is kept in thousandths"
                                 : "is beyond 2147483647, the most that is kept",
                             "mend the cell, or set a scale in the card");
    }
    values[operation.slot].number = static_cast<std::int32_t>(number);
    return true;
}

bool RowValues::read_degrees(const Operation& operation, const Row& row) {
    bool known = true;
    const std::string_view text = cells_.text_of(operation, row, known);
    if (text.empty())
        return known && !operation.required ? true
            : known                         ? cells_.lacks(operation)
                    : cells_.refuse_text(operation, operation.columns[0], cells_.cell(row, operation.columns[0]));
    std::string plain;
    std::string_view number = text;
    if (card_.decimal != 0 && plain_number(text, card_.decimal, plain)) number = plain;
    if (parse_degrees(number, operation.parse == Parse::Latitude ? 90 : 180, values[operation.slot].number))
        return true;
    return cells_.refuse_text(operation, operation.columns[0], text);
}

bool RowValues::read_position(const Operation& operation, const Row& row) {
    bool known = true;
    const std::string_view text = cells_.text_of(operation, row, known);
    if (text.empty()) return !operation.required || cells_.lacks(operation);
    if (parse_degree_minute(text, values[operation.slot].number, values[operation.other_slot].number)) return true;
    return cells_.refuse_text(operation, operation.columns[0], text);
}

bool RowValues::read_precision(const Operation& operation, const Row& row) {
    if (operation.parse == Parse::Given) {
        const auto first = std::ranges::find_if(
            operation.columns, [&](std::int32_t column) { return !cells_.cell(operation, row, column).empty(); });
        if (first != operation.columns.end())
            values[operation.slot].number = static_cast<std::int32_t>(model::PositionPrecision::Near)
                + static_cast<std::int32_t>(first - operation.columns.begin());
        return true;
    }
    bool known = true;
    const std::string_view text = cells_.text_of(operation, row, known);
    if (text.empty() && known) return !operation.required || cells_.lacks(operation);
    model::PositionPrecision precision{};
    if (!known || !parse_precision(text, precision))
        return cells_.refuse_text(operation, operation.columns[0], cells_.cell(row, operation.columns[0]));
    values[operation.slot].number = static_cast<std::int32_t>(precision);
    return true;
}

bool RowValues::read_given(const Operation& operation, const Row& row) {
    values[operation.slot].number = std::ranges::any_of(
        operation.columns, [&](std::int32_t column) { return !cells_.cell(operation, row, column).empty(); });
    return true;
}

bool RowValues::read_ballot(const Operation& operation, const Row& row) {
    bool known = true;
    const std::string_view text = cells_.text_of(operation, row, known);
    if (text.empty() && known) return cells_.lacks(operation);
    model::Ballot ballot{};
    if (!known || !parse_ballot(text, ballot)) {
        const std::string_view given = cells_.cell(row, operation.columns[0]);
        return operation.lookup
            ? cells_.refuse_text(operation, operation.columns[0], given)
            : cells_.refuse(operation.columns[0], given, "is none of yes, no, abstain, absent, not-member",
                            "add a lookup to the card");
    }
    values[operation.slot].number = static_cast<std::int32_t>(ballot);
    return true;
}

}  // namespace icosa::ingest
