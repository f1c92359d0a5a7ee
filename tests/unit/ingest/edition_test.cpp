/// What the name of a file says of its edition.
#include "ingest/edition.hpp"

#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace icosa::ingest {
namespace {

TEST(Edition, IsReadFromTheName) {
    const std::pair<const char*, const char*> names[] = {
        {"GEDEvent_v25_1.csv", "25.1"},
        {"down/ged-24.1.csv", "24.1"},
        {"ged251.csv", "25.1"},
        {"GEDEvent_v26_0_4.csv", "26.0.4"},
        {"candidate v26.0.10.csv", "26.0.10"},
        {"GEDEvent_v25_1_2025.csv", "25.1"},
        {"kev_2022-03-20.csv", "2022-03-20"},
        {"kev-20220320.csv", "2022-03-20"},
        {"kev-20221320.csv", ""},
        {"kev.csv", ""},
    };
    for (const auto& [name, edition] : names) EXPECT_EQ(edition_of({}, name).label, edition) << name;
}

TEST(Edition, LaterOnesRankHigher) {
    const char* in_order[] = {"ged_v9.1.csv",     "ged_v10.1.csv", "ged_v25.0.11.csv",
                              "ged_v25.0.12.csv", "ged_v25.1.csv", "ged_2001-01-01.csv"};
    for (std::size_t i = 1; i < std::size(in_order); ++i)
        EXPECT_LT(edition_of({}, in_order[i - 1]).rank, edition_of({}, in_order[i]).rank) << in_order[i];
}

}  // namespace
}  // namespace icosa::ingest
