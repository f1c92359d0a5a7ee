/// Groups of an authored table against what a source names.
#include "pack/group.hpp"

#include <gtest/gtest.h>

namespace icosa::pack {
namespace {

ListedGroup listed(const char* name, Day first) { return {"lists", name, {name}, {}, {}, first, {}, {}}; }

TEST(Group, NamesOfPairs) {
    EXPECT_EQ(groups_named("Government of Mali - Civilians; al-Qaida  - Civilians; ADF, Vuba militia - Civilians"),
              (std::vector<std::string>{"al-Qaida", "ADF", "Vuba militia"}));
    EXPECT_EQ(groups_named("Anti-Balaka - Mokom - Civilians"), std::vector<std::string>{"Anti-Balaka - Mokom"});
    EXPECT_TRUE(groups_named("NO_DYAD").empty());
    EXPECT_TRUE(groups_named("").empty());
}

TEST(Group, AllSomeNone) {
    const std::vector<ListedGroup> table = {listed("IS", day_of(2004, 10, 18)), listed("JNIM", day_of(2018, 10, 4))};
    const Day day = day_of(2024, 12, 31);
    EXPECT_EQ(listed_of({"IS"}, table, day), Listed::All);
    EXPECT_EQ(listed_of({"IS", "JNIM"}, table, day), Listed::All);
    EXPECT_EQ(listed_of({"IS", "RSF"}, table, day), Listed::Some);
    EXPECT_EQ(listed_of({"RSF"}, table, day), Listed::None);
    EXPECT_EQ(listed_of({}, table, day), Listed::None);
    EXPECT_EQ(listed_of({"JNIM"}, table, day_of(2017, 12, 31)), Listed::Some) << "listed later: no figure, and no 0";
}

}  // namespace
}  // namespace icosa::pack
