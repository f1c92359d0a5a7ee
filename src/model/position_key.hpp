/// A position as one whole number, as units of events with a position are named.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.hpp"

namespace icosa::model {

// latitude and longitude in millionths of a degree, both moved to be positive, the first before the second
inline constexpr std::int64_t position_base = 1'000'000'000;
inline constexpr std::int64_t position_latitude_shift = 90'000'000, position_longitude_shift = 180'000'000;

struct PositionKey {
    double latitude_deg = 0;
    double longitude_deg = 0;
};

/// The last part of a unit "mli|107000000183000000"; nothing where it is no such number.
[[nodiscard]] inline std::optional<PositionKey> position_of(std::string_view unit) {
    const auto number = parse_integer(unit.substr(unit.rfind('|') + 1));
    if (!number || *number < 0) return std::nullopt;
    const std::int64_t latitude = *number / position_base - position_latitude_shift;
    const std::int64_t longitude = *number % position_base - position_longitude_shift;
    return PositionKey{static_cast<double>(latitude) / 1e6, static_cast<double>(longitude) / 1e6};
}

}  // namespace icosa::model
