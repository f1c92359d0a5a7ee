/// Cells first, then each cell's neighbours added up.
#include "record/nearby.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/prio_grid.hpp"
#include "base/text.hpp"
#include "model/position_key.hpp"

namespace icosa::record {
namespace {

constexpr std::string_view cell_prefix = "cell:";

struct OneCell {
    int gid = 0;
    std::vector<double> events;  ///< by period
    std::set<std::string> places;
};

std::vector<OneCell> cells_of(const model::Panel& positions) {
    const auto periods = static_cast<std::size_t>(positions.periods);
    std::map<std::string, OneCell> cells;  // by name, as units are sorted
    for (std::size_t u = 0; u < positions.units.size(); ++u) {
        const std::string& unit = positions.units[u];
        const auto at = model::position_of(unit);
        if (!at) continue;
        const int gid = gid_of_degrees(at->latitude_deg, at->longitude_deg);
        OneCell& cell = cells[fmt::format("{}{}", cell_prefix, gid)];
        cell.gid = gid;
        cell.events.resize(periods, 0);
        if (const std::size_t bar = unit.rfind('|'); bar != unit.npos && bar > 0)
            cell.places.insert(unit.substr(0, bar));
        for (std::size_t t = 0; t < periods; ++t) {
            const double count = positions.at(u, static_cast<int>(t));
            if (!std::isnan(count)) cell.events[t] += count;
        }
    }
    std::vector<OneCell> out;
    for (auto& [name, cell] : cells) out.push_back(std::move(cell));
    return out;
}

}  // namespace

std::optional<int> cell_of(std::string_view unit) {
    if (!unit.starts_with(cell_prefix)) return std::nullopt;
    const auto number = parse_integer(unit.substr(cell_prefix.size()));
    if (!number || !is_gid(*number)) return std::nullopt;
    return static_cast<int>(*number);
}

Nearby nearby(const model::Panel& positions, double within_km) {
    const std::vector<OneCell> cells = cells_of(positions);
    const auto periods = static_cast<std::size_t>(positions.periods);
    std::vector<bool> observed(periods, false);
    for (std::size_t u = 0; u < positions.units.size(); ++u) {
        for (std::size_t t = 0; t < periods; ++t) {
            if (!std::isnan(positions.at(u, static_cast<int>(t)))) observed[t] = true;
        }
    }
    Nearby out;
    out.panel = positions;
    out.panel.units.clear();
    out.panel.rows.clear();
    out.panel.values.assign(cells.size() * periods, 0);
    for (std::size_t c = 0; c < cells.size(); ++c) {
        out.panel.units.push_back(fmt::format("{}{}", cell_prefix, cells[c].gid));
        out.places.emplace_back(cells[c].places.begin(), cells[c].places.end());
        for (const OneCell& other : cells) {
            if (other.gid != cells[c].gid && distance_km(other.gid, cells[c].gid) > within_km) continue;
            for (std::size_t t = 0; t < periods; ++t) out.panel.values[c * periods + t] += other.events[t];
        }
        for (std::size_t t = 0; t < periods; ++t) {
            if (!observed[t]) out.panel.values[c * periods + t] = nan_value;
        }
    }
    return out;
}

}  // namespace icosa::record
