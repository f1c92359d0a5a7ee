/// The stack: own past, analogues and the rate among the quiet, mixed with weights that are learned on rolling origins,
/// never on a later month.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>
#include <vector>

#include "forecast/count_panel.hpp"
#include "forecast/fitted_models.hpp"
#include "methods/forecasts/count_model.hpp"

namespace icosa::forecast {

/// How lively a unit is at an origin; each has its own weights. Quiet: five years without a count. Low, Middle: decayed
/// mean below 1, below 25. High: from there on. Surge: high, and the last three months at least twice the last twelve;
/// such peaks rarely last, so its prior trusts the longer past.
enum class Activity { Quiet, Low, Middle, High, Surge };
inline constexpr std::size_t activities = 5;

/// How far ahead; each has its own weights. A year's last month stands apart.
enum class Reach { Near, Half, Far, YearEnd };  ///< to 5 months; 6 to 9; from 10 on; any December
inline constexpr std::size_t reaches = 4;

/// What the stack mixes; the first is the benchmark.
inline constexpr std::size_t components = 15;
[[nodiscard]] std::string_view component_driver(
    std::size_t component);  ///< what a reader is told when it moves a forecast; several share one

/// A component's weight in a mixture, 0 where it has none, and its mean, whatever the weight.
struct Share {
    double weight = 0;
    double mean = 0;
};

/// Two ways to mix, each with a prior of its own. Bursty: levels move by factors, values are spread, the newest count
/// most: fatalities. Steady: the level holds over years and follows the season: incidents at sea, notifications. Each
/// class of activity leans on that which did better on past origins.
enum class Recipe { Bursty, Steady };
inline constexpr std::size_t recipes = 2;

struct Weights {
    std::array<std::array<std::array<double, components>, reaches>, activities> of{};
    std::array<std::array<double, recipes>, activities> recipe{};  ///< how much each recipe has in them
    int origins = 0;  ///< how many past origins they were learned from; 0 = they are the prior
};

/// A past situation like the one at hand.
struct Neighbour {
    double distance = 0;
    std::size_t unit = 0;  ///< in the panel
    int month = 0;
};

/// All that the parts of the stack need to know of a unit at an origin, made once for its steps.
struct Outlook {
    std::size_t unit = 0;
    int origin = 0;
    Activity activity = Activity::Quiet;
    std::vector<Neighbour> near;  ///< nearest first; none for a quiet unit
    const std::vector<methods::CountEnsemble>* quiet = nullptr;  ///< quiet_rates of the origin
    const HurdleModel* hurdle = nullptr;  ///< null where none is fitted yet
    std::vector<methods::CountEnsemble> switching;  ///< by step; empty where none is fitted yet
};

/// Months between lessons: with 12 learning costs a quarter, and the geometric mean of CRPS ratios moves by a
/// thousandth (docs/forecasts.md).
inline constexpr int usual_lesson_every = 3;

/// Errors of each kind at past origins, K x K: what weights are learned from. Stacks of one panel, cut at different
/// months, may share them: errors at an origin are of months that were over by each cut.
class Lessons {
public:
    using Errors = std::array<std::array<std::vector<double>, reaches>, activities>;
    [[nodiscard]] bool has(int origin) const;
    void keep(int origin, Errors errors);  ///< the first of an origin stays
    /// Those of these origins, which must be known.
    [[nodiscard]] std::vector<const Errors*> at(std::span<const int> origins) const;

private:
    mutable std::mutex mutex_;
    std::map<int, Errors> known_;
};

/// Reads a panel at origins: everything it says at origin t for steps first..last uses months up to t only; what it
/// learned for t comes from origins of which the last step was over by t.
///
/// in    steps 1 <= first_step <= last_step; the panel must outlive the stack;  threads >= 1, the result is the same
/// for any;  lesson_every >= 1: months between
///       the past origins that weights are learned on;  fitted: those of another stack of this panel, else its own
/// src   [hegre2024] the task and the benchmark; the parts cite theirs
/// cost  191 units with 30 years behind: an origin about 60 ms, the fitted models in all about 3 s
class Stack {
public:
    Stack(const CountPanel& panel, int first_step, int last_step, int threads, int lesson_every = usual_lesson_every,
          std::shared_ptr<FittedModels> fitted = {}, std::shared_ptr<Lessons> lessons = {});

    [[nodiscard]] Weights learn(int origin);
    /// Called by learn() on its caller's thread, with how many of the origins not known before are done.
    void tell(std::function<void(std::int64_t done, std::int64_t of)> on_learned) {
        on_learned_ = std::move(on_learned);
    }
    /// Past situations of all units, nearest first: those whose following `last_step` months were over by the origin.
    /// in    most >= 1
    [[nodiscard]] std::vector<Neighbour> neighbours(std::size_t unit, int origin, std::size_t most) const;
    /// Counts that followed, at each step, where five years had been quiet; by step from first_step on.
    [[nodiscard]] std::vector<methods::CountEnsemble> quiet_rates(int origin) const;
    [[nodiscard]] Activity activity(std::size_t unit, int origin) const;
    [[nodiscard]] static Reach reach(int origin, int step);

    /// What followed the neighbours at this step, rescaled to the unit's level, at most three times the largest count
    /// of any unit so far; empty without neighbours.
    [[nodiscard]] methods::CountEnsemble followed(std::size_t unit, int origin, int step,
                                                  std::span<const Neighbour> neighbours) const;
    /// in    quiet_rates(origin), which must outlive it; the fitted models are those that learn() has made by then
    [[nodiscard]] Outlook outlook(std::size_t unit, int origin, const std::vector<methods::CountEnsemble>& quiet,
                                  FitsFor fits_for) const;
    /// Empty where the part has nothing to say: no neighbours, no fit, no past year.
    [[nodiscard]] methods::CountEnsemble component(std::size_t component, const Outlook& outlook, int step) const;
    /// The mixture, normalised; a part that has nothing to say leaves its weight to the others.
    [[nodiscard]] methods::CountEnsemble mixture(const Weights& weights, const Outlook& outlook, int step) const;
    /// What the mixture is made of: its mean is sum of weight x mean, but for parts below a ten-thousandth.
    [[nodiscard]] std::array<Share, components> shares(const Weights& weights, const Outlook& outlook, int step) const;

    [[nodiscard]] const std::shared_ptr<FittedModels>& fitted() const { return fitted_; }

    static constexpr std::size_t most_neighbours = 300;
    static constexpr int fewest_months = 24;  ///< of a unit's history at the origin

private:
    using Errors = Lessons::Errors;
    using Priors = std::array<std::array<double, components>, recipes>;
    [[nodiscard]] Errors errors_at(int origin) const;
    void add_errors(const Outlook& of_unit, Errors& raw, Errors& logarithmic) const;
    /// Each origin counts by how much better than the benchmark one can do, not by how violent its months were.
    static void share_of_benchmark(Errors& raw, const Errors& logarithmic);
    void learn_errors(const std::vector<int>& origins);
    /// The weights of one activity, from the errors at these origins, which must be known.
    void pool(std::size_t activity, std::span<const Errors* const> past, const Priors& prior, Weights& out) const;
    [[nodiscard]] const methods::Situation& situation(std::size_t unit, int month) const;
    [[nodiscard]] std::span<const double> history(std::size_t unit, int origin) const;
    /// Three times the largest count of any unit so far: no value is raised beyond it to a unit's level.
    [[nodiscard]] double most_raised(int origin) const;

    const CountPanel& panel_;
    int first_step_;
    int last_step_;
    int threads_;
    int lesson_every_;
    std::vector<std::vector<methods::Situation>> situations_;
    std::vector<std::vector<int>> active_;  ///< months with past enough that are not quiet, of each unit
    int first_month_;
    std::vector<double> largest_until_;  ///< count of any unit up to a month, from first_month_ on
    std::function<void(std::int64_t, std::int64_t)> on_learned_;
    std::shared_ptr<FittedModels> fitted_;
    std::shared_ptr<Lessons> lessons_;  ///< kept for the next window of a back-test
};

}  // namespace icosa::forecast
