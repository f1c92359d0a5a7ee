/// Every parse on what the real files hold, and on what it must refuse.
#include "ingest/cell.hpp"

#include <string>

#include <gtest/gtest.h>

namespace icosa::ingest {
namespace {

using pack::Parse;

std::string days(Parse parse, std::string_view text, Day epoch = no_day) {
    Days out;
    if (!parse_days(parse, text, epoch, out)) return "no";
    return out.first == out.last ? iso(out.first) : iso(out.first) + ".." + iso(out.last);
}

TEST(Cell, Days) {
    EXPECT_EQ(days(Parse::Date, "2020-11-03"), "2020-11-03");
    EXPECT_EQ(days(Parse::Date, "2013-01-03T00:00:00"), "2013-01-03");
    EXPECT_EQ(days(Parse::Date, "2013-01-03 10:00:00"), "2013-01-03");
    EXPECT_EQ(days(Parse::Date, "2015-03-27-04:00"), "2015-03-27");
    EXPECT_EQ(days(Parse::Date, "2015-03-27Z"), "2015-03-27");
    EXPECT_EQ(days(Parse::Date, "2015-03-27-04"), "no");
    EXPECT_EQ(days(Parse::Date, "2013-02-29"), "no");
    EXPECT_EQ(days(Parse::Date, "2013-01-031"), "no");
    EXPECT_EQ(days(Parse::Date, "2013-01-03 and later"), "no");
    EXPECT_EQ(days(Parse::Date, "2013/1/3"), "2013-01-03");
    EXPECT_EQ(days(Parse::DateCompact, "20180121"), "2018-01-21");
    EXPECT_EQ(days(Parse::DateCompact, "20181321"), "no");
    EXPECT_EQ(days(Parse::DateCompact, "2018121"), "no");
    EXPECT_EQ(days(Parse::DateDmy, "24 Sep 2003"), "2003-09-24");
    EXPECT_EQ(days(Parse::DateDmy, "5 Sept 2000"), "2000-09-05");
    EXPECT_EQ(days(Parse::DateDmy, "19 July 2006"), "2006-07-19");
    EXPECT_EQ(days(Parse::DateDmy, "29/06/2012"), "2012-06-29");
    EXPECT_EQ(days(Parse::DateDmy, "29/06/12"), "2012-06-29");
    EXPECT_EQ(days(Parse::DateDmy, "01-Jan-01"), "2001-01-01");
    EXPECT_EQ(days(Parse::DateDmy, "31.12.2001"), "2001-12-31");
    EXPECT_EQ(days(Parse::DateDmy, "3 de noviembre de 2020"), "2020-11-03");
    EXPECT_EQ(days(Parse::DateDmy, "3 ноября 2020"), "2020-11-03");
    EXPECT_EQ(days(Parse::DateDmy, "29/06/2012 later"), "no");
    EXPECT_EQ(days(Parse::DateDmy, "24 Foo 2003"), "no");
    EXPECT_EQ(days(Parse::DateMdy, "1/22/1996"), "1996-01-22");
    EXPECT_EQ(days(Parse::DateMdy, "1/22/1996 0:00"), "1996-01-22");
    EXPECT_EQ(days(Parse::DateMdy, "22/1/1996"), "no");
    EXPECT_EQ(days(Parse::Month, "2020-02"), "2020-02-01..2020-02-29");
    EXPECT_EQ(days(Parse::Month, "2020-02-01"), "2020-02-01..2020-02-29");
    EXPECT_EQ(days(Parse::Month, "202002"), "2020-02-01..2020-02-29");
    EXPECT_EQ(days(Parse::Month, "2020-13"), "no");
    EXPECT_EQ(days(Parse::Month, "2020M02"), "2020-02-01..2020-02-29");
    EXPECT_EQ(days(Parse::Month, "févr-20"), "2020-02-01..2020-02-29");
    EXPECT_EQ(days(Parse::Month, "2020-02-29T12:00Z"), "2020-02-01..2020-02-29");
    EXPECT_EQ(days(Parse::Year, "1816"), "1816-01-01..1816-12-31");
    EXPECT_EQ(days(Parse::Year, "1995.0"), "1995-01-01..1995-12-31");
    EXPECT_EQ(days(Parse::Year, "-5"), "no");
    EXPECT_EQ(days(Parse::TimestampDate, "20191024143000"), "2019-10-24");
    EXPECT_EQ(days(Parse::TimestampDate, "2.02E+13"), "no");
    EXPECT_EQ(days(Parse::EpochWeek, "2", day_of(2001, 1, 1)), "2001-01-15..2001-01-21");
}

TEST(Cell, YearMonthDayWidens) {
    Days out;
    ASSERT_TRUE(parse_year_month_day("1996", "1", "22", out));
    EXPECT_EQ(iso(out.first), "1996-01-22");
    ASSERT_TRUE(parse_year_month_day("1996", "2", "", out));
    EXPECT_EQ(iso(out.last), "1996-02-29");
    EXPECT_EQ(out.precision, model::Precision::Month);
    ASSERT_TRUE(parse_year_month_day("1996", "", "", out));
    EXPECT_EQ(out.precision, model::Precision::Year);
    EXPECT_FALSE(parse_year_month_day("1996", "2", "30", out));
    EXPECT_FALSE(parse_year_month_day("x", "", "", out));
}

TEST(Cell, Numbers) {
    const auto fixed = [](std::string_view text, int decimals) {
        std::int64_t out = 0;
        return parse_fixed(text, decimals, out) ? std::to_string(out) : std::string("no");
    };
    EXPECT_EQ(fixed("1.2345", 3), "1235");
    EXPECT_EQ(fixed("-0.4", 3), "-400");
    EXPECT_EQ(fixed("-1.9995", 3), "-2000");
    EXPECT_EQ(fixed("10", 3), "10000");
    EXPECT_EQ(fixed(".5", 3), "500");
    EXPECT_EQ(fixed("2.5", 0), "3");
    EXPECT_EQ(fixed("1e3", 3), "1000000");
    EXPECT_EQ(fixed("123456789012345678901", 3), "no");
    EXPECT_EQ(fixed("", 3), "no");
    EXPECT_EQ(fixed("-", 3), "no");
    EXPECT_EQ(fixed(".", 3), "no");
    EXPECT_EQ(fixed("1.2.3", 3), "no");
    EXPECT_EQ(fixed("inf", 3), "no");
    const auto whole = [](std::string_view text) {
        std::int64_t out = 0;
        return parse_whole(text, out) ? std::to_string(out) : std::string("no");
    };
    EXPECT_EQ(whole("0012"), "12");
    EXPECT_EQ(whole("-99"), "-99");
    EXPECT_EQ(whole("12.0"), "12");
    EXPECT_EQ(whole("12.5"), "no");
    EXPECT_EQ(whole("twelve"), "no");
}

TEST(Cell, Positions) {
    std::int32_t latitude = 0, longitude = 0;
    ASSERT_TRUE(parse_degree_minute("13°43'00\"N \n121°02'00\"E", latitude, longitude));
    EXPECT_EQ(latitude, 13'716'667);
    EXPECT_EQ(longitude, 121'033'333);
    ASSERT_TRUE(parse_degree_minute("0°04'00\"S \n51°06'00\"W", latitude, longitude));
    EXPECT_EQ(latitude, -66'667);
    EXPECT_EQ(longitude, -51'100'000);
    ASSERT_TRUE(parse_degree_minute("47°05'16.84\"N 37°34'46.24\"E", latitude, longitude));
    EXPECT_EQ(latitude, 47'088'011);
    ASSERT_TRUE(parse_degree_minute("5°60'00\"S 106°54'00\"E", latitude, longitude));
    EXPECT_EQ(latitude, -6'000'000);
    ASSERT_TRUE(parse_degree_minute("13-43N 121-02E", latitude, longitude));
    ASSERT_TRUE(parse_degree_minute("36.09697472, -7.465096441", latitude, longitude));
    EXPECT_EQ(latitude, 36'096'975);
    EXPECT_EQ(longitude, -7'465'096);
    EXPECT_FALSE(parse_degree_minute("96.1, -7.4", latitude, longitude));
    EXPECT_FALSE(parse_degree_minute("13°43'00\"N", latitude, longitude));
    EXPECT_FALSE(parse_degree_minute("95°00'00\"N 20°00'00\"E", latitude, longitude));
    EXPECT_FALSE(parse_degree_minute("13°61'00\"N 20°00'00\"E", latitude, longitude));
    EXPECT_FALSE(parse_degree_minute("somewhere", latitude, longitude));
    EXPECT_TRUE(parse_degrees("-90", 90, latitude));
    EXPECT_FALSE(parse_degrees("90.000001", 90, latitude));
}

TEST(Cell, Words) {
    std::int64_t flag = 0;
    EXPECT_TRUE(parse_yes_no("True", flag) && flag == 1);
    EXPECT_TRUE(parse_yes_no("0", flag) && flag == 0);
    EXPECT_FALSE(parse_yes_no("maybe", flag));
    std::int64_t entries = -1;
    EXPECT_TRUE(parse_list_length("[2,3, 14]", entries) && entries == 3);
    EXPECT_TRUE(parse_list_length("[]", entries) && entries == 0);
    for (const char* broken : {"", "[", "2,3", "[2,,3]", "[2,]", "[2,3", "[[2],3]"})
        EXPECT_FALSE(parse_list_length(broken, entries)) << broken;
    model::Ballot ballot{};
    EXPECT_TRUE(parse_ballot("not-member", ballot) && ballot == model::Ballot::NotMember);
    EXPECT_FALSE(parse_ballot("present", ballot));
}

TEST(Cell, WeeksAndQuartersAreWhole) {
    Days days;
    ASSERT_TRUE(parse_days(Parse::Week, "2026-W07", no_day, days));
    EXPECT_EQ(iso(days.first), "2026-02-09");
    EXPECT_EQ(iso(days.last), "2026-02-15");
    ASSERT_TRUE(parse_days(Parse::Week, "202607", no_day, days));
    EXPECT_EQ(iso(days.first), "2026-02-09");
    EXPECT_FALSE(parse_days(Parse::Week, "2025-W53", no_day, days)) << "that year has 52";
    ASSERT_TRUE(parse_year_week("2020", "53", days));
    EXPECT_EQ(iso(days.last), "2021-01-03");
    EXPECT_FALSE(parse_year_week("2020", "0", days));
    ASSERT_TRUE(parse_days(Parse::Quarter, "2026-Q2", no_day, days));
    EXPECT_EQ(iso(days.last), "2026-06-30");
}

TEST(Cell, NumbersAreMadePlainByTheDecimalMarkOfTheCard) {
    const auto plain = [](std::string_view text, char decimal) {
        std::string out;
        return plain_number(text, decimal, out) ? out : "no number";
    };
    EXPECT_EQ(plain("1.234,5", ','), "1234.5");
    EXPECT_EQ(plain("1 234,5", ','), "1234.5");
    EXPECT_EQ(plain("-12,5", ','), "-12.5");
    EXPECT_EQ(plain("1.234.567", ','), "1234567");
    EXPECT_EQ(plain("12.5", ','), "no number") << "a group has three digits";
    EXPECT_EQ(plain("1,234.5", '.'), "1234.5");
    EXPECT_EQ(plain("1'234.5", '.'), "1234.5");
    EXPECT_EQ(plain("1,23", '.'), "no number");
    EXPECT_EQ(plain("1\xC2\xA0"
                    "234",
                    ','),
              "1234");
    EXPECT_EQ(plain("7", ','), "7");
}

}  // namespace
}  // namespace icosa::ingest
