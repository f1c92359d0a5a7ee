/// An index of names against all pairs: what lies near is found, and rarity counts.
#include "methods/names/search.hpp"

#include <gtest/gtest.h>

#include "methods/names/sounds.hpp"

namespace icosa::methods::names {
namespace {

NameIndex index_of(std::initializer_list<const char*> names) {
    std::vector<IndexedName> out;
    for (const char* one : names)
        out.push_back({fold_name(one, Bearer::Unknown), static_cast<std::int32_t>(out.size()), {}});
    return NameIndex(std::move(out));
}

std::vector<std::uint32_t> found(const NameIndex& index, const char* asked) {
    NearWords near(index);
    std::vector<std::uint32_t> out;
    for (const auto& hit : NameSearch(index, near).find(fold_name(asked, Bearer::Unknown), 0.01, 5))
        out.push_back(hit.name);
    return out;
}

TEST(Search, FindsSpellings) {
    const auto index = index_of(
        {"Anna Primerova", "Karl Muster", "Zubayda Qahtani", "Otto Beispiel", "Kim Il Muster", "Berta Musterova"});
    EXPECT_EQ(found(index, "Zubaida al-Kahtany").front(), 2U);
    EXPECT_EQ(found(index, "Beispiel, Otto").front(), 3U);
    EXPECT_EQ(found(index, "AnnaPrimerova").front(), 0U) << "joined";
    EXPECT_EQ(found(index, "Anna Prime Rova").front(), 0U) << "parted";
    EXPECT_EQ(found(index, "Otto Beispeil").front(), 3U) << "neighbours changed places";
    EXPECT_TRUE(found(index, "Xerxes Quill").empty());
    EXPECT_TRUE(found(index, "").empty());
}

TEST(Search, KeysMeetAtOneClassLessMoreOrOther) {
    const auto meet = [](const char* a, const char* b) {
        std::vector<std::uint64_t> stands, asked;
        add_keys(sound_of(a), stands);
        add_keys_asked(sound_of(b), asked);
        return std::any_of(stands.begin(), stands.end(), [&](std::uint64_t key) {
            return std::find(asked.begin(), asked.end(), key) != asked.end();
        });
    };
    EXPECT_TRUE(meet("markov", "markov"));
    EXPECT_TRUE(meet("markov", "malkov")) << "changed";
    EXPECT_TRUE(meet("markov", "makov")) << "left out";
    EXPECT_TRUE(meet("markov", "marktov")) << "put in";
    EXPECT_TRUE(meet("macron", "marcon")) << "changed places";
    EXPECT_FALSE(meet("markov", "beispiel"));
}

TEST(Search, WhatIsRareSaysMore) {
    const auto index = index_of({"Ali Muster", "Ali Beispiel", "Ali Primer", "Ali Exempel", "Zebedee Muster"});
    EXPECT_GT(index.weight(fold_name("Zebedee", Bearer::Unknown).tokens[0]),
              index.weight(fold_name("Ali", Bearer::Unknown).tokens[0]));
    EXPECT_GT(index.weight(fold_name("Unheard", Bearer::Unknown).tokens[0]),
              index.weight(fold_name("Muster", Bearer::Unknown).tokens[0]));
}

TEST(Search, KeptWordsChangeNothing) {
    const auto index = index_of({"Anna Primerova", "Karl Muster", "Anna Muster", "Karl Primer"});
    NearWords near(index);
    NameSearch search(index, near);
    for (const char* asked : {"Anna Muster", "Carl Muster", "Anna Primer"}) {
        const auto first = search.find(fold_name(asked, Bearer::Unknown), 0, 5),
                   again = search.find(fold_name(asked, Bearer::Unknown), 0, 5);
        ASSERT_EQ(first.size(), again.size());
        for (std::size_t i = 0; i < first.size(); ++i) {
            EXPECT_EQ(first[i].name, again[i].name);
            EXPECT_EQ(first[i].probability, again[i].probability);
        }
    }
}

}  // namespace
}  // namespace icosa::methods::names
