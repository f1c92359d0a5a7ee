/// Panels: groups or values of a store laid out as units by periods, with zero only where silence means zero.
#pragma once

#include <string>
#include <vector>

#include "harmonise/coverage.hpp"
#include "model/evidence.hpp"
#include "pack/source_card.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// Is the quantity a ratio of a group's sum to its total, or what the newest event of a group says? Silence is no 0.
[[nodiscard]] bool is_ratio(model::Quantity quantity);
/// That ratio, or what the newest says; NaN without a total, and for Agreement, SScore and Kappa with fewer than ten
/// common ballots.
[[nodiscard]] double ratio_of(model::Quantity quantity, const store::Group& group);

/// Counts or sums. Where coverage is complete a silent unit-period within it is 0 and one outside it NaN, rows or not
/// (a part of a period is not a count of it); where it is not, rows are presence and everything else is NaN. Units
/// asked for by name that are covered and silent are there. A period that ends after `known_through` (as_of less the
/// source's lag: what came later was not published yet) is never whole.
[[nodiscard]] model::Panel panel_of_groups(const model::Select& select, const std::string& source,
                                           const std::vector<store::Group>& groups, const CompleteCoverage& coverage,
                                           Day as_of, Day known_through);

/// Values of a measure: Sum, Mean or Last of what a period has; NaN where it has nothing. `early`: are a unit's zeros
/// before its first value above 0 observed? Where they are not, that value is a first report, with nothing before it.
[[nodiscard]] model::Panel panel_of_values(const model::Select& select, const std::string& source,
                                           const std::vector<store::Value>& values, Day as_of,
                                           pack::EarlyZeros early = pack::EarlyZeros::Observed);

}  // namespace icosa::harmonise
