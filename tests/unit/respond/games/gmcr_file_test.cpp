/// Models in .gmcr: what is read, and every fault with its place.
#include <gtest/gtest.h>

#include "methods/conflict_graph/stability.hpp"
#include "respond/games/analysis.hpp"
#include "respond/games/gmcr_file.hpp"

namespace icosa::respond::games {
namespace {

std::vector<std::string> faults_of(std::string_view text) {
    Diagnostics faults;
    EXPECT_FALSE(read_gmcr(text, "a.gmcr", faults)) << text;
    std::vector<std::string> out;
    for (const Error& one : faults) {
        EXPECT_EQ(one.fault, Fault::Data);
        EXPECT_FALSE(one.cure.empty()) << one.what;
        out.push_back(render(one));
    }
    return out;
}

Model model_of(std::string_view text) {
    Diagnostics faults;
    auto model = read_gmcr(text, "a.gmcr", faults);
    for (const Error& one : faults) ADD_FAILURE() << render(one);
    return model ? std::move(*model) : Model{};
}

std::string first_of(std::string_view text) {
    const auto faults = faults_of(text);
    return faults.empty() ? "" : faults.front();
}

/// Two options, two decision makers; more goes in before the end.
std::string two(std::string_view more = "", std::string_view first = "", std::string_view second = "") {
    return R"({"options":[{"name":"a"},{"name":"b","permittedDirection":"both"}],"decisionMakers":[)"
        + std::string(R"({"name":"P","options":[0])") + std::string(first) + R"(},{"name":"P","options":[1])"
        + std::string(second) + "}]" + std::string(more) + "}";
}

TEST(GmcrFile, FewFieldsAreEnough) {
    const Model model = model_of(two());
    EXPECT_EQ(model.makers, (std::vector<std::string>{"P", "P (2)"})) << "two of one name are told apart";
    EXPECT_EQ(model.states.size(), 4U);
    const auto found = analyse(model);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->stable.equilibria, graph::Marks(4, graph::all_marks)) << "without statements all are equal";
    EXPECT_EQ(found->checked, 16);
}

TEST(GmcrFile, UnknownAndNullFieldsDoNotMatter) {
    const Model model = model_of(two(R"(,"payoffs":[1],"coalitions":null,"infeasibles":null,"x":{"y":[null,1.5e3]})",
                                     R"(,"misperceptions":null,"payoffs":[[1]])"));
    EXPECT_EQ(model.states.size(), 4U);
}

TEST(GmcrFile, CompoundConditionsAndContradictions) {
    const Model model = model_of(
        two(R"(,"infeasibles":[{"compound":true,"members":[[[0,"Y"],[1,"Y"]],[[0,"N"],[1,"N"]]]},[[0,"Y"],[0,"N"]]])"));
    EXPECT_EQ(model.states, (std::vector<graph::State>{1, 2}));
}

TEST(GmcrFile, RankingsByEitherNameAndTies) {
    for (const auto& [flag, key] : {std::pair("useManualPreferenceRanking", "preferenceRanking"),
                                    std::pair("useManualPreferenceVectors", "preferenceVector")}) {
        const std::string first = std::string(",\"") + key + "\":[4,[1,2],3]",
                          second = std::string(",\"") + key + "\":[[1,2,3,4]]";
        const Model model = model_of(two(std::string(",\"") + flag + "\":true", first, second));
        EXPECT_EQ(model.sets[0].of_makers[0].stated.ranks, (graph::Ranking{1, 1, 0, 2}));
        EXPECT_EQ(model.sets[0].of_makers[1].stated.ranks, (graph::Ranking{0, 0, 0, 0}));
    }
    const Model model = model_of(two(R"(,"useManualPreferenceRanking":false,"useManualPreferenceVectors":true)",
                                     R"(,"preferences":[[[0,"Y"]]],"preferenceRanking":[9])"));
    EXPECT_EQ(model.sets[0].of_makers[0].stated.ranks, (graph::Ranking{0, 1, 0, 1})) << "the first name decides";
}

TEST(GmcrFile, OptionsThatAreNotGroupedAreNumberedGrouped) {
    const Model model = model_of(R"({"options":[{"name":"a"},{"name":"b"},{"name":"c"}],"decisionMakers":[
        {"name":"P","options":[0,2],"preferenceRanking":[3,1,2,4,5,6,7,8]},
        {"name":"Q","options":[1],"preferenceRanking":[[1,2,3,4,5,6,7,8]]}],"useManualPreferenceRanking":true})");
    ASSERT_EQ(model.states.size(), 8U);
    // state 3 has the second option of P: c, which is the third letter
    EXPECT_EQ((*model.sets[0].of_makers[0].stated.ranks)[*state_named(model, "NNY")], 7);
    EXPECT_EQ(model.notes.size(), 1U);
}

TEST(GmcrFile, CoalitionsOfSomeLeaveTheRestAlone) {
    const Model model = model_of(R"({"options":[{"name":"a"},{"name":"b"},{"name":"c"}],"decisionMakers":[
        {"name":"P","options":[0]},{"name":"Q","options":[1]},{"name":"R","options":[2]}],"coalitions":[[0,2]]})");
    EXPECT_EQ(model.players, (std::vector<graph::Player>{{0, 2}, {1}}));
    EXPECT_TRUE(analyse(model)->players);
}

TEST(GmcrFile, BrokenJsonHasItsPlace) {
    EXPECT_EQ(first_of("{\n \"options\": [1,\n"),
              "a.gmcr:3:1: error[syntax]: the end of the file stands where a value must (mend the JSON at this place)");
    EXPECT_EQ(first_of("{\"a\": tru}"), "a.gmcr:1:7: error[syntax]: 'tru' is no value (mend the JSON at this place)");
    EXPECT_EQ(first_of("{\"a\":1,\"a\":2}"),
              "a.gmcr:1:8: error[syntax]: the key 'a' stands here twice (leave one of them out)");
    EXPECT_EQ(first_of("{} {}"), "a.gmcr:1:4: error[syntax]: something follows the end of the value (leave it out)");
    EXPECT_EQ(first_of("{\"a"), "a.gmcr:1:2: error[syntax]: this text has no end (close it with a quote)");
    EXPECT_EQ(first_of("{\n\"a\":\"\xff\"}"), "a.gmcr:2:6: error[syntax]: a byte is no UTF-8 (save the file as UTF-8)");
    EXPECT_TRUE(first_of(std::string(5000, '[')).contains("brackets within each other"));
    EXPECT_TRUE(first_of("[]").contains("no object"));
    EXPECT_TRUE(first_of("").contains("the end of the file"));
    EXPECT_TRUE(first_of("{}").contains("no-options"));
    EXPECT_EQ(model_of("\xEF\xBB\xBF" + two()).states.size(), 4U) << "a mark of byte order is passed over";
}

TEST(GmcrFile, LettersBeyondAscii) {
    EXPECT_EQ(model_of(R"({"options":[{"name":"\u00e9\ud83d\ude00\n"}],"decisionMakers":[{"name":"é","options":[0]}]})")
                  .options[0],
              "é\U0001F600\n");
    EXPECT_TRUE(first_of(R"({"options":[{"name":"\ud83d"}]})").contains("half of a letter"));
}

TEST(GmcrFile, AllFaultsAreGathered) {
    const auto faults =
        faults_of(two(R"(,"infeasibles":[[[2,"Y"]],[[0,"y"]],[[0]],7,{"members":1}],"coalitions":[0,[0,1],5])",
                      R"(,"misperceptions":[[["0","Y"]]],"preferences":[[[-1,"N"]]])", R"(,"preferences":{})"));
    ASSERT_EQ(faults.size(), 10U);
    const auto has = [&](std::string_view words) {
        return std::ranges::any_of(faults, [&](const std::string& one) { return one.contains(words); });
    };
    for (const std::string_view words :
         {"this is no place of one option", "there is no option -1", "'preferences' is no list", "there is no option 2",
          "'y' is neither Y nor N", "pairs of an option and Y or N", "this is no condition", "a condition in braces",
          "stands in the coalitions twice", "there is no decision maker 5"})
        EXPECT_TRUE(has(words)) << words;
}

TEST(GmcrFile, OptionsOfNoneAndOfTwo) {
    EXPECT_EQ(
        first_of(R"({"options":[{"name":"a"},{"name":"b"}],"decisionMakers":[{"name":"P","options":[0]}]})"),
        "a.gmcr:1:26: error[option-of-none]: option 1 'b' is no decision maker's (give each option to one decision "
        "maker)");
    EXPECT_EQ(
        first_of(
            R"({"options":[{"name":"a"}],"decisionMakers":[{"name":"P","options":[0]},{"name":"Q","options":[0]}]})"),
        "a.gmcr:1:13: error[option-of-two]: option 0 'a' is held by P and by Q (give each option to one decision "
        "maker)");
    EXPECT_TRUE(first_of(two(",\"x\":1", ",\"y\":1}, {\"name\":\"R\"")).contains("has no 'options'"));
    EXPECT_TRUE(first_of(R"({"options":[{"name":"a","permittedDirection":"up"}]})").contains("no direction of a move"));
}

TEST(GmcrFile, StatesThatCannotBe) {
    EXPECT_EQ(
        first_of(two(R"(,"infeasibles":[[[0,"Y"]],[[0,"N"]]])")),
        "a.gmcr:1:155: error[no-feasible-state]: the infeasible conditions rule out all 4 states (take one of them "
        "back: some state must be able to be)");
    std::string options, places;
    for (int o = 0; o < 40; ++o) {
        options += (o == 0 ? "{\"name\":\"o\"}" : ",{\"name\":\"o\"}");
        places += (o == 0 ? "" : ",") + std::to_string(o);
    }
    EXPECT_TRUE(first_of("{\"options\":[" + options + "],\"decisionMakers\":[{\"options\":[" + places + "]}]}")
                    .contains("too-many-states"));
}

TEST(GmcrFile, RankingsThatAreNotWhole) {
    const auto ranked = [](std::string_view ranking) {
        return first_of(two(R"(,"useManualPreferenceRanking":true)", ",\"preferenceRanking\":" + std::string(ranking),
                            R"(,"preferenceRanking":[1,2,3,4])"));
    };
    EXPECT_TRUE(ranked("[1,2,4]").contains("ranking-lacks-state]: the ranking of 'P' lacks 1 of 4 feasible states: 3"));
    EXPECT_TRUE(ranked("[1,2,3,[4,1]]").contains("names state 1 twice"));
    EXPECT_TRUE(ranked("[1,2,3,5]").contains("names state 5 (the feasible states are numbered 1 to 4)"));
    EXPECT_TRUE(ranked("[1,2,3,\"4\"]").contains("is no number of a state"));
    EXPECT_TRUE(ranked("[0,1,2,3]").contains("names state 0"));
    EXPECT_TRUE(first_of(two(R"(,"useManualPreferenceRanking":true)")).contains("no-ranking"));
    EXPECT_TRUE(first_of(two(R"(,"useManualPreferenceRanking":"yes")")).contains("neither true nor false"));
}

}  // namespace
}  // namespace icosa::respond::games
