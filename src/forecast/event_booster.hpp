/// How likely an event is: boosted trees upon what another model says.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "base/result.hpp"
#include "methods/forecasts/event_regression.hpp"

namespace icosa::forecast {

struct EventBoosterOptions {
    int rounds = 150;
    int depth = 3;
    double rate = 0.05;
    int smallest_leaf = 30;  ///< sum of p (1 - p) of the examples
    int trees_a_round = 1;
};

/// Trees that add up to the logit of an event.
///
///     logit P(event | x) = margin(x) + sum of rate x leaf values;   margin: the logit that another model says
///
/// in    margins: one an example
/// err   no-booster: what the library says
/// src   [friedman2001] the boosting, [chen2016] the library by its C interface, one thread: the same bytes from the
///       same rows
class EventBooster {
public:
    [[nodiscard]] static Result<EventBooster> fit(const methods::EventExamples& examples,
                                                  std::span<const float> margins, const EventBoosterOptions& options);
    /// in    values[n][features];  margins: one a row
    /// out   logits, one a row
    [[nodiscard]] Result<std::vector<double>> logits(std::span<const float> values, std::size_t rows,
                                                     std::span<const float> margins) const;

private:
    struct Free {
        void operator()(void* booster) const;
    };
    std::unique_ptr<void, Free> booster_;
};

}  // namespace icosa::forecast
