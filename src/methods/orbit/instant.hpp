/// A moment of UTC in whole microseconds: days and their parts are never mixed into one rounded number.
#pragma once

#include <compare>
#include <cstdint>

#include "base/date.hpp"

namespace icosa::methods::orbit {

inline constexpr std::int64_t microseconds_per_day = 86'400'000'000;

/// 0 <= microsecond < microseconds_per_day; a day has 86,400 s, leap seconds are not told (as in element sets).
struct Instant {
    Day day;
    std::int64_t microsecond = 0;
    auto operator<=>(const Instant&) const = default;
};

/// a - b; exact within 290,000 years.
[[nodiscard]] inline std::int64_t microseconds_between(Instant a, Instant b) {
    return std::int64_t{a.day - b.day} * microseconds_per_day + (a.microsecond - b.microsecond);
}
/// a - b, formed from whole microseconds.
[[nodiscard]] inline double minutes_between(Instant a, Instant b) {
    return static_cast<double>(microseconds_between(a, b)) / 6e7;
}
[[nodiscard]] inline Instant later(Instant from, std::int64_t microseconds) {
    const std::int64_t total = from.microsecond + microseconds;
    std::int64_t days = total / microseconds_per_day;
    if (total % microseconds_per_day < 0) --days;
    return {from.day + static_cast<int>(days), total - days * microseconds_per_day};
}

}  // namespace icosa::methods::orbit
