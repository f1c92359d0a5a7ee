/// Screening against made-up lists: verdicts, identifiers, the same on any number of threads.
#include "screen/screening.hpp"

#include <gtest/gtest.h>

#include "screen/delisting.hpp"

namespace icosa::screen {
namespace {

model::Designee person(std::string reference, std::vector<model::ListedName> names) {
    model::Designee out;
    out.list = "un-list";
    out.reference = std::move(reference);
    out.kind = model::DesigneeKind::Individual;
    out.names = std::move(names);
    return out;
}

std::vector<model::Designee> lists() {
    std::vector<model::Designee> out;
    out.push_back(person("XXi.001", {{"Zubayda Karim Qahtani"}, {"Umm Nasr", model::NameQuality::Weak}}));
    out.back().births = {{day_of(1961, 2, 3), day_of(1961, 2, 3), false}};
    out.back().documents = {{"Passport", "A 123456", ""}};
    out.back().nationalities = {"Nowhere"};
    out.push_back(person("XXi.002", {{"Otto Beispiel (Passport No. 1)"}}));
    out.push_back(person("XXi.003", {{"Army of Examples (AOE; Example Army; Front of Examples)"}}));
    for (int i = 0; i < 200; ++i)
        out.push_back(person("YYi." + std::to_string(i),
                             {{std::string(1, static_cast<char>('a' + i % 26)) + "arov Muster"
                               + std::string(1, static_cast<char>('a' + i / 26)) + "off"}}));
    return out;
}

TEST(Screening, FindsWhoIsMeant) {
    const Screening screening(lists());
    const auto answer = screening.of({.name = "Qahtani, Zubaida Kareem"});
    EXPECT_EQ(answer.verdict, Verdict::Match);
    ASSERT_FALSE(answer.found.empty());
    EXPECT_EQ(screening.lists()[static_cast<std::size_t>(answer.found[0].designee)].reference, "XXi.001");
    EXPECT_NE(answer.found[0].words.find("zubaida ~ zubayda"), std::string::npos);
    EXPECT_LT(answer.found[0].by_chance, 0.01);
    EXPECT_EQ(screening.of({.name = "Xerxes Quill"}).verdict, Verdict::No);
    EXPECT_EQ(screening.of({.name = "Otto Beispiel"}).verdict, Verdict::Match) << "remarks of a list are no name";
    EXPECT_EQ(screening.of({.name = "Front of Examples"}).verdict, Verdict::Match) << "names in brackets are";
}

TEST(Screening, AWeakAliasAloneIsNoMatch) {
    const Screening screening(lists());
    const auto answer = screening.of({.name = "Umm Nasr"});
    EXPECT_NE(answer.verdict, Verdict::Match);
}

TEST(Screening, IdentifiersMoveTheScoreAndAreTold) {
    const Screening screening(lists());
    const std::string name = "Zubayda Qahtani";
    const auto alone = screening.of({.name = name});
    const auto born = screening.of({.name = name, .born = {day_of(1961, 2, 3), day_of(1961, 2, 3), false}});
    const auto other = screening.of({.name = name, .born = {day_of(1990, 5, 5), day_of(1990, 5, 5), false}});
    ASSERT_FALSE(alone.found.empty());
    ASSERT_FALSE(born.found.empty());
    EXPECT_GT(born.found[0].score, alone.found[0].score);
    EXPECT_EQ(born.found[0].identifiers.agreeing.size(), 1U);
    if (!other.found.empty()) {
        EXPECT_LT(other.found[0].score, alone.found[0].score);
        EXPECT_EQ(other.found[0].identifiers.differing, std::vector<std::string>{"born 1990-05-05, listed 1961-02-03"});
    }
    const auto document = screening.of({.name = name, .document = "a-123456"});
    EXPECT_GT(document.found[0].score, alone.found[0].score);
}

TEST(Screening, NationalityNeverCounts) {
    const Screening screening(lists());
    const std::string name = "Zubayda Qahtani";
    const auto alone = screening.of({.name = name}), same = screening.of({.name = name, .nationality = "nowhere"}),
               other = screening.of({.name = name, .nationality = "Elsewhere"});
    ASSERT_FALSE(alone.found.empty());
    EXPECT_EQ(same.found[0].score, alone.found[0].score);
    EXPECT_EQ(other.found[0].score, alone.found[0].score);
    EXPECT_TRUE(same.found[0].identifiers.agreeing.empty());
    EXPECT_EQ(other.found[0].identifiers.differing, std::vector<std::string>{"nationality Elsewhere, listed Nowhere"});
}

TEST(Screening, BirthDatesInAllTheirForms) {
    model::Designee listed = lists()[0];
    const auto odds = [&](model::BirthDate born) {
        return check_identifiers({.name = "x", .born = born}, listed).log_odds;
    };
    const auto day = [](int y, int m, int d) { return model::BirthDate{day_of(y, m, d), day_of(y, m, d), false}; };
    EXPECT_EQ(odds(day(1961, 2, 3)), 4);
    EXPECT_EQ(odds(day(1961, 3, 2)), 0) << "day and month swapped";
    EXPECT_EQ(odds(day(1967, 2, 3)), 0) << "a digit apart";
    EXPECT_EQ(odds({day_of(1961, 1, 1), day_of(1961, 12, 31), false}), 1.5);
    EXPECT_EQ(odds(day(1990, 10, 20)), -2.5);
    EXPECT_EQ(odds({}), 0) << "not known";
    listed.births[0].is_approximate = true;
    EXPECT_EQ(odds(day(1990, 10, 20)), -1);
}

TEST(Screening, DocumentsADigitApartAreTold) {
    const auto check = check_identifiers({.name = "x", .document = "A123457"}, lists()[0]);
    EXPECT_EQ(check.log_odds, 1);
    EXPECT_EQ(check.differing, std::vector<std::string>{"document A123457, listed A 123456 (a digit apart)"});
}

TEST(Screening, ThreadsGiveTheSame) {
    const Screening one(lists(), 1), many(lists(), 3);
    std::vector<Asked> asked;
    for (int i = 0; i < 700; ++i)
        asked.push_back({.name = std::string(1, static_cast<char>('a' + i % 26)) + "arow Muster"
                             + std::string(1, static_cast<char>('a' + i % 7)) + "of"});
    const auto a = one.of_all(asked, 5, 1), b = many.of_all(asked, 5, 3);
    ASSERT_EQ(a.size(), b.size());
    std::size_t hits = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_EQ(a[i].verdict, b[i].verdict);
        ASSERT_EQ(a[i].found.size(), b[i].found.size());
        for (std::size_t k = 0; k < a[i].found.size(); ++k) {
            EXPECT_EQ(a[i].found[k].designee, b[i].found[k].designee);
            EXPECT_EQ(a[i].found[k].score, b[i].found[k].score);
            ++hits;
        }
    }
    EXPECT_GT(hits, 100U);
}

TEST(Screening, AnyBytesGetAnAnswer) {
    const Screening screening(lists());
    EXPECT_EQ(screening.of({.name = ""}).verdict, Verdict::Unsure);
    EXPECT_EQ(screening.of({.name = "..."}).note, "no word to go by");
    EXPECT_EQ(screening.of({.name = "\xFF\xFE"}).found.size(), 0U);
    EXPECT_NE(screening.of({.name = std::string(10'000, 'z')}).note, "");
    const Screening nothing({});
    EXPECT_EQ(nothing.of({.name = "Otto Beispiel"}).verdict, Verdict::No);
}

TEST(Delisting, TheFirstChannelOfTheCardThatFits) {
    pack::SourceCard card;
    card.id = "some-list";
    card.delisting.push_back({"the ombudsperson", {"first"}, false, {}, {}});
    card.delisting.push_back({"the focal point", {}, true, {}, {}});
    model::Designee one = lists()[0];
    one.list = "some-list";
    one.regime = "first";
    ASSERT_NE(delisting_of(one, {&card, 1}), nullptr);
    EXPECT_EQ(delisting_of(one, {&card, 1})->to, "the ombudsperson");
    one.regime = "second";
    EXPECT_EQ(delisting_of(one, {&card, 1})->to, "the focal point");
    EXPECT_TRUE(delisting_of(one, {&card, 1})->national);
    one.list = "another-list";
    EXPECT_EQ(delisting_of(one, {&card, 1}), nullptr);
}

}  // namespace
}  // namespace icosa::screen
