/// Even numbers by language: 21,476; 2.2 million, 220万; two figures of a share.
#pragma once

#include <string>

#include "brief/language.hpp"

namespace icosa::brief {

enum class NumberKind : std::uint8_t {
    Count,  ///< whole
    Value,  ///< measured: three figures or so
    Money,  ///< two decimals below a hundred
    Share,  ///< of one, told as a percentage
};

/// A figure as a reader takes it in: "21,476", "2.2 million" from a million on, "220万", "2.1亿"; "–" for NaN.
[[nodiscard]] std::string number_words(double value, NumberKind kind, Language language);

/// A probability in a hundred: "41", "fewer than 1", "more than 99".
[[nodiscard]] std::string in_hundred(double share, Language language);

/// "six", "12": small whole numbers as words; Chinese always in figures but for 2 as 两.
[[nodiscard]] std::string small_number(int number, Language language);

}  // namespace icosa::brief
