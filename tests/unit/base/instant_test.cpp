/// Instants in both calendars, to the microsecond.
#include "base/instant.hpp"

#include <gtest/gtest.h>

namespace icosa {
namespace {

std::string told(std::string_view text) {
    const auto at = parse_instant(text);
    return at ? iso(*at, 6) : "none";
}

TEST(Instant, ReadsWhatMessagesWrite) {
    EXPECT_EQ(told("2024-11-01T12:00:00Z"), "2024-11-01T12:00:00.000000Z");
    EXPECT_EQ(told("2024-11-01 12:00:00.25"), "2024-11-01T12:00:00.250000Z");
    EXPECT_EQ(told("2024-306T12:00:00.1234565"), "2024-11-01T12:00:00.123457Z");
    EXPECT_EQ(told("2024-11-01T12:00+00:00"), "2024-11-01T12:00:00.000000Z");
    EXPECT_EQ(told("2024-11-01"), "2024-11-01T00:00:00.000000Z");
    EXPECT_EQ(told("2016-12-31T23:59:60.5"), "2017-01-01T00:00:00.500000Z") << "no leap seconds";
    EXPECT_EQ(told("2024-12-31T23:59:59.9999999"), "2025-01-01T00:00:00.000000Z");
    for (const auto bad :
         {"", "T12:00", "2024-13-01", "2024-000", "2023-366", "2024-11-01T24:00", "2024-11-01T1:00",
          "2024-11-01T12:00:00.", "2024-11-01T12:00:00.1x", "2024-11-01T12", "2024-11-01T12:00:00+01:00"})
        EXPECT_EQ(told(bad), "none") << bad;
}

TEST(Instant, DifferencesAndSums) {
    const Instant a{day_of(2024, 11, 1), 60'000'000}, b{day_of(2024, 11, 2), 30'000'000};
    EXPECT_DOUBLE_EQ(minutes_between(a, b), 1439.5);
    EXPECT_EQ(later(a, -61'000'000), (Instant{day_of(2024, 10, 31), day_us - 1'000'000}));
    EXPECT_EQ(later(a, day_us), (Instant{day_of(2024, 11, 2), 60'000'000}));
    EXPECT_EQ(iso(a, 0), "2024-11-01T00:01:00Z");
    EXPECT_EQ(iso({day_of(2024, 11, 1), 1'234'567}, 3), "2024-11-01T00:00:01.234Z");
    EXPECT_EQ(iso(Instant{}, 3), "");
}

}  // namespace
}  // namespace icosa
