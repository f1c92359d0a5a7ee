/// Reads the clock.
#include "cli/today.hpp"

#include <chrono>

#include <fmt/format.h>

namespace icosa::cli {

Day today() {
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day civil(days);
    return day_of(static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
                  static_cast<int>(static_cast<unsigned>(civil.day())));
}

std::string now() {
    const auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::hh_mm_ss time(at - day);
    return fmt::format("{}T{:02}:{:02}:{:02}Z", iso(Day{static_cast<std::int32_t>(day.time_since_epoch().count())}),
                       time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace icosa::cli
