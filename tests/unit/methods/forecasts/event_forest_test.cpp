/// The forest of events: the mean of many stumps is the integral over the cut; the same for any threads; weights count.
#include "methods/forecasts/event_forest.hpp"

#include <gtest/gtest.h>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {
namespace {

double chance(const EventForest& forest, std::vector<float> values) { return forest.probability(values); }

// x = 0 .. 9, the event from 5 on, leaves of four or more: a cut falls evenly on 0 .. 9, and cuts that leave 4, 5 or 6
// on the left, a ninth each, are kept. P(0) = 6/9 1/2 + 1/9 (0 + 0 + 1/6), P(4) = 6/9 1/2 + 1/9 (5/6 + 0 + 1/6),
// P(9) = 6/9 1/2 + 1/9 (5/6 + 1 + 1).
TEST(EventForest, TheMeanOfManyStumpsIsTheIntegralOverTheCut) {
    EventExamples examples;
    examples.features = 1;
    for (int x = 0; x < 10; ++x) {
        examples.values.push_back(static_cast<float>(x));
        examples.happened.push_back(x >= 5 ? 1.0F : 0.0F);
        examples.weight.push_back(1);
    }
    const auto forest = EventForest::grow(examples, {.trees = 20000, .features_tried = 1, .smallest_leaf = 4});
    EXPECT_NEAR(chance(forest, {0}), 19.0 / 54, 0.01);
    EXPECT_NEAR(chance(forest, {4}), 24.0 / 54, 0.01);
    EXPECT_NEAR(chance(forest, {9}), 35.0 / 54, 0.01);
    EXPECT_EQ(chance(forest, {-100}), chance(forest, {0}));
}

/// The event where just one of two features is above a half: no feature tells alone.
EventExamples either(std::size_t n, bool doubled) {
    EventExamples out;
    out.features = 3;
    Stream stream(3);
    for (std::size_t i = 0; i < n; ++i) {
        const auto a = static_cast<float>(stream.below(1000)) / 1000, b = static_cast<float>(stream.below(1000)) / 1000;
        for (int copy = 0; copy < (doubled ? 2 : 1); ++copy) {
            out.values.insert(out.values.end(), {a, b, 4});
            out.happened.push_back((a > 0.5F) != (b > 0.5F) ? 1.0F : 0.0F);
            out.weight.push_back(doubled ? 1.0F : 2.0F);
        }
    }
    return out;
}

TEST(EventForest, WhatOnlyTogetherTellsIsLearned) {
    const auto forest = EventForest::grow(either(2000, false), {.trees = 60, .features_tried = 3, .smallest_leaf = 10});
    EXPECT_GT(chance(forest, {0.2F, 0.8F, 4}), 0.9);
    EXPECT_GT(chance(forest, {0.8F, 0.2F, 4}), 0.9);
    EXPECT_LT(chance(forest, {0.2F, 0.2F, 4}), 0.1);
    EXPECT_LT(chance(forest, {0.8F, 0.8F, 4}), 0.1);
}

TEST(EventForest, ThreadsChangeNothingAndAWeightOfTwoIsTwoExamples) {
    const EventForestOptions options{.trees = 15, .features_tried = 2, .smallest_leaf = 12};
    const auto one = EventForest::grow(either(400, false), options),
               four = EventForest::grow(either(400, false), options, 4),
               twice = EventForest::grow(either(400, true), options);
    for (float a = 0.05F; a < 1; a += 0.1F) {
        for (float b = 0.05F; b < 1; b += 0.1F) {
            EXPECT_EQ(chance(one, {a, b, 4}), chance(four, {a, b, 4}));
            EXPECT_EQ(chance(one, {a, b, 4}), chance(twice, {a, b, 4}));
        }
    }
}

TEST(EventForest, WithoutAnythingToTellItSaysTheShare) {
    EventExamples alike;
    alike.features = 2;
    for (int i = 0; i < 8; ++i) {
        alike.values.insert(alike.values.end(), {1, 2});
        alike.happened.push_back(i < 2 ? 1.0F : 0.0F);
        alike.weight.push_back(1);
    }
    EXPECT_DOUBLE_EQ(chance(EventForest::grow(alike, {.trees = 3, .smallest_leaf = 1}), {9, 9}), 0.25);
}

}  // namespace
}  // namespace icosa::methods
