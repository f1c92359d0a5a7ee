/// The state-switching forecast: nothing later is read, a fit serves later origins, own counts say what a level means.
#include "forecast/switching.hpp"

#include <gtest/gtest.h>

#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;

methods::CountEnsemble month_of(const CountPanel& panel, const Switching& switching, const FittedSwitching& fitted,
                                std::size_t unit, int at, int step) {
    EXPECT_TRUE(panel.series[unit].has(at));
    auto out = switching.ahead(fitted, unit, at, step, step).front();
    methods::normalise(out);
    return out;
}

TEST(Switching, APanelCutAtTheOriginGivesTheSame) {
    const auto panel = made_panel(160), cut_panel = cut(panel, origin);
    const Switching whole(panel), until(cut_panel);
    const auto fitted = whole.fit(origin), fitted_until = until.fit(origin);
    EXPECT_EQ(fitted.model.transition, fitted_until.model.transition);
    for (std::size_t u = 0; u < panel.series.size(); ++u)
        EXPECT_EQ(whole.ahead(fitted, u, origin, 3, 14), until.ahead(fitted_until, u, origin, 3, 14)) << u;
}

TEST(Switching, AFitServesALaterOriginFromTheMonthsUpToIt) {
    const auto panel = made_panel(160), later = cut(panel, origin + 9);
    const Switching whole(panel), until(later);
    const auto fitted = whole.fit(origin), fitted_until = until.fit(origin);
    for (std::size_t u = 0; u < panel.series.size(); ++u)
        EXPECT_EQ(whole.ahead(fitted, u, origin + 9, 3, 14), until.ahead(fitted_until, u, origin + 9, 3, 14)) << u;
}

TEST(Switching, StepsTogetherAreStepsAlone) {
    const auto panel = made_panel(140);
    const Switching switching(panel);
    const auto fitted = switching.fit(origin);
    const auto together = switching.ahead(fitted, 2, origin, 3, 14);
    ASSERT_EQ(together.size(), 12U);
    for (int step = 3; step <= 14; ++step)
        EXPECT_EQ(together[static_cast<std::size_t>(step - 3)], switching.ahead(fitted, 2, origin, step, step).front())
            << step;
}

TEST(Switching, QuietStaysNearNothingAndAWarMeansTheUnitsOwn) {
    auto panel = made_panel(140);
    for (auto& count : panel.series[2].counts) count = 311;  // a steady war, where no other unit's level is
    const Switching switching(panel);
    const auto fitted = switching.fit(origin);
    EXPECT_LT(methods::share_from(month_of(panel, switching, fitted, 0, origin, 6), 1), 0.05);
    const auto war = month_of(panel, switching, fitted, 2, origin, 6);
    EXPECT_NEAR(methods::quantile(war, 0.5), 311, 1);
    EXPECT_GT(methods::share_from(war, 150), 0.8);
    SwitchingRecipe of_level;
    of_level.own_against = 1e9;
    EXPECT_LT(methods::share_from(month_of(panel, Switching(panel, of_level), fitted, 2, origin, 6), 150),
              methods::share_from(war, 150))
        << "the level's law alone is wider";
}

TEST(Switching, DecembersLeanOnDecembers) {
    auto panel = made_panel(140);
    auto& unit = panel.series[2];
    for (std::size_t i = 0; i < unit.counts.size(); ++i)
        unit.counts[i] = i % 12 == 11 ? 400 : 100;  // it begins in a January
    const Switching switching(panel);
    const auto fitted = switching.fit(origin);  // October 2010
    EXPECT_GT(methods::mean(month_of(panel, switching, fitted, 2, origin, 14)),
              1.2 * methods::mean(month_of(panel, switching, fitted, 2, origin, 13)));
}

}  // namespace
}  // namespace icosa::forecast
