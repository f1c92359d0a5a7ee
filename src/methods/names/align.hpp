/// Which token of one name met which of the other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/names/fold.hpp"

namespace icosa::methods::names {

enum class Meeting : std::uint8_t {
    Same,      ///< letter for letter
    Spelling,  ///< alike
    Joined,    ///< one word here, several there
    Initial,   ///< a letter for a word
    Acronym,   ///< first letters of several words for one
    Repeated   ///< said twice here, once there
};

/// Tokens of `a` from `a_from`, so many, met those of `b`.
struct TokenMeeting {
    std::uint8_t a_from = 0, a_count = 1, b_from = 0, b_count = 1;
    Meeting how = Meeting::Same;
    float likeness = 1;  ///< 0 to 1
    float cost = 0;      ///< weighted distance of spellings
    std::uint8_t edits = 0;
};

struct Alignment {
    std::vector<TokenMeeting> meetings;      ///< best first
    std::vector<std::uint8_t> left_a, left_b;  ///< tokens that met none, weak ones too
};

/// At most so many tokens of a name are aligned; what is beyond counts as left over.
inline constexpr std::size_t most_aligned = 24;

/// Aligns two names, whatever the order of their parts: the best meeting first, a token meets once. Neighbours of one
/// name may together meet one token of the other; then initials, first letters of organisations, repeated words.
///
/// in    weights_a[a.tokens], weights_b[b.tokens]    how much a token says, above 0
/// out   meetings of a likeness of `least_likeness` or more
/// dif   greedy by weight times likeness, not the optimal assignment: names are short, and ties go by place
/// cost  O(|a| |b|) distances
inline constexpr double least_likeness = 0.55;
[[nodiscard]] Alignment align(const FoldedName& a, const FoldedName& b, std::span<const float> weights_a,
                              std::span<const float> weights_b);

/// Likeness of two tokens, 0 to 1: 1 - weighted distance / mean length.
struct Likeness {
    float value = 0, cost = 0;
    std::uint8_t edits = 0;
};
/// Below `least` it may say 0.
[[nodiscard]] Likeness likeness_of(const NameToken& a, const NameToken& b, double least = 0.4);

}  // namespace icosa::methods::names
