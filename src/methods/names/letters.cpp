/// Letters of scripts that have no vowels, or more than one way into Latin.
#include "methods/names/letters.hpp"

#include <array>
#include <cstdint>

#include "base/text.hpp"
#include "methods/names/any_latin.hpp"

namespace icosa::methods::names {
namespace {

enum class Script : std::uint8_t {
    None,
    Latin,
    Cyrillic,
    Arabic,
    Hebrew,
    Hangul,
    Han,
    Other,
    Mark,
    Gap,
    Hyphen,
    Ampersand,
    Dot
};

struct Letter {
    char32_t code = 0;
    std::size_t from = 0, to = 0;  ///< bytes
};

/// The next character; a byte that is no UTF-8 counts as one of Latin-1.
Letter next_letter(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    const std::size_t length = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC2 ? 2 : 0;
    if (length == 1 || length == 0 || at + length > text.size()) return {first, at, at + 1};
    char32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80) return {first, at, at + 1};
        code = code << 6U | (byte(at + i) & 0x3FU);
    }
    return {code, at, at + length};
}

bool is_apostrophe(char32_t c) {
    return c == '\'' || c == '`' || c == 0xB4 || c == 0x2018 || c == 0x2019 || c == 0x201B || c == 0x2BB || c == 0x2BC
        || c == 0x2BE || c == 0x2BF || c == 0x2C8 || c == 0x2032 || c == 0x60C0;
}

Script script_of(char32_t c) {
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return Script::Latin;
        if (is_apostrophe(c)) return Script::Mark;
        return c == '-' ? Script::Hyphen : c == '&' ? Script::Ampersand : c == '.' ? Script::Dot : Script::Gap;
    }
    if (is_apostrophe(c)) return Script::Mark;
    if (c < 0xC0) return c == 0xAD || c == 0xAA || c == 0xBA ? Script::Mark : Script::Gap;
    if (c == 0xD7 || c == 0xF7) return Script::Gap;
    if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) return Script::Latin;
    if (c >= 0x300 && c < 0x370) return Script::Mark;
    if (c >= 0x400 && c < 0x530) return Script::Cyrillic;
    if (c >= 0x5D0 && c < 0x5F3) return Script::Hebrew;
    if (c >= 0x591 && c < 0x5D0) return c == 0x5BE ? Script::Hyphen : Script::Mark;
    if ((c >= 0x610 && c < 0x620) || (c >= 0x64B && c < 0x660) || c == 0x670 || c == 0x640 || (c >= 0x6D6 && c < 0x6EE))
        return Script::Mark;
    if (c == 0x60C || c == 0x61B || c == 0x61F || c == 0x6D4) return Script::Gap;
    if ((c >= 0x620 && c < 0x700) || (c >= 0x750 && c < 0x780)) return Script::Arabic;
    if (c >= 0xAC00 && c < 0xD7A4) return Script::Hangul;
    if ((c >= 0x3400 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) || (c >= 0x20000 && c < 0x32000)) return Script::Han;
    if (c == 0x200C || c == 0x200D || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || c == 0xFEFF
        || (c >= 0x2060 && c < 0x2070))
        return Script::Mark;
    if (c == 0x2010 || c == 0x2011 || c == 0x2012 || c == 0x2013) return Script::Hyphen;
    if ((c >= 0x2000 && c < 0x2070) || (c >= 0x3000 && c < 0x3005) || (c >= 0x3008 && c < 0x3012) || c == 0x30FB
        || c == 0xFF0C || c == 0xFFFD)
        return Script::Gap;
    return Script::Other;
}

// Cyrillic, from U+0430; capitals by 0x20 before. Soft and hard signs are left out.
constexpr std::array<const char*, 32> cyrillic = {"a",  "b",  "v",  "g",    "d", "e", "zh", "z", "i",  "y", "k",
                                                  "l",  "m",  "n",  "o",    "p", "r", "s",  "t", "u",  "f", "kh",
                                                  "ts", "ch", "sh", "shch", "",  "y", "",   "e", "yu", "ya"};

const char* cyrillic_letter(char32_t c) {
    if (c >= 0x410 && c < 0x430) c += 0x20;
    if (c >= 0x430 && c < 0x450) return cyrillic[c - 0x430];
    if (c >= 0x400 && c < 0x410) c += 0x50;
    switch (c) {
        case 0x451: return "e";    // io
        case 0x450:
        case 0x45D: return c == 0x450 ? "e" : "i";
        case 0x452: return "dj";
        case 0x453: return "g";
        case 0x454: return "ye";   // Ukrainian ie
        case 0x455: return "dz";
        case 0x456: return "i";
        case 0x457: return "yi";
        case 0x458: return "j";
        case 0x459: return "lj";
        case 0x45A: return "nj";
        case 0x45B: return "c";
        case 0x45C: return "k";
        case 0x45E: return "u";    // Belarusian short u
        case 0x45F: return "dz";
        case 0x490:
        case 0x491:
        case 0x492:
        case 0x493: return "g";
        case 0x496:
        case 0x497: return "zh";
        case 0x49A:
        case 0x49B:
        case 0x4A0:
        case 0x4A1: return "k";
        case 0x4A2:
        case 0x4A3: return "ng";
        case 0x4AE:
        case 0x4AF:
        case 0x4B0:
        case 0x4B1: return "u";
        case 0x4B2:
        case 0x4B3:
        case 0x4BA:
        case 0x4BB: return "h";
        case 0x4B6:
        case 0x4B7: return "j";
        case 0x4D8:
        case 0x4D9: return "a";
        case 0x4E8:
        case 0x4E9: return "o";
        default: return "";
    }
}

const char* arabic_letter(char32_t c) {
    switch (c) {
        case 0x621: return "";
        case 0x622:
        case 0x623:
        case 0x625:
        case 0x627:
        case 0x671:
        case 0x649:
        case 0x629:
        case 0x639: return "a";
        case 0x624:
        case 0x648: return "w";
        case 0x626:
        case 0x64A:
        case 0x6CC:
        case 0x6D0:
        case 0x6D2: return "y";
        case 0x628: return "b";
        case 0x62A:
        case 0x637:
        case 0x679: return "t";
        case 0x62B: return "th";
        case 0x62C: return "j";
        case 0x62D:
        case 0x647:
        case 0x6C1:
        case 0x6BE:
        case 0x6C0:
        case 0x6D5: return "h";
        case 0x62E: return "kh";
        case 0x62F:
        case 0x636:
        case 0x688: return "d";
        case 0x630: return "dh";
        case 0x631:
        case 0x691: return "r";
        case 0x632:
        case 0x638: return "z";
        case 0x633:
        case 0x635: return "s";
        case 0x634: return "sh";
        case 0x63A: return "gh";
        case 0x641: return "f";
        case 0x642: return "q";
        case 0x643:
        case 0x6A9: return "k";
        case 0x644: return "l";
        case 0x645: return "m";
        case 0x646:
        case 0x6BA: return "n";
        case 0x67E: return "p";
        case 0x686: return "ch";
        case 0x698: return "zh";
        case 0x6AF: return "g";
        case 0x6C5:
        case 0x6C6:
        case 0x6C7:
        case 0x6CB: return "w";
        case 0x685:
        case 0x681: return "dz";
        case 0x693: return "r";
        case 0x69A: return "sh";
        case 0x6BC: return "n";
        case 0x6CD: return "y";
        default: return "";
    }
}

const char* hebrew_letter(char32_t c) {
    static constexpr std::array<const char*, 27> letters = {"a", "b", "g", "d",  "h",  "w", "z", "h",  "t",
                                                            "y", "k", "k", "l",  "m",  "m", "n", "n",  "s",
                                                            "a", "p", "p", "ts", "ts", "k", "r", "sh", "t"};
    return c >= 0x5D0 && c < 0x5EB ? letters[c - 0x5D0] : "";
}

std::string hangul_syllable(char32_t c) {
    static constexpr std::array<const char*, 19> heads = {"k",  "kk", "n", "t",  "tt", "r", "m", "p", "pp", "s",
                                                          "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
    static constexpr std::array<const char*, 21> middles = {"a",  "ae", "ya", "yae", "o",  "e",  "yo",
                                                            "ye", "o",  "wa", "wae", "oe", "yo", "u",
                                                            "wo", "we", "wi", "yu",  "u",  "ui", "i"};
    static constexpr std::array<const char*, 28> tails = {"",  "k",  "k", "k", "n", "n", "n", "t", "l", "k",
                                                          "m", "l",  "l", "l", "p", "l", "m", "p", "p", "t",
                                                          "t", "ng", "t", "t", "k", "t", "p", "t"};
    const auto number = static_cast<std::size_t>(c - 0xAC00);
    return std::string(heads[number / 588]) + middles[number % 588 / 28] + tails[number % 28];
}

/// Arabic words that lists write in one way and the letters do not give: the joining words, and the commonest names.
std::string known_arabic(const std::string& letters) {
    static constexpr std::array<std::pair<const char*, const char*>, 34> words = {{
        {"bn", "bin"},        {"abn", "ibn"},    {"bnt", "bint"},        {"abw", "abu"},       {"aby", "abi"},
        {"al", "al"},         {"allh", "allah"}, {"abd", "abd"},         {"mhmd", "muhammad"}, {"ahmd", "ahmad"},
        {"aly", "ali"},       {"hsn", "hasan"},  {"hsyn", "husayn"},     {"mhmwd", "mahmud"},  {"khald", "khalid"},
        {"amr", "umar"},      {"ywsf", "yusuf"}, {"abrahym", "ibrahim"}, {"asmayl", "ismail"}, {"mstfa", "mustafa"},
        {"mstfy", "mustafa"}, {"salh", "salih"}, {"slyman", "sulayman"}, {"syd", "sayyid"},    {"tarq", "tariq"},
        {"jmal", "jamal"},    {"krym", "karim"}, {"rhmn", "rahman"},     {"azyz", "aziz"},     {"nasr", "nasir"},
        {"mwsa", "musa"},     {"mwsy", "musa"},  {"hamd", "hamid"},      {"ysra", "yusra"},
    }};
    for (const auto& [from, to] : words)
        if (letters == from) return to;
    return "";
}

class Words {
public:
    explicit Words(LatinName& out) : out_(out) {}

    void add(std::string text, bool lacks_vowels) {
        if (text.empty()) return;
        if (out_.words.size() == most_words) {
            out_.is_cut = true;
            return;
        }
        if (text.size() > most_letters) {
            text.resize(most_letters);
            out_.is_cut = true;
        }
        out_.words.push_back({std::move(text), lacks_vowels, is_joined_ && !out_.words.empty(), false});
        is_joined_ = true;
    }
    void gap() { is_joined_ = false; }
    [[nodiscard]] bool is_full() const { return out_.is_cut && out_.words.size() == most_words; }

private:
    LatinName& out_;
    bool is_joined_ = false;
};

void add_arabic(Words& words, std::string letters) {
    if (const auto known = known_arabic(letters); !known.empty()) return words.add(known, false);
    if (letters.starts_with("abdal") && letters.size() > 6) {
        words.add("abd", false);
        letters.erase(0, 3);
    }
    if (letters.starts_with("al") && letters.size() > 4) {
        words.add("al", false);
        letters.erase(0, 2);
        if (const auto known = known_arabic(letters); !known.empty()) return words.add(known, false);
    }
    words.add(std::move(letters), true);
}

}  // namespace

LatinName latin_name(std::string_view name) {
    LatinName out;
    Words words(out);
    constexpr std::size_t most_bytes = 2'000;
    if (name.size() > most_bytes) {
        name = name.substr(0, most_bytes);
        out.is_cut = true;
    }
    std::string undone;
    bool is_ascii = true;
    for (const char c : name) is_ascii = is_ascii && static_cast<unsigned char>(c) < 0x80;
    if (!is_ascii) {
        if (auto text = undo_mojibake(name)) {
            undone = std::move(*text);
            name = undone;
        }
    }
    std::string run;          // letters so far of the word that is read
    std::string run_source;   // its bytes, where ICU will read it
    Script kind = Script::None;
    bool is_plain = true;
    const auto end_run = [&] {
        if (kind == Script::Arabic) add_arabic(words, std::move(run));
        else if (kind == Script::Hebrew) words.add(std::move(run), true);
        else if (kind == Script::Other || (kind == Script::Latin && !is_plain)) {
            const std::string read = any_latin(run_source);
            for (const auto word : split(read, ' ')) words.add(std::string(word), false);
        } else words.add(std::move(run), false);
        run.clear();
        run_source.clear();
        kind = Script::None;
        is_plain = true;
    };
    for (std::size_t at = 0; at < name.size() && !words.is_full();) {
        const Letter letter = next_letter(name, at);
        at = letter.to;
        const Script script = script_of(letter.code);
        if (script == Script::Mark) {
            if (letter.code >= 0x300 && letter.code < 0x370) continue;
            if (kind == Script::Other) run_source.append(name.substr(letter.from, letter.to - letter.from));
            continue;
        }
        if (script == Script::Gap || script == Script::Ampersand) {
            end_run();
            words.gap();
            if (script == Script::Ampersand) words.add("and", false), words.gap();
            continue;
        }
        if (script == Script::Hyphen || script == Script::Dot) {
            end_run();
            if (script == Script::Dot && (at >= name.size() || name[at] == ' ')) words.gap();
            continue;
        }
        if (script != kind) end_run();
        kind = script;
        switch (script) {
            case Script::Latin:
                if (letter.code < 0x80) {
                    const char c = static_cast<char>(letter.code);
                    run += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                    run_source += c;
                } else {
                    is_plain = false;
                    if (letter.to - letter.from == 1) run_source += latin1_to_utf8(name.substr(letter.from, 1));
                    else run_source.append(name.substr(letter.from, letter.to - letter.from));
                }
                break;
            case Script::Cyrillic: run += cyrillic_letter(letter.code); break;
            case Script::Arabic: run += arabic_letter(letter.code); break;
            case Script::Hebrew: run += hebrew_letter(letter.code); break;
            case Script::Hangul: words.add(hangul_syllable(letter.code), false); break;
            case Script::Han:
                for (const auto word : split(any_latin(name.substr(letter.from, letter.to - letter.from)), ' '))
                    words.add(std::string(word), false);
                break;
            default: run_source.append(name.substr(letter.from, letter.to - letter.from)); break;
        }
    }
    end_run();
    for (auto& word : out.words) word.was_initial = word.text.size() == 1 && word.text[0] >= 'a' && word.text[0] <= 'z';
    return out;
}

}  // namespace icosa::methods::names
