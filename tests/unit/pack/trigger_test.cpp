/// Triggers as files declare them, and each fault at its place.
#include "pack/trigger.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

struct ReadFile {
    std::vector<Trigger> triggers;
    Diagnostics faults;
};

ReadFile read(const std::string& text) {
    ReadFile out;
    const auto node = parse_toml(text, "alert.toml");
    EXPECT_TRUE(node);
    if (node) out.triggers = parse_triggers(*node, out.faults);
    return out;
}

std::string first_fault(const std::string& text) {
    const auto found = read(text);
    return found.faults.empty() ? "" : render(found.faults.front());
}

constexpr const char* whole = R"([trigger]
measure = "fatalities-state-based"
places = "world"
sum = 3
at_least = 50
high_of = 36
outcome = "worse-by-half"
from = "2010-01"
to = "2019-12-01"
owner = "Regional desk"
action = "Call the group"
budget = "250,000"
deadline_days = 10
act_in_vain = 1
not_acting = 5
)";

TEST(Triggers, AWholeOne) {
    const auto [triggers, faults] = read(whole);
    ASSERT_TRUE(faults.empty()) << render(faults.front());
    ASSERT_EQ(triggers.size(), 1U);
    const Trigger& one = triggers.front();
    EXPECT_EQ(one.id, "alert");  // the file's name
    EXPECT_TRUE(one.places.empty());
    EXPECT_EQ(one.rule, (TriggerRule{3, 50, 36}));
    EXPECT_EQ(one.from, 40 * 12);
    EXPECT_EQ(one.to, 50 * 12 - 1);
    EXPECT_TRUE(one.is_agreed());
    EXPECT_EQ(one.deadline_days, 10);
    ASSERT_TRUE(one.costs);
    EXPECT_EQ(one.costs->not_acting, 5);
    EXPECT_EQ(rule_words(one.rule), "the sum of 3 months at least 50 and the highest of 36");
    EXPECT_EQ(rule_words({1, 2.5, 1}), "a month at least 2.5");
}

TEST(Triggers, WhatIsLeftOut) {
    const auto [triggers, faults] = read("[trigger]\noutcome = \"x\"\n");
    ASSERT_TRUE(faults.empty());
    EXPECT_EQ(triggers.front().rule, (TriggerRule{1, 1, 1}));
    EXPECT_FALSE(triggers.front().from);
    EXPECT_FALSE(triggers.front().costs);
    EXPECT_FALSE(triggers.front().is_agreed());
}

TEST(Triggers, SeveralHaveIdsOfTheirOwn) {
    EXPECT_EQ(
        read("[[trigger]]\nid = \"a\"\noutcome = \"x\"\n[[trigger]]\nid = \"b\"\noutcome = \"x\"\n").triggers.size(),
        2U);
    EXPECT_EQ(first_fault("[[trigger]]\nid = \"a\"\noutcome = \"x\"\n[[trigger]]\nid = \"a\"\noutcome = \"x\"\n"),
              "alert.toml:4:1: error[duplicate-id]: trigger 'a' is there already (alert.toml:1) (give it an id of its "
              "own: id = \"...\")");
}

TEST(Triggers, EachFaultAtItsPlace) {
    const std::pair<const char*, const char*> cases[] = {
        {"", "alert.toml: error[no-trigger]"},
        {"[trigger]\nsum = 1\n", "alert.toml:1:1: error[missing-key]: a trigger has no 'outcome'"},
        {"[trigger]\noutcome = \"x\"\nsum = 0\n", "alert.toml:3:7: error[out-of-range]: sum = 0 months"},
        {"[trigger]\noutcome = \"x\"\nsum = 61\n", "alert.toml:3:7: error[out-of-range]"},
        {"[trigger]\noutcome = \"x\"\nat_least = 0\n",
         "alert.toml:3:12: error[out-of-range]: at_least = 0: it would fire where nothing happened"},
        {"[trigger]\noutcome = \"x\"\nat_least = -1.5\n", "alert.toml:3:12: error[out-of-range]"},
        {"[trigger]\noutcome = \"x\"\nat_least = nan\n", "alert.toml:3:12: error[out-of-range]"},
        {"[trigger]\noutcome = \"x\"\nhigh_of = 601\n", "alert.toml:3:11: error[out-of-range]: high_of = 601"},
        {"[trigger]\noutcome = \"x\"\nhigh_off = 12\n",
         "alert.toml:3:1: error[unknown-key]: a trigger has no key 'high_off' (did you mean 'high_of'?)"},
        {"[trigger]\noutcome = \"x\"\nsum = \"three\"\n", "alert.toml:3:7: error[wrong-type]"},
        {"[trigger]\noutcome = \"x\"\nfrom = \"2010\"\n",
         "alert.toml:3:8: error[bad-month]: 'from' is not a month (write it as \"2010-01\")"},
        {"[trigger]\noutcome = \"x\"\nfrom = \"2010-05\"\nto = \"2010-04\"\n",
         "alert.toml:4:6: error[bad-span]: 'to' is before 'from'"},
        {"[trigger]\noutcome = \"x\"\nbudget = \"5\"\n",
         "alert.toml:3:10: error[no-owner]: trigger 'alert' has 'budget' and no owner"},
        {"[trigger]\noutcome = \"x\"\nowner = \"desk\"\n", "alert.toml:3:9: error[no-action]"},
        {"[trigger]\noutcome = \"x\"\nowner = \"desk\"\naction = \"call\"\n", "alert.toml:3:9: error[no-deadline]"},
        {"[trigger]\noutcome = \"x\"\nowner = \"desk\"\naction = \"call\"\ndeadline_days = 0\n",
         "alert.toml:5:17: error[out-of-range]: deadline_days = 0"},
        {"[trigger]\noutcome = \"x\"\nnot_acting = 5\n",
         "alert.toml:3:14: error[half-a-cost]: 'not_acting' is given without 'act_in_vain'"},
        {"[trigger]\noutcome = \"x\"\nnot_acting = 5\nact_in_vain = -1\n", "alert.toml:4:15: error[out-of-range]"},
    };
    for (const auto& [text, fault] : cases) EXPECT_EQ(first_fault(text).substr(0, std::string(fault).size()), fault);
}

TEST(Triggers, AllFaultsOfAFileAreGathered) {
    EXPECT_EQ(read("[trigger]\nsum = 0\nhigh_of = 0\nfrom = \"x\"\naction = \"y\"\n").faults.size(), 5U);
}

TEST(Triggers, AFileThatIsNotThere) {
    Diagnostics faults;
    EXPECT_TRUE(read_triggers("/no/such/alert.toml", faults).empty());
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults.front().code, "missing-file");
}

}  // namespace
}  // namespace icosa::pack
