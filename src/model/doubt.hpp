/// Doubt: questions to a machine-coded event whose answers speak against it. Which are asked of which source, and what
/// an answer is worth, is declared in packs/credibility.toml.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace icosa::model {

/// The closed list of questions; the options of each are members of DoubtTest.
enum class DoubtKind : std::uint8_t {
    Retold,       ///< one of the same likeness and another identity became known at most `minutes` before
    RoundLag,     ///< became known just so many days (one of `days`, give or take `slack_days`) after its day
    FarLag,       ///< became known more than `above` days after its day, or before it
    NotRoot,      ///< not what its report is about
    FewMentions,  ///< fewer reports than `below`
    FewSources,   ///< fewer outlets than `below`
    Untyped,      ///< no kind of either actor is known
    ElsePlace,    ///< its place is neither a known actor's country nor a neighbour of one
    OfProvince,   ///< its position is the middle of a province
    OfCountry,    ///< its position is the middle of a country
    AtOrigin,     ///< its position is 0/0
    Untold,       ///< a measurement that does not say what was asked: never asked here
};
inline constexpr std::string_view doubt_kind_names[] = {"retold",       "round-lag",   "far-lag",   "not-root",
                                                        "few-mentions", "few-sources", "untyped",   "else-place",
                                                        "of-province",  "of-country",  "at-origin", "untold"};

/// One question with its options.
struct DoubtTest {
    std::string rule;  ///< id of the rule that asks it
    DoubtKind kind = DoubtKind::Untold;
    std::int64_t minutes = 0;
    std::vector<std::int64_t> days;
    std::int64_t slack_days = 0;
    std::int64_t above = 0;
    std::int64_t below = 0;
};

/// What is asked of the events of one source; the answers to `tests[i]` are bit i of a number.
struct Doubts {
    std::string source;
    std::vector<DoubtTest> tests;
};
inline constexpr std::size_t most_doubts = 32;  ///< of one source

/// What a set of answers comes to.
struct Credit {
    double credibility = 0;  ///< 0 to 1
    std::string worst;       ///< the rule that weighs most of those that speak against the event; "" = none does
};

}  // namespace icosa::model
