/// Made-up events in clumps, and the pairs as the page defines them: the best of all, again and again.
#pragma once

#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>
#include <tuple>
#include <vector>

#include "methods/matching/matching.hpp"
#include "methods/space/great_circle.hpp"

namespace icosa::methods::matching {

struct Sample {
    int events = 20;
    int places = 5;        ///< few: many share a point
    double spread_deg = 0.2;
    int days = 10;
    int kinds = 3;
    int episode_in = 0;    ///< one in so many lasts longer; 0: none
    double around_latitude = 10, around_longitude = 20;
};

inline std::vector<Event> random_events(std::mt19937_64& bits, const Sample& of) {
    const auto below = [&](int n) { return static_cast<int>(bits() % static_cast<std::uint64_t>(n)); };
    std::vector<Event> out;
    for (int i = 0; i < of.events; ++i) {
        Event one;
        const int place = below(of.places);
        one.latitude_deg = std::clamp(of.around_latitude + of.spread_deg * (place % 7 - 3) / 3, -90.0, 90.0);
        one.longitude_deg = of.around_longitude + of.spread_deg * ((place / 7) % 7 - 3) / 3;
        if (one.longitude_deg > 180) one.longitude_deg -= 360;
        one.first = one.last = Day{17'000 + below(of.days)};
        if (of.episode_in > 0 && below(of.episode_in) == 0) one.last = one.first + 1 + below(4);
        one.kind = below(of.kinds);
        out.push_back(one);
    }
    return out;
}

/// Pairs of same_length events by comparing all with all; by a.
inline std::vector<std::pair<int, int>> pairs_by_definition(const std::vector<Event>& a, const std::vector<Event>& b,
                                                            const Agreement& agreement, Reach reach) {
    const auto content = [](const Event& x) {
        return std::tuple(x.first.value, x.last.value, x.latitude_deg, x.longitude_deg, x.kind);
    };
    const auto axes = [](const Event& x) {
        constexpr double rad = std::numbers::pi / 180;
        const double lat = x.latitude_deg * rad, lon = x.longitude_deg * rad;
        return std::array{mean_earth_radius_km * std::cos(lat) * std::cos(lon),
                          mean_earth_radius_km * std::cos(lat) * std::sin(lon), mean_earth_radius_km * std::sin(lat)};
    };
    const double chord = 2 * mean_earth_radius_km * std::sin(reach.km / (2 * mean_earth_radius_km));
    const double per_km2 = reach.km > 0 ? 1 / (chord * chord) : 0;
    const double per_day2 = reach.days > 0 ? 1 / (static_cast<double>(reach.days) * reach.days) : 0;
    struct Candidate {
        double misfit, closeness;
        int a, b;
    };
    std::vector<Candidate> all;
    for (int i = 0; i < static_cast<int>(a.size()); ++i) {
        for (int j = 0; j < static_cast<int>(b.size()); ++j) {
            const Event &x = a[static_cast<std::size_t>(i)], &y = b[static_cast<std::size_t>(j)];
            const double misfit = agreement.misfit(x.kind, y.kind);
            const int days = std::max(std::abs(y.first - x.first), std::abs(y.last - x.last));
            if (misfit > 1 || days > reach.days || (x.first == x.last) != (y.first == y.last)) continue;
            if (great_circle_km({x.latitude_deg, x.longitude_deg}, {y.latitude_deg, y.longitude_deg}) > reach.km + 1e-6)
                continue;
            double km2 = 0;
            for (std::size_t axis = 0; axis < 3; ++axis) {
                const double step = axes(x)[axis] - axes(y)[axis];
                km2 += step * step;
            }
            all.push_back({misfit, km2 * per_km2 + static_cast<double>(days) * days * per_day2, i, j});
        }
    }
    const auto key = [&](const Candidate& one) {
        return std::tuple(one.misfit, one.closeness, content(a[static_cast<std::size_t>(one.a)]),
                          content(b[static_cast<std::size_t>(one.b)]), one.a, one.b);
    };
    std::sort(all.begin(), all.end(), [&](const auto& x, const auto& y) { return key(x) < key(y); });
    std::vector<char> used_a(a.size()), used_b(b.size());
    std::vector<std::pair<int, int>> out;
    for (const auto& one : all) {
        if (used_a[static_cast<std::size_t>(one.a)] || used_b[static_cast<std::size_t>(one.b)]) continue;
        used_a[static_cast<std::size_t>(one.a)] = used_b[static_cast<std::size_t>(one.b)] = 1;
        out.emplace_back(one.a, one.b);
    }
    std::sort(out.begin(), out.end());
    return out;
}

inline std::vector<std::pair<int, int>> numbers_of(const std::vector<Pair>& pairs) {
    std::vector<std::pair<int, int>> out;
    for (const Pair& one : pairs) out.emplace_back(one.a, one.b);
    return out;
}

}  // namespace icosa::methods::matching
