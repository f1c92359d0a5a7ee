/// The hurdle model: nothing later than the origin, a distribution that is one, reasons that add up, bounds.
#include "forecast/hurdle.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "methods/scores/score.hpp"
#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;

TEST(Hurdle, APanelCutAtTheOriginGivesTheSame) {
    const auto panel = with_neighbours(made_panel(160, 20));
    const Features whole(panel), known(cut(panel, origin));
    const auto a = HurdleModel::fit(whole, origin, 3, 14), b = HurdleModel::fit(known, origin, 3, 14);
    ASSERT_TRUE(a) << render(a.error());
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        for (const int step : {3, 9, 14}) EXPECT_EQ(a->ahead(u, origin, step), b->ahead(u, origin, step));
    }
}

TEST(Hurdle, ALaterOriginReadsItsOwnMonths) {
    const auto panel = made_panel(160, 20);
    const Features whole(panel), known(cut(panel, origin + 12));
    const auto a = HurdleModel::fit(whole, origin, 3, 14), b = HurdleModel::fit(known, origin, 3, 14);
    ASSERT_TRUE(a);
    EXPECT_EQ(a->ahead(2, origin + 12, 5), b->ahead(2, origin + 12, 5));
    EXPECT_NE(a->ahead(2, origin + 12, 5), a->ahead(2, origin, 5));
}

TEST(Hurdle, ADistributionWithinItsBounds) {
    const auto panel = made_panel(160, 20);
    const Features features(panel);
    const auto model = HurdleModel::fit(features, origin, 3, 14);
    ASSERT_TRUE(model);
    double world = 0;
    for (const auto& series : panel.series)
        for (int month = series.first; month <= origin; ++month) world = std::max(world, series.at(month));
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        const auto made = model->ahead(u, origin, 7);
        double total = 0;
        EXPECT_EQ(made.front().value, 0);
        for (std::size_t i = 0; i < made.size(); ++i) {
            EXPECT_GE(made[i].weight, 0);
            EXPECT_LE(made[i].value, 3 * world);
            EXPECT_GT(made[i].value, i > 0 ? made[i - 1].value : -1);
            total += made[i].weight;
        }
        EXPECT_NEAR(total, 1, 1e-9);
    }
    EXPECT_GT(methods::share_from(model->ahead(2, origin, 7), 1), 0.8) << "at war";
    EXPECT_LT(methods::share_from(model->ahead(0, origin, 7), 1), 0.1) << "always quiet";
}

TEST(Hurdle, BetterThanTheOwnLastTwelveMonthsWhereCountsWalk) {
    const auto panel = made_panel(160, 40);
    const Features features(panel);
    const auto model = HurdleModel::fit(features, origin, 3, 14);
    ASSERT_TRUE(model);
    double hurdle = 0, benchmark = 0;
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        const auto& series = panel.series[u];
        auto last = methods::last_values(
            std::span(series.counts).first(static_cast<std::size_t>(origin - series.first + 1)), 12);
        methods::normalise(last);
        for (int step = 3; step <= 14; ++step) {
            hurdle +=
                methods::crps(methods::stratified_draws(model->ahead(u, origin, step), 200), series.at(origin + step));
            benchmark += methods::crps(methods::stratified_draws(last, 200), series.at(origin + step));
        }
    }
    EXPECT_LT(hurdle, benchmark);
}

TEST(Hurdle, ReasonsAreOfAspectsAndAddUp) {
    const auto panel = with_neighbours(made_panel(160, 20));
    const Features features(panel);
    const auto model = HurdleModel::fit(features, origin, 3, 14);
    ASSERT_TRUE(model);
    const auto sums = [&](std::size_t unit) {
        double occurrence = 0, mean = 0;
        for (const auto& one : model->reasons(unit, origin, 5)) {
            occurrence += one.on_occurrence;
            mean += one.on_mean;
        }
        return std::pair{occurrence, mean};
    };
    const auto log_odds = [&](std::size_t unit) {
        const double any = 1 - model->ahead(unit, origin, 5).front().weight;
        return std::log(any / (1 - any));
    };
    EXPECT_NEAR(sums(2).first - sums(1).first, log_odds(2) - log_odds(1), 1e-6);
    const auto reasons = model->reasons(2, origin, 5);
    EXPECT_TRUE(std::is_sorted(reasons.begin(), reasons.end(), [](const Reason& a, const Reason& b) {
        return std::fabs(a.on_mean) > std::fabs(b.on_mean);
    }));
    const auto neighbours =
        std::find_if(reasons.begin(), reasons.end(), [](const Reason& one) { return one.what == "neighbours"; });
    ASSERT_NE(neighbours, reasons.end());
    EXPECT_NE(neighbours->on_occurrence, 0);
    EXPECT_EQ(neighbours->on_mean, 0);
}

TEST(Hurdle, CountsThatAreNeverZero) {
    CountPanel panel;
    for (int u = 0; u < 6; ++u) {
        panel.series.push_back({std::to_string(u), january_2000, {}});
        for (int month = 0; month < 130; ++month)
            panel.series.back().counts.push_back(40 + 10 * u + (month * 7 + u * 3) % 11);
    }
    const Features features(panel);
    const auto model = HurdleModel::fit(features, origin, 1, 3);
    ASSERT_TRUE(model) << render(model.error());
    const auto made = model->ahead(4, origin, 2);
    EXPECT_GT(methods::share_from(made, 1), 0.999);
    EXPECT_NEAR(methods::mean(made), 85, 6);
    EXPECT_GT(methods::share_from(made, 70), 0.9);
}

TEST(Hurdle, TooLittleToLearnFrom) {
    const Features features(made_panel(30));
    const auto model = HurdleModel::fit(features, january_2000 + 20, 3, 14);
    ASSERT_FALSE(model);
    EXPECT_EQ(render(model.error()),
              "error[too-little-history]: 60 past forecasts of a month with a count were over by 2001-09; a hurdle "
              "model learns from 200 or more (give a longer panel or a later --origin, or another --model)");
}

}  // namespace
}  // namespace icosa::forecast
