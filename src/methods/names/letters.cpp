/// Letters of scripts that have no vowels, or more than one way into Latin.
#include "methods/names/letters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

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

struct ScriptRange {
    char32_t first, last;
    Script script;
};

/// Beyond ASCII; the first that holds a character tells.
constexpr ScriptRange script_ranges[] = {
    {0xAA, 0xAA, Script::Mark},      {0xAD, 0xAD, Script::Mark},       {0xBA, 0xBA, Script::Mark},
    {0x80, 0xBF, Script::Gap},       {0xD7, 0xD7, Script::Gap},        {0xF7, 0xF7, Script::Gap},
    {0xC0, 0x24F, Script::Latin},    {0x300, 0x36F, Script::Mark},     {0x400, 0x52F, Script::Cyrillic},
    {0x5BE, 0x5BE, Script::Hyphen},  {0x591, 0x5CF, Script::Mark},     {0x5D0, 0x5F2, Script::Hebrew},
    {0x60C, 0x60C, Script::Gap},     {0x61B, 0x61B, Script::Gap},      {0x61F, 0x61F, Script::Gap},
    {0x610, 0x61A, Script::Mark},    {0x61C, 0x61E, Script::Mark},     {0x640, 0x640, Script::Mark},
    {0x64B, 0x65F, Script::Mark},    {0x670, 0x670, Script::Mark},     {0x6D4, 0x6D4, Script::Gap},
    {0x6D6, 0x6ED, Script::Mark},    {0x620, 0x6FF, Script::Arabic},   {0x750, 0x77F, Script::Arabic},
    {0x1E00, 0x1EFF, Script::Latin}, {0xAC00, 0xD7A3, Script::Hangul}, {0x3400, 0x9FFF, Script::Han},
    {0x200C, 0x200F, Script::Mark},  {0x2010, 0x2013, Script::Hyphen}, {0x202A, 0x202E, Script::Mark},
    {0x2060, 0x206F, Script::Mark},  {0x2000, 0x205F, Script::Gap},    {0x3000, 0x3004, Script::Gap},
    {0x3008, 0x3011, Script::Gap},   {0x30FB, 0x30FB, Script::Gap},    {0xF900, 0xFAFF, Script::Han},
    {0xFEFF, 0xFEFF, Script::Mark},  {0xFF0C, 0xFF0C, Script::Gap},    {0xFFFD, 0xFFFD, Script::Gap},
    {0x20000, 0x31FFF, Script::Han}};

Script script_of(char32_t c) {
    if (is_apostrophe(c)) return Script::Mark;
    if (c < 0x80) {
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return Script::Latin;
        return c == '-' ? Script::Hyphen : c == '&' ? Script::Ampersand : c == '.' ? Script::Dot : Script::Gap;
    }
    for (const auto& one : script_ranges) {
        if (c >= one.first && c <= one.last) return one.script;
    }
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

/// The Latin letter that a Cyrillic one looks like; 0 = none.
char latin_look(char32_t c) {
    constexpr std::pair<char32_t, char> table[] = {
        {0x430, 'a'}, {0x435, 'e'}, {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x443, 'y'}, {0x445, 'x'},
        {0x456, 'i'}, {0x458, 'j'}, {0x455, 's'}, {0x410, 'a'}, {0x412, 'b'}, {0x415, 'e'}, {0x41A, 'k'},
        {0x41C, 'm'}, {0x41D, 'h'}, {0x41E, 'o'}, {0x420, 'p'}, {0x421, 'c'}, {0x422, 't'}, {0x423, 'y'},
        {0x425, 'x'}, {0x406, 'i'}, {0x408, 'j'}, {0x405, 's'}};
    for (const auto& [cyrillic_one, latin] : table) {
        if (c == cyrillic_one) return latin;
    }
    return '\0';
}

/// The word that is being read: letters of one script, one after the other.
class Run {
public:
    explicit Run(Words& words) : words_(words) {}

    void end() {
        if (kind_ == Script::Arabic) {
            add_arabic(words_, std::move(letters_));
        } else if (kind_ == Script::Other || (kind_ == Script::Latin && !is_plain_)) {
            const std::string read = any_latin(source_);
            for (const auto word : split(read, ' ')) words_.add(std::string(word), false);
        } else {
            words_.add(std::move(letters_), kind_ == Script::Hebrew);
        }
        letters_.clear();
        source_.clear();
        looks_.clear();
        taken_ = 0;
        kind_ = Script::None;
        is_plain_ = true;
    }

    /// A letter of a script that has words. Within a word of Latin letters a Cyrillic one that looks like one of them
    /// is that (and a word begun so): no language writes both, but a keyboard, or one who would not be found, does.
    void take(const Letter& letter, Script script, std::string_view bytes) {
        const char look = script == Script::Cyrillic ? latin_look(letter.code) : '\0';
        if (kind_ == Script::Latin && look != '\0') {
            letters_ += look;
            source_ += look;
            return;
        }
        if (kind_ == Script::Cyrillic && script == Script::Latin && looks_.size() == taken_) {
            letters_ = source_ = looks_;
            kind_ = Script::Latin;
        }
        if (script != kind_) end();
        if (look != '\0') looks_ += look;
        ++taken_;
        kind_ = script;
        switch (script) {
            case Script::Latin: take_latin(letter, bytes); break;
            case Script::Cyrillic: letters_ += cyrillic_letter(letter.code); break;
            case Script::Arabic: letters_ += arabic_letter(letter.code); break;
            case Script::Hebrew: letters_ += hebrew_letter(letter.code); break;
            case Script::Hangul: words_.add(hangul_syllable(letter.code), false); break;
            case Script::Han:
                for (const auto word : split(any_latin(bytes), ' ')) words_.add(std::string(word), false);
                break;
            default: source_.append(bytes); break;
        }
    }

    /// A sign upon letters: ICU reads it with those that it reads.
    void take_mark(const Letter& letter, std::string_view bytes) {
        const bool is_accent = letter.code >= 0x300 && letter.code < 0x370;
        if (!is_accent && kind_ == Script::Other) source_.append(bytes);
    }

private:
    void take_latin(const Letter& letter, std::string_view bytes) {
        if (letter.code < 0x80) {
            const char c = static_cast<char>(letter.code);
            letters_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            source_ += c;
            return;
        }
        is_plain_ = false;
        if (bytes.size() == 1) source_ += latin1_to_utf8(bytes);
        else source_.append(bytes);
    }

    Words& words_;
    std::string letters_;  ///< as read so far
    std::string source_;  ///< their bytes, where ICU will read them
    std::string looks_;  ///< of Cyrillic letters that look like Latin ones: those
    std::size_t taken_ = 0;  ///< letters
    Script kind_ = Script::None;
    bool is_plain_ = true;
};

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

LatinName latin_name(std::string_view name) {
    LatinName out;
    Words words(out);
    constexpr std::size_t most_bytes = 2'000;
    out.is_cut = name.size() > most_bytes;
    name = name.substr(0, most_bytes);
    std::string undone;
    if (!is_ascii(name)) {
        if (auto text = undo_mojibake(name)) {
            undone = std::move(*text);
            name = undone;
        }
    }
    Run run(words);
    for (std::size_t at = 0; at < name.size() && !words.is_full();) {
        const Letter letter = next_letter(name, at);
        at = letter.to;
        const std::string_view bytes = name.substr(letter.from, letter.to - letter.from);
        switch (const Script script = script_of(letter.code)) {
            case Script::Mark: run.take_mark(letter, bytes); break;
            case Script::Ampersand:
                run.end();
                words.gap();
                words.add("and", false);
                words.gap();
                break;
            case Script::Gap:
                run.end();
                words.gap();
                break;
            case Script::Hyphen: run.end(); break;
            case Script::Dot:
                run.end();
                if (at >= name.size() || name[at] == ' ') words.gap();
                break;
            default: run.take(letter, script, bytes); break;
        }
    }
    run.end();
    for (auto& word : out.words) word.was_initial = word.text.size() == 1 && word.text[0] >= 'a' && word.text[0] <= 'z';
    return out;
}

}  // namespace icosa::methods::names
