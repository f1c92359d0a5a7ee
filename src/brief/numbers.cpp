/// Rounding and grouping; large numbers by a million in English, by ten thousand in Chinese.
#include "brief/numbers.hpp"

#include <array>
#include <cmath>
#include <string_view>

#include "base/text.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

std::string whole_words(double value) { return grouped(static_cast<std::int64_t>(std::llround(value))); }

/// One decimal below a hundred, none above: "2.2", "150", "1,234".
std::string scaled_words(double value, double unit) {
    const double scaled = value / unit;
    return std::abs(scaled) < 100 ? number_text(scaled, 1) : whole_words(scaled);
}

std::string large_words(double value, Language language) {
    const double size = std::abs(value);
    if (language == Language::Zh) {
        if (size >= 0.9995e8) return scaled_words(value, 1e8) + "亿";
        return (size < 1e7 ? number_text(value / 1e4, 1) : whole_words(value / 1e4)) + "万";
    }
    if (size >= 0.9995e12) return scaled_words(value, 1e12) + " trillion";
    if (size >= 0.9995e9) return scaled_words(value, 1e9) + " billion";
    return scaled_words(value, 1e6) + " million";
}

int decimals(double size, NumberKind kind) {
    if (kind == NumberKind::Money) return size < 100 ? 2 : 0;
    if (size >= 100) return 0;
    if (size >= 10) return 1;
    if (size >= 0.1 || size == 0) return 2;
    return static_cast<int>(std::min(9.0, std::ceil(-std::log10(size)) + 1));
}

}  // namespace

std::string number_words(double value, NumberKind kind, Language language) {
    if (std::isnan(value)) return "–";
    if (std::isinf(value)) return value > 0 ? "∞" : "−∞";
    std::string out;
    if (kind == NumberKind::Share) {
        const double percent = value * 100;
        out = number_text(percent, std::abs(percent) < 10 ? 1 : 0) + (language == Language::Zh ? "%" : " %");
    } else if (std::abs(value) >= 999'999.5) {
        out = large_words(value, language);
    } else if (kind == NumberKind::Count || std::abs(value) >= 99.95) {
        out = whole_words(value);
    } else {
        out = number_text(value, decimals(std::abs(value), kind));
    }
    if (out == "-0") out = "0";
    return out.starts_with('-') ? "−" + out.substr(1) : out;
}

std::string in_hundred(double share, Language language) {
    const bool zh = language == Language::Zh;
    if (std::isnan(share)) return "–";
    if (share > 0 && share < 0.01) return zh ? "不到1" : "fewer than 1";
    if (share < 1 && share > 0.99) return zh ? "99以上" : "more than 99";
    return std::to_string(std::lround(share * 100));
}

std::string small_number(int number, Language language) {
    static constexpr std::array<std::string_view, 13> words = {
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
    if (language == Language::Zh) return number == 2 ? "两" : std::to_string(number);
    if (number >= 0 && number <= 12) return std::string(words[static_cast<std::size_t>(number)]);
    return grouped(number);
}

}  // namespace icosa::brief
