/// Credibility: the rules of packs/credibility.toml as a store asks them, and what their answers come to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/doubt.hpp"
#include "pack/credibility.hpp"
#include "pack/places.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// Rules of every source that has a prior, in the order of the pack; neighbours are those of any day, by land or across
/// water. The rules are copied: the packs may go.
[[nodiscard]] store::Doubter doubter_of(const pack::Credibility& credibility, const pack::PlaceBook& places);

/// What answers (bit i: rules_of(source)[i] fires) come to.   in  a source with a prior
[[nodiscard]] model::Credit credit_of(const pack::Credibility& credibility, std::string_view source,
                                      std::uint64_t answers);

/// The rules that these answers are of, the weightiest first.
[[nodiscard]] std::vector<const pack::DoubtRule*> reasons_of(const pack::Credibility& credibility,
                                                             std::string_view source, std::uint64_t answers);

/// What a rule does to the odds of being wrong where it fires, and where it does not.
struct RuleWeight {
    double fires = 1;
    double silent = 1;
};
[[nodiscard]] RuleWeight weight_of(const pack::DoubtRule& rule, const pack::Prior& prior);

}  // namespace icosa::harmonise
