/// Times of a user's table: months as the commands write them, and the even steps of a series.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace icosa::table {

/// "2017-10", a day "2017-10-01" or a time of it "2017-10-01T12:00" (its month), or the prediction challenge's number
/// of a month, 1 to 1199 with 1 = 1980-01; months from 1970-01.
[[nodiscard]] std::optional<int> parse_month(std::string_view text);
[[nodiscard]] int challenge_month(int month);  ///< the challenge's number

/// Where the cells of a column of times stand in their file, for errors.
struct TimesPlace {
    std::string path;
    std::size_t column = 0;
    std::span<const int> lines;  ///< of each cell

    [[nodiscard]] Where of(std::size_t cell) const { return {path, lines[cell], static_cast<int>(column) + 1}; }
};

/// Where rows stand in time.
struct Times {
    int season = 52;
    std::vector<std::size_t> order;  ///< rows by time
    std::vector<int> slot;           ///< of each row: 0-based period since the first; gaps leave slots without a row
    int slots = 0;
};

/// Days (days, weeks or months by their steps), months, quarters, years, weeks or whole numbers, all cells of one form,
/// in even steps. season: periods a year; 0 = from the times, 52 where they are numbers.
///
/// err   bad-time, two-rows-one-period, uneven-times
[[nodiscard]] Result<Times> times_of(std::span<const std::string> cells, const TimesPlace& place, int season);

}  // namespace icosa::table
