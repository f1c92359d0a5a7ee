/// Escapes, wraps, folds.
#include "draft/toml_text.hpp"

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace icosa::draft {
namespace {

constexpr std::size_t comment_width = 100;

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n') out += "\\n";
        else if (c == '\t') out += "\\t";
        else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
            out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
        else out += c;
    }
    return out + '"';
}

std::string quoted_list(std::span<const std::string> texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + quoted(text);
    return "[" + out + "]";
}

std::string comment(std::string_view text) {
    std::string out, line = "#";
    for (const std::string_view word : split(text, ' ')) {
        if (line.size() + 1 + word.size() > comment_width && line.size() > 1) {
            out += line + "\n";
            line = "#";
        }
        line += ' ';
        for (const char c : word) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return out + line + "\n";
}

std::string slug(std::string_view text) {
    std::string out;
    bool is_cut = false;
    for (const char c : fold(text)) {
        const bool is_plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        is_cut |= !is_plain && c != ' ';
        if (is_plain) out += c;
        else if (!out.empty() && out.back() != '-') out += '-';
    }
    while (out.ends_with('-')) out.pop_back();
    if (is_cut || out.empty()) out += fmt::format("{}{:06x}", out.empty() ? "x" : "-", hash64(text) & 0xFFFFFF);
    return out;
}

}  // namespace icosa::draft
