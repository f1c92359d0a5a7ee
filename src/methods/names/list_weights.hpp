/// Weights of what speaks for and against in view of a whole list.
#pragma once

#include "methods/names/search.hpp"

namespace icosa::methods::names {

struct ListWeights {
    double bias;
    ListFeatures of;
};

/// Fitted by tests/reference/names/fit_lists.py.
inline constexpr ListWeights list_weights = {1.651, {0.268, -4.391, -0.471, -7.881, -3.489, -2.917, -1.977, -0.5}};

}  // namespace icosa::methods::names
