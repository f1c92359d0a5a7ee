/// Dates of birth as lists write them.
#include "model/birth_date.hpp"

#include <string>

#include <gtest/gtest.h>

namespace icosa::model {
namespace {

std::string told(std::string_view text) {
    const auto birth = parse_birth_date(text);
    return birth ? iso(birth->first) + ".." + iso(birth->last) + (birth->is_approximate ? " about" : "") : "none";
}

TEST(BirthDate, IsAsWideAsItIsWritten) {
    EXPECT_EQ(told("1964-07-17"), "1964-07-17..1964-07-17");
    EXPECT_EQ(told("1964-07-17-04:00"), "1964-07-17..1964-07-17");
    EXPECT_EQ(told("17 Jul 1964"), "1964-07-17..1964-07-17");
    EXPECT_EQ(told(" Feb 1964 "), "1964-02-01..1964-02-29");
    EXPECT_EQ(told("1964"), "1964-01-01..1964-12-31");
    EXPECT_EQ(told("circa 1964"), "1964-01-01..1964-12-31 about");
    EXPECT_EQ(told("circa 1961 to 1963"), "1961-01-01..1963-12-31 about");
    EXPECT_EQ(told("between 1961 and 1963"), "1961-01-01..1963-12-31");
    EXPECT_EQ(told("1961-1963"), "1961-01-01..1963-12-31");
    EXPECT_EQ(told("01 Jan 1973 to 31 Mar 1975"), "1973-01-01..1975-03-31");
    EXPECT_EQ(told("1960s"), "1960-01-01..1969-12-31 about");
}

TEST(BirthDate, IsNoneWhereTheTextIsNone) {
    for (const char* text : {"", "unknown", "31 Feb 1964", "17 July", "0064", "19640717", "1963 to 1961",
                             "17 Jul 1964 x y", "99999999999999999999 Jul 1964", "1750"})
        EXPECT_EQ(told(text), "none") << text;
}

}  // namespace
}  // namespace icosa::model
