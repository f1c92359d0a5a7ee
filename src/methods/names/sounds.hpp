/// How far apart two spellings of a word are, and keys that spellings of one word share.
#pragma once

#include <cstdint>
#include <string_view>

namespace icosa::methods::names {

/// Skeleton of consonants, four bits each, first letter highest: vowels, h and doubled letters are left out, letters
/// that stand for each other in spellings of Arabic, Slavic and Korean names are one class (k g q c x; s z; t d; v w f;
/// j ch; b p). A leading vowel, h or y counts as one class.
///
/// out   0 of an empty word; at most 15 classes
/// src   [russell1918] classes of letters, as widened for Arabic names by [aqeel2006]
[[nodiscard]] std::uint64_t sound_of(std::string_view word);
[[nodiscard]] int sound_length(std::uint64_t sound);
/// The skeleton without its class at `place`, 0 the first.
[[nodiscard]] std::uint64_t sound_without(std::uint64_t sound, int place);

/// Cost of turning one spelling into the other.
struct SpellingDistance {
    double cost = 0;  ///< letters that stand for each other cost less than 1
    int edits = 0;  ///< letters inserted, deleted, changed, neighbours swapped
};

/// Weighted distance of Damerau: inserts, deletions, changes, swapped neighbours; and the plain one along the same way.
///
///     cost of a change 0.25 to 0.6 within a class of sounds, 1 else; of a vowel 0.5; of a doubled letter 0.15;
///     of h behind a letter 0.2, of t or d that is half of a sound (tch, ts, dj) 0.3; the first letter 1.3 times as
///     much
///
/// in    a, b    lower-case ASCII, at most 40 letters; vowels: `Vowels::Unwritten` where either lacks them
///       most    a cost from which on it does not matter any more: then some cost above it, and 99 edits
/// src   [damerau1964], in the restricted form of [boytsov2011]
/// cost  O(|a| |b|), some 100 ns
enum class Vowels : std::uint8_t { Written, Unwritten };
[[nodiscard]] SpellingDistance spelling_distance(std::string_view a, std::string_view b, Vowels vowels,
                                                 double most = 1000);

}  // namespace icosa::methods::names
