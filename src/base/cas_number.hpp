/// Registry numbers of chemicals (CAS): found in text, and held against their check digit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace icosa {

/// What is written like a registry number: two to seven digits, two digits, one.
struct CasFound {
    std::string number;        ///< "107-44-8", leading zeros dropped
    std::size_t begin = 0;     ///< bytes of the text
    std::size_t end = 0;
    bool checks = false;       ///< is its last digit the check digit of the others?
};

/// Those of a text, with hyphens of any kind ("107-44-8", "107\u201144\u20118"); digits or hyphens on either side make
/// it something else.
[[nodiscard]] std::vector<CasFound> cas_numbers_in(std::string_view utf8);

/// The whole of a cell as a number, hyphens or not: "107448". Nothing where it is not written like one; the check digit
/// is not looked at.
[[nodiscard]] std::optional<std::string> parse_cas(std::string_view cell);

/// The digit that "107-44-?" must end with.
///
///     d = (1 * n_1 + 2 * n_2 + ...) mod 10,  n_1 the digit left of the check digit, n_2 the one left of it ...
[[nodiscard]] int cas_check_digit(std::string_view number);
[[nodiscard]] bool cas_checks(std::string_view number);

/// Is one what a slip makes of the other: one digit wrong, or two neighbours changed about?
[[nodiscard]] bool is_one_slip(std::string_view number, std::string_view other);

}  // namespace icosa
