/// PROVISIONAL: every pair at every step, until the search of methods/orbit is there.
#include "engine/close_approaches.hpp"

#include <algorithm>
#include <cmath>

#include "engine/orbit_elements.hpp"

namespace icosa::engine {
namespace {
namespace orbit = methods::orbit;
double apart(const orbit::State& a, const orbit::State& b) {
    double sum = 0;
    for (int i = 0; i < 3; ++i) sum += (a.position_km[i] - b.position_km[i]) * (a.position_km[i] - b.position_km[i]);
    return std::sqrt(sum);
}
}  // namespace

ApproachesFound find_approaches(std::span<const model::ElementSet> sets, const ApproachQuestion& q) {
    ApproachesFound out;
    std::vector<orbit::Satellite> sats;
    for (const auto& set : sets) sats.push_back(orbit::initialise(orbit_elements(set), q.gravity, q.mode));
    const double step = 10;
    const int steps = static_cast<int>(q.hours * 3600 / step);
    const auto at = [&](std::size_t i, std::int64_t us) { return orbit::propagate(sats[i], orbit_instant(later(q.start, us))); };
    std::vector<std::vector<orbit::State>> states(3, std::vector<orbit::State>(sets.size()));
    const auto wanted = [&](std::int32_t o) { return std::find(q.against.begin(), q.against.end(), o) != q.against.end(); };
    std::vector<bool> bad(sets.size());
    for (int k = 0; k <= steps; ++k) {
        for (std::size_t i = 0; i < sets.size(); ++i) {
            auto& s = states[k % 3][i];
            s = at(i, static_cast<std::int64_t>(k * step * 1e6));
            if (s.refusal != orbit::Refusal::None && !bad[i]) { bad[i] = true; out.refused.push_back({i, s.refusal}); }
        }
        if (k < 2) continue;
        for (std::size_t i = 0; i < sets.size(); ++i) {
            if (bad[i]) continue;
            for (std::size_t j = i + 1; j < sets.size(); ++j) {
                if (bad[j] || (!q.against.empty() && !wanted(sets[i].object) && !wanted(sets[j].object))) continue;
                const double b = apart(states[(k - 1) % 3][i], states[(k - 1) % 3][j]);
                if (b > q.within_km + 160) continue;
                const double a = apart(states[(k - 2) % 3][i], states[(k - 2) % 3][j]), c = apart(states[k % 3][i], states[k % 3][j]);
                if (k == 2 && b == 0) { out.docked.push_back({i, j}); continue; }
                if (a < b || c <= b) continue;
                double lo = (k - 2) * step, hi = k * step;
                for (int r = 0; r < 60; ++r) {
                    const double m1 = lo + (hi - lo) / 3, m2 = hi - (hi - lo) / 3;
                    const auto d = [&](double t) { return apart(at(i, std::llround(t * 1e6)), at(j, std::llround(t * 1e6))); };
                    if (d(m1) < d(m2)) hi = m2; else lo = m1;
                }
                Approach one{i, j, later(q.start, std::llround(lo * 1e6)), 0, 0, {}, {}};
                one.of_one = at(i, std::llround(lo * 1e6));
                one.of_two = at(j, std::llround(lo * 1e6));
                one.miss_km = apart(one.of_one, one.of_two);
                double v = 0;
                for (int x = 0; x < 3; ++x) v += std::pow(one.of_one.velocity_km_s[x] - one.of_two.velocity_km_s[x], 2);
                one.relative_speed_km_s = std::sqrt(v);
                if (one.miss_km <= q.within_km) out.approaches.push_back(one);
            }
        }
        if (q.progress) q.progress(k, steps);
    }
    std::stable_sort(out.approaches.begin(), out.approaches.end(), [](const Approach& a, const Approach& b) { return std::tie(a.one, a.two, a.tca) < std::tie(b.one, b.two, b.tca); });
    return out;
}

}  // namespace icosa::engine
