/// Panels that break formulae: all zero, one unit, a constant, counts of a million million; every model still gives
/// whole draws from 0 up.
#include <cmath>

#include <gtest/gtest.h>

#include "forecast/crossing.hpp"
#include "forecast/panel_forecast.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int months = 110, origin = january_2000 + months - 1;

CountPanel panel_of(int units, int first, const std::function<double(int unit, int month)>& count) {
    CountPanel out;
    for (int u = 0; u < units; ++u) {
        auto& series = out.series.emplace_back(CountSeries{std::to_string(u), first, {}});
        for (int m = 0; m < months; ++m) series.counts.push_back(count(u, m));
    }
    return with_neighbours(std::move(out));
}

void expect_distributions(const CountPanel& panel, const char* what, int at) {
    for (const auto& model : models()) {
        const auto made = forecast(panel, {at, at + 1, at + 14, model.kind, 2, Drivers::Asked});
        ASSERT_TRUE(made) << what << ", " << model.name << ": " << render(made.error());
        ASSERT_EQ(made->units.size(), panel.series.size());
        for (const auto& unit : made->units) {
            for (const auto& month : unit.months) {
                double total = 0;
                for (const auto& one : month) {
                    ASSERT_TRUE(std::isfinite(one.value) && one.value >= 0)
                        << what << ", " << model.name << ": " << one.value;
                    ASSERT_TRUE(one.weight >= 0) << what << ", " << model.name << ": " << one.weight;
                    total += one.weight;
                }
                ASSERT_NEAR(total, 1, 1e-9) << what << ", " << model.name;
            }
            for (const auto& of_month : draws_of(unit, 50, 7))
                for (const double draw : of_month)
                    ASSERT_TRUE(draw >= 0 && draw <= methods::largest_draw && draw == std::floor(draw))
                        << what << ", " << model.name << ": " << draw;
            for (const auto& driver : unit.drivers)
                ASSERT_TRUE(std::isfinite(driver.effect)) << what << ", " << model.name << ": " << driver.what;
        }
    }
    Stack stack(panel, 1, 14, 1);
    const auto crossings = CrossingModel(panel, stack, 25, {at, at + 1, at + 14, ModelKind::Stack, 1}).forecast(at);
    ASSERT_TRUE(crossings) << what;
    for (const auto& unit : *crossings)
        for (const auto& one : unit.months)
            ASSERT_TRUE(0 < one.low && one.low <= one.probability && one.probability <= one.high && one.high < 1)
                << what << ": " << one.low << ' ' << one.probability << ' ' << one.high;
    const auto watched = PanelForecast::make({panel, {}}, at, {1, 12, 25, ModelKind::Stack, Fitting::AsNeeded, 1});
    ASSERT_TRUE(watched) << what;
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        const auto& odds = *(*watched)->odds(u);
        ASSERT_TRUE(0 < odds.low && odds.low <= odds.probability && odds.probability <= odds.high && odds.high <= 1
                    && odds.base_rate > 0 && odds.benchmark >= 0)
            << what;
    }
}

double noise(int unit, int month) { return static_cast<double>((unit * 7919 + month * 104729) % 1009) / 1009; }

TEST(Traps, AllZero) {
    expect_distributions(panel_of(12, january_2000, [](int, int) { return 0; }), "all zero", origin);
}

TEST(Traps, OneUnit) {
    expect_distributions(panel_of(1, january_2000, [](int u, int m) { return std::floor(40 * noise(u, m)); }),
                         "one unit", origin);
}

TEST(Traps, AConstant) {
    expect_distributions(panel_of(12, january_2000, [](int, int) { return 6; }), "a constant", origin);
}

TEST(Traps, OneCountInAll) {
    expect_distributions(panel_of(12, january_2000, [](int u, int m) { return u == 4 && m == 60 ? 1 : 0; }),
                         "one count", origin);
}

TEST(Traps, YearsInWhichNoUnitHasACount) {
    CountPanel panel;
    panel.series = {{"early", origin - 150, std::vector<double>(80, 30)},
                    {"late", origin - 45, std::vector<double>(46, 40)}};
    Stack stack(panel, 1, 12, 1);
    EXPECT_TRUE(
        CrossingModel(panel, stack, 25, {origin, origin + 1, origin + 12, ModelKind::Stack, 1}).forecast(origin));
    const auto watched = PanelForecast::make({panel, {}}, origin, {1, 12, 25, ModelKind::Stack, Fitting::AsNeeded, 1});
    ASSERT_TRUE(watched) << render(watched.error());
    EXPECT_FALSE((*watched)->past().empty());
    EXPECT_TRUE((*watched)->one_step());
}

TEST(Traps, AMillionMillion) {
    expect_distributions(
        panel_of(12, january_2000,
                 [](int u, int m) { return u % 4 == 0 ? 0 : std::floor(std::pow(10, 12 * noise(u, m))); }),
        "all along", origin);
    expect_distributions(panel_of(12, january_2000, [](int u, int m) { return m % 30 == u ? 1e12 : 0; }),
                         "out of nothing", origin);
}

TEST(Traps, MonthsBefore1970AreMonthsLikeOthers) {
    const auto count = [](int u, int m) { return std::floor((m % 12 == 11 ? 200 : 30) * noise(u, m)); };
    const auto late = panel_of(12, january_2000, count), early = panel_of(12, january_2000 - 12 * 45, count);
    constexpr int shift = 12 * 45;
    expect_distributions(early, "before 1970", origin - shift);
    for (const auto& model : models()) {
        const auto a = forecast(late, {origin, origin + 3, origin + 14, model.kind, 1}),
                   b = forecast(early, {origin - shift, origin - shift + 3, origin - shift + 14, model.kind, 1});
        ASSERT_TRUE(a && b);
        for (std::size_t u = 0; u < a->units.size(); ++u)
            EXPECT_EQ(a->units[u].months, b->units[u].months) << model.name;
    }
}

}  // namespace
}  // namespace icosa::forecast
