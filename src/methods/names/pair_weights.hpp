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
/// this project); F1 of 10 times 10-fold cross-validation: 0.917. Organisations share the weights but for three.
inline constexpr PairWeights person_weights = {
    2.667, {-0.284, -0.664, -2.094, -5.614, -0.561, -1.675, -0.190, -1.761, -0.532, -2.055, 1.578, -2.944, 0.0}};
inline constexpr PairWeights organisation_weights = {
    2.411, {-0.284, -0.664, -2.094, -4.003, -1.787, -1.675, -0.190, -1.761, -0.532, -2.055, 1.578, -2.944, 0.0}};

}  // namespace icosa::methods::names
