/// JSON writing, escaping as RFC 8259 asks.
#include "base/json.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa {

void JsonWriter::newline() {
    if (indent_ == 0) return;
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_ * depth_), ' ');
}

void JsonWriter::separate() {
    if (after_key_) {
        after_key_ = false;
        return;
    }
    if (has_item_.empty()) return;
    if (has_item_.back()) out_ += ',';
    has_item_.back() = true;
    newline();
}

JsonWriter& JsonWriter::begin_object() {
    separate();
    out_ += '{';
    has_item_.push_back(false);
    ++depth_;
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    const bool any = has_item_.back();
    has_item_.pop_back();
    --depth_;
    if (any) newline();
    out_ += '}';
    return *this;
}

JsonWriter& JsonWriter::begin_array() {
    separate();
    out_ += '[';
    has_item_.push_back(false);
    ++depth_;
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    const bool any = has_item_.back();
    has_item_.pop_back();
    --depth_;
    if (any) newline();
    out_ += ']';
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    value(name);
    out_ += indent_ > 0 ? ": " : ":";
    after_key_ = true;
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    out_ += '"';
    for (const char c : text) {
        switch (c) {
            case '"': out_ += "\\\""; break;
            case '\\': out_ += "\\\\"; break;
            case '\n': out_ += "\\n"; break;
            case '\r': out_ += "\\r"; break;
            case '\t': out_ += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    out_ += fmt::format("\\u{:04x}", static_cast<unsigned char>(c));
                } else {
                    out_ += c;
                }
        }
    }
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::value(double number) {
    if (!std::isfinite(number)) return null();
    separate();
    out_ += number_text(number);
    return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
    separate();
    out_ += fmt::format("{}", number);
    return *this;
}

JsonWriter& JsonWriter::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
    return *this;
}

JsonWriter& JsonWriter::null() {
    separate();
    out_ += "null";
    return *this;
}

}  // namespace icosa
