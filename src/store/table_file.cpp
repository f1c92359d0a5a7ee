/// Parquet through DuckDB: a table in memory, copied out by one thread so that the same rows give the same bytes.
#include "store/table_file.hpp"

#include <fmt/format.h>


#include "store/duck.hpp"

namespace icosa::store {
namespace {

/// A name as an SQL identifier.
std::string identifier(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"') out += '"';
        if (c != '\0') out += c;
    }
    return out + "\"";
}

}  // namespace

Result<void> write_parquet(const std::string& path, const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows) {
    constexpr const char* types[] = {"VARCHAR", "BIGINT", "DOUBLE"};
    auto connection = TRY(duck::Connection::open(":memory:", {{"threads", "1"}, {"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}}));
    std::string sql = "SET temp_directory = ''; CREATE TABLE out (";
    for (std::size_t i = 0; i < columns.size(); ++i) sql += fmt::format("{}{} {}", i == 0 ? "" : ", ", identifier(columns[i].name), types[static_cast<int>(columns[i].type)]);
    TRY(connection.run(sql + ")"));
    auto appender = TRY(duck::Appender::open(connection, "out"));
    for (const auto& row : rows) {
        for (const auto& cell : row) {
            if (const auto* text = std::get_if<std::string>(&cell)) appender.add(std::string_view(*text));
            else if (const auto* integer = std::get_if<std::int64_t>(&cell)) appender.add(*integer);
            else if (const auto* number = std::get_if<double>(&cell)) appender.add(*number);
            else appender.add(no_day);
        }
        appender.end_row();
    }
    TRY(appender.close());
    if (auto written = connection.run(fmt::format("COPY out TO {} (FORMAT parquet, COMPRESSION zstd)", duck::quoted(path))); !written) {
        Error error = std::move(written).error();
        error.where.file = path;
        if (error.code == "no-folder" || error.code == "store-not-writable") {
            error.code = "not-writable";
            error.what = "the file cannot be written";
            error.cure = "check its folder and the rights of both";
        }
        return std::unexpected(std::move(error));
    }
    return {};
}

}  // namespace icosa::store
