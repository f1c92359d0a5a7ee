/// The forecast models, a row each: what it is called, whether it learns, and how it tells a unit's months ahead.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "forecast/forecast.hpp"

namespace icosa::forecast {

/// One origin, as a model finds it. All must outlive what the model makes of it.
struct Occasion {
    const CountPanel& panel;
    const Request& request;
    Stack& stack;
    std::vector<std::string>& caveats;  ///< of the whole forecast

    [[nodiscard]] int first_step() const { return request.first - request.origin; }
    [[nodiscard]] int last_step() const { return request.last - request.origin; }
    [[nodiscard]] std::size_t steps() const { return static_cast<std::size_t>(request.last - request.first + 1); }
};

/// A unit up to the origin.
struct UnitPast {
    std::size_t unit = 0;  ///< in the panel
    std::span<const double> history;
    const methods::CountEnsemble& benchmark;  ///< its last 12 months, normalised
};

/// A distribution for each step, weights of any sum; an empty one, or none at all, is the benchmark's. May add to the
/// unit's caveats, analogues and drivers.
using Tell = std::function<std::vector<methods::CountEnsemble>(const UnitPast&, UnitForecast&)>;

struct ModelRow {
    Model model;
    bool learns;  ///< a unit with a short past gets the benchmark
    /// Fits what is to be learned at the origin. The Tell holds it.
    Tell (*prepare)(const Occasion&);
};

/// The row of a model, and that of the benchmark.
[[nodiscard]] const ModelRow& row_of(ModelKind kind);

}  // namespace icosa::forecast
