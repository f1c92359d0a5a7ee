/// A bounded queue of blocks of rows; a thread of its own copies them out through a table function of DuckDB.
#include "store/parquet_writer.hpp"

#include <algorithm>
#include <cassert>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "store/duck.hpp"

namespace icosa::store {
namespace {

constexpr std::size_t block_rows = 16'384;
constexpr std::size_t block_bytes = 8'000'000;  ///< of texts and blobs
constexpr std::size_t most_waiting = 3;
constexpr int row_group_rows = 122'880;
constexpr int row_group_rows_of_blobs = 16'384;

/// A column's cells of a block; only the list of its type is used.
struct Cells {
    std::vector<std::int64_t> integers;
    std::vector<double> numbers;
    std::string bytes;
    std::vector<std::size_t> ends;      ///< of each text in bytes
    std::vector<std::uint32_t> absent;  ///< rows, rising

    void clear() {
        integers.clear();
        numbers.clear();
        bytes.clear();
        ends.clear();
        absent.clear();
    }
};

struct Block {
    std::vector<Cells> columns;
    std::size_t rows = 0;
    std::size_t bytes = 0;
};

duckdb_type type_of(ColumnType type) {
    switch (type) {
        case ColumnType::Text: return DUCKDB_TYPE_VARCHAR;
        case ColumnType::Integer: return DUCKDB_TYPE_BIGINT;
        case ColumnType::Number: return DUCKDB_TYPE_DOUBLE;
        case ColumnType::Blob: return DUCKDB_TYPE_BLOB;
    }
    return DUCKDB_TYPE_INVALID;
}

/// rows [from, from + count) of a column into a vector of DuckDB.
void fill(const Cells& cells, ColumnType type, std::size_t from, std::size_t count, duckdb_vector out) {
    switch (type) {
        case ColumnType::Integer:
            std::memcpy(duckdb_vector_get_data(out), cells.integers.data() + from, count * sizeof(std::int64_t));
            break;
        case ColumnType::Number:
            std::memcpy(duckdb_vector_get_data(out), cells.numbers.data() + from, count * sizeof(double));
            break;
        case ColumnType::Text:
        case ColumnType::Blob:
            for (std::size_t i = 0; i < count; ++i) {
                const std::size_t begin = from + i == 0 ? 0 : cells.ends[from + i - 1];
                duckdb_vector_assign_string_element_len(out, i, cells.bytes.data() + begin,
                                                        cells.ends[from + i] - begin);
            }
            break;
    }
    auto absent = std::lower_bound(cells.absent.begin(), cells.absent.end(), from);
    if (absent == cells.absent.end() || *absent >= from + count) return;
    duckdb_vector_ensure_validity_writable(out);
    for (; absent != cells.absent.end() && *absent < from + count; ++absent)
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(out), *absent - from);
}

std::unexpected<Error> not_writable(const std::string& path) {
    return fail(Fault::Store, "not-writable", {path}, "the file cannot be written",
                "check its folder and the rights of both");
}

}  // namespace

struct ParquetWriter::State {
    enum class End { NotYet, Closed, GivenUp };

    std::string path, draft;
    std::vector<Column> columns;
    duck::Connection connection;
    Block filling;
    std::size_t at = 0;  ///< column of the next cell
    Block giving;        ///< of the copying thread
    std::size_t given = 0;

    std::mutex mutex;  ///< of what follows
    std::condition_variable changed;
    std::deque<Block> waiting;
    std::vector<Block> spare;
    End end = End::NotYet;
    std::optional<Result<void>> copied;
    std::jthread copying;

    State(const std::string& to, std::vector<Column> of, duck::Connection with)
        : path(to), draft(to + ".part"), columns(std::move(of)), connection(std::move(with)) {
        filling.columns.resize(columns.size());
    }

    ~State() {
        finish(End::GivenUp);
        std::error_code ignored;
        std::filesystem::remove(draft, ignored);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void start() {
        const bool has_blob =
            std::any_of(columns.begin(), columns.end(), [](const Column& one) { return one.type == ColumnType::Blob; });
        const std::string sql = fmt::format(
            "COPY (SELECT * FROM icosa_rows()) TO {} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {}, "
            "USE_TMP_FILE false)",
            duck::quoted(draft), has_blob ? row_group_rows_of_blobs : row_group_rows);
        copying = std::jthread([this, sql] {
            auto done = connection.run(sql);
            const std::scoped_lock lock(mutex);
            copied = std::move(done);
            changed.notify_all();
        });
    }

    /// Hands the block over; waits while the copying thread is behind.
    void hand_over() {
        if (filling.rows == 0) return;
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return waiting.size() < most_waiting || copied; });
        if (!copied) waiting.push_back(std::move(filling));
        filling = {};
        if (!spare.empty()) {
            filling = std::move(spare.back());
            spare.pop_back();
        }
        filling.columns.resize(columns.size());
        for (auto& column : filling.columns) column.clear();
        filling.rows = filling.bytes = 0;
        changed.notify_all();
    }

    void finish(End how) {
        {
            const std::scoped_lock lock(mutex);
            if (end == End::NotYet) end = how;
            changed.notify_all();
        }
        if (copying.joinable()) copying.join();
    }

    enum class Next { Rows, Nothing, GivenUp };

    /// The next block of rows, on the copying thread.
    Next next_block() {
        std::unique_lock lock(mutex);
        if (giving.rows > 0) spare.push_back(std::move(giving));
        giving = {};
        given = 0;
        changed.wait(lock, [&] { return !waiting.empty() || end != End::NotYet; });
        if (end == End::GivenUp) return Next::GivenUp;
        if (waiting.empty()) return Next::Nothing;
        giving = std::move(waiting.front());
        waiting.pop_front();
        changed.notify_all();
        return Next::Rows;
    }

    static void bind(duckdb_bind_info info) {
        const auto* state = static_cast<State*>(duckdb_bind_get_extra_info(info));
        for (const auto& column : state->columns) {
            duckdb_logical_type type = duckdb_create_logical_type(type_of(column.type));
            duckdb_bind_add_result_column(info, column.name.c_str(), type);
            duckdb_destroy_logical_type(&type);
        }
    }

    static void init(duckdb_init_info info) { duckdb_init_set_max_threads(info, 1); }

    static void give(duckdb_function_info info, duckdb_data_chunk out) {
        auto& state = *static_cast<State*>(duckdb_function_get_extra_info(info));
        if (state.given == state.giving.rows) {
            const Next next = state.next_block();
            if (next == Next::GivenUp) duckdb_function_set_error(info, "given up");
            if (next != Next::Rows) return duckdb_data_chunk_set_size(out, 0);
        }
        const std::size_t count = std::min<std::size_t>(duckdb_vector_size(), state.giving.rows - state.given);
        for (std::size_t i = 0; i < state.columns.size(); ++i)
            fill(state.giving.columns[i], state.columns[i].type, state.given, count,
                 duckdb_data_chunk_get_vector(out, i));
        state.given += count;
        duckdb_data_chunk_set_size(out, count);
    }

    Result<void> make_known() {
        duckdb_table_function function = duckdb_create_table_function();
        duckdb_table_function_set_name(function, "icosa_rows");
        duckdb_table_function_set_extra_info(function, this, nullptr);
        duckdb_table_function_set_bind(function, bind);
        duckdb_table_function_set_init(function, init);
        duckdb_table_function_set_function(function, give);
        const auto made = duckdb_register_table_function(connection.handle(), function);
        duckdb_destroy_table_function(&function);
        if (made == DuckDBError)
            return fail(Fault::Store, "store-failed", {path}, "DuckDB does not take the function icosa_rows");
        return {};
    }
};

ParquetWriter::ParquetWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
ParquetWriter::~ParquetWriter() = default;
ParquetWriter::ParquetWriter(ParquetWriter&&) noexcept = default;

Result<ParquetWriter> ParquetWriter::open(const std::string& path, const std::vector<Column>& columns) {
    // One thread, so that rows keep their order and the same rows give the same bytes.
    auto connection = TRY(duck::Connection::open(
        ":memory:",
        {{"threads", "1"}, {"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}}));
    TRY(connection.run("SET temp_directory = ''"));
    auto state = std::make_unique<State>(path, columns, std::move(connection));
    if (std::filesystem::is_directory(path) || !std::ofstream(state->draft, std::ios::binary | std::ios::trunc))
        return not_writable(path);
    TRY(state->make_known());
    state->start();
    return ParquetWriter(std::move(state));
}

ParquetWriter& ParquetWriter::add(std::string_view text) {
    auto& cells = state_->filling.columns[state_->at];
    assert(state_->columns[state_->at].type == ColumnType::Text
           || state_->columns[state_->at].type == ColumnType::Blob);
    cells.bytes += text;
    cells.ends.push_back(cells.bytes.size());
    state_->filling.bytes += text.size();
    ++state_->at;
    return *this;
}

ParquetWriter& ParquetWriter::add(std::int64_t integer) {
    assert(state_->columns[state_->at].type == ColumnType::Integer);
    state_->filling.columns[state_->at++].integers.push_back(integer);
    return *this;
}

ParquetWriter& ParquetWriter::add(double number) {
    assert(state_->columns[state_->at].type == ColumnType::Number);
    state_->filling.columns[state_->at++].numbers.push_back(number);
    return *this;
}

ParquetWriter& ParquetWriter::add_absent() {
    state_->filling.columns[state_->at].absent.push_back(static_cast<std::uint32_t>(state_->filling.rows));
    switch (state_->columns[state_->at].type) {
        case ColumnType::Integer: return add(std::int64_t{0});
        case ColumnType::Number: return add(0.0);
        case ColumnType::Text:
        case ColumnType::Blob: return add(std::string_view());
    }
    return *this;
}

void ParquetWriter::end_row() {
    assert(state_->at == state_->columns.size());
    state_->at = 0;
    if (++state_->filling.rows == block_rows || state_->filling.bytes >= block_bytes) state_->hand_over();
}

void ParquetWriter::add_row(std::span<const Cell> row) {
    for (const auto& cell : row) {
        if (const auto* text = std::get_if<std::string>(&cell)) add(std::string_view(*text));
        else if (const auto* integer = std::get_if<std::int64_t>(&cell)) add(*integer);
        else if (const auto* number = std::get_if<double>(&cell)) add(*number);
        else add_absent();
    }
    end_row();
}

Result<void> ParquetWriter::close() {
    state_->hand_over();
    state_->finish(State::End::Closed);
    if (!*state_->copied) {
        Error error = state_->copied->error();
        error.where.file = state_->path;
        if (error.code == "disk-full") {
            error.what = "the file could not be written: the disk is full or a limit is reached";
            error.cure = "free some space; nothing was written under this name";
        } else if (error.code == "no-folder" || error.code == "store-not-writable") {
            return not_writable(state_->path);
        }
        return std::unexpected(std::move(error));
    }
    std::error_code trouble;
    std::filesystem::rename(state_->draft, state_->path, trouble);
    if (trouble) return not_writable(state_->path);
    return {};
}

Result<void> write_parquet(const std::string& path, const std::vector<Column>& columns,
                           const std::vector<std::vector<Cell>>& rows) {
    auto writer = TRY(ParquetWriter::open(path, columns));
    for (const auto& row : rows) writer.add_row(row);
    return writer.close();
}

}  // namespace icosa::store
