/// Hidden levels of counts against R, and what the fit recovers.
#include "methods/forecasts/count_dynamics.hpp"

#include <cmath>
#include <map>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "reference_table.hpp"

namespace icosa::methods {
namespace {

std::map<std::string, std::vector<double>> reference_series() {
    std::map<std::string, std::vector<double>> out;
    for (const auto& row : reference_rows("count_dynamics/series.csv"))
        out[row.at("series")].push_back(row.at("count").empty() ? std::nan("") : number_of(row, "count"));
    return out;
}

SwitchingCounts reference_model() {
    SwitchingCounts out;
    out.states.resize(3);
    out.initial.resize(3);
    for (const auto& row : reference_rows("count_dynamics/model.csv")) {
        const auto k = static_cast<std::size_t>(number_of(row, "from")) - 1;
        const double value = number_of(row, "value");
        if (row.at("name") == "transition") out.transition.push_back(value);
        if (row.at("name") == "initial") out.initial[k] = value;
        if (row.at("name") == "mean") out.states[k].mean = value;
        if (row.at("name") == "size") out.states[k].size = value;
    }
    return out;
}

TEST(CountDynamics, EqualsRsLikelihoodFilterSmootherForecastAndStep) {
    const auto series = reference_series();
    const auto model = reference_model();
    const std::span<const double> both[] = {series.at("short_1"), series.at("short_2")};
    const auto next = improved(model, both, {.pseudo_count = 0});
    std::map<std::string, int> compared;
    for (const auto& row : reference_rows("count_dynamics/results.csv")) {
        const std::string what = row.at("what");
        const double value = number_of(row, "value");
        const auto place = [&](const char* column) {
            return row.at(column).empty() ? 0 : static_cast<std::size_t>(number_of(row, column)) - 1;
        };
        const std::size_t k = place("state");
        ++compared[what];
        if (what == "step_initial") {
            EXPECT_NEAR(next.initial[k], value, 1e-12);
        } else if (what == "step_mean") {
            EXPECT_NEAR(next.states[k].mean / value, 1, 1e-12);
        } else if (what == "step_size") {
            EXPECT_NEAR(next.states[k].size / value, 1, 1e-5) << "R's optimiser is the coarser";
        } else if (what == "step_transition") {
            EXPECT_NEAR(next.transition[k * 3 + place("to")], value, 1e-12);
        } else {
            const auto& counts = series.at(row.at("series"));
            const auto filtered = filtered_states(model, counts);
            double ours = filtered.log_likelihood;
            if (what == "filtered") ours = filtered.share[place("index") * 3 + k];
            if (what == "smoothed") ours = smoothed_states(model, counts).share[place("index") * 3 + k];
            if (what == "ahead")
                ours = states_ahead(model, std::span(filtered.share).last(3), static_cast<int>(place("index")) + 1)[k];
            EXPECT_NEAR(ours, value, what == "log_likelihood" ? 1e-8 : 1e-12) << what << " " << row.at("series");
        }
    }
    EXPECT_EQ(compared,
              (std::map<std::string, int>{{"log_likelihood", 4},
                                          {"filtered", 48},
                                          {"smoothed", 48},
                                          {"ahead", 18},
                                          {"step_initial", 3},
                                          {"step_mean", 3},
                                          {"step_size", 3},
                                          {"step_transition", 9}}));
}

std::vector<std::vector<double>> simulated(const SwitchingCounts& model, int many, int months) {
    std::mt19937_64 random(7);
    const auto draw = [&](std::span<const double> shares) {
        double at = static_cast<double>(random() >> 11U) * 0x1p-53;
        std::size_t k = 0;
        while (k + 1 < shares.size() && at >= shares[k]) at -= shares[k++];
        return k;
    };
    std::vector<std::vector<double>> out;
    for (int s = 0; s < many; ++s) {
        auto& counts = out.emplace_back();
        std::size_t state = draw(model.initial);
        for (int t = 0; t < months; ++t) {
            std::gamma_distribution<double> gamma(model.states[state].size,
                                                  model.states[state].mean / model.states[state].size);
            const double rate = gamma(random);
            counts.push_back(rate > 0 ? static_cast<double>(std::poisson_distribution<int>(rate)(random)) : 0);
            state = draw(std::span(model.transition).subspan(state * model.many(), model.many()));
        }
    }
    return out;
}

std::vector<std::span<const double>> spans(const std::vector<std::vector<double>>& series) {
    return {series.begin(), series.end()};
}

TEST(CountDynamics, FindsTheStatesThatCountsWereDrawnFrom) {
    SwitchingCounts truth{{{0.05, 1, 0}, {8, 2, 0}, {150, 4, 0}},
                          {0.8, 0.15, 0.05},
                          {0.97, 0.025, 0.005, 0.05, 0.92, 0.03, 0.01, 0.09, 0.9},
                          0,
                          0};
    const auto series = simulated(truth, 60, 200);
    const auto fitted = fit_switching_counts(spans(series), {.states = 3, .iterations = 200, .tolerance = 1e-8});
    for (std::size_t k = 0; k < 3; ++k) {
        EXPECT_NEAR(fitted.states[k].mean / truth.states[k].mean, 1, 0.1) << k;
        if (k > 0) {
            EXPECT_NEAR(fitted.states[k].size / truth.states[k].size, 1, 0.2) << k;
        }
        for (std::size_t j = 0; j < 3; ++j)
            EXPECT_NEAR(fitted.transition[k * 3 + j], truth.transition[k * 3 + j], 0.02);
    }
    double at_truth = 0;
    for (const auto& one : series) at_truth += filtered_states(truth, one).log_likelihood;
    EXPECT_GT(fitted.log_likelihood, at_truth);
}

TEST(CountDynamics, AStepNeverLowersTheLikelihood) {
    auto series = simulated({{{0.1, 1, 0}, {20, 0.6, 0}}, {0.5, 0.5}, {0.9, 0.1, 0.2, 0.8}, 0, 0}, 8, 120);
    series[3][40] = std::nan("");
    for (const ZeroLaw zeros : {ZeroLaw::Plain, ZeroLaw::Inflated}) {
        const SwitchingOptions options{.states = 4, .zeros = zeros, .iterations = 6, .tolerance = 0, .pseudo_count = 0};
        auto model = fit_switching_counts(spans(series), options);
        double before = -1e300;
        for (int i = 0; i < 12; ++i) {
            double now = 0;
            for (const auto& one : series) now += filtered_states(model, one).log_likelihood;
            EXPECT_GE(now, before - 1e-7);
            before = now;
            model = improved(model, spans(series), options);
        }
    }
}

TEST(CountDynamics, FilteringReadsNothingLaterAndHugeCountsDoNotUnderflow) {
    const auto model = reference_model();
    std::vector<double> counts{0, 3, 60000, 0, 0, 1e6, 2, 0, 70, 70};
    const auto whole = filtered_states(model, counts);
    EXPECT_TRUE(std::isfinite(whole.log_likelihood));
    for (std::size_t t = 1; t <= counts.size(); ++t) {
        const auto cut = filtered_states(model, std::span(counts).first(t));
        double sum = 0;
        for (std::size_t i = 0; i < cut.share.size(); ++i) EXPECT_EQ(cut.share[i], whole.share[i]);
        for (std::size_t k = 0; k < 3; ++k) sum += cut.share[(t - 1) * 3 + k];
        EXPECT_NEAR(sum, 1, 1e-12);
    }
}

TEST(CountDynamics, TheLadderKeepsItsRungsAndBorrowsMoves) {
    const auto series = simulated({{{0.05, 1, 0}, {5, 3, 0}, {400, 3, 0}},
                                   {0.8, 0.1, 0.1},
                                   {0.95, 0.04, 0.01, 0.1, 0.85, 0.05, 0.02, 0.08, 0.9},
                                   0,
                                   0},
                                  40, 150);
    double largest = 0;
    for (const auto& one : series)
        for (const double y : one) largest = std::max(largest, y);
    const SwitchingOptions options{.states = 12, .means = StateMeans::Ladder, .borrowed = 100};
    const auto fitted = fit_switching_counts(spans(series), options);
    EXPECT_NEAR(fitted.states[1].mean, 0.3, 1e-12);
    EXPECT_NEAR(fitted.states.back().mean, 0.7 * largest + 0.5, 1e-9);
    for (std::size_t k = 2; k < 11; ++k)
        EXPECT_NEAR(fitted.states[k + 1].mean / fitted.states[k].mean, fitted.states[2].mean / fitted.states[1].mean,
                    1e-9);
    for (std::size_t j = 0; j < 12; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < 12; ++k) sum += fitted.transition[j * 12 + k];
        EXPECT_NEAR(sum, 1, 1e-12);
        EXPECT_GT(fitted.transition[j * 12 + j], 0.3) << "also where no count was ever near";
    }
    const auto again = fit_switching_counts(spans(series), options);
    EXPECT_EQ(fitted.transition, again.transition);
}

TEST(CountDynamics, WithoutSeriesTheStartStands) {
    const auto model = fit_switching_counts({}, {.states = 4});
    ASSERT_EQ(model.many(), 4U);
    for (std::size_t k = 0; k + 1 < 4; ++k) EXPECT_LT(model.states[k].mean, model.states[k + 1].mean);
    EXPECT_EQ(model.log_likelihood, 0);
}

TEST(CountDynamics, ACountThatNoReachableStateHasIsToldByTheLawsAlone) {
    SwitchingCounts model;
    model.states = {{0.01, 1e6, 0}, {2, 1e6, 0}, {1e5, 1e6, 0}};
    model.initial = {1, 0, 0};
    model.transition = {0.9, 0.1, 0, 0.1, 0.9, 0, 0, 0, 1};
    const std::vector<double> counts{0, 0, 1e5, 1e5, 0};
    for (const auto& path : {filtered_states(model, counts), smoothed_states(model, counts)}) {
        EXPECT_TRUE(std::isfinite(path.log_likelihood));
        for (std::size_t t = 0; t < counts.size(); ++t) {
            double sum = 0;
            for (std::size_t k = 0; k < 3; ++k) sum += path.share[t * 3 + k];
            EXPECT_NEAR(sum, 1, 1e-12) << t;
        }
        EXPECT_NEAR(path.share[2 * 3 + 2], 1, 1e-12);
        EXPECT_NEAR(path.share[4 * 3 + 2], 0, 1e-12) << "and back";
    }
}

}  // namespace
}  // namespace icosa::methods
