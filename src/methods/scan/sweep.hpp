/// The greatest statistic of all windows, most of them ruled out by a bound.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "methods/scan/circles.hpp"
#include "methods/scan/deviations.hpp"
#include "methods/scan/exposure.hpp"
#include "methods/scan/needed.hpp"
#include "methods/scan/pruned.hpp"

namespace icosa::methods::scan {

struct Window {
    double statistic = 0;   ///< 0 = none
    std::int32_t centre = -1;
    std::int32_t size = 0;  ///< places
    std::int32_t first = 0, end = 0;  ///< intervals, end excluded
    std::int64_t observed = 0;
    double expected = 0;
};

/// Greater statistic; where they are equal (within 1e-9) fewer places, then the lower centre, then the earlier end,
/// then the shorter.
[[nodiscard]] bool is_better(const Window& a, const Window& b);

struct SweepCount {
    double judged = 0;                ///< windows that no bound ruled out
    std::vector<RuledOut> ruled_out;  ///< some, where asked for
};

/// For windows of one length about one centre the excess over expectation, D, grows from circle to circle by at most
/// the greatest excess that the place added has in any window of that length. So once a circle has been judged, and its
/// windows stand at least `slack` below what the level asks for, the next ones need no look until those greatest
/// excesses have added up to the slack:
///
///     D_k(s, w) <= max_s D_j(s, w) + sum over places j+1..k of  max_s d_place(s, w)
///     needed(u) = the excess at which the statistic reaches the level; concave in u, so least at the ends of its
///     range.
///                 Under the u at which the least cases asked for reach the level it is that of this u
///
/// The level is the greatest statistic found so far, or that from which on a caller wants to know; a window is left out
/// only if it lies strictly below it, so the maximum is exact.
class Sweep {
public:
    Sweep(const Circles& circles, const Expected& expected, const Windows& windows, double most_expected);

    /// The best of all windows that reach `from`; statistic 0 where none does.
    [[nodiscard]] Window greatest(const Deviations& data, double from, SweepCount* count = nullptr,
                                  std::size_t keep_one_in = 0) const;
    /// The best about one centre.
    [[nodiscard]] Window best_about(std::size_t centre, const Deviations& data, double from) const;

    [[nodiscard]] const Quanta& quanta() const { return quanta_; }

private:
    struct Scratch;
    void sweep_centre(std::size_t centre, const Deviations& data, Scratch& scratch, SweepCount* count,
                      std::size_t keep_one_in) const;
    void raise(Scratch& scratch, double statistic) const;
    void judge_each(std::size_t centre, std::size_t k, std::size_t w, const Deviations& data, Scratch& scratch) const;

    const Circles& circles_;
    const Expected& expected_;
    Windows windows_;
    std::vector<std::uint32_t> order_;  ///< of the centres
    Quanta quanta_;
    NeededExcess needed_;
};

}  // namespace icosa::methods::scan
