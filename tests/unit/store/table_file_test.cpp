/// Parquet written here reads back in DuckDB.
#include "store/table_file.hpp"

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
    const std::vector<Column> columns = {{"period", ColumnType::Text}, {"na\"me", ColumnType::Text}, {"rows", ColumnType::Integer}, {"value", ColumnType::Number}};
    const std::vector<std::vector<Cell>> rows = {{"2020", "Côte d'Ivoire", std::int64_t{3}, 0.5}, {"2021", std::monostate{}, std::monostate{}, std::monostate{}}};
    must(write_parquet(folder.file("a.parquet"), columns, rows));
    must(write_parquet(folder.file("b.parquet"), columns, rows));
    EXPECT_EQ(bytes_of(folder.file("a.parquet")), bytes_of(folder.file("b.parquet")));
    auto connection = must(duck::Connection::open(":memory:", {}));
    auto read = must(connection.query("SELECT \"na\"\"me\", rows, value, period FROM '" + folder.file("a.parquet") + "' ORDER BY period"));
    ASSERT_TRUE(read.next());
    EXPECT_EQ(read.text(0), "Côte d'Ivoire");
    EXPECT_EQ(read.integer(1), 3);
    EXPECT_EQ(read.number(2), 0.5);
    ASSERT_TRUE(read.next());
    EXPECT_TRUE(read.is_null(0) && read.is_null(1) && read.is_null(2));
    EXPECT_FALSE(read.next());
}

TEST(TableFile, IsReadAsTextsRowByRow) {
    const Folder folder;
    std::vector<std::vector<Cell>> rows;
    for (int i = 1; i <= 5000; ++i) rows.push_back({"u" + std::to_string(i), std::int64_t{i}, i / 4.0});
    rows.push_back({std::monostate{}, std::int64_t{5001}, std::monostate{}});
    must(write_parquet(folder.file("a.parquet"), {{"unit", ColumnType::Text}, {"number", ColumnType::Integer}, {"a \"b", ColumnType::Number}}, rows));
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
    const auto stopped = read_parquet(folder.file("a.parquet"), on_header, [](std::span<const std::string_view>, int number) -> Result<void> {
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
    EXPECT_EQ(render(written.error()), folder.file("no/a.parquet") + ": error[not-writable]: the file cannot be written (check its folder and the rights of both)");
}

}  // namespace
}  // namespace icosa::store
