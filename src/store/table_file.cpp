/// Parquet through DuckDB: out from a table in memory, in as texts.
#include "store/table_file.hpp"

#include <filesystem>

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

/// One thread, so that rows keep their order and the same rows give the same bytes.
Result<duck::Connection> open_memory() {
    auto connection = TRY(duck::Connection::open(":memory:", {{"threads", "1"}, {"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}}));
    TRY(connection.run("SET temp_directory = ''"));
    return connection;
}

}  // namespace

struct ParquetWriter::State {
    std::string path;
    duck::Connection connection;
    duck::Appender appender;
};

ParquetWriter::ParquetWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ParquetWriter::~ParquetWriter() = default;
ParquetWriter::ParquetWriter(ParquetWriter&&) noexcept = default;

Result<ParquetWriter> ParquetWriter::open(const std::string& path, const std::vector<Column>& columns) {
    constexpr const char* types[] = {"VARCHAR", "BIGINT", "DOUBLE"};
    auto connection = TRY(open_memory());
    std::string sql = "CREATE TABLE out (";
    for (std::size_t i = 0; i < columns.size(); ++i) sql += fmt::format("{}{} {}", i == 0 ? "" : ", ", identifier(columns[i].name), types[static_cast<int>(columns[i].type)]);
    TRY(connection.run(sql + ")"));
    auto appender = TRY(duck::Appender::open(connection, "out"));
    return ParquetWriter(std::make_unique<State>(path, std::move(connection), std::move(appender)));
}

void ParquetWriter::add(std::span<const Cell> row) {
    for (const auto& cell : row) {
        if (const auto* text = std::get_if<std::string>(&cell)) state_->appender.add(std::string_view(*text));
        else if (const auto* integer = std::get_if<std::int64_t>(&cell)) state_->appender.add(*integer);
        else if (const auto* number = std::get_if<double>(&cell)) state_->appender.add(*number);
        else state_->appender.add(no_day);
    }
    state_->appender.end_row();
}

Result<void> ParquetWriter::close() {
    TRY(state_->appender.close());
    if (auto written = state_->connection.run(fmt::format("COPY out TO {} (FORMAT parquet, COMPRESSION zstd)", duck::quoted(state_->path))); !written) {
        Error error = std::move(written).error();
        error.where.file = state_->path;
        if (error.code == "no-folder" || error.code == "store-not-writable") {
            error.code = "not-writable";
            error.what = "the file cannot be written";
            error.cure = "check its folder and the rights of both";
        }
        return std::unexpected(std::move(error));
    }
    return {};
}

Result<void> write_parquet(const std::string& path, const std::vector<Column>& columns, const std::vector<std::vector<Cell>>& rows) {
    auto writer = TRY(ParquetWriter::open(path, columns));
    for (const auto& row : rows) writer.add(row);
    return writer.close();
}

Result<void> read_parquet(const std::string& path, const std::function<Result<std::vector<std::size_t>>(const std::vector<std::string>&)>& on_header, const std::function<Result<void>(std::span<const std::string_view>, int)>& on_row) {
    if (!std::filesystem::exists(path)) return fail(Fault::Data, "missing-file", {path}, "there is no such file");
    auto connection = TRY(open_memory());
    const auto refused = [&](const Error& error) { return fail(Fault::Data, "not-parquet", {path}, fmt::format("this file does not read as Parquet: {}", error.what.substr(0, error.what.find("\\x0a"))), "give a Parquet file, or a CSV file under another ending"); };
    std::vector<std::string> names;
    {
        auto described = connection.query(fmt::format("SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet({}))", duck::quoted(path)));
        if (!described) return refused(described.error());
        while (described->next()) names.push_back(described->text(0));
    }
    const auto wanted = TRY(on_header(names));
    std::string list;
    for (const std::size_t column : wanted) list += fmt::format("{}CAST({} AS VARCHAR)", list.empty() ? "" : ", ", identifier(names[column]));
    auto rows = connection.stream(fmt::format("SELECT {} FROM read_parquet({})", list, duck::quoted(path)));
    if (!rows) return refused(rows.error());
    std::vector<std::string> texts(wanted.size());
    std::vector<std::string_view> cells(wanted.size());
    for (int number = 1; rows->next(); ++number) {
        for (std::size_t i = 0; i < wanted.size(); ++i) cells[i] = texts[i] = rows->text(i);
        TRY(on_row(cells, number));
    }
    if (const auto trouble = rows->trouble(); !trouble.empty()) return refused(duck::translate(trouble, path));
    return {};
}

}  // namespace icosa::store
