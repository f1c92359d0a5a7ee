/// Sea lanes: read, and every fault that they can have.
#include "pack/places.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace icosa::pack {
namespace {

const std::string good = R"([sea_lanes]
source = "made up"
reviewed = "2026-11-30"
[[place]]
id = "narrows"
kind = "chokepoint"
name = "Narrows"
at = [10, 1]
radius_km = 50
[[sea_node]]
id = "cape"
name = { en = "off the cape", zh = "海角外海" }
at = [20, -3.5]
[[sea_leg]]
between = ["narrows", "cape"]
via = [[12, 0], [15.5, -2]]
)";

PlaceBook read(const std::string& text, Diagnostics& faults) {
    PlaceBook out;
    const auto node = parse_toml(text, "a.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    if (!node) return out;
    out.read(*node, faults);
    out.check(faults);
    return out;
}

std::string changed(const std::string& what, const std::string& to) {
    std::string text = good;
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), to);
}

TEST(SeaLanes, NodesAndLegs) {
    Diagnostics faults;
    const PlaceBook book = read(good, faults);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    ASSERT_EQ(book.lanes().legs.size(), 1U);
    EXPECT_EQ(book.lanes().legs[0].via.size(), 2U);
    ASSERT_TRUE(book.lanes().find_node("cape"));
    EXPECT_EQ(book.lanes().find_node("cape")->name.zh, "海角外海");
    EXPECT_EQ(book.position_of("cape")->latitude_deg, -3.5);
    EXPECT_EQ(book.position_of("narrows")->longitude_deg, 10);
    EXPECT_FALSE(book.position_of("nowhere"));
}

TEST(SeaLanes, Faults) {
    const std::pair<std::string, std::string> cases[] = {
        {changed("at = [20, -3.5]", "at = [20, -93.5]"), "bad-position"},
        {changed("at = [20, -3.5]", ""), "missing-key"},
        {changed("\"narrows\", \"cape\"", "\"narrows\", \"narrows\""), "bad-leg"},
        {changed("\"narrows\", \"cape\"", "\"narrows\""), "bad-leg"},
        {changed("\"narrows\", \"cape\"", "\"narrows\", \"cap\""), "unknown-place"},
        {changed("[12, 0]", "[12]"), "bad-position"},
        {changed("via = [[12, 0], [15.5, -2]]", "via = 3"), "wrong-type"},
        {changed("reviewed = \"2026-11-30\"", ""), "missing-key"},
        {changed("[sea_lanes]\nsource = \"made up\"\nreviewed = \"2026-11-30\"\n", ""), "missing-key"},
        {changed("id = \"cape\"", "id = \"narrows\""), "duplicate-id"},
        {changed("via =", "by ="), "unknown-key"},
    };
    for (const auto& [text, code] : cases) {
        Diagnostics faults;
        (void)read(text, faults);
        EXPECT_TRUE(std::ranges::any_of(faults, [&](const Error& one) { return one.code == code; }))
            << code << ": " << (faults.empty() ? "no fault" : render(faults.front())) << "\n"
            << text;
    }
}

}  // namespace
}  // namespace icosa::pack
