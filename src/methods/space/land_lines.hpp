/// How far it is to the nearest coast, or to the nearest border of a country.
#pragma once

#include <cstdint>
#include <vector>

#include "methods/orbit/vector.hpp"
#include "methods/space/great_circle.hpp"
#include "methods/space/land.hpp"

namespace icosa::methods {

struct NearestLine {
    double km = 0;  ///< infinity where there is no line at all
    GlobePoint at;
    std::uint8_t one = 0, other = 0;  ///< what stands on the line's sides; of a coast, `other` is the country
};

/// Pieces of lines, each a great circle between its ends, in balls of eight, and those again: what lies farther than
/// the best so far is not looked at.
///
///     n = a x b;  the foot of p lies between a and b where (n x a) p >= 0 and (b x n) p >= 0
///     then sin d = |n p| / |n|, else d is the angle to the nearer end;  km = R d
///
/// src   [omohundro1989] balls over points, nearest by branch and bound; R as great_circle.hpp
/// cost  about 100 pieces and balls a point
/// seen  land_lines_test: equal to a look at every piece
class LandLines {
public:
    explicit LandLines(const Land& land, const std::vector<std::size_t>& arcs);

    /// The first in the order of arcs among equals.
    [[nodiscard]] NearestLine nearest(GlobePoint from) const;
    /// By a look at every piece: what tests and benches compare with.
    [[nodiscard]] NearestLine nearest_by_all(GlobePoint from) const;
    [[nodiscard]] std::size_t pieces() const { return pieces_.size(); }

private:
    using Vector = orbit::Vector;  ///< of the unit sphere
    struct Piece {
        Vector a, b;
        std::uint32_t order = 0;  ///< in that of arcs and points
        std::uint8_t one = 0, other = 0;
    };
    struct Ball {
        Vector centre{};
        double radius = 0;  ///< chords
    };
    struct Best {
        double chord2 = 0;
        const Piece* piece = nullptr;
    };

    void build();
    [[nodiscard]] Ball ball_about(std::size_t first, std::size_t last) const;
    void look(const Vector& from, const Piece& piece, Best& best) const;
    [[nodiscard]] NearestLine told(const Vector& from, const Best& best) const;

    std::vector<Piece> pieces_;
    std::vector<std::vector<Ball>>
        levels_;  ///< of each piece, of eight pieces, of eight of those, ...; the last has one
};

[[nodiscard]] std::vector<std::size_t> coast_arcs(const Land& land);
/// All arcs that close the country's rings, but for cuts.
[[nodiscard]] std::vector<std::size_t> arcs_around(const Land& land, std::uint8_t country);

/// Coasts of `land()`, built at the first call.
[[nodiscard]] const LandLines& coast_lines();

}  // namespace icosa::methods
