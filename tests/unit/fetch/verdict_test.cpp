/// What an answer means, code by code and ending by ending.
#include "fetch/verdict.hpp"

#include <gtest/gtest.h>

namespace icosa::fetch {
namespace {

Answer answered(int code, std::map<std::string, std::string> headers = {}) {
    Answer out;
    out.code = code;
    out.headers = std::move(headers);
    return out;
}

TEST(Verdict, Codes) {
    const struct {
        int code;
        Next next;
        Status status;
    } cases[] = {
        {200, Next::Keep, Status::New},        {204, Next::GiveUp, Status::Empty},
        {206, Next::GiveUp, Status::Failed},   {304, Next::Unchanged, Status::Unchanged},
        {400, Next::GiveUp, Status::Failed},   {401, Next::GiveUp, Status::Denied},
        {403, Next::GiveUp, Status::Denied},   {404, Next::GiveUp, Status::Missing},
        {410, Next::GiveUp, Status::Missing},  {418, Next::GiveUp, Status::Failed},
        {429, Next::Again, Status::Throttled}, {500, Next::Again, Status::Failed},
        {503, Next::Again, Status::Failed},
    };
    for (const auto& [code, next, status] : cases) {
        const Verdict verdict = judge(answered(code), {});
        EXPECT_EQ(verdict.next, next) << code;
        EXPECT_EQ(verdict.status, status) << code;
    }
}

TEST(Verdict, WaitsAsLongAsItIsToldAndNoLonger) {
    EXPECT_DOUBLE_EQ(judge(answered(429, {{"retry-after", "2"}}), {}).wait_seconds, 2);
    const Verdict long_wait = judge(answered(429, {{"retry-after", "3600"}}), {});
    EXPECT_EQ(long_wait.next, Next::GiveUp);
    EXPECT_EQ(long_wait.status, Status::Throttled);
    EXPECT_EQ(long_wait.why, "the server answers 429 and asks to wait 3600 s");
    EXPECT_EQ(judge(answered(503, {{"retry-after", "31"}}), {}).status, Status::Throttled);
    EXPECT_EQ(judge(answered(429), {.number = 3}).status, Status::Throttled);
    EXPECT_EQ(judge(answered(500), {.number = 3}).next, Next::GiveUp);
    EXPECT_DOUBLE_EQ(judge(answered(500), {.number = 1}).wait_seconds, 1);
    EXPECT_DOUBLE_EQ(judge(answered(500), {.number = 2}).wait_seconds, 2);
    // 1994-11-15 12:45:26 UTC is 784903526
    EXPECT_DOUBLE_EQ(retry_after("Tue, 15 Nov 1994 12:45:26 GMT", 784903520), 6);
    EXPECT_DOUBLE_EQ(retry_after("Tue, 15 Nov 1994 12:45:26 GMT", 784903600), 0);
    EXPECT_LT(retry_after("soon", 0), 0);
}

TEST(Verdict, EndingsOfATransfer) {
    Answer cut = answered(200);
    cut.ending = Ending::Cut;
    EXPECT_EQ(judge(cut, {.number = 1}).next, Next::Again);
    EXPECT_EQ(judge(cut, {.number = 3, .kept = 300'000}).status, Status::Partial);
    EXPECT_EQ(judge(cut, {.number = 3, .kept = 300'000}).why,
              "the connection was cut 3 times; 300 kB are kept as .part");
    EXPECT_EQ(judge(cut, {.number = 3, .kept = 0}).status, Status::Failed);
    for (const Ending ending : {Ending::Stalled, Ending::OutOfTime, Ending::TooLarge, Ending::Unreachable,
                                Ending::Distrusted, Ending::Refused, Ending::Stopped}) {
        Answer answer;
        answer.ending = ending;
        EXPECT_EQ(judge(answer, {}).next, Next::GiveUp);
        EXPECT_EQ(judge(answer, {}).status, Status::Failed);
        EXPECT_FALSE(judge(answer, {}).why.empty());
    }
}

TEST(Verdict, PartsAndRedirects) {
    EXPECT_EQ(judge(answered(206), {.asked_for_rest = true}).next, Next::Keep);
    EXPECT_EQ(judge(answered(416), {.asked_for_rest = true}).next, Next::Afresh);
    EXPECT_EQ(judge(answered(416), {}).next, Next::GiveUp);
    EXPECT_EQ(judge(answered(302, {{"location", "/a"}}), {}).location, "/a");
    EXPECT_EQ(judge(answered(308), {}).status, Status::Failed);
}

}  // namespace
}  // namespace icosa::fetch
