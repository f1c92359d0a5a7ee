/// Escaping for HTML, Markdown and the terminal, code point by code point.
#include "brief/escape.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace icosa::brief {
namespace {

constexpr char32_t replacement = 0xFFFD;

/// The code point at `at`, which moves past it; a broken byte is U+FFFD and one byte long.
char32_t next(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return text[at++] & 0x7F;
    int more = 0;
    char32_t point = 0;
    char32_t least = 0;
    if ((first & 0xE0) == 0xC0) {
        more = 1;
        point = first & 0x1FU;
        least = 0x80;
    } else if ((first & 0xF0) == 0xE0) {
        more = 2;
        point = first & 0x0FU;
        least = 0x800;
    } else if ((first & 0xF8) == 0xF0) {
        more = 3;
        point = first & 0x07U;
        least = 0x10000;
    }
    if (more == 0 || text.size() - at <= static_cast<std::size_t>(more)) {
        ++at;
        return replacement;
    }
    for (int i = 1; i <= more; ++i) {
        const unsigned char follow = byte(at + static_cast<std::size_t>(i));
        if ((follow & 0xC0) != 0x80) {
            ++at;
            return replacement;
        }
        point = (point << 6) | (follow & 0x3FU);
    }
    if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        ++at;
        return replacement;
    }
    at += static_cast<std::size_t>(more) + 1;
    return point;
}

void put_character(std::string& out, char32_t point) {
    const auto add = [&](char32_t bits) { out += static_cast<char>(static_cast<unsigned char>(bits)); };
    if (point < 0x80) {
        add(point);
    } else if (point < 0x800) {
        add(0xC0 | (point >> 6));
        add(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        add(0xE0 | (point >> 12));
        add(0x80 | ((point >> 6) & 0x3F));
        add(0x80 | (point & 0x3F));
    } else {
        add(0xF0 | (point >> 18));
        add(0x80 | ((point >> 12) & 0x3F));
        add(0x80 | ((point >> 6) & 0x3F));
        add(0x80 | (point & 0x3F));
    }
}

bool turns_direction(char32_t point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069) || point == 0x200E
        || point == 0x200F || point == 0x061C;
}

/// Calls take(point) for each code point of the plain text.
template <class Take> void each_plain(std::string_view text, Take take) {
    for (std::size_t at = 0; at < text.size();) {
        char32_t point = next(text, at);
        if (turns_direction(point) || point == 0xFEFF) continue;
        if (point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029) point = ' ';
        take(point);
    }
}

using Range = std::pair<char32_t, char32_t>;

/// Wide or full-width, after Unicode's East Asian Width, the blocks that titles and names use.
constexpr std::array<Range, 13> wide_ranges{{{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0x33FF},
                                             {0x3400, 0x4DBF},
                                             {0x4E00, 0x9FFF},
                                             {0xA000, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE4F},
                                             {0xFF00, 0xFF60},
                                             {0xFFE0, 0xFFE6},
                                             {0x1F300, 0x1F64F},
                                             {0x20000, 0x3FFFD}}};
constexpr std::array<Range, 7> empty_ranges{{{0x0300, 0x036F},
                                             {0x0483, 0x0489},
                                             {0x0591, 0x05BD},
                                             {0x064B, 0x065F},
                                             {0x200B, 0x200D},
                                             {0x20D0, 0x20FF},
                                             {0xFE00, 0xFE0F}}};

template <std::size_t N> bool within(const std::array<Range, N>& ranges, char32_t point) {
    return std::ranges::any_of(ranges,
                               [&](const Range& range) { return point >= range.first && point <= range.second; });
}

int columns_of(char32_t point) { return within(empty_ranges, point) ? 0 : within(wide_ranges, point) ? 2 : 1; }

}  // namespace

std::string plain(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    each_plain(text, [&](char32_t point) { put_character(out, point); });
    return out;
}

std::string html(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 16);
    each_plain(text, [&](char32_t point) {
        switch (point) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\'': out += "&#39;"; break;
            default: put_character(out, point);
        }
    });
    return out;
}

std::string markdown(std::string_view text) {
    constexpr std::string_view special = "\\`*_{}[]<>|~$#&!";
    const std::string source = plain(text);
    std::string out;
    out.reserve(source.size() + 16);
    std::size_t begin = source.find_first_not_of(' ');
    if (begin == std::string::npos) return out;
    // A number with a dot, or one of these signs, would open a list or a heading underline where the text opens a line.
    const std::size_t digits = source.find_first_not_of("0123456789", begin);
    const bool ordinal =
        digits != std::string::npos && digits > begin && (source[digits] == '.' || source[digits] == ')');
    for (std::size_t i = begin; i < source.size(); ++i) {
        const char c = source[i];
        const bool opens = (i == begin && (c == '-' || c == '+' || c == '=')) || (ordinal && i == digits);
        if (opens || special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string markdown_code(std::string_view text) {
    const std::string source = plain(text);
    std::size_t longest = 0;
    std::size_t run = 0;
    for (const char c : source) {
        run = c == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    if (source.empty()) return {};
    const std::string fence(longest + 1, '`');
    const bool touches = source.front() == '`' || source.back() == '`';
    return fence + (touches ? " " : "") + source + (touches ? " " : "") + fence;
}

bool is_web_address(std::string_view text) {
    const bool scheme = text.starts_with("https://") || text.starts_with("http://");
    return scheme && std::ranges::all_of(text, [](char c) {
               return c > ' ' && c < 0x7F && c != '"' && c != '<' && c != '>' && c != '\\' && c != '`';
           });
}

std::string anchor(std::string_view id) {
    std::string out;
    for (const char c : id) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '-' || c == '_';
        out += kept ? c : '-';
    }
    return out.empty() ? "x" : out;
}

int columns(std::string_view utf8) {
    int total = 0;
    each_plain(utf8, [&](char32_t point) { total += columns_of(point); });
    return total;
}

std::string cut(std::string_view utf8, int most) {
    if (columns(utf8) <= most) return plain(utf8);
    if (most < 1) return {};
    std::string out;
    int used = 0;
    bool full = false;
    std::size_t word_end = 0;
    each_plain(utf8, [&](char32_t point) {
        if (full) return;
        const int wide = columns_of(point);
        if (used + wide > most - 1) {
            full = true;
            if (point == ' ') word_end = out.size();
            return;
        }
        if (point == ' ') word_end = out.size();
        put_character(out, point);
        used += wide;
    });
    // Only where little is lost: a cut in mid-word reads worse than a few empty columns.
    if (word_end > 0 && out.size() - word_end <= 12 && word_end * 2 > out.size()) out.resize(word_end);
    while (!out.empty() && out.back() == ' ') out.pop_back();
    return out + "…";
}

std::string padded(std::string_view utf8, int width) {
    std::string out = cut(utf8, width);
    const int used = columns(out);
    if (used < width) out.append(static_cast<std::size_t>(width - used), ' ');
    return out;
}

}  // namespace icosa::brief
