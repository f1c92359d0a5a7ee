/// Options: whom an instrument binds, who could convene, what followed in like situations, the principles' verdicts.
#include "respond/options/options.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "respond/options/convenors.hpp"
#include "respond/options/precedents.hpp"

namespace icosa::respond {
namespace {

constexpr const char* places_text = R"(
[[place]]
id = "aaa"
kind = "state"
name = { en = "Aland", zh = "甲" }
[[place]]
id = "bbb"
kind = "state"
name = { en = "Beland", zh = "乙" }
[[place]]
id = "gulf"
kind = "sea"
name = { en = "Gulf", zh = "湾" }
riparians = ["aaa", "bbb"]
[[set]]
id = "north"
kind = "organisation"
name = { en = "North", zh = "北" }
members = ["aaa"]
source = "a test"
known_through = "2026-01-01"
against = "a test"
[[set]]
id = "both"
kind = "organisation"
name = { en = "Both", zh = "双" }
members = ["aaa", "bbb"]
suspended = [{ place = "bbb", first = "2021-01-01" }]
source = "a test"
known_through = "2026-01-01"
against = "a test"
)";

constexpr const char* catalogue_text = R"(
[[instrument]]
id = "pact"
kind = "treaty"
title = { en = "Pact", zh = "公约" }
adopted = "1990-01-01"
in_force = "1991-01-01"
areas = ["III.5"]
participants = [{ place = "aaa", act = "ratification", day = "1995-01-01" }]
source = "a test"
known_through = "2026-01-01"
against = "a test"
[[instrument]]
id = "later"
kind = "treaty"
title = { en = "Later pact", zh = "后约" }
adopted = "2030-01-01"
in_force = "2031-01-01"
areas = ["III.5"]
participants = [{ place = "aaa", act = "ratification", day = "1995-01-01" }]
source = "a test"
known_through = "2026-01-01"
against = "a test"
[[mechanism]]
id = "north-body"
kind = "organisation"
name = { en = "North body", zh = "北方机构" }
areas = ["III.5"]
members = "north"
source = "a test"
[[mechanism]]
id = "all-body"
kind = "organisation"
name = { en = "All body", zh = "全体机构" }
areas = ["III.5", "III.20"]
members = "both"
source = "a test"
)";

constexpr const char* matters_text = R"(
source = "a test"
reviewed = "2026-11-30"
[[matter]]
id = "conflict"
title = { en = "conflict", zh = "冲突" }
counts = ["killed"]
seen_by = ["killed"]
armed_groups = true
like = "worse"
least = 10
beside = ["III.20"]
[[matter.answer]]
id = "pact"
form = "duty"
basis = "Article 1"
does = { en = "binds", zh = "约束" }
consent = { en = "all", zh = "各方" }
[[matter.answer]]
id = "later"
form = "duty"
basis = "Article 2"
does = { en = "binds", zh = "约束" }
consent = { en = "all", zh = "各方" }
[[matter.answer]]
id = "north-body"
form = "talks"
basis = "Charter"
does = { en = "talks", zh = "会谈" }
consent = { en = "all", zh = "各方" }
[[matter.answer]]
id = "all-body"
form = "talks"
basis = "Charter"
does = { en = "talks", zh = "会谈" }
consent = { en = "all", zh = "各方" }
[[test]]
principle = "II.1"
asks = "seats"
passed = { en = "all", zh = "全" }
marked = { en = "without {who}", zh = "缺{who}" }
[[test]]
principle = "II.2"
asks = "consent"
passed = { en = "agreed", zh = "同意" }
marked = { en = "ask {who}", zh = "征求{who}" }
[[test]]
principle = "II.6"
asks = "other-kinds"
passed = { en = "none", zh = "无" }
marked = { en = "leaves out {kinds}", zh = "遗漏{kinds}" }
)";

class RespondOptions : public ::testing::Test {
protected:
    void SetUp() override {
        Diagnostics faults;
        places.read(*pack::parse_toml(places_text, "places.toml"), faults);
        places.check(faults);
        catalogue.read(*pack::parse_toml(catalogue_text, "catalogue.toml"), faults);
        catalogue.check(places, faults);
        matters = pack::parse_matters(*pack::parse_toml(matters_text, "options.toml"), faults);
        for (const Error& fault : faults) ADD_FAILURE() << fault.code << ": " << fault.what;
        for (const char* id : {"II.1", "II.2", "II.6", "III.5", "III.20"}) {
            pack::Section section;
            section.id = id;
            framework.sections.push_back(section);
        }
        for (const auto& one : catalogue.instruments) {
            model::Participation of;
            of.instrument = one.id;
            of.acts = one.participants;
            participation[one.id] = of;
        }
    }

    [[nodiscard]] Ground ground() const {
        return {.catalogue = catalogue,
                .places = places,
                .framework = framework,
                .matters = matters,
                .participation = participation,
                .as_of = day_of(2020, 6, 30),
                .past = {},
                .signalling = {},
                .against = {},
                .violent = {"aaa", "bbb"}};
    }

    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Framework framework;
    pack::Matters matters;
    std::map<std::string, model::Participation> participation;
};

const model::Option* find(const model::Response& response, std::string_view id) {
    const auto found = std::ranges::find_if(response.options, [&](const auto& one) { return one.ids.front() == id; });
    return found == response.options.end() ? nullptr : &*found;
}

TEST_F(RespondOptions, NamesWhomAnInstrumentBindsAndWhoWouldHaveToJoin) {
    const auto response = options_of("w/aaa|bbb/2020", "aaa|bbb", "killed", ground());
    const auto* pact = find(response, "pact");
    ASSERT_NE(pact, nullptr);
    EXPECT_EQ(pact->in, (std::vector<std::string>{"aaa"}));
    EXPECT_EQ(pact->out, (std::vector<std::string>{"bbb"}));
    EXPECT_EQ(find(response, "later"), nullptr);  // adopted after the day
}

TEST_F(RespondOptions, LeavesOutAnInstrumentThatBindsNobodyHere) {
    EXPECT_EQ(find(options_of("w/bbb/2020", "bbb", "killed", ground()), "pact"), nullptr);
}

TEST_F(RespondOptions, TakesTheBodyThatHoldsAllAndTheSmallestFirst) {
    const auto of_both = options_of("w", "aaa|bbb", "killed", ground());
    EXPECT_EQ(find(of_both, "north-body"), nullptr);
    ASSERT_NE(find(of_both, "all-body"), nullptr);
    const auto of_one =
        convenings({"aaa"}, {&catalogue.mechanisms[0], &catalogue.mechanisms[1]}, places, day_of(2020, 1, 1));
    ASSERT_EQ(of_one.size(), 2U);
    EXPECT_EQ(of_one[0].bodies, (std::vector<std::string>{"north-body"}));
}

TEST_F(RespondOptions, SaysWhoIsWithoutASeatWhereNoBodyHoldsAll) {
    std::vector<const pack::Mechanism*> bodies;
    for (const auto& one : catalogue.mechanisms) {
        if (one.id == "north-body") bodies.push_back(&one);
    }
    const auto all = convenings({"aaa", "bbb"}, bodies, places, day_of(2020, 1, 1));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].out, (std::vector<std::string>{"bbb"}));
}

TEST_F(RespondOptions, OffersNothingWhereViolenceWasNeitherObservedNorForecast) {
    Ground quiet = ground();
    quiet.violent = {"bbb"};
    const auto response = options_of("w", "aaa", "killed", quiet);
    EXPECT_TRUE(response.options.empty());
    EXPECT_EQ(response.why_none, model::NoOption::NoViolence);
    EXPECT_EQ(options_of("w", "aaa", "rain", ground()).why_none, model::NoOption::NoMatter);
    EXPECT_EQ(options_of("w", "Cholera", "killed", ground()).why_none, model::NoOption::NoPlace);
}

TEST_F(RespondOptions, AddsTheOtherSideOfAConflictBetweenStates) {
    Ground war = ground();
    war.against["aaa"] = {"bbb"};
    EXPECT_EQ(options_of("w", "aaa", "killed", war).states, (std::vector<std::string>{"aaa", "bbb"}));
}

TEST_F(RespondOptions, GivesNoSeatToASuspendedMember) {
    const auto& both = *catalogue.mechanism("all-body");
    EXPECT_EQ(members_of(both, places, day_of(2020, 1, 1)), (std::vector<std::string>{"aaa", "bbb"}));
    EXPECT_EQ(members_of(both, places, day_of(2022, 1, 1)), (std::vector<std::string>{"aaa"}));
    EXPECT_EQ(suspended_of(both, places, day_of(2022, 1, 1)), (std::vector<std::string>{"bbb"}));
}

TEST_F(RespondOptions, OffersNoBodyBeforeItsDay) {
    for (auto& answer : matters.all.front().answers) {
        if (answer.id == "all-body") answer.since = day_of(2021, 1, 1);
    }
    EXPECT_EQ(find(options_of("w", "aaa|bbb", "killed", ground()), "all-body"), nullptr);
    Ground later = ground();
    later.as_of = day_of(2021, 6, 1);
    later.violent = {"aaa", "bbb"};
    EXPECT_NE(find(options_of("w", "aaa", "killed", later), "all-body"), nullptr);
}

TEST_F(RespondOptions, TakesTheRipariansOfASea) {
    EXPECT_EQ(options_of("w", "gulf", "killed", ground()).states, (std::vector<std::string>{"aaa", "bbb"}));
}

TEST_F(RespondOptions, MarksByEveryPrinciple) {
    Ground here = ground();
    here.signalling["aaa"] = {"III.20"};
    const auto response = options_of("w", "aaa|bbb", "killed", here);
    const auto& verdicts = find(response, "pact")->verdicts;
    ASSERT_EQ(verdicts.size(), 3U);
    EXPECT_FALSE(verdicts[0].passed);  // bbb, and the armed groups
    EXPECT_EQ(verdicts[0].who, (std::vector<std::string>{"bbb"}));
    EXPECT_TRUE(verdicts[0].armed_groups);
    EXPECT_FALSE(verdicts[1].passed);
    EXPECT_EQ(verdicts[1].who, (std::vector<std::string>{"bbb"}));
    EXPECT_FALSE(verdicts[2].passed);
    EXPECT_EQ(verdicts[2].kinds, (std::vector<std::string>{"III.20"}));
    const auto& of_body = find(response, "all-body")->verdicts;
    EXPECT_TRUE(of_body[1].passed);
    EXPECT_TRUE(of_body[2].passed);  // it speaks to III.20
}

TEST_F(RespondOptions, AsksNoPrincipleThatTheFrameworkDoesNotHave) {
    framework.sections.erase(framework.sections.begin());
    const auto response = options_of("w", "aaa", "killed", ground());
    ASSERT_FALSE(response.options.empty());
    EXPECT_EQ(response.options.front().verdicts.size(), 2U);
}

/// Months from 1970-01.
model::Panel panel_of(const std::vector<std::vector<double>>& units) {
    model::Panel out;
    out.period = PeriodKind::Month;
    out.first_period = 12 * 30;
    out.periods = static_cast<int>(units.front().size());
    for (std::size_t i = 0; i < units.size(); ++i) {
        out.units.push_back(std::string(3, static_cast<char>('a' + i)));
        out.values.insert(out.values.end(), units[i].begin(), units[i].end());
    }
    return out;
}

TEST(RespondPrecedents, CountsSituationsWithAndWithoutByHand) {
    // two months before, two after: 20 then 4 (fell), 20 then 20 (did not); 200 is not alike
    const auto panel =
        panel_of({{10, 10, 2, 2, 0, 0, 0, 0}, {10, 10, 10, 10, 0, 0, 0, 0}, {100, 100, 0, 0, 0, 0, 0, 0}});
    const auto of = precedent_of(panel, 20, {2, 10, 0.5}, [](const std::string& unit, Day) { return unit == "aaa"; });
    ASSERT_TRUE(of);
    EXPECT_EQ(of->with, 1);
    EXPECT_EQ(of->with_fell, 1);
    EXPECT_EQ(of->without,
              2);  // months 2 and 3 follow the first situation, and are the second, which months 4, 5 follow
    EXPECT_EQ(of->without_fell, 1);
    EXPECT_EQ(of->first_year, 2000);
}

TEST(RespondPrecedents, SaysNothingBelowTheLeast) {
    const auto panel = panel_of({{10, 10, 2, 2}});
    EXPECT_FALSE(precedent_of(panel, 5, {2, 10, 0.5}, [](const std::string&, Day) { return true; }));
}

TEST(RespondPrecedents, ReadsTheNewestMonthsThatAreKnown) {
    const double none = std::nan("");
    const auto panel = panel_of({{1, 2, 3, none}, {1, none, none, none}});
    EXPECT_EQ(newest_sum(panel, "aaa", 2, day_of(1990, 1, 1)), 5);
    EXPECT_FALSE(newest_sum(panel, "aaa", 2, day_of(2020, 1, 1)));  // too old
    EXPECT_FALSE(newest_sum(panel, "bbb", 2, day_of(1990, 1, 1)));  // not observed
    EXPECT_FALSE(newest_sum(panel, "zzz", 2, day_of(1990, 1, 1)));
}

}  // namespace
}  // namespace icosa::respond
