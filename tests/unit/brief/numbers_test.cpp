/// Numbers, days and ages as each language writes them.
#include "brief/numbers.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "brief/dates.hpp"

namespace icosa::brief {
namespace {

constexpr Language en = Language::En, zh = Language::Zh;

TEST(BriefNumbers, AreGroupedAndEven) {
    EXPECT_EQ(number_words(21476, NumberKind::Count, en), "21,476");
    EXPECT_EQ(number_words(21476, NumberKind::Count, zh), "21,476");
    EXPECT_EQ(number_words(13.5, NumberKind::Count, en), "14");
    EXPECT_EQ(number_words(-0.2, NumberKind::Count, en), "0");
    EXPECT_EQ(number_words(999'999, NumberKind::Count, zh), "999,999");
    EXPECT_EQ(number_words(2'200'000, NumberKind::Count, en), "2.2 million");
    EXPECT_EQ(number_words(2'200'000, NumberKind::Count, zh), "220万");
    EXPECT_EQ(number_words(2'016'500, NumberKind::Count, zh), "201.7万");
    EXPECT_EQ(number_words(21.83e9, NumberKind::Count, en), "21.8 billion");
    EXPECT_EQ(number_words(21.83e9, NumberKind::Count, zh), "218亿");
    EXPECT_EQ(number_words(999'999.7, NumberKind::Value, en), "1 million");
    EXPECT_EQ(number_words(1.5e12, NumberKind::Count, en), "1.5 trillion");
}

TEST(BriefNumbers, ValuesKeepThreeFiguresMoneyTwoDecimals) {
    EXPECT_EQ(number_words(4.783, NumberKind::Value, en), "4.78");
    EXPECT_EQ(number_words(47.83, NumberKind::Value, en), "47.8");
    EXPECT_EQ(number_words(1205.4, NumberKind::Value, en), "1,205");
    EXPECT_EQ(number_words(0.0123, NumberKind::Value, en), "0.012");
    EXPECT_EQ(number_words(3.456, NumberKind::Money, en), "3.46");
    EXPECT_EQ(number_words(0.614, NumberKind::Share, en), "61 %");
    EXPECT_EQ(number_words(0.0512, NumberKind::Share, zh), "5.1%");
    EXPECT_EQ(number_words(std::nan(""), NumberKind::Value, en), "–");
}

TEST(BriefNumbers, ChancesAreInAHundred) {
    EXPECT_EQ(in_hundred(0.413, en), "41");
    EXPECT_EQ(in_hundred(0.004, en), "fewer than 1");
    EXPECT_EQ(in_hundred(0.004, zh), "不到1");
    EXPECT_EQ(in_hundred(0.999, en), "more than 99");
    EXPECT_EQ(in_hundred(0, en), "0");
}

TEST(BriefDates, PeriodsOfEachKind) {
    const auto told = [](std::string_view label, Language language) {
        return period_words(parse_any_period(label).value(), language);
    };
    EXPECT_EQ(told("2024", en), "2024");
    EXPECT_EQ(told("2024", zh), "2024年");
    EXPECT_EQ(told("2023-11", en), "November 2023");
    EXPECT_EQ(told("2023-11", zh), "2023年11月");
    EXPECT_EQ(told("2020-Q4", en), "the fourth quarter of 2020");
    EXPECT_EQ(told("2020-W47", en), "the week to 22 November 2020");
    EXPECT_EQ(told("2020-11-03", zh), "2020年11月3日");
    EXPECT_FALSE(parse_any_period("soon"));
}

TEST(BriefDates, SpansAndAges) {
    const Period november = parse_any_period("2023-11").value();
    EXPECT_EQ(span_words(november, 3, en), "in the three months to November 2023");
    EXPECT_EQ(span_words(november, 3, zh), "截至2023年11月的3个月");
    EXPECT_EQ(span_words(november, 1, en), "in November 2023");
    EXPECT_EQ(span_before_words(november, 3, en), "in the three before");
    EXPECT_EQ(span_before_words(november, 1, en), "in October 2023");
    EXPECT_EQ(span_before_words(november, 2, zh), "此前两个月");
    EXPECT_EQ(age_words(15, en), "15 days");
    EXPECT_EQ(age_words(1, en), "1 day");
    EXPECT_EQ(age_words(700, en), "23 months");
    EXPECT_EQ(age_words(1500, zh), "4年");
}

}  // namespace
}  // namespace icosa::brief
