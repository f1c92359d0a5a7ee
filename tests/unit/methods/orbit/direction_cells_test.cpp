/// No two directions within the angle are missed, and none is met twice.
#include "methods/orbit/direction_cells.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <set>
#include <utility>

using icosa::methods::orbit::DirectionCells;

namespace {

struct Sky {
    std::vector<double> latitude, longitude;
    std::vector<std::uint8_t> is_in;
};

/// Spread over the sphere, with heaps at the poles, at the seam of longitude and at the equator.
Sky made_up_sky(std::size_t count, unsigned seed) {
    std::mt19937_64 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    Sky sky;
    for (std::size_t k = 0; k < count; ++k) {
        const double kind = share(random);
        double latitude = std::asin(2 * share(random) - 1), longitude = (2 * share(random) - 1) * std::numbers::pi;
        if (kind < 0.15) latitude = (kind < 0.07 ? 1 : -1) * (std::numbers::pi / 2 - 0.05 * share(random));
        else if (kind < 0.3) longitude = (kind < 0.22 ? 1 : -1) * (std::numbers::pi - 0.02 * share(random));
        else if (kind < 0.4) latitude = 0.01 * (share(random) - 0.5);
        sky.latitude.push_back(latitude);
        sky.longitude.push_back(longitude);
        sky.is_in.push_back(share(random) < 0.95 ? 1 : 0);
    }
    return sky;
}

double angle_between(const Sky& sky, std::size_t a, std::size_t b) {
    const double s = std::sin(sky.latitude[a]) * std::sin(sky.latitude[b])
        + std::cos(sky.latitude[a]) * std::cos(sky.latitude[b]) * std::cos(sky.longitude[a] - sky.longitude[b]);
    return std::acos(std::min(1.0, std::max(-1.0, s)));
}

TEST(DirectionCells, EveryNearPairOnce) {
    for (const double angle : {0.02, 0.075, 0.3, 1.0, 2.9}) {
        const Sky sky = made_up_sky(700, static_cast<unsigned>(angle * 1000));
        DirectionCells cells;
        cells.sort(angle, sky.latitude, sky.longitude, sky.is_in);
        std::set<std::pair<std::uint32_t, std::uint32_t>> met;
        cells.each_run([&](std::uint32_t a, std::uint32_t a_end, std::uint32_t b, std::uint32_t b_end) {
            for (std::uint32_t i = a; i < a_end; ++i)
                for (std::uint32_t j = std::max(b, i + 1); j < b_end; ++j) {
                    const auto pair = std::minmax(cells.order()[i], cells.order()[j]);
                    EXPECT_TRUE(met.insert(pair).second) << "met twice at angle " << angle;
                    EXPECT_TRUE(cells.are_neighbours(pair.first, pair.second));
                }
        });
        for (std::uint32_t i = 0; i < 700; ++i)
            for (std::uint32_t j = i + 1; j < 700; ++j) {
                if (sky.is_in[i] == 0 || sky.is_in[j] == 0) continue;
                const bool is_met = met.contains({i, j});
                EXPECT_EQ(is_met, cells.are_neighbours(i, j));
                if (angle_between(sky, i, j) <= angle) {
                    EXPECT_TRUE(is_met) << "missed at angle " << angle;
                }
            }
    }
}

}  // namespace
