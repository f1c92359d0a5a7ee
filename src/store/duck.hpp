/// DuckDB's C API as values: a database, its one connection, typed rows; every failure of the engine becomes an Error
/// of this house.
#pragma once

#include <duckdb.h>

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace icosa::store::duck {

/// A value bound to a `?` of a statement; no_day binds NULL.
using Parameter = std::variant<std::int64_t, std::string_view, Day, bool>;

/// The rows of an answer, read forwards. Columns count from 0. Integers of any width up to 64 bits read as integer().
class Rows {
public:
    explicit Rows(duckdb_result result);
    ~Rows();
    Rows(Rows&& other) noexcept;
    Rows& operator=(Rows&&) = delete;

    /// Goes to the next row, at first to the first; false after the last.
    [[nodiscard]] bool next();
    /// Or block by block: goes to the first row of the next block; false after the last.
    [[nodiscard]] bool next_block();
    [[nodiscard]] std::size_t block_rows() const { return rows_; }
    [[nodiscard]] const void* block_values(std::size_t column) const {
        return columns_[column].values;
    }          ///< as the C API lays them out
    [[nodiscard]] const std::uint64_t* block_valid(std::size_t column) const {
        return columns_[column].valid;
    }  ///< a bit a row; null = all are there
    [[nodiscard]] bool is_null(std::size_t column) const;
    [[nodiscard]] std::int64_t integer(std::size_t column) const;  ///< 0 for NULL
    [[nodiscard]] double number(std::size_t column) const;         ///< a DOUBLE column; NaN for NULL
    [[nodiscard]] std::string text(std::size_t column) const;      ///< a VARCHAR column; "" for NULL
    [[nodiscard]] Day day(std::size_t column) const;               ///< a DATE column; no_day for NULL
    [[nodiscard]] std::string cell(
        std::size_t column) const;      ///< any column as the text of an exchange file; "" for NULL
    [[nodiscard]] std::string trouble();  ///< after next() said false: why a stream ended early; "" = it did not
    [[nodiscard]] std::int64_t changed();  ///< rows that an INSERT or DELETE touched

private:
    struct Column {
        duckdb_type type = DUCKDB_TYPE_INVALID;
        const void* values = nullptr;
        const std::uint64_t* valid = nullptr;
    };
    void leave_chunk();

    duckdb_result result_{};
    duckdb_data_chunk chunk_ = nullptr;
    std::vector<Column> columns_;
    idx_t row_ = 0;
    idx_t rows_ = 0;
};

/// An open database and one connection to it. Not for use from two threads at once.
class Connection {
public:
    using Options = std::initializer_list<std::pair<const char*, std::string>>;
    /// path as DuckDB takes it; it names the place in every error.
    [[nodiscard]] static Result<Connection> open(const std::string& path, Options options);
    ~Connection();
    Connection(Connection&& other) noexcept;
    Connection& operator=(Connection&&) = delete;

    [[nodiscard]] Result<Rows> query(const std::string& sql, std::initializer_list<Parameter> parameters = {});
    /// The same without parameters, computed as it is read: holds a chunk at a time. The connection serves nothing else
    /// meanwhile.
    [[nodiscard]] Result<Rows> stream(const std::string& sql);
    /// Several statements in one text, no answer wanted.
    [[nodiscard]] Result<void> run(const std::string& sql);
    /// The single integer of the first row.
    [[nodiscard]] Result<std::int64_t> count(const std::string& sql, std::initializer_list<Parameter> parameters = {});
    [[nodiscard]] duckdb_connection handle() const { return connection_; }
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    explicit Connection(std::string path) : path_(std::move(path)) {}
    std::string path_;
    duckdb_database database_ = nullptr;
    duckdb_connection connection_ = nullptr;
};

/// Adds rows to a table within the connection's transaction; cells in the order of the table's columns.
class Appender {
public:
    /// catalog: "temp" for a temporary table, else that of the file.
    [[nodiscard]] static Result<Appender> open(Connection& connection, const char* table,
                                               const char* catalog = nullptr);
    ~Appender();
    Appender(Appender&& other) noexcept;
    Appender& operator=(Appender&&) = delete;

    Appender& add(std::int32_t value);
    Appender& add(std::int64_t value);
    Appender& add(std::uint64_t value);
    Appender& add(double value);
    Appender& add(std::string_view text);
    Appender& add(Day day);  ///< no_day is NULL
    Appender& add_null();
    void end_row();
    [[nodiscard]] Result<void> close();

private:
    Appender(duckdb_appender appender, std::string path) : appender_(appender), path_(std::move(path)) {}
    duckdb_appender appender_ = nullptr;
    std::string path_;
};

/// Is this version of the library, "v1.5.6", one that the store works with? Error "library-too-old", naming the
/// library's file, where it is older; newer ones pass.
[[nodiscard]] Result<void> check_library(std::string_view version);

/// What the engine said, as an Error: locked, not a store, not writable, disk full, out of memory, else "store-failed"
/// with its own words.
[[nodiscard]] Error translate(std::string_view message, const std::string& path);

/// A text as an SQL literal.
[[nodiscard]] std::string quoted(std::string_view text);
/// A name as an SQL identifier.
[[nodiscard]] std::string identifier(std::string_view name);
/// ('a', 'b')
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& texts);
/// A day as an SQL literal.
[[nodiscard]] std::string literal(Day day);

}  // namespace icosa::store::duck
