/// Tables that no person would write: what fuzz/user_table_fuzz.cpp found, and what its seeds were made to find.
#include <string>

#include <gtest/gtest.h>

#include "folder.hpp"
#include "table/counts.hpp"
#include "table/sparse_counts.hpp"
#include "table/votes.hpp"

namespace icosa::table {
namespace {

class OddTable : public ::testing::Test {
protected:
    [[nodiscard]] std::string put(const std::string& name, const std::string& text) const {
        return folder_.put(name, text);
    }

private:
    Folder folder_;
};

std::string wide(const std::string& first, int more) {
    std::string out = first;
    for (int i = 0; i < more; ++i) out += ",c";
    return out + "\n";
}

TEST_F(OddTable, MoreColumnsThanATableHas) {
    const auto counts = read_counts(put("counts.csv", wide("unit,month,count", 5000)), {"unit", "month", "count"});
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().code, "wrong-columns");
    EXPECT_EQ(counts.error().where.line, 1);
    const auto calls = read_roll_calls(put("calls.csv", wide("rcid,session", 5000)));
    ASSERT_FALSE(calls);
    EXPECT_EQ(calls.error().code, "wrong-columns");
    EXPECT_EQ(calls.error().where.line, 1);
}

TEST_F(OddTable, CountsThatDoNotAddUp) {
    const auto counts =
        read_sparse(put("counts.csv", "unit,month,count\n5,2020-01,1\n5,2020-01,1e308\n"), {"unit", "month", "count"});
    ASSERT_FALSE(counts);
    EXPECT_EQ(counts.error().code, "bad-count");
    EXPECT_EQ(counts.error().where.line, 3);
}

TEST_F(OddTable, ACellWrittenInTwoWaysIsOneCell) {
    const auto counts = read_sparse(put("counts.csv", "unit,month,count\n5,2020-01,1\n05,2020-01,2\n6,2020-01,4\n"),
                                    {"unit", "month", "count"});
    ASSERT_TRUE(counts);
    const auto cells = cells_of(*counts, nullptr, counts->end, "counts.csv", "");
    ASSERT_TRUE(cells);
    EXPECT_EQ(cells->panel.gids, (std::vector<int>{5, 6}));
    ASSERT_EQ(cells->panel.months.size(), 1u);
    ASSERT_EQ(cells->panel.months[0].size(), 2u);
    EXPECT_EQ(cells->panel.months[0][0].count, 3);
    EXPECT_EQ(cells->panel.months[0][1].count, 4);
}

}  // namespace
}  // namespace icosa::table
