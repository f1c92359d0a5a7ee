/// Forecasts of a panel: the distribution of each unit's count in each month asked for, from what was known at the
/// origin.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "forecast/count_panel.hpp"
#include "forecast/stack.hpp"
#include "methods/forecasts/count_model.hpp"

namespace icosa::forecast {

enum class ModelKind {
    Zero,
    Last,
    Conflictology,
    Neighbours,
    Bootstrap,
    Decay,
    Hurdle,
    Boosted,
    Analogues,
    Switching,
    Stack
};

struct Model {
    std::string_view name;
    ModelKind kind;
    std::string_view says;  ///< one line for the manual
};

/// All of them, the benchmarks first.
[[nodiscard]] std::span<const Model> models();
[[nodiscard]] const Model* find_model(std::string_view name);

/// Whether a forecast is compared with the one a month earlier, which costs a second one.
enum class Drivers { LeftOut, Asked };

struct Request {
    int origin = 0;  ///< the last month that is used; months from 1970-01
    int first = 0;   ///< the first month forecast, after the origin
    int last = 0;
    ModelKind model = ModelKind::Stack;
    int threads = 2;
    Drivers drivers = Drivers::LeftOut;
    int lesson_every = usual_lesson_every;  ///< months between the past origins that the stack learns on
};

/// What moved the mean of the same months since a month ago, by the same weights. The effects add up to the whole
/// change; those below a hundredth of a count are left out.
struct Driver {
    std::string what;    ///< "own newest months", "what followed the like", "now counted as a surge", ...
    double effect = 0;   ///< counts a month
};

/// A past situation that the forecast leans on, and what followed in the months asked for.
struct Analogue {
    std::string unit;
    int month = 0;
    std::vector<double> followed;
};

struct UnitForecast {
    std::string unit;
    std::vector<methods::CountEnsemble> months;  ///< normalised, from Request::first on
    double benchmark_mean = 0;                   ///< of the last 12 months
    bool in_conflict = false;                    ///< a count above 0 within the last 12 months
    std::vector<Analogue> analogues;             ///< the nearest three; none for a quiet unit or a benchmark
    std::vector<Driver>
        drivers;  ///< the largest first; empty unless asked and the unit was forecast a month earlier too
    double mean_before = 0;  ///< of the same months as the same weights told them a month earlier; with drivers only
    std::vector<std::string> caveats;
};

struct Forecast {
    std::vector<UnitForecast> units;  ///< those known at the origin, in the panel's order
    int ended = 0;  ///< units that end before the origin, which are not forecast
    std::vector<std::string> caveats;  ///< of the whole
};

/// Forecasts every unit that has a count at the origin. Nothing later than the origin is read.
///
/// in    origin < first <= last, at most 60 months ahead
/// out   a unit with fewer than 24 months gets its last months as the benchmark does, with a caveat; so do all where
/// nothing can be learned yet
///       from five past origins (then the stack mixes by its prior weights, with a caveat), and where the hurdle model
///       has too few counts to learn from
/// err   bad-horizon, after-the-data (no unit has a count at the origin), no-neighbours (that model where the panel
/// knows none)
[[nodiscard]] Result<Forecast> forecast(const CountPanel& panel, const Request& request);
/// The same with a stack of this panel and these steps, kept from window to window.
[[nodiscard]] Result<Forecast> forecast(const CountPanel& panel, const Request& request, Stack& stack);

/// The draws of one unit, [months][draws], whole counts: its months' quantiles, shuffled by the unit's own stream.
[[nodiscard]] std::vector<std::vector<double>> draws_of(const UnitForecast& unit, int draws, std::uint64_t seed);

}  // namespace icosa::forecast
