/// What an alignment says for and against one bearer, as a few numbers.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "methods/names/align.hpp"

namespace icosa::methods::names {

/// A few features of two names.
enum class Feature : std::uint8_t {
    Edits,               ///< plain edits in words that met
    EditCost,            ///< weighted edits a letter of what met
    EditsBeyondTwo,      ///< how many are more than two, those of one sound counted less: slips seldom are
    LeftBoth,            ///< weight left over on that side where less is left
    LeftOne,             ///< weight left over on the other beyond that
    LeftShare,           ///< the share of its name that this is
    SingleWord,          ///< 1: one strong word met, no more
    NothingMet,          ///< 1: no strong word met
    Initials,            ///< initials that met a word
    FormConflict,        ///< 1: both say a form of organisation, and not the same
    NumberConflict,      ///< 1: a number met none, or another
    MiddleConflict,      ///< 1: a patronymic or an initial here, another there; or father and son changed places
    BrokenOrder,         ///< 1: three words or more met, in an order that is no turn of the other's
    Count
};
inline constexpr std::size_t feature_count = static_cast<std::size_t>(Feature::Count);
using Features = std::array<double, feature_count>;
inline constexpr std::array<std::string_view, feature_count> feature_names = {
    "edits",       "edit-cost", "edits-beyond-two", "left-both",       "left-one",        "left-share",  "single-word",
    "nothing-met", "initials",  "form-conflict",    "number-conflict", "middle-conflict", "broken-order"};

/// The features of an alignment; `weights` as `align` had them.
[[nodiscard]] Features features_of(const FoldedName& a, const FoldedName& b, std::span<const float> weights_a,
                                   std::span<const float> weights_b, const Alignment& alignment);

/// How much a token says where no list tells: 1 of a name, less of what is common or often left out.
[[nodiscard]] float plain_weight(const NameToken& token);

}  // namespace icosa::methods::names
