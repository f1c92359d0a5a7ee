/// Findings as sentences: figures in time, chances, what is told by a pattern, what by its title.
#include "brief/sentence.hpp"

#include <gtest/gtest.h>

#include "brief/phrases.hpp"
#include "fixture.hpp"

namespace icosa::brief {
namespace {

pack::Measures measures() {
    Diagnostics faults;
    return pack::parse_measures(fixture::toml(R"(
[[course]]
id = "default"
period = "year"
[[course]]
id = "default"
period = "month"
span = 3
[[course]]
id = "monsoon"
period = "month"
span = 3
seasonal = true
[[measure]]
id = "incidents"
course = "monsoon"
name = { en = "Incidents", zh = "事件数" }
en = "{n} incidents"
zh = "发生{n}起事件"
[[measure]]
id = "killed"
name = { en = "Killed", zh = "死亡人数" }
en = "{n} people killed"
en_one = "{n} person killed"
zh = "造成{n}人死亡"
)"),
                                faults);
}

pack::Outcomes outcomes() {
    pack::Outcomes out;
    pack::Outcome rise;
    rise.id = "worse";
    rise.title = {"a rise by half or more", "增加一半以上"};
    rise.months = 2;
    out.all.push_back(rise);
    return out;
}

struct Books {
    fixture::World world = fixture::small_world();
    pack::Measures of_measures = measures();
    pack::Outcomes of_outcomes = outcomes();
    pack::Phrases phrases;
    [[nodiscard]] SentenceBooks books() const {
        return {of_measures, of_outcomes, {world.places, world.catalogue, phrases}};
    }
};

model::Signal yearly() {
    model::Signal signal;
    signal.subject = "aaa";
    signal.period = "2024";
    signal.measure = "killed";
    signal.severity.unit = "fatalities";
    signal.observed = 2316;
    signal.expected = 100;
    signal.lateness_days = 700;
    signal.course = {.change = model::Change::StillHigh,
                     .kind = PeriodKind::Year,
                     .last_period = 54,
                     .now = 2316,
                     .low = 1627,
                     .high = 2387,
                     .before = 1792,
                     .year_before = 1792,
                     .values = {74, 1792, 2316}};
    return signal;
}

TEST(Sentence, ARiseOnTheYearAloneSaysSo) {
    Books of;
    model::Signal signal = yearly();
    signal.measure = "incidents";
    signal.period = "2024-11";
    signal.course = {.change = model::Change::Rising,
                     .kind = PeriodKind::Month,
                     .last_period = 658,
                     .span = 3,
                     .now = 9,
                     .before = 13,
                     .year_before = 1,
                     .values = {}};
    signal.lateness_days = 20;
    const auto told = [&] { return sentence_of(signal, {}, of.books()); };
    EXPECT_NE(told().en.find("rising on the year"), std::string::npos) << told().en;
    EXPECT_NE(told().zh.find("同比上升"), std::string::npos) << told().zh;
    signal.course.before = 5;
    EXPECT_EQ(told().en.find("on the year"), std::string::npos) << told().en;
}

TEST(BriefSentence, AYearIsToldAgainstTheTwoBefore) {
    const Books books;
    const pack::Title told = sentence_of(yearly(), {}, books.books());
    EXPECT_EQ(told.en,
              "Aland: 2,316 people killed in 2024 (1,627 to 2,387), after 1,792 in 2023 and 74 in 2022: still high. "
              "Yearly figures, 23 months old.");
    EXPECT_EQ(told.zh,
              "甲国：2024年造成2,316人死亡（1,627至2,387），2023年为1,792，2022年为74，仍处高位。"
              "年度数据，距今23个月。");
}

TEST(BriefSentence, PartsStandBehindTheFigure) {
    const Books books;
    model::Signal signal = yearly();
    signal.parts = {{"killed", 2315}, {"killed", 1}, {"undeclared", 5}};
    const pack::Title told = sentence_of(signal, {}, books.books());
    EXPECT_EQ(told.en,
              "Aland: 2,316 people killed in 2024 (1,627 to 2,387), after 1,792 in 2023 and 74 in 2022: still high. "
              "Of them 2,315 people killed, 1 person killed. Yearly figures, 23 months old.");
    EXPECT_EQ(told.zh,
              "甲国：2024年造成2,316人死亡（1,627至2,387），2023年为1,792，2022年为74，仍处高位。"
              "其中造成2,315人死亡，造成1人死亡。年度数据，距今23个月。");
}

TEST(BriefSentence, ASpanOfMonthsIsToldAgainstTheSpanBeforeAndTheYearBefore) {
    const Books books;
    model::Signal signal = yearly();
    signal.period = "2023-11";
    signal.lateness_days = 15;
    signal.course = {.change = model::Change::New,
                     .kind = PeriodKind::Month,
                     .last_period = 646,
                     .span = 3,
                     .now = 1,
                     .before = 0,
                     .year_before = 12,
                     .values = {}};
    const pack::Title told = sentence_of(signal, {}, books.books());
    EXPECT_EQ(told.en,
              "Aland: 1 person killed in the three months to November 2023, after none in the three before and 12 a "
              "year earlier: new. Monthly figures, 15 days old.");
    EXPECT_EQ(told.zh,
              "甲国：截至2023年11月的3个月造成1人死亡，此前3个月为0，上年同期为12，新出现。月度数据，距今15天。");
}

TEST(BriefSentence, WhatIsLowIsNotCalledHigh) {
    const Books books;
    model::Signal signal = yearly();
    signal.threshold = 9000;
    EXPECT_NE(sentence_of(signal, {}, books.books()).en.find("still low"), std::string::npos);
    EXPECT_NE(sentence_of(signal, {}, books.books()).zh.find("仍处低位"), std::string::npos);
}

TEST(BriefSentence, WithoutACourseTheReasonAndTheChineseTitleSpeak) {
    const Books books;
    model::Signal signal = fixture::sea_signal();
    model::WatchFinding watch;
    watch.title_zh = "海上事件多于季节常态";
    const pack::Title told = sentence_of(signal, watch, books.books());
    EXPECT_EQ(told.en, "9 incidents where 1.2 are usual | and 4.5 the bound.");
    EXPECT_NE(told.zh.find("海上事件多于季节常态。2020年11月，数值为9，通常为1，界限为5。"), std::string::npos)
        << told.zh;
}

TEST(BriefSentence, APatternMayTellTheFigureOfTheMeasure) {
    Books books;
    books.phrases.all.push_back({"near",
                                 {"at [{north}° N][{south}° S]: {figure}, {expected} expected.",
                                  "[北纬{north}°][南纬{south}°]：{figure}，预期为{expected}。"},
                                 {}});
    model::Signal signal = yearly();
    signal.phrase = {"near", {{.name = "south", .text = "3.75"}}};
    pack::Title told = sentence_of(signal, {}, books.books());
    EXPECT_EQ(told.en, "At 3.75° S: 2,316 people killed, 100 expected.");
    EXPECT_EQ(told.zh, "南纬3.75°：造成2,316人死亡，预期为100。");
    signal.measure = "undeclared";
    told = sentence_of(signal, {}, books.books());
    EXPECT_NE(told.en.find("2,316 fatalities"), std::string::npos) << told.en;
}

TEST(BriefSentence, APatternTellsAStatusInEachLanguage) {
    Books books;
    books.phrases.all.push_back(
        {"mandate.ends",
         {"{mission}: ends on {day}[, in {left} days].", "{mission}：将于{day}到期[，还有{left}天]。"},
         {}});
    model::Signal signal = fixture::sea_signal();
    signal.phrase = {"mandate.ends",
                     {{.name = "mission", .kind = model::Slot::Kind::Place, .text = "sea-mission"},
                      {.name = "day", .kind = model::Slot::Kind::Day, .day = day_of(2021, 1, 1), .text = {}}}};
    const pack::Title told = sentence_of(signal, {}, books.books());
    EXPECT_EQ(told.en, "SEAM: ends on 1 January 2021.");
    EXPECT_EQ(told.zh, "海上特派团：将于2021年1月1日到期。");
}

TEST(BriefSentence, AChanceNamesOutcomeBaseAndTheMonthsBehindIt) {
    const Books books;
    model::Chance chance;
    chance.subject = "aaa";
    chance.measure = "killed";
    chance.outcome = "worse";
    chance.origin = "2023-11";
    chance.probability.value = 0.41;
    chance.probability.base_rate = 0.03;
    chance.before = 0.38;
    chance.observed = {5, 6, 400, 311};
    const pack::Title told = sentence_of(chance, {}, books.books());
    EXPECT_EQ(told.en,
              "Aland: 41 in 100 for a rise by half or more in the two months after November 2023, 3 in 100 on average, "
              "38 in 100 a month ago. 711 people killed in the two months to November 2023, 11 in the two before.");
    EXPECT_NE(told.zh.find("可能性为41%"), std::string::npos) << told.zh;
}

TEST(BriefNames, PairsAndMarketsReadWell) {
    const Books books;
    const NameBooks names = books.books().names;
    EXPECT_EQ(name_of_subject("aaa|bbb", "", names).en, "Aland and Beland");
    EXPECT_EQ(name_of_subject("aaa|bbb", "", names).zh, "甲国和乙国");
    EXPECT_EQ(name_of_subject("aaa|market|bread", "", names).en, "Aland, market, bread");
    EXPECT_EQ(name_of_subject("gw:999", "", names).en, "999");
    EXPECT_EQ(name_of_subject("world", "World", names).zh, "全球");
}

TEST(BriefNames, APlaceUnderWhichASourceCountsAnotherHasTheNameOfBoth) {
    Books books;
    Diagnostics faults;
    const auto good = pack::parse_toml(
        "[[filed]]\nplace = \"aaa\"\nsources = [\"joined\"]\nname = { en = \"Aland with Beland\", zh = "
        "\"甲国（含乙国）\" "
        "}\nsource = \"its codebook\"\nreviewed = \"2026-11-29\"\n",
        "packs/places/x.toml");
    ASSERT_TRUE(good);
    books.world.places.read(*good, faults);
    EXPECT_TRUE(faults.empty());
    const NameBooks names = books.books().names;
    EXPECT_EQ(name_of_subject("aaa", "", names, {"joined"}).en, "Aland with Beland");
    EXPECT_EQ(name_of_subject("aaa", "", names, {"other"}).en, "Aland");
    model::Signal signal = yearly();
    signal.lineage.sources = {"joined"};
    EXPECT_TRUE(sentence_of(signal, {}, books.books()).en.starts_with("Aland with Beland: 2,316"));
}

TEST(BriefPhrases, WhatIsNotKnownGoesWithItsBracket) {
    const std::vector<Filling> fillings = {{"a", "one"}, {"b", ""}};
    EXPECT_EQ(fill("{a}[ and {b}]{c}.", fillings), "one–.");
    EXPECT_EQ(fill("[{a}, ]{a}", fillings), "one, one");
}

}  // namespace
}  // namespace icosa::brief
