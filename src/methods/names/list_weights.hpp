/// Weights of what speaks for and against in view of a whole list.
#pragma once

#include "methods/names/search.hpp"

namespace icosa::methods::names {

struct ListWeights {
    double bias;
    ListFeatures of;
};

/// Fitted by tests/reference/names/fit_lists.py.
inline constexpr ListWeights list_weights = {1.6, {0.25, -4.2, -0.45, -7.5, -3.6, -2.9, -1.6, -0.6}};

}  // namespace icosa::methods::names
