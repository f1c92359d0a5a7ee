/// Text without locale: the same bytes give the same answer everywhere.
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace icosa {

std::string_view trim(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f\v";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::vector<std::string_view> split(std::string_view text, char separator) {
    std::vector<std::string_view> out;
    for (;;) {
        const auto end = text.find(separator);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return out;
        text.remove_prefix(end + 1);
    }
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0) out += separator;
        out += parts[i];
    }
    return out;
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::optional<double> parse_number(std::string_view text) {
    if (text.starts_with('+') && !text.starts_with("+-")) text.remove_prefix(1);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

std::string number_text(double value) {
    std::array<char, 40> buffer{};
    const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
    return error == std::errc{} ? std::string(buffer.data(), end) : fmt::format("{}", value);
}

std::string number_text(double value, int digits) {
    if (std::isnan(value)) return "not computed";
    std::string out = fmt::format("{:.{}f}", value, digits);
    if (out.find('.') != std::string::npos) {
        while (out.back() == '0') out.pop_back();
        if (out.back() == '.') out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

namespace {

/// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours each count one.
std::size_t edits_between(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates) {
    std::size_t best = std::max<std::size_t>(1, word.size() / 3) + 1;
    std::optional<std::string> found;
    for (const std::string& candidate : candidates) {
        const std::size_t edits = edits_between(word, candidate);
        if (edits < best) {
            best = edits;
            found = candidate;
        }
    }
    return found;
}

namespace {

/// ASCII letters of U+00C0..U+017F, two rows of the code charts; "" where there is none.
std::string_view latin_base(std::uint32_t c) {
    static constexpr std::string_view upper_latin1[] = {"a", "a", "a", "a", "a", "a", "ae", "c", "e",  "e", "e",
                                                        "e", "i", "i", "i", "i", "d", "n",  "o", "o",  "o", "o",
                                                        "o", "",  "o", "u", "u", "u", "u",  "y", "th", "ss"};
    static constexpr std::string_view extended =
        "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuu"
        "uuuuuuwwyyyzzzzzzs";
    if (c >= 0xC0 && c <= 0xFF) {
        if (c == 0xD7 || c == 0xF7) return "";
        if (c == 0xDF) return "ss";
        if (c == 0xFF) return "y";
        return upper_latin1[(c - 0xC0) % 32];
    }
    if (c == 0x152 || c == 0x153) return "oe";
    if (c >= 0x100 && c <= 0x17F && c - 0x100 < extended.size()) return extended.substr(c - 0x100, 1);
    return {};
}

/// Blanks and punctuation of any script.
bool is_gap(std::uint32_t c) {
    const auto within = [c](std::uint32_t first, std::uint32_t last) { return c >= first && c <= last; };
    return within(0x80, 0xBF) || within(0x2BC, 0x2BF) || within(0x2000, 0x206F) || c == 0x60C || c == 0x61B
        || c == 0x61F || within(0x3000, 0x303F) || c == 0x30FB || within(0xFE30, 0xFE4F) || within(0xFF01, 0xFF0F)
        || within(0xFF1A, 0xFF20) || within(0xFF3B, 0xFF40) || within(0xFF5B, 0xFF65) || c == 0xFEFF;
}

/// Combining accents, Arabic vowel signs and the stroke that lengthens a word; what has no width.
bool is_mark(std::uint32_t c) {
    if (c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF) return true;
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x610 && c <= 0x61A) || (c >= 0x64B && c <= 0x65F) || c == 0x670
        || c == 0x640;
}

/// Small letters of Cyrillic and Greek without their accents, Arabic letters without hamza, full-width ones as usual.
std::uint32_t plain_letter(std::uint32_t c) {
    if (c >= 0xFF10 && c <= 0xFF19) return c - 0xFF10 + '0';
    if (c >= 0xFF21 && c <= 0xFF3A) return c - 0xFF21 + 'a';
    if (c >= 0xFF41 && c <= 0xFF5A) return c - 0xFF41 + 'a';
    if (c >= 0x410 && c <= 0x42F) c += 0x20;
    else if (c >= 0x400 && c <= 0x40F) c += 0x50;
    else if (c >= 0x391 && c <= 0x3A9) c += 0x20;
    switch (c) {
        case 0x451: return 0x435;  // yo
        case 0x439: return 0x438;  // short i
        case 0x457: return 0x456;  // yi
        case 0x386:
        case 0x3AC: return 0x3B1;
        case 0x388:
        case 0x3AD: return 0x3B5;
        case 0x389:
        case 0x3AE: return 0x3B7;
        case 0x38A:
        case 0x3AF:
        case 0x3CA: return 0x3B9;
        case 0x38C:
        case 0x3CC: return 0x3BF;
        case 0x38E:
        case 0x3CD:
        case 0x3CB: return 0x3C5;
        case 0x38F:
        case 0x3CE: return 0x3C9;
        case 0x3C2: return 0x3C3;  // sigma at the end of a word
        case 0x622:
        case 0x623:
        case 0x625:
        case 0x671: return 0x627;
        case 0x624: return 0x648;
        case 0x626:
        case 0x649:
        case 0x6CC: return 0x64A;
        case 0x629: return 0x647;
        case 0x6A9: return 0x643;
        default: return c;
    }
}

/// A code point up to U+FFFF.
std::string encoded(std::uint32_t c) {
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    return {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F))};
}

/// The byte of Windows-1252 that is written as this code point; nothing where there is none.
std::optional<unsigned char> windows_1252_byte(std::uint32_t c) {
    constexpr std::uint16_t from_80[] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                         0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                         0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                         0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    if (c < 0x100) return static_cast<unsigned char>(c);
    for (std::size_t i = 0; i < std::size(from_80); ++i) {
        if (from_80[i] == c) return static_cast<unsigned char>(0x80 + i);
    }
    return std::nullopt;
}

struct Decoded {
    std::uint32_t code = 0;
    std::size_t length = 0;  ///< 0 = not well-formed
};

Decoded decode(std::string_view s) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const auto tail = [&](std::size_t i) { return i < s.size() && (byte(i) & 0xC0) == 0x80; };
    const std::uint32_t a = byte(0);
    if (a < 0x80) return {a, 1};
    if (a >= 0xC2 && a < 0xE0 && tail(1)) return {(a & 0x1Fu) << 6 | (byte(1) & 0x3Fu), 2};
    if (a >= 0xE0 && a < 0xF0 && tail(1) && tail(2)) {
        const std::uint32_t c = (a & 0x0Fu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
        if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) return {c, 3};
    }
    if (a >= 0xF0 && a < 0xF5 && tail(1) && tail(2) && tail(3)) {
        const std::uint32_t c =
            (a & 0x07u) << 18 | (byte(1) & 0x3Fu) << 12 | (byte(2) & 0x3Fu) << 6 | (byte(3) & 0x3Fu);
        if (c >= 0x10000 && c <= 0x10FFFF) return {c, 4};
    }
    return {};
}

}  // namespace

std::string fold(std::string_view utf8) {
    std::string out;
    bool gap = false;
    const auto put = [&](std::string_view letters) {
        if (gap && !out.empty()) out += ' ';
        gap = false;
        out += letters;
    };
    while (!utf8.empty()) {
        const Decoded d = decode(utf8);
        const std::string_view bytes = utf8.substr(0, std::max<std::size_t>(d.length, 1));
        utf8.remove_prefix(bytes.size());
        if (d.length == 1) {
            const char c = bytes[0];
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) put(bytes);
            else if (c >= 'A' && c <= 'Z') {
                const char small = static_cast<char>(c - 'A' + 'a');
                put({&small, 1});
            } else gap = true;
        } else if (d.length > 0 && is_mark(d.code)) {
            continue;
        } else if (d.length == 0 || is_gap(d.code)) {
            gap = true;
        } else if (const auto plain = plain_letter(d.code); plain != d.code) {
            put(encoded(plain));
        } else if (const auto base = latin_base(d.code); !base.empty()) {
            put(base);
        } else {
            put(bytes);
        }
    }
    return out;
}

std::optional<std::string> undo_mojibake(std::string_view utf8) {
    std::string bytes;
    bool any = false;
    while (!utf8.empty()) {
        const Decoded d = decode(utf8);
        const auto byte = d.length == 0 ? std::nullopt : windows_1252_byte(d.code);
        if (!byte) return std::nullopt;
        any = any || *byte >= 0x80;
        bytes += static_cast<char>(*byte);
        utf8.remove_prefix(d.length);
    }
    if (!any || first_invalid_utf8(bytes)) return std::nullopt;
    return bytes;
}

std::optional<std::size_t> first_invalid_utf8(std::string_view bytes) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (static_cast<unsigned char>(bytes[at]) < 0x80) {
            ++at;
            continue;
        }
        const Decoded d = decode(bytes.substr(at));
        if (d.length == 0) return at;
        at += d.length;
    }
    return std::nullopt;
}

std::string latin1_to_utf8(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 8);
    for (const char c : bytes) {
        const auto u = static_cast<unsigned char>(c);
        if (u < 0x80) {
            out += c;
        } else {
            out += static_cast<char>(0xC0 | (u >> 6));
            out += static_cast<char>(0x80 | (u & 0x3F));
        }
    }
    return out;
}

std::string excerpt(std::string_view text, std::size_t most) {
    std::string out;
    std::size_t used = 0;
    while (!text.empty() && used < most) {
        const Decoded d = decode(text);
        if (d.length == 0 || (d.length == 1 && (d.code < 0x20 || d.code == 0x7F))) {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[0]));
            text.remove_prefix(1);
        } else {
            out += text.substr(0, d.length);
            text.remove_prefix(d.length);
        }
        ++used;
    }
    if (!text.empty()) out += "...";
    return out;
}

namespace {
constexpr std::string_view base64_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
}

std::string base64(std::string_view bytes) {
    std::string out;
    out.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= bytes.size() ? base64_letters[three >> (18 - 6 * k) & 63U] : '=';
    }
    return out;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + "\"";
}

std::optional<std::string> parse_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    std::string out;
    for (std::size_t i = 0; i < text.size(); i += 4) {
        const bool is_last = i + 4 == text.size();
        const std::size_t padding = !is_last || text[i + 3] != '=' ? 0 : text[i + 2] == '=' ? 2 : 1;
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            const auto at = k < 4 - padding ? base64_letters.find(text[i + k]) : 0;
            if (at == std::string_view::npos) return std::nullopt;
            three = three << 6U | static_cast<std::uint32_t>(at);
        }
        for (std::size_t k = 0; k < 3 - padding; ++k) out += static_cast<char>(three >> (16 - 8 * k) & 0xFFU);
        if ((three & ((1U << (8 * padding)) - 1)) != 0) return std::nullopt;  // bits that no byte holds
    }
    return out;
}

}  // namespace icosa
