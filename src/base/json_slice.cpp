/// A walk over JSON text. src: RFC 8259
#include "base/json_slice.hpp"

#include <functional>

#include "base/text.hpp"

namespace icosa {
namespace {

constexpr int deepest_json = 200;

/// Called with the key or number of each entry and its value; false = stop the walk.
using Entry = std::function<bool(std::string_view key, std::size_t index, std::string_view value)>;

class JsonWalk {
public:
    explicit JsonWalk(std::string_view text) : text_(text) {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    }

    /// Over one value; of the outermost object or array `entry` is told.
    bool value(int depth, const Entry* entry) {
        blanks();
        if (at_ >= text_.size() || depth > deepest_json) return false;
        if (text_[at_] == '{' || text_[at_] == '[') return entries(depth, entry);
        if (text_[at_] == '"') return text_value();
        return word();
    }
    bool ends() {
        blanks();
        return at_ == text_.size();
    }
    void blanks() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
    }
    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool was_stopped() const { return was_stopped_; }

private:
    bool entries(int depth, const Entry* entry) {
        const char open = text_[at_++], close = open == '{' ? '}' : ']';
        blanks();
        if (at_ < text_.size() && text_[at_] == close) return ++at_, true;
        for (std::size_t index = 0;; ++index) {
            std::string_view key;
            if (open == '{') {
                blanks();
                const std::size_t begin = at_;
                if (at_ >= text_.size() || text_[at_] != '"' || !text_value()) return false;
                key = text_.substr(begin + 1, at_ - begin - 2);
                blanks();
                if (at_ >= text_.size() || text_[at_++] != ':') return false;
            }
            blanks();
            const std::size_t begin = at_;
            if (!value(depth + 1, nullptr)) return false;
            if (entry && !(*entry)(key, index, text_.substr(begin, at_ - begin))) {
                was_stopped_ = true;
                return true;
            }
            blanks();
            if (at_ >= text_.size()) return false;
            if (const char next = text_[at_++]; next == close) return true;
            else if (next != ',') return false;
        }
    }
    bool text_value() {
        for (++at_; at_ < text_.size(); ++at_) {
            if (text_[at_] == '\\') ++at_;
            else if (text_[at_] == '"') return ++at_, true;
        }
        return false;
    }
    bool word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && std::string_view(",]} \t\r\n").find(text_[at_]) == std::string_view::npos) ++at_;
        const std::string_view found = text_.substr(begin, at_ - begin);
        return found == "true" || found == "false" || found == "null" || parse_number(found).has_value();
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool was_stopped_ = false;
};

void add_utf8(std::string& out, std::uint32_t code) {
    const auto more = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3F)); };
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0 | code >> 6);
        more(0);
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0 | code >> 12);
        more(6), more(0);
    } else {
        out += static_cast<char>(0xF0 | code >> 18);
        more(12), more(6), more(0);
    }
}

/// Of "\u00e9" at the place of its backslash; nothing where none stands there.
std::optional<std::uint32_t> unit_at(std::string_view text, std::size_t at) {
    if (at + 6 > text.size() || text.substr(at, 2) != "\\u") return std::nullopt;
    std::uint32_t code = 0;
    for (const char c : text.substr(at + 2, 4)) {
        const bool is_letter = (c | 32) >= 'a' && (c | 32) <= 'f';
        if (!is_letter && (c < '0' || c > '9')) return std::nullopt;
        code = code * 16 + static_cast<std::uint32_t>(is_letter ? (c | 32) - 'a' + 10 : c - '0');
    }
    return code;
}

/// Half of a pair alone is the sign for what cannot be read.
std::string unescaped(std::string_view quoted) {
    constexpr std::uint32_t high = 0xD800, low = 0xDC00, after = 0xE000, unreadable = 0xFFFD;
    const std::string_view text = quoted.substr(1, quoted.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\' || i + 1 >= text.size()) {
            out += text[i];
            continue;
        }
        if (auto code = unit_at(text, i)) {
            i += 5;
            if (*code >= high && *code < after) {
                const auto second = unit_at(text, i + 1);
                const bool is_pair = *code < low && second && *second >= low && *second < after;
                code = is_pair ? 0x10000 + ((*code - high) << 10) + (*second - low) : unreadable;
                if (is_pair) i += 6;
            }
            add_utf8(out, *code);
            continue;
        }
        const char kind = text[++i];
        out += kind == 'n' ? '\n'
            : kind == 't'  ? '\t'
            : kind == 'r'  ? '\r'
            : kind == 'b'  ? '\b'
            : kind == 'f'  ? '\f'
                           : kind;
    }
    return out;
}

}  // namespace

bool is_json(std::string_view text) {
    JsonWalk walk(text);
    return walk.value(0, nullptr) && walk.ends();
}

std::optional<std::string_view> json_at(std::string_view text, std::string_view path) {
    if (path.empty()) return trim(text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text);
    const auto dot = path.find('.');
    const std::string_view step = path.substr(0, dot);
    const auto number = parse_integer(step);
    std::optional<std::string_view> found;
    const Entry entry = [&](std::string_view key, std::size_t index, std::string_view value) {
        const bool is_it = key.data() ? key == step : number && static_cast<std::int64_t>(index) == *number;
        if (is_it) found = value;
        return !is_it;
    };
    JsonWalk walk(text);
    if (!walk.value(0, &entry) || !found) return std::nullopt;
    return dot == std::string_view::npos ? found : json_at(*found, path.substr(dot + 1));
}

std::optional<std::string> json_text_at(std::string_view text, std::string_view path) {
    const auto found = json_at(text, path);
    if (!found || found->empty() || found->front() == '{' || found->front() == '[' || *found == "null")
        return std::nullopt;
    return found->front() == '"' ? unescaped(*found) : std::string(*found);
}

std::optional<std::int64_t> json_count(std::string_view value) {
    value = trim(value);
    if (value.empty() || (value.front() != '[' && value.front() != '{')) return std::nullopt;
    std::int64_t count = 0;
    const Entry entry = [&](std::string_view, std::size_t, std::string_view) { return ++count, true; };
    JsonWalk walk(value);
    if (!walk.value(0, &entry)) return std::nullopt;
    return count;
}

std::vector<std::string_view> json_items(std::string_view value) {
    std::vector<std::string_view> out;
    value = trim(value);
    if (value.empty() || value.front() != '[') return out;
    const Entry entry = [&](std::string_view, std::size_t, std::string_view item) {
        out.push_back(item);
        return true;
    };
    JsonWalk walk(value);
    if (!walk.value(0, &entry)) out.clear();
    return out;
}

}  // namespace icosa
