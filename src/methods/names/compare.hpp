/// Two names: how probable it is that they name one bearer, and why.
#pragma once

#include <string>
#include <string_view>

#include "methods/names/align.hpp"
#include "methods/names/evidence.hpp"
#include "methods/names/fold.hpp"

namespace icosa::methods::names {

enum class Verdict : std::uint8_t { No, Unsure, Match };
[[nodiscard]] std::string_view verdict_name(Verdict verdict);  ///< "no", "unsure", "match"

struct Comparison {
    double probability = 0;  ///< 0 to 1
    Verdict verdict = Verdict::No;
    FoldedName a, b;
    Alignment alignment;
    Features features{};
};

/// Compares two names on their own: no list says how rare their words are.
///
///     log-odds = bias + w . features;  match from 0.5, unsure from 0.25
///
/// in    any bytes; a name without letters or digits is unsure, whatever the other is
/// src   [fellegi1969] agreement and disagreement as weights; weights in pair_weights.hpp
/// cost  some microseconds; at most `most_aligned` words of each are aligned
[[nodiscard]] Comparison compare_names(std::string_view a, std::string_view b, Bearer bearer);

/// Which word met which and how alike, what is left over: "salman = salman; mohamed ~ mohammed 0.97; left: bin | jr".
[[nodiscard]] std::string explain(const FoldedName& a, const FoldedName& b, const Alignment& alignment);

}  // namespace icosa::methods::names
