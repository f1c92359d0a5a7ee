/// JSON by recursive descent.
#include "respond/games/json_tree.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::respond::games {
namespace {

using pack::Node;

class JsonParser {
public:
    JsonParser(std::string_view text, const std::string& path)
        : text_(text), path_(std::make_shared<const std::string>(path)) {}

    Result<Node> whole() {
        if (text_.starts_with("\xEF\xBB\xBF")) at_ = line_start_ = 3;
        if (const auto bad = first_invalid_utf8(text_)) {
            while (at_ < *bad) step();
            return wrong("a byte is no UTF-8", "save the file as UTF-8");
        }
        Node out = TRY(value(0));
        skip_blanks();
        if (at_ < text_.size()) return wrong("something follows the end of the value", "leave it out");
        return out;
    }

private:
    static constexpr int most_depth = 100;

    [[nodiscard]] pack::Spot here() const { return {path_, line_, static_cast<int>(at_ - line_start_) + 1}; }

    [[nodiscard]] std::unexpected<Error> wrong(std::string what,
                                               std::string cure = "mend the JSON at this place") const {
        return fail(Fault::Data, "syntax", here(), std::move(what), std::move(cure));
    }

    void step() {
        if (text_[at_++] != '\n') return;
        ++line_;
        line_start_ = at_;
    }

    void skip_blanks() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").contains(text_[at_])) step();
    }

    [[nodiscard]] std::string found() const {
        return at_ < text_.size() ? fmt::format("'{}'", excerpt(text_.substr(at_, 1))) : "the end of the file";
    }

    bool take(char c) {
        if (at_ >= text_.size() || text_[at_] != c) return false;
        ++at_;
        return true;
    }

    Result<Node> value(int depth) {  // NOLINT(misc-no-recursion): as deep as most_depth
        skip_blanks();
        if (depth > most_depth)
            return wrong(fmt::format("here are more than {} brackets within each other", most_depth));
        Node out;
        out.where = out.key_where = here();
        if (take('{')) return members(std::move(out), depth);
        if (take('[')) return items(std::move(out), depth);
        if (at_ < text_.size() && text_[at_] == '"') {
            out.kind = Node::Kind::Text;
            out.text = TRY(quoted());
            return out;
        }
        return word(std::move(out));
    }

    Result<Node> members(Node out, int depth) {  // NOLINT(misc-no-recursion): as deep as most_depth
        out.kind = Node::Kind::Table;
        skip_blanks();
        if (take('}')) return out;
        for (;;) {
            skip_blanks();
            const pack::Spot key_where = here();
            if (at_ >= text_.size() || text_[at_] != '"')
                return wrong(fmt::format("{} stands where a key in quotes must", found()));
            std::string key = TRY(quoted());
            if (out.find(key))
                return fail(Fault::Data, "syntax", key_where,
                            fmt::format("the key '{}' stands here twice", excerpt(key)), "leave one of them out");
            skip_blanks();
            if (!take(':')) return wrong(fmt::format("{} stands where ':' must", found()));
            Node one = TRY(value(depth + 1));
            one.key_where = key_where;
            if (!is_null_) out.members.emplace_back(std::move(key), std::move(one));
            is_null_ = false;
            skip_blanks();
            if (take('}')) return out;
            if (!take(',')) return wrong(fmt::format("{} stands where ',' or '}}' must", found()));
        }
    }

    Result<Node> items(Node out, int depth) {  // NOLINT(misc-no-recursion): as deep as most_depth
        out.kind = Node::Kind::Array;
        skip_blanks();
        if (take(']')) return out;
        for (;;) {
            out.items.push_back(TRY(value(depth + 1)));
            is_null_ = false;
            skip_blanks();
            if (take(']')) return out;
            if (!take(',')) return wrong(fmt::format("{} stands where ',' or ']' must", found()));
        }
    }

    /// true, false, null or a number.
    Result<Node> word(Node out) {
        std::size_t end = at_;
        while (end < text_.size() && !std::string_view(" \t\r\n,:]}[{\"").contains(text_[end])) ++end;
        const std::string_view said = text_.substr(at_, end - at_);
        is_null_ = said == "null";
        const auto number = parse_number(said);
        const bool looks_so = !said.empty() && (said[0] == '-' || (said[0] >= '0' && said[0] <= '9'));
        if (said == "true" || said == "false" || is_null_) {
            out.kind = Node::Kind::Boolean;
            out.boolean = said == "true";
        } else if (const auto integer = parse_integer(said); integer && looks_so) {
            out.kind = Node::Kind::Integer;
            out.integer = *integer;
            out.number = static_cast<double>(*integer);
        } else if (number && looks_so) {
            out.kind = Node::Kind::Number;
            out.number = *number;
        } else {
            return wrong(said.empty() ? fmt::format("{} stands where a value must", found())
                                      : fmt::format("'{}' is no value", excerpt(said)));
        }
        at_ = end;
        return out;
    }

    Result<std::string> quoted() {
        const Where begin = here();
        std::string out;
        ++at_;
        for (;;) {
            if (at_ >= text_.size() || text_[at_] == '\n')
                return fail(Fault::Data, "syntax", begin, "this text has no end", "close it with a quote");
            const char c = text_[at_++];
            if (c == '"') return out;
            if (c != '\\') {
                out += c;
                continue;
            }
            constexpr std::string_view letters = "\"\\/bfnrt", meant = "\"\\/\b\f\n\r\t";
            const char escaped = at_ < text_.size() ? text_[at_] : '\0';
            if (const auto which = letters.find(escaped); which != std::string_view::npos) {
                out += meant[which];
                ++at_;
            } else if (escaped == 'u') {
                ++at_;
                append_letter(out, TRY(code_point()));
            } else {
                return wrong(fmt::format("{} cannot stand after a backslash", found()));
            }
        }
    }

    Result<std::uint32_t> four_digits() {
        std::uint32_t out = 0;
        for (int n = 0; n < 4; ++n, ++at_) {
            const char c = at_ < text_.size() ? text_[at_] : '\0';
            const auto digit = std::string_view("0123456789abcdef").find(lower(std::string_view(&c, 1)));
            if (digit == std::string_view::npos) return wrong("\\u wants four digits of base sixteen");
            out = out * 16 + static_cast<std::uint32_t>(digit);
        }
        return out;
    }

    Result<std::uint32_t> code_point() {
        const std::uint32_t first = TRY(four_digits());
        if (first < 0xD800 || first > 0xDFFF) return first;
        if (first < 0xDC00 && text_.substr(at_, 2) == "\\u") {
            at_ += 2;
            const std::uint32_t second = TRY(four_digits());
            if (second >= 0xDC00 && second <= 0xDFFF) return 0x10000 + (first - 0xD800) * 0x400 + (second - 0xDC00);
        }
        return wrong("half of a letter that takes two \\u");
    }

    static void append_letter(std::string& out, std::uint32_t c) {
        const auto byte = [&](std::uint32_t of) { out += static_cast<char>(of); };
        if (c < 0x80) {
            byte(c);
        } else if (c < 0x800) {
            byte(0xC0 | c >> 6U);
            byte(0x80 | (c & 0x3F));
        } else if (c < 0x10000) {
            byte(0xE0 | c >> 12U);
            byte(0x80 | (c >> 6U & 0x3F));
            byte(0x80 | (c & 0x3F));
        } else {
            byte(0xF0 | c >> 18U);
            byte(0x80 | (c >> 12U & 0x3F));
            byte(0x80 | (c >> 6U & 0x3F));
            byte(0x80 | (c & 0x3F));
        }
    }

    std::string_view text_;
    std::shared_ptr<const std::string> path_;
    std::size_t at_ = 0, line_start_ = 0;
    int line_ = 1;
    bool is_null_ = false;
};

}  // namespace

Result<Node> parse_json(std::string_view text, const std::string& path) { return JsonParser(text, path).whole(); }

}  // namespace icosa::respond::games
