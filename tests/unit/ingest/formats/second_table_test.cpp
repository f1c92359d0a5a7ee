/// Where one table on a sheet ends and another begins.
#include "ingest/formats/second_table.hpp"

#include <gtest/gtest.h>

namespace icosa::ingest {
namespace {

/// The lines of rows that are none of the first table; row 1 is its heading, an empty row is none.
std::vector<int> left_out(const std::vector<std::vector<std::string>>& rows, std::int64_t header_line = 1) {
    SecondTable table(header_line);
    std::vector<int> out;
    int line = 0;
    for (const auto& cells : rows) {
        ++line;
        CellRow row;
        row.line = line;
        row.cells = cells;
        if (!cells.empty() && !table.look_at(row).empty()) out.push_back(line);
    }
    return out;
}

TEST(SecondTable, BeginsWithItsHeading) {
    const std::vector<std::string> head{"country", "day", "n"};
    EXPECT_EQ(left_out({head,
                        {"Mali", "2026-01-01", "3"},
                        {"Niger", "2026-01-02", "-4"},
                        {},
                        {"region", "month", "deaths"},
                        {"Mopti", "2026-01", "9"}}),
              (std::vector<int>{5, 6}));
    EXPECT_EQ(
        left_out(
            {head, {"Mali", "2026-01-01", "3"}, {"Niger", "2026-01-02", "4"}, {}, head, {"Chad", "2026-01-01", "9"}}),
        (std::vector<int>{}))
        << "its own heading again: the table goes on";
    EXPECT_EQ(left_out({head,
                        {"Mali", "2026-01-01", "3"},
                        {"Niger", "2026-01-02", "4"},
                        {},
                        {"Source: a ministry"},
                        {"Chad", "2026-01-03", "1"}}),
              (std::vector<int>{}))
        << "a note";
    EXPECT_EQ(left_out({head, {"Mali", "2026-01-01", "3"}, {"Niger", "2026-01-02", "4"}, {"n/a", "none", "none"}}),
              (std::vector<int>{}))
        << "no empty row before it";
    EXPECT_EQ(left_out({{"a", "b"}, {"x", "y"}, {"z", "w"}, {}, {"u", "v"}}), (std::vector<int>{}))
        << "words everywhere";
    EXPECT_EQ(left_out({head, {"Mali", "1", "3"}, {"Niger", "2", "4"}, {}, {"region", "month", "deaths"}}, 0),
              (std::vector<int>{}))
        << "where no heading is known, nothing is said";
}

}  // namespace
}  // namespace icosa::ingest
