/// What moved a forecast: the parts add up to the change, a unit whose newest month leaps says so.
#include "forecast/drivers.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;

Request asked() { return {origin, origin + 1, origin + 6, ModelKind::Stack, 2, Drivers::Asked}; }

double mean_of(const UnitForecast& unit) {
    double sum = 0;
    for (const auto& month : unit.months) sum += methods::mean(month);
    return sum / static_cast<double>(unit.months.size());
}

TEST(Drivers, AddUpToTheChangeSinceLastMonthsForecastOfTheSameMonths) {
    const auto panel = made_panel(140);
    const auto now = forecast(panel, asked());
    const auto before = forecast(panel, {origin - 1, origin + 1, origin + 6, ModelKind::Stack, 2});
    ASSERT_TRUE(now && before);
    int moved = 0;
    for (std::size_t u = 0; u < now->units.size(); ++u) {
        const auto& unit = now->units[u];
        if (unit.drivers.empty()) continue;
        ++moved;
        EXPECT_NEAR(unit.mean_before, mean_of(before->units[u]), 0.1 * (1 + unit.mean_before))
            << "both months lean on one regression, fitted for the steps of the later";
        double sum = 0;
        for (const auto& driver : unit.drivers) sum += driver.effect;
        EXPECT_NEAR(sum, mean_of(unit) - unit.mean_before, 0.06 + 1e-3 * unit.mean_before) << unit.unit;
        for (std::size_t i = 1; i < unit.drivers.size(); ++i)
            EXPECT_GE(std::abs(unit.drivers[i - 1].effect), std::abs(unit.drivers[i].effect));
    }
    EXPECT_GT(moved, 3);
}

TEST(Drivers, ALeapOfTheNewestMonthIsNamed) {
    auto panel = made_panel(140);
    auto& counts = panel.series[1].counts;
    const auto newest = static_cast<std::size_t>(origin - panel.series[1].first);
    for (std::size_t i = newest - 11; i < newest; ++i) counts[i] = 4;
    counts[newest] = 400;
    const auto made = forecast(panel, asked());
    ASSERT_TRUE(made);
    const auto& unit = made->units[1];
    ASSERT_FALSE(unit.drivers.empty());
    EXPECT_GT(mean_of(unit), unit.mean_before + 5);
    double own = 0;
    for (const auto& driver : unit.drivers) own += driver.what.starts_with("own") ? driver.effect : 0;
    EXPECT_GT(own, 0) << "its own past moved it up";
}

TEST(Drivers, NoneForABenchmarkNorUnlessAsked) {
    const auto panel = made_panel(140);
    auto request = asked();
    request.model = ModelKind::Conflictology;
    const auto benchmark = forecast(panel, request);
    for (const auto& unit : benchmark->units) EXPECT_TRUE(unit.drivers.empty());
    request = asked();
    request.drivers = Drivers::LeftOut;
    const auto plain = forecast(panel, request);
    for (const auto& unit : plain->units) EXPECT_TRUE(unit.drivers.empty());
}

}  // namespace
}  // namespace icosa::forecast
