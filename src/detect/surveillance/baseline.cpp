/// Same period of past years, last twelve, year on year.
#include "detect/surveillance/baseline.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "methods/statistics/probability.hpp"

namespace icosa::detect {
namespace {

constexpr std::size_t short_history = 12;

}  // namespace

model::Baseline baseline_of(std::span<const double> values, int season, Demand demand) {
    const std::size_t now = values.size() - 1;
    const auto year = static_cast<std::size_t>(season);
    if (demand == Demand::Numbers)
        return {now >= year ? values[now - year] : std::numeric_limits<double>::quiet_NaN(), "a year before"};
    if (season > 1) {
        double sum = 0;
        int years = 0;
        for (std::size_t back = year; back <= now; back += year) {
            if (std::isnan(values[now - back])) continue;
            sum += values[now - back];
            ++years;
        }
        if (years >= 2) return {sum / years, fmt::format("mean of the same period of {} past years", years)};
    }
    std::vector<double> last;
    for (std::size_t back = 1; back <= now && last.size() < short_history; ++back) {
        if (!std::isnan(values[now - back])) last.push_back(values[now - back]);
    }
    return {methods::quantile(last, 0.95), fmt::format("95 % quantile of the last {} periods", last.size())};
}

}  // namespace icosa::detect
