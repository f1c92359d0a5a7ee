#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "detect/judges/method_table.hpp"

namespace icosa::detect {
namespace {

using Flags = std::vector<std::pair<std::string, std::string>>;

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

Result<std::vector<Judgement>> judged(const char* name, const std::vector<double>& values, int season,
                                      const Flags& flags = {}, int first = 0) {
    const Method* method = find_method(name);
    Diagnostics faults;
    const auto options = pack::parse_options(flags, method->spec, faults);
    if (!faults.empty()) return std::unexpected(faults.front());
    return method->judge({values, season, first}, options);
}

/// Six years of prices that differ a little from year to year, then a jump.
std::vector<double> prices() {
    const std::string strip = "befghjihfdddacbdefffecbabdefhhjifddbfefjjjjjhffecfehjijjgfedaacfefffccbi";
    std::vector<double> out;
    for (const char c : strip) out.push_back(c - 'a' + 10);
    return out;
}

TEST(Ipa, SaysItsLevelAndItsParts) {
    const auto one = judged("ipa", prices(), 12).value().back();
    EXPECT_TRUE(one.alarm);
    EXPECT_EQ(one.observed, 18);
    EXPECT_GT(one.observed, one.threshold);
    EXPECT_GT(one.threshold, one.expected);
    EXPECT_EQ(one.note, "abnormally high: IPA 5.13 (quarterly 10.51, annual 1.54; 4 earlier years)");
    EXPECT_NEAR(one.p_value, 1 - one.score, 1e-15);
    const auto raised = judged("ipa", prices(), 12, {{"at-least", "6"}}).value().back();
    EXPECT_FALSE(raised.alarm);
    EXPECT_EQ(raised.note, one.note);
    auto quiet = prices();
    quiet.back() = 11;
    EXPECT_EQ(judged("ipa", quiet, 12).value().back().note.substr(0, 12), "normal: IPA ");
}

TEST(Ipa, RefusesWhatIsNoMonthlyPrice) {
    auto values = prices();
    EXPECT_EQ(judged("ipa", values, 52).error().code, "not-monthly");
    EXPECT_EQ(judged("alps", values, 4).error().code, "not-monthly");
    values[5] = 0;
    const auto refused = judged("ipa", values, 12);
    EXPECT_EQ(refused.error().code, "not-a-price");
    EXPECT_EQ(refused.error().where.line, 5);
    EXPECT_EQ(refused.error().what, "a price is 0, allowed are numbers above 0");
    values[5] = nan_value;
    EXPECT_TRUE(judged("ipa", values, 12));
    EXPECT_EQ(judged("ipa", values, 12, {{"alpha", "1.4"}}).error().code, "bad-option");
}

TEST(Ipa, TooShortOrConstantIsNotComputed) {
    const auto whole = prices();
    const auto four_years = judged("ipa", std::vector<double>(whole.begin(), whole.begin() + 48), 12).value();
    for (const auto& one : four_years) EXPECT_TRUE(std::isnan(one.threshold));
    EXPECT_TRUE(std::isnan(judged("ipa", std::vector<double>(80, 3.0), 12).value().back().threshold));
    EXPECT_TRUE(std::isnan(
        judged("alps", std::vector<double>(whole.begin(), whole.begin() + 30), 12).value().back().threshold));
}

TEST(MannKendall, BothDirectionsAndItsWords) {
    std::vector<double> values;
    for (int i = 0; i < 20; ++i) values.push_back(100 + 3 * i + (i * 7) % 5);
    const auto rise = judged("mann-kendall", values, 1, {{"window", "20"}, {"serial", "none"}}).value().back();
    EXPECT_TRUE(rise.alarm);
    EXPECT_EQ(rise.note.substr(0, 38), "+3 a period over 20 observed periods (");
    EXPECT_NE(rise.note.find("Mann-Kendall tau"), std::string::npos);
    EXPECT_FALSE(judged("mann-kendall", values, 1, {{"direction", "fall"}}).value().back().alarm);
    const auto both =
        judged("mann-kendall", values, 1, {{"window", "20"}, {"serial", "none"}, {"direction", "both"}}).value().back();
    EXPECT_TRUE(both.alarm);
    EXPECT_NEAR(both.p_value, 2 * rise.p_value, 1e-15);
    EXPECT_NEAR(both.score, 2 * rise.score - 1, 1e-12);
    EXPECT_EQ(judged("mann-kendall", values, 1, {{"seasons", "dependent"}}).error().code, "bad-option");
    EXPECT_TRUE(judged("mann-kendall", values, 4, {{"seasons", "dependent"}}));
}

TEST(MannKendall, ShortMissingConstant) {
    EXPECT_TRUE(std::isnan(judged("mann-kendall", {1, 2, 3, 4, 5}, 1).value().back().threshold));
    EXPECT_TRUE(std::isnan(judged("mann-kendall", std::vector<double>(30, nan_value), 1).value().back().threshold));
    const auto constant = judged("mann-kendall", std::vector<double>(30, 2.0), 1).value().back();
    EXPECT_FALSE(constant.alarm);
    EXPECT_EQ(constant.p_value, 1);
}

TEST(SeasonalDecomposition, RefusesWhatHasNoSeason) {
    const std::vector<double> values(60, 4.0);
    EXPECT_EQ(judged("stl", values, 1).error().code, "no-season");
    EXPECT_EQ(judged("stl", values, 12, {{"seasonal-window", "8"}}).error().code, "bad-option");
    EXPECT_TRUE(judged("stl", values, 12, {{"seasonal-window", "9"}}));
    EXPECT_TRUE(std::isnan(judged("stl", std::vector<double>(20, 1.0), 12).value().back().threshold));
}

}  // namespace
}  // namespace icosa::detect
