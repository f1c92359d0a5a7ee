/// Draws from count laws, and what a rate of alarms must be: for the tests of this room.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {

inline double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11U) * 0x1p-53; }

/// Draws from a count law by its tabulated cdf: the same numbers on every machine.
class Drawer {
public:
    Drawer(double mean, double size) {
        for (int k = 0; cdf_.empty() || cdf_.back() < 1 - 1e-12; ++k)
            cdf_.push_back(negative_binomial_cdf(k, mean, size));
    }
    double operator()(std::mt19937_64& random) const {
        return static_cast<double>(std::upper_bound(cdf_.begin(), cdf_.end(), uniform(random)) - cdf_.begin());
    }

private:
    std::vector<double> cdf_;
};

/// Within three and a half standard errors of a share of n.
inline void expect_rate(int alarms, int n, double rate) {
    EXPECT_NEAR(static_cast<double>(alarms) / n, rate, 3.5 * std::sqrt(rate * (1 - rate) / n));
}

}  // namespace icosa::methods
