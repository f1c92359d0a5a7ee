/// Which country a million points are in, and how far the coast is of a hundred thousand: held against a ray over all
/// edges and a look at all pieces of coast, then timed; beside GEOS's prepared rings in its tree where it is installed.
#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <random>
#include <vector>

#include "bench.hpp"
#include "methods/space/land.hpp"
#include "methods/space/land_grid.hpp"
#include "methods/space/land_lines.hpp"

using namespace icosa::methods;

namespace {

[[noreturn]] void stop(const std::string& why) { icosa::bench::stop("land_bench", why); }
using icosa::bench::seconds;

std::vector<LandPoint> scattered(int n) {
    std::mt19937_64 bits(50);
    std::uniform_real_distribution<double> even(-1, 1);
    std::vector<LandPoint> out;
    for (int i = 0; i < n; ++i)
        out.push_back({static_cast<std::int32_t>(180e6 * even(bits)),
                       static_cast<std::int32_t>(std::asin(even(bits)) * 57.29577951308232 * 1e6)});
    return out;
}

/// Within some two kilometres of the ends of edges, where towns and borders are.
std::vector<LandPoint> near_lines() {
    std::mt19937_64 bits(51);
    std::vector<LandPoint> out;
    for (const LandPoint& at : land().points) {
        if (std::abs(at.longitude_microdeg) > 179'900'000 || std::abs(at.latitude_microdeg) > 89'900'000) continue;
        out.push_back({at.longitude_microdeg + static_cast<std::int32_t>(bits() % 40'001) - 20'000,
                       at.latitude_microdeg + static_cast<std::int32_t>(bits() % 40'001) - 20'000});
    }
    return out;
}

/// Even-odd over every edge, in long doubles, which hold the products exactly.
int by_ray(LandPoint at) {
    std::map<int, int> crossings;
    for (const LandArc& arc : land().arcs) {
        const auto points = land().points_of(arc);
        for (std::size_t i = 1; i < points.size(); ++i) {
            LandPoint a = points[i - 1], b = points[i];
            if (a.latitude_microdeg > b.latitude_microdeg) std::swap(a, b);
            if (at.latitude_microdeg < a.latitude_microdeg || at.latitude_microdeg >= b.latitude_microdeg) continue;
            const long double dx = static_cast<long double>(b.longitude_microdeg) - a.longitude_microdeg;
            const long double dy = static_cast<long double>(b.latitude_microdeg) - a.latitude_microdeg;
            const long double side = (static_cast<long double>(a.longitude_microdeg) - at.longitude_microdeg) * dy
                + dx * (static_cast<long double>(at.latitude_microdeg) - a.latitude_microdeg);
            if (side > 0 || (side == 0 && dx > 0)) continue;
            ++crossings[arc.one];
            ++crossings[arc.other];
        }
    }
    for (const auto& [side, times] : crossings)
        if (side != 0 && times % 2 == 1) return side;
    return 0;
}

struct Ring {
    std::uint8_t country;
    std::vector<LandPoint> points;  ///< closed
};

std::vector<Ring> rings_of_countries() {
    std::vector<Ring> out;
    for (std::size_t c = 1; c <= land().countries.size(); ++c) {
        const auto country = static_cast<std::uint8_t>(c);
        std::vector<std::vector<LandPoint>> open;
        for (const LandArc& arc : land().arcs) {
            const auto points = land().points_of(arc);
            if (arc.one == country || arc.other == country) open.emplace_back(points.begin(), points.end());
        }
        while (!open.empty()) {
            Ring ring{country, std::move(open.back())};
            open.pop_back();
            while (ring.points.front() != ring.points.back()) {
                const auto next = std::ranges::find_if(open, [&](const auto& one) {
                    return one.front() == ring.points.back() || one.back() == ring.points.back();
                });
                if (next == open.end()) stop("a ring is not closed");
                if (next->front() != ring.points.back()) std::ranges::reverse(*next);
                ring.points.insert(ring.points.end(), next->begin() + 1, next->end());
                open.erase(next);
            }
            if (ring.points.size() > 3) out.push_back(std::move(ring));
        }
    }
    return out;
}

/// The functions of GEOS's C interface that are called, without its header: the library alone is asked for.
struct Geos {
    void* library = dlopen("libgeos_c.so.1", RTLD_NOW);
    template <class Function> Function* find(const char* name) const {
        return reinterpret_cast<Function*>(dlsym(library, name));
    }
};

/// Found by the tree's callback, which looks at each ring at once.
struct GeosQuery {
    void* context;
    void* point;
    char (*contains)(void*, const void*, const void*);
    std::map<int, int> found;
};
struct GeosRing {
    int country;
    const void* prepared;
};

void against_geos(const std::vector<LandPoint>& points, const char* what, double own) {
    const Geos geos;
    if (!geos.library) return void(fmt::print("GEOS (libgeos_c.so.1) is not here: no ratio\n"));
    void* context = geos.find<void*()>("GEOS_init_r")();
    const auto sequence = geos.find<void*(void*, unsigned, unsigned)>("GEOSCoordSeq_create_r");
    const auto set = geos.find<int(void*, void*, unsigned, double, double)>("GEOSCoordSeq_setXY_r");
    const auto linear = geos.find<void*(void*, void*)>("GEOSGeom_createLinearRing_r");
    const auto polygon = geos.find<void*(void*, void*, void**, unsigned)>("GEOSGeom_createPolygon_r");
    const auto prepare = geos.find<const void*(void*, const void*)>("GEOSPrepare_r");
    const auto new_tree = geos.find<void*(void*, std::size_t)>("GEOSSTRtree_create_r");
    const auto insert = geos.find<void(void*, void*, const void*, void*)>("GEOSSTRtree_insert_r");
    const auto query = geos.find<void(void*, void*, const void*, void (*)(void*, void*), void*)>("GEOSSTRtree_query_r");
    const auto new_point = geos.find<void*(void*, double, double)>("GEOSGeom_createPointFromXY_r");
    const auto destroy = geos.find<void(void*, void*)>("GEOSGeom_destroy_r");
    const auto contains = geos.find<char(void*, const void*, const void*)>("GEOSPreparedContains_r");
    const std::vector<Ring> rings = rings_of_countries();
    std::vector<GeosRing> kept;
    kept.reserve(rings.size());
    void* tree = new_tree(context, 10);
    for (const Ring& ring : rings) {
        void* corners = sequence(context, static_cast<unsigned>(ring.points.size()), 2);
        for (unsigned i = 0; i < ring.points.size(); ++i)
            set(context, corners, i, ring.points[i].longitude_microdeg, ring.points[i].latitude_microdeg);
        void* shape = polygon(context, linear(context, corners), nullptr, 0);
        kept.push_back({ring.country, prepare(context, shape)});
        insert(context, tree, shape, &kept.back());
    }
    std::vector<int> theirs;
    const double took = seconds([&] {
        for (const LandPoint& at : points) {
            GeosQuery asked{context, new_point(context, at.longitude_microdeg, at.latitude_microdeg), contains, {}};
            query(
                context, tree, asked.point,
                [](void* item, void* of) {
                    auto* one = static_cast<GeosRing*>(item);
                    auto* to = static_cast<GeosQuery*>(of);
                    if (to->contains(to->context, one->prepared, to->point) == 1) ++to->found[one->country];
                },
                &asked);
            int country = 0;
            for (const auto& [side, times] : asked.found)
                if (times % 2 == 1) country = side;
            theirs.push_back(country);
            destroy(context, asked.point);
        }
    });
    std::size_t others = 0;
    for (std::size_t i = 0; i < points.size(); ++i) others += land_grid().country_at(points[i]) != theirs[i];
    if (others * 100'000 > points.size()) stop(fmt::format("GEOS places {} points elsewhere", others));
    const double n = static_cast<double>(points.size());
    fmt::print(
        "{}: GEOS, prepared rings in its tree, {:.0f} ns a point; ours {:.0f} ns, {:.0f} times as fast; {} points "
        "on an edge decided otherwise\n",
        what, took / n * 1e9, own / n * 1e9, took / own, others);
}

double time_countries(const char* what, const std::vector<LandPoint>& points) {
    for (std::size_t i = 0; i < points.size(); i += points.size() / 500)
        if (land_grid().country_at(points[i]) != by_ray(points[i])) stop("a ray says another country");
    int sum = 0;
    const double took = seconds([&] {
        for (const LandPoint& at : points) sum += land_grid().country_at(at);
    });
    if (sum == 0) stop("all is water");
    const double ray = seconds([&] {
        for (std::size_t i = 0; i < 200; ++i) sum += by_ray(points[i]);
    });
    const double n = static_cast<double>(points.size());
    fmt::print("{}: {:.1f} million points a second; a ray over all edges takes {:.0f} times as long\n", what,
               n / took / 1e6, ray / 200 / (took / n));
    return took;
}

void time_coasts(const std::vector<LandPoint>& points) {
    const auto at = [&](std::size_t i) {
        return GlobePoint{points[i].latitude_microdeg / 1e6, points[i].longitude_microdeg / 1e6};
    };
    double all = 0, sum = 0;
    for (std::size_t i = 0; i < 500; ++i) {
        NearestLine slow;
        all += seconds([&] { slow = coast_lines().nearest_by_all(at(i)); });
        if (coast_lines().nearest(at(i)).km != slow.km) stop("a coast is nearer");
    }
    const double took = seconds([&] {
        for (std::size_t i = 0; i < points.size(); ++i) sum += coast_lines().nearest(at(i)).km;
    });
    const double n = static_cast<double>(points.size());
    fmt::print(
        "nearest coast of {} pieces: {:.0f},000 points a second, {:.0f} km on average; a look at all takes {:.0f} "
        "times as long\n",
        coast_lines().pieces(), n / took / 1e3, sum / n, all / 500 / (took / n));
}

}  // namespace

int main() {
    if (land().empty()) stop("no outlines of countries in this build (scripts/setup)");
    fmt::print("{} countries, {} points: grid in {:.0f} ms, coasts in {:.0f} ms\n", land().countries.size(),
               land().points.size(), 1e3 * seconds([] { (void)land_grid(); }),
               1e3 * seconds([] { (void)coast_lines(); }));
    const auto everywhere = scattered(1'000'000), close = near_lines();
    const double all_over = time_countries("a million points of the sphere", everywhere);
    const double at_lines = time_countries("points close to borders and coasts", close);
    against_geos(everywhere, "a million points of the sphere", all_over);
    against_geos(close, "points close to borders and coasts", at_lines);
    time_coasts(std::vector<LandPoint>(everywhere.begin(), everywhere.begin() + 100'000));
}
