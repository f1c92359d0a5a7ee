/// One interval of the search: which pairs may come close within it, and with what bound the others do not.
#include "methods/orbit/interval_pairs.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number.hpp"

namespace icosa::methods::orbit {

namespace {

/// What rounding, and the last digits of the batched propagator, can do to a bound.
constexpr double margin_km = 1e-3;
constexpr std::size_t columns = 6, overread = 8;
constexpr std::uint32_t most_found = 1U << 18U;
/// Over the ground, at escape velocity: 1.75e-3.
constexpr double most_turn_rad_s = 1.9e-3;
constexpr double least_radius_km = 5000;

/// splitmix64
std::uint64_t next_bits(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
}
std::uint32_t below(std::uint64_t& state, std::size_t count) {
    return static_cast<std::uint32_t>((next_bits(state) >> 32U) * count >> 32U);
}

}  // namespace

IntervalPairs::IntervalPairs(const SearchKernels& kernels, double half_s, double within_km)
    : kernels_(&kernels), half_s_(half_s), within_km_(within_km + margin_km) {}

void IntervalPairs::set_paths(const Frame& f) {
    const std::size_t n = f.is_in.size();
    paths_.resize(n);
    for (std::size_t k = 0; k < n; ++k)
        paths_[k] = {{f.states.x[k], f.states.y[k], f.states.z[k]},
                     {f.states.vx[k], f.states.vy[k], f.states.vz[k]},
                     f.bounds.pull[k],
                     f.bounds.bend[k]};
}

IntervalPairs::Straight IntervalPairs::straight(std::uint32_t a, std::uint32_t b) const {
    const Path& x = paths_[a];
    const Path& y = paths_[b];
    double p2 = 0, pv = 0, v2 = 0, c2 = 0;
    for (std::size_t k = 0; k < 3; ++k) {
        const double p = y.p[k] - x.p[k], v = y.v[k] - x.v[k], c = x.pull * x.p[k] - y.pull * y.p[k];
        p2 += p * p;
        pv += p * v;
        v2 += v * v;
        c2 += c * c;
    }
    const double s = v2 > 0 ? std::clamp(-pv / v2, -half_s_, half_s_) : 0.0;
    const double least = std::sqrt(std::max(0.0, p2 + s * (2 * pv + s * v2)));
    return {s, least - std::sqrt(c2) * half_s_ * half_s_ * 0.5 - x.bend - y.bend};
}

void IntervalPairs::take(const PlacePair* from, const PlacePair* to, std::span<const std::uint32_t> slot_of) {
    for (; from != to; ++from) {
        const std::uint32_t a = slot_of[from->a], b = slot_of[from->b];
        reached_.push_back({a, b});
        const Straight path = straight(a, b);
        if (path.bound_km >= within_km_) continue;
        kept_.push_back({a, b, path.guess_s});
    }
}

ScanColumns IntervalPairs::sorted_by(const Frame& f, std::span<const std::uint32_t> order) {
    const std::size_t n = order.size(), stride = n + overread;
    sorted_.resize(columns * stride);
    double* at[columns];
    const double* from[columns] = {f.states.x.data(),      f.states.y.data(),     f.states.z.data(),
                                   f.bounds.radius.data(), f.bounds.reach.data(), f.bounds.shell.data()};
    for (std::size_t c = 0; c < columns; ++c) {
        at[c] = sorted_.data() + c * stride;
        for (std::size_t k = 0; k < n; ++k) at[c][k] = from[c][order[k]];
        for (std::size_t k = n; k < stride; ++k) at[c][k] = 0;
    }
    return {at[0], at[1], at[2], at[3], at[4], at[5]};
}

void IntervalPairs::scan(const ScanColumns& at, Range a, Range b, std::span<const std::uint32_t> slot_of) {
    // in slices, so that the pairs of one call fit a small buffer
    const std::uint32_t many = std::max<std::uint32_t>(1, most_found / std::max<std::uint32_t>(1, b.to - b.from));
    for (std::uint32_t from = a.from; from < a.to; from += many) {
        const std::uint32_t to = std::min(a.to, from + many);
        const std::size_t most = std::size_t{to - from} * (b.to - b.from);
        if (found_.size() < most) found_.resize(most);
        take(found_.data(), kernels_->scan(at, from, to, b.from, b.to, within_km_, found_.data()), slot_of);
    }
}

void IntervalPairs::scan_all(const Frame& f) {
    double turn = 0, lowest = infinity;
    is_sorted_.assign(f.is_in.size(), 0);
    wild_.clear();
    for (std::uint32_t k = 0; k < f.is_in.size(); ++k) {
        if (f.is_in[k] == 0) continue;
        // one that may turn by more than anything in orbit can would make the cells of all wide
        if (!(f.bounds.turn[k] < most_turn_rad_s * half_s_) || !(f.bounds.lowest[k] > least_radius_km)) {
            wild_.push_back(k);
            continue;
        }
        is_sorted_[k] = 1;
        turn = std::max(turn, f.bounds.turn[k]);
        lowest = std::min(lowest, f.bounds.lowest[k]);
    }
    const double apart = lowest < infinity ? std::asin(std::min(1.0, within_km_ / lowest)) : 1.0;
    cells_.sort(std::min(2 * turn + apart, 3.0), f.bounds.latitude, f.bounds.longitude, is_sorted_);
    const ScanColumns columns_now = sorted_by(f, cells_.order());
    cells_.each_run([&](std::uint32_t a, std::uint32_t a_end, std::uint32_t b, std::uint32_t b_end) {
        if (a == a_end || b >= b_end) return;
        counts_.in_cells += std::int64_t{a_end - a} * (b_end - b);
        if (b <= a) counts_.in_cells -= std::int64_t{a_end - a} * (a_end - a + 1) / 2;
        scan(columns_now, {a, a_end}, {b, b_end}, cells_.order());
    });
    if (wild_.empty()) return;
    const auto sorted = std::ssize(cells_.order()), wild = std::ssize(wild_);
    counts_.in_cells += wild * sorted + wild * (wild - 1) / 2;
    scan_first(f, wild_);
}

void IntervalPairs::scan_first(const Frame& f, std::span<const std::uint32_t> against) {
    // those asked for in front: a scan looks forward only
    slots_.clear();
    std::vector<std::uint8_t> is_first(f.is_in.size(), 0);
    for (const std::uint32_t one : against) {
        is_first[one] = 1;
        if (f.is_in[one] != 0) slots_.push_back(one);
    }
    const auto chosen = static_cast<std::uint32_t>(slots_.size());
    for (std::uint32_t k = 0; k < f.is_in.size(); ++k)
        if (f.is_in[k] != 0 && is_first[k] == 0) slots_.push_back(k);
    const auto all = static_cast<std::uint32_t>(slots_.size());
    scan(sorted_by(f, slots_), {0, chosen}, {0, all}, slots_);
}

void IntervalPairs::find(const Frame& frame, std::span<const std::uint32_t> against) {
    counts_ = {};
    kept_.clear();
    reached_.clear();
    set_paths(frame);
    if (against.empty()) scan_all(frame);
    else scan_first(frame, against);
    const std::int64_t n = std::ranges::count(frame.is_in, std::uint8_t{1});
    std::int64_t chosen = 0;
    for (const std::uint32_t one : against) chosen += frame.is_in[one];
    counts_.pairs = against.empty() ? n * (n - 1) / 2 : chosen * (n - chosen) + chosen * (chosen - 1) / 2;
    if (!against.empty()) counts_.in_cells = counts_.pairs;
    counts_.in_reach = std::ssize(reached_);
    counts_.kept = std::ssize(kept_);
}

bool IntervalPairs::is_dropped(const Frame& f, bool by_cells, std::uint32_t a, std::uint32_t b,
                               DroppedPair& out) const {
    const Vector p{f.states.x[a], f.states.y[a], f.states.z[a]}, q{f.states.x[b], f.states.y[b], f.states.z[b]};
    const Bounds& bounds = f.bounds;
    out.first = a, out.second = b;
    out.interval = static_cast<std::int32_t>(f.interval);
    if (by_cells && is_sorted_[a] != 0 && is_sorted_[b] != 0 && !cells_.are_neighbours(a, b)) {
        const double angle = std::atan2(length(cross(p, q)), dot(p, q)) - bounds.turn[a] - bounds.turn[b];
        out.rule = DropRule::Direction;
        out.bound_km =
            std::min(bounds.lowest[a], bounds.lowest[b]) * std::sin(std::clamp(angle, 0.0, std::numbers::pi / 2));
        return true;
    }
    const double reach = length(minus(p, q)) - bounds.reach[a] - bounds.reach[b];
    const double shell = std::abs(bounds.radius[a] - bounds.radius[b]) - bounds.shell[a] - bounds.shell[b];
    if (reach >= within_km_ || shell >= within_km_) {
        out.rule = reach >= within_km_ ? DropRule::Reach : DropRule::Shell;
        out.bound_km = std::max(reach, shell);
        return true;
    }
    out.rule = DropRule::Path;
    out.bound_km = straight(a, b).bound_km;
    return out.bound_km >= within_km_;
}

void IntervalPairs::sample(const Frame& f, std::span<const std::uint32_t> against, std::size_t count,
                           std::uint64_t seed, std::vector<DroppedPair>& out) const {
    std::uint64_t bits = seed ^ (static_cast<std::uint64_t>(f.interval) * 0xd1342543de82ef95U);
    const bool by_cells = against.empty();
    const std::size_t n = f.is_in.size(), wanted = out.size() + count;
    DroppedPair one;
    const auto add = [&](std::uint32_t a, std::uint32_t b) {
        if (a != b && f.is_in[a] != 0 && f.is_in[b] != 0 && is_dropped(f, by_cells, a, b, one)) out.push_back(one);
    };
    const std::size_t of_path = out.size() + count / 4, of_neighbours = of_path + count / 4;
    for (std::size_t k = 0; k < count && out.size() < of_path && !reached_.empty(); ++k) {
        const PlacePair& pair = reached_[below(bits, reached_.size())];
        add(pair.a, pair.b);
    }
    for (std::size_t k = 0; k < 4 * count && out.size() < of_neighbours && by_cells; ++k) {
        const std::uint32_t a = below(bits, n);
        if (is_sorted_[a] == 0) continue;
        const std::uint32_t from = cells_.place_of(a), end = cells_.end_of_own_run(a);
        add(a, cells_.order()[from + below(bits, end - from)]);
    }
    for (std::size_t k = 0; k < 4 * count && out.size() < wanted; ++k) {
        const std::uint32_t a = by_cells ? below(bits, n) : against[below(bits, against.size())];
        add(a, below(bits, n));
    }
}

}  // namespace icosa::methods::orbit
