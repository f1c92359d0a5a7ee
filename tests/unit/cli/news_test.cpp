/// What is new between two runs.
#include "cli/news.hpp"

#include <gtest/gtest.h>

namespace icosa::cli {
namespace {

constexpr const char* dossier = R"({"as_of":"2026-11-29","areas":[{"watches":[{"signals":[
  {"id":"sea/red-sea/2026-10","grade":"watch","sentence":{"en":"More attacks."},"reason":"r"},
  {"id":"sea/gulf/2026-10","grade":"note","reason":"12 against 3"}]},{"signals":[]}]}],
  "principles":[{"watches":[{"signals":[{"id":"sea/red-sea/2026-10","grade":"watch"}]}]}],"platforms":[]})";

TEST(News, WhatTheRunBeforeHadNot) {
    const News news = news_of(dossier, day_of(2026, 11, 28), {"sea/gulf/2026-10", "sea/old/2026-09"});
    ASSERT_EQ(news.signals.size(), 1U) << "a signal that two pages show is one";
    EXPECT_EQ(news.signals[0].sentence, "More attacks.");
    EXPECT_EQ(news.gone, std::vector<std::string>{"sea/old/2026-09"});
    EXPECT_EQ(headline(news), "1 new signal since the run as of 2026-11-28");
    EXPECT_EQ(headline(news_of(dossier, no_day, {})), "2 new signals; there was no run before");
    EXPECT_EQ(headline(news_of(dossier, day_of(2026, 11, 28), {"sea/gulf/2026-10", "sea/red-sea/2026-10"})),
              "nothing new since the run as of 2026-11-28");
    EXPECT_EQ(news_of(dossier, no_day, {}).signals[1].sentence, "12 against 3")
        << "the reason, where there is no sentence";
}

}  // namespace
}  // namespace icosa::cli
