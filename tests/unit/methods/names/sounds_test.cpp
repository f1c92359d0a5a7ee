/// Distances of spellings and skeletons of sounds.
#include "methods/names/sounds.hpp"

#include <gtest/gtest.h>

#include <string>

namespace icosa::methods::names {
namespace {

TEST(Sounds, SpellingsOfOneNameShareASkeleton) {
    const std::pair<const char*, const char*> same[] = {{"muhammad", "mohamed"}, {"gaddafi", "qadhafi"},
                                                        {"husayn", "hussein"},   {"tchaikovsky", "chaykovski"},
                                                        {"yusuf", "iusef"},      {"schwarz", "shvarz"}};
    for (const auto& [a, b] : same) EXPECT_EQ(sound_of(a), sound_of(b)) << a << " " << b;
    EXPECT_NE(sound_of("karim"), sound_of("salim"));
    EXPECT_EQ(sound_of(""), 0U);
    EXPECT_EQ(sound_length(sound_of(std::string(40, 'k'))), 1);
}

TEST(Sounds, AClassIsLeftOutAtItsPlace) {
    EXPECT_EQ(sound_length(0x1234), 4);
    EXPECT_EQ(sound_without(0x1234, 0), 0x234U);
    EXPECT_EQ(sound_without(0x1234, 1), 0x134U);
    EXPECT_EQ(sound_without(0x1234, 3), 0x123U);
}

TEST(Sounds, DistancesCountWhatIsHeard) {
    const auto cost = [](const char* a, const char* b) { return spelling_distance(a, b, Vowels::Written).cost; };
    EXPECT_EQ(cost("same", "same"), 0);
    EXPECT_NEAR(cost("kosta", "kossta"), 0.15, 1e-9) << "a letter doubled";
    EXPECT_NEAR(cost("sergei", "sergey"), 0.25, 1e-9);
    EXPECT_NEAR(cost("marcon", "macron"), 0.6, 1e-9) << "neighbours changed places";
    EXPECT_NEAR(cost("beta", "meta"), 1.3, 1e-9) << "the first letter";
    EXPECT_LT(cost("ahmad", "ahmed"), cost("ahmad", "ahmar"));
    for (const auto& [a, b] : {std::pair{"karim", "kerim"}, std::pair{"olga", "oleg"}, std::pair{"abc", "xyzzy"}})
        EXPECT_EQ(cost(a, b), cost(b, a));
}

TEST(Sounds, PlainEditsAreThoseOfDamerau) {
    const auto edits = [](const char* a, const char* b) { return spelling_distance(a, b, Vowels::Written).edits; };
    EXPECT_EQ(edits("kitten", "sitting"), 3);
    EXPECT_EQ(edits("doe", "down"), 2);
    EXPECT_EQ(edits("ab", "ba"), 1);
    EXPECT_EQ(edits("", "abc"), 3);
}

TEST(Sounds, UnwrittenVowelsCostLittle) {
    EXPECT_LT(spelling_distance("slman", "salman", Vowels::Unwritten).cost, 0.11);
    EXPECT_LT(spelling_distance("mhmwd", "mahmud", Vowels::Unwritten).cost, 0.3);
}

TEST(Sounds, ABoundEndsTheWork) {
    EXPECT_GT(spelling_distance("alexander", "konstantin", Vowels::Written, 1).cost, 1);
    EXPECT_NEAR(spelling_distance("sergei", "sergey", Vowels::Written, 1).cost, 0.25, 1e-9);
    const std::string long_a(100, 'a'), long_b(100, 'b');
    EXPECT_GT(spelling_distance(long_a, long_b, Vowels::Written).cost, 10);
}

}  // namespace
}  // namespace icosa::methods::names
