/// Cards and watches that are drafted: read back as they were meant, and a method that fits the past.
#include "draft/draft.hpp"

#include <gtest/gtest.h>

#include "draft/own_watch.hpp"
#include "draft/toml_text.hpp"
#include "draft/trial.hpp"
#include "made_file.hpp"
#include "pack/measures.hpp"
#include "pack/watch.hpp"

namespace icosa::draft {
namespace {

/// Everything that a drafted card sets.
void expect_same(const pack::SourceCard& a, const pack::SourceCard& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.title, b.title);
    EXPECT_EQ(a.record, b.record);
    EXPECT_EQ(a.delimiter, b.delimiter);
    EXPECT_EQ(a.encoding, b.encoding);
    EXPECT_EQ(a.records, b.records);
    EXPECT_EQ(a.sheet, b.sheet);
    EXPECT_EQ(a.header_row, b.header_row);
    EXPECT_EQ(a.header, b.header);
    EXPECT_EQ(a.columns, b.columns);
    EXPECT_EQ(a.first_row, b.first_row);
    EXPECT_EQ(a.skip_rows_with, b.skip_rows_with);
    EXPECT_EQ(a.nulls, b.nulls);
    EXPECT_EQ(a.decimal, b.decimal);
    EXPECT_EQ(a.identity, b.identity);
    EXPECT_EQ(a.editions, b.editions);
    EXPECT_EQ(a.stale_after_days, b.stale_after_days);
    EXPECT_EQ(a.first_day, b.first_day);
    EXPECT_EQ(a.coverage.complete, b.coverage.complete);
    EXPECT_EQ(a.coverage.places_column, b.coverage.places_column);
    EXPECT_EQ(a.coverage.whole, b.coverage.whole);
    EXPECT_EQ(a.assert_rows_min, b.assert_rows_min);
    EXPECT_EQ(a.assert_rejects_share, b.assert_rejects_share);
    ASSERT_EQ(a.map.size(), b.map.size());
    for (const auto& [name, field] : a.map) {
        const auto& other = b.map.at(name);
        EXPECT_EQ(field.columns, other.columns) << name;
        EXPECT_EQ(field.value, other.value) << name;
        EXPECT_EQ(field.parse, other.parse) << name;
        EXPECT_EQ(field.system, other.system) << name;
        EXPECT_EQ(field.optional, other.optional) << name;
    }
    ASSERT_EQ(a.measures.size(), b.measures.size());
    for (std::size_t i = 0; i < a.measures.size(); ++i) {
        EXPECT_EQ(a.measures[i].id, b.measures[i].id);
        EXPECT_EQ(a.measures[i].unit, b.measures[i].unit);
        EXPECT_EQ(a.measures[i].column, b.measures[i].column);
    }
}

pack::SourceCard read_back(const pack::SourceCard& card) {
    Diagnostics faults;
    const auto node = pack::parse_toml(card_text(card, "Drafted in a test."), "card.toml");
    EXPECT_TRUE(node) << render(node.error());
    auto out = pack::parse_source_card(*node, faults);
    for (const auto& fault : faults) ADD_FAILURE() << render(fault);
    return out;
}

TEST(Draft, ACardIsReadBackAsItWas) {
    Asked asked;
    asked.figure.count = "nombre";
    const Guess log = guess_of_text("log.csv", french_log(40), asked).value();
    const auto card = card_of(log, Silence::Zero);
    EXPECT_EQ(card.id, "own-log");
    EXPECT_EQ(card.coverage.places_column, "lieu");
    expect_same(card, read_back(card));

    asked = {};
    asked.figure.value = "p";
    const Guess odd =
        guess_of_text("odd.csv", "day\t\"a \"\"quoted\"\" \\ name\"\tp\n2025-01-01\tx\t-\n2025-01-02\ty\t1,5\n", asked)
            .value();
    const auto measured = card_of(odd, Silence::Zero);
    EXPECT_FALSE(measured.coverage.complete) << "what is measured is not zero";
    expect_same(measured, read_back(measured));
}

TEST(Draft, AFileWithoutAHeaderHasNumberedColumns) {
    Asked asked;
    asked.figure.count = "column 3";
    const std::string path = made_file("bare.csv", "2025-01-01,Mali,3\n2025-01-02,Chad,4\n2025-01-03,Mali,5\n");
    const Guess bare = guess(path, asked, shipped_places()).value();
    const auto card = card_of(bare, Silence::Unknown);
    EXPECT_EQ(card.columns, (std::vector<std::string>{"column 1", "column 2", "column 3"}));
    expect_same(card, read_back(card));
    EXPECT_EQ(try_card(path, card, day_of(2026, 1, 1)).value().rows, 3);
}

TEST(Draft, TheCardReadsTheWholeFileAndSaysWhatItRefuses) {
    Asked asked;
    asked.figure.count = "nombre";
    const std::string path = made_file("log.csv", french_log(40) + "Total;;360;;\n");
    const Guess log = guess(path, asked, shipped_places()).value();
    const Trial trial = try_card(path, card_of(log, Silence::Zero), day_of(2026, 1, 1)).value();
    EXPECT_EQ(trial.rows, 121);
    EXPECT_EQ(trial.rejected, 1);
    ASSERT_EQ(trial.refused.size(), 1U);
    EXPECT_EQ(trial.refused[0].line, 122);
    EXPECT_EQ(trial.refused[0].example, "Total");
}

OwnWatch watch_of_log(int days) {
    Asked asked;
    asked.figure.count = "nombre";
    const Guess log = guess_of_text("log.csv", french_log(days), asked).value();
    return watch_of(log, card_of(log, Silence::Zero));
}

TEST(OwnWatch, TheMethodFollowsPeriodAndPast) {
    EXPECT_EQ(watch_of_log(50).period, PeriodKind::Day);
    EXPECT_EQ(watch_of_log(50).method, "ears-c2");
    EXPECT_EQ(watch_of_log(500).period, PeriodKind::Week);
    EXPECT_EQ(watch_of_log(500).method, "ears-c2");
    EXPECT_EQ(watch_of_log(1200).method, "season-trend");
    EXPECT_EQ(watch_of_log(2200).method, "farrington-flexible");
}

TEST(OwnWatch, ItsFilesAreReadWithoutFault) {
    const OwnWatch watch = watch_of_log(1200);
    Diagnostics faults;
    const auto page = pack::parse_area(pack::parse_toml(watch_text(watch), "watch.toml").value(), faults);
    const auto words = pack::parse_measures(pack::parse_toml(words_text(watch), "words.toml").value(), faults);
    for (const auto& fault : faults) ADD_FAILURE() << render(fault);
    ASSERT_EQ(page.watches.size(), 1U);
    EXPECT_EQ(page.section, "own");
    EXPECT_EQ(page.watches[0].counts, words.all.at(0).id);
    EXPECT_EQ(page.watches[0].selection.from, (std::vector<std::string>{"own-log"}));
}

TEST(TomlText, SlugsAreIdsInAnyScript) {
    EXPECT_EQ(slug("Dégâts (millions)"), "degats-millions");
    EXPECT_EQ(slug("Q1 2026.v2"), "q1-2026-v2");
    EXPECT_NE(slug("病例"), slug("死亡"));
    for (const char c : slug("病例 A")) EXPECT_TRUE(c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    EXPECT_EQ(quoted("a\"b\\c\n\x01"), "\"a\\\"b\\\\c\\n\\u0001\"");
}

}  // namespace
}  // namespace icosa::draft
