/// Space-time scan statistics: is there a circle and a stretch of time with more cases than chance puts there?
///
/// How it goes, file by file:
///
///     circles       for each place its neighbours by distance, cut where the circle holds too much
///     exposure      cases expected at each place and interval: by population and days, or by the margins (permutation)
///     statistic     the likelihood ratio of a window, and how far above expectation a window must stand to reach one
///     needed        the same in whole quanta, by steps of what is expected
///     lanes         the loops that a sweep spends its time in, for each width of registers
///     deviations    counts less expectation as running sums over time, a row a place, in whole quanta
///     sweep         the greatest statistic of all windows, most of them ruled out by bounds
///     replications  data sets as chance makes them, each swept for its own greatest
///     replicated    their maxima, by any number of threads
///     clusters      the best windows of the data, apart from one another, with p-values
///     reach         the likelihood ratio again, of a permutation scan's windows that reach the end
///     centre_groups centres in groups, with what each of their circles must hold and may hold
///     recent        the greatest statistic of those windows, most groups of circles ruled out at once
///     recent_scan   that scan as a whole: it alone can do with ten thousands of places
///     pruned        windows that the sweep ruled out, worked out one by one: the bounds' own check
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "methods/scan/pruned.hpp"
#include "methods/space/great_circle.hpp"

namespace icosa::methods::scan {

enum class ScanModel : std::uint8_t { Poisson, Permutation };
enum class ScanLook : std::uint8_t { Retrospective, Prospective };  ///< all windows; only those that reach the end
/// What two clusters told side by side may share: no place at all; or a place, where an interval lies between them.
enum class Apart : std::uint8_t { InSpace, InSpaceOrTime };

struct Data {
    std::vector<GlobePoint> places;
    std::size_t periods = 0;
    std::vector<std::int32_t> counts;  ///< [places][periods], 0 where none
    std::vector<double> period_days;  ///< [periods]: how much of time each is; 1 where periods are numbers
    /// Poisson: [places][periods], persons at the middle of each period (a month's 15th, a year's 1 July), NaN = not
    /// given (the nearest given ones are joined by a line). Permutation: empty.
    std::vector<double> population;
};

struct Options {
    ScanModel model = ScanModel::Poisson;
    ScanLook look = ScanLook::Retrospective;
    Apart apart = Apart::InSpace;
    double max_share = 0.5;  ///< of all expected cases (permutation: of all cases) that a circle may hold, (0, 0.5]
    double max_radius_km = 0;  ///< 0 = no limit; held against the chord, as SaTScan does
    int max_window = 0;  ///< periods; 0 = by max_window_share
    double max_window_share = 0.5;  ///< of the periods, (0, 0.9]
    int interval = 1;  ///< periods a step
    int minimum_cases = 2;
    int replications = 999;
    int stop_after = 0;  ///< end when so many replications reached the data's statistic; 0 = never
    std::uint64_t seed = 1;
    int threads = 1;  ///< the same answer for any number
    int probes = 0;  ///< so many windows that bounds ruled out are worked out
};

struct Cluster {
    std::size_t centre = 0;  ///< place
    std::vector<std::size_t> places;  ///< by distance from the centre
    double radius_km = 0;  ///< arc; 0 = one place
    std::size_t first = 0, last = 0;  ///< periods
    std::int64_t observed = 0;
    double expected = 0;
    double relative_risk = 0;  ///< Poisson; NaN of a permutation scan; infinity where all cases are inside
    double statistic = 0;  ///< log likelihood ratio
    double p_value = 1;  ///< NaN without replications
    double p_gumbel = 1;  ///< from the tail fitted to the maxima of the replications; NaN with under 20
};

struct Scan {
    std::vector<Cluster> clusters;  ///< greatest statistic first
    std::int64_t cases = 0;
    std::vector<double> maxima;  ///< of the replications made, in their order
    bool stopped_early = false;
    double windows =
        0;  ///< of one sweep; of a permutation scan of the end about, and only circles that end with a case
    double windows_judged = 0;  ///< of all sweeps over replications, those that no bound ruled out
    Probes probed;
};

/// The scan statistics of Kulldorff (Poisson) and Kulldorff et al. (space-time permutation) over circles about each
/// place and stretches of whole intervals counted back from the end.
///
///     T = max over windows with n > u, n >= minimum_cases of  n ln(n / u) + (N - n) ln((N - n) / (N - u))
///     p = (1 + replications with max >= T) / (1 + replications)
///
///     n, u  cases observed and expected in the window;  N  all cases
///
/// in    data.places distinct; counts >= 0; period_days > 0; population >= 0, its sum > 0
/// out   clusters that share no place (or no place at one time: options.apart), those whose p-value is below 1
/// err   Data "no-cases" (under 2), "too-many-cases", "too-many-places", "no-population", Usage "out-of-range" naming
/// the option src   [kulldorff1997] Poisson, [kulldorff2001] prospective, [kulldorff2005] permutation, eq. 1;
/// [besag1991] early
///       stop; [abrams2010] Gumbel tail; definitions of circles, intervals and ties as SaTScan 10.3.2
/// dif   neighbours at distances within 1e-9 of one another are ordered by their number, not by the last bit of a
///       coordinate. Apart::InSpace is the rule of SaTScan's User's Guide; InSpaceOrTime is what 10.3.2 does for
///       retrospective scans, but a second window about a centre may end with the study
/// cost  one sweep a replication; sweep.hpp says what the bounds spare
/// seen  tests/unit/methods/scan/: all windows of random small cases, one by one; SaTScan's answers where at hand
[[nodiscard]] Result<Scan> scan_statistic(const Data& data, const Options& options,
                                          const std::function<void(int done)>& progress = {});

}  // namespace icosa::methods::scan
