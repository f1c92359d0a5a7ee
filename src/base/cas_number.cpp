/// Finds and checks registry numbers.
#include "base/cas_number.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace icosa {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Bytes of the hyphen or dash that begins here; 0 = none.
std::size_t hyphen_at(std::string_view text, std::size_t at) {
    if (at >= text.size()) return 0;
    if (text[at] == '-') return 1;
    // U+2010 to U+2015 dashes, U+2212 minus, U+FF0D full-width
    if (text.substr(at, 2) == "\xE2\x80" && at + 2 < text.size() && static_cast<unsigned char>(text[at + 2]) >= 0x90
        && static_cast<unsigned char>(text[at + 2]) <= 0x95)
        return 3;
    if (text.substr(at, 3) == "\xE2\x88\x92" || text.substr(at, 3) == "\xEF\xBC\x8D") return 3;
    return 0;
}

bool hyphen_before(std::string_view text, std::size_t at) {
    return (at >= 1 && hyphen_at(text, at - 1) == 1) || (at >= 3 && hyphen_at(text, at - 3) == 3);
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    return end - at;
}

std::string written(std::string_view digits) {
    const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size());
    if (digits.size() - zeros < 5 || digits.size() - zeros > 10) return {};
    digits.remove_prefix(zeros);
    std::string out(digits.substr(0, digits.size() - 3));
    out += '-';
    out += digits.substr(digits.size() - 3, 2);
    out += '-';
    out += digits.back();
    return out;
}

std::string digits_of(std::string_view number) {
    std::string out;
    std::ranges::copy_if(number, std::back_inserter(out), is_digit);
    return out;
}

}  // namespace

std::vector<CasFound> cas_numbers_in(std::string_view utf8) {
    std::vector<CasFound> out;
    for (std::size_t at = 0; at < utf8.size();) {
        const std::size_t first = digits_at(utf8, at);
        if (first == 0) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        at += first;
        const std::size_t hyphen = hyphen_at(utf8, at), second = at + hyphen;
        if (first < 2 || hyphen == 0 || digits_at(utf8, second) != 2) continue;
        const std::size_t hyphen2 = hyphen_at(utf8, second + 2), third = second + 2 + hyphen2;
        if (hyphen2 == 0 || digits_at(utf8, third) != 1) continue;
        const std::size_t end = third + 1;
        if (hyphen_before(utf8, begin) || hyphen_at(utf8, end) > 0) continue;
        std::string number =
            written(digits_of(utf8.substr(begin, first)) + digits_of(utf8.substr(second, 2)) + utf8[third]);
        if (number.empty()) continue;
        const bool checks = cas_checks(number);
        out.push_back({std::move(number), begin, end, checks});
        at = end;
    }
    return out;
}

std::optional<std::string> parse_cas(std::string_view cell) {
    const std::string_view text = trim(cell);
    if (text.size() > 24) return std::nullopt;
    const auto found = cas_numbers_in(text);
    if (found.size() == 1 && found[0].begin == 0 && found[0].end == text.size()) return found[0].number;
    if (text.empty() || !std::ranges::all_of(text, is_digit)) return std::nullopt;
    std::string number = written(text);
    return number.empty() ? std::nullopt : std::optional(std::move(number));
}

int cas_check_digit(std::string_view number) {
    const std::string digits = digits_of(number);
    int sum = 0;
    for (std::size_t i = 1; i < digits.size(); ++i) sum += static_cast<int>(i) * (digits[digits.size() - 1 - i] - '0');
    return sum % 10;
}

bool cas_checks(std::string_view number) {
    return !number.empty() && is_digit(number.back()) && cas_check_digit(number) == number.back() - '0';
}

bool is_one_slip(std::string_view number, std::string_view other) {
    const std::string a = digits_of(number), b = digits_of(other);
    if (a.size() != b.size() || a == b) return false;
    const auto [left, right] = std::ranges::mismatch(a, b);
    const auto at = static_cast<std::size_t>(left - a.begin());
    if (a.substr(at + 1) == b.substr(at + 1)) return true;
    return at + 1 < a.size() && a[at] == b[at + 1] && a[at + 1] == b[at] && a.substr(at + 2) == b.substr(at + 2);
}

}  // namespace icosa
