/// Recalibration against R's glm, and what it does at the ends.
#include "methods/forecasts/recalibration.hpp"

#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "reference_table.hpp"

namespace icosa::methods {
namespace {

TEST(Recalibration, AsGlmWithItsClusteredCovariance) {
    struct Cells {
        std::vector<double> probabilities;
        std::vector<Happened> happened;
        std::vector<int> clusters;
    };
    std::map<std::string, Cells> cases;
    for (const auto& row : reference_rows("probability_scores/cells.csv")) {
        auto& one = cases[row.at("case")];
        one.probabilities.push_back(number_of(row, "p"));
        one.happened.push_back(number_of(row, "y") == 1 ? Happened::Yes : Happened::No);
        one.clusters.push_back(static_cast<int>(number_of(row, "cluster")));
    }
    int seen = 0;
    for (const auto& row : reference_rows("probability_scores/results.csv")) {
        const auto& one = cases.at(row.at("case"));
        const auto map = fit_logit_map(one.probabilities, one.happened, one.clusters, number_of(row, "pull"));
        EXPECT_NEAR(map.shift, number_of(row, "shift"), 1e-8) << row.at("case");
        EXPECT_NEAR(map.slope, number_of(row, "slope"), 1e-8);
        EXPECT_NEAR(map.variance_shift, number_of(row, "variance_shift"), 1e-8);
        EXPECT_NEAR(map.covariance, number_of(row, "covariance"), 1e-8);
        EXPECT_NEAR(map.variance_slope, number_of(row, "variance_slope"), 1e-8);
        EXPECT_NEAR(average_precision(one.probabilities, one.happened), number_of(row, "average_precision"), 1e-12);
        ++seen;
    }
    EXPECT_EQ(seen, 12);
}

TEST(Recalibration, NothingLearnedChangesNothing) {
    const auto map = fit_logit_map({}, {}, {}, 100);
    const auto at = map.at(0.3);
    EXPECT_DOUBLE_EQ(at.probability, 0.3);
    EXPECT_DOUBLE_EQ(at.low, 0.3);
    EXPECT_DOUBLE_EQ(at.high, 0.3);
}

TEST(Recalibration, OneThatSaysTooMuchIsDamped) {
    std::vector<double> probabilities;
    std::vector<Happened> happened;
    std::vector<int> clusters;
    for (int i = 0; i < 4000; ++i) {  // 0.9 said, 0.7 came; 0.1 said, 0.3 came
        probabilities.push_back(i % 2 == 0 ? 0.9 : 0.1);
        happened.push_back((i / 2) % 10 < (i % 2 == 0 ? 7 : 3) ? Happened::Yes : Happened::No);
        clusters.push_back(i);
    }
    const auto map = fit_logit_map(probabilities, happened, clusters, 1);
    const auto at = map.at(0.9);
    EXPECT_NEAR(at.probability, 0.7, 0.005);
    EXPECT_LT(at.low, 0.7);
    EXPECT_GT(at.high, 0.7);
    EXPECT_LT(at.high - at.low, 0.1);
}

}  // namespace
}  // namespace icosa::methods
