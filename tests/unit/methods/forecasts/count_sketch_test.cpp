/// Sketches of counts: the stated error of draws, mean, quantiles and CRPS on random and adverse draws; bytes there and
/// back.
#include "methods/forecasts/count_sketch.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "methods/scores/score.hpp"

namespace icosa::methods {
namespace {

TEST(CountSketch, BucketsAreInOrderAndWithinTheStatedError) {
    std::uint32_t before = 0;
    for (std::int64_t count = 0; count < 300'000; ++count) {
        const auto bucket = bucket_of(count);
        ASSERT_LE(before, bucket) << count;
        ASSERT_LE(bucket - before, 1U) << "no bucket is left out";
        const auto value = bucket_value(bucket);
        ASSERT_EQ(bucket_of(value), bucket);
        if (count <= exact_to) {
            ASSERT_EQ(value, count);
        }
        ASSERT_LE(static_cast<double>(std::abs(value - count)), static_cast<double>(count) * sketch_relative_error)
            << count;
        before = bucket;
    }
    for (int k = 8; k <= 62; ++k) {
        for (const std::int64_t count : {(std::int64_t{1} << k) - 1, std::int64_t{1} << k,
                                         (std::int64_t{1} << k) + (std::int64_t{1} << (k - 1)) - 1}) {
            if (count > (std::int64_t{1} << 62)) continue;
            ASSERT_LE(std::fabs(static_cast<double>(bucket_value(bucket_of(count)) - count)),
                      static_cast<double>(count) * sketch_relative_error)
                << count;
        }
    }
}

/// Draws of every kind: none, one, all equal, at the edges of buckets, heavy tails, two clusters far apart.
std::vector<std::vector<double>> many_draws() {
    std::mt19937_64 bits(11);
    const auto unit = [&] { return (static_cast<double>(bits() >> 11U) + 0.5) * 0x1p-53; };
    std::vector<std::vector<double>> out = {{},
                                            {0},
                                            {127},
                                            {128},
                                            {129},
                                            std::vector<double>(1000, 0.0),
                                            std::vector<double>(1000, 255.0),
                                            {128, 129, 130, 131, 256, 259, 260, 4095, 4096}};
    std::vector<double> edges, apart;
    for (int k = 7; k < 40; ++k) {
        const double power = std::exp2(k);
        for (const double off : {-1.0, 0.0, 1.0}) edges.push_back(power + off);
    }
    for (int i = 0; i < 500; ++i) {
        apart.push_back(0);
        apart.push_back(1e9 + i);
    }
    out.push_back(edges);
    out.push_back(apart);
    for (const double shape : {0.3, 0.7, 1.5, 4.0}) {
        std::vector<double> tail;
        for (int i = 0; i < 1000; ++i) tail.push_back(std::floor(std::min(1e15, std::pow(unit(), -1 / shape) - 1)));
        out.push_back(tail);
    }
    return out;
}

TEST(CountSketch, ErrorsOfDrawsMeanQuantilesAndCrpsAreWithinTheirBounds) {
    for (auto draws : many_draws()) {
        const auto sketch = sketch_of(draws);
        EXPECT_EQ(sketch.draws(), draws.size());
        std::vector<double> back;
        draws_of(sketch, back);
        std::sort(draws.begin(), draws.end());
        ASSERT_EQ(back.size(), draws.size());
        double mean_error = 0, sum = 0, sum_back = 0;
        for (std::size_t i = 0; i < draws.size(); ++i) {
            const double error = std::fabs(back[i] - draws[i]);
            ASSERT_LE(error, draws[i] <= 128 ? 0 : draws[i] * sketch_relative_error);
            mean_error += error / static_cast<double>(draws.size());
            sum += draws[i];
            sum_back += back[i];
        }
        if (draws.empty()) continue;
        const double n = static_cast<double>(draws.size()), rounding = 1e-9 * (1 + draws.back());
        EXPECT_LE(std::fabs(sum_back - sum) / n, mean_error + rounding);
        for (const double p : {0.0, 0.05, 0.25, 0.5, 0.75, 0.95, 1.0}) {
            const double quantile = quantile_sorted(draws, p);
            EXPECT_LE(std::fabs(quantile_sorted(back, p) - quantile), quantile * sketch_relative_error + rounding);
        }
        for (const double outcome : {0.0, 1.0, 60.0, 200.0, 5000.0, 1e9})
            EXPECT_LE(std::fabs(crps_sorted(back, outcome) - crps_sorted(draws, outcome)), 2 * mean_error + rounding);
        for (const double outcome : {0.0, 7.0, 200.0, 300.0, 600.0, 5000.0})
            EXPECT_EQ(ignorance(back, outcome), ignorance(draws, outcome));
    }
}

TEST(CountSketch, TheChallengesBinsEndBetweenBuckets) {
    for (const double edge : ignorance_edges)
        EXPECT_LT(bucket_value(bucket_of(static_cast<std::int64_t>(edge))),
                  bucket_value(bucket_of(static_cast<std::int64_t>(edge) + 1)))
            << edge;
}

TEST(CountSketch, OfADistributionIsOfItsDraws) {
    std::mt19937_64 bits(3);
    for (int round = 0; round < 300; ++round) {
        CountEnsemble ensemble;
        const auto many = 1 + bits() % 60;
        for (std::uint64_t i = 0; i < many; ++i)
            ensemble.push_back({static_cast<double>(bits() % 4000) / 7,
                                static_cast<double>(1 + bits() % (round % 2 == 0 ? 1000 : 3))});
        normalise(ensemble);
        for (const int n : {1, 2, 10, 999, 1000})
            EXPECT_EQ(sketch_of(ensemble, n), sketch_of(stratified_draws(ensemble, n))) << round << " " << n;
    }
    const CountEnsemble fair = {{0, 0.25}, {3, 0.25}, {9, 0.5}};
    EXPECT_EQ(sketch_of(fair, 2), sketch_of(stratified_draws(fair, 2))) << "a share that ends on a draw";
}

TEST(CountSketch, MergedIsOfAllDraws) {
    const auto all = many_draws();
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
        auto both = all[i];
        both.insert(both.end(), all[i + 1].begin(), all[i + 1].end());
        EXPECT_EQ(merge(sketch_of(all[i]), sketch_of(all[i + 1])), sketch_of(both));
        EXPECT_EQ(merge(sketch_of(all[i + 1]), sketch_of(all[i])), sketch_of(both));
    }
}

TEST(CountSketch, BytesThereAndBack) {
    EXPECT_EQ(encode(sketch_of(std::vector<double>(1000, 0.0))), std::string("\x00\xE8\x07", 3));
    for (const auto& draws : many_draws()) {
        const auto sketch = sketch_of(draws);
        const auto back = parse_sketch(encode(sketch));
        ASSERT_TRUE(back);
        EXPECT_EQ(*back, sketch);
    }
}

TEST(CountSketch, OtherBytesAreRefused) {
    using namespace std::string_view_literals;
    for (const auto bytes :
         {"\x00"sv, "\x00\x80"sv, "\x00\x00"sv, "\x00\x05\x00\x05"sv, "\x80"sv, "\x80\x00\x05"sv,
          "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"sv, "\xFF\x7F\x01"sv, "\x00\xFF\xFF\xFF\xFF\xFF\xFF\x7F"sv})
        EXPECT_FALSE(parse_sketch(bytes));
    std::mt19937_64 bits(5);
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes;
        for (auto i = bits() % 8; i > 0; --i) bytes += static_cast<char>(bits());
        const auto sketch = parse_sketch(bytes);
        if (!sketch) continue;
        EXPECT_EQ(encode(*sketch), bytes) << "each sketch has one text of bytes";
    }
}

TEST(CountSketch, CountsBeyondAllMeasureStayWhatADrawCanBe) {
    const CountEnsemble vast{{3, 0.5}, {4e21, 0.5}};
    EXPECT_EQ(stratified_draws(vast, 4), (std::vector<double>{3, 3, largest_draw, largest_draw}));
    EXPECT_EQ(sketch_of(vast, 4), sketch_of(stratified_draws(vast, 4)));
}

}  // namespace
}  // namespace icosa::methods
