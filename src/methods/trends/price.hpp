/// Price: is this month's price higher than its own growth within the year and from year to year explains?
#pragma once

#include <limits>
#include <span>
#include <vector>

#include "methods/alarms/count_alarm.hpp"

namespace icosa::methods {

// All of these: prices[n] per month, oldest first, NaN = not observed.

/// FAO's three levels.
enum class PriceLevel { Normal, ModeratelyHigh, AbnormallyHigh };

struct PriceAnomalyOptions {
    double alpha = 0.4;        ///< weight of the quarterly anomaly; the annual one has 1 - alpha
    double at_least = 1;       ///< the indicator's value that alarms
    int minimum_years =
        3;     ///< growth rates of the same calendar month that mean and deviation rest on, for each of both
    int first = 0;
};

/// What the indicator says of one month. NaN where it cannot be computed.
struct PriceAnomaly {
    Alarm alarm;  ///< expected = the price at which the indicator would be 0; threshold = at which it would be at_least
    double indicator = std::numeric_limits<double>::quiet_NaN();
    double quarterly = std::numeric_limits<double>::quiet_NaN();  ///< its two parts, in standard deviations
    double annual = std::numeric_limits<double>::quiet_NaN();
};

/// FAO's Indicator of Price Anomalies (IPA; IFPA in Sustainable Development Goal indicator 2.c.1), month by month.
///
///     CQGR = (P[t] / P[t-3])^(1/3) - 1,  CAGR = (P[t] / P[t-12])^(1/12) - 1: compound growth rates a month
///     XIPA = (CXGR - mean) / sd,  mean and sd over the same calendar month of the earlier years, the k-th year with
///     weight w = k mean = sum w CXGR / sum w,  sd^2 = sum w (CXGR - mean)^2 / (sum w (n - 1) / n) IPA = alpha QIPA +
///     (1 - alpha) AIPA:  below 0.5 normal, from 0.5 moderately high, from 1 abnormally high unusualness = Student's
///     cdf with n - 1 degrees at IPA / (c sqrt(1 + sum w^2 / (sum w)^2)),  c^2 = alpha^2 + (1 - alpha)^2 + alpha (1 -
///     alpha)
///
/// in    prices > 0;  alpha [0, 1];  at_least >= 0;  minimum_years 2 to 100. FAO wants five years: the year judged and
/// four before it, which are
///       three annual rates
/// out   NaN where P[t-3], P[t-12] or minimum_years earlier rates of the month are not observed, or where these are all
/// equal. unusualness: n the
///       fewer of the two; two parts of normal growths that share a quarter of the year; it rises with the IPA and says
///       how little three years prove; p_value is the rest of it, near enough to hold many series to a false-discovery
///       rate. The alarm is FAO's rule, whatever p_value says
/// src   [fao2021] the rates (1), the anomalies (2), their sum (3) with alpha = 0.4 (gamma there), the levels, the five
/// years; [baquedano2015] weights
///       in time and the factor (n - 1) / n, not seen in the paper itself but in two programs that quote it and FAO's
///       own tool: the weights are 1, 2, 3 .. from the first year for which a rate can be, and the year judged is not
///       among them
/// dif   the paper damps each rate by (1 - its volatility) and finds alpha from principal components; the goal's
/// metadata have neither, and neither
///       has this. A rate that is not observed is left out with its weight; FAO's tool takes it for 0, also in January
///       to March of a series that begins in January. FAO judges real prices; nominal ones are all anomalous together
///       in a steep inflation
/// cost  O(years) a month
/// seen  methods/price_test.cpp: by hand, the numbers of a second program (tests/reference/price), unusualness on
/// random walks
[[nodiscard]] std::vector<PriceAnomaly> price_anomaly(std::span<const double> prices,
                                                      const PriceAnomalyOptions& options);

[[nodiscard]] PriceLevel price_level(double indicator);

/// How often a month in which nothing is going on reaches `at_least` with minimum_years earlier rates, under the law of
/// `unusualness`: with three years 22 % reach 1 (25 % on simulated random walks), with five 18 % (19 %), with ten 15 %
/// (17 %). FAO's line is meant to miss little, not to be rare.
[[nodiscard]] double price_anomaly_chance(const PriceAnomalyOptions& options);

struct PriceSpikeOptions {
    double at_least = 1;  ///< standard deviations of the fit's rest: 0.25 stress, 1 alert, 2 crisis
    int minimum_months = 36;  ///< observed months before the current one
    int first = 0;
};

/// WFP's Alert for Price Spikes (ALPS): the gap between a price and its own straight trend with months, in standard
/// deviations of that fit.
///
///     P[s] = a[month of s] + b s + e[s] for s < t, by least squares;   ALPS = (P[t] - expected[t]) / sd(e)
///
/// in    prices > 0;  minimum_months 24 to 1000;  at_least 0.25 stress, 1 alert, 2 crisis
/// out   expected = the fit led on to t; NaN where fewer than minimum_months are observed or a month of the year never
/// was; unusualness =
///       Student's cdf at ALPS with the fit's degrees of freedom: values far from a straight line make it too sure
/// src   [wfp2014]: the gap from a linear seasonal trend, its lines, three years; not seen itself, but as WFP's pages
/// and others describe it dif   the month judged is never in its own fit cost  O(1) a month seen methods/price_test.cpp
[[nodiscard]] std::vector<Alarm> price_spike(std::span<const double> prices, const PriceSpikeOptions& options);

}  // namespace icosa::methods
