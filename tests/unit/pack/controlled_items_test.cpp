/// Controlled items of packs: what is read, every fault at once.
#include "pack/controlled_items.hpp"

#include <algorithm>

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

struct Read {
    ControlledItems items;
    Diagnostics faults;
    [[nodiscard]] std::vector<std::string> codes() const {
        std::vector<std::string> out;
        for (const Error& one : faults) out.push_back(one.code);
        return out;
    }
};

Read read(std::string_view text) {
    Read out;
    const auto file = parse_toml(text, "items.toml");
    EXPECT_TRUE(file);
    out.items.read(*file, out.faults);
    out.items.check(Catalogue{}, PlaceBook{}, out.faults);
    return out;
}

constexpr std::string_view list = R"(
[[controlled_list]]
id = "made-up"
title = "A made-up list"
source = "no source"
)";

TEST(ControlledItemsPack, ReadsListsAndItems) {
    const auto told = read(std::string(list) + R"(
[[controlled_item]]
id = "m.1"
schedule = "1"
title = { en = "Water", zh = "水" }
cas = ["7732-18-5"]
names = ["dihydrogen oxide", "氧化氢"]
codes = ["H2O"]
hs_named = ["285390"]
told = "no threshold"
against = "from memory, not checked"
)");
    EXPECT_EQ(told.codes(), std::vector<std::string>{});
    ASSERT_NE(told.items.item("m.1"), nullptr);
    EXPECT_EQ(told.items.item("m.1")->list, "made-up");
    EXPECT_EQ(told.items.item("m.1")->against, "from memory, not checked");
    EXPECT_EQ(told.items.list("made-up")->short_title, "made-up");
    EXPECT_EQ(told.items.item("m.2"), nullptr);
}

TEST(ControlledItemsPack, TellsEveryFault) {
    const auto told = read(std::string(list) + R"(
[[controlled_list]]
id = "other"
title = "Another"
source = "no source"
instrument = "no-such-treaty"
participants = ["xxx"]
outside = ["yyy"]

[[controlled_item]]
id = "m.1"
list = "made-up"
schedule = "1"
title = "One"
cas = ["7732-18-4", "7732185", "50-00-0"]
names = ["tin"]
hs = ["29.31"]

[[controlled_item]]
id = "m.1"
list = "made-up"
schedule = "1"
title = "Two"
cas = ["50-00-0"]

[[controlled_item]]
id = "m.3"
list = "nowhere"
schedule = "1"
title = "Three"
colour = "red"
)");
    auto codes = told.codes();
    std::ranges::sort(codes);
    EXPECT_EQ(codes,
              (std::vector<std::string>{"bad-cas", "bad-cas", "bad-heading", "bad-parties", "bad-parties",
                                        "missing-key", "too-short", "twice", "twice", "unknown-instrument",
                                        "unknown-key", "unknown-list", "unknown-place"}));
    const auto digit = std::ranges::find_if(
        told.faults, [](const Error& one) { return one.what.find("check digit") != std::string::npos; });
    ASSERT_NE(digit, told.faults.end());
    EXPECT_EQ(digit->what, "CAS 7732-18-4 of item 'm.1' fails its check digit, which should be 5");
    EXPECT_GT(digit->where.line, 0);
}

TEST(ControlledItemsPack, SameNumberInTwoListsIsNoFault) {
    const auto told = read(R"(
[[controlled_list]]
id = "a"
title = "A"
source = "s"
[[controlled_list]]
id = "b"
title = "B"
source = "s"
[[controlled_item]]
id = "a.1"
list = "a"
schedule = "1"
title = "A"
cas = ["50-00-0"]
[[controlled_item]]
id = "b.1"
list = "b"
schedule = "1"
title = "B"
cas = ["50-00-0"]
)");
    EXPECT_EQ(told.codes(), std::vector<std::string>{});
}

}  // namespace
}  // namespace icosa::pack
