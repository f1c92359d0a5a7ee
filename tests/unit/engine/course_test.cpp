/// One figure, one word: new, rising, still high, falling, back in its range.
#include "engine/course.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/number.hpp"

namespace icosa::engine {
namespace {

using model::Change;

pack::CourseRule violence() {
    pack::CourseRule rule;
    rule.id = "violence";
    rule.period = PeriodKind::Month;
    rule.span = 3;
    rule.quiet_periods = 12;
    rule.quiet_below = 25;
    rule.rise = 1.5;
    rule.fall = 0.67;
    rule.least = 25;
    return rule;
}

model::Course of(const std::vector<double>& values, const pack::CourseRule& rule,
                 pack::Direction looks_for = pack::Direction::Rise) {
    return course_of(values, 600, rule.period, &rule, looks_for);
}

std::vector<double> months(int n, double level, std::vector<double> newest) {
    std::vector<double> out(static_cast<std::size_t>(n), level);
    out.insert(out.end(), newest.begin(), newest.end());
    return out;
}

TEST(Course, NewAfterADeclaredQuiet) {
    const auto course = of(months(24, 0, {0, 40, 60}), violence());
    EXPECT_EQ(course.change, Change::New);
    EXPECT_EQ(course.now, 100);
    EXPECT_EQ(course.before, 0);
    EXPECT_EQ(course.year_before, 0);
    EXPECT_EQ(of(months(24, 0, {0, 4, 6}), violence()).change, Change::New);        // few, where there were none
    EXPECT_EQ(of(months(24, 0.5, {0, 4, 6}), violence()).change, Change::StillHigh);  // too few to be new
    EXPECT_EQ(of({50}, violence()).change, Change::None) << "nothing is known of before";
}

TEST(Course, AfterAGapTheNewestPeriodIsToldAlone) {
    const double gap = std::nan("");
    const auto course = of({300, gap, gap, 577}, violence());
    EXPECT_EQ(course.span, 1);
    EXPECT_EQ(course.now, 577);
    EXPECT_TRUE(std::isnan(course.before));
    EXPECT_EQ(course.change, Change::None) << "one month of the past is no range";
}

TEST(Course, RisesAndFallsAgainstTheSpanBefore) {
    EXPECT_EQ(of(months(24, 20, {30, 40, 50}), violence()).change, Change::Rising);
    EXPECT_EQ(of(months(24, 20, {21, 22, 23}), violence()).change, Change::StillHigh);
    EXPECT_EQ(of(months(24, 20, {60, 60, 60, 10, 10, 10}), violence()).change, Change::Falling);
    EXPECT_EQ(of(months(24, 20, {20, 20, 19}), violence()).change, Change::BackInRange);
}

TEST(Course, ASeasonalFigureIsHeldAgainstTheYearBefore) {
    auto rule = violence();
    rule.quiet_periods = 0;
    rule.seasonal = true;
    // every year the same three high months
    std::vector<double> values;
    for (int year = 0; year < 3; ++year) {
        for (int month = 0; month < 12; ++month) values.push_back(month < 9 ? 5 : 40);
    }
    EXPECT_EQ(of(values, rule).change, Change::StillHigh);
    rule.seasonal = false;
    EXPECT_EQ(of(values, rule).change, Change::Rising);
}

TEST(Course, AWatchForFallsNeverSpeaksOfHeights) {
    EXPECT_EQ(of(months(24, 100, {30, 30, 30}), violence(), pack::Direction::Fall).change, Change::Falling);
    EXPECT_EQ(of(months(24, 100, {30, 30, 30, 30, 30, 30}), violence(), pack::Direction::Fall).change, Change::Falling);
    EXPECT_EQ(of(months(24, 100, {100, 101, 102}), violence(), pack::Direction::Fall).change, Change::BackInRange);
}

TEST(Course, WhatIsNotObservedHasNoWord) {
    EXPECT_EQ(of(months(24, 20, {30, 50, nan_value}), violence()).change, Change::None);
    EXPECT_EQ(of(months(24, 20, {30, nan_value, 50}), violence()).change, Change::Rising) << "against a year before";
    const auto without_rule =
        course_of(std::vector<double>{1, 2, 3}, 600, PeriodKind::Month, nullptr, pack::Direction::Rise);
    EXPECT_EQ(without_rule.change, Change::None);
    EXPECT_EQ(without_rule.now, 3);
}

}  // namespace
}  // namespace icosa::engine
