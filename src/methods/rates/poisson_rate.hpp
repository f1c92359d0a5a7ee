/// Rates of rare events: how high is one, how many times another, with exact intervals.
#pragma once

namespace icosa::methods {

/// A figure with the limits of its interval.
struct Estimate {
    double value = 0;
    double low = 0;
    double high = 0;
};

/// Rate of a Poisson count over an exposure (months, thousands of transits), with Garwood's exact interval.
///
///     P(X >= k; low) = P(X <= k; high) = (1 - confidence) / 2;   rate = k / T, limits over T
///
/// in    count >= 0, whole;  exposure > 0;  confidence (0, 1)
/// out   low 0 for a count of 0; all NaN for an argument outside its range
/// src   [garwood1936]; as R's poisson.test
/// dif   events that come in runs are not Poisson: their true interval is wider
/// seen  methods/poisson_rate_test.cpp: R to 1e-9
[[nodiscard]] Estimate poisson_rate(double count, double exposure, double confidence = 0.95);

struct RateRatio {
    Estimate ratio;  ///< value NaN where both counts are 0, infinite where the second is; high infinite then
    double p_value = 1;
};

/// How many times the second rate the first one is, by the first count's share of both given their sum.
///
///     K1 | n ~ Binomial(n, p),  n = k1 + k2,  p = r T1 / (r T1 + T2);  ratio = (k1 / T1) / (k2 / T2)
///     limits: those of p (Clopper and Pearson), as r = p / (1 - p) T2 / T1
///     p_value = sum of P(K1 = j) over all j no likelier than k1, at r = 1
///
/// in    counts >= 0, whole;  exposures > 0;  confidence (0, 1)
/// out   all NaN for an argument outside its range; both counts 0: 0 to infinity, p 1
/// src   [przyborowski1940] the condition; [clopper1934] the limits; likelihoods within a part in 1e7 are equal, as in
///       R's poisson.test
/// cost  O(k1 + k2)
/// seen  methods/poisson_rate_test.cpp: R to 1e-9
[[nodiscard]] RateRatio rate_ratio(double count, double exposure, double other_count, double other_exposure,
                                   double confidence = 0.95);

}  // namespace icosa::methods
