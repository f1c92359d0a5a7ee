#include "methods/trends/decomposition.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"
#include "reference_table.hpp"

namespace icosa::methods {
namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

double normal(std::mt19937_64& random) {
    return normal_quantile((static_cast<double>(random() >> 11U) + 0.5) * 0x1p-53);
}

std::vector<double> monthly(std::mt19937_64& random, int n) {
    std::vector<double> out;
    for (int i = 0; i < n; ++i)
        out.push_back(100 + 0.3 * i + 10 * std::sin(2 * std::numbers::pi * i / 12) + normal(random));
    return out;
}

TEST(Stl, EqualsR) {
    std::map<std::string, std::vector<ReferenceRow>> cases;
    for (const auto& row : reference_rows("trend/stl.csv"))
        cases[row.at("series") + " " + row.at("seasonal_window") + " " + row.at("robust") + " " + row.at("trend_window")
              + " " + row.at("seasonal_degree")]
            .push_back(row);
    ASSERT_EQ(cases.size(), 16U);
    for (const auto& [name, rows] : cases) {
        std::vector<double> x;
        for (const auto& row : rows) x.push_back(number_of(row, "x"));
        const auto whole = [&](const char* column) { return static_cast<int>(number_of(rows.front(), column)); };
        const auto parts = stl(x,
                               {whole("season"), whole("seasonal_window"), whole("seasonal_degree"),
                                whole("trend_window"), whole("robust") == 1 ? Robust::Yes : Robust::No});
        ASSERT_EQ(parts.trend.size(), x.size()) << name;
        for (std::size_t i = 0; i < x.size(); ++i) {
            ASSERT_NEAR(parts.seasonal[i], number_of(rows[i], "seasonal"), 1e-6) << name << " " << i;
            ASSERT_NEAR(parts.trend[i], number_of(rows[i], "trend"), 1e-6) << name << " " << i;
            ASSERT_NEAR(parts.weight[i], number_of(rows[i], "weight"), 1e-6) << name << " " << i;
            ASSERT_NEAR(parts.remainder[i], x[i] - parts.seasonal[i] - parts.trend[i], 1e-12);
        }
    }
}

TEST(Stl, ShiftAndScale) {
    std::mt19937_64 random(2);
    const auto x = monthly(random, 60);
    std::vector<double> changed;
    for (const double one : x) changed.push_back(2 * one - 50);
    const auto parts = stl(x, {}), moved = stl(changed, {});
    for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_NEAR(moved.seasonal[i], 2 * parts.seasonal[i], 1e-9);
        EXPECT_NEAR(moved.trend[i], 2 * parts.trend[i] - 50, 1e-9);
    }
}

TEST(Stl, NotObservedHasNoWeight) {
    std::mt19937_64 random(4);
    auto x = monthly(random, 84);
    const auto whole = stl(x, {});
    for (const std::size_t gap : {7U, 30U, 31U, 32U, 83U}) x[gap] = nan_value;
    const auto parts = stl(x, {});
    EXPECT_TRUE(std::isnan(parts.remainder[30]));
    EXPECT_EQ(parts.weight[30], 0);
    EXPECT_FALSE(std::isnan(parts.trend[83]));
    for (std::size_t i = 0; i < x.size(); ++i) {
        EXPECT_NEAR(parts.trend[i], whole.trend[i], 2) << i;
        EXPECT_NEAR(parts.seasonal[i], whole.seasonal[i], 2) << i;
    }
}

TEST(Stl, TooShort) {
    EXPECT_TRUE(stl(std::vector<double>(23, 1.0), {}).trend.empty());
    EXPECT_TRUE(stl(std::vector<double>(50, 1.0), {.season = 1}).trend.empty());
    std::vector<double> june(36, 1.0);
    for (const std::size_t i : {5U, 17U, 29U}) june[i] = nan_value;
    EXPECT_TRUE(stl(june, {}).trend.empty());
    const auto constant = stl(std::vector<double>(36, 5.0), {});
    EXPECT_NEAR(constant.trend[20], 5, 1e-12);
    EXPECT_NEAR(constant.seasonal[20], 0, 1e-12);
}

TEST(OffSeason, SeasonIsNoSurprise) {
    std::mt19937_64 random(6);
    auto x = monthly(random, 96);
    EXPECT_FALSE(off_season(x, {.first = 95}).back().alarm);
    x.back() += 12;
    const auto alarm = off_season(x, {.first = 95}).back();
    EXPECT_TRUE(alarm.alarm);
    EXPECT_NEAR(alarm.expected, 100 + 0.3 * 95 + 10 * std::sin(2 * std::numbers::pi * 95 / 12), 3);
    EXPECT_EQ(alarm.threshold, off_season(x, {}).back().threshold);  // `first` saves work only
    x.pop_back();
    const auto before = off_season(x, {}).back();
    x.push_back(1e6);
    EXPECT_EQ(off_season(x, {})[94].threshold, before.threshold);   // no look-ahead
}

TEST(OffSeason, RoundingIsNoSurprise) {
    for (const double level : {5.0, 0.3, 1e7 / 3}) {
        for (const Alarm& one : off_season(std::vector<double>(120, level), {.stl = {.season = 12}}))
            EXPECT_FALSE(one.alarm) << level;
    }
}

TEST(OffSeason, NullSeriesGiveAboutAlpha) {
    std::mt19937_64 random(8);
    int alarms = 0, judged = 0;
    for (int k = 0; k < 40; ++k) {
        for (const Alarm& alarm :
             off_season(monthly(random, 96), {.stl = {.robust = Robust::No}, .window = 60, .alpha = 0.05})) {
            judged += std::isnan(alarm.threshold) ? 0 : 1;
            alarms += alarm.alarm ? 1 : 0;
        }
    }
    ASSERT_GT(judged, 2000);
    EXPECT_NEAR(static_cast<double>(alarms) / judged, 0.05, 0.02);
}

}  // namespace
}  // namespace icosa::methods
