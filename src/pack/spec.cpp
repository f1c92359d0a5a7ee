/// Parses, checks and prints options from their Field table.
#include "pack/spec.hpp"

#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

std::string spoken_range(const Field& field) {
    const bool low = std::isfinite(field.minimum);
    const bool high = std::isfinite(field.maximum);
    if (low && high) return fmt::format("from {} to {}", number_text(field.minimum), number_text(field.maximum));
    if (low) return fmt::format("at least {}", number_text(field.minimum));
    if (high) return fmt::format("at most {}", number_text(field.maximum));
    return {};
}

std::string wanted(const Field& field) {
    switch (field.type) {
        case FieldType::Number: return spoken_range(field).empty() ? "a number" : "a number " + spoken_range(field);
        case FieldType::Whole:
            return spoken_range(field).empty() ? "a whole number" : "a whole number " + spoken_range(field);
        case FieldType::Text: return "a text";
        case FieldType::Flag: return "true or false";
        case FieldType::Choice: break;
    }
    std::vector<std::string> names;
    for (const auto name : split(field.choices, '|')) names.emplace_back(name);
    return "one of " + join(names, ", ");
}

bool is_choice(const Field& field, std::string_view text) {
    for (const auto name : split(field.choices, '|')) {
        if (name == text) return true;
    }
    return false;
}

using Value = std::variant<double, std::string, bool>;

/// The value of a text as a user writes it, or nothing where the field does not allow it.
std::optional<Value> value_of(const Field& field, std::string_view text) {
    switch (field.type) {
        case FieldType::Number:
        case FieldType::Whole: {
            const auto number = parse_number(text);
            if (!number || *number < field.minimum || *number > field.maximum) return std::nullopt;
            if (field.type == FieldType::Whole && (*number != std::floor(*number) || std::fabs(*number) > 2e9))
                return std::nullopt;
            return Value(*number);
        }
        case FieldType::Text: return Value(std::string(text));
        case FieldType::Choice: return is_choice(field, text) ? std::optional(Value(std::string(text))) : std::nullopt;
        case FieldType::Flag:
            if (text == "true") return Value(true);
            if (text == "false") return Value(false);
            return std::nullopt;
    }
    return std::nullopt;
}

/// A TOML value as a user would write it on a command line; nothing where the types cannot meet (a quoted number).
std::optional<std::string> text_of(const Field& field, const Node& node) {
    const bool textual = field.type == FieldType::Text || field.type == FieldType::Choice;
    switch (node.kind) {
        case Node::Kind::Text: return textual ? std::optional(node.text) : std::nullopt;
        case Node::Kind::Integer: return textual ? std::nullopt : std::optional(fmt::format("{}", node.integer));
        case Node::Kind::Number:
            return textual || !std::isfinite(node.number) ? std::nullopt : std::optional(number_text(node.number));
        case Node::Kind::Boolean:
            return field.type == FieldType::Flag ? std::optional(std::string(node.boolean ? "true" : "false"))
                                                 : std::nullopt;
        default: return std::nullopt;
    }
}

std::string shown(const Node& node) {
    switch (node.kind) {
        case Node::Kind::Text: return fmt::format("\"{}\"", excerpt(node.text));
        case Node::Kind::Integer: return fmt::format("{}", node.integer);
        case Node::Kind::Number: return number_text(node.number);
        case Node::Kind::Boolean: return node.boolean ? "true" : "false";
        case Node::Kind::Array: return "an array";
        case Node::Kind::Table: return "a table";
    }
    return {};
}

const Field* find_field(const Spec& spec, std::string_view name) {
    for (const Field& field : spec.fields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

Error unknown(const Spec& spec, Fault fault, const Where& where, std::string_view shown_as) {
    std::vector<std::string> names;
    for (const Field& field : spec.fields) {
        std::string written(field.name);
        if (fault == Fault::Usage) {
            for (char& c : written) c = c == '_' ? '-' : c;
            written = "--" + written;
        }
        names.push_back(std::move(written));
    }
    const auto near = nearest(shown_as, names);
    std::string cure = near ? fmt::format("did you mean '{}'?", *near)
        : names.empty()     ? "it takes none"
                            : fmt::format("it takes {}", join(names, ", "));
    return {fault, "unknown-key", where, fmt::format("no option '{}' for '{}'", shown_as, spec.name), std::move(cure)};
}

Error bad_value(const Spec& spec, const Field& field, Fault fault, const Where& where, std::string_view given) {
    return {fault, "bad-option", where,
            fmt::format("'{}' of '{}' is {}, allowed is {}", field.name, spec.name, given, wanted(field)),
            field.fallback.empty() ? "" : fmt::format("the default is {}", field.fallback)};
}

}  // namespace

bool Options::has(std::string_view name) const { return values_.find(name) != values_.end(); }

double Options::number(std::string_view name) const {
    const auto found = values_.find(name);
    assert(found != values_.end());
    return std::get<double>(found->second);
}

int Options::whole(std::string_view name) const { return static_cast<int>(number(name)); }

const std::string& Options::text(std::string_view name) const {
    const auto found = values_.find(name);
    assert(found != values_.end());
    return std::get<std::string>(found->second);
}

bool Options::flag(std::string_view name) const {
    const auto found = values_.find(name);
    assert(found != values_.end());
    return std::get<bool>(found->second);
}

Options default_options(const Spec& spec) {
    Options options;
    for (const Field& field : spec.fields) {
        if (field.fallback.empty()) continue;
        const auto value = value_of(field, field.fallback);
        assert(value);
        options.set(field.name, *value);
    }
    return options;
}

Options parse_options(const Node& table, const Spec& spec, Diagnostics& faults) {
    Options options = default_options(spec);
    for (const auto& [key, node] : table.members) {
        if (key == "name") continue;
        const Field* field = find_field(spec, key);
        if (!field) {
            faults.push_back(unknown(spec, Fault::Pack, node.key_where, key));
            continue;
        }
        const auto text = text_of(*field, node);
        const auto value = text ? value_of(*field, *text) : std::nullopt;
        if (value) options.set(key, *value);
        else faults.push_back(bad_value(spec, *field, Fault::Pack, node.where, shown(node)));
    }
    return options;
}

Options parse_options(std::span<const std::pair<std::string, std::string>> flags, const Spec& spec,
                      Diagnostics& faults) {
    Options options = default_options(spec);
    for (const auto& [flag, text] : flags) {
        std::string name = flag;
        for (char& c : name) c = c == '-' ? '_' : c;
        const Field* field = find_field(spec, name);
        if (!field) {
            faults.push_back(unknown(spec, Fault::Usage, {}, "--" + flag));
            continue;
        }
        if (const auto value = value_of(*field, text)) options.set(name, *value);
        else faults.push_back(bad_value(spec, *field, Fault::Usage, {}, fmt::format("'{}'", excerpt(text))));
    }
    return options;
}

std::string manual(const Spec& spec) {
    std::string out = fmt::format("{}\n    {}\n", spec.name, spec.summary);
    if (!spec.fields.empty()) out += "\noptions\n";
    for (const Field& field : spec.fields) {
        std::string facts = wanted(field);
        if (!field.unit.empty()) facts += fmt::format(", in {}", field.unit);
        facts += field.fallback.empty() ? "; not set by default" : fmt::format("; default {}", field.fallback);
        out += fmt::format("    {:<20} {}\n    {:<20} {}\n", field.name, field.doc, "", facts);
    }
    if (!spec.examples.empty()) out += "\nexamples\n";
    for (const auto example : spec.examples) out += fmt::format("    {}\n", example);
    if (!spec.cites.empty()) {
        std::vector<std::string> keys(spec.cites.begin(), spec.cites.end());
        out += fmt::format("\nsources\n    {}\n", join(keys, ", "));
    }
    return out;
}

}  // namespace icosa::pack
