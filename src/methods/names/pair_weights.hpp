/// Weights of the features of two names: what a word, an edit, a word left over does to the odds of one bearer.
#pragma once

#include "methods/names/evidence.hpp"

namespace icosa::methods::names {

/// log-odds = bias + sum of weight * feature
struct PairWeights {
    double bias;
    Features of;
};

/// Fitted by tests/reference/names/fit_pairs.py: logistic regression, ridge 0.3, on 401 labelled pairs of names (not of
/// this project); F1 of 10 times 10-fold cross-validation: 0.914. Organisations share the weights but for three. That
/// numbers which differ speak for one bearer is what those pairs say ("Trust 2004-1", "Trust 2004-2"); screening
/// (list_weights.hpp) holds it against them.
inline constexpr PairWeights person_weights = {
    2.718, {-0.318, -0.814, -2.024, -5.572, -0.600, -1.636, -0.075, -1.734, -0.585, -2.058, 1.596, -2.742, -0.645}};
inline constexpr PairWeights organisation_weights = {
    2.421, {-0.318, -0.814, -2.024, -4.057, -1.858, -1.636, -0.075, -1.734, -0.585, -2.058, 1.596, -2.742, -0.645}};

}  // namespace icosa::methods::names
