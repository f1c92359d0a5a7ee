/// Rules of credibility: the shipped ones, and every fault that one can have.
#include "pack/credibility.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace icosa::pack {
namespace {

const std::string good = R"([[prior]]
id = "ours"
sources = ["coder"]
wrong = 0.5
evidence = "made up"
reviewed = "2026-11-30"
[[doubt]]
id = "aside"
title = { en = "an aside", zh = "次要" }
sources = ["coder"]
test = "not-root"
precision = 0.8
recall = 0.3
evidence = "made up"
reviewed = "2026-11-30"
[[doubt]]
id = "twice"
title = { en = "told twice", zh = "重复" }
sources = ["coder"]
test = "retold"
minutes = 30
group = "copy"
counted = false
basis = "measured"
evidence = "made up"
reviewed = "2026-11-30"
)";

SourceCard coder() {
    SourceCard card;
    card.id = "coder";
    card.record = model::RecordKind::Event;
    card.map["root"] = {};
    card.likeness = {"a"};
    return card;
}

Credibility read(const std::string& text, Diagnostics& faults) {
    const auto node = parse_toml(text, "a.toml");
    EXPECT_TRUE(node) << (node ? "" : render(node.error()));
    return node ? parse_credibility(*node, faults) : Credibility{};
}

std::string changed(const std::string& what, const std::string& to) {
    std::string text = good;
    const auto at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return text.replace(at, what.size(), to);
}

std::string told(const std::string& text, SourceCard card = coder()) {
    Diagnostics faults;
    const Credibility found = read(text, faults);
    if (faults.empty()) check_credibility(found, std::vector{std::move(card)}, faults);
    return faults.empty() ? "" : faults.front().code;
}

TEST(CredibilityPack, RulesOfASourceAreThoseThatCount) {
    Diagnostics faults;
    const Credibility found = read(good, faults);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    check_credibility(found, std::vector{coder()}, faults);
    EXPECT_TRUE(faults.empty());
    ASSERT_TRUE(found.prior_of("coder"));
    EXPECT_EQ(found.prior_of("coder")->wrong, 0.5);
    EXPECT_FALSE(found.prior_of("other"));
    ASSERT_EQ(found.rules_of("coder").size(), 1U);
    EXPECT_TRUE(found.rules_of("other").empty());
    const DoubtRule& rule = *found.rules_of("coder").front();
    EXPECT_EQ(rule.test.kind, model::DoubtKind::NotRoot);
    EXPECT_EQ(rule.test.rule, "aside");
    EXPECT_EQ(rule.group, "aside") << "without one a rule is a group of its own";
    EXPECT_TRUE(std::isnan(rule.base_rate));
    EXPECT_EQ(found.find_rule("twice")->test.minutes, 30);
    EXPECT_EQ(found.find_rule("twice")->basis, Basis::Measured);
    EXPECT_FALSE(found.find_rule("none"));
}

TEST(CredibilityPack, EveryFaultIsTold) {
    EXPECT_EQ(told(good), "");
    EXPECT_EQ(told(changed("wrong = 0.5", "wrong = 1.0")), "out-of-range");
    EXPECT_EQ(told(changed("wrong = 0.5\n", "")), "missing-key");
    EXPECT_EQ(told(changed("test = \"not-root\"", "test = \"not-rood\"")), "not-allowed");
    EXPECT_EQ(told(changed("test = \"not-root\"\n", "")), "missing-key");
    EXPECT_EQ(told(changed("test = \"not-root\"", "test = \"untold\"")), "bad-option");
    EXPECT_EQ(told(changed("minutes = 30\n", "")), "missing-key");
    EXPECT_EQ(told(changed("minutes = 30", "minutes = -1")), "out-of-range");
    EXPECT_EQ(told(changed("minutes = 30", "minutes = 30\nbelow = 2")), "bad-option");
    EXPECT_EQ(told(changed("minutes = 30", "minutes = 30\nslack_days = 2")), "bad-option");
    SourceCard dated = coder();
    dated.map["known"] = {};
    EXPECT_EQ(told(changed("\"retold\"\nminutes = 30", "\"round-lag\"\ndays = []"), dated), "missing-key");
    EXPECT_EQ(told(changed("\"retold\"\nminutes = 30", "\"round-lag\"\ndays = [7]\nslack_days = 1"), dated), "");
    EXPECT_EQ(told(changed("precision = 0.8\n", "")), "missing-key");
    EXPECT_EQ(told(changed("precision = 0.8", "precision = 0.5")), "no-doubt");
    EXPECT_EQ(told(changed("precision = 0.8", "precision = 1.5")), "out-of-range");
    EXPECT_EQ(told(changed("precision = 0.8\nrecall = 0.3", "precision = 0.501\nrecall = 0.999")), "");
    EXPECT_EQ(told(changed("precision = 0.8\nrecall = 0.3", "precision = 0.6\nrecall = 0.9\nbase_rate = 0.7")),
              "no-doubt");
    EXPECT_EQ(told(changed("recall = 0.3", "recall = 0.3\nbase_rate = 0.79")), "");
    EXPECT_EQ(told(changed("reviewed = \"2026-11-30\"\n", "")), "missing-key");
    EXPECT_EQ(told(changed("evidence = \"made up\"\n", "")), "missing-key");
    EXPECT_EQ(told(changed("id = \"twice\"", "id = \"aside\"")), "two-ids");
    EXPECT_EQ(told(changed("sources = [\"coder\"]", "sources = [\"coder\", \"coder\"]")), "two-priors");
    EXPECT_EQ(told(changed("sources = [\"coder\"]", "sources = [\"codder\"]")), "unknown-source");
    EXPECT_EQ(told(changed("sources = [\"coder\"]\ntest = \"not-root\"", "sources = [\"codr\"]\ntest = \"not-root\"")),
              "unknown-source");
    EXPECT_EQ(told(changed("test = \"not-root\"", "test = \"untyped\"")), "missing-field");
    SourceCard without = coder();
    without.likeness.clear();
    EXPECT_EQ(told(good, without), "missing-field");
    EXPECT_EQ(told(changed("group =", "gruop =")), "unknown-key");
}

TEST(CredibilityPack, ASourceWithRulesNeedsAPrior) {
    Diagnostics faults;
    Credibility found = read(good, faults);
    found.priors.clear();
    check_credibility(found, std::vector{coder()}, faults);
    ASSERT_FALSE(faults.empty());
    EXPECT_EQ(faults.front().code, "no-prior");
}

TEST(CredibilityPack, TheShippedRulesNeverAskForTwoOutlets) {
    Diagnostics faults;
    const auto node = load_toml(std::string(ICOSA_ROOT) + "/packs/credibility.toml");
    ASSERT_TRUE(node) << render(node.error());
    const Credibility found = parse_credibility(*node, faults);
    const auto cards = load_source_cards(std::string(ICOSA_ROOT) + "/packs/sources", faults);
    check_credibility(found, cards, faults);
    EXPECT_TRUE(faults.empty()) << render(faults.front());
    for (const char* source : {"gdelt-2", "gdelt-1", "icews"}) {
        const auto rules = found.rules_of(source);
        EXPECT_FALSE(rules.empty()) << source;
        for (const DoubtRule* rule : rules) {
            EXPECT_NE(rule->test.kind, model::DoubtKind::FewSources) << "it silences whole countries";
            EXPECT_NE(rule->test.kind, model::DoubtKind::FewMentions);
        }
    }
    EXPECT_TRUE(found.find_rule("single-outlet")) << "it stands there with its measurement";
}

}  // namespace
}  // namespace icosa::pack
