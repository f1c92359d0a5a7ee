/// Models in TOML: conditions in words, preferences with their authors, what goes in a circle.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "respond/games/analysis.hpp"
#include "respond/games/condition_text.hpp"
#include "respond/games/toml_file.hpp"

namespace icosa::respond::games {
namespace {

std::string preference(std::string_view of, std::string_view said) {
    return "[[set.preference]]\nof = \"" + std::string(of)
        + "\"\nauthor = \"we\"\ndate = \"2020-11\"\nsource = \"here\"\n" + std::string(said) + "\n";
}

std::string set_of(std::string_view name, std::string_view north, std::string_view south) {
    return "[[set]]\nname = \"" + std::string(name) + "\"\n" + preference("North", north) + preference("South", south);
}

const std::string head = R"([conflict]
title = "t"
infeasible = ["strike and talk"]
[[decision_maker]]
name = "North"
[[decision_maker]]
name = "South"
[[option]]
name = "strike"
by = "North"
[[option]]
name = "talk"
by = "South"
)";
const std::string plain_sets = set_of("one", "statements = [\"talk\"]", "statements = []")
    + set_of("two", "statements = [\"not strike\"]", "statements = [\"talk\"]");

std::string faults_of(const std::string& text) {
    Diagnostics faults;
    EXPECT_FALSE(read_game_toml(text, "a.toml", faults)) << text;
    std::string out;
    for (const Error& one : faults) {
        EXPECT_EQ(one.fault, Fault::Data) << "a model is data, not a pack";
        EXPECT_GT(one.where.line, 0) << one.what;
        out += render(one) + "\n";
    }
    return out;
}

Model model_of(const std::string& text) {
    Diagnostics faults;
    auto model = read_game_toml(text, "a.toml", faults);
    for (const Error& one : faults) ADD_FAILURE() << render(one);
    return model ? std::move(*model) : Model{};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

TEST(GameToml, ReadsAModel) {
    const Model model = model_of(head + plain_sets);
    EXPECT_EQ(model.makers, (std::vector<std::string>{"North", "South"}));
    EXPECT_EQ(model.states, (std::vector<graph::State>{0, 1, 2}));
    ASSERT_EQ(model.sets.size(), 2U);
    EXPECT_EQ(model.sets[1].of_makers[0].stated.ranks, (graph::Ranking{1, 0, 1}));
    EXPECT_EQ(model.sets[0].of_makers[0].date, "2020-11");
}

TEST(GameToml, OnlyWhatBothSetsAgreeOn) {
    const auto found = analyse(model_of(head + plain_sets));
    ASSERT_TRUE(found);
    // set two moves South from NN to NY; set one leaves it there
    EXPECT_EQ(found->stable.makers[1], (graph::Marks{0, graph::all_marks, graph::all_marks}));
    EXPECT_EQ(found->ever[0], graph::all_marks);
    EXPECT_EQ(found->stable.equilibria[0], 0);
}

TEST(GameToml, EveryPreferenceIsSigned) {
    for (const std::string_view key : {"author = \"we\"\n", "date = \"2020-11\"\n", "source = \"here\"\n"}) {
        const std::string told = faults_of(replaced(head + plain_sets, key, ""));
        EXPECT_TRUE(told.starts_with("a.toml:16:1: error[preference-unsigned]: the preference of 'North' names no "))
            << told;
    }
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "\"we\"", "\"  \"")).contains("names no author"));
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "2020-11", "lately")).contains("'lately' is no date"));
}

TEST(GameToml, TwoSetsOfAll) {
    EXPECT_TRUE(faults_of(head + set_of("one", "statements = []", "statements = []")).contains("no-rival-set"));
    EXPECT_TRUE(faults_of(head).contains("the model holds no set of preferences"));
    EXPECT_TRUE(faults_of(head + plain_sets + "[[set]]\nname = \"x\"\n" + preference("North", "statements = []"))
                    .contains("set 'x' states no preference of 'South'"));
    EXPECT_TRUE(faults_of(head + plain_sets + preference("North", "statements = []"))
                    .contains("set 'two' states the preference of 'North' twice"));
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "statements = []", "")).contains("preference-unsaid"));
    EXPECT_TRUE(
        faults_of(replaced(head + plain_sets, "of = \"North\"", "of = \"Nort\"")).contains("did you mean 'North'?"));
}

TEST(GameToml, UnknownNamesHaveTheirPlace) {
    EXPECT_EQ(faults_of(replaced(head + plain_sets, "strike and talk", "strike and tlak")),
              "a.toml:3:27: error[unknown-option]: no option 'tlak' (did you mean 'talk'?)\n");
    EXPECT_TRUE(
        faults_of(replaced(head + plain_sets, "by = \"South\"", "by = \"West\"")).contains("no decision maker 'West'"));
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "by = \"South\"", "")).contains("option-of-none"));
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "by = \"South\"", "by = [\"North\", \"South\"]"))
                    .contains("option-of-two"));
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "title =", "titel = 1\ntitle =")).contains("unknown-key"));
    EXPECT_TRUE(faults_of(replaced(head + plain_sets, "strike and talk", "strike or not strike"))
                    .contains("no-feasible-state"));
    EXPECT_TRUE(
        faults_of(replaced(head + plain_sets, "title = ", "status_quo = \"YY\"\ntitle = ")).contains("not-feasible"));
    EXPECT_TRUE(faults_of("[conflict\n").contains("syntax"));
    EXPECT_TRUE(faults_of("").contains("the model has no [conflict]"));
}

TEST(GameToml, RankingsNameEachState) {
    const auto ranked = [](std::string_view ranking) {
        return head + set_of("one", "ranking = " + std::string(ranking), "statements = []")
            + set_of("two", "statements = []", "statements = []");
    };
    EXPECT_EQ(model_of(ranked("[\"NY\", [\"YN\", \"NN\"]]")).sets[0].of_makers[0].stated.ranks,
              (graph::Ranking{0, 0, 1}));
    EXPECT_TRUE(faults_of(ranked("[\"NY\", \"YN\"]")).contains("lacks 1 of 3 feasible states: NN"));
    EXPECT_TRUE(faults_of(ranked("[\"NY\", \"YN\", \"NN\", \"NY\"]")).contains("names 'NY' twice"));
    EXPECT_TRUE(faults_of(ranked("[\"YY\", \"NY\", \"YN\", \"NN\"]")).contains("the model rules the state 'YY' out"));
    EXPECT_TRUE(faults_of(ranked("[1]")).contains("ranking-names-no-state"));
}

TEST(GameToml, WhatGoesInACircle) {
    const auto stated = [](std::string_view said) {
        return head + set_of("one", "stated = " + std::string(said), "statements = []")
            + set_of("two", "statements = []", "statements = []");
    };
    const std::string told = faults_of(stated(R"(["strike over talk", "talk over YN"])"));
    EXPECT_TRUE(
        told.contains("preferences-cycle]: what is stated of 'North' goes in a circle: "
                      "YN over NY by 'strike over talk', NY over YN by 'talk over YN'"))
        << told;
    EXPECT_TRUE(told.starts_with("a.toml:21:")) << told;
    EXPECT_TRUE(faults_of(stated(R"(["strike and talk over talk"])")).contains("compares-nothing"));
    EXPECT_TRUE(faults_of(stated(R"(["strike"])")).contains("bad-statement"));
    EXPECT_TRUE(faults_of(stated(R"(["strike over talk, mostly"])")).contains("says nothing of the rest"));
    const auto found = analyse(model_of(stated(R"(["not strike before strike, all else equal"])")));
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->is_in_part);
    EXPECT_EQ(found->stable.makers[0], (graph::Marks{graph::all_marks, 0, graph::all_marks}));
}

TEST(GameToml, ConditionsInWords) {
    const std::vector<std::string> options = {"a", "b", "c"};
    const auto truths = [&](std::string_view text) {
        const auto condition = parse_condition(text, options, {});
        std::string out;
        for (graph::State s = 0; s < 8; ++s) out += condition && holds(*condition, s) ? '1' : '0';
        return condition ? out : condition.error().code;
    };
    EXPECT_EQ(truths("a"), "01010101");
    EXPECT_EQ(truths("a and b or c"), "00011111");
    EXPECT_EQ(truths("a and (b or c)"), "00010101");
    EXPECT_EQ(truths("not (a and b) and not c"), "11100000");
    EXPECT_EQ(truths("if a then b"), "10111011");
    EXPECT_EQ(truths("a and not a"), "00000000");
    EXPECT_EQ(truths("a or not a"), "11111111");
    EXPECT_EQ(truths("Y-N"), "01010000");
    EXPECT_EQ(truths("a b"), "bad-condition");
    EXPECT_EQ(truths(""), "bad-condition");
    EXPECT_EQ(truths("(a"), "bad-condition");
    EXPECT_EQ(truths("a and d"), "unknown-option");
    EXPECT_EQ(truths(std::string(500, '(') + "a"), "bad-condition");
}

TEST(GameToml, ShippedExamples) {
    for (const std::string_view name : {"elmira-1991", "cuba-1962"}) {
        std::ifstream file(std::string(ICOSA_ROOT) + "/docs/examples/" + std::string(name) + ".toml");
        std::ostringstream text;
        text << file.rdbuf();
        const Model model = model_of(text.str());
        const auto found = analyse(model);
        ASSERT_TRUE(found);
        EXPECT_EQ(found->claims, found->checked);
        if (name != "elmira-1991") continue;
        const auto marks = [&](std::string_view state) { return found->stable.equilibria[*state_named(model, state)]; };
        for (const std::string_view state : {"NYNNY", "YNYNY", "NNNYY", "YNNYY"})
            EXPECT_EQ(marks(state), graph::all_marks);
        const auto appeal = *state_named(model, "NYNNY");
        EXPECT_EQ(found->players->makers[0][appeal], 0) << "ministry and firm together leave the appeal";
    }
}

}  // namespace
}  // namespace icosa::respond::games
