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
/// weight 0.3, and the list's own first names with a slip of the pen each, at weight 0.3. The last weight is set, not
/// fitted: what conflicts there is too seldom to tell.
inline constexpr ListWeights list_weights = {1.760, {0.274, -4.946, -0.506, -8.235, -2.323, -4.760, -2.673, -0.5}};

}  // namespace icosa::methods::names
