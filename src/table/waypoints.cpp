/// Rows are kept as cells until all are seen: the columns decide how their numbers are written.
#include "table/waypoints.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "table/reader.hpp"

namespace icosa::table {
namespace {

enum WaypointField : std::size_t { WaypointLatitude, WaypointLongitude, WaypointName, waypoint_fields };

const std::array<std::vector<std::string_view>, waypoint_fields> waypoint_columns = {{
    {"lat", "latitude", "y"},
    {"lon", "longitude", "lng", "long", "x"},
    {"name", "waypoint", "point"},
}};

class WaypointRows {
public:
    explicit WaypointRows(const std::string& path) : path_(path) {}

    Result<std::vector<Waypoint>> read(const Reading& reading) {
        TRY(visit_rows(
            path_, [&](const auto& header) { return columns_of(header); },
            [&](std::span<const std::string_view> cells, int line) -> Result<void> {
                auto& row = rows_.emplace_back();
                for (std::size_t i = 0; i < order_.size(); ++i) row[order_[i]] = cells[i];
                lines_.push_back(line);
                return {};
            }));
        if (rows_.empty())
            return fail(Fault::Data, "no-rows", {path_, 1}, "there is no waypoint",
                        "give two or more, a row each, in the order sailed");
        const CellsBy by = TRY(cells_by(path_));
        for (const WaypointField what : {WaypointLatitude, WaypointLongitude}) {
            NumberColumn column(reading.numbers);
            for (std::size_t r = 0; r < rows_.size(); ++r) column.see(rows_[r][what], lines_[r]);
            degrees_[what] = TRY(column.numbers(by, place(0, what), names_[what]));
        }
        std::vector<Waypoint> out;
        for (std::size_t r = 0; r < rows_.size(); ++r)
            out.push_back({TRY(degrees_at(r, WaypointLatitude, 90)), TRY(degrees_at(r, WaypointLongitude, 180)),
                           rows_[r][WaypointName]});
        return out;
    }

private:
    Result<std::vector<std::size_t>> columns_of(const std::vector<std::string>& header) {
        std::vector<std::size_t> wanted;
        for (std::size_t what = 0; what < waypoint_fields; ++what) {
            const auto& known = waypoint_columns[what];
            const auto found = std::ranges::find_if(
                header, [&](const std::string& one) { return std::ranges::find(known, lower(one)) != known.end(); });
            if (found != header.end()) {
                at_[what] = static_cast<std::size_t>(found - header.begin());
                TRY(check_not_doubled(header, path_, *at_[what]));
                names_[what] = *found;
                wanted.push_back(*at_[what]);
                order_.push_back(what);
            } else if (what != WaypointName) {
                return fail(Fault::Data, "unknown-column", {path_, 1},
                            fmt::format("no column is called {}",
                                        join(std::vector<std::string>(known.begin(), known.end()), " or ")),
                            "a table of waypoints has columns lat, lon and perhaps name");
            }
        }
        return wanted;
    }

    Result<double> degrees_at(std::size_t row, WaypointField what, double limit) {
        const auto& cell = rows_[row][what];
        const double value = degrees_[what]->is_absent(cell)
            ? std::nan("")
            : TRY(degrees_[what]->at(cell, place(row, what), names_[what]));
        if (std::isnan(value))
            return fail(Fault::Data, "no-position", place(row, what), "this waypoint has no position",
                        "fill the cell or leave the row out");
        if (std::abs(value) <= limit) return value;
        const bool is_latitude = what == WaypointLatitude;
        const auto other = degrees_[WaypointLongitude]->number(rows_[row][WaypointLongitude]);
        const bool looks_swapped = is_latitude && std::abs(value) <= 180 && other && std::abs(*other) <= 90;
        return fail(
            Fault::Data, is_latitude ? "bad-latitude" : "bad-longitude", place(row, what),
            fmt::format("{} '{}' lies beyond {} degrees", is_latitude ? "latitude" : "longitude", excerpt(cell), limit),
            looks_swapped ? "the columns of latitude and longitude may be swapped" : "mend this cell");
    }

    [[nodiscard]] Where place(std::size_t row, WaypointField what) const {
        return {path_, lines_.empty() ? 1 : lines_[row], at_[what] ? static_cast<int>(*at_[what]) + 1 : 0};
    }

    std::string path_;
    std::array<std::optional<std::size_t>, waypoint_fields> at_;
    std::array<std::string, waypoint_fields> names_;
    std::array<std::optional<Numbers>, waypoint_fields> degrees_;
    std::vector<std::size_t> order_;
    std::vector<std::array<std::string, waypoint_fields>> rows_;
    std::vector<int> lines_;
};

}  // namespace

Result<std::vector<Waypoint>> read_waypoints(const std::string& path, const Reading& reading) {
    return WaypointRows(path).read(reading);
}

}  // namespace icosa::table
