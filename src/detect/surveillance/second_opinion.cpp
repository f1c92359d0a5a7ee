/// Judges the unit's partner up to the period; of two partners takes the milder.
#include "detect/surveillance/second_opinion.hpp"

#include <algorithm>

namespace icosa::detect {

Result<std::optional<Judged>> SecondOpinion::at(std::string_view unit, int period) const {
    if (join_ != pack::Join::Both) return of_unit(unit, period);
    const auto one = TRY(of_unit(before_last_bar(unit), period));
    const auto other = TRY(of_unit(unit.substr(std::min(before_last_bar(unit).size() + 1, unit.size())), period));
    if (!one || !other) return std::nullopt;
    if (one->signals != other->signals) return one->signals ? other : one;
    return one->judgement.score <= other->judgement.score ? one : other;
}

Result<std::optional<Judged>> SecondOpinion::of_unit(std::string_view unit, int period) const {
    const auto partner = partners_.of(unit);
    const int index = period - series_.first();
    if (!partner || index < 0 || index >= series_.size()) return std::nullopt;
    auto values = series_.values(*partner);
    values.resize(static_cast<std::size_t>(index) + 1);
    const auto judged = TRY(judge_series(judging_, values, periods_per_year(panel_.period), index));
    return judged.back();
}

}  // namespace icosa::detect
