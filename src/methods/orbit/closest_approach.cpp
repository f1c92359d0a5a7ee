/// The minima of the distance between two objects within one interval, by the propagator itself.
#include "methods/orbit/closest_approach.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "methods/orbit/vector.hpp"

namespace icosa::methods::orbit {

namespace {

constexpr double beside_s = 1e-3;

struct Relative {
    Vector p, v;
    double curving = 0;  ///< relative position times relative acceleration
};

class TwoObjects {
public:
    TwoObjects(Follower a, Follower b, const ApproachSpan& span)
        : a_(a), b_(b), span_(span), mu_(constants_of(a.satellite->gravity).mu_km3_s2) {}

    /// At seconds from the middle.
    std::optional<Relative> at(double s) {
        const State x = state(a_, s), y = state(b_, s);
        if (x.refusal != Refusal::None || y.refusal != Refusal::None) return std::nullopt;
        Relative out{minus(y.position_km, x.position_km), minus(y.velocity_km_s, x.velocity_km_s), 0};
        const double rx = length(x.position_km), ry = length(y.position_km);
        const double gx = -mu_ / (rx * rx * rx), gy = -mu_ / (ry * ry * ry);
        out.curving = gy * dot(out.p, y.position_km) - gx * dot(out.p, x.position_km);
        return out;
    }

    /// Squared distance alone; NaN where refused.
    double square(double s) {
        const Vector d = minus(state(b_, s).position_km, state(a_, s).position_km);
        return dot(d, d);
    }

    /// The row at the microsecond nearest to `s`, if it is one.
    void add_row(double s, std::vector<Conjunction>& out) const {
        Conjunction row;
        row.at = later(span_.start, std::llround((span_.middle_s + s) * 1e6));
        row.first_state = propagate(*a_.satellite, row.at);
        row.second_state = propagate(*b_.satellite, row.at);
        if (row.first_state.refusal != Refusal::None || row.second_state.refusal != Refusal::None) return;
        const Vector d = minus(row.second_state.position_km, row.first_state.position_km);
        row.miss_km = length(d);
        if (!(row.miss_km < span_.within_km)) return;
        row.relative_speed_km_s = length(minus(row.second_state.velocity_km_s, row.first_state.velocity_km_s));
        row.miss_rtn_km = miss_rtn_km(row.first_state, row.second_state);
        out.push_back(row);
    }

private:
    State state(Follower& of, double s) const {
        const double minutes = of.offset_minutes + (span_.middle_s + s) / 60.0;
        return propagate(*of.satellite, minutes, of.track);
    }

    Follower a_, b_;
    ApproachSpan span_;
    double mu_;
};

/// Where the distance is least near `s`, its rate taken from positions `side` seconds to either side.
std::optional<double> polished(TwoObjects& pair, double s, double side) {
    for (int k = 0; k < 3; ++k) {
        const auto here = pair.at(s);
        if (!here) return std::nullopt;
        const double slope = (pair.square(s + side) - pair.square(s - side)) / (4 * side);
        const double steep = dot(here->v, here->v) + here->curving;
        if (!(steep > 0) || !std::isfinite(slope)) return std::nullopt;
        const double step = -slope / steep;
        s += step;
        if (std::abs(step) < 1e-4) return s;
    }
    return s;
}

void find_fast(TwoObjects& pair, const ApproachSpan& span, std::vector<Conjunction>& out) {
    double s = std::clamp(span.guess_s, -span.half_s, span.half_s);
    for (int k = 0; k < 12; ++k) {
        const auto here = pair.at(s);
        if (!here) return;
        const double v2 = dot(here->v, here->v), along = dot(here->p, here->v);
        const double step = -along / (v2 + here->curving);
        if (!std::isfinite(step)) return;
        // within a second the path is straight to 0.01 km
        const double miss2 = dot(here->p, here->p) - along * along / v2;
        const double limit = span.within_km + 0.05;
        if (std::abs(step) < 1.0 && miss2 > limit * limit) return;
        s += step;
        if (std::abs(s) > span.half_s + 5.0) return;
        if (std::abs(step) < 1e-3) break;
    }
    const auto least = polished(pair, s, 0.02);
    if (least && std::abs(*least) <= span.half_s + beside_s) pair.add_row(*least, out);
}

void find_slow(const Follower& a, const Follower& b, TwoObjects& pair, const ApproachSpan& span,
               std::vector<Conjunction>& out) {
    constexpr std::size_t samples = 15;
    const double apart = span.half_s / 6;
    std::array<double, samples> minutes_a{}, minutes_b{};
    for (std::size_t k = 0; k < samples; ++k) {
        const double s = span.middle_s + (static_cast<double>(k) - 7) * apart;
        minutes_a[k] = a.offset_minutes + s / 60;
        minutes_b[k] = b.offset_minutes + s / 60;
    }
    States x, y;
    propagate_times(*a.satellite, minutes_a, x);
    propagate_times(*b.satellite, minutes_b, y);
    std::array<double, samples> square{};
    for (std::size_t k = 0; k < samples; ++k) {
        const Vector d{y.x[k] - x.x[k], y.y[k] - x.y[k], y.z[k] - x.z[k]};
        square[k] = dot(d, d);
    }
    for (std::size_t k = 1; k + 1 < samples; ++k) {
        if (!(square[k] <= square[k - 1] && square[k] < square[k + 1])) continue;
        const double from = (static_cast<double>(k) - 7) * apart;
        const double bow = square[k + 1] - 2 * square[k] + square[k - 1];
        double s = from - apart * (square[k + 1] - square[k - 1]) / (2 * bow);
        // parabolas through positions 2 s to either side: nearer, their last digits would show
        for (int turn = 0; turn < 10; ++turn) {
            constexpr double side = 2;
            const double low = pair.square(s - side), mid = pair.square(s), high = pair.square(s + side);
            const double step = -side * (high - low) / (2 * (high - 2 * mid + low));
            if (!std::isfinite(step)) break;
            s += std::clamp(step, -apart, apart);
            if (std::abs(step) < 1e-4) break;
        }
        if (std::abs(s) <= span.half_s + beside_s) pair.add_row(s, out);
    }
}

}  // namespace

Vector miss_rtn_km(const State& first, const State& second) {
    const Vector d = minus(second.position_km, first.position_km);
    const Vector radial = unit(first.position_km);
    const Vector across = unit(cross(first.position_km, first.velocity_km_s));
    return {dot(d, radial), dot(d, cross(across, radial)), dot(d, across)};
}

void find_approaches(Follower a, Follower b, const ApproachSpan& span, std::vector<Conjunction>& out) {
    TwoObjects pair(a, b, span);
    const auto near = pair.at(std::clamp(span.guess_s, -span.half_s, span.half_s));
    if (!near) return;
    // the squared distance is convex where the square of the relative speed exceeds position times acceleration: the
    // Earth's pull differs by 1.3e-6 / s^2 times the distance, all else by 7e-5 km/s^2 at most
    const double speed = length(near->v), far = span.within_km + 2 * span.half_s * speed;
    if (speed * speed > 4 * (1.3e-6 * far * far + 7e-5 * far)) find_fast(pair, span, out);
    else find_slow(a, b, pair, span, out);
}

void merge_approaches(std::vector<Conjunction>& approaches) {
    std::ranges::sort(approaches, [](const Conjunction& a, const Conjunction& b) {
        if (a.first != b.first) return a.first < b.first;
        return a.second != b.second ? a.second < b.second : a.at < b.at;
    });
    const auto is_same = [](const Conjunction& a, const Conjunction& b) {
        return a.first == b.first && a.second == b.second && microseconds_between(b.at, a.at) < 10'000;
    };
    const auto rest = std::ranges::unique(approaches, is_same);
    approaches.erase(rest.begin(), rest.end());
}

}  // namespace icosa::methods::orbit
