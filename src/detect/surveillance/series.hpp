/// One series under one watch: sums, form, method, minimum; the same path for a unit of a panel and for a strip.
#pragma once

#include <span>
#include <vector>

#include "base/date.hpp"
#include "base/result.hpp"
#include "detect/judges/method_table.hpp"
#include "pack/watch.hpp"

namespace icosa::detect {

/// One period as the watch sees it.
struct Judged {
    double observed = 0;  ///< in the watch's form; NaN = not observed
    double level = 0;     ///< before the form (after the sums)
    Judgement judgement;
    bool signals = false; ///< alarm, and the minimum is reached
};

/// The method's options as a watch means them: its table, its direction, and the watch defaults of EARS (floor 0.1,
/// five sevenths observed).
[[nodiscard]] pack::Options watch_options(const pack::Judging& judging, const Method& method, Diagnostics& faults);

/// values[n], oldest first, NaN = not observed; periods before `first` are not judged. season: periods a year. of: what
/// single values are shares of, where a watch divides.
/// err   Pack: no such method or faulty options; Data: values that the method refuses
[[nodiscard]] Result<std::vector<Judged>> judge_series(const pack::Judging& judging, std::span<const double> values,
                                                       int season, int first, std::span<const double> of = {});

}  // namespace icosa::detect
