/// Parquet written here reads back in DuckDB.
#include "store/table_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "fixture.hpp"
#include "store/duck.hpp"

namespace icosa::store {
namespace {

std::string bytes_of(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return (std::ostringstream() << in.rdbuf()).str();
}

TEST(TableFile, ReadsBackAndIsTheSameTwice) {
    const Folder folder;
    const std::vector<Column> columns = {{"period", ColumnType::Text},
                                         {"na\"me", ColumnType::Text},
                                         {"rows", ColumnType::Integer},
                                         {"value", ColumnType::Number}};
    const std::vector<std::vector<Cell>> rows = {{"2020", "Côte d'Ivoire", std::int64_t{3}, 0.5},
                                                 {"2021", std::monostate{}, std::monostate{}, std::monostate{}}};
    must(write_parquet(folder.file("a.parquet"), columns, rows));
    must(write_parquet(folder.file("b.parquet"), columns, rows));
    EXPECT_EQ(bytes_of(folder.file("a.parquet")), bytes_of(folder.file("b.parquet")));
    auto connection = must(duck::Connection::open(":memory:", {}));
    auto read = must(connection.query("SELECT \"na\"\"me\", rows, value, period FROM '" + folder.file("a.parquet")
                                      + "' ORDER BY period"));
    ASSERT_TRUE(read.next());
    EXPECT_EQ(read.text(0), "Côte d'Ivoire");
    EXPECT_EQ(read.integer(1), 3);
    EXPECT_EQ(read.number(2), 0.5);
    ASSERT_TRUE(read.next());
    EXPECT_TRUE(read.is_null(0) && read.is_null(1) && read.is_null(2));
    EXPECT_FALSE(read.next());
}

TEST(ParquetWriter, StreamsBlobsTextsAndNumbersInRowGroups) {
    const Folder folder;
    const std::vector<Column> columns = {{"month", ColumnType::Text},
                                         {"draw", ColumnType::Integer},
                                         {"sketch", ColumnType::Blob},
                                         {"mean", ColumnType::Number}};
    const auto write = [&](const std::string& path, int rows) {
        auto writer = must(ParquetWriter::open(path, columns));
        for (int i = 0; i < rows; ++i) {
            writer.add(i % 2 == 0 ? "2020-01" : "a month with a name longer than twelve letters").add(std::int64_t{i});
            if (i % 5 == 4) writer.add_absent();
            else writer.add(std::string_view("\0\xff\x01", 3));
            writer.add(i / 2.0).end_row();
        }
        EXPECT_FALSE(std::filesystem::exists(path)) << "nothing stands under the name before the whole file does";
        must(writer.close());
    };
    write(folder.file("a.parquet"), 40'000);
    write(folder.file("b.parquet"), 40'000);
    EXPECT_EQ(bytes_of(folder.file("a.parquet")), bytes_of(folder.file("b.parquet")));
    auto connection = must(duck::Connection::open(":memory:", {{"threads", "1"}}));
    const std::string from = " FROM '" + folder.file("a.parquet") + "'";
    EXPECT_EQ(must(connection.count(
                  "SELECT count(*)" + from
                  + " WHERE month = CASE WHEN draw % 2 = 0 THEN '2020-01' ELSE 'a month with a name longer than twelve "
                    "letters' END AND mean = draw / 2.0 AND (sketch IS NULL) = (draw % 5 = 4)")),
              40'000);
    // Not `sketch = ...`: DuckDB 1.5.0 to 1.5.6 skip row groups by the bounds of a BLOB that they misread, and find
    // none.
    EXPECT_EQ(must(connection.count("SELECT count(*)" + from + " WHERE hex(sketch) = '00FF01'")), 32'000);
    EXPECT_EQ(must(connection.count("SELECT count(*) FROM (SELECT draw, row_number() OVER () AS row" + from
                                    + ") WHERE row <> draw + 1")),
              0)
        << "rows keep their order";
    EXPECT_EQ(must(connection.count("SELECT count(DISTINCT row_group_id) FROM parquet_metadata('"
                                    + folder.file("a.parquet") + "')")),
              3)
        << "40,000 rows in groups of 16,384";
    write(folder.file("none.parquet"), 0);
    EXPECT_EQ(must(connection.count("SELECT count(*) FROM '" + folder.file("none.parquet") + "'")), 0);
}

TEST(ParquetWriter, WhatIsNotClosedLeavesWhatWasThere) {
    const Folder folder;
    must(write_parquet(folder.file("a.parquet"), {{"n", ColumnType::Integer}}, {{std::int64_t{1}}}));
    const std::string before = bytes_of(folder.file("a.parquet"));
    {
        auto writer = must(ParquetWriter::open(folder.file("a.parquet"), {{"n", ColumnType::Integer}}));
        for (std::int64_t i = 0; i < 300'000; ++i) writer.add(i).end_row();
    }
    EXPECT_EQ(bytes_of(folder.file("a.parquet")), before);
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.parquet.part")));
}

TEST(ParquetWriter, AFullDiskIsSaidAndLeavesNothing) {
    if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
    const Folder folder;
    std::filesystem::create_symlink("/dev/full", folder.file("a.parquet.part"));
    auto writer = must(ParquetWriter::open(folder.file("a.parquet"), {{"n", ColumnType::Integer}}));
    for (std::int64_t i = 0; i < 1'000'000; ++i) writer.add(i).end_row();
    const auto closed = writer.close();
    ASSERT_FALSE(closed);
    EXPECT_EQ(render(closed.error()),
              std::string(folder.file("a.parquet"))
                  .append(": error[disk-full]: the file could not be written: the disk is full or a "
                          "limit is reached (free some space; nothing was written under this name)"));
    EXPECT_FALSE(std::filesystem::exists(folder.file("a.parquet")));
}

TEST(TableFile, IsReadAsTextsRowByRow) {
    const Folder folder;
    std::vector<std::vector<Cell>> rows;
    for (int i = 1; i <= 5000; ++i) rows.push_back({"u" + std::to_string(i), std::int64_t{i}, i / 4.0});
    rows.push_back({std::monostate{}, std::int64_t{5001}, std::monostate{}});
    must(write_parquet(folder.file("a.parquet"),
                       {{"unit", ColumnType::Text}, {"number", ColumnType::Integer}, {"a \"b", ColumnType::Number}},
                       rows));
    std::vector<std::string> names;
    int seen = 0;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        names = header;
        return std::vector<std::size_t>{2, 0};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int number) -> Result<void> {
        EXPECT_EQ(number, ++seen);
        EXPECT_EQ(cells.size(), 2U) << "only what is wanted";
        EXPECT_EQ(cells[1], seen == 5001 ? "" : "u" + std::to_string(seen)) << "rows keep their order";
        EXPECT_EQ(cells[0] == "0.75", seen == 3);
        return {};
    };
    must(read_parquet(folder.file("a.parquet"), on_header, on_row));
    EXPECT_EQ(names, (std::vector<std::string>{"unit", "number", "a \"b"}));
    EXPECT_EQ(seen, 5001);
    // an error of a callback ends the walk
    const auto stopped = read_parquet(folder.file("a.parquet"), on_header,
                                      [](std::span<const std::string_view>, int number) -> Result<void> {
                                          if (number == 2) return fail(Fault::Data, "enough", {}, "");
                                          return {};
                                      });
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, "enough");
    std::ofstream(folder.file("b.parquet")) << "no Parquet at all";
    const auto refused = read_parquet(folder.file("b.parquet"), on_header, on_row);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "not-parquet");
    EXPECT_EQ(refused.error().where.file, folder.file("b.parquet"));
    EXPECT_EQ(refused.error().what.find('\n'), std::string::npos);
}

TEST(TableFile, AFolderThatIsNotThere) {
    const Folder folder;
    const auto written = write_parquet(folder.file("no/a.parquet"), {{"a", ColumnType::Text}}, {{"x"}});
    ASSERT_FALSE(written);
    EXPECT_EQ(render(written.error()),
              folder.file("no/a.parquet")
                  + ": error[not-writable]: the file cannot be written (check its folder and the rights of both)");
}

}  // namespace
}  // namespace icosa::store
