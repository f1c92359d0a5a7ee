/// Parquet in through DuckDB, as texts.
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

/// One thread, so that rows keep their order.
Result<duck::Connection> open_memory() {
    auto connection = TRY(duck::Connection::open(":memory:", {{"threads", "1"}, {"autoinstall_known_extensions", "false"}, {"autoload_known_extensions", "false"}}));
    TRY(connection.run("SET temp_directory = ''"));
    return connection;
}

}  // namespace

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
