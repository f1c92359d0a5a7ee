/// Reads the clock.
#include "cli/today.hpp"

#include <chrono>

namespace icosa::cli {

Day today() {
    const auto days = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    const std::chrono::year_month_day civil(days);
    return day_of(static_cast<int>(civil.year()), static_cast<int>(static_cast<unsigned>(civil.month())),
                  static_cast<int>(static_cast<unsigned>(civil.day())));
}

}  // namespace icosa::cli
