/// Options, declared once: a table of Fields gives parsing, lint with the nearest name, defaults and the manual.
#pragma once

#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

enum class FieldType { Number, Whole, Text, Choice, Flag };

/// One option. `fallback` is written as a user would write it; "" = not set unless given (Options::has tells).
struct Field {
    std::string_view name;      ///< snake_case; the command line's flag has '-' for '_'
    FieldType type = FieldType::Number;
    std::string_view unit = {};      ///< "periods", "share"; "" = none
    std::string_view fallback = {};
    double minimum = -std::numeric_limits<double>::infinity();
    double maximum = std::numeric_limits<double>::infinity();
    std::string_view choices = {};   ///< Choice: "rise|fall|both"
    std::string_view doc = {};       ///< one sentence

    // A row of a table reads: whole_option("days", "how far back").in("days").within(1, 36500).by_default("365")
    [[nodiscard]] constexpr Field in(std::string_view unit_of_it) const {
        Field out = *this;
        out.unit = unit_of_it;
        return out;
    }
    [[nodiscard]] constexpr Field within(double least, double most) const {
        Field out = *this;
        out.minimum = least;
        out.maximum = most;
        return out;
    }
    [[nodiscard]] constexpr Field at_least(double least) const {
        Field out = *this;
        out.minimum = least;
        return out;
    }
    [[nodiscard]] constexpr Field by_default(std::string_view written) const {
        Field out = *this;
        out.fallback = written;
        return out;
    }
};

constexpr Field number_option(std::string_view name, std::string_view doc) {
    return {.name = name, .type = FieldType::Number, .doc = doc};
}
constexpr Field whole_option(std::string_view name, std::string_view doc) {
    return {.name = name, .type = FieldType::Whole, .doc = doc};
}
constexpr Field text_option(std::string_view name, std::string_view doc) {
    return {.name = name, .type = FieldType::Text, .doc = doc};
}
constexpr Field flag_option(std::string_view name, std::string_view doc) {
    return {.name = name, .type = FieldType::Flag, .doc = doc};
}
constexpr Field choice_option(std::string_view name, std::string_view choices, std::string_view doc) {
    return {.name = name, .type = FieldType::Choice, .choices = choices, .doc = doc};
}

/// What a method or an engine takes.
struct Spec {
    std::string_view name;
    std::string_view summary;   ///< one sentence: which question it answers
    std::span<const Field> fields;
    std::span<const std::string_view> examples;
    std::span<const std::string_view> cites;  ///< keys of references.toml
};

/// Checked values of a Spec's fields. The getters' names must be fields of the Spec and have a value (has() or a
/// fallback).
class Options {
public:
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] double number(std::string_view name) const;
    [[nodiscard]] int whole(std::string_view name) const;
    [[nodiscard]] const std::string& text(std::string_view name) const;
    [[nodiscard]] bool flag(std::string_view name) const;
    [[nodiscard]] double number_or(std::string_view name, double fallback) const {
        return has(name) ? number(name) : fallback;
    }

    void set(std::string_view name, std::variant<double, std::string, bool> value) {
        values_.insert_or_assign(std::string(name), std::move(value));
    }

private:
    std::map<std::string, std::variant<double, std::string, bool>, std::less<>> values_;
};

/// The options of a table such as `{ name = "ears-c2", alpha = 0.01 }`; the key `name` is left to the caller. Every
/// fault is reported with its place; a faulty or absent option has its fallback.
[[nodiscard]] Options parse_options(const Node& table, const Spec& spec, Diagnostics& faults);
/// The same from command-line pairs, without dashes in front: {"alpha", "0.01"}. '-' and '_' are the same.
[[nodiscard]] Options parse_options(std::span<const std::pair<std::string, std::string>> flags, const Spec& spec,
                                    Diagnostics& faults);
/// All fallbacks.
[[nodiscard]] Options default_options(const Spec& spec);

/// The manual page, plain text: summary, a line an option with type, unit, range, default and doc, examples, citations.
[[nodiscard]] std::string manual(const Spec& spec);

}  // namespace icosa::pack
