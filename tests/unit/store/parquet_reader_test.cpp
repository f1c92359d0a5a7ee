/// Columns keep their own types; what is absent is said.
#include "store/parquet_reader.hpp"

#include <cmath>

#include "fixture.hpp"
#include "store/duck.hpp"

namespace icosa::store {
namespace {

TEST(ParquetReader, GivesBlocksOfTypedColumns) {
    const Folder folder;
    auto connection = must(duck::Connection::open(":memory:", {{"threads", "1"}}));
    must(
        connection.run("COPY (SELECT i::INTEGER AS small, (i * 3000000000)::BIGINT AS large, (i / 4)::FLOAT AS half, "
                       "CASE WHEN i % 1000 <> 7 THEN i::DECIMAL(9, 2) END AS exact, DATE '2020-01-01' + i::INTEGER AS "
                       "day, 'unit ' || i || ' with a name that is long' AS unit, "
                       "(i % 2 = 0) AS even FROM range(5000) r(i) ORDER BY i) TO '"
                       + folder.file("a.parquet") + "' (FORMAT parquet)"));
    auto reader = must(ParquetReader::open(folder.file("a.parquet")));
    using enum ColumnType;
    std::vector<ColumnType> types;
    for (const auto& column : reader.columns()) types.push_back(column.type);
    EXPECT_EQ(types, (std::vector{Integer, Integer, Number, Number, Text, Text, Integer}));
    EXPECT_EQ(reader.rows(), 5000);
    const std::size_t wanted[] = {5, 1, 3, 0, 4, 6, 2};
    must(reader.choose(wanted));
    std::int64_t i = 0;
    while (must(reader.next())) {
        const auto units = reader.texts(0), days = reader.texts(4);
        const auto large = reader.integers(1), small = reader.integers(3), even = reader.integers(5);
        const auto exact = reader.numbers(2), half = reader.numbers(6);
        EXPECT_EQ(reader.first_absent(0), std::nullopt);
        for (std::size_t row = 0; row < reader.size(); ++row, ++i) {
            ASSERT_EQ(units[row], "unit " + std::to_string(i) + " with a name that is long");
            ASSERT_EQ(large[row], i * 3'000'000'000);
            ASSERT_EQ(small[row], i);
            ASSERT_EQ(even[row], i % 2 == 0);
            ASSERT_EQ(half[row], static_cast<double>(i) / 4);
            ASSERT_EQ(reader.is_absent(2, row), i % 1000 == 7);
            ASSERT_TRUE(i % 1000 == 7 ? std::isnan(exact[row]) : exact[row] == static_cast<double>(i));
            if (i == 31) {
                ASSERT_EQ(days[row], "2020-02-01");
            }
            if (i == 7) {
                ASSERT_EQ(reader.first_absent(2), row);
            }
        }
    }
    EXPECT_EQ(i, 5000);
}

TEST(ParquetReader, ATimeAtMidnightIsItsDay) {
    const Folder folder;
    auto connection = must(duck::Connection::open(":memory:", {{"threads", "1"}}));
    must(
        connection.run("COPY (SELECT * FROM (VALUES (TIMESTAMP '2018-01-01'), (TIMESTAMP '2018-02-01 06:30:00'), "
                       "(NULL)) t(moment)) TO '"
                       + folder.file("a.parquet") + "' (FORMAT parquet)"));
    auto reader = must(ParquetReader::open(folder.file("a.parquet")));
    const std::size_t wanted[] = {0};
    must(reader.choose(wanted));
    ASSERT_TRUE(must(reader.next()));
    const auto texts = reader.texts(0);
    EXPECT_EQ(std::vector<std::string>(texts.begin(), texts.end()),
              (std::vector<std::string>{"2018-01-01", "2018-02-01 06:30:00", ""}));
}

TEST(ParquetReader, WhatIsNoParquetIsRefused) {
    const Folder folder;
    EXPECT_EQ(ParquetReader::open(folder.file("none.parquet")).error().code, "missing-file");
    must(write_parquet(folder.file("a.parquet"), {{"n", ColumnType::Integer}}, {{std::int64_t{1}}}));
    std::filesystem::resize_file(folder.file("a.parquet"), 40);
    EXPECT_EQ(ParquetReader::open(folder.file("a.parquet")).error().code, "not-parquet");
}

}  // namespace
}  // namespace icosa::store
