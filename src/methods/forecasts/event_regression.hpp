/// How likely an event is: logistic regression with a ridge.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace icosa::methods {

/// What is learned from: n situations, whether the event followed, how many such situations each stands for.
struct EventExamples {
    std::size_t features = 0;
    std::vector<float> values;  ///< [n][features], no NaN
    std::vector<float> happened;  ///< [n] 0 or 1
    std::vector<float> weight;  ///< [n] > 0

    [[nodiscard]] std::size_t size() const { return weight.size(); }
};

/// Logistic regression on standardised features, pulled towards no effect.
///
///     maximise  sum_i w_i log P(y_i; a + b' z_i)  -  ridge/2 b'b,    z = (x - mean) / deviation, held within +-limit
///
/// in    at least one example;  ridge > 0, in weights of examples
/// out   probability: within (0, 1); a feature that never varies has no effect
/// src   [lecessie1992] the penalised likelihood; Newton's steps; the bound on z is ours
/// cost  O(iterations n features^2)
/// seen  methods/event_regression_test.cpp: the score equations hold at the solution
class EventRegression {
public:
    [[nodiscard]] static EventRegression fit(const EventExamples& examples, double ridge);
    [[nodiscard]] double probability(std::span<const float> values) const;
    /// Of the standardised features.
    [[nodiscard]] std::span<const double> slopes() const { return std::span(coefficients_).subspan(1); }

    static constexpr double limit = 5;  ///< standard deviations

private:
    void standardise(std::span<const float> values, std::span<double> out) const;
    std::vector<double> mean_, deviation_;
    std::vector<double> coefficients_;  ///< the constant first
};

}  // namespace icosa::methods
