/// How far apart two spellings of a word are, and keys that spellings of one word share.
#include "methods/names/sounds.hpp"

#include <algorithm>
#include <array>

namespace icosa::methods::names {
namespace {

enum Class : std::uint8_t { Silent, Head, Lips, Throat, Teeth, Hiss, Breath, Hush, Em, En, El, Ar, Digit };

bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

Class class_of(std::string_view word, std::size_t i) {
    const char c = word[i];
    const char next = i + 1 < word.size() ? word[i + 1] : '\0';
    switch (c) {
        case 'b': return Lips;
        case 'p': return next == 'h' ? Breath : Lips;
        case 'c':
            if (next == 'h') return Hush;
            return next == 'e' || next == 'i' || next == 'y' || next == 'z' ? Hiss : Throat;
        case 'k':
        case 'g':
        case 'q':
        case 'x': return Throat;
        case 't': return next == 's' || next == 'z' ? Silent : next == 'c' || next == 'j' ? Silent : Teeth;
        case 'd': return next == 'j' || next == 'z' ? Silent : Teeth;
        case 's':
        case 'z': return c == 'z' && next == 'h' ? Hush : Hiss;
        case 'f':
        case 'v':
        case 'w': return Breath;
        case 'j': return Hush;
        case 'm': return Em;
        case 'n': return En;
        case 'l': return El;
        case 'r': return Ar;
        default: return c >= '0' && c <= '9' ? Digit : Silent;
    }
}

constexpr double change_cost(char a, char b) {
    if (a == b) return 0;
    constexpr auto both = [](char x, char y, std::string_view set) {
        return set.find(x) != set.npos && set.find(y) != set.npos;
    };
    if (both(a, b, "iy") || both(a, b, "ei") || both(a, b, "ou") || both(a, b, "vw") || both(a, b, "kq")
        || both(a, b, "ck"))
        return 0.25;
    if (both(a, b, "ae") || both(a, b, "jy") || both(a, b, "sz")) return 0.3;
    if (both(a, b, "cs") || both(a, b, "gj") || both(a, b, "gk") || both(a, b, "gq") || both(a, b, "cq")
        || both(a, b, "dt") || both(a, b, "uw") || both(a, b, "fv") || both(a, b, "cz"))
        return 0.4;
    if (both(a, b, "aeiouy")) return 0.5;
    if (both(a, b, "bp") || both(a, b, "bv") || both(a, b, "hk") || both(a, b, "kx") || both(a, b, "hx")
        || both(a, b, "jz") || both(a, b, "cj") || both(a, b, "ow"))
        return 0.5;
    return 1;
}

constexpr auto change_costs = [] {
    std::array<std::array<float, 26>, 26> out{};
    for (int a = 0; a < 26; ++a)
        for (int b = 0; b < 26; ++b)
            out[static_cast<std::size_t>(a)][static_cast<std::size_t>(b)] =
                static_cast<float>(change_cost(static_cast<char>('a' + a), static_cast<char>('a' + b)));
    return out;
}();

float cost_of_change(char a, char b, Vowels vowels) {
    if (a == b) return 0;
    if (a < 'a' || b < 'a') return 1;
    if (vowels == Vowels::Unwritten) {
        const bool w =
            (a == 'w' && (b == 'u' || b == 'o' || b == 'v')) || (b == 'w' && (a == 'u' || a == 'o' || a == 'v'));
        const bool y = (a == 'y' && is_vowel(b)) || (b == 'y' && is_vowel(a)) || (a == 'a' && is_vowel(b))
            || (b == 'a' && is_vowel(a));
        if (w || y) return 0.1F;
    }
    return change_costs[static_cast<std::size_t>(a - 'a')][static_cast<std::size_t>(b - 'a')];
}

/// Of a letter that one word has and the other has not.
float cost_of_extra(std::string_view word, std::size_t i, Vowels vowels) {
    const char c = word[i];
    if (i > 0 && word[i - 1] == c) return 0.15F;
    if (c == 'h' && i > 0) return 0.2F;
    if (is_vowel(c)) return vowels == Vowels::Unwritten ? 0.05F : i + 1 == word.size() || i == 0 ? 0.6F : 0.5F;
    if (c == 'w' && vowels == Vowels::Unwritten) return 0.2F;
    return 1;
}

constexpr std::size_t longest = 44;

struct Cell {
    float cost;
    int edits;
};

void consider(Cell& best, Cell other) {
    if (other.cost < best.cost || (other.cost == best.cost && other.edits < best.edits)) best = other;
}

}  // namespace

std::uint64_t sound_of(std::string_view word) {
    std::uint64_t out = 0;
    int length = 0;
    Class last = Silent;
    for (std::size_t i = 0; i < word.size() && length < 15; ++i) {
        Class one = class_of(word, i);
        if (i == 0 && one == Silent && (is_vowel(word[0]) || word[0] == 'h')) one = Head;
        if (one == Silent) {
            if (is_vowel(word[i])) last = Silent;
            continue;
        }
        if (one == last) continue;
        // "sh" and "sch" hiss as "s" does; the "c" within is no letter of its own
        if (word[i] == 'c' && i > 0 && word[i - 1] == 's' && i + 1 < word.size() && word[i + 1] == 'h') continue;
        out = out << 4U | one;
        ++length;
        last = one;
    }
    return out;
}

int sound_length(std::uint64_t sound) {
    int out = 0;
    for (; sound != 0; sound >>= 4U) ++out;
    return out;
}

std::uint64_t sound_without(std::uint64_t sound, int place) {
    const unsigned behind = static_cast<unsigned>(sound_length(sound) - 1 - place) * 4;
    const std::uint64_t low = behind == 0 ? 0 : sound & ((std::uint64_t{1} << behind) - 1);
    const std::uint64_t high = behind + 4 >= 64 ? 0 : sound >> (behind + 4);
    return high << behind | low;
}

SpellingDistance spelling_distance(std::string_view a, std::string_view b, Vowels vowels) {
    if (a == b) return {};
    a = a.substr(0, longest - 2);
    b = b.substr(0, longest - 2);
    std::array<std::array<Cell, longest>, 3> rows;
    auto* before = &rows[0];
    auto* last = &rows[1];
    auto* now = &rows[2];
    (*last)[0] = {0, 0};
    for (std::size_t j = 0; j < b.size(); ++j)
        (*last)[j + 1] = {(*last)[j].cost + cost_of_extra(b, j, vowels) * (j == 0 ? 1.3F : 1), (*last)[j].edits + 1};
    for (std::size_t i = 0; i < a.size(); ++i) {
        const float extra = cost_of_extra(a, i, vowels) * (i == 0 ? 1.3F : 1);
        (*now)[0] = {(*last)[0].cost + extra, (*last)[0].edits + 1};
        for (std::size_t j = 0; j < b.size(); ++j) {
            const float first = i == 0 && j == 0 ? 1.3F : 1;
            Cell best = {(*last)[j].cost + first * cost_of_change(a[i], b[j], vowels),
                         (*last)[j].edits + (a[i] != b[j] ? 1 : 0)};
            consider(best, {(*last)[j + 1].cost + extra, (*last)[j + 1].edits + 1});
            consider(best, {(*now)[j].cost + cost_of_extra(b, j, vowels), (*now)[j].edits + 1});
            if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != a[i - 1])
                consider(best, {(*before)[j - 1].cost + 0.6F, (*before)[j - 1].edits + 1});
            (*now)[j + 1] = best;
        }
        std::swap(before, last);
        std::swap(last, now);
    }
    return {(*last)[b.size()].cost, (*last)[b.size()].edits};
}

}  // namespace icosa::methods::names
