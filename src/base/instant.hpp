/// An instant in UTC to the microsecond, as a day and what has passed of it; leap seconds are not told apart.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/date.hpp"

namespace icosa {

inline constexpr std::int64_t day_us = 86'400'000'000;  ///< microseconds

struct Instant {
    Day day = no_day;
    std::int64_t us = 0;  ///< microseconds since the day began, 0 to day_us - 1
    auto operator<=>(const Instant&) const = default;
};

/// "2024-11-01", "2024-11-01T12:00", "2024-11-01T12:00:00.25Z", "2024-306T12:00:00" (the day of the year); blanks may
/// stand for the T, +00:00 for the Z. Decimals beyond the sixth are rounded. Nothing where the text is none of these.
///
/// src   [ccsds2010] sec. 3.5
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

/// "2024-11-01T12:00:00.250000Z", with so many decimals (0 to 6), rounded down.
[[nodiscard]] std::string iso(Instant at, int decimals);

/// Minutes from one instant to another, from whole microseconds.
[[nodiscard]] double minutes_between(Instant from, Instant to);
[[nodiscard]] Instant later(Instant from, std::int64_t us);

}  // namespace icosa
