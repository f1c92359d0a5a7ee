/// Reads constants by the same parses as cells.
#include "ingest/constant.hpp"

#include <fmt/format.h>

namespace icosa::ingest {

using pack::FieldValue;
using pack::Parse;

Result<void> set_constant(Value (&values)[slots], const Operation& operation, const std::string& text,
                          const pack::FieldRule& rule, const pack::SourceCard& card, model::TermTable& terms) {
    const auto bad = [&] {
        return fail(Fault::Pack, "bad-value", card.map.at(std::string(rule.name)).where,
                    fmt::format("'{}' of '{}' of source '{}' {}", text, rule.name, card.id, complaint(operation.parse)),
                    "mend the card");
    };
    Value& value = values[operation.slot];
    std::int64_t number = 0;
    switch (operation.value) {
        case FieldValue::Days:
            if (!parse_days(operation.parse, text, card.epoch, value.days)) return bad();
            return {};
        case FieldValue::Code:
        case FieldValue::Acts: {
            const std::string* found = operation.lookup ? operation.look_up(text) : &text;
            if (!found) return bad();
            value.term = found->empty() ? model::no_term : terms.id_of(operation.system, *found);
            return {};
        }
        case FieldValue::Whole:
            if (!parse_whole(text, number) || number != static_cast<std::int32_t>(number)) return bad();
            value.number = static_cast<std::int32_t>(number);
            return {};
        case FieldValue::Milli:
            if (!parse_fixed(text, 3, number) || number != static_cast<std::int32_t>(number)) return bad();
            value.number = static_cast<std::int32_t>(number);
            return {};
        case FieldValue::Degrees:
            if (!parse_degrees(text, operation.parse == Parse::Latitude ? 90 : 180, value.number)) return bad();
            return {};
        case FieldValue::Position:
            if (!parse_degree_minute(text, values[operation.slot].number, values[operation.other_slot].number))
                return bad();
            return {};
        case FieldValue::Precision: {
            model::PositionPrecision precision{};
            if (!parse_precision(text, precision)) return bad();
            value.number = static_cast<std::int32_t>(precision);
            return {};
        }
        case FieldValue::Flag:
            if (!parse_yes_no(text, number)) return bad();
            value.number = static_cast<std::int32_t>(number);
            return {};
        case FieldValue::Minute:
            if (!parse_timestamp_minute(text, number)) return bad();
            value.number = static_cast<std::int32_t>(number);
            return {};
        case FieldValue::Ballot: {
            model::Ballot ballot{};
            if (!parse_ballot(text, ballot)) return bad();
            value.number = static_cast<std::int32_t>(ballot);
            return {};
        }
    }
    return {};
}

}  // namespace icosa::ingest
