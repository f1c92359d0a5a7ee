/// JSON out: an append-only writer whose output is the same bytes for the same calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icosa {

/// Writes compact JSON (indent 0) or indented by two blanks. Doubles are written shortest-round-trip; NaN and
/// infinities as null.
class JsonWriter {
public:
    explicit JsonWriter(int indent = 0) : indent_(indent) {}

    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(double number);
    JsonWriter& value(std::int64_t number);
    JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(std::size_t number) { return value(static_cast<std::int64_t>(number)); }
    JsonWriter& value(bool flag);
    JsonWriter& null();

    template <class T> JsonWriter& field(std::string_view name, const T& of) {
        key(name);
        return value(of);
    }

    [[nodiscard]] const std::string& text() const { return out_; }

private:
    void separate();
    void newline();

    std::string out_;
    int indent_;
    int depth_ = 0;
    std::vector<bool> has_item_;
    bool after_key_ = false;
};

}  // namespace icosa
