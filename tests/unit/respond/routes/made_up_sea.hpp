/// A made-up sea for the tests of routes: four points, three legs, one strait.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "pack/places.hpp"

namespace icosa::respond {

inline pack::PlaceBook made_up_sea() {
    const std::string text = R"([sea_lanes]
source = "made up"
reviewed = "2026-11-30"
[[place]]
id = "narrows"
kind = "chokepoint"
name = { en = "The Narrows", zh = "窄峡" }
at = [10, 0]
radius_km = 50
[[place]]
id = "far-strait"
kind = "chokepoint"
name = "Far Strait"
at = [90, 0]
radius_km = 50
[[sea_node]]
id = "west-cape"
name = "off West Cape"
at = [0, 0]
[[sea_node]]
id = "east-cape"
name = "off East Cape"
at = [20, 0]
[[sea_leg]]
between = ["west-cape", "narrows"]
[[sea_leg]]
between = ["east-cape", "narrows"]
via = [[15, 0]]
[[sea_leg]]
between = ["west-cape", "east-cape"]
via = [[10, -30]]
)";
    pack::PlaceBook out;
    Diagnostics faults;
    const auto node = pack::parse_toml(text, "sea.toml");
    EXPECT_TRUE(node);
    out.read(*node, faults);
    out.check(faults);
    for (const Error& one : faults) ADD_FAILURE() << render(one);
    return out;
}

}  // namespace icosa::respond
