/// Blocks of a streamed SELECT; the engine casts each column to one of four types.
#include "store/parquet_reader.hpp"

#include <filesystem>
#include <limits>

#include <fmt/format.h>

#include "store/duck.hpp"

namespace icosa::store {
namespace {

ColumnType type_named(std::string_view name) {
    for (const std::string_view one :
         {"BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"}) {
        if (name == one) return ColumnType::Integer;
    }
    for (const std::string_view one : {"FLOAT", "DOUBLE", "UBIGINT", "HUGEINT", "UHUGEINT"}) {
        if (name == one) return ColumnType::Number;
    }
    if (name.starts_with("DECIMAL")) return ColumnType::Number;
    return name == "BLOB" ? ColumnType::Blob : ColumnType::Text;
}

/// The column as its type; a time at midnight is written as its day.
std::string cast_of(const std::string& column, ColumnType type, bool is_time) {
    switch (type) {
        case ColumnType::Text:
            return is_time ? fmt::format(
                                 "CASE WHEN {0} = date_trunc('day', {0}) THEN CAST(CAST({0} AS DATE) AS VARCHAR) ELSE "
                                 "CAST({0} AS VARCHAR) END",
                                 column)
                           : fmt::format("CAST({} AS VARCHAR)", column);
        case ColumnType::Integer: return fmt::format("CAST({} AS BIGINT)", column);
        case ColumnType::Number: return fmt::format("CAST({} AS DOUBLE)", column);
        case ColumnType::Blob: return fmt::format("CAST({} AS BLOB)", column);
    }
    return {};
}

std::unexpected<Error> refused(const std::string& path, const Error& error) {
    return fail(Fault::Data, "not-parquet", {path},
                fmt::format("this file does not read as Parquet: {}", error.what.substr(0, error.what.find("\\x0a"))),
                "give a Parquet file, or a CSV file under another ending");
}

}  // namespace

struct ParquetReader::State {
    std::string path;
    duck::Connection connection;
    std::vector<Column> columns;
    std::vector<bool> is_time;
    std::int64_t rows = 0;
    std::optional<duck::Rows> answer;
    std::vector<std::vector<double>> numbers;         ///< of each wanted column, where NaN had to be written
    std::vector<std::vector<std::string_view>> texts;
};

ParquetReader::ParquetReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
ParquetReader::~ParquetReader() = default;
ParquetReader::ParquetReader(ParquetReader&&) noexcept = default;

Result<ParquetReader> ParquetReader::open(const std::string& path) {
    if (!std::filesystem::exists(path)) return fail(Fault::Data, "missing-file", {path}, "there is no such file");
    auto connection = TRY(duck::Connection::open(
        ":memory:",
        {{"threads", "1"}, {"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}}));
    TRY(connection.run("SET temp_directory = ''"));
    State state{path, std::move(connection), {}, {}, 0, {}, {}, {}};
    auto described = state.connection.query(fmt::format(
        "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet({}))", duck::quoted(path)));
    if (!described) return refused(path, described.error());
    while (described->next()) {
        const auto type = described->text(1);
        state.columns.push_back({described->text(0), type_named(type)});
        state.is_time.push_back(type.starts_with("TIMESTAMP"));
    }
    const auto rows = state.connection.count(fmt::format("SELECT count(*) FROM read_parquet({})", duck::quoted(path)));
    if (!rows) return refused(path, rows.error());
    state.rows = *rows;
    return ParquetReader(std::make_unique<State>(std::move(state)));
}

const std::vector<Column>& ParquetReader::columns() const { return state_->columns; }
std::int64_t ParquetReader::rows() const { return state_->rows; }

Result<void> ParquetReader::choose(std::span<const std::size_t> wanted) {
    std::string list;
    for (const std::size_t column : wanted)
        list += (list.empty() ? "" : ", ")
            + cast_of(duck::identifier(state_->columns[column].name), state_->columns[column].type,
                      state_->is_time[column]);
    auto answer =
        state_->connection.stream(fmt::format("SELECT {} FROM read_parquet({})", list, duck::quoted(state_->path)));
    if (!answer) return refused(state_->path, answer.error());
    state_->answer.emplace(std::move(*answer));
    state_->numbers.resize(wanted.size());
    state_->texts.resize(wanted.size());
    return {};
}

Result<bool> ParquetReader::next() {
    if (state_->answer->next_block()) return true;
    if (const auto trouble = state_->answer->trouble(); !trouble.empty())
        return refused(state_->path, duck::translate(trouble, state_->path));
    return false;
}

std::size_t ParquetReader::size() const { return state_->answer->block_rows(); }

std::span<const std::int64_t> ParquetReader::integers(std::size_t i) const {
    return {static_cast<const std::int64_t*>(state_->answer->block_values(i)), size()};
}

std::span<const double> ParquetReader::numbers(std::size_t i) {
    const auto* values = static_cast<const double*>(state_->answer->block_values(i));
    if (state_->answer->block_valid(i) == nullptr) return {values, size()};
    auto& copy = state_->numbers[i];
    copy.assign(values, values + size());
    for (std::size_t row = 0; row < copy.size(); ++row) {
        if (is_absent(i, row)) copy[row] = std::numeric_limits<double>::quiet_NaN();
    }
    return copy;
}

std::span<const std::string_view> ParquetReader::texts(std::size_t i) {
    auto* values = static_cast<duckdb_string_t*>(
        const_cast<void*>(state_->answer->block_values(i)));  // the C API asks for a pointer that it could write to
    auto& texts = state_->texts[i];
    texts.clear();
    for (std::size_t row = 0; row < size(); ++row) {
        if (is_absent(i, row)) texts.emplace_back();
        else texts.emplace_back(duckdb_string_t_data(values + row), duckdb_string_t_length(values[row]));
    }
    return texts;
}

bool ParquetReader::is_absent(std::size_t i, std::size_t row) const {
    const auto* valid = state_->answer->block_valid(i);
    return valid != nullptr && (valid[row / 64] >> (row % 64) & 1) == 0;
}

std::optional<std::size_t> ParquetReader::first_absent(std::size_t i) const {
    if (state_->answer->block_valid(i) == nullptr) return std::nullopt;
    for (std::size_t row = 0; row < size(); ++row) {
        if (is_absent(i, row)) return row;
    }
    return std::nullopt;
}

}  // namespace icosa::store
