/// Weights of what speaks for and against in view of a whole list.
#pragma once

#include "methods/names/search.hpp"

namespace icosa::methods::names {

struct ListWeights {
    double bias;
    ListFeatures of;
};

/// Fitted by tests/reference/names/fit_lists.py: logistic regression, ridge 1, on names of one list asked of another:
/// on one half of 2,962 subjects by their number (437 of them on both lists), and 10,000 names of nobody listed at
/// weight 0.3. The last weight is set, not fitted: what conflicts there is too seldom to tell.
inline constexpr ListWeights list_weights = {1.645, {0.267, -4.361, -0.463, -7.881, -3.492, -2.947, -1.992, -0.5}};

}  // namespace icosa::methods::names
