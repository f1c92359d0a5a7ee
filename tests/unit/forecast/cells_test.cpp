/// Laws of forecasts of cells: nothing later is read, threads do not matter, better than the last twelve months, clear
/// refusals.
#include "forecast/cells.hpp"

#include <gtest/gtest.h>

#include "cells_made.hpp"
#include "methods/scores/score.hpp"

namespace icosa::forecast {
namespace {

constexpr int origin = 360 + 143;

std::vector<methods::CountEnsemble> all(const CellPanel& panel, int threads = 2) {
    const auto model = CellModel::learn(panel, {origin, origin + 1, origin + 24, threads});
    EXPECT_TRUE(model) << render(model.error());
    std::vector<methods::CountEnsemble> out;
    for (std::size_t cell = 0; cell < panel.gids.size(); ++cell) {
        for (std::size_t reach = 0; reach < model->reaches().size(); ++reach)
            out.push_back(model->distribution(cell, reach));
    }
    return out;
}

TEST(Cells, APanelCutAtTheOriginGivesTheSame) {
    const auto panel = made_cells(168);
    const auto whole = all(panel);
    EXPECT_EQ(whole, all(cut(panel, origin)));
    EXPECT_EQ(whole, all(panel, 1)) << "threads";
}

TEST(Cells, BetterThanTheLastTwelveMonths) {
    const auto panel = made_cells(168);
    const auto model = CellModel::learn(panel, {origin, origin + 1, origin + 24});
    ASSERT_TRUE(model);
    ASSERT_EQ(model->reaches().size(), 5U);
    const auto past = histories(panel, origin), future = histories(panel, panel.end());
    double crps = 0, ign = 0, benchmark_crps = 0, benchmark_ign = 0;
    for (std::size_t cell = 0; cell < panel.gids.size(); ++cell) {
        std::vector<double> own(12, 0.0), came(24, 0.0);
        for (const auto& one : past[cell].at) {
            if (one.month > origin - 12) own[static_cast<std::size_t>(one.month - origin + 11)] = one.count;
        }
        for (const auto& one : future[cell].at) {
            if (one.month > origin && one.month <= origin + 24)
                came[static_cast<std::size_t>(one.month - origin - 1)] = one.count;
        }
        const auto told = model->forecast(cell);
        ASSERT_EQ(told.months.size(), 24U);
        EXPECT_EQ(told.unit, std::to_string(panel.gids[cell]));
        for (std::size_t m = 0; m < 24; ++m) {
            const auto draws = methods::stratified_draws(told.months[m], 200);
            crps += methods::crps(draws, came[m]);
            ign += methods::ignorance(draws, came[m]);
            benchmark_crps += methods::crps(own, came[m]);
            std::vector<double> repeated;
            for (int i = 0; i < 204; ++i) repeated.push_back(own[static_cast<std::size_t>(i % 12)]);
            benchmark_ign += methods::ignorance(repeated, came[m]);
        }
    }
    EXPECT_LT(crps, 0.95 * benchmark_crps);
    EXPECT_LT(ign, 0.85 * benchmark_ign);
}

TEST(Cells, StepsBeyondThePastAreSaid) {
    const auto panel = made_cells(40);
    const int here = panel.end() - 1;
    const auto model = CellModel::learn(panel, {here, here + 1, here + 60});
    ASSERT_TRUE(model) << render(model.error());
    EXPECT_EQ(model->caveats(),
              (std::vector<std::string>{
                  "months 25 to 60 ahead have too little past to learn from: they are as months 15 to 24"}));
    EXPECT_EQ(model->distribution(40, 5), model->distribution(40, 4));
}

TEST(Cells, WhatIsRefused) {
    const auto panel = made_cells(40);
    const auto says = [&](const CellPanel& of, const CellRequest& request) {
        const auto model = CellModel::learn(of, request);
        return model ? std::string("nothing") : render(model.error());
    };
    EXPECT_EQ(says(panel, {390, 390, 392}),
              "error[bad-horizon]: the first month 2002-07 is not after the origin 2002-07 (data up to the origin are "
              "used; forecast later months)");
    EXPECT_EQ(says(panel, {390, 391, 451}),
              "error[bad-horizon]: 2007-08 is 61 months after the origin; at most 60 are forecast (give an earlier "
              "--last or a later --origin)");
    EXPECT_EQ(
        says(panel, {500, 501, 502}),
        "error[after-the-data]: the data end in 2003-04, before the origin 2011-09 (give --origin 2003-04 or earlier)");
    EXPECT_EQ(says(panel, {300, 301, 302}),
              "error[before-the-data]: the data begin in 2000-01, after the origin 1995-01 (give a later --origin)");
    EXPECT_EQ(says(panel, {368, 369, 370}),
              "error[too-few-months]: 9 months up to the origin; cells are forecast from 12 or more (give a longer "
              "file, a later --origin, or --model conflictology)");
    auto silent = panel;
    for (auto& month : silent.months) month.clear();
    EXPECT_EQ(
        says(silent, {390, 391, 392}),
        "error[nothing-happened]: no count above 0 up to the origin 2002-07 (give a later --origin, or --model zero)");
}

}  // namespace
}  // namespace icosa::forecast
