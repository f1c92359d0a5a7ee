/// Volume, early zeros and rows set aside: what a card may say of a series that misleads.
#include <algorithm>

#include <gtest/gtest.h>

#include "pack/source_card.hpp"

namespace icosa::pack {
namespace {

std::vector<std::string> faults_of(const std::string& record, const std::string& rest, SourceCard* card = nullptr) {
    const auto file = parse_toml(
        "[source]\nid = \"s\"\ntitle = \"T\"\npublisher = \"P\"\nlicence = \"x\"\nheader = "
        "[\"a\"]\nrecord = \""
            + record + "\"\n" + rest,
        "s.toml");
    EXPECT_TRUE(file) << (file ? "" : render(file.error()));
    Diagnostics faults;
    const auto read = parse_source_card(*file, faults);
    if (card) *card = read;
    std::vector<std::string> out;
    for (const Error& fault : faults) out.push_back(render(fault));
    return out;
}

bool has(const std::vector<std::string>& faults, const std::string& part) {
    return std::any_of(faults.begin(), faults.end(),
                       [&](const std::string& fault) { return fault.find(part) != std::string::npos; });
}

constexpr const char* vote_map =
    "[map]\nroll_call = { column = \"a\" }\nvoter = { column = \"b\" }\nballot = { value = \"yes\" }\n";
constexpr const char* facts =
    "reason = \"r\"\nsource = \"s\"\nreviewed = \"2026-11-29\"\nfirst_day = "
    "\"2010-01-01\"\nlast_day = \"2010-12-31\"\n";

TEST(SetAsideCard, WhatItSays) {
    SourceCard card;
    EXPECT_TRUE(faults_of("vote",
                          std::string(vote_map) + "[[set_aside]]\nwhere = { voter = [\"X\"], roll_call = \"1..3\" }\n"
                              + facts + "places = [\"grc\"]\n",
                          &card)
                    .empty());
    ASSERT_EQ(card.set_aside.size(), 1U);
    EXPECT_EQ(card.set_aside[0].where.at("roll_call"), std::vector<std::string>{"1..3"});
    EXPECT_EQ(card.set_aside[0].last_day, day_of(2010, 12, 31));
    EXPECT_EQ(card.volume, Volume::Phenomenon);
}

TEST(SetAsideCard, WhatIsWrongWithIt) {
    EXPECT_TRUE(has(faults_of("vote", std::string(vote_map) + "[[set_aside]]\n" + facts), "has no 'where'"));
    EXPECT_TRUE(
        has(faults_of("vote", std::string(vote_map) + "[[set_aside]]\nwhere = { ballot = [\"yes\"] }\n" + facts),
            "asks for field 'ballot', which the card does not map from one column"));
    EXPECT_TRUE(has(faults_of("vote", std::string(vote_map) + "[[set_aside]]\nwhere = { votre = [\"X\"] }\n" + facts),
                    "did you mean 'voter'?"));
    EXPECT_TRUE(has(faults_of("vote",
                              std::string(vote_map)
                                  + "[[set_aside]]\nwhere = { voter = [\"X\"] }\nreason = \"r\"\nsource = \"s\"\n"),
                    "needs 'reviewed', 'first_day' and 'last_day'"));
    EXPECT_TRUE(has(faults_of("event",
                              std::string("[map]\nday = { column = \"a\" }\nkind = { value = \"k\" }\n"
                                          "[[set_aside]]\nwhere = { day = [\"x\"] }\n")
                                  + facts),
                    "gives neither votes nor observations"));
    EXPECT_TRUE(
        has(faults_of("event", "volume = \"loud\"\n[map]\nday = { column = \"a\" }\nkind = { value = \"k\" }\n"),
            "phenomenon"));
}

}  // namespace
}  // namespace icosa::pack
