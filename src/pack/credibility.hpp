/// Credibility: which rules speak against an event of a machine coder, and what each is worth. packs/credibility.toml.
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/doubt.hpp"
#include "pack/source_card.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// Was a figure measured (where `evidence` says), or is it a judgement?
enum class Basis : std::uint8_t { Measured, Declared };

/// How many rows of some sources are wrong.
struct Prior {
    std::string id;
    std::vector<std::string> sources;
    double wrong = 0;  ///< share of rows that are no such event as they say
    Basis basis = Basis::Declared;
    std::string evidence;
    std::vector<std::string> cites;
    Day reviewed = no_day;
    Where where;
};

/// A rule that speaks against an event.
struct DoubtRule {
    std::string id;
    Title title;
    std::vector<std::string> sources;
    model::DoubtTest test;
    std::string group;  ///< of the rules of one group only the weightiest counts
    double precision = std::numeric_limits<double>::quiet_NaN();  ///< NaN = not known: then it is not counted
    double recall = std::numeric_limits<double>::quiet_NaN();
    double base_rate = std::numeric_limits<double>::quiet_NaN();  ///< where they were measured; NaN = the source's own
    Basis basis = Basis::Declared;
    bool is_counted = true;  ///< false: stands here with its measurement, and is in no score
    std::string evidence;
    std::vector<std::string> cites;
    Day reviewed = no_day;
    Where where;
};

struct Credibility {
    std::vector<Prior> priors;
    std::vector<DoubtRule> rules;

    [[nodiscard]] const Prior* prior_of(std::string_view source) const;
    [[nodiscard]] const DoubtRule* find_rule(std::string_view id) const;
    /// Those counted for a source, in the order of the file; empty without a prior.
    [[nodiscard]] std::vector<const DoubtRule*> rules_of(std::string_view source) const;
};

/// Faults: missing and unknown keys; shares outside (0, 1); a rule no more precise than its base rate, or whose figures
/// cannot all be right; options that its test does not have, or lacks.
[[nodiscard]] Credibility parse_credibility(const Node& file, Diagnostics& faults);

/// Two of one id; sources that are no card of events, or have two priors or none; a card that does not give what a test
/// asks; more rules of a source than `most_doubts`.
void check_credibility(const Credibility& credibility, std::span<const SourceCard> cards, Diagnostics& faults);

}  // namespace icosa::pack
