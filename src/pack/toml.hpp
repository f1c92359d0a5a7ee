/// TOML as values that know their line and column, and a reader that reports every unknown key and wrong type at once.
#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"

namespace icosa::pack {

struct Member;

/// Where a value stands; the path is one text for all values of a file.
struct Spot {
    std::shared_ptr<const std::string> path;
    int line = 0;
    int column = 0;

    [[nodiscard]] std::string file() const { return path ? *path : std::string(); }
    operator Where() const { return {file(), line, column}; }  // implicit: it is one, in short
};

/// One TOML value.
struct Node {
    enum class Kind { Text, Integer, Number, Boolean, Array, Table };
    Kind kind = Kind::Table;
    std::string text;
    std::int64_t integer = 0;
    double number = 0;  ///< set for Integer too
    bool boolean = false;
    std::vector<Node> items;                             ///< Array
    std::vector<Member> members;                         ///< Table, in order of the file
    Spot where;
    Spot key_where;

    [[nodiscard]] const Node* find(std::string_view key) const;
};

/// A key of a table and its value. (A pair would do but for clang, which wants Node whole before it looks at one.)
struct Member {
    std::string key;
    Node value;
};

/// 16 hexadecimal digits of what a table says, in whatever order and layout; keys of `prose` at its top are left out.
[[nodiscard]] std::string digest_of(const Node& table, const std::vector<std::string_view>& prose);

/// The whole file as a table; a syntax fault or an unreadable file is the error.
[[nodiscard]] Result<Node> load_toml(const std::string& path);
[[nodiscard]] Result<Node> parse_toml(std::string_view text, const std::string& path);

/// A text in the languages of the framework.
struct Title {
    std::string en;
    std::string zh;
};

/// Reads one table key by key, gathers faults, and at `finish` reports the keys nobody asked for with the nearest one
/// that exists.
class TableReader {
public:
    /// what: how a message names the table: "watch 'sea.incidents'".
    TableReader(const Node& table, Diagnostics& faults, std::string what)
        : table_(table), faults_(faults), what_(std::move(what)) {}
    TableReader(const TableReader&) = delete;
    TableReader& operator=(const TableReader&) = delete;

    [[nodiscard]] bool has(std::string_view key);
    [[nodiscard]] const Node* node(std::string_view key);           ///< marks the key as known
    [[nodiscard]] std::string text(std::string_view key);           ///< required
    [[nodiscard]] std::string text_or(std::string_view key, std::string fallback);
    [[nodiscard]] std::string id(std::string_view key);             ///< required, kebab-case with dots
    [[nodiscard]] double number_or(std::string_view key, double fallback);  ///< never inf or nan of the file
    [[nodiscard]] std::int64_t integer_or(std::string_view key, std::int64_t fallback);
    [[nodiscard]] int int_or(std::string_view key, int fallback);   ///< a fault where an int does not hold it
    [[nodiscard]] bool flag_or(std::string_view key, bool fallback);
    [[nodiscard]] Day day_or(std::string_view key, Day fallback);   ///< "YYYY-MM-DD"
    [[nodiscard]] std::vector<std::string> texts(
        std::string_view key);  ///< an array of texts, or one text; empty when absent
    [[nodiscard]] Title title(std::string_view key);                ///< { en, zh }, or one text for both; required
    [[nodiscard]] std::vector<double> numbers(std::string_view key);
    /// The tables of an array of tables; empty when absent.
    [[nodiscard]] std::vector<const Node*> tables(std::string_view key);
    /// One of `choices`, else a fault and the first choice.
    template <class Enum>
    [[nodiscard]] Enum choice(std::string_view key, Enum fallback,
                              const std::vector<std::pair<std::string, Enum>>& choices) {
        const Node* found = node(key);
        if (!found) return fallback;
        std::vector<std::string> names;
        for (const auto& [name, value] : choices) {
            if (found->kind == Node::Kind::Text && found->text == name) return value;
            names.push_back(name);
        }
        not_allowed(*found, key, names);
        return fallback;
    }
    void fault(const Where& where, std::string code, std::string what, std::string cure = {});
    void finish();
    [[nodiscard]] const Node& table() const { return table_; }
    [[nodiscard]] Diagnostics& faults() { return faults_; }

private:
    void wrong_type(const Node& node, std::string_view key, std::string_view wanted);
    void not_allowed(const Node& node, std::string_view key, const std::vector<std::string>& allowed);
    void not_finite(const Node& node, std::string_view key);
    void missing(std::string_view key);

    const Node& table_;
    Diagnostics& faults_;
    std::string what_;
    std::set<std::string, std::less<>> known_;
};

/// All .toml files under a directory, sorted by path.
[[nodiscard]] std::vector<std::string> toml_files(const std::string& directory);

}  // namespace icosa::pack
