/// The only file that knows toml++.
#include "pack/toml.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace {

/// A promise of the TOML library to itself that a text broke: an error like any other, and no end of the program.
struct BrokenPromise {};

}  // namespace

#define TOML_ASSERT(promise) ((promise) ? static_cast<void>(0) : throw BrokenPromise{})
#include <toml++/toml.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

Where where_of(const toml::source_region& source, const std::string& path) {
    return {path, static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

Node convert(const toml::node& from, const std::string& path) {
    Node node;
    node.where = where_of(from.source(), path);
    node.key_where = node.where;
    if (const auto* table = from.as_table()) {
        node.kind = Node::Kind::Table;
        for (const auto& [key, value] : *table) {
            Node member = convert(value, path);
            member.key_where = where_of(key.source(), path);
            node.members.emplace_back(std::string(key.str()), std::move(member));
        }
        std::stable_sort(node.members.begin(), node.members.end(), [](const auto& a, const auto& b) {
            return std::pair(a.value.key_where.line, a.value.key_where.column)
                < std::pair(b.value.key_where.line, b.value.key_where.column);
        });
    } else if (const auto* array = from.as_array()) {
        node.kind = Node::Kind::Array;
        for (const auto& item : *array) node.items.push_back(convert(item, path));
    } else if (const auto* text = from.as_string()) {
        node.kind = Node::Kind::Text;
        node.text = text->get();
    } else if (const auto* integer = from.as_integer()) {
        node.kind = Node::Kind::Integer;
        node.integer = integer->get();
        node.number = static_cast<double>(node.integer);
    } else if (const auto* number = from.as_floating_point()) {
        node.kind = Node::Kind::Number;
        node.number = number->get();
    } else if (const auto* flag = from.as_boolean()) {
        node.kind = Node::Kind::Boolean;
        node.boolean = flag->get();
    } else if (const auto* date = from.as_date()) {  // a bare TOML date means the same as the quoted one
        node.kind = Node::Kind::Text;
        node.text = fmt::format("{:04}-{:02}-{:02}", date->get().year, date->get().month, date->get().day);
    } else {
        node.kind = Node::Kind::Text;
        std::ostringstream out;
        out << toml::node_view<const toml::node>(from);
        node.text = out.str();
    }
    return node;
}

constexpr int most_key_parts = 256;  ///< as toml++ has it for nested values; it does not count the parts of a key

/// The line of a key such as a.b.c with too many parts, 0 = none. A table in a table a thousand times over would end
/// the stack.
int line_of_deep_key(std::string_view text) {
    int line = 1, dots = 0;
    for (const char c : text) {
        line += c == '\n';
        if (c == '.' && ++dots >= most_key_parts) return line;
        if (std::string_view("\n,=[]{}").find(c) != std::string_view::npos) dots = 0;
    }
    return 0;
}

std::string_view kind_name(Node::Kind kind) {
    constexpr std::string_view names[] = {"a text",        "a whole number", "a number",
                                          "true or false", "an array",       "a table"};
    return names[static_cast<int>(kind)];
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const auto& [name, node] : members) {
        if (name == key) return &node;
    }
    return nullptr;
}

Result<Node> parse_toml(std::string_view text, const std::string& path) {
    if (const int line = line_of_deep_key(text); line > 0)
        return fail(Fault::Pack, "syntax", {path, line}, fmt::format("here are {} dots without an end", most_key_parts),
                    "no key of a pack has more than three parts");
    try {
        return convert(toml::parse(text, path), path);
    } catch (const toml::parse_error& error) {
        return fail(Fault::Pack, "syntax", where_of(error.source(), path), std::string(error.description()),
                    "mend the TOML at this place");
    } catch (const BrokenPromise&) {
        return fail(Fault::Pack, "syntax", {path}, "this is no TOML: a date, time or number in it is malformed",
                    "look at the last change");
    }
}

Result<Node> load_toml(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(Fault::Pack, "unreadable", {path}, "cannot read this pack", "check the path and its permissions");
    std::ostringstream text;
    text << in.rdbuf();
    return parse_toml(text.str(), path);
}

bool TableReader::has(std::string_view key) {
    known_.emplace(key);
    return table_.find(key) != nullptr;
}

const Node* TableReader::node(std::string_view key) {
    known_.emplace(key);
    return table_.find(key);
}

void TableReader::fault(const Where& where, std::string code, std::string what, std::string cure) {
    faults_.push_back({Fault::Pack, std::move(code), where, std::move(what), std::move(cure)});
}

void TableReader::wrong_type(const Node& node, std::string_view key, std::string_view wanted) {
    fault(node.where, "wrong-type", fmt::format("'{}' of {} is {}, not {}", key, what_, kind_name(node.kind), wanted),
          fmt::format("give {}", wanted));
}

void TableReader::not_finite(const Node& node, std::string_view key) {
    fault(node.where, "out-of-range",
          fmt::format("'{}' of {} is {}, which is no number to reckon with", key, what_, node.number),
          "give a finite number");
}

void TableReader::not_allowed(const Node& node, std::string_view key, const std::vector<std::string>& allowed) {
    const std::string given = node.kind == Node::Kind::Text ? node.text : std::string(kind_name(node.kind));
    const auto near = nearest(given, allowed);
    fault(node.where, "not-allowed",
          fmt::format("'{}' of {} is '{}', allowed are {}", key, what_, given, join(allowed, ", ")),
          near ? fmt::format("did you mean '{}'?", *near) : "choose one of these");
}

void TableReader::missing(std::string_view key) {
    fault(table_.where, "missing-key", fmt::format("{} has no '{}'", what_, key), fmt::format("add {} = ...", key));
}

std::string TableReader::text(std::string_view key) {
    const Node* found = node(key);
    if (!found) {
        missing(key);
        return {};
    }
    if (found->kind != Node::Kind::Text) {
        wrong_type(*found, key, "a text");
        return {};
    }
    return found->text;
}

std::string TableReader::text_or(std::string_view key, std::string fallback) {
    return has(key) ? text(key) : std::move(fallback);
}

std::string TableReader::id(std::string_view key) {
    std::string value = text(key);
    const bool good = std::all_of(value.begin(), value.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
    if (!good)
        fault(table_.find(key)->where, "bad-id",
              fmt::format("id '{}' has letters other than a-z, 0-9, '-' and '.'", value),
              fmt::format("write it as '{}'", lower(value)));
    return value;
}

double TableReader::number_or(std::string_view key, double fallback) {
    const Node* found = node(key);
    if (!found) return fallback;
    if (found->kind != Node::Kind::Integer && found->kind != Node::Kind::Number) {
        wrong_type(*found, key, "a number");
        return fallback;
    }
    if (!std::isfinite(found->number)) {
        not_finite(*found, key);
        return fallback;
    }
    return found->number;
}

std::int64_t TableReader::integer_or(std::string_view key, std::int64_t fallback) {
    const Node* found = node(key);
    if (!found) return fallback;
    if (found->kind != Node::Kind::Integer) {
        wrong_type(*found, key, "a whole number");
        return fallback;
    }
    return found->integer;
}

int TableReader::int_or(std::string_view key, int fallback) {
    const std::int64_t value = integer_or(key, fallback);
    if (value == static_cast<int>(value)) return static_cast<int>(value);
    fault(table_.find(key)->where, "out-of-range",
          fmt::format("{} = {} is beyond all that is counted here", key, value));
    return fallback;
}

bool TableReader::flag_or(std::string_view key, bool fallback) {
    const Node* found = node(key);
    if (!found) return fallback;
    if (found->kind != Node::Kind::Boolean) {
        wrong_type(*found, key, "true or false");
        return fallback;
    }
    return found->boolean;
}

Day TableReader::day_or(std::string_view key, Day fallback) {
    const Node* found = node(key);
    if (!found) return fallback;
    const auto day = found->kind == Node::Kind::Text ? parse_iso_day(found->text) : std::nullopt;
    if (!day) {
        fault(found->where, "bad-day", fmt::format("'{}' of {} is not a day", key, what_),
              "write it as \"2020-11-03\"");
        return fallback;
    }
    return *day;
}

std::vector<std::string> TableReader::texts(std::string_view key) {
    const Node* found = node(key);
    if (!found) return {};
    if (found->kind == Node::Kind::Text) return {found->text};
    std::vector<std::string> out;
    if (found->kind != Node::Kind::Array) {
        wrong_type(*found, key, "an array of texts");
        return out;
    }
    for (const Node& item : found->items) {
        if (item.kind == Node::Kind::Text) out.push_back(item.text);
        else wrong_type(item, key, "an array of texts");
    }
    return out;
}

std::vector<double> TableReader::numbers(std::string_view key) {
    const Node* found = node(key);
    if (!found) return {};
    std::vector<double> out;
    if (found->kind != Node::Kind::Array) {
        wrong_type(*found, key, "an array of numbers");
        return out;
    }
    for (const Node& item : found->items) {
        if (item.kind != Node::Kind::Integer && item.kind != Node::Kind::Number)
            wrong_type(item, key, "an array of numbers");
        else if (!std::isfinite(item.number)) not_finite(item, key);
        else out.push_back(item.number);
    }
    return out;
}

Title TableReader::title(std::string_view key) {
    const Node* found = node(key);
    if (!found) {
        missing(key);
        return {};
    }
    if (found->kind == Node::Kind::Text) return {found->text, found->text};
    if (found->kind != Node::Kind::Table) {
        wrong_type(*found, key, "{ en = \"...\", zh = \"...\" }");
        return {};
    }
    TableReader languages(*found, faults_, fmt::format("'{}' of {}", key, what_));
    Title title{languages.text("en"), languages.text_or("zh", "")};
    languages.finish();
    return title;
}

std::vector<const Node*> TableReader::tables(std::string_view key) {
    const Node* found = node(key);
    if (!found) return {};
    std::vector<const Node*> out;
    if (found->kind != Node::Kind::Array) {
        wrong_type(*found, key, "an array of tables");
        return out;
    }
    for (const Node& item : found->items) {
        if (item.kind == Node::Kind::Table) out.push_back(&item);
        else wrong_type(item, key, "an array of tables");
    }
    return out;
}

void TableReader::finish() {
    const std::vector<std::string> known(known_.begin(), known_.end());
    for (const auto& [key, node] : table_.members) {
        if (known_.contains(key)) continue;
        const auto near = nearest(key, known);
        fault(node.key_where, "unknown-key", fmt::format("{} has no key '{}'", what_, key),
              near ? fmt::format("did you mean '{}'?", *near) : fmt::format("allowed are {}", join(known, ", ")));
    }
}

std::vector<std::string> toml_files(const std::string& directory) {
    std::vector<std::string> out;
    std::error_code error;
    for (std::filesystem::recursive_directory_iterator it(directory, error), end; !error && it != end;
         it.increment(error)) {
        if (it->is_regular_file() && it->path().extension() == ".toml") out.push_back(it->path().string());
    }
    std::sort(out.begin(), out.end());
    return out;
}

}  // namespace icosa::pack
