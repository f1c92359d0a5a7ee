/// Pairs of names: verdicts, what met what, bounds. All persons are made up, or long dead.
#include "methods/names/compare.hpp"

#include <gtest/gtest.h>

namespace icosa::methods::names {
namespace {

Verdict verdict(std::string_view a, std::string_view b, Bearer bearer = Bearer::Person) {
    return compare_names(a, b, bearer).verdict;
}

TEST(Compare, OneBearer) {
    const std::pair<const char*, const char*> same[] = {
        {"Wolfgang Amadeus Mozart", "Mozart, Wolfgang"},
        {"Johann Sebastian Bach", "J. S. Bach"},
        {"Чехов Антон", "Anton Chekhov"},
        {"Anna Petrovna Primerova", "Anna Primerova"},
        {"AnnaPrimerova", "Anna Primerova"},
        {"Dr. Anna Primerova", "Anna Primerova"},
        {"'Abd al-Karim an-Nuri", "Abdul Karim Noori"},
        {"Ludwig van Bethoven", "Ludwig van Beethoven"},
        {"محمد كريم", "Mohammed Kareem"},
    };
    for (const auto& [a, b] : same) {
        EXPECT_EQ(verdict(a, b), Verdict::Match) << a << " | " << b;
        EXPECT_NEAR(compare_names(a, b, Bearer::Person).probability, compare_names(b, a, Bearer::Person).probability,
                    0.05);
    }
    EXPECT_EQ(verdict("Primer OOO", "LIMITED LIABILITY COMPANY PRIMER", Bearer::Organisation), Verdict::Match);
    EXPECT_EQ(verdict("Brigade Forty-Four", "Brigade 44", Bearer::Organisation), Verdict::Match);
}

TEST(Compare, TwoBearers) {
    const std::pair<const char*, const char*> other[] = {
        {"Johann Sebastian Bach", "Johann Christian Bach"},
        {"Anna Petrovna Primerova", "Anna Ivanovna Primerova"},
        {"Anna Primerova", "Karl Muster"},
        {"William G. Primer", "William W. Primer"},
        {"Karim bin Salih Muster", "Salih bin Karim Muster"},
    };
    for (const auto& [a, b] : other) EXPECT_NE(verdict(a, b), Verdict::Match) << a << " | " << b;
    EXPECT_EQ(verdict("Republic of Estonia", "Republic of Ethiopia", Bearer::Organisation), Verdict::No);
}

TEST(Compare, SaysWhichWordMetWhich) {
    const auto one = compare_names("Mozart, Wolfgang A.", "Wolfgang Amadeus Mosart", Bearer::Person);
    EXPECT_EQ(explain(one.a, one.b, one.alignment), "wolfgang = wolfgang; mozart ~ mosart 0.95; a may be amadeus");
    const auto two = compare_names("Anna Muster", "Berta Muster", Bearer::Person);
    EXPECT_EQ(explain(two.a, two.b, two.alignment), "muster = muster; left: anna | berta");
    const auto three = compare_names("Karl Muster Muster", "Muster Karl", Bearer::Person);
    EXPECT_NE(explain(three.a, three.b, three.alignment).find("said twice"), std::string::npos);
    const auto four = compare_names("UN", "x", Bearer::Unknown);
    EXPECT_NE(explain(four.a, four.b, four.alignment).find("no word met"), std::string::npos);
}

TEST(Compare, ANameWithoutLettersIsUnsure) {
    EXPECT_EQ(verdict("", "Anna Muster"), Verdict::Unsure);
    EXPECT_EQ(verdict("---", ""), Verdict::Unsure);
}

TEST(Compare, ProbabilitiesAreProbabilities) {
    const char* names[] = {"", "a", "Anna Muster", "\xFF", "محمد", "Anna Anna Anna", "7", "A.B.C."};
    for (const char* a : names)
        for (const char* b : names) {
            const double p = compare_names(a, b, Bearer::Unknown).probability;
            EXPECT_GE(p, 0);
            EXPECT_LE(p, 1);
        }
    const std::string long_one(10'000, 'x');
    EXPECT_LE(compare_names(long_one, long_one + " y", Bearer::Unknown).probability, 1);
}

}  // namespace
}  // namespace icosa::methods::names
