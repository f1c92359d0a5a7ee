/// What is guessed of small files of each kind.
#include "draft/guess.hpp"

#include <gtest/gtest.h>

#include "draft/name_hint.hpp"
#include "made_file.hpp"

namespace icosa::draft {
namespace {

TEST(Guess, AFrenchLogSaysItsDayPlaceAndDecimalComma) {
    Asked asked;
    asked.figure.count = "nombre";
    const Guess of = guess_of_text("log.csv", french_log(40), asked).value();
    EXPECT_EQ(of.look.delimiter, ';');
    EXPECT_EQ(of.name_of(of.day.columns[0]), "date");
    EXPECT_EQ(of.day.parse, pack::Parse::DateDmy);
    EXPECT_EQ(of.day.stands_for, PeriodKind::Day);
    EXPECT_EQ(of.name_of(of.place.column), "lieu");
    EXPECT_EQ(of.place.units, Units::Places);
    EXPECT_EQ(of.place.titles, (std::vector<std::string>{"Burkina Faso", "Mali", "Chad"}));
    EXPECT_EQ(of.figure.figure, Figure::Count);
    EXPECT_EQ(of.figure.decimal, ',') << "another column shows it";
    EXPECT_EQ(of.identity, (std::vector<int>{0, 1}));
}

TEST(Guess, WeeksAndRegionsThatNoPackKnows) {
    std::string text = "week,region,cases\n";
    for (int w = 1; w <= 20; ++w) {
        for (const char* region : {"Kayes", "Sikasso", "Mopti"})
            text += "2026-W" + std::string(w < 10 ? "0" : "") + std::to_string(w) + "," + region + ",7\n";
    }
    Asked asked;
    asked.figure.may_guess = true;
    const Guess of = guess_of_text("weeks.csv", text, asked).value();
    EXPECT_EQ(of.day.parse, pack::Parse::Week);
    EXPECT_EQ(of.day.width, PeriodKind::Week);
    EXPECT_EQ(of.place.units, Units::Own);
    EXPECT_EQ(of.figure.figure, Figure::Count);
    EXPECT_EQ(of.measure, "cases");
}

TEST(Guess, DaysThatLieOneAMonthStandForIt) {
    const Guess of =
        guess_of_text("stamps.csv", "day,country,n\n2025-01-15,Mali,1\n2025-02-15,Mali,2\n2025-03-15,Mali,3\n").value();
    EXPECT_EQ(of.day.width, PeriodKind::Day);
    EXPECT_EQ(of.day.stands_for, PeriodKind::Month);
}

TEST(Guess, AYearAndAWeekInTwoColumns) {
    const Guess of =
        guess_of_text("two.csv", "country,year,week,n\nMali,2024,51,1\nMali,2024,52,1\nMali,2025,1,2\n").value();
    EXPECT_EQ(of.day.columns, (std::vector<int>{1, 2}));
    EXPECT_EQ(of.day.parse, pack::Parse::Week);
    EXPECT_EQ(iso(of.day.last), "2025-01-05");
}

TEST(Guess, PricesArePartedByTheirProducts) {
    std::string text = "mois;marché;produit;prix\n";
    for (int m = 1; m <= 9; ++m) {
        for (const char* market : {"Gao", "Kayes"}) {
            for (const char* product : {"Mil", "Riz"})
                text += "0" + std::to_string(m) + "/2025;" + market + ";" + product + ";250,5\n";
        }
    }
    Asked asked;
    asked.date = "mois";
    asked.place = "MARCHÉ";
    asked.figure.value = "prix";
    const auto found = guess_of_text("prix.csv", text, asked);
    ASSERT_FALSE(found) << "accented letters are not folded in names of columns";
    asked.place = "marché";
    const Guess of = guess_of_text("prix.csv", text, asked).value();
    EXPECT_EQ(of.figure.figure, Figure::Value);
    EXPECT_EQ(of.parts, (std::vector<int>{2}));
    EXPECT_EQ(of.subject(), (std::vector<int>{1, 2}));
    EXPECT_EQ(of.figure.decimal, ',');
}

TEST(Guess, ACountWithGapsIsASumAndItsMissingWordsAreNulls) {
    Asked asked;
    asked.figure.count = "n";
    const Guess of =
        guess_of_text("gaps.csv", "day,country,n\n2025-01-01,Mali,3\n2025-01-02,Mali,n/a\n2025-01-03,Mali,5\n", asked)
            .value();
    EXPECT_EQ(of.figure.figure, Figure::Sum);
    EXPECT_EQ(of.nulls, (std::vector<std::string>{"n/a"}));
}

TEST(Guess, DocumentsHaveNestedColumnsBySlashOrLastPart) {
    const std::string text = R"({"data":{"items":[{"when":{"day":"2025-01-01"},"where":{"country":"Mali"},"n":1},)"
                             R"({"when":{"day":"2025-01-02"},"where":{"country":"Chad"},"n":2}]}})";
    Asked asked;
    asked.date = "/when/day";
    asked.place = "country";
    asked.figure.count = "n";
    const Guess of = guess_of_text("nested.json", text, asked).value();
    EXPECT_EQ(of.look.part.name, "data.items");
    EXPECT_EQ(of.name_of(of.day.columns[0]), "when.day");
    EXPECT_EQ(of.name_of(of.place.column), "where.country");
}

TEST(Guess, WhatCouldBeTwoThingsIsDecidedByWhatItIsFor) {
    std::string text = "period,country,n\n";
    for (int m = 0; m < 24; ++m)
        text += std::to_string(202401 + m % 12 + m / 12 * 100) + ",Mali,\"1,00" + std::to_string(m % 9) + "\"\n";
    Asked asked;
    asked.date = "period";
    asked.figure.count = "n";
    const Guess of = guess_of_text("open.csv", text, asked).value();
    EXPECT_EQ(of.day.parse, pack::Parse::Month) << "no week of two years is beyond the 12th";
    EXPECT_EQ(of.figure.figure, Figure::Count);
    EXPECT_EQ(of.figure.decimal, '.') << "counts are whole: the comma groups";
}

TEST(Guess, ARowOfTagsIsNoRow) {
    const Guess of =
        guess_of_text("hxl.csv", "Day,Country,Affected\n#date,#country+name,#affected\n2025-01-01,Mali,1\n").value();
    EXPECT_TRUE(of.look.has_tag_row);
    EXPECT_EQ(of.look.rows.size(), 1U);
}

TEST(Guess, FewCodesAreNoPlacesWhereTheColumnIsNotCalledSo) {
    const Guess of = guess_of_text("kg.csv", "day,unit,n\n2025-01-01,kg,1\n2025-01-02,kg,2\n").value();
    EXPECT_EQ(of.place.units, Units::None) << "kg is no Kyrgyzstan";
}

TEST(Guess, ErrorsNameTheColumnAndTheCure) {
    Asked asked;
    asked.date = "dat";
    EXPECT_EQ(guess_of_text("e.csv", "date,n\n2025-01-01,1\n", asked).error().cure, "did you mean 'date'?");
    asked = {};
    EXPECT_EQ(guess_of_text("e.csv", "date,n\n01/02/2025,1\n02/03/2025,2\n", asked).error().code, "ambiguous-time");
    asked.date_form = "dmy";
    EXPECT_EQ(guess_of_text("e.csv", "date,n\n01/02/2025,1\n02/03/2025,2\n", asked).value().day.parse,
              pack::Parse::DateDmy);
    asked = {};
    asked.figure.count = asked.figure.value = "n";
    EXPECT_EQ(guess_of_text("e.csv", "date,n\n2025-01-01,1\n", asked).error().code, "two-figures");
    asked = {};
    asked.figure.count = "place";
    EXPECT_EQ(guess_of_text("e.csv", "date,place\n2025-01-01,Mali\n", asked).error().code, "no-figures");
    EXPECT_EQ(guess_of_text("e.csv", "a,b\nx,y\n").error().code, "no-day");
}

TEST(NameHint, SplitsWordsOfCamelsAndUnderscores) {
    EXPECT_TRUE(hints_at("eventDate", Hint::Day));
    EXPECT_TRUE(hints_at("GNAYear", Hint::Day));
    EXPECT_TRUE(hints_at("date_start", Hint::Day));
    EXPECT_TRUE(hints_at("Nombre de cas", Hint::Count));
    EXPECT_FALSE(hints_at("update", Hint::Day));
}

}  // namespace
}  // namespace icosa::draft
