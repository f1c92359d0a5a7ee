/// How far apart two spellings of a word are, and keys that spellings of one word share.
#include "methods/names/sounds.hpp"

#include <algorithm>
#include <array>

namespace icosa::methods::names {
namespace {

enum Class : std::uint8_t { Silent, Head, Lips, Throat, Teeth, Hiss, Breath, Hush, Em, En, El, Ar, Digit };

constexpr bool is_vowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

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

// Costs as whole numbers, a thousand to 1, and 256 to each of these: the edits stand below, so that of two ways of one
// cost the one of fewer edits is less.
constexpr std::int32_t whole_step = 1000 * 256;
constexpr std::int32_t in_units(double cost) {
    const double thousandths = cost * 1000;  // of a figure with three decimals
    const auto below = static_cast<std::int32_t>(thousandths);
    return (thousandths - below >= 0.5 ? below + 1 : below) * 256 + 1;
}

/// The cost without the edits below it.
constexpr double plain(std::int32_t units) { return (units - units % 256) / (256 * 1000.0); }

constexpr std::size_t letter_number(char c) { return c >= 'a' && c <= 'z' ? static_cast<std::size_t>(c - 'a') : 26; }

constexpr double unwritten_cost(char a, char b) {
    const bool w = (a == 'w' && (b == 'u' || b == 'o' || b == 'v')) || (b == 'w' && (a == 'u' || a == 'o' || a == 'v'));
    const bool y = (a == 'y' && is_vowel(b)) || (b == 'y' && is_vowel(a)) || (a == 'a' && is_vowel(b))
        || (b == 'a' && is_vowel(a));
    return w || y ? 0.1 : change_cost(a, b);
}

using ChangeCosts = std::array<std::array<std::int32_t, 27>, 27>;
constexpr ChangeCosts change_costs(Vowels vowels) {
    ChangeCosts out{};
    for (std::size_t a = 0; a < 27; ++a)
        for (std::size_t b = 0; b < 27; ++b) {
            const char x = static_cast<char>('a' + a), y = static_cast<char>('a' + b);
            const double cost = a == 26 || b == 26 ? 1
                : vowels == Vowels::Written        ? change_cost(x, y)
                                                   : unwritten_cost(x, y);
            out[a][b] = a == b && a < 26 ? 0 : in_units(cost);
        }
    return out;
}
constexpr ChangeCosts costs_written = change_costs(Vowels::Written);
constexpr ChangeCosts costs_unwritten = change_costs(Vowels::Unwritten);

/// Of a letter that one word has and the other has not.
double cost_of_extra(std::string_view word, std::size_t i, Vowels vowels) {
    const char c = word[i];
    if (i > 0 && word[i - 1] == c) return 0.15;
    if (c == 'h' && i > 0) return 0.2;
    const char next = i + 1 < word.size() ? word[i + 1] : ' ';
    // tch, ts, tz, dj, dz: half of one sound
    if ((c == 't' && (next == 'c' || next == 's' || next == 'z' || next == 'j'))
        || (c == 'd' && (next == 'j' || next == 'z')))
        return 0.3;
    if (c == 'c' && next == 'h' && i > 0 && word[i - 1] == 's') return 0.2;
    if (is_vowel(c)) return vowels == Vowels::Unwritten ? 0.05 : i + 1 == word.size() || i == 0 ? 0.6 : 0.5;
    return c == 'w' && vowels == Vowels::Unwritten ? 0.2 : 1;
}

constexpr std::size_t longest = 44;
using Row = std::array<std::int32_t, longest>;

void fill_extra(std::string_view word, Vowels vowels, Row& out) {
    for (std::size_t i = 0; i < word.size(); ++i)
        out[i] = in_units(cost_of_extra(word, i, vowels) * (i == 0 ? 1.3 : 1));
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

SpellingDistance spelling_distance(std::string_view a, std::string_view b, Vowels vowels, double most) {
    if (a == b) return {};
    a = a.substr(0, longest - 2);
    b = b.substr(0, longest - 2);
    const ChangeCosts& change = vowels == Vowels::Written ? costs_written : costs_unwritten;
    const auto bound = static_cast<std::int32_t>(std::min(most, 100.0) * whole_step) + 255;
    Row extra_a, extra_b;
    fill_extra(a, vowels, extra_a);
    fill_extra(b, vowels, extra_b);
    std::array<Row, 3> rows;
    Row* before = &rows[0];
    Row* last = &rows[1];
    Row* now = &rows[2];
    (*last)[0] = 0;
    for (std::size_t j = 0; j < b.size(); ++j) (*last)[j + 1] = (*last)[j] + extra_b[j];
    std::int32_t least_before = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto& costs = change[letter_number(a[i])];
        (*now)[0] = (*last)[0] + extra_a[i];
        std::int32_t least = (*now)[0];
        for (std::size_t j = 0; j < b.size(); ++j) {
            std::int32_t cost = a[i] == b[j] ? 0 : costs[letter_number(b[j])];
            if (i == 0 && j == 0 && cost > 0) cost = in_units(plain(cost) * 1.3);
            std::int32_t best = std::min({(*last)[j] + cost, (*last)[j + 1] + extra_a[i], (*now)[j] + extra_b[j]});
            if (i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] && a[i] != a[i - 1])
                best = std::min(best, (*before)[j - 1] + in_units(0.6));
            (*now)[j + 1] = best;
            least = std::min(least, best);
        }
        // two rows, for neighbours that change places reach over one
        if (std::min(least, least_before) > bound) return {most + 1, 99};
        least_before = least;
        std::swap(before, last);
        std::swap(last, now);
    }
    const std::int32_t found = (*last)[b.size()];
    return {plain(found), found % 256};
}

}  // namespace icosa::methods::names
