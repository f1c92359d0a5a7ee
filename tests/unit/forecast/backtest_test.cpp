/// Back-tests score each window from its own origin only.
#include "forecast/backtest.hpp"

#include <gtest/gtest.h>

#include "methods/scores/score.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

TEST(Backtest, RowsAreTheForecastsScored) {
    const auto panel = made_panel(160);
    const auto rows = backtest(panel, {2010, 2011, {ModelKind::Conflictology, ModelKind::Stack}, 200, 2});
    ASSERT_TRUE(rows) << render(rows.error());
    ASSERT_EQ(rows->size(), 4U);
    const auto& row = rows->at(3);
    EXPECT_EQ(row.year, 2011);
    EXPECT_EQ(row.model, "stack");
    EXPECT_EQ(row.all.cells, 12 * 12);
    const int at = january_2000 + 129;
    const auto made = forecast(cut(panel, at), {at, at + 3, at + 14, ModelKind::Stack, 1});
    double sum = 0;
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        for (int m = 0; m < 12; ++m)
            sum += methods::crps(methods::stratified_draws(made->units[u].months[static_cast<std::size_t>(m)], 200),
                                 panel.series[u].at(at + 3 + m));
    }
    EXPECT_NEAR(row.all.crps, sum / 144, 1e-9)
        << "a window of a long back-test is the forecast of a panel cut at its origin";
    double shares = 0;
    for (const double share : row.all.pit) shares += share;
    EXPECT_NEAR(shares, 1, 1e-9);
    EXPECT_GE(row.all.covered[2], row.all.covered[0]);
    EXPECT_LT(row.in_conflict.cells, row.all.cells);
    EXPECT_GT(row.in_conflict.crps, row.all.crps);
}

TEST(Backtest, ASteadySeasonalPanelIsMixedByItsOwnRecipe) {
    const auto panel = steady_panel(200);
    const auto rows = backtest(panel, {2012, 2014, {ModelKind::Conflictology, ModelKind::Stack}, 200, 2});
    ASSERT_TRUE(rows) << render(rows.error());
    for (std::size_t i = 0; i < rows->size(); i += 2) {
        EXPECT_LT(rows->at(i + 1).all.crps, 0.6 * rows->at(i).all.crps) << rows->at(i).year;
        EXPECT_LT(rows->at(i + 1).all.mis, rows->at(i).all.mis) << rows->at(i).year;
    }
    Stack stack(panel, 3, 14, 2);
    const auto weights = stack.learn(january_2000 + 141);
    const auto high = static_cast<std::size_t>(Activity::High);
    EXPECT_GT(weights.recipe[high][static_cast<std::size_t>(Recipe::Steady)], 0.9);
}

TEST(Backtest, AYearThatIsNotThere) {
    const auto rows = backtest(made_panel(160), {2015, 2015, {ModelKind::Zero}, 100, 1});
    ASSERT_FALSE(rows);
    EXPECT_EQ(render(rows.error()),
              "error[no-window]: the window 2015 needs data to 2014-10 and outcomes from 2015-01 on; the panel has "
              "2000-01 to 2013-04 (give --windows within it)");
}

}  // namespace
}  // namespace icosa::forecast
