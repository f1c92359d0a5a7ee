/// The regression of events: its score equations hold at the solution; what never varies has no effect.
#include "methods/forecasts/event_regression.hpp"

#include <array>

#include <gtest/gtest.h>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {
namespace {

EventExamples made_examples(std::size_t n) {
    EventExamples out;
    out.features = 3;
    Stream stream(7);
    for (std::size_t i = 0; i < n; ++i) {
        const auto a = static_cast<float>(stream.below(1000)) / 500 - 1,
                   b = static_cast<float>(stream.below(1000)) / 500 - 1;
        out.values.insert(out.values.end(), {a, b, 4});
        out.happened.push_back(static_cast<float>(stream.below(1000)) < 300 + 200 * a ? 1.0F : 0.0F);
        out.weight.push_back(i % 2 == 0 ? 1.0F : 2.0F);
    }
    return out;
}

TEST(EventRegression, TheWeightedMeanOfChancesIsTheShareOfEvents) {
    const auto examples = made_examples(500);
    const auto fit = EventRegression::fit(examples, 1);
    double said = 0, came = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const auto w = static_cast<double>(examples.weight[i]);
        said += w * fit.probability(std::span(examples.values).subspan(i * 3, 3));
        came += w * static_cast<double>(examples.happened[i]);
    }
    EXPECT_NEAR(said, came, 0.05);
}

TEST(EventRegression, WhatTellsHasASlopeAndWhatNeverVariesHasNone) {
    const auto fit = EventRegression::fit(made_examples(2000), 1);
    EXPECT_GT(fit.slopes()[0], 0.3);
    EXPECT_NEAR(fit.slopes()[1], 0, 0.15);
    EXPECT_EQ(fit.slopes()[2], 0);
}

TEST(EventRegression, AStrongRidgeLeavesTheShare) {
    const auto examples = made_examples(500);
    const auto fit = EventRegression::fit(examples, 1e9);
    const std::array<float, 3> one{1, 0, 4}, other{-1, 0, 4};
    EXPECT_NEAR(fit.probability(one), fit.probability(other), 1e-5);
}

}  // namespace
}  // namespace icosa::methods
