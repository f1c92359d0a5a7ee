/// The only place that calls DuckDB for answers; the feeding of rows is in intake.cpp.
#include "store/duck.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include "base/text.hpp"

namespace icosa::store::duck {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// "(PID 123)" of DuckDB's message about a lock, with the program's name before it where it is given.
std::string holder(std::string_view message) {
    const auto held = message.find("held in ");
    if (held == std::string_view::npos) return {};
    const auto end = message.find("(PID ", held);
    const auto close = end == std::string_view::npos ? end : message.find(')', end);
    if (close == std::string_view::npos) return {};
    return fmt::format(" (process {})", message.substr(end + 5, close - end - 5));
}

/// ", which v2.0.0 wrote": the version that a DuckDB file names in its head, where it names one.
std::string writer(const std::string& path) {
    constexpr std::size_t at = 52, most = 32;
    char head[at + most] = {};
    std::ifstream in(path, std::ios::binary);
    in.read(head, sizeof head);
    const std::string_view version(head + at, std::find(head + at, head + sizeof head, '\0'));
    return version.starts_with('v') ? fmt::format(", which {} wrote", excerpt(version)) : std::string();
}

/// The oldest DuckDB whose settings the store uses (write_buffer_row_group_count came with it).
constexpr std::int64_t oldest_major = 1, oldest_minor = 5;

/// The file that the library was loaded from.
std::string library_file() {
    Dl_info info{};
    const bool found = ::dladdr(reinterpret_cast<const void*>(&duckdb_library_version), &info) != 0;
    return found && info.dli_fname != nullptr ? info.dli_fname : "libduckdb.so";
}

}  // namespace

Result<void> check_library(std::string_view version) {
    const auto numbers = split(version.starts_with('v') ? version.substr(1) : version, '.');
    const auto major = parse_integer(numbers[0]);
    const auto minor = numbers.size() > 1 ? parse_integer(numbers[1]) : std::nullopt;
    if (major && minor && std::pair(*major, *minor) >= std::pair(oldest_major, oldest_minor)) return {};
    return fail(Fault::Store, "library-too-old", {library_file()},
                fmt::format("this DuckDB library is {}, Icosa needs v{}.{}.0 or later", excerpt(version), oldest_major,
                            oldest_minor),
                "put a newer one in its place; `make setup` fetches the one that Icosa is tested with");
}

Error translate(std::string_view message, const std::string& path) {
    const Where where{path};
    const auto error = [&](const char* code, std::string what, std::string cure) {
        return Error{Fault::Store, code, where, std::move(what), std::move(cure)};
    };
    if (has(message, "Could not set lock") || has(message, "Conflicting lock"))
        return error("store-locked", "the store is open in another process" + holder(message),
                     "close that program, or give another file with --db");
    if (has(message, "not a valid DuckDB database"))
        return error("not-a-store", "the file is not a DuckDB database",
                     "give another file with --db; a new one is made where none is");
    if (has(message, "can only read version") || has(message, "newer version of DuckDB")
        || has(message, "storage version"))
        return error(
            "store-of-other-engine",
            fmt::format("DuckDB {} does not read the format of this file{}", duckdb_library_version(), writer(path)),
            "ingest its files anew into another store with --db; the DuckDB that wrote it lists them: SELECT "
            "path FROM file");
    if (has(message, "No space left") || has(message, "Could not write") || has(message, "File too large")
        || has(message, "disk is full"))
        return error("disk-full", "the store could not be written: the disk is full or a limit is reached",
                     "free some space; nothing of this file was stored");
    if (has(message, "does not exist") && has(message, "read-only"))
        return error("no-store", "there is no store here", "run `icosa ingest` first, or give its file with --db");
    if (has(message, "Permission denied") || has(message, "Read-only file system") || has(message, "read-only mode"))
        return error("store-not-writable", "the store cannot be opened for writing",
                     "check the rights of the file and its folder, or give another file with --db");
    if (has(message, "Cannot open file") && (has(message, "No such file") || has(message, "Not a directory")))
        return error("no-folder", "the folder of the store does not exist",
                     "make the folder, or give another file with --db");
    if (has(message, "Is a directory"))
        return error("not-a-store", "this is a folder, not a DuckDB database", "give a file with --db");
    if (has(message, "Out of Memory"))
        return error("store-out-of-memory", "the store ran out of memory: " + excerpt(message, 200),
                     "close other programs, or ingest fewer files at once");
    return error("store-failed", excerpt(message, 400), {});
}

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        if (c == '\'') out += '\'';
        if (c != '\0') out += c;
    }
    return out + "'";
}

std::string identifier(std::string_view name) {
    std::string out = "\"";
    for (const char c : name) {
        if (c == '"') out += '"';
        if (c != '\0') out += c;
    }
    return out + "\"";
}

std::string quoted_list(const std::vector<std::string>& texts) {
    std::string out = "(";
    for (const auto& text : texts) out += (out.size() > 1 ? ", " : "") + quoted(text);
    return out + ")";
}

std::string literal(Day day) {
    return day == no_day ? "NULL::DATE" : fmt::format("(DATE '1970-01-01' + INTEGER '{}')", day.value);
}

Rows::Rows(duckdb_result result) : result_(result) {
    for (idx_t i = 0; i < duckdb_column_count(&result_); ++i) columns_.push_back({duckdb_column_type(&result_, i)});
}

Rows::Rows(Rows&& other) noexcept
    : result_(std::exchange(other.result_, {})),
      chunk_(std::exchange(other.chunk_, nullptr)),
      columns_(std::move(other.columns_)),
      row_(other.row_),
      rows_(other.rows_) {}

Rows::~Rows() {
    leave_chunk();
    duckdb_destroy_result(&result_);
}

void Rows::leave_chunk() {
    if (chunk_ != nullptr) duckdb_destroy_data_chunk(&chunk_);
    chunk_ = nullptr;
}

bool Rows::next() { return (chunk_ != nullptr && ++row_ < rows_) || next_block(); }

bool Rows::next_block() {
    for (;;) {
        leave_chunk();
        chunk_ = duckdb_fetch_chunk(result_);
        if (chunk_ == nullptr) return false;
        rows_ = duckdb_data_chunk_get_size(chunk_);
        row_ = 0;
        if (rows_ == 0) continue;
        for (idx_t i = 0; i < columns_.size(); ++i) {
            const duckdb_vector vector = duckdb_data_chunk_get_vector(chunk_, i);
            columns_[i].values = duckdb_vector_get_data(vector);
            columns_[i].valid = duckdb_vector_get_validity(vector);
        }
        return true;
    }
}

bool Rows::is_null(std::size_t column) const {
    const auto* valid = columns_[column].valid;
    return valid != nullptr && (valid[row_ / 64] >> (row_ % 64) & 1) == 0;
}

std::int64_t Rows::integer(std::size_t column) const {
    if (is_null(column)) return 0;
    const auto& of = columns_[column];
    switch (of.type) {
        case DUCKDB_TYPE_BOOLEAN: return static_cast<const bool*>(of.values)[row_];
        case DUCKDB_TYPE_UTINYINT: return static_cast<const std::uint8_t*>(of.values)[row_];
        case DUCKDB_TYPE_INTEGER: return static_cast<const std::int32_t*>(of.values)[row_];
        case DUCKDB_TYPE_UINTEGER: return static_cast<const std::uint32_t*>(of.values)[row_];
        case DUCKDB_TYPE_BIGINT: return static_cast<const std::int64_t*>(of.values)[row_];
        case DUCKDB_TYPE_UBIGINT: return static_cast<std::int64_t>(static_cast<const std::uint64_t*>(of.values)[row_]);
        default: return 0;
    }
}

double Rows::number(std::size_t column) const {
    return is_null(column) ? std::numeric_limits<double>::quiet_NaN()
                           : static_cast<const double*>(columns_[column].values)[row_];
}

std::string Rows::text(std::size_t column) const {
    if (is_null(column)) return {};
    duckdb_string_t cell = static_cast<const duckdb_string_t*>(columns_[column].values)[row_];
    return {duckdb_string_t_data(&cell), duckdb_string_t_length(cell)};
}

Day Rows::day(std::size_t column) const {
    return is_null(column) ? no_day : Day{static_cast<const duckdb_date*>(columns_[column].values)[row_].days};
}

std::string Rows::cell(std::size_t column) const {
    if (is_null(column)) return {};
    switch (columns_[column].type) {
        case DUCKDB_TYPE_VARCHAR: return text(column);
        case DUCKDB_TYPE_DATE: return iso(day(column));
        case DUCKDB_TYPE_DOUBLE: return number_text(number(column));
        default: return std::to_string(integer(column));
    }
}

std::string Rows::trouble() {
    const char* message = duckdb_result_error(&result_);
    return message == nullptr ? std::string() : message;
}

std::int64_t Rows::changed() { return static_cast<std::int64_t>(duckdb_rows_changed(&result_)); }

Result<Connection> Connection::open(const std::string& path, Options options) {
    TRY(check_library(duckdb_library_version()));
    duckdb_config config = nullptr;
    if (duckdb_create_config(&config) == DuckDBError)
        return fail(Fault::Store, "store-failed", {path}, "DuckDB gives no configuration");
    for (const auto& [name, value] : options) {
        if (duckdb_set_config(config, name, value.c_str()) == DuckDBError) {
            duckdb_destroy_config(&config);
            return fail(
                Fault::Store, "store-failed", {path},
                fmt::format("DuckDB {} does not take the option {} = {}", duckdb_library_version(), name, value),
                "use the DuckDB that `make setup` fetches");
        }
    }
    Connection connection(path);
    char* message = nullptr;
    const std::string file = path.starts_with('~') ? "./" + path : path;  // DuckDB takes ~ for the home folder
    const auto state = duckdb_open_ext(file.c_str(), &connection.database_, config, &message);
    duckdb_destroy_config(&config);
    if (state == DuckDBError) {
        Error error = translate(message == nullptr ? "unknown" : message, path);
        duckdb_free(message);
        return std::unexpected(std::move(error));
    }
    if (duckdb_connect(connection.database_, &connection.connection_) == DuckDBError)
        return fail(Fault::Store, "store-failed", {path}, "DuckDB gives no connection");
    return connection;
}

Connection::Connection(Connection&& other) noexcept
    : path_(std::move(other.path_)),
      database_(std::exchange(other.database_, nullptr)),
      connection_(std::exchange(other.connection_, nullptr)) {}

Connection::~Connection() {
    if (connection_ != nullptr) duckdb_disconnect(&connection_);
    if (database_ != nullptr) duckdb_close(&database_);
}

Result<Rows> Connection::query(const std::string& sql, std::initializer_list<Parameter> parameters) {
    duckdb_result result{};
    if (parameters.size() == 0) {
        if (duckdb_query(connection_, sql.c_str(), &result) == DuckDBError) {
            Error error = translate(duckdb_result_error(&result), path_);
            duckdb_destroy_result(&result);
            return std::unexpected(std::move(error));
        }
        return Rows(result);
    }
    duckdb_prepared_statement statement = nullptr;
    if (duckdb_prepare(connection_, sql.c_str(), &statement) == DuckDBError) {
        Error error = translate(duckdb_prepare_error(statement), path_);
        duckdb_destroy_prepare(&statement);
        return std::unexpected(std::move(error));
    }
    idx_t index = 0;
    for (const auto& parameter : parameters) {
        ++index;
        if (const auto* integer = std::get_if<std::int64_t>(&parameter)) duckdb_bind_int64(statement, index, *integer);
        else if (const auto* text = std::get_if<std::string_view>(&parameter))
            duckdb_bind_varchar_length(statement, index, text->data(), text->size());
        else if (const auto* flag = std::get_if<bool>(&parameter)) duckdb_bind_boolean(statement, index, *flag);
        else if (const Day day = std::get<Day>(parameter); day == no_day) duckdb_bind_null(statement, index);
        else duckdb_bind_date(statement, index, {day.value});
    }
    const auto state = duckdb_execute_prepared(statement, &result);
    duckdb_destroy_prepare(&statement);
    if (state == DuckDBError) {
        Error error = translate(duckdb_result_error(&result), path_);
        duckdb_destroy_result(&result);
        return std::unexpected(std::move(error));
    }
    return Rows(result);
}

Result<Rows> Connection::stream(const std::string& sql) {
    duckdb_prepared_statement statement = nullptr;
    if (duckdb_prepare(connection_, sql.c_str(), &statement) == DuckDBError) {
        Error error = translate(duckdb_prepare_error(statement), path_);
        duckdb_destroy_prepare(&statement);
        return std::unexpected(std::move(error));
    }
    duckdb_pending_result pending = nullptr;
    duckdb_result result{};
    if (duckdb_pending_prepared_streaming(statement, &pending) == DuckDBError
        || duckdb_execute_pending(pending, &result) == DuckDBError) {
        const char* message = pending == nullptr ? nullptr : duckdb_pending_error(pending);
        Error error = translate(message == nullptr ? "no answer" : message, path_);
        duckdb_destroy_result(&result);
        duckdb_destroy_pending(&pending);
        duckdb_destroy_prepare(&statement);
        return std::unexpected(std::move(error));
    }
    duckdb_destroy_pending(&pending);
    duckdb_destroy_prepare(&statement);
    return Rows(result);
}

Result<void> Connection::run(const std::string& sql) {
    (void)TRY(query(sql));
    return {};
}

Result<std::int64_t> Connection::count(const std::string& sql, std::initializer_list<Parameter> parameters) {
    auto rows = TRY(query(sql, parameters));
    return rows.next() ? rows.integer(0) : 0;
}

Result<Appender> Appender::open(Connection& connection, const char* table, const char* catalog) {
    duckdb_appender appender = nullptr;
    if (duckdb_appender_create_ext(connection.handle(), catalog, nullptr, table, &appender) == DuckDBError) {
        const char* message = appender == nullptr ? nullptr : duckdb_appender_error(appender);
        Error error = translate(message == nullptr ? "no appender" : message, connection.path());
        duckdb_appender_destroy(&appender);
        return std::unexpected(std::move(error));
    }
    return Appender(appender, connection.path());
}

Appender::Appender(Appender&& other) noexcept
    : appender_(std::exchange(other.appender_, nullptr)), path_(std::move(other.path_)) {}

Appender::~Appender() {
    if (appender_ != nullptr) duckdb_appender_destroy(&appender_);
}

Appender& Appender::add(std::int32_t value) {
    duckdb_append_int32(appender_, value);
    return *this;
}
Appender& Appender::add(std::int64_t value) {
    duckdb_append_int64(appender_, value);
    return *this;
}
Appender& Appender::add(std::uint64_t value) {
    duckdb_append_uint64(appender_, value);
    return *this;
}
Appender& Appender::add(double value) {
    duckdb_append_double(appender_, value);
    return *this;
}
Appender& Appender::add(std::string_view text) {
    duckdb_append_varchar_length(appender_, text.data(), text.size());
    return *this;
}
Appender& Appender::add_null() {
    duckdb_append_null(appender_);
    return *this;
}

Appender& Appender::add(Day day) {
    if (day == no_day) duckdb_append_null(appender_);
    else duckdb_append_date(appender_, {day.value});
    return *this;
}
void Appender::end_row() { duckdb_appender_end_row(appender_); }

Result<void> Appender::close() {
    if (duckdb_appender_close(appender_) == DuckDBError) {
        const char* message = duckdb_appender_error(appender_);
        return std::unexpected(translate(message == nullptr ? "no appender" : message, path_));
    }
    return {};
}

}  // namespace icosa::store::duck
