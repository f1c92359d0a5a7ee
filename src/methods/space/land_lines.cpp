/// Balls over pieces of lines, and the search through them.
#include "methods/space/land_lines.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace icosa::methods {
namespace {

using orbit::cross;
using orbit::dot;
using orbit::unit;
using orbit::Vector;

constexpr std::size_t ball_children = 8;
constexpr double chord_slack = 1e-12;  ///< of what rounding takes from a bound; a thousandth of a millimetre is 1e-13

Vector unit_of(GlobePoint at) {
    const double latitude = at.latitude_deg * std::numbers::pi / 180;
    const double longitude = at.longitude_deg * std::numbers::pi / 180;
    return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
}
GlobePoint point_of(const Vector& v) {
    constexpr double degrees = 180 / std::numbers::pi;
    return {std::atan2(v[2], std::hypot(v[0], v[1])) * degrees, std::atan2(v[1], v[0]) * degrees};
}
double chord2_of(const Vector& a, const Vector& b) {
    const Vector d = orbit::minus(a, b);
    return dot(d, d);
}
/// The squared chord from p to the great circle between a and b, and where on it.
struct Foot {
    double chord2;
    Vector at;
};

double chord2_to(const Vector& p, const Vector& a, const Vector& b) {
    const Vector n = cross(a, b);
    if (dot(cross(n, a), p) >= 0 && dot(cross(b, n), p) >= 0) {
        const double n2 = dot(n, n), along = dot(n, p);
        if (n2 > 0) {
            const double sine2 = std::min(1.0, along * along / n2);
            return 2 * sine2 / (1 + std::sqrt(1 - sine2));
        }
    }
    return std::min(chord2_of(p, a), chord2_of(p, b));
}

Foot foot_of(const Vector& p, const Vector& a, const Vector& b) {
    const Vector n = cross(a, b);
    const double chord2 = chord2_to(p, a, b), to_a = chord2_of(p, a), to_b = chord2_of(p, b);
    if (chord2 >= std::min(to_a, to_b)) return {chord2, to_a <= to_b ? a : b};
    const Vector normal = unit(n);
    const double height = dot(normal, p);
    return {chord2, unit({p[0] - height * normal[0], p[1] - height * normal[1], p[2] - height * normal[2]})};
}

/// Interleaved bits of a place on the globe: near numbers are near places.
std::uint64_t place_key(const Vector& v) {
    const GlobePoint at = point_of(v);
    const auto x = static_cast<std::uint64_t>((at.longitude_deg + 180) / 360 * 65535);
    const auto y = static_cast<std::uint64_t>((at.latitude_deg + 90) / 180 * 65535);
    std::uint64_t out = 0;
    for (unsigned bit = 0; bit < 16; ++bit) out |= (x >> bit & 1U) << (2 * bit) | (y >> bit & 1U) << (2 * bit + 1);
    return out;
}

}  // namespace

LandLines::LandLines(const Land& land, const std::vector<std::size_t>& arcs) {
    std::uint32_t order = 0;
    for (const std::size_t index : arcs) {
        const LandArc& arc = land.arcs[index];
        Vector before{};
        for (std::uint32_t i = 0; i < arc.size; ++i) {
            const LandPoint& at = land.points[arc.first + i];
            const Vector here = unit_of({at.latitude_microdeg / 1e6, at.longitude_microdeg / 1e6});
            if (i > 0) pieces_.push_back({before, here, order++, arc.one, arc.other});
            before = here;
        }
    }
    build();
}

void LandLines::build() {
    if (pieces_.empty()) return;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keys;
    for (const Piece& piece : pieces_)
        keys.emplace_back(place_key({piece.a[0] + piece.b[0], piece.a[1] + piece.b[1], piece.a[2] + piece.b[2]}),
                          piece.order);
    std::ranges::sort(keys);
    std::vector<Piece> sorted;
    sorted.reserve(pieces_.size());
    for (const auto& [key, order] : keys) sorted.push_back(pieces_[order]);
    pieces_ = std::move(sorted);
    std::vector<Ball>& lowest = levels_.emplace_back();
    for (const Piece& piece : pieces_) {
        const Vector centre = unit({piece.a[0] + piece.b[0], piece.a[1] + piece.b[1], piece.a[2] + piece.b[2]});
        lowest.push_back({centre, std::sqrt(std::max(chord2_of(centre, piece.a), chord2_of(centre, piece.b)))});
    }
    std::size_t pieces_each = 1;
    while (levels_.back().size() > 1) {
        pieces_each *= ball_children;
        std::vector<Ball> above;
        for (std::size_t first = 0; first < pieces_.size(); first += pieces_each)
            above.push_back(ball_about(first, std::min(pieces_.size(), first + pieces_each)));
        levels_.push_back(std::move(above));
    }
}

/// Both ends of a piece within a ball: then all of it, for the ball's part of the sphere is a cap.
LandLines::Ball LandLines::ball_about(std::size_t first, std::size_t last) const {
    Ball out;
    for (std::size_t i = first; i < last; ++i)
        for (std::size_t axis = 0; axis < 3; ++axis) out.centre[axis] += pieces_[i].a[axis] + pieces_[i].b[axis];
    for (double& one : out.centre) one /= 2 * static_cast<double>(last - first);
    double most = 0;
    for (std::size_t i = first; i < last; ++i)
        most = std::max({most, chord2_of(out.centre, pieces_[i].a), chord2_of(out.centre, pieces_[i].b)});
    out.radius = std::sqrt(most);
    return out;
}

void LandLines::look(const Vector& from, const Piece& piece, Best& best) const {
    const double chord2 = chord2_to(from, piece.a, piece.b);
    if (chord2 < best.chord2 || (chord2 == best.chord2 && best.piece && piece.order < best.piece->order))
        best = {chord2, &piece};
}

NearestLine LandLines::told(const Vector& from, const Best& best) const {
    NearestLine out{std::numeric_limits<double>::infinity(), {}, 0, 0};
    if (!best.piece) return out;
    const Foot foot = foot_of(from, best.piece->a, best.piece->b);
    out.km = 2 * mean_earth_radius_km * std::asin(std::min(1.0, std::sqrt(foot.chord2) / 2));
    out.at = point_of(foot.at);
    out.one = best.piece->one;
    out.other = best.piece->other;
    return out;
}

NearestLine LandLines::nearest(GlobePoint at) const {
    const Vector from = unit_of(at);
    Best best{std::numeric_limits<double>::infinity(), nullptr};
    if (pieces_.empty()) return told(from, best);
    struct Waiting {
        double bound;  ///< a chord that nothing within is closer than
        std::size_t level, index;
    };
    std::vector<Waiting> stack = {{0, levels_.size() - 1, 0}};
    std::array<Waiting, ball_children> near{};
    double reach = std::numeric_limits<double>::infinity();  // the chord beyond which nothing is looked at
    while (!stack.empty()) {
        const Waiting top = stack.back();
        stack.pop_back();
        if (top.bound > reach) continue;
        if (top.level == 0) {
            look(from, pieces_[top.index], best);
            reach = std::sqrt(best.chord2) + chord_slack;
            continue;
        }
        const std::vector<Ball>& below = levels_[top.level - 1];
        const std::size_t first = top.index * ball_children, last = std::min(below.size(), first + ball_children);
        std::size_t found = 0;
        for (std::size_t i = first; i < last; ++i) {
            const double bound = std::sqrt(chord2_of(from, below[i].centre)) - below[i].radius;
            if (bound > reach) continue;
            std::size_t place = found++;  // the nearest last, so that it is looked at first
            for (; place > 0 && near[place - 1].bound < bound; --place) near[place] = near[place - 1];
            near[place] = {bound, top.level - 1, i};
        }
        stack.insert(stack.end(), near.begin(), near.begin() + static_cast<std::ptrdiff_t>(found));
    }
    return told(from, best);
}

NearestLine LandLines::nearest_by_all(GlobePoint at) const {
    const Vector from = unit_of(at);
    Best best{std::numeric_limits<double>::infinity(), nullptr};
    for (const Piece& piece : pieces_) look(from, piece, best);
    return told(from, best);
}

std::vector<std::size_t> coast_arcs(const Land& land) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < land.arcs.size(); ++i)
        if (land.arcs[i].kind == LandLine::Coast) out.push_back(i);
    return out;
}

std::vector<std::size_t> arcs_around(const Land& land, std::uint8_t country) {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < land.arcs.size(); ++i) {
        const LandArc& arc = land.arcs[i];
        if (arc.kind != LandLine::Cut && (arc.one == country || arc.other == country)) out.push_back(i);
    }
    return out;
}

const LandLines& coast_lines() {
    static const LandLines lines(land(), coast_arcs(land()));
    return lines;
}

}  // namespace icosa::methods
