/// Rows of features: values by hand, nothing later than the origin, absent is not 0.
#include "forecast/features.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "panels.hpp"

namespace icosa::forecast {
namespace {

CountPanel small_panel() {
    CountPanel panel;
    panel.series = {{"a", january_2000, {0, 30, 0, 2, 0, 0}},
                    {"b", january_2000, {0, 0, 0, 0, 0, 0}},
                    {"c", january_2000 + 4, {7, 1}}};
    panel.neighbours = {{2}, {}, {0}};
    panel.regions = {"x", "x", ""};
    panel.covariates = {{"output",
                         {{{january_2000 - 1, january_2000 + 3, 10}, {january_2000 + 3, january_2000 + 5, 20}},
                          {},
                          {{january_2000, january_2000 + 5, -2}}}}};
    return panel;
}

double value(const Features& features, std::string_view name, std::size_t unit, int month, int step = 3) {
    const auto columns = features.columns();
    const auto found =
        std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; });
    EXPECT_NE(found, columns.end()) << name;
    return features.row(unit, january_2000 + month, step)[static_cast<std::size_t>(found - columns.begin())];
}

TEST(Features, OwnPastByHand) {
    const Features features(small_panel());
    EXPECT_EQ(value(features, "log1p newest month", 0, 1), std::log1p(30.0));
    EXPECT_EQ(value(features, "log1p 1 month before the newest", 0, 2), std::log1p(30.0));
    EXPECT_EQ(value(features, "log1p 2 months before the newest", 0, 3), std::log1p(30.0));
    EXPECT_TRUE(std::isnan(value(features, "log1p 2 months before the newest", 0, 1))) << "before the first month";
    EXPECT_NEAR(value(features, "log1p mean of 3 months", 0, 4), std::log1p(2.0 / 3), 1e-15);
    EXPECT_NEAR(value(features, "log1p mean of 36 months", 0, 4), std::log1p(32.0 / 5), 1e-15)
        << "over those there are";
    const double k = std::exp(-1.0 / 3);
    EXPECT_NEAR(value(features, "log1p decayed mean, memory 3", 0, 3),
                std::log1p((2 + 30 * k * k) / (1 + k + k * k + k * k * k)), 1e-14);
    EXPECT_NEAR(value(features, "latest count of 1 or more, decayed", 0, 5), std::exp(-2.0 / 12), 1e-14);
    EXPECT_NEAR(value(features, "latest count of 25 or more, decayed", 0, 5), std::exp(-4.0 / 12), 1e-14);
    EXPECT_EQ(value(features, "latest count of 1 or more, decayed", 1, 5), 0) << "never";
    EXPECT_NEAR(value(features, "share of 12 months with a count", 0, 3), 0.5, 1e-15);
    EXPECT_NEAR(value(features, "spread of log1p over 12 months", 0, 1), std::log(31.0) / 2, 1e-12);
}

TEST(Features, OthersAreThoseObservedAndNeverTheUnitItself) {
    const Features features(small_panel());
    EXPECT_EQ(value(features, "neighbours' latest count, decayed", 0, 4), 1);
    EXPECT_EQ(value(features, "neighbours' log1p decayed mean, memory 12", 0, 4), std::log1p(7.0));
    EXPECT_TRUE(std::isnan(value(features, "neighbours' log1p decayed mean, memory 12", 0, 3))) << "c has not begun";
    EXPECT_EQ(value(features, "neighbours' counts not observed", 0, 3), 1);
    EXPECT_EQ(value(features, "neighbours' counts not observed", 0, 4), 0);
    EXPECT_EQ(value(features, "neighbours' counts not observed", 1, 4), 1) << "an island";
    EXPECT_EQ(value(features, "the region's latest count, decayed", 0, 1), 0);
    EXPECT_EQ(value(features, "the region's latest count, decayed", 1, 1), 1);
    EXPECT_NEAR(value(features, "the region's log1p decayed mean, memory 3", 1, 3),
                value(features, "log1p decayed mean, memory 3", 0, 3), 1e-12);
    EXPECT_TRUE(std::isnan(value(features, "the region's log1p decayed mean, memory 3", 2, 4)))
        << "a unit without a region";
    EXPECT_NEAR(value(features, "the world's log1p decayed mean, memory 3", 1, 4),
                std::log1p((std::expm1(value(features, "log1p decayed mean, memory 3", 0, 4)) + 7) / 2), 1e-12);
}

TEST(Features, CovariatesCountFromWhenTheyWerePublic) {
    const Features features(small_panel());
    EXPECT_TRUE(std::isnan(value(features, "asinh output", 0, 2)));
    EXPECT_EQ(value(features, "output not known", 0, 2), 1);
    EXPECT_EQ(value(features, "asinh output", 0, 3), std::asinh(10.0));
    EXPECT_EQ(value(features, "asinh output", 0, 4), std::asinh(10.0)) << "the figure of month 3 is public in month 5";
    EXPECT_EQ(value(features, "asinh output", 0, 5), std::asinh(20.0));
    EXPECT_EQ(value(features, "asinh output", 2, 5), std::asinh(-2.0));
    EXPECT_TRUE(std::isnan(value(features, "asinh output", 1, 5)));
}

TEST(Features, TheHorizon) {
    const Features features(small_panel());
    EXPECT_EQ(value(features, "log of steps ahead", 0, 0, 7), std::log(7.0));
    EXPECT_EQ(value(features, "a December", 0, 0, 11), 1);
    EXPECT_EQ(value(features, "a December", 0, 0, 10), 0);
}

TEST(Features, GroupsThatThePanelDoesNotKnowAreLeftOut) {
    auto panel = small_panel();
    const auto all = Features(panel).width();
    panel.neighbours.clear();
    EXPECT_EQ(Features(panel).width(), all - 4);
    panel.regions.clear();
    panel.covariates.clear();
    EXPECT_EQ(Features(panel).width(), all - 10);
}

TEST(Features, APanelCutAtTheOriginGivesTheSameRows) {
    auto panel = made_panel(160);
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        panel.neighbours.push_back({(u + 1) % panel.series.size(), (u + 5) % panel.series.size()});
        panel.regions.push_back(u % 2 == 0 ? "even" : "odd");
    }
    const int origin = january_2000 + 100;
    const Features whole(panel), known(cut(panel, origin));
    for (std::size_t u = 0; u < panel.series.size(); ++u) {
        const auto a = whole.row(u, origin, 4), b = known.row(u, origin, 4);
        for (std::size_t c = 0; c < a.size(); ++c)
            EXPECT_TRUE(a[c] == b[c] || (std::isnan(a[c]) && std::isnan(b[c]))) << whole.columns()[c].name;
    }
}

}  // namespace
}  // namespace icosa::forecast
