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

TEST(TableFile, AFolderThatIsNotThere) {
    const Folder folder;
    const auto written = write_parquet(folder.file("no/a.parquet"), {{"a", ColumnType::Text}}, {{"x"}});
    ASSERT_FALSE(written);
    EXPECT_EQ(render(written.error()), folder.file("no/a.parquet") + ": error[not-writable]: the file cannot be written (check its folder and the rights of both)");
}

}  // namespace
}  // namespace icosa::store
