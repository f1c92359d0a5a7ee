/// Words of names that say little or nothing of who bears them: particles, titles, forms of organisations; numbers.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace icosa::methods::names {

enum class WordKind : std::uint8_t {
    Name,
    Patronymic,  ///< -ovich, -ovna: left out as often as told
    Particle,    ///< al, bin, de, von, the
    Title,       ///< haji, mullah, dr
    Form,        ///< ltd, gmbh, ooo; its text is its class
    Generic,     ///< a word of the trade: bank, trading, international
    Number,
    Initial
};

/// Particle, Title, Generic or Name; `is_first`: where a given name may stand ("Ben", "Al").
[[nodiscard]] WordKind kind_of_word(std::string_view word);
[[nodiscard]] bool is_patronymic(std::string_view word);

/// The longest form of organisation that begins at this word of `words`: how many words it takes, and its class:
/// "ltd" (limited liability), "plc" (shares), "co" (company, corporation), "coop", "fund".
struct FormFound {
    std::size_t words = 0;
    std::string_view kind;
};
[[nodiscard]] FormFound form_at(std::span<const std::string_view> words);

/// "three" -> "3", "forty" -> "40", "vii" -> "7", "first" -> "1"; roman ones of one letter are none.
[[nodiscard]] std::optional<int> number_word(std::string_view word);

/// "intl" -> "international"; the word itself where there is nothing longer.
[[nodiscard]] std::string_view whole_word(std::string_view word);

/// Ways of Latin spelling of one surname or given syllable of Korean or Chinese that share too few letters: "ri",
/// "lee", "yi" have one number; 0 = none.
[[nodiscard]] int spelling_group(std::string_view word);

}  // namespace icosa::methods::names
