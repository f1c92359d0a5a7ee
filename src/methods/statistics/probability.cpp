/// Saddle-point probabilities, incomplete gamma and beta, searches for quantiles.
#include "methods/statistics/probability.hpp"

#include <math.h>  // lgamma_r: std::lgamma writes a global
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "base/number.hpp"

namespace icosa::methods {
namespace {

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// log(n!) minus Stirling's main terms [loader2000].
double stirling_error(double n) {
    if (n <= 15) return log_gamma(n + 1) - (n + 0.5) * std::log(n) + n - 0.5 * std::log(2 * std::numbers::pi);
    const double nn = n * n;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / nn) / nn) / nn) / nn) / n;
}

/// x log(x / m) + m - x without cancellation near x = m [loader2000].
double deviance_part(double x, double m) {
    if (std::fabs(x - m) < 0.1 * (x + m)) {
        const double v = (x - m) / (x + m);
        double sum = (x - m) * v;
        double term = 2 * x * v;
        for (int j = 1; j < 1000; ++j) {
            term *= v * v;
            const double next = sum + term / (2 * j + 1);
            if (next == sum) return next;
            sum = next;
        }
    }
    return x * std::log(x / m) + m - x;
}

/// exp(-m) m^x / Gamma(x + 1) for real x >= 0.
double poisson_raw(double x, double m) {
    if (m == 0) return x == 0 ? 1 : 0;
    if (x == 0) return std::exp(-m);
    if (x <= m * std::numeric_limits<double>::min()) return std::exp(-m);
    return std::exp(-stirling_error(x) - deviance_part(x, m)) / std::sqrt(2 * std::numbers::pi * x);
}

/// Gamma(n + 1) / (Gamma(x + 1) Gamma(n - x + 1)) p^x q^(n - x) for real 0 <= x <= n.
double binomial_raw(double x, double n, double p, double q) {
    if (p == 0) return x == 0 ? 1 : 0;
    if (q == 0) return x == n ? 1 : 0;
    if (x == 0) return n == 0 ? 1 : (p < 0.1 ? std::exp(-deviance_part(n, n * q) - n * p) : std::exp(n * std::log(q)));
    if (x == n) return q < 0.1 ? std::exp(-deviance_part(n, n * p) - n * q) : std::exp(n * std::log(p));
    const double log_core = stirling_error(n) - stirling_error(x) - stirling_error(n - x) - deviance_part(x, n * p)
        - deviance_part(n - x, n * q);
    return std::exp(log_core) * std::sqrt(n / (2 * std::numbers::pi * x * (n - x)));
}

/// Smallest whole count whose cdf reaches p: from a guess, step by step along the probabilities while that is short,
/// else by doubling steps and halving.
///
///     cdf(k), pmf(k);  up(k) = pmf(k + 1) / pmf(k)
template <class Cdf, class Pmf, class Up> double search_quantile(double p, double guess, Cdf cdf, Pmf pmf, Up up) {
    constexpr int most_steps = 48;
    const double wanted = p * (1 - 64 * epsilon);
    double high = std::max(0.0, std::floor(guess));
    double reached = cdf(high);
    double one = pmf(high);
    if (reached >= wanted) {
        for (int step = 0; step < most_steps; ++step) {
            if (high == 0 || reached - one < wanted) return high;
            reached -= one;
            one /= up(high - 1);
            --high;
        }
    } else {
        for (int step = 0; step < most_steps; ++step) {
            one *= up(high);
            reached += one;
            ++high;
            if (reached >= wanted) return high;
        }
    }
    double low = -1;  // cdf(low) < wanted
    double step = std::max(1.0, std::floor(std::sqrt(high)));
    if (cdf(high) >= wanted) {
        for (double probe = high - step; probe >= 0; probe -= step) {
            if (cdf(probe) < wanted) {
                low = probe;
                break;
            }
            high = probe;
            step *= 2;
        }
    } else {
        low = high;
        for (high = low + step; cdf(high) < wanted; high += step) {
            low = high;
            step *= 2;
            if (high > 1e300) return infinity;
        }
    }
    while (high - low > 1) {
        const double middle = low + std::floor((high - low) / 2);
        if (middle <= low || middle >= high) break;  // the spacing of doubles
        (cdf(middle) >= wanted ? high : low) = middle;
    }
    return high;
}

/// Means beyond which a quantile is Cornish and Fisher's expansion itself: it is then off by less than a part in 1e10.
constexpr double vast_mean = 1e10;

double cornish_fisher(double p, double mean, double deviation, double skewness) {
    const double z = normal_quantile(p);
    return mean + deviation * (z + skewness * (z * z - 1) / 6);
}

// of normal_quantile: near 1/2, further out, in the tails
constexpr double center_over[] = {2509.0809287301226727, 33430.575583588128105, 67265.770927008700853,
                                  45921.953931549871457, 13731.693765509461125, 1971.5909503065514427,
                                  133.14166789178437745, 3.387132872796366608};
constexpr double center_under[] = {
    5226.495278852854561,  28729.085735721942674, 39307.89580009271061,  21213.794301586595867,
    5394.1960214247511077, 687.1870074920579083,  42.313330701600911252, 1};
constexpr double middle_over[] = {7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177,
                                  1.27045825245236838258,   3.64784832476320460504,   5.7694972214606914055,
                                  4.6303378461565452959,    1.42343711074968357734};
constexpr double middle_under[] = {
    1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
    0.68976733498510000455,    1.6763848301838038494,   2.05319162663775882187,   1};
constexpr double tail_over[] = {2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386,
                                0.026532189526576123093,   0.29656057182850489123,    1.7848265399172913358,
                                5.4637849111641143699,     6.6579046435011037772};
constexpr double tail_under[] = {
    2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
    0.0148753612908506148525,   0.13692988092273580531,   0.59983220655588793769,   1};

/// coefficients[0] x^n + ... + coefficients[n], by Horner's rule.
template <std::size_t N> double polynomial(const double (&coefficients)[N], double x) {
    double sum = coefficients[0];
    for (std::size_t i = 1; i < N; ++i) sum = sum * x + coefficients[i];
    return sum;
}

}  // namespace

double normal_cdf(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

double normal_quantile(double p) {
    if (!(p >= 0 && p <= 1)) return nan_value;
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    const double q = p - 0.5;
    if (std::fabs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q * polynomial(center_over, r) / polynomial(center_under, r);
    }
    const double r = std::sqrt(-std::log(q < 0 ? p : 1 - p));
    const double x = r <= 5 ? polynomial(middle_over, r - 1.6) / polynomial(middle_under, r - 1.6)
                            : polynomial(tail_over, r - 5) / polynomial(tail_under, r - 5);
    return q < 0 ? -x : x;
}

double gamma_p(double a, double x) {
    if (!(a > 0 && x >= 0)) return nan_value;
    if (x == 0) return 0;
    if (std::isinf(x)) return 1;
    if (x >= a + 1) return 1 - gamma_q(a, x);
    double sum = 1;
    double term = 1;
    for (double n = a + 1;; ++n) {
        term *= x / n;
        sum += term;
        if (term < sum * epsilon) break;
    }
    return poisson_raw(a, x) * sum;
}

double gamma_q(double a, double x) {
    if (!(a > 0 && x >= 0)) return nan_value;
    if (x == 0) return 1;
    if (std::isinf(x)) return 0;
    if (x < a + 1) return 1 - gamma_p(a, x);
    constexpr double tiny = 1e-300;
    double b = x + 1 - a;
    double c = 1 / tiny;
    double d = 1 / b;
    double h = d;
    for (double i = 1; i < 1e7; ++i) {
        const double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        if (std::fabs(d) < tiny) d = tiny;
        c = b + an / c;
        if (std::fabs(c) < tiny) c = tiny;
        d = 1 / d;
        const double delta = d * c;
        h *= delta;
        if (std::fabs(delta - 1) <= 2 * epsilon) break;  // one unit off 1 may come back for ever
    }
    return poisson_raw(a, x) * a * h;
}

double beta_i(double a, double b, double x) {
    if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) return nan_value;
    if (x == 0) return 0;
    if (x == 1) return 1;
    if (x > (a + 1) / (a + b + 2)) return 1 - beta_i(b, a, 1 - x);
    constexpr double tiny = 1e-300;
    double c = 1;
    double d = 1 - (a + b) * x / (a + 1);
    if (std::fabs(d) < tiny) d = tiny;
    d = 1 / d;
    double h = d;
    for (double m = 1; m < 1e7; ++m) {
        const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        d = 1 + even * d;
        if (std::fabs(d) < tiny) d = tiny;
        c = 1 + even / c;
        if (std::fabs(c) < tiny) c = tiny;
        d = 1 / d;
        h *= d * c;
        const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 + odd * d;
        if (std::fabs(d) < tiny) d = tiny;
        c = 1 + odd / c;
        if (std::fabs(c) < tiny) c = tiny;
        d = 1 / d;
        const double delta = d * c;
        h *= delta;
        if (std::fabs(delta - 1) <= 2 * epsilon) break;  // one unit off 1 may come back for ever
    }
    // x^a (1-x)^b / (a B(a,b)) = b / (a + b) * binomial_raw(a; a + b, x)
    return binomial_raw(a, a + b, x, 1 - x) * b / (a + b) * h;
}

double student_t_cdf(double x, double degrees) {
    if (!(degrees > 0) || std::isnan(x)) return nan_value;
    if (std::isinf(degrees)) return normal_cdf(x);
    if (std::isinf(x)) return x > 0 ? 1 : 0;
    const double xx = x * x;
    // the tail from whichever end of [0, 1] keeps its digits
    const double tail = xx < degrees ? 0.5 * (1 - beta_i(0.5, degrees / 2, xx / (degrees + xx)))
                                     : 0.5 * beta_i(degrees / 2, 0.5, degrees / (degrees + xx));
    return x > 0 ? 1 - tail : tail;
}

double student_t_quantile(double p, double degrees) {
    if (!(degrees > 0) || !(p >= 0 && p <= 1)) return nan_value;
    if (p == 0) return -infinity;
    if (p == 1) return infinity;
    if (p == 0.5) return 0;
    if (p > 0.5) return -student_t_quantile(1 - p, degrees);
    double low = std::min(-1.0, 2 * normal_quantile(p));
    while (student_t_cdf(low, degrees) > p) low *= 2;
    double high = 0;
    for (int i = 0; i < 2000; ++i) {
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high) break;
        (student_t_cdf(middle, degrees) < p ? low : high) = middle;
        if (high - low <= 4 * epsilon * std::fabs(low)) break;
    }
    return 0.5 * (low + high);
}

double poisson_pmf(double count, double mean) {
    if (!(mean >= 0) || std::isnan(count)) return nan_value;
    if (count < 0 || count != std::floor(count)) return 0;
    return poisson_raw(count, mean);
}

double poisson_cdf(double count, double mean) {
    if (!(mean >= 0) || std::isnan(count)) return nan_value;
    if (count < 0) return 0;
    if (mean == 0 || std::isinf(count)) return 1;
    return gamma_q(std::floor(count) + 1, mean);
}

double poisson_quantile(double p, double mean) {
    if (!(mean >= 0) || !(p >= 0 && p <= 1)) return nan_value;
    if (mean == 0 || p == 0) return 0;
    if (p == 1) return infinity;
    const double deviation = std::sqrt(mean);
    const double guess = cornish_fisher(p, mean, deviation, 1 / deviation);
    if (mean > vast_mean) return std::ceil(guess);
    return search_quantile(
        p, guess, [mean](double k) { return poisson_cdf(k, mean); }, [mean](double k) { return poisson_raw(k, mean); },
        [mean](double k) { return mean / (k + 1); });
}

double negative_binomial_pmf(double count, double mean, double size) {
    if (!(mean >= 0) || !(size > 0) || std::isnan(count)) return nan_value;
    if (std::isinf(size)) return poisson_pmf(count, mean);
    if (count < 0 || count != std::floor(count)) return 0;
    if (mean == 0) return count == 0 ? 1 : 0;
    if (count == 0)
        return std::exp(size * (size < mean ? std::log(size / (size + mean)) : std::log1p(-mean / (size + mean))));
    return size / (size + count) * binomial_raw(size, count + size, size / (size + mean), mean / (size + mean));
}

double negative_binomial_cdf(double count, double mean, double size) {
    if (!(mean >= 0) || !(size > 0) || std::isnan(count)) return nan_value;
    if (std::isinf(size)) return poisson_cdf(count, mean);
    if (count < 0) return 0;
    if (mean == 0 || std::isinf(count)) return 1;
    return beta_i(size, std::floor(count) + 1, size / (size + mean));
}

double negative_binomial_quantile(double p, double mean, double size) {
    if (!(mean >= 0) || !(size > 0) || !(p >= 0 && p <= 1)) return nan_value;
    if (std::isinf(size)) return poisson_quantile(p, mean);
    if (mean == 0 || p == 0) return 0;
    if (p == 1) return infinity;
    const double deviation = std::sqrt(mean) * std::sqrt(1 + mean / size);  // the square of a vast mean would overflow
    const double skewness = (1 + 2 * mean / size) / deviation;
    const double guess = cornish_fisher(p, mean, deviation, std::min(skewness, 3.0));
    if (mean > vast_mean && size > vast_mean) return std::ceil(guess);
    const double q = mean / (size + mean);
    return search_quantile(
        p, guess, [mean, size](double k) { return negative_binomial_cdf(k, mean, size); },
        [mean, size](double k) { return negative_binomial_pmf(k, mean, size); },
        [size, q](double k) { return (k + size) / (k + 1) * q; });
}

double log_gamma(double x) {
    int sign = 0;
    return ::lgamma_r(x, &sign);
}

double digamma(double x) {
    if (!(x > 0)) return nan_value;
    double sum = 0;
    for (; x < 10; ++x) sum -= 1 / x;
    const double v = 1 / (x * x);
    return sum + std::log(x) - 0.5 / x
        - v * (1.0 / 12 - v * (1.0 / 120 - v * (1.0 / 252 - v * (1.0 / 240 - v * (1.0 / 132 - v * 691.0 / 32760)))));
}

double trigamma(double x) {
    if (!(x > 0)) return nan_value;
    double sum = 0;
    for (; x < 10; ++x) sum += 1 / (x * x);
    const double v = 1 / (x * x);
    return sum + 1 / x + v / 2
        + v / x * (1.0 / 6 - v * (1.0 / 30 - v * (1.0 / 42 - v * (1.0 / 30 - v * (5.0 / 66 - v * 691.0 / 2730)))));
}

double hypergeometric_cdf(int count, int population, int marked, int drawn) {
    if (population < 0 || marked < 0 || drawn < 0 || marked > population || drawn > population) return nan_value;
    const auto log_choose = [](int n, int k) {
        return log_gamma(n + 1.0) - log_gamma(k + 1.0) - log_gamma(n - k + 1.0);
    };
    const int first = std::max(0, drawn - (population - marked));
    double sum = 0;
    for (int k = first; k <= std::min({count, drawn, marked}); ++k) {
        sum += std::exp(log_choose(marked, k) + log_choose(population - marked, drawn - k)
                        - log_choose(population, drawn));
    }
    return std::min(sum, 1.0);
}

double quantile(std::span<const double> values, double probability) {
    std::vector<double> sorted;
    sorted.reserve(values.size());
    for (const double value : values) {
        if (!std::isnan(value)) sorted.push_back(value);
    }
    if (sorted.empty() || !(probability >= 0 && probability <= 1)) return nan_value;
    const double h = static_cast<double>(sorted.size() - 1) * probability;
    const auto below = static_cast<std::size_t>(std::floor(h));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(below), sorted.end());
    const double low = sorted[below];
    if (below + 1 == sorted.size()) return low;
    const double high = *std::min_element(sorted.begin() + static_cast<std::ptrdiff_t>(below) + 1, sorted.end());
    const double part = h - std::floor(h);
    return part == 0 ? low : low + part * (high - low);
}

double beta_quantile(double probability, double a, double b) {
    if (std::isnan(probability) || probability < 0 || probability > 1 || !(a > 0) || !(b > 0))
        return std::numeric_limits<double>::quiet_NaN();
    double low = 0, high = 1;
    for (int i = 0; i < 60 && high - low > 1e-13; ++i) {
        const double middle = (low + high) / 2;
        (beta_i(a, b, middle) < probability ? low : high) = middle;
    }
    return probability == 0 ? 0 : probability == 1 ? 1 : (low + high) / 2;
}

double median(std::span<const double> values) { return quantile(values, 0.5); }

double median_absolute_deviation(std::span<const double> values) {
    const double centre = median(values);
    std::vector<double> distances;
    distances.reserve(values.size());
    for (const double value : values) distances.push_back(std::fabs(value - centre));
    return median(distances);
}

}  // namespace icosa::methods
