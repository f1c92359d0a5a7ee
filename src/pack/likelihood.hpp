/// Words for probabilities: a declared scale, packs/likelihood.toml, so that a word always stands for a range of
/// numbers that a reader can look up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pack/toml.hpp"

namespace icosa::pack {

/// Stands for probabilities from `from` to `to`.
struct LikelihoodWord {
    std::string word;
    double from = 0;
    double to = 1;
};

struct LikelihoodScale {
    std::string id;
    std::string title;
    std::vector<LikelihoodWord> words;  ///< upwards, without overlap; gaps between them are allowed
    std::vector<std::string> cites;
    Where where = {};

    /// The word whose range holds the probability; between two ranges the nearer one, on the border and in the middle
    /// the lower one. Empty without words.
    [[nodiscard]] std::string_view word_for(double probability) const;
};

/// The scale that the file's `use` names. Faults: an unknown `use`, a scale without words, ranges that overlap, fall or
/// leave 0 to 1, a scale that does not say where it comes from and when that was looked at.
[[nodiscard]] LikelihoodScale parse_likelihood(const Node& file, Diagnostics& faults);

}  // namespace icosa::pack
