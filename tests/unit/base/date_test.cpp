/// Days and periods: known calendars, and every period's first and last day.
#include "base/date.hpp"

#include <gtest/gtest.h>

namespace icosa {
namespace {

TEST(Day, CountsFrom1970) {
    EXPECT_EQ(day_of(1970, 1, 1).value, 0);
    EXPECT_EQ(day_of(2000, 3, 1).value, 11017);
    EXPECT_EQ(day_of(1945, 7, 16).value, -8935);
}

TEST(Day, GoesThereAndBack) {
    for (int value = -60000; value < 60000; value += 7) {
        const Civil c = civil_of(Day{value});
        ASSERT_TRUE(is_civil(c.year, c.month, c.day));
        ASSERT_EQ(day_of(c.year, c.month, c.day).value, value);
        ASSERT_EQ(parse_iso_day(iso(Day{value})), Day{value});
    }
}

TEST(Day, RefusesWhatIsNoDay) {
    for (const char* text : {"2020-02-30", "2019-02-29", "2020-13-01", "2020-1-01", "20200101", "", "2020-01-01 "})
        EXPECT_FALSE(parse_iso_day(text)) << text;
    EXPECT_TRUE(parse_iso_day("2020-02-29"));
}

TEST(Period, EveryDayLiesInItsPeriod) {
    for (const PeriodKind kind :
         {PeriodKind::Day, PeriodKind::Week, PeriodKind::Month, PeriodKind::Quarter, PeriodKind::Year}) {
        for (int value = -9000; value < 21000; ++value) {
            const int period = period_of(Day{value}, kind);
            ASSERT_LE(first_day_of(period, kind).value, value);
            ASSERT_GE(last_day_of(period, kind).value, value);
            ASSERT_EQ(parse_period(period_label(period, kind), kind), period) << period_label(period, kind);
        }
    }
}

TEST(Period, LabelsAsTheDossierWritesThem) {
    EXPECT_EQ(period_label(period_of(day_of(2020, 11, 3), PeriodKind::Week), PeriodKind::Week), "2020-W45");
    EXPECT_EQ(period_label(period_of(day_of(2021, 1, 3), PeriodKind::Week), PeriodKind::Week), "2020-W53");
    EXPECT_EQ(period_label(period_of(day_of(2018, 12, 31), PeriodKind::Week), PeriodKind::Week), "2019-W01");
    EXPECT_EQ(period_label(period_of(day_of(2020, 11, 3), PeriodKind::Quarter), PeriodKind::Quarter), "2020-Q4");
    EXPECT_EQ(period_label(period_of(day_of(1969, 12, 31), PeriodKind::Month), PeriodKind::Month), "1969-12");
}

}  // namespace
}  // namespace icosa
