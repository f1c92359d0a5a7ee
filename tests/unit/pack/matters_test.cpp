/// Matters: the shipped ones are whole; broken ones are told with their place.
#include "pack/matters.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

Matters read(const std::string& text, Diagnostics& faults) {
    const auto node = parse_toml("source = \"a test\"\nreviewed = \"2026-11-30\"\n" + text, "packs/options.toml");
    EXPECT_TRUE(node);
    return node ? parse_matters(*node, faults) : Matters{};
}

TEST(PackMatters, ShippedOnesAreWhole) {
    Diagnostics faults;
    const auto node = load_toml(std::string(ICOSA_ROOT) + "/packs/options.toml");
    ASSERT_TRUE(node);
    const Matters matters = parse_matters(*node, faults);
    EXPECT_TRUE(faults.empty());
    EXPECT_EQ(matters.tests.size(), 6U);
    const Matter* conflict = matters.of_measure("killed-state-based");
    ASSERT_NE(conflict, nullptr);
    EXPECT_TRUE(conflict->armed_groups);
    for (const Matter& matter : matters.all) {
        for (const Answering& one : matter.answers) {
            EXPECT_FALSE(one.basis.empty()) << one.id;
            EXPECT_FALSE(one.does.zh.empty()) << one.id;
        }
    }
    EXPECT_EQ(matters.of_measure("rain"), nullptr);
}

TEST(PackMatters, AMeasureOfTwoMattersIsAFault) {
    Diagnostics faults;
    (void)read(
        "[[matter]]\nid = \"a\"\ntitle = \"a\"\ncounts = [\"x\"]\n[[matter]]\nid = \"b\"\ntitle = \"b\"\ncounts = "
        "[\"x\"]\n",
        faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "twice");
    EXPECT_EQ(faults[0].where.line, 7);
}

TEST(PackMatters, AFailureThatDoesNotSayWhereIsAFault) {
    Diagnostics faults;
    (void)read(
        "[[matter]]\nid = \"a\"\ntitle = \"a\"\ncounts = [\"x\"]\n[[matter.answer]]\nid = \"b\"\nform = "
        "\"talks\"\nbasis = \"c\"\ndoes = \"d\"\nconsent = \"e\"\n[[matter.answer.failure]]\nwhat = \"f\"\nsource = "
        "\"g\"\n",
        faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "missing-key");
}

TEST(PackMatters, AnUnknownFormNamesThoseAllowed) {
    Diagnostics faults;
    (void)read(
        "[[matter]]\nid = \"a\"\ntitle = \"a\"\ncounts = [\"x\"]\n[[matter.answer]]\nid = \"b\"\nform = "
        "\"force\"\nbasis = \"c\"\ndoes = \"d\"\nconsent = \"e\"\n",
        faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE((faults[0].what + faults[0].cure).find("talks"), std::string::npos);
}

}  // namespace
}  // namespace icosa::pack
