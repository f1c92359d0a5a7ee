/// The branching process, month by month.
#include "event_cells.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <unordered_map>

#include <fmt/format.h>

#include "base/prio_grid.hpp"
#include "methods/forecasts/count_model.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::bench {
namespace {

struct Block {
    double south, north, west, east;
};

constexpr Block blocks[] = {
    {4, 37.5, -17, 60},  {-34, 4, 9, 46},                       // Africa and the Middle East
    {37.5, 70, -10, 60}, {10, 70, 60, 140}, {15, 70, -125, -65}, {-40, 12, -78, -40}, {-38, -12, 114, 152},
};

constexpr double followers = 0.975;       ///< events that one event is followed by, on average
constexpr double share_at_home = 0.86, share_beside = 0.11;
constexpr double fading = 0.8;            ///< of what is still to follow, from month to month

double uniform(methods::Stream& stream) { return (static_cast<double>(stream.next() >> 11U) + 0.5) * 0x1p-53; }

int poisson(methods::Stream& stream, double mean) {
    int out = 0;
    for (double left = std::exp(-std::min(mean, 80.0)), reached = uniform(stream); reached > left;
         reached *= uniform(stream))
        ++out;
    return out;
}

}  // namespace

std::vector<int> land(std::size_t cells) {
    std::vector<int> out;
    for (const auto& block : blocks) {
        for (double latitude = block.north - 0.25; latitude > block.south; latitude -= 0.5) {
            for (double longitude = block.west + 0.25; longitude < block.east && out.size() < cells; longitude += 0.5)
                out.push_back(gid_of(static_cast<int>(latitude * 1e6), static_cast<int>(longitude * 1e6)));
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

EventFile write_events(const std::string& path, const std::vector<int>& gids, int months, unsigned long long seed) {
    methods::Stream stream(seed);
    std::unordered_map<int, std::size_t> position;
    for (std::size_t i = 0; i < gids.size(); ++i) position.emplace(gids[i], i);
    std::unordered_map<int, double> of_part;  // how prone and how deadly parts of five degrees are
    std::vector<double> proneness, to_come(gids.size(), 0.0);
    for (const int gid : gids) {
        const auto [found, is_new] = of_part.try_emplace(grid_row(gid) / 10 * 100 + grid_column(gid) / 10, 0.0);
        if (is_new) found->second = std::exp(1.3 * methods::normal_quantile(uniform(stream)));
        proneness.push_back(found->second);
    }
    std::ofstream file(path);
    file << "id,priogrid_gid,date_start,best\n";
    EventFile out;
    std::vector<char> was_active(gids.size(), 0);
    std::vector<int> events(gids.size());
    for (int month = 0; month < months; ++month) {
        for (std::size_t i = 0; i < gids.size(); ++i) {
            const double expected = 1.2e-4 * proneness[i] + (1 - fading) * to_come[i];
            events[i] = expected > 0 ? poisson(stream, expected) : 0;
            to_come[i] *= fading;
        }
        for (std::size_t i = 0; i < gids.size(); ++i) {
            if (events[i] == 0) continue;
            out.cell_months += 1;
            out.active_cells += was_active[i] == 0;
            was_active[i] = 1;
            const auto spread = [&](int k, double share) {
                const auto around = ring(gids[i], k);
                for (const int gid : around) {
                    if (const auto found = position.find(gid); found != position.end())
                        to_come[found->second] += events[i] * followers * share / static_cast<double>(around.size());
                }
            };
            spread(0, share_at_home);
            spread(1, share_beside);
            spread(2, 1 - share_at_home - share_beside);
            for (int e = 0; e < events[i]; ++e) {
                const double deaths = std::min(
                    5000.0, std::floor(std::pow(uniform(stream), -1 / 1.25) * std::min(3.0, 0.6 + 0.4 * proneness[i])));
                file << fmt::format("{},{},{}-{:02d}-{:02d},{:.0f}\n", ++out.events, gids[i], 1989 + month / 12,
                                    month % 12 + 1, 1 + stream.below(28), deaths);
            }
        }
    }
    return out;
}

}  // namespace icosa::bench
