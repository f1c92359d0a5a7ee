/// A second look at what a search for close approaches dropped; shares no code with it.
#include "methods/orbit/conjunction_check.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "base/number.hpp"

namespace icosa::methods::orbit {

namespace {

/// Seconds to either side for rates by differences.
constexpr double side_s = 1.0;
constexpr int most_pieces = 20'000;

double norm_of(double x, double y, double z) { return std::sqrt(x * x + y * y + z * z); }

/// What an object may at most do, by its perigee: mean elements, lowered for periodics and for what is not in them.
struct Limits {
    double acceleration = 0;  ///< km/s^2
    double jerk = 0;          ///< km/s^3
};

Limits limits_of(const Satellite& s) {
    const GravityConstants& g = constants_of(s.gravity);
    const double a = s.semi_major_radii * g.radius_km, e = s.elements.eccentricity;
    const double low = std::max(a * (1 - e) * 0.97 - 40.0, 0.95 * g.radius_km);
    const double fastest = std::sqrt(2 * g.mu_km3_s2 / low);
    return {1.02 * g.mu_km3_s2 / (low * low), 2.1 * g.mu_km3_s2 / (low * low * low) * fastest};
}

struct Piece {
    double middle_s, half_s;
};

/// The pair in the middle of a piece, and where it seems closest.
struct Look {
    bool has_state = false;
    double distance = 0;  ///< the lesser of the two
    double least = 0;  ///< proven for the whole piece
};

class Watched {
public:
    Watched(const Satellite& a, const Satellite& b, Instant start)
        : a_(&a),
          b_(&b),
          offset_a_(minutes_between(start, a.elements.epoch)),
          offset_b_(minutes_between(start, b.elements.epoch)),
          limits_a_(limits_of(a)),
          limits_b_(limits_of(b)) {}

    Look look(Piece piece, double enough_km) {
        const State x = state(*a_, offset_a_, piece.middle_s, track_a_);
        const State y = state(*b_, offset_b_, piece.middle_s, track_b_);
        if (x.refusal != Refusal::None || y.refusal != Refusal::None) return {};
        double p[3];
        for (std::size_t k = 0; k < 3; ++k) p[k] = y.position_km[k] - x.position_km[k];
        const double w = piece.half_s, distance = norm_of(p[0], p[1], p[2]);
        // velocities are no exact rates of positions: 0.2 km/s is far more than the difference
        const double travel = speed(x) + speed(y) + 0.2 + (limits_a_.acceleration + limits_b_.acceleration) * w / 2;
        if (distance - travel * w > enough_km) return {true, distance, distance - travel * w};
        const Curve curve = least_of_curve(piece, p);
        const State xs = state(*a_, offset_a_, piece.middle_s + curve.closest_s, track_a_);
        const State ys = state(*b_, offset_b_, piece.middle_s + curve.closest_s, track_b_);
        const double there = norm_of(ys.position_km[0] - xs.position_km[0], ys.position_km[1] - xs.position_km[1],
                                     ys.position_km[2] - xs.position_km[2]);
        if (!std::isfinite(there) || !std::isfinite(curve.least_km)) return {};
        return {true, std::min(distance, there), std::max(distance - travel * w, curve.least_km)};
    }

private:
    static double speed(const State& s) { return norm_of(s.velocity_km_s[0], s.velocity_km_s[1], s.velocity_km_s[2]); }
    static State state(const Satellite& s, double offset, double seconds, ResonanceTrack& track) {
        return propagate(s, offset + seconds / 60, track);
    }

    /// Straight path by differences of positions, less what its own curving and the change of that can do.
    struct Curve {
        double closest_s, least_km;
    };
    Curve least_of_curve(Piece piece, const double (&p)[3]) {
        const State x0 = state(*a_, offset_a_, piece.middle_s - side_s, track_a_);
        const State x1 = state(*a_, offset_a_, piece.middle_s + side_s, track_a_);
        const State y0 = state(*b_, offset_b_, piece.middle_s - side_s, track_b_);
        const State y1 = state(*b_, offset_b_, piece.middle_s + side_s, track_b_);
        double v[3], c[3];
        for (std::size_t k = 0; k < 3; ++k) {
            const double before = y0.position_km[k] - x0.position_km[k], after = y1.position_km[k] - x1.position_km[k];
            v[k] = (after - before) / (2 * side_s);
            c[k] = (after - 2 * p[k] + before) / (side_s * side_s);
        }
        const double jerk = limits_a_.jerk + limits_b_.jerk, w = piece.half_s;
        const double v2 = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
        const double pv = p[0] * v[0] + p[1] * v[1] + p[2] * v[2];
        const double s = v2 > 0 ? std::clamp(-pv / v2, -w, w) : 0;
        const double straight = norm_of(p[0] + v[0] * s, p[1] + v[1] * s, p[2] + v[2] * s);
        // the differences themselves are off by a sixth of the jerk (rate) and by less than the jerk (curving)
        const double curving = norm_of(c[0], c[1], c[2]) + jerk * side_s;
        return {s, straight - curving * w * w / 2 - jerk * w * w * w / 6 - jerk * side_s * side_s / 6 * w};
    }

    const Satellite* a_;
    const Satellite* b_;
    double offset_a_, offset_b_;
    Limits limits_a_, limits_b_;
    ResonanceTrack track_a_, track_b_;
};

enum class Finding : std::uint8_t { Proven, TooClose, NotProven, NoState };

struct PairFinding {
    Finding finding = Finding::NotProven;
    double met_km = infinity;
};

PairFinding follow_pair(Watched watched, Piece whole, double within_km, double claimed_km) {
    PairFinding out;
    std::vector<Piece> open = {whole};
    for (int looked = 0; !open.empty(); ++looked) {
        if (looked == most_pieces) return {Finding::NotProven, out.met_km};
        const Piece piece = open.back();
        open.pop_back();
        const Look look = watched.look(piece, std::max(within_km, claimed_km));
        if (!look.has_state) return {Finding::NoState, out.met_km};
        out.met_km = std::min(out.met_km, look.distance);
        if (look.distance < within_km) return {Finding::TooClose, out.met_km};
        if (look.least >= within_km) continue;
        const double half = piece.half_s / 2;
        open.push_back({piece.middle_s - half, half});
        open.push_back({piece.middle_s + half, half});
    }
    out.finding = Finding::Proven;
    return out;
}

}  // namespace

DropCheck check_dropped(std::span<const Satellite> satellites, Instant start, double step_seconds, double within_km,
                        std::span<const DroppedPair> sample, const std::function<void(double)>& progress) {
    DropCheck out;
    out.tightest_km = out.tightest_bound_km = infinity;
    constexpr std::size_t between_reports = 4096;
    for (std::size_t k = 0; k < sample.size(); ++k) {
        if (progress && k % between_reports == 0) progress(static_cast<double>(k) / static_cast<double>(sample.size()));
        const DroppedPair& one = sample[k];
        const double half = step_seconds / 2, middle = (one.interval + 0.5) * step_seconds;
        const PairFinding found = follow_pair({satellites[one.first], satellites[one.second], start}, {middle, half},
                                              within_km, one.bound_km);
        ++out.checked;
        ++out.by_rule[static_cast<std::size_t>(one.rule)];
        if (found.finding == Finding::NoState) {
            ++out.without_state;
            continue;
        }
        if (found.finding == Finding::Proven) ++out.proven;
        if (found.finding == Finding::TooClose) ++out.too_close;
        // what was met is at least the true minimum: a bound above it is no bound
        if (found.met_km < one.bound_km) ++out.bound_broken;
        out.tightest_km = std::min(out.tightest_km, found.met_km - within_km);
        out.tightest_bound_km = std::min(out.tightest_bound_km, found.met_km - one.bound_km);
    }
    return out;
}

}  // namespace icosa::methods::orbit
