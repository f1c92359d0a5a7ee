/// A name of any script and spelling as tokens that can be compared.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "methods/names/words.hpp"

namespace icosa::methods::names {

/// Whom the name is of. What is not known is read as both.
enum class Bearer : std::uint8_t { Person, Organisation, Unknown };

struct NameToken {
    std::string text;  ///< lower-case ASCII letters, or the digits of a number
    WordKind kind = WordKind::Name;
    bool lacks_vowels = false;
    bool has_article = false;  ///< "al" stood before it; a token that begins with it is taken apart
    std::uint64_t sound = 0;   ///< skeleton of consonants, packed (sounds.hpp)
};

struct FoldedName {
    std::vector<NameToken> tokens;
    bool is_cut = false;  ///< the name was longer than is read

    /// Tokens that say who it is: names, patronymics, words of the trade, numbers.
    [[nodiscard]] std::size_t strong() const;
};

/// Folds a name.
///
///     "'Abd al-Rahman bin Laden" -> abd(particle) rahman bin(particle) laden
///     "OOO Oboronnye Initsiativy" -> ltd(form) oboronnye initsiativy
///
/// in    name    any bytes;  bearer  forms and numbers are looked for where it is no Person
/// out   tokens in the order of the name; words of which nothing is left are not there
/// dif   a word that has digits among its letters is read with the letters they resemble ("I9or" -> "igor")
/// cost  O(length); under 2 us for a name of ASCII
[[nodiscard]] FoldedName fold_name(std::string_view name, Bearer bearer);

[[nodiscard]] bool is_weak(WordKind kind);  ///< particle, title or form: no evidence by itself

}  // namespace icosa::methods::names
