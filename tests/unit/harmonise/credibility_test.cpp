/// Rules of a pack as a store asks them: bits in the order of the pack, groups by name, the weightiest reason first.
#include "harmonise/credibility.hpp"

#include <gtest/gtest.h>

namespace icosa::harmonise {
namespace {

constexpr const char* rules = R"([[prior]]
id = "ours"
sources = ["one", "two"]
wrong = 0.5
evidence = "made up"
reviewed = "2026-11-30"
[[doubt]]
id = "mild"
title = { en = "mild", zh = "轻" }
sources = ["one", "two"]
test = "not-root"
group = "same"
precision = 0.6
evidence = "made up"
reviewed = "2026-11-30"
[[doubt]]
id = "never"
title = { en = "never", zh = "无" }
sources = ["one"]
test = "untyped"
counted = false
evidence = "made up"
reviewed = "2026-11-30"
[[doubt]]
id = "grave"
title = { en = "grave", zh = "重" }
sources = ["one"]
test = "at-origin"
group = "same"
precision = 0.9
recall = 0.2
evidence = "made up"
reviewed = "2026-11-30"
)";

pack::Credibility shipped() {
    const auto node = pack::parse_toml(rules, "a.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    Diagnostics faults;
    auto out = pack::parse_credibility(*node, faults);
    EXPECT_TRUE(faults.empty());
    return out;
}

TEST(Credit, BitsAreTheRulesThatCountInTheirOrder) {
    const auto credibility = shipped();
    const auto doubter = doubter_of(credibility, {});
    ASSERT_EQ(doubter.sources.size(), 2U);
    ASSERT_EQ(doubter.sources[0].tests.size(), 2U);
    EXPECT_EQ(doubter.sources[0].tests[0].rule, "mild");
    EXPECT_EQ(doubter.sources[0].tests[1].rule, "grave");
    EXPECT_EQ(doubter.sources[1].tests.size(), 1U);
    EXPECT_NEAR(doubter.weigh("one", 1).credibility, 0.4, 1e-12);
    EXPECT_EQ(doubter.weigh("one", 1).worst, "mild");
    EXPECT_NEAR(doubter.weigh("one", 3).credibility, 0.1, 1e-12) << "of one group the weightiest counts";
    EXPECT_EQ(doubter.weigh("one", 3).worst, "grave");
    EXPECT_EQ(doubter.weigh("one", 0).worst, "");
    EXPECT_GT(doubter.weigh("one", 0).credibility, 0.5) << "silence of a rule of known recall speaks for the event";
    EXPECT_EQ(doubter.weigh("two", 0).credibility, 0.5) << "and that of another says nothing";
}

TEST(Credit, ReasonsComeTheWeightiestFirst) {
    const auto credibility = shipped();
    std::vector<std::string> ids;
    for (const auto* rule : reasons_of(credibility, "one", 3)) ids.push_back(rule->id);
    EXPECT_EQ(ids, (std::vector<std::string>{"grave", "mild"}));
    EXPECT_TRUE(reasons_of(credibility, "one", 0).empty());
    EXPECT_TRUE(reasons_of(credibility, "none", 3).empty());
    const auto weight = weight_of(*credibility.find_rule("grave"), *credibility.prior_of("one"));
    EXPECT_NEAR(weight.fires, 9, 1e-12);
    EXPECT_LT(weight.silent, 1);
    EXPECT_EQ(weight_of(*credibility.find_rule("never"), *credibility.prior_of("one")).fires, 1);
}

}  // namespace
}  // namespace icosa::harmonise
