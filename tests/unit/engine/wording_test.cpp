/// How numbers and their units read.
#include "engine/wording.hpp"

#include <gtest/gtest.h>

namespace icosa::engine {
namespace {

TEST(Wording, OneThingIsOne) {
    EXPECT_EQ(unit_behind(1, "active conflicts"), "active conflict");
    EXPECT_EQ(unit_behind(1, "fatalities"), "fatality");
    EXPECT_EQ(unit_behind(1, "steps of status"), "step of status");
    EXPECT_EQ(unit_behind(1, "share of ballots"), "share of ballots");
    EXPECT_EQ(unit_behind(1, "times the official price"), "times the official price");
    EXPECT_EQ(unit_behind(1, "US dollars"), "US dollar");
    EXPECT_EQ(unit_behind(2, "notices"), "notices");
    EXPECT_EQ(unit_behind(0, "notices"), "notices");
    EXPECT_EQ(unit_behind(1.5, "notices"), "notices");
}

}  // namespace
}  // namespace icosa::engine
