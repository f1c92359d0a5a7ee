/// From the text of a cell to a value: the closed list of parses that a card can name. All say false where the text is
/// not such a value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/date.hpp"
#include "model/record.hpp"
#include "pack/source_card.hpp"

namespace icosa::ingest {

/// The days that a cell means: one, or a week, month or year.
struct Days {
    Day first = no_day;
    Day last = no_day;
    model::Precision precision = model::Precision::Day;
};

/// Every parse of FieldValue::Days that takes one cell. epoch: the first day of week 0, for EpochWeek.
[[nodiscard]] bool parse_days(pack::Parse parse, std::string_view text, Day epoch, Days& out);
/// Three cells; an empty month or day widens to the year or month.
[[nodiscard]] bool parse_year_month_day(std::string_view year, std::string_view month, std::string_view day, Days& out);

/// Two cells: a year and the number of an ISO week in it.
[[nodiscard]] bool parse_year_week(std::string_view year, std::string_view week, Days& out);

/// A number whose decimals `decimal` parts ('.' or ',') and whose thousands the other of the two, a blank or an
/// apostrophe may group ("1.234,5", "1 234,5"), as one with a point and no groups. False where groups have not three
/// digits: "12.5" by decimal commas is no number.
[[nodiscard]] bool plain_number(std::string_view text, char decimal, std::string& out);

/// A decimal number times 10^decimals, halves away from zero: "1.2345" with 3 decimals is 1235 (exponents too).
[[nodiscard]] bool parse_fixed(std::string_view text, int decimals, std::int64_t& out);
/// "12" or "12.0", not "12.5".
[[nodiscard]] bool parse_whole(std::string_view text, std::int64_t& out);
/// 1/0, yes/no, true/false in any case.
[[nodiscard]] bool parse_yes_no(std::string_view text, std::int64_t& out);
/// "[2,3,14]" has three entries, "[]" none; entries are not empty and hold no bracket.
[[nodiscard]] bool parse_list_length(std::string_view text, std::int64_t& out);
/// Microdegrees within +-limit_deg.
[[nodiscard]] bool parse_degrees(std::string_view text, int limit_deg, std::int32_t& out);
/// Latitude and longitude in one cell: 13°43'00"N 121°02'00"E, 13-43N 121-02E, or as decimals "36.09, -7.46".
[[nodiscard]] bool parse_degree_minute(std::string_view text, std::int32_t& latitude_microdeg,
                                       std::int32_t& longitude_microdeg);
[[nodiscard]] bool parse_ballot(std::string_view text, model::Ballot& out);
/// A word of model::position_precision_names.
[[nodiscard]] bool parse_precision(std::string_view text, model::PositionPrecision& out);
/// The minute of the day in 20201103143000: 870.
[[nodiscard]] bool parse_timestamp_minute(std::string_view text, std::int64_t& out);

/// "is not a day such as 2020-11-03": what is wrong with a cell that a parse refused.
[[nodiscard]] std::string_view complaint(pack::Parse parse);

}  // namespace icosa::ingest
