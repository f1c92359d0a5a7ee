/// Taxonomies: the shipped ones, and every fault that one can have.
#include "pack/taxonomy.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace icosa::pack {
namespace {

const std::string good = R"([[taxonomy]]
id = "ours"
title = "Ours"
levels = ["type", "form", "any"]
source = "made up"
reviewed = "2026-11-30"
[taxonomy.category]
fight = ["battle", "violence"]
duel = ["battle", "violence"]
[[taxonomy.coding]]
sources = ["one", "two"]
by = "code"
codes = { "19*" = "fight", "3" = "duel" }
)";

std::vector<Taxonomy> read(const std::string& text, Diagnostics& faults) {
    const auto node = parse_toml(text, "a.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    return node ? parse_taxonomies(*node, faults) : std::vector<Taxonomy>{};
}

std::string changed(const std::string& what, const std::string& to) {
    std::string text = good;
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), to);
}

TEST(Taxonomy, CodesLeadToCategories) {
    Diagnostics faults;
    const auto found = read(good, faults);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    ASSERT_EQ(found.size(), 1U);
    const Coding* coding = found[0].find_coding("two");
    ASSERT_TRUE(coding);
    EXPECT_EQ(coding->by, CodedBy::Code);
    EXPECT_EQ(coding->codes.at("19*"), "fight");
    EXPECT_EQ(found[0].categories.at("duel"), (std::vector<std::string>{"battle", "violence"}));
    EXPECT_FALSE(found[0].find_coding("three"));
}

TEST(Taxonomy, EveryFaultIsTold) {
    const auto told = [](const std::string& text) {
        Diagnostics faults;
        (void)read(text, faults);
        return faults.empty() ? std::string() : faults.front().code;
    };
    EXPECT_EQ(told(changed("= \"fight\"", "= \"fihgt\"")), "unknown-category");
    EXPECT_EQ(told(changed("duel = [\"battle\", \"violence\"]", "duel = [\"battle\"]")), "bad-category");
    EXPECT_EQ(told(changed("duel = [\"battle\", \"violence\"]", "duel = [\"battle\", \"peace\"]")), "two-parents");
    EXPECT_EQ(told(changed("\"one\", \"two\"", "\"one\", \"one\"")), "two-codings");
    EXPECT_EQ(told(changed("reviewed = \"2026-11-30\"\n", "")), "missing-key");
    EXPECT_EQ(told(changed("[\"type\", \"form\", \"any\"]", "[]")), "missing-key");
    EXPECT_EQ(told(changed("by = \"code\"", "by = \"colour\"")), "not-allowed");
    EXPECT_EQ(told(changed("title =", "titel =")).empty(), false);
}

TEST(Taxonomy, SourcesAreCardsOrFiles) {
    Diagnostics faults;
    auto found = read(good, faults);
    check_taxonomies(found, {"one", "two"}, faults);
    EXPECT_TRUE(faults.empty());
    check_taxonomies(found, {"one", "twoo"}, faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "unknown-source");
    EXPECT_EQ(faults[0].cure, "did you mean 'twoo'?");
    faults.clear();
    found[0].codings[0].sources = {"mine.csv"};
    found.push_back(found[0]);
    check_taxonomies(found, {}, faults);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].code, "two-ids");
}

TEST(Taxonomy, TheShippedOnesAreSound) {
    Diagnostics faults;
    std::vector<std::string> ids;
    for (const auto& path : toml_files(std::string(ICOSA_ROOT) + "/packs/taxonomies")) {
        const auto node = load_toml(path);
        ASSERT_TRUE(node) << render(node.error());
        for (const auto& one : parse_taxonomies(*node, faults)) ids.push_back(one.id);
    }
    EXPECT_TRUE(faults.empty()) << render(faults.front());
    EXPECT_EQ(ids, (std::vector<std::string>{"political-violence", "sea-incidents"}));
}

}  // namespace
}  // namespace icosa::pack
