/// Differences between a file and another count: the shipped ones, and those that are not whole.
#include "pack/differences.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

std::vector<Difference> read_text(const std::string& text, Diagnostics& faults) {
    const auto node = parse_toml(text, "packs/differences.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    return node ? parse_differences(*node, faults) : std::vector<Difference>{};
}

constexpr const char* whole =
    "[[difference]]\nid = \"a\"\nsource = \"votes\"\nsections = [\"IV.1\"]\nday = \"2017-12-21\"\nof = \"votes\"\n"
    "in_file = 127\nelsewhere = 128\nby = \"the record\"\nreviewed = \"2026-11-30\"\n";

TEST(Differences, TheShippedOnesAreWhole) {
    const auto file = load_toml(std::string(ICOSA_ROOT) + "/packs/differences.toml");
    ASSERT_TRUE(file);
    Diagnostics faults;
    const auto all = parse_differences(*file, faults);
    EXPECT_TRUE(faults.empty());
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].id, "es-10-19");
    EXPECT_EQ(all[0].in_file, 127);
    EXPECT_EQ(all[0].elsewhere, 128);
}

TEST(Differences, TwoFiguresThatAgreeAreNone) {
    std::string text = whole;
    Diagnostics faults;
    EXPECT_EQ(read_text(text, faults).size(), 1U);
    EXPECT_TRUE(faults.empty());
    text.replace(text.find("128"), 3, "127");
    (void)read_text(text, faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "out-of-range");
}

TEST(Differences, WhatLacksAFigureIsAFault) {
    std::string text = whole;
    text.erase(text.find("in_file"), std::string("in_file = 127\n").size());
    Diagnostics faults;
    (void)read_text(text, faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "missing-key");
}

}  // namespace
}  // namespace icosa::pack
