/// One table of names; what is written is a beginning of one.
#include "base/month_name.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace icosa {
namespace {

constexpr std::array<std::string_view, 12> english = {"january",   "february", "march",    "april",
                                                      "may",       "june",     "july",     "august",
                                                      "september", "october",  "november", "december"};

struct MonthName {
    std::string_view name;  ///< folded
    int month;
};
constexpr MonthName others[] = {
    // French
    {"janvier", 1},
    {"fevrier", 2},
    {"mars", 3},
    {"avril", 4},
    {"mai", 5},
    {"juin", 6},
    {"juillet", 7},
    {"jui", 0},
    {"aout", 8},
    {"septembre", 9},
    {"octobre", 10},
    {"novembre", 11},
    {"decembre", 12},
    // Spanish
    {"enero", 1},
    {"febrero", 2},
    {"marzo", 3},
    {"abril", 4},
    {"mayo", 5},
    {"junio", 6},
    {"julio", 7},
    {"agosto", 8},
    {"septiembre", 9},
    {"setiembre", 9},
    {"octubre", 10},
    {"noviembre", 11},
    {"diciembre", 12},
    // German
    {"januar", 1},
    {"janner", 1},
    {"jaenner", 1},
    {"februar", 2},
    {"feber", 2},
    {"marz", 3},
    {"maerz", 3},
    {"mrz", 3},
    {"juni", 6},
    {"juli", 7},
    {"oktober", 10},
    {"dezember", 12},
    // Portuguese
    {"janeiro", 1},
    {"fevereiro", 2},
    {"marco", 3},
    {"maio", 5},
    {"junho", 6},
    {"julho", 7},
    {"setembro", 9},
    {"outubro", 10},
    {"novembro", 11},
    {"dezembro", 12},
    // Russian, as a heading and after a day
    {"январь", 1},
    {"января", 1},
    {"февраль", 2},
    {"февраля", 2},
    {"март", 3},
    {"марта", 3},
    {"апрель", 4},
    {"апреля", 4},
    {"маи", 5},
    {"мая", 5},
    {"июнь", 6},
    {"июня", 6},
    {"июль", 7},
    {"июля", 7},
    {"август", 8},
    {"августа", 8},
    {"сентябрь", 9},
    {"сентября", 9},
    {"октябрь", 10},
    {"октября", 10},
    {"ноябрь", 11},
    {"ноября", 11},
    {"декабрь", 12},
    {"декабря", 12},
};

/// Capital letters of Russian as small ones: two bytes each in UTF-8.
std::string lower_cyrillic(std::string text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]), next = static_cast<unsigned char>(text[i + 1]);
        if (lead != 0xD0) continue;
        if (next >= 0x90 && next <= 0x9F) text[i + 1] = static_cast<char>(next + 0x20);
        if (next >= 0xA0 && next <= 0xAF) {
            text[i] = static_cast<char>(0xD1);
            text[i + 1] = static_cast<char>(next - 0x20);
        }
    }
    return text;
}

std::size_t letters(std::string_view utf8) {
    return static_cast<std::size_t>(
        std::count_if(utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

int english_month(std::string_view word) {
    const auto same = [](char a, char b) { return (a | 0x20) == b; };
    for (std::size_t i = 0; i < english.size(); ++i) {
        if (word.size() <= english[i].size() && std::equal(word.begin(), word.end(), english[i].begin(), same))
            return static_cast<int>(i) + 1;
    }
    return 0;
}

}  // namespace

int month_of_name(std::string_view word) {
    if (word.ends_with('.')) word.remove_suffix(1);
    if (word.size() < 3 || word.size() > 32) return 0;
    if (const int month = english_month(word)) return month;
    const std::string name = lower_cyrillic(fold(word));
    if (letters(name) < 3) return 0;
    int found = 0;
    for (const auto& one : others) {
        if (one.name == name) return one.month;
        if (one.name.starts_with(name)) found = found == 0 || found == one.month ? one.month : -1;
    }
    return std::max(found, 0);
}

}  // namespace icosa
