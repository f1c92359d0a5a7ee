/// Regressions of counts with many zeros: pscl's and glm's numbers, ridge and weights, what is not observed.
#include "methods/forecasts/count_regression.hpp"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "methods/statistics/probability.hpp"
#include "reference_table.hpp"

namespace icosa::methods {
namespace {

struct Rows {
    std::vector<double> hurdle, inflated, weights;
    std::vector<std::vector<double>> x;  ///< 1, x1, x2, x3 of each

    Rows() {
        for (const auto& row : reference_rows("count_regression/rows.csv")) {
            hurdle.push_back(number_of(row, "hurdle"));
            inflated.push_back(number_of(row, "inflated"));
            weights.push_back(number_of(row, "w"));
            x.push_back({1, number_of(row, "x1"), number_of(row, "x2"), number_of(row, "x3")});
        }
    }
    [[nodiscard]] Design columns(const std::vector<std::size_t>& wanted) const {
        Design out{x.size(), wanted.size(), {}};
        for (const auto& row : x)
            for (const std::size_t c : wanted) out.values.push_back(row[c]);
        return out;
    }
};

std::vector<double> reference(const std::string& name, std::string_view part) {
    std::vector<double> out;
    for (const auto& row : reference_rows("count_regression/fits.csv")) {
        if (row.find("case")->second == name && row.find("part")->second == part)
            out.push_back(number_of(row, "value"));
    }
    return out;
}

void expect_equal(const std::vector<double>& found, const std::vector<double>& wanted, double tolerance,
                  const std::string& what) {
    ASSERT_EQ(found.size(), wanted.size()) << what;
    for (std::size_t i = 0; i < found.size(); ++i) EXPECT_NEAR(found[i], wanted[i], tolerance) << what << ' ' << i;
}

TEST(CountRegression, HurdleAsPscl) {
    const Rows rows;
    ASSERT_EQ(rows.hurdle.size(), 600U);
    const auto zero = rows.columns({0, 1, 3}), mean = rows.columns({0, 1, 2, 3}), size = rows.columns({0});
    for (const std::string name : {"hurdle", "hurdle-weighted"}) {
        const auto fit = fit_hurdle_negative_binomial({zero, mean, size}, rows.hurdle,
                                                      name == "hurdle" ? std::vector<double>{} : rows.weights);
        EXPECT_TRUE(fit.converged);
        EXPECT_LT(fit.iterations, 20);
        expect_equal(fit.mean, reference(name, "mean"), 2e-5, name + " mean");
        expect_equal(fit.zero, reference(name, "zero"), 2e-5, name + " zero");
        expect_equal(fit.size, reference(name, "size"), 2e-5, name + " size");
        expect_equal({fit.log_likelihood}, reference(name, "log_likelihood"), 1e-6, name);
    }
}

TEST(CountRegression, ZeroInflatedAsPscl) {
    const Rows rows;
    const auto zero = rows.columns({0, 1}), mean = rows.columns({0, 1, 2, 3}), size = rows.columns({0});
    for (const std::string name : {"inflated", "inflated-weighted"}) {
        const auto fit = fit_zero_inflated_negative_binomial({zero, mean, size}, rows.inflated,
                                                             name == "inflated" ? std::vector<double>{} : rows.weights);
        EXPECT_TRUE(fit.converged);
        EXPECT_LT(fit.iterations, 30);
        expect_equal(fit.mean, reference(name, "mean"), 2e-5, name + " mean");
        expect_equal(fit.zero, reference(name, "zero"), 2e-5, name + " zero");
        expect_equal(fit.size, reference(name, "size"), 2e-5, name + " size");
        expect_equal({fit.log_likelihood}, reference(name, "log_likelihood"), 1e-6, name);
    }
}

TEST(CountRegression, ADispersionOfItsOwn) {
    const Rows rows;
    const auto zero = rows.columns({0}), mean = rows.columns({0, 1, 2, 3}), size = rows.columns({0, 2});
    const auto fit = fit_hurdle_negative_binomial({zero, mean, size}, rows.hurdle);
    expect_equal(fit.mean, reference("hurdle-size", "mean"), 5e-5, "mean");
    expect_equal(fit.size, reference("hurdle-size", "size"), 5e-5, "size");
    double share = 0;
    for (const double y : rows.hurdle) share += y > 0 ? 1.0 / 600 : 0;
    const double hurdle = 600 * (share * std::log(share) + (1 - share) * std::log(1 - share));
    EXPECT_NEAR(fit.log_likelihood - hurdle, reference("hurdle-size-positive", "log_likelihood")[0], 1e-6);
}

TEST(CountRegression, LogisticAsGlmAndWithARidge) {
    const Rows rows;
    const auto design = rows.columns({0, 1, 2, 3});
    std::vector<double> passed;
    for (const double y : rows.hurdle) passed.push_back(y > 0 ? 1 : 0);
    const auto plain = fit_logistic(design, passed, rows.weights);
    EXPECT_TRUE(plain.converged);
    expect_equal(plain.coefficients, reference("logistic", "zero"), 1e-8, "glm");
    expect_equal({plain.log_likelihood}, reference("logistic", "log_likelihood"), 1e-8, "glm");
    const auto ridge = fit_logistic(design, passed, {}, {25});
    expect_equal(ridge.coefficients, reference("logistic-ridge", "zero"), 1e-6, "ridge");
    expect_equal({ridge.log_likelihood}, reference("logistic-ridge", "log_likelihood"), 1e-5, "ridge");
}

TEST(CountRegression, WhatIsNotObservedHasNoPart) {
    Rows rows;
    const auto fit_of = [&] {
        const auto zero = rows.columns({0, 1}), mean = rows.columns({0, 1, 2}), size = rows.columns({0});
        return fit_hurdle_negative_binomial({zero, mean, size}, rows.hurdle, rows.weights, {1});
    };
    const auto whole = fit_of();
    for (int i = 0; i < 5; ++i) {
        rows.x.push_back(rows.x[static_cast<std::size_t>(i)]);
        rows.hurdle.push_back(9);
        rows.weights.push_back(1);
    }
    rows.hurdle[600] = std::nan("");
    rows.x[601][1] = std::nan("");
    rows.x[602][2] = INFINITY;
    rows.weights[603] = 0;
    rows.weights[604] = std::nan("");
    const auto fit = fit_of();
    EXPECT_EQ(fit.rows, 600U);
    EXPECT_EQ(fit.mean, whole.mean);
    EXPECT_EQ(fit.zero, whole.zero);
}

TEST(CountRegression, NothingToFit) {
    const Design one{3, 1, {1, 1, 1}};
    EXPECT_TRUE(fit_hurdle_negative_binomial({one, one, one}, std::vector<double>{1, 2, 3}).mean.empty())
        << "no row without a count";
    EXPECT_TRUE(fit_zero_inflated_negative_binomial({one, one, one}, std::vector<double>{0, 0, 0}).mean.empty());
    const auto none = fit_logistic(one, std::vector<double>{NAN, NAN, NAN});
    EXPECT_FALSE(none.converged);
    EXPECT_EQ(none.rows, 0U);
}

TEST(CountRegression, SeparatedOutcomesStayFiniteWithARidge) {
    const Design design{6, 2, {1, -3, 1, -2, 1, -1, 1, 1, 1, 2, 1, 3}};
    const auto fit = fit_logistic(design, std::vector<double>{0, 0, 0, 1, 1, 1}, {}, {0.5});
    EXPECT_TRUE(fit.converged);
    EXPECT_GT(fit.coefficients[1], 0.5);
    EXPECT_LT(fit.coefficients[1], 5);
    EXPECT_NEAR(fit.coefficients[0], 0, 1e-9);
}

TEST(CountRegression, TheTruncatedLawAsWeightedCounts) {
    for (const double mean : {0.01, 0.8, 5.0, 60.0, 900.0, 20000.0}) {
        for (const double size : {0.02, 0.3, 1.0, 8.0, 400.0, 1e5}) {
            const auto made = truncated_negative_binomial(mean, size, 1e12);
            EXPECT_GE(made.size(), 1U);
            EXPECT_LE(made.size(), 130U) << mean << ' ' << size;
            const double none = negative_binomial_cdf(0, mean, size);
            double total = 0, sum = 0,
                   next = std::floor(
                       std::max(1.0, mean - 7 * std::sqrt(mean + mean * mean / size)));  // the first count of a bin
            for (const auto& one : made) {
                EXPECT_GE(one.value, 1);
                EXPECT_GT(one.weight, 0);
                total += one.weight;
                sum += one.weight * one.value;
                next += 2 * (one.value - next) + 1;
                EXPECT_NEAR(total, (negative_binomial_cdf(next - 1, mean, size) - none) / (1 - none), 0.002)
                    << mean << ' ' << size << ' ' << next;
            }
            EXPECT_NEAR(total, 1, 1e-9);
            EXPECT_NEAR(sum * (1 - none) / mean, 1, 0.01) << mean << ' ' << size;
        }
    }
}

TEST(CountRegression, NothingBeyondTheMost) {
    for (const double most : {1.0, 7.0, 300.0}) {
        const auto made = truncated_negative_binomial(5000, 0.7, most);
        EXPECT_EQ(made.back().value, most);
        double below = 0;
        for (const auto& one : made) below += one.value < most ? one.weight : 0;
        const double none = negative_binomial_cdf(0, 5000, 0.7);
        EXPECT_NEAR(below, most > 1 ? (negative_binomial_cdf(most - 1, 5000, 0.7) - none) / (1 - none) : 0, 0.01)
            << most;
    }
}

TEST(CountRegression, DigammaAndTrigammaAsR) {
    const auto rows = reference_rows("count_regression/gammas.csv");
    ASSERT_EQ(rows.size(), 9U);
    for (const auto& row : rows) {
        const double x = number_of(row, "x");
        EXPECT_NEAR(digamma(x) / number_of(row, "digamma"), 1, 1e-12) << x;
        EXPECT_NEAR(trigamma(x) / number_of(row, "trigamma"), 1, 1e-13) << x;
    }
}

}  // namespace
}  // namespace icosa::methods
