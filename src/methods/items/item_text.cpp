/// Folds descriptions into words.
#include "methods/items/item_text.hpp"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.hpp"

namespace icosa::methods {
namespace {

constexpr std::pair<std::string_view, std::string_view> spellings[] = {
    {"sulph", "sulf"},     {"aluminium", "aluminum"}, {"fibre", "fiber"},  {"centre", "center"},
    {"caesium", "cesium"}, {"haemorr", "hemorr"},     {"vapour", "vapor"}, {"armour", "armor"},
    {"metre", "meter"},    {"isation", "ization"},    {"β", "beta"},       {"α", "alpha"},
    {"γ", "gamma"},
};

void replace_all(std::string& word, std::string_view from, std::string_view to) {
    for (std::size_t at = word.find(from); at != std::string::npos; at = word.find(from, at + to.size()))
        word.replace(at, from.size(), to);
}

bool ends_in(std::string_view word, std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view one) { return word.ends_with(one); });
}

void to_singular(std::string& word) {
    if (word.size() < 4 || word.back() != 's' || ends_in(word, {"ss", "us", "is", "as", "os"})) return;
    if (word.size() > 4 && word.ends_with("ies")) word.replace(word.size() - 3, 3, "y");
    else if (word.size() > 5 && ends_in(word, {"ches", "shes", "xes", "sses"})) word.resize(word.size() - 2);
    else word.pop_back();
}

std::string plain_word(std::string_view folded) {
    std::string out(folded);
    for (const auto& [from, to] : spellings) replace_all(out, from, to);
    if (out == "phosphorous") out = "phosphorus";
    to_singular(out);
    return out;
}

enum class Letter { Blank, Digit, Alone, Other };

/// What begins at this byte of folded text, and in how many bytes.
std::pair<Letter, std::size_t> letter_at(std::string_view text, std::size_t at) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c == ' ') return {Letter::Blank, 1};
    if (c >= '0' && c <= '9') return {Letter::Digit, 1};
    const std::size_t bytes = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
    // Han and kana: U+3040 to U+9FFF begin with E3 81 .. E9; higher planes of Han are rare and joined to a word.
    const bool stands_alone = bytes == 3 && c >= 0xE3 && c <= 0xE9;
    return {stands_alone ? Letter::Alone : Letter::Other, std::min(bytes, text.size() - at)};
}

}  // namespace

std::string ItemText::told(std::size_t first_word, std::size_t behind_last) const {
    std::string out;
    for (std::size_t i = first_word; i < behind_last; ++i) {
        const bool is_wide = static_cast<unsigned char>(word(i).front()) >= 0xE3;
        if (!out.empty() && !is_wide) out += ' ';
        out += word(i);
    }
    return out;
}

ItemText item_text(std::string_view utf8) {
    const std::string folded = fold(utf8);
    ItemText out;
    const auto add = [&](std::string_view word) {
        if (word.empty()) return;
        const std::size_t begin = out.letters.size();
        out.letters += plain_word(word);
        out.words.push_back({begin, out.letters.size()});
    };
    Letter kind = Letter::Blank;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < folded.size();) {
        const auto [next, bytes] = letter_at(folded, at);
        if (next != kind || next == Letter::Alone) {
            if (kind != Letter::Blank) add(std::string_view(folded).substr(begin, at - begin));
            begin = at;
            kind = next;
        }
        at += bytes;
    }
    if (kind != Letter::Blank) add(std::string_view(folded).substr(begin));
    return out;
}

std::vector<std::string_view> written_codes(std::string_view utf8) {
    std::vector<std::string_view> out;
    const auto is_inner = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    };
    for (std::size_t at = 0; at < utf8.size();) {
        std::size_t end = at;
        while (end < utf8.size() && is_inner(utf8[end])) ++end;
        if (end > at) out.push_back(utf8.substr(at, end - at));
        at = std::max(end, at + 1);
    }
    return out;
}

}  // namespace icosa::methods
