/// Coverage: for which places and days the files of a source let silence mean zero, as of a day.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "base/number.hpp"
#include "model/evidence.hpp"
#include "pack/places.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

inline constexpr double not_observed = nan_value;

/// A stretch of days, both ends in it.
struct Stretch {
    Day first;
    Day last;
};

/// Stretches in order, with those that touch or overlap made one.
[[nodiscard]] std::vector<Stretch> merged(std::vector<Stretch> stretches);

/// The complete coverage of one source, as of a day. Days later than as_of - lag are left out unless the file's edition
/// is of as_of or before: what had not been published yet was not observed.
class CompleteCoverage {
public:
    CompleteCoverage(const std::vector<store::Store::Covered>& covered, const std::vector<std::string>& kinds,
                     const pack::PlaceBook& places, Day as_of, int lag_days);

    /// What both of them cover.
    [[nodiscard]] static CompleteCoverage of_both(const CompleteCoverage& a, const CompleteCoverage& b);

    [[nodiscard]] bool any() const { return !everywhere_.empty() || !by_place_.empty(); }
    /// Does every day from first to last count as observed at the place ("" = the world as a whole)?
    [[nodiscard]] bool observed(const std::string& place, Day first, Day last) const;
    [[nodiscard]] Day first() const { return first_; }
    [[nodiscard]] Day last() const { return last_; }

private:
    CompleteCoverage() = default;
    [[nodiscard]] const std::vector<Stretch>& at(const std::string& place) const;

    std::vector<Stretch> everywhere_;
    std::map<std::string, std::vector<Stretch>> by_place_;
    Day first_ = last_possible_day;
    Day last_ = first_possible_day;
};

}  // namespace icosa::harmonise
