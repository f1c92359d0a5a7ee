/// A made-up catalogue: shells and bands as the real one has them, for tests and benches.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <random>
#include <vector>

#include "methods/orbit/sgp4.hpp"

namespace icosa::testing {

class MadeUpObjects {
public:
    explicit MadeUpObjects(std::uint64_t seed) : random_(seed) {}

    /// Four in five in shells between 350 and 1500 km, some low and short-lived, some eccentric, half-day, synchronous.
    methods::orbit::Elements next() {
        using methods::orbit::Elements;
        Elements e;
        e.epoch = {Day{20'027 + static_cast<int>(uniform(0, 2))},
                   static_cast<std::int64_t>(uniform(0, 100'000'000)) * 864};
        e.node_rad = uniform(0, turn);
        e.perigee_rad = uniform(0, turn);
        e.mean_anomaly_rad = uniform(0, turn);
        const double kind = uniform(0, 1);
        double height_km = 0;
        if (kind < 0.80) {
            constexpr double shells_km[] = {480, 550, 560, 780, 850, 1200};
            constexpr double inclinations[] = {53, 43, 97.6, 86.4, 71, 74, 98.7};
            height_km = kind < 0.5 ? shells_km[pick(6)] + uniform(-6, 6) : uniform(350, 1500);
            e.inclination_rad = (inclinations[pick(7)] + uniform(-0.3, 0.3)) * degree;
            e.eccentricity = kind < 0.5 ? uniform(0.0001, 0.002) : uniform(0.0005, 0.03);
            e.drag_per_radius = uniform(1e-5, 1e-3);
        } else if (kind < 0.82) {
            height_km = uniform(210, 330);
            e.inclination_rad = uniform(20, 100) * degree;
            e.eccentricity = uniform(0.0001, 0.004);
            e.drag_per_radius = uniform(1e-4, 2e-3);
        } else if (kind < 0.88) {
            const double perigee_km = uniform(250, 900), apogee_km = uniform(2000, 36000);
            height_km = (perigee_km + apogee_km) / 2;
            e.eccentricity = (apogee_km - perigee_km) / 2 / (earth_km + height_km);
            e.inclination_rad = uniform(0.5, 70) * degree;
            e.drag_per_radius = uniform(1e-5, 2e-3);
        } else if (kind < 0.92) {
            height_km = 26561.8 + uniform(-2, 2) - earth_km;
            e.eccentricity = kind < 0.9 ? uniform(0.55, 0.73) : uniform(0.0005, 0.02);
            e.inclination_rad = (kind < 0.9 ? 63.4 : 55.0) * degree + uniform(-0.02, 0.02);
        } else {
            height_km = 42164 + uniform(-60, 60) - earth_km;
            e.eccentricity = uniform(0.00002, 0.002);
            e.inclination_rad = std::abs(uniform(-15, 15)) * degree;
        }
        const double a = earth_km + height_km;
        e.mean_motion_rad_min = std::sqrt(398600.8 / (a * a * a)) * 60;
        return e;
    }

    std::vector<methods::orbit::Satellite> satellites(std::size_t count) {
        std::vector<methods::orbit::Satellite> out;
        for (std::size_t k = 0; k < count; ++k) out.push_back(methods::orbit::initialise(next()));
        return out;
    }

    double uniform(double from, double to) {
        return from + (to - from) * (static_cast<double>(random_() >> 11U) * 0x1p-53);
    }

private:
    static constexpr double turn = 2 * std::numbers::pi, degree = std::numbers::pi / 180, earth_km = 6378.135;
    std::size_t pick(std::size_t count) { return random_() % count; }
    std::mt19937_64 random_;
};

}  // namespace icosa::testing
