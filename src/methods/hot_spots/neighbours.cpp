/// A k-d tree of unit vectors, halved at the median of the widest side, and what is asked of it.
#include "methods/hot_spots/neighbours.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <queue>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/prio_grid.hpp"

namespace icosa::methods::hot_spots {
namespace {

using SpherePoint = std::array<double, 3>;

SpherePoint vector_of(GlobePoint at) {
    constexpr double radians = std::numbers::pi / 180;
    const double latitude = at.latitude_deg * radians, longitude = at.longitude_deg * radians;
    return {std::cos(latitude) * std::cos(longitude), std::cos(latitude) * std::sin(longitude), std::sin(latitude)};
}

double squared(const SpherePoint& a, const SpherePoint& b) {
    const double x = a[0] - b[0], y = a[1] - b[1], z = a[2] - b[2];
    return x * x + y * y + z * z;
}

class Tree {
public:
    explicit Tree(std::span<const GlobePoint> places) : number_(places.size()) {
        std::iota(number_.begin(), number_.end(), 0);
        for (const auto& place : places) given_.push_back(vector_of(place));
        if (!given_.empty()) split(0, given_.size());
        for (const auto number : number_) at_.push_back(given_[static_cast<std::size_t>(number)]);
    }

    /// Calls see(number, squared chord) for each other place within the squared chord that bound() gives, which may
    /// shrink on the way.
    template <class Bound, class See> void visit(std::size_t from, const Bound& bound, const See& see) const {
        visit(0, number_.size(), 0, given_[from], static_cast<std::int32_t>(from), bound, see);
    }

private:
    static constexpr std::size_t leaf = 12;

    struct Cut {
        int axis = 0;
        double at = 0;
    };

    /// Cuts stand in the order of a walk: a node, its lower half, its upper half.
    void split(std::size_t first, std::size_t end) {
        if (end - first <= leaf) return;
        SpherePoint low = given_[static_cast<std::size_t>(number_[first])], high = low;
        for (std::size_t i = first; i < end; ++i) {
            for (std::size_t axis = 0; axis < 3; ++axis) {
                const double x = given_[static_cast<std::size_t>(number_[i])][axis];
                low[axis] = std::min(low[axis], x);
                high[axis] = std::max(high[axis], x);
            }
        }
        std::size_t widest = 0;
        for (std::size_t axis = 1; axis < 3; ++axis) {
            if (high[axis] - low[axis] > high[widest] - low[widest]) widest = axis;
        }
        const std::size_t middle = first + (end - first) / 2;
        const auto coordinate = [&](std::int32_t number) { return given_[static_cast<std::size_t>(number)][widest]; };
        std::nth_element(number_.begin() + static_cast<std::ptrdiff_t>(first),
                         number_.begin() + static_cast<std::ptrdiff_t>(middle),
                         number_.begin() + static_cast<std::ptrdiff_t>(end),
                         [&](auto a, auto b) { return coordinate(a) < coordinate(b); });
        const std::size_t mine = cuts_.size();
        cuts_.push_back({static_cast<int>(widest), coordinate(number_[middle])});
        upper_.push_back(0);
        split(first, middle);
        upper_[mine] = cuts_.size();
        split(middle, end);
    }

    template <class Bound, class See>
    void visit(std::size_t first, std::size_t end, std::size_t cut, const SpherePoint& from, std::int32_t self,
               const Bound& bound, const See& see) const {
        if (end - first <= leaf) {
            for (std::size_t i = first; i < end; ++i) {
                const double distance = squared(at_[i], from);
                if (distance <= bound() && number_[i] != self) see(number_[i], distance);
            }
            return;
        }
        const std::size_t middle = first + (end - first) / 2;
        const double beyond = from[static_cast<std::size_t>(cuts_[cut].axis)] - cuts_[cut].at;
        const auto lower = [&] { visit(first, middle, cut + 1, from, self, bound, see); };
        const auto upper = [&] { visit(middle, end, upper_[cut], from, self, bound, see); };
        if (beyond < 0) {
            lower();
            if (beyond * beyond <= bound()) upper();
        } else {
            upper();
            if (beyond * beyond <= bound()) lower();
        }
    }

    std::vector<std::int32_t> number_;
    std::vector<SpherePoint> given_, at_;  ///< as given; in the order of the tree
    std::vector<Cut> cuts_;
    std::vector<std::size_t> upper_;  ///< of each cut: that of its upper half
};

/// Wide enough for what rounding does to equal distances.
double with_ties(double squared_chord) { return squared_chord * (1 + 1e-9) + 1e-24; }

Result<void> close_list(Neighbours& out, std::size_t most, std::string_view cure) {
    std::sort(out.place.begin() + static_cast<std::ptrdiff_t>(out.first.back()), out.place.end());
    out.first.push_back(out.place.size());
    if (out.place.size() > most)
        return fail(Fault::Usage, "many-neighbours", {},
                    fmt::format("the first {} places have over {} neighbours together", out.places(), most_neighbours),
                    std::string(cure));
    return {};
}

}  // namespace

Result<Neighbours> neighbours_within(std::span<const GlobePoint> places, double distance_km, std::size_t most) {
    const Tree tree(places);
    const double half = std::min(distance_km / mean_earth_radius_km / 2, std::numbers::pi / 2);
    const double bound = with_ties(4 * std::sin(half) * std::sin(half));
    Neighbours out;
    for (std::size_t i = 0; i < places.size(); ++i) {
        tree.visit(i, [&] { return bound; }, [&](std::int32_t number, double) { out.place.push_back(number); });
        TRY(close_list(out, most, "give a shorter distance, or the nearest k instead"));
    }
    return out;
}

Result<Neighbours> nearest_neighbours(std::span<const GlobePoint> places, int k, std::size_t most) {
    const Tree tree(places);
    const auto wanted = static_cast<std::size_t>(k);
    Neighbours out;
    for (std::size_t i = 0; i < places.size(); ++i) {
        std::priority_queue<double> nearest;
        const auto bound = [&] { return nearest.size() < wanted ? infinity : nearest.top(); };
        tree.visit(i, bound, [&](std::int32_t, double distance) {
            nearest.push(distance);
            if (nearest.size() > wanted) nearest.pop();
        });
        const double last = with_ties(nearest.empty() ? 0 : nearest.top());
        tree.visit(i, [&] { return last; }, [&](std::int32_t number, double) { out.place.push_back(number); });
        TRY(close_list(out, most, "many places stand at one position: put them together, or into cells"));
    }
    return out;
}

Neighbours touching_cells(std::span<const int> gids, int rings) {
    std::vector<std::int32_t> place_of(grid_cells + 1, -1);
    for (std::size_t i = 0; i < gids.size(); ++i) place_of[static_cast<std::size_t>(gids[i])] = static_cast<int>(i);
    Neighbours out;
    for (const int gid : gids) {
        for (int k = 1; k <= rings; ++k) {
            for (const int other : ring(gid, k)) {
                const auto place = place_of[static_cast<std::size_t>(other)];
                if (place >= 0) out.place.push_back(place);
            }
        }
        const auto mine = out.place.begin() + static_cast<std::ptrdiff_t>(out.first.back());
        std::sort(mine, out.place.end());
        out.place.erase(std::unique(mine, out.place.end()), out.place.end());
        out.first.push_back(out.place.size());
    }
    return out;
}

}  // namespace icosa::methods::hot_spots
