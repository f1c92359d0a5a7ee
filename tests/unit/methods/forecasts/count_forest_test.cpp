/// Forests of counts: they find what matters, keep distributions, weigh examples, and are the same on any number of
/// threads.
#include "methods/forecasts/count_forest.hpp"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

/// Two features, of which the first decides: below 0.5 always 0, above it 0 or 7 with equal chance.
ForestExamples made_examples(std::size_t n, const FeatureBins& bins, std::uint64_t seed) {
    std::mt19937_64 bits(seed);
    ForestExamples out;
    out.features = 2;
    out.outcomes_each = 3;
    for (std::size_t i = 0; i < n; ++i) {
        const float x = static_cast<float>(bits() % 1000) / 1000, noise = static_cast<float>(bits() % 1000) / 1000;
        out.bins.push_back(bins.bin(0, x));
        out.bins.push_back(bins.bin(1, noise));
        out.weight.push_back(1);
        for (int k = 0; k < 3; ++k) out.outcomes.push_back(x > 0.5F && bits() % 2 == 0 ? 7.0F : 0.0F);
    }
    return out;
}

FeatureBins even_bins() {
    std::vector<float> values;
    for (int i = 0; i < 1000; ++i)
        values.insert(values.end(), {static_cast<float>(i) / 1000, static_cast<float>(i) / 1000});
    return feature_bins(values, 2);
}

TEST(CountForest, FindsWhatMattersAndKeepsTheDistribution) {
    const auto bins = even_bins();
    const auto forest =
        CountForest::grow(made_examples(20'000, bins, 1), {.trees = 12, .features_tried = 2, .smallest_leaf = 100}, 2);
    CountEnsemble low, high;
    forest.predict(std::vector<std::uint8_t>{bins.bin(0, 0.2F), 20}, low);
    EXPECT_EQ(low, (CountEnsemble{{0, low.front().weight}}));
    EXPECT_NEAR(low.front().weight, 1, 1e-6);
    forest.predict(std::vector<std::uint8_t>{bins.bin(0, 0.8F), 20}, high);
    ASSERT_EQ(high.size(), 2U);
    EXPECT_EQ(high[1].value, 7);
    EXPECT_NEAR(high[0].weight, 0.5, 0.05);
    EXPECT_NEAR(high[0].weight + high[1].weight, 1, 1e-6);
}

TEST(CountForest, AWeightIsSoManyExamples) {
    const auto bins = even_bins();
    auto examples = made_examples(8000, bins, 2);
    for (std::size_t i = 0; i < examples.size(); ++i) {
        if (examples.outcomes[3 * i] > 0) examples.weight[i] = 3;
    }
    const auto forest = CountForest::grow(examples, {.trees = 12, .features_tried = 2}, 1);
    CountEnsemble out;
    forest.predict(std::vector<std::uint8_t>{bins.bin(0, 0.8F), 20}, out);
    // of an example's three outcomes the first is 7 with weight 3 or 0 with weight 1, the others are even
    EXPECT_NEAR(out.back().weight, (0.75 + 0.5 + 0.5) / 3, 0.05);
}

TEST(CountForest, LargeCountsAreKeptWithinFivePercent) {
    ForestExamples examples;
    examples.features = 1;
    examples.outcomes_each = 1;
    for (int i = 0; i < 500; ++i) {
        examples.bins.push_back(0);
        examples.weight.push_back(1);
        examples.outcomes.push_back(static_cast<float>(i % 5 == 0 ? 123'456 : i % 5 == 1 ? 19 : 333));
    }
    const auto forest = CountForest::grow(examples, {.trees = 4, .bag = 1}, 1);
    CountEnsemble out;
    forest.predict(std::vector<std::uint8_t>{0}, out);
    ASSERT_EQ(out.size(), 3U);
    EXPECT_EQ(out[0].value, 19);
    EXPECT_NEAR(out[1].value / 333, 1, 0.026);
    EXPECT_NEAR(out[2].value / 123'456, 1, 0.026);
    EXPECT_NEAR(out[2].weight, 0.2, 1e-6);
}

TEST(CountForest, TheSameOnAnyNumberOfThreads) {
    const auto bins = even_bins();
    const auto examples = made_examples(3000, bins, 3);
    const auto one = CountForest::grow(examples, {}, 1), three = CountForest::grow(examples, {}, 3);
    for (int a = 0; a < 64; a += 5) {
        CountEnsemble x, y;
        one.predict(std::vector<std::uint8_t>{static_cast<std::uint8_t>(a), 9}, x);
        three.predict(std::vector<std::uint8_t>{static_cast<std::uint8_t>(a), 9}, y);
        EXPECT_EQ(x, y);
    }
}

TEST(CountForest, BinsSpendNoEdgesOnTheCommonestValue) {
    std::vector<float> values(9000, 0.0F);
    for (int i = 1; i <= 1000; ++i) values.push_back(static_cast<float>(i));
    const auto bins = feature_bins(values, 1);
    EXPECT_EQ(bins.bin(0, 0), 0);
    EXPECT_EQ(bins.bin(0, 1), 1);
    EXPECT_GT(bins.edges[0].size(), 50U);
    EXPECT_LT(bins.bin(0, 1e9F), 64);
    EXPECT_TRUE(feature_bins(std::vector<float>(20, 5.0F), 1).edges[0].empty()) << "one value, one bin";
}

}  // namespace
}  // namespace icosa::methods
