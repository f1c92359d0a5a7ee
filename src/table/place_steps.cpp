/// Points are sorted into places first; then their periods into steps.
#include "table/place_steps.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <ranges>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/prio_grid.hpp"
#include "methods/scan/exposure.hpp"

namespace icosa::table {
namespace {

int gid_of_point(const PointPlace& at) {
    const auto microdegrees = [](double degrees) { return static_cast<std::int32_t>(std::llround(degrees * 1e6)); };
    return gid_of(microdegrees(at.latitude_deg), microdegrees(at.longitude_deg));
}

/// The given values joined by lines.
std::vector<double> joined(std::span<const double> given) {
    std::vector<double> out(given.begin(), given.end());
    std::size_t before = out.size();
    for (std::size_t t = 0; t < out.size(); ++t) {
        if (std::isnan(given[t])) continue;
        const double from = before < out.size() ? given[before] : given[t];
        const std::size_t start = before < out.size() ? before : 0;
        for (std::size_t s = before < out.size() ? before + 1 : 0; s < t; ++s)
            out[s] = from + (given[t] - from) * static_cast<double>(s - start) / static_cast<double>(t - start);
        before = t;
    }
    for (std::size_t t = before + 1; t < out.size(); ++t) out[t] = given[before];
    return out;
}

/// Which place each point belongs to; the places themselves go into `out`.
Result<std::vector<std::size_t>> sort_into_places(const PointCounts& points, PlacesBy by, PlaceSteps& out) {
    std::vector<std::size_t> place_of(points.places.size());
    if (by == PlacesBy::Points) {
        std::vector<std::size_t> order(points.places.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            const auto key = [](const PointPlace& one) {
                return std::tie(one.latitude_deg, one.longitude_deg, one.name);
            };
            return key(points.places[a]) < key(points.places[b]);
        });
        for (std::size_t i = 0; i < order.size(); ++i) {
            place_of[order[i]] = i;
            out.places.push_back(points.places[order[i]]);
        }
        return place_of;
    }
    std::vector<int> gid_of_each;
    for (const auto& point : points.places) gid_of_each.push_back(gid_of_point(point));
    out.gids = gid_of_each;
    if (by == PlacesBy::CellsOfBox) {
        const auto [south, north] = std::ranges::minmax(out.gids | std::views::transform(grid_row));
        const auto [west, east] = std::ranges::minmax(out.gids | std::views::transform(grid_column));
        const auto cells = static_cast<std::size_t>((north - south + 1) * (east - west + 1));
        constexpr std::size_t most = 100'000'000;
        if (cells * points.periods > most)
            return fail(Fault::Data, "many-cells", {},
                        fmt::format("the box about the rows has {} cells, by {} periods", cells, points.periods),
                        "take the cells of the rows alone, or give fewer periods");
        out.gids.clear();
        for (int row = south; row <= north; ++row) {
            for (int column = west; column <= east; ++column) out.gids.push_back(gid_at(row, column));
        }
    } else {
        std::sort(out.gids.begin(), out.gids.end());
        out.gids.erase(std::unique(out.gids.begin(), out.gids.end()), out.gids.end());
    }
    for (const int gid : out.gids)
        out.places.push_back({"", centre_latitude_deg(grid_row(gid)), centre_longitude_deg(grid_column(gid))});
    for (std::size_t i = 0; i < place_of.size(); ++i)
        place_of[i] = static_cast<std::size_t>(std::lower_bound(out.gids.begin(), out.gids.end(), gid_of_each[i])
                                               - out.gids.begin());
    return place_of;
}

}  // namespace

std::vector<double> PlaceSteps::values() const {
    std::vector<double> out(counts.begin(), counts.end());
    for (std::size_t i = 0; i < population.size(); ++i) out[i] = population[i] > 0 ? out[i] / population[i] : nan_value;
    return out;
}

Result<PlaceSteps> place_steps(const PointCounts& points, PlacesBy by, int interval) {
    const methods::scan::Steps steps{points.periods, interval > 0 ? interval : static_cast<int>(points.periods)};
    if (steps.count() < 1)
        return fail(Fault::Usage, "out-of-range", {},
                    fmt::format("interval {} is longer than the {} periods", interval, points.periods),
                    "give a shorter one");
    PlaceSteps out;
    const auto place_of = TRY(sort_into_places(points, by, out));
    out.steps = steps.count();
    out.counts.assign(out.places.size() * out.steps, 0);
    std::vector<std::size_t> step_of;
    for (std::size_t s = 0; s < out.steps; ++s) {
        const std::size_t end = s + 1 == out.steps ? points.periods : steps.first_period(s + 1);
        out.first.push_back(points.labels[steps.first_period(s)]);
        out.last.push_back(points.labels[end - 1]);
        step_of.resize(end, s);
    }
    const bool has_people = !points.population.empty();
    std::vector<bool> has_point(out.places.size(), false);
    if (has_people) out.population.assign(out.counts.size(), 0);
    for (std::size_t p = 0; p < points.places.size(); ++p) {
        const std::size_t at = place_of[p] * out.steps, from = p * points.periods;
        has_point[place_of[p]] = true;
        for (std::size_t t = 0; t < points.periods; ++t) out.counts[at + step_of[t]] += points.counts[from + t];
        if (!has_people) continue;
        const auto people = joined(std::span(points.population).subspan(from, points.periods));
        for (std::size_t t = 0; t < points.periods; ++t) out.population[at + step_of[t]] += people[t];
    }
    if (!has_people) return out;
    std::size_t without = 0;
    for (std::size_t i = 0; i < out.places.size(); ++i) {
        const auto mine = std::span(out.population).subspan(i * out.steps, out.steps);
        if (!has_point[i]) std::fill(mine.begin(), mine.end(), nan_value);
        without += static_cast<std::size_t>(std::none_of(mine.begin(), mine.end(), [](double x) { return x > 0; }));
    }
    if (without > 0)
        out.notes.push_back(
            fmt::format("{} places without a population are not computed: a rate of theirs is not known", without));
    return out;
}

}  // namespace icosa::table
