#include "methods/relations/repeated_questions.hpp"

#include <gtest/gtest.h>

namespace icosa::methods {
namespace {

TEST(PlainTitle, CaseMarksAndTheAdoptionDropOut) {
    EXPECT_EQ(plain_title("The Syrian Golan : resolution / adopted by the General Assembly"), "the syrian golan");
    EXPECT_EQ(plain_title("  JERUSALEM,  status: of the City "), "jerusalem status of the city");
    EXPECT_EQ(plain_title(": resolution"), "");
}

TEST(RepeatedQuestions, OnlyNeighbouringSessionsAndSingleBearers) {
    const std::vector<int> sessions{70, 71, 72, 74, 70, 71, 71, 72, 70, 71};
    const std::vector<std::string> titles{"Question of Palestine",
                                          "question of Palestine : resolution / adopted by the General Assembly",
                                          "Question of Palestine",
                                          "Question of Palestine",  // 74: after a pause
                                          "Operative paragraph 9",
                                          "Operative paragraph 9",
                                          "Operative paragraph 9",
                                          "Operative paragraph 9",  // twice in 71
                                          "Report",
                                          "Report"};  // too short
    const auto out = repeated_questions(sessions, titles);
    EXPECT_EQ(out.repeated, 2);
    EXPECT_EQ(out.question[0], out.question[1]);
    EXPECT_EQ(out.question[0], out.question[2]);
    EXPECT_NE(out.question[0], out.question[3]);
    EXPECT_NE(out.question[4], out.question[7]);
    EXPECT_NE(out.question[8], out.question[9]);
    EXPECT_EQ(out.questions, 8);
    const auto wide = repeated_questions(sessions, titles, 2);
    EXPECT_EQ(wide.question[0], wide.question[3]);
    EXPECT_EQ(wide.question[4], wide.question[7]);
}

}  // namespace
}  // namespace icosa::methods
