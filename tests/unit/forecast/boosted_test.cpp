/// The boosted forecast: nothing later is read, the same bytes again, and what it learns is there to see.
#include "forecast/boosted.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;
const BoostedRecipe quick{.rounds = 30};

BoostedModel fitted(const CountPanel& panel, const Features& features, int at = origin) {
    auto out = BoostedModel::fit(panel, features, at, 3, 14, quick);
    EXPECT_TRUE(out) << render(out.error());
    return std::move(*out);
}

TEST(Boosted, APanelCutAtTheOriginGivesTheSame) {
    const auto panel = made_panel(160), until = cut(panel, origin);
    const Features of_whole(panel), of_until(until);
    const auto a = fitted(panel, of_whole), b = fitted(until, of_until);
    for (std::size_t u = 0; u < panel.series.size(); ++u)
        EXPECT_EQ(a.ahead(u, origin, 3, 14), b.ahead(u, origin, 3, 14)) << u;
}

TEST(Boosted, AFitServesALaterOriginFromTheMonthsUpToIt) {
    const auto panel = made_panel(160), until = cut(panel, origin + 9);
    const Features of_whole(panel), of_until(until);
    const auto a = fitted(panel, of_whole), b = fitted(until, of_until);
    for (std::size_t u = 0; u < panel.series.size(); ++u)
        EXPECT_EQ(a.ahead(u, origin + 9, 3, 14), b.ahead(u, origin + 9, 3, 14)) << u;
}

TEST(Boosted, SeveralThreadsMayAskAtOnce) {
    const auto panel = made_panel(140);
    const Features features(panel);
    const auto model = fitted(panel, features);
    std::vector<std::vector<methods::CountEnsemble>> alone, together(panel.series.size());
    for (std::size_t u = 0; u < panel.series.size(); ++u) alone.push_back(model.ahead(u, origin, 3, 14));
    {
        std::vector<std::jthread> threads;
        for (std::size_t u = 0; u < panel.series.size(); ++u)
            threads.emplace_back([&, u] { together[u] = model.ahead(u, origin, 3, 14); });
    }
    EXPECT_EQ(alone, together);
}

TEST(Boosted, ItLearnsThatPeaksFallAndThatQuietStays) {
    auto panel = made_panel(160, 24);
    for (std::size_t u = 1; u < panel.series.size(); u += 3) {  // a peak every ten months, then little
        auto& counts = panel.series[u].counts;
        for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = (i + u) % 10 == 0 ? 400 : 4;
    }
    const Features features(panel);
    const auto model = fitted(panel, features);
    const auto& peaks = panel.series[1];
    int at = origin;
    while (peaks.at(at) != 400) --at;
    auto after = model.ahead(1, at, 4, 4).front(), quiet = model.ahead(0, origin, 4, 4).front();
    double sum = 0;
    for (const auto& one : after) sum += one.weight;
    EXPECT_NEAR(sum, 1, 1e-5);
    methods::normalise(after);
    methods::normalise(quiet);
    EXPECT_LT(methods::quantile(after, 0.5), 40);
    EXPECT_LT(methods::share_from(quiet, 1), 0.2);
}

TEST(Boosted, TooLittleHistoryIsSaid) {
    const auto panel = made_panel(160);
    const Features features(panel);
    const auto model = BoostedModel::fit(panel, features, january_2000 + 18, 3, 14);
    ASSERT_FALSE(model);
    EXPECT_EQ(model.error().code, "too-little-history");
}

}  // namespace
}  // namespace icosa::forecast
