/// Posterior: how far an event of a machine coder is to be believed, from the rules that speak against it.
#pragma once

#include <cstdint>
#include <limits>
#include <span>

namespace icosa::methods {

/// What is known of a rule, and what it says of one event.
struct DoubtEvidence {
    double precision = 0;  ///< share of wrong rows among those it fires on
    double recall = std::numeric_limits<double>::quiet_NaN();  ///< share it fires on of the wrong rows; NaN = not known
    double base_rate = 0;  ///< share of wrong rows where the two were measured
    std::int32_t group = 0;  ///< rules of one group tell of the same thing
    bool fires = false;
};

/// Share of the right rows that a rule fires on.
///
///     f = recall * base (1 - precision) / (precision (1 - base))
///
/// out   0 to 1 where the three agree with each other; more where they cannot all be right; NaN without recall
/// src   Bayes' theorem: precision = recall base / (recall base + f (1 - base)), solved for f
[[nodiscard]] double false_alarm_share(double precision, double recall, double base_rate);

/// The odds of being wrong are multiplied by this where the rule fires (it needs no recall), or where it is silent.
///
///     fires   recall / f = precision (1 - base) / ((1 - precision) base)
///     silent  (1 - recall) / (1 - f); 1 where the recall is not known: then silence says nothing
///
/// A rule of precision 0.984 and recall 0.08 at a base of 0.765 gives 18.9 where it fires, and 0.92 where it does not:
/// that it is silent says next to nothing.
[[nodiscard]] double likelihood_ratio(const DoubtEvidence& rule);

/// The chance that the event is what its row says: naive Bayes over the rules.
///
///     odds = wrong / (1 - wrong) * product over groups of L_g,   credibility = 1 / (1 + odds)
///
/// L_g is the greatest ratio of the group's rules that fire; where none does, the smallest of those that are silent.
/// Within a group rules may depend on each other as they like. Between groups they are taken to be independent given
/// that the row is right, and given that it is wrong. They are not quite: an aside is more often without typed actors.
/// So two weak rules count for somewhat more together than they should, and a posterior beyond either of them is an
/// ordering rather than a rate.
///
/// in    wrong (0, 1), the share of wrong rows of the source;  rules[n], precision and base_rate in (0, 1)
/// out   0 to 1;  `wrong` alone where there is no rule
/// src   [maron1961] the rule of independence; likelihood ratios as [pepe2003]
/// cost  O(n^2), n at most 32
[[nodiscard]] double credibility_of(double wrong, std::span<const DoubtEvidence> rules);

/// Index of the rule that fires with the greatest ratio, the first of like ones; rules.size() where none fires.
[[nodiscard]] std::size_t heaviest_of(std::span<const DoubtEvidence> rules);

}  // namespace icosa::methods
