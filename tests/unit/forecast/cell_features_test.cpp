/// Features of cells against the plain sums and distances they stand for.
#include "forecast/cell_features.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "base/prio_grid.hpp"
#include "cells_made.hpp"

namespace icosa::forecast {
namespace {

double plain_decayed(const CellHistory& history, int first, int now, double memory, bool is_share) {
    double sum = 0, weight = 0;
    for (int month = first; month <= now; ++month) weight += std::exp(-(now - month) / memory);
    for (const auto& one : history.at)
        sum += one.month <= now ? std::exp(-(now - one.month) / memory) * (is_share ? 1 : one.count) : 0;
    return sum / weight;
}

TEST(CellFeatures, AreThePlainSumsAndDistances) {
    const auto panel = made_cells(60);
    const auto past = histories(panel, panel.end());
    CellFeaturesWalk walk(panel);
    for (int i = 0; i < 48; ++i) walk.step();
    walk.look_around();
    const int now = walk.month();
    EXPECT_EQ(now, panel.first + 47);
    const auto at = [&](const CellFeatures& features, CellFeature one) {
        return features[static_cast<std::size_t>(one)];
    };
    for (std::size_t cell = 0; cell < panel.gids.size(); cell += 7) {
        const auto features = walk.at(cell);
        const auto ring_sum = [&](int inner, int outer, double memory, bool is_share) {
            double sum = 0;
            for (std::size_t other = 0; other < panel.gids.size(); ++other) {
                for (int k = inner; k <= outer; ++k) {
                    for (const int gid : ring(panel.gids[cell], k))
                        sum += gid == panel.gids[other] ? plain_decayed(past[other], panel.first, now, memory, is_share)
                                                        : 0;
                }
            }
            return sum;
        };
        EXPECT_NEAR(at(features, CellFeature::Count3), plain_decayed(past[cell], panel.first, now, 3, false), 1e-4);
        EXPECT_NEAR(at(features, CellFeature::Count48), plain_decayed(past[cell], panel.first, now, 48, false), 1e-4);
        EXPECT_NEAR(at(features, CellFeature::Active24), plain_decayed(past[cell], panel.first, now, 24, true), 1e-5);
        EXPECT_NEAR(at(features, CellFeature::Ring1Count6), ring_sum(1, 1, 6, false), 1e-3);
        EXPECT_NEAR(at(features, CellFeature::Ring1Active12), ring_sum(1, 1, 12, true), 1e-4);
        EXPECT_NEAR(at(features, CellFeature::Ring2Count6), ring_sum(2, 2, 6, false), 1e-3);
        EXPECT_NEAR(at(features, CellFeature::Around12), ring_sum(3, 5, 12, false), 1e-3);
        EXPECT_NEAR(at(features, CellFeature::Around60), ring_sum(1, 2, 60, true), 1e-4);
        double newest = 0, nearest = 3000, total = 0;
        for (std::size_t other = 0; other < panel.gids.size(); ++other) {
            total += plain_decayed(past[other], panel.first, now, 6, false);
            int last = -1;
            for (const auto& one : past[other].at) last = one.month <= now ? one.month : last;
            if (last >= 0)
                nearest =
                    std::min(nearest, std::hypot(distance_km(panel.gids[cell], panel.gids[other]), 5.0 * (now - last)));
        }
        for (const auto& one : past[cell].at) newest = one.month == now ? one.count : newest;
        EXPECT_EQ(at(features, CellFeature::Newest), newest);
        EXPECT_NEAR(at(features, CellFeature::Near5), nearest, 0.01 * nearest + 0.01)
            << "columns cross the date line here";
        EXPECT_NEAR(at(features, CellFeature::CountryCount6), total / static_cast<double>(panel.gids.size()), 1e-3)
            << "countries not known: the whole panel";
    }
}

TEST(CellFeatures, CountriesAreApart) {
    auto panel = made_cells(40);
    for (std::size_t cell = 0; cell < panel.gids.size(); ++cell)
        panel.countries.push_back(grid_row(panel.gids[cell]) < 206 ? 11 : 7);
    for (auto& month : panel.months)
        std::erase_if(month, [&](const auto& one) { return panel.countries[one.cell] == 7; });
    CellFeaturesWalk walk(panel);
    for (int i = 0; i < 40; ++i) walk.step();
    walk.look_around();
    EXPECT_GT(walk.at(0)[static_cast<std::size_t>(CellFeature::CountryActive12)], 0);
    EXPECT_EQ(walk.at(panel.gids.size() - 1)[static_cast<std::size_t>(CellFeature::CountryActive12)], 0);
}

TEST(CellFeatures, WhereNothingEverHappened) {
    auto panel = made_cells(10);
    for (auto& month : panel.months) month.clear();
    CellFeaturesWalk walk(panel);
    walk.step();
    walk.look_around();
    const auto features = walk.at(5);
    EXPECT_EQ(features[static_cast<std::size_t>(CellFeature::Since)], 240);
    EXPECT_EQ(features[static_cast<std::size_t>(CellFeature::Near30)], 3000);
    EXPECT_FALSE(walk.has_past(5));
}

}  // namespace
}  // namespace icosa::forecast
