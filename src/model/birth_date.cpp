/// Reads one or two days, each as wide as it is written.
#include "model/birth_date.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "base/month_name.hpp"
#include "base/text.hpp"

namespace icosa::model {
namespace {

std::optional<int> year_of(std::string_view word) {
    const auto number = word.size() == 4 ? parse_integer(word) : std::nullopt;
    return number && *number >= 1850 && *number <= 2100 ? std::optional<int>(static_cast<int>(*number)) : std::nullopt;
}

BirthDate whole_year(int year) { return {day_of(year, 1, 1), day_of(year, 12, 31), false}; }

BirthDate whole_month(int year, int month) {
    return {day_of(year, month, 1), day_of(year, month, last_day_of_month(year, month)), false};
}

std::optional<BirthDate> one_date(std::string_view text) {
    if (text.size() >= 10) {
        if (const auto day = parse_iso_day(text.substr(0, 10))) return BirthDate{*day, *day, false};
    }
    if (text.size() == 5 && (text.back() == 's' || text.back() == 'S')) {
        if (const auto year = year_of(text.substr(0, 4)))
            return BirthDate{day_of(*year, 1, 1), day_of(*year + 9, 12, 31), true};
    }
    std::vector<std::string_view> words;
    for (const auto word : split(text, ' ')) {
        if (!trim(word).empty()) words.push_back(trim(word));
    }
    if (words.empty() || words.size() > 3) return std::nullopt;
    const auto year = year_of(words.back());
    if (!year) return std::nullopt;
    if (words.size() == 1) return whole_year(*year);
    const int month = month_of_name(words[words.size() - 2]);
    if (month == 0) return std::nullopt;
    if (words.size() == 2) return whole_month(*year, month);
    const auto day = parse_integer(words[0]);
    if (!day || *day < 1 || !is_civil(*year, month, static_cast<int>(std::min<std::int64_t>(*day, 99))))
        return std::nullopt;
    const Day born = day_of(*year, month, static_cast<int>(*day));
    return BirthDate{born, born, false};
}

}  // namespace

std::optional<BirthDate> parse_birth_date(std::string_view text) {
    const std::string plain = lower(trim(text));
    std::string_view rest = plain;
    bool is_about = false;
    for (const std::string_view word : {"circa ", "c. ", "ca. ", "approximately ", "about ", "approx. "}) {
        if (!rest.starts_with(word)) continue;
        rest = trim(rest.substr(word.size()));
        is_about = true;
    }
    for (const std::string_view word : {"between ", "from "}) {
        if (rest.starts_with(word)) rest = trim(rest.substr(word.size()));
    }
    std::optional<BirthDate> out;
    for (const std::string_view between : {" to ", " and ", " or ", " - "}) {
        const auto at = rest.find(between);
        if (at == std::string_view::npos) continue;
        const auto first = one_date(trim(rest.substr(0, at)));
        const auto last = one_date(trim(rest.substr(at + between.size())));
        if (first && last && first->first <= last->last) out = BirthDate{first->first, last->last, false};
        break;
    }
    if (!out && rest.size() == 9 && rest[4] == '-') {
        const auto first = year_of(rest.substr(0, 4)), last = year_of(rest.substr(5));
        if (first && last && *first <= *last) out = BirthDate{day_of(*first, 1, 1), day_of(*last, 12, 31), false};
    }
    if (!out) out = one_date(rest);
    if (out) out->is_approximate |= is_about;
    return out;
}

}  // namespace icosa::model
