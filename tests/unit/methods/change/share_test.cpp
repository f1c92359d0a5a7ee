/// Fisher's test of a share against the one before, by hand.
#include "methods/change/share.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

// Two periods now, four before: k of 10 against 5 of 20.
const std::vector<double> of{5, 5, 5, 5, 4, 6};

ShareRise last(double fifth, double sixth, double alpha = 0.01) {
    const std::vector<double> counts{1, 2, 1, 1, fifth, sixth};
    return share_rise(counts, of, {.window = 2, .before = 4, .alpha = alpha, .ratio = 1.25, .at_least = 3}).back();
}

TEST(ShareRise, FishersTestByHand) {
    const ShareRise rise = last(3, 5);
    EXPECT_EQ(rise.count, 8);
    EXPECT_EQ(rise.of, 10);
    EXPECT_EQ(rise.count_before, 5);
    EXPECT_EQ(rise.of_before, 20);
    EXPECT_NEAR(rise.alarm.expected, 0.25, 1e-15);
    EXPECT_NEAR(rise.alarm.p_value, 0.0062397372742200325, 1e-12);
    EXPECT_NEAR(rise.alarm.threshold, 0.8, 1e-15) << "7 of 10 would be a chance of 0.024";
    EXPECT_TRUE(rise.alarm.alarm);
    EXPECT_FALSE(last(2, 5).alarm.alarm);
    EXPECT_TRUE(last(2, 5, 0.05).alarm.alarm);
}

TEST(ShareRise, TheVolumeFallsOut) {
    std::vector<double> counts(12, 2), all(12, 8);
    for (std::size_t t = 8; t < 12; ++t) {
        counts[t] = 20;
        all[t] = 80;
    }
    const auto found = share_rise(counts, all, {.window = 4, .before = 8});
    EXPECT_FALSE(found.back().alarm.alarm) << "ten times as many, the same share";
    EXPECT_NEAR(found.back().share(), 0.25, 1e-15);
    for (std::size_t t = 8; t < 12; ++t) counts[t] = 40;
    EXPECT_TRUE(share_rise(counts, all, {.window = 4, .before = 8}).back().alarm.alarm);
}

TEST(ShareRise, TooLittleSaysNothing) {
    EXPECT_TRUE(std::isnan(share_rise(of, of, {.window = 12}).back().alarm.threshold)) << "too short";
    const std::vector<double> counts{1, 1, 1, nan_value, nan_value, nan_value, 1, 1}, all{2, 2, 2, 2, 2, 2, 2, 2};
    EXPECT_TRUE(std::isnan(share_rise(counts, all, {.window = 2, .before = 5}).back().alarm.threshold))
        << "less than half of it observed";
    EXPECT_TRUE(std::isnan(share_rise(all, all, {.window = 2, .before = 5}).back().alarm.threshold))
        << "nothing is more than all";
}

}  // namespace
}  // namespace icosa::methods
