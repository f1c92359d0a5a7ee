/// Laws of forecasts: nothing later is read, threads do not matter, each model is what it says, short histories fall
/// back.
#include "forecast/forecast.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "panels.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = january_2000 + 129;

std::vector<std::vector<std::vector<double>>> all_draws(const CountPanel& panel, const Request& request,
                                                        std::uint64_t seed = 7) {
    const auto made = forecast(panel, request);
    EXPECT_TRUE(made) << render(made.error());
    std::vector<std::vector<std::vector<double>>> out;
    for (const auto& unit : made->units) out.push_back(draws_of(unit, 100, seed));
    return out;
}

Request request_of(ModelKind kind, int threads = 2) { return {origin, origin + 3, origin + 14, kind, threads}; }

TEST(Forecast, APanelCutAtTheOriginGivesTheSame) {
    const auto panel = with_neighbours(made_panel(160));
    for (const auto& model : models()) {
        EXPECT_EQ(all_draws(panel, request_of(model.kind)), all_draws(cut(panel, origin), request_of(model.kind)))
            << model.name;
    }
}

TEST(Forecast, ThreadsAndSeeds) {
    const auto panel = made_panel(140);
    const auto one = all_draws(panel, request_of(ModelKind::Stack, 1));
    EXPECT_EQ(one, all_draws(panel, request_of(ModelKind::Stack, 3)));
    auto other = all_draws(panel, request_of(ModelKind::Stack), 8);
    EXPECT_NE(one, other);
    for (auto& unit : other)
        for (auto& month : unit) std::sort(month.begin(), month.end());
    auto sorted = one;
    for (auto& unit : sorted)
        for (auto& month : unit) std::sort(month.begin(), month.end());
    EXPECT_EQ(sorted, other) << "a seed changes the order of draws, not the distribution";
}

TEST(Forecast, StreamsBelongToUnits) {
    const auto panel = made_panel(140);
    auto fewer = panel;
    fewer.series.erase(fewer.series.begin());
    const auto all = all_draws(panel, request_of(ModelKind::Decay)),
               rest = all_draws(fewer, request_of(ModelKind::Decay));
    EXPECT_TRUE(std::equal(rest.begin(), rest.end(), all.begin() + 1));
}

TEST(Forecast, TheBenchmarksAreWhatTheySay) {
    const auto panel = made_panel(140);
    const auto& war = panel.series[2];
    const auto at = [&](ModelKind kind) { return forecast(panel, request_of(kind))->units[2].months[5]; };
    EXPECT_EQ(at(ModelKind::Zero), (methods::CountEnsemble{{0, 1}}));
    EXPECT_NEAR(methods::mean(at(ModelKind::Last)), war.at(origin), 0.01 * war.at(origin) + 1e-3);
    double sum = 0;
    for (int month = origin - 11; month <= origin; ++month) sum += war.at(month);
    EXPECT_NEAR(methods::mean(at(ModelKind::Conflictology)), sum / 12, 1e-9);
    double pooled = 0;
    for (const auto& series : panel.series)
        for (int month = origin - 11; month <= origin; ++month) pooled += series.at(month);
    EXPECT_NEAR(methods::mean(at(ModelKind::Bootstrap)), pooled / (12.0 * static_cast<double>(panel.series.size())),
                1e-9);
}

TEST(Forecast, TheUnitAndItsNeighboursInOneEnsemble) {
    auto panel = made_panel(140);
    const Request request = request_of(ModelKind::Neighbours);
    EXPECT_EQ(render(forecast(panel, request).error()),
              "error[no-neighbours]: the model 'neighbours' must know which units are neighbours (give --neighbours "
              "FILE.csv with columns unit,neighbour)");
    panel.neighbours.resize(panel.series.size());
    panel.neighbours[2] = {1, 5};
    const auto made = forecast(panel, request);
    ASSERT_TRUE(made);
    double sum = 0;
    for (const std::size_t u : {2U, 1U, 5U})
        for (int month = origin - 11; month <= origin; ++month) sum += panel.series[u].at(month);
    EXPECT_NEAR(methods::mean(made->units[2].months[5]), sum / 36, 1e-9);
    EXPECT_NEAR(methods::mean(made->units[8].months[5]), made->units[8].benchmark_mean, 1e-9) << "none known";
}

TEST(Forecast, AHurdleWithoutEnoughCountsSaysSo) {
    const auto panel = made_panel(45);
    const int here = january_2000 + 18;
    const auto made = forecast(panel, {here, here + 3, here + 6, ModelKind::Hurdle, 1});
    ASSERT_TRUE(made);
    ASSERT_EQ(made->caveats.size(), 1U);
    EXPECT_NE(
        made->caveats[0].find("a hurdle model learns from 200 or more: each unit's own last months are the forecast"),
        std::string::npos)
        << made->caveats[0];
    EXPECT_NEAR(methods::mean(made->units[2].months[0]), made->units[2].benchmark_mean, 1e-9);
}

TEST(Forecast, AnaloguesAreNamedWithWhatFollowed) {
    const auto panel = made_panel(140);
    const auto made = forecast(panel, request_of(ModelKind::Stack));
    ASSERT_TRUE(made);
    const auto& war = made->units[2];
    ASSERT_EQ(war.analogues.size(), 3U);
    for (const auto& one : war.analogues) {
        EXPECT_LE(one.month + 14, origin) << "what followed is over";
        const auto series =
            std::find_if(panel.series.begin(), panel.series.end(), [&](const auto& s) { return s.unit == one.unit; });
        ASSERT_EQ(one.followed.size(), 12U);
        EXPECT_EQ(one.followed.front(), series->at(one.month + 3));
        EXPECT_EQ(one.followed.back(), series->at(one.month + 14));
    }
    EXPECT_TRUE(made->units[0].analogues.empty()) << "a quiet unit leans on the rate among the quiet";
}

TEST(Forecast, AnaloguesAreRaisedToThreeTimesTheLargestCountAtMost) {
    std::vector<double> counts(130);
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<double>(i * i % 7);
    counts[126] = 9e11;
    CountPanel panel;
    panel.series.push_back({"one", january_2000, counts});
    for (const auto kind : {ModelKind::Analogues, ModelKind::Stack}) {
        const auto draws = all_draws(panel, request_of(kind));
        for (const auto& month : draws.front()) {
            EXPECT_GE(*std::min_element(month.begin(), month.end()), 0);
            EXPECT_LE(*std::max_element(month.begin(), month.end()), 3 * 9e11);
        }
    }
}

TEST(Forecast, ALateStartIsNoGapAndAShortHistoryFallsBack) {
    auto panel = made_panel(140);
    panel.series.push_back({"new", origin - 9, std::vector<double>(20, 5.0)});
    panel.series.push_back({"later", origin + 1, std::vector<double>(10, 5.0)});
    panel.series.push_back({"over", january_2000, std::vector<double>(40, 5.0)});
    const auto made = forecast(panel, request_of(ModelKind::Stack));
    ASSERT_TRUE(made);
    ASSERT_EQ(made->units.size(), 13U);
    const auto& young = made->units.back();
    EXPECT_EQ(young.unit, "new");
    EXPECT_EQ(young.caveats,
              (std::vector<std::string>{"10 months of history, fewer than 24: its own last months are the forecast"}));
    EXPECT_EQ(young.months.front(), (methods::CountEnsemble{{5, 1}}));
    EXPECT_EQ(made->ended, 1);
    EXPECT_TRUE(made->caveats.empty());
}

TEST(Stack, APartThatIsNotFittedTakesNoWeight) {
    const auto panel = made_panel(140);
    const auto learned = [&](Fitting fitting) {
        return Stack(panel, 3, 14, 2, usual_lesson_every, std::make_shared<FittedModels>(panel, 3, 14, fitting))
            .learn(origin);
    };
    const auto without = learned(Fitting::LeftOut), with = learned(Fitting::AsNeeded);
    int fitted_parts = 0;
    for (std::size_t k = 0; k < components; ++k) {
        const std::string_view driver = component_driver(k);
        if (driver != "the hidden level it stands at" && driver != "regression on its past and what is around it")
            continue;
        ++fitted_parts;
        double sum = 0;
        for (const auto& of_activity : without.of)
            for (const auto& of_reach : of_activity) sum += of_reach[k];
        EXPECT_EQ(sum, 0) << driver;
        for (const auto& of_activity : with.of)
            for (const auto& of_reach : of_activity) sum += of_reach[k];
        if (driver == "the hidden level it stands at") {
            EXPECT_GT(sum, 0);
        }
    }
    EXPECT_EQ(fitted_parts, 2);
}

TEST(Forecast, AYoungPanelSaysThatNothingWasLearned) {
    const auto panel = made_panel(45);
    const int here = january_2000 + 40;
    const auto made = forecast(panel, {here, here + 3, here + 14, ModelKind::Stack, 1});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->caveats,
              (std::vector<std::string>{"only 1 past origins to learn weights from: the mixture is mostly its prior"}));
    EXPECT_GT(methods::mean(made->units[2].months[0]), 0);
}

TEST(Forecast, Faults) {
    const auto panel = made_panel(140);
    const auto said = [&](int at, int first, int last) {
        return render(forecast(panel, {at, first, last, ModelKind::Zero, 1}).error());
    };
    EXPECT_EQ(said(origin, origin, origin + 3),
              "error[bad-horizon]: the first month 2010-10 is not after the origin 2010-10 (data up to the origin are "
              "used; forecast later months)");
    EXPECT_EQ(
        said(origin, origin + 3, origin + 2),
        "error[bad-horizon]: the last month 2010-12 is before the first, 2011-01 (give --first and --last in order)");
    EXPECT_EQ(said(origin, origin + 3, origin + 61),
              "error[bad-horizon]: 2015-11 is 61 months after the origin; at most 60 are forecast (give an earlier "
              "--last or a later --origin)");
    EXPECT_EQ(
        said(origin + 100, origin + 103, origin + 104),
        "error[after-the-data]: the data end in 2011-08, before the origin 2019-02 (give --origin 2011-08 or earlier)");
    EXPECT_EQ(said(january_2000 - 1, january_2000 + 2, january_2000 + 3),
              "error[before-the-data]: the data begin in 2000-01, after the origin 1999-12 (give a later --origin)");
}

TEST(Stack, ASurgeIsNotTakenForTheNewLevel) {
    auto panel = made_panel(140);
    auto& unit = panel.series[2];
    for (int month = unit.first; month <= origin; ++month)
        unit.counts[static_cast<std::size_t>(month - unit.first)] = month > origin - 3 ? 30000 : 600;
    Stack stack(panel, 3, 14, 1);
    EXPECT_EQ(stack.activity(2, origin), Activity::Surge);
    EXPECT_EQ(stack.activity(2, origin - 3), Activity::High);
    const auto made = forecast(panel, request_of(ModelKind::Stack));
    EXPECT_LT(methods::share_from(made->units[2].months[4], 10000), 0.45) << "a memory of three months would say 0.63";
    EXPECT_GT(methods::share_from(made->units[2].months[4], 10000), 0.05);
    EXPECT_LT(methods::quantile(made->units[2].months[4], 0.5), 10000);
}

TEST(Stack, RelabelledUnitsGiveRelabelledForecasts) {
    const auto panel = made_panel(140);
    auto renamed = panel;
    for (auto& series : renamed.series) series.unit = "u" + series.unit;
    const auto a = forecast(panel, request_of(ModelKind::Stack)), b = forecast(renamed, request_of(ModelKind::Stack));
    for (std::size_t u = 0; u < panel.series.size(); ++u) EXPECT_EQ(a->units[u].months, b->units[u].months);
}

TEST(Stack, WeightsAreSharesAndLearnedFromOriginsThatAreOver) {
    const auto panel = made_panel(140);
    Stack stack(panel, 3, 14, 2);
    const auto weights = stack.learn(origin);
    EXPECT_EQ(weights.origins, (129 - 14 - 24) / 3 + 1);
    for (const auto& of_activity : weights.of) {
        for (const auto& of_reach : of_activity) {
            double sum = 0;
            for (const double w : of_reach) {
                EXPECT_GE(w, 0);
                sum += w;
            }
            EXPECT_NEAR(sum, 1, 1e-9);
        }
    }
    for (const auto& recipe : weights.recipe) EXPECT_NEAR(recipe[0] + recipe[1], 1, 1e-9);
    EXPECT_EQ(stack.activity(0, origin), Activity::Quiet);
    EXPECT_EQ(Stack::reach(january_2000 + 9, 14), Reach::YearEnd);
    EXPECT_EQ(Stack::reach(january_2000 + 9, 3), Reach::Near);
    EXPECT_EQ(Stack::reach(january_2000 + 9, 13), Reach::Far);
}

}  // namespace
}  // namespace icosa::forecast
