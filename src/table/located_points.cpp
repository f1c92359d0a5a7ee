/// Rows are kept as cells until all are seen: the column decides how its numbers and times are read.
#include "table/located_points.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_column.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

enum PlacedField : std::size_t { PlacedLatitude, PlacedLongitude, PlacedTime, PlacedCountry };
constexpr std::size_t placed_fields = 4;
constexpr std::size_t placed_fields_needed = 2;

struct PlacedColumn {
    std::string LocatedColumns::* said;
    std::string_view flag;
    std::vector<std::string_view> names;
};

const std::array<PlacedColumn, placed_fields>& placed_columns() {
    static const std::array<PlacedColumn, placed_fields> table = {
        {{&LocatedColumns::latitude, "lat", {"lat", "latitude", "y"}},
         {&LocatedColumns::longitude, "lon", {"lon", "longitude", "lng", "long", "x"}},
         {&LocatedColumns::time,
          "time",
          {"date", "event_date", "date_start", "day", "time", "month", "year", "timestamp"}},
         {&LocatedColumns::country,
          "country",
          {"iso3", "iso_a3", "iso3c", "iso", "country_code", "countrycode", "iso2", "iso_a2", "country", "country_name",
           "countryname", "gwno", "gwcode", "gwno_loc", "country_id", "ccode", "cowcode", "adm0_name", "nation"}}}};
    return table;
}

class PlacedRows {
public:
    PlacedRows(const std::string& path, const LocatedColumns& said, Dated dated)
        : path_(path), said_(said), dated_(dated) {}

    Result<LocatedPoints> read(const Reading& reading) {
        TRY(visit_rows(
            path_, [&](const auto& header) { return columns_of(header); },
            [&](std::span<const std::string_view> cells, int line) -> Result<void> {
                auto& row = rows_.emplace_back();
                for (std::size_t i = 0; i < order_.size(); ++i) row[order_[i]] = cells[i];
                lines_.push_back(line);
                return {};
            }));
        if (rows_.empty())
            return fail(Fault::Data, "no-rows", {path_, 1}, "there are no rows under the header",
                        "give a header line and a row a point");
        TRY(decide(reading));
        for (std::size_t r = 0; r < rows_.size(); ++r) TRY(add(r));
        out_.time_column = names_[PlacedTime];
        out_.country_column = names_[PlacedCountry];
        std::vector<std::string> taken;
        for (const auto& name : names_)
            if (!name.empty()) taken.push_back(name);
        out_.said = fmt::format("columns {}", quoted(taken));
        return std::move(out_);
    }

private:
    Result<std::vector<std::size_t>> columns_of(const std::vector<std::string>& header) {
        std::vector<std::size_t> wanted;
        for (std::size_t what = 0; what < placed_fields; ++what) {
            if (what == PlacedTime && dated_ == Dated::NotRead) continue;
            const PlacedColumn& column = placed_columns()[what];
            const std::string& asked = said_.*column.said;
            if (!asked.empty()) at_[what] = TRY(column_named(header, path_, asked));
            for (const auto name : column.names) {
                if (at_[what]) break;
                const auto found =
                    std::find_if(header.begin(), header.end(), [&](const auto& one) { return lower(one) == name; });
                if (found != header.end()) at_[what] = static_cast<std::size_t>(found - header.begin());
            }
            if (!at_[what] && what < placed_fields_needed)
                return fail(
                    Fault::Data, "unknown-column", {path_, 1},
                    fmt::format("no column is called {}",
                                join(std::vector<std::string>(column.names.begin(), column.names.end()), " or ")),
                    fmt::format("name it with --{}", column.flag));
            if (!at_[what]) continue;
            TRY(check_not_doubled(header, path_, *at_[what]));
            names_[what] = header[*at_[what]];
            wanted.push_back(*at_[what]);
            order_.push_back(what);
        }
        return wanted;
    }

    Result<void> decide(const Reading& reading) {
        const CellsBy by = TRY(cells_by(path_));
        for (const PlacedField what : {PlacedLatitude, PlacedLongitude}) {
            NumberColumn column(reading.numbers);
            for (std::size_t r = 0; r < rows_.size(); ++r) column.see(rows_[r][what], lines_[r]);
            degrees_[what] = TRY(column.numbers(by, place(0, what), names_[what]));
        }
        if (!at_[PlacedTime]) return {};
        const AskedTimes asked = TRY(asked_times(reading.date_form));
        TimeColumn column(asked.forms);
        for (std::size_t r = 0; r < rows_.size() && !column.decided(); ++r)
            if (!is_absent(rows_[r][PlacedTime])) column.see(rows_[r][PlacedTime], lines_[r]);
        if (column.cells() > 0) form_ = TRY(column.form({path_, 0, static_cast<int>(*at_[PlacedTime]) + 1}));
        return {};
    }

    Result<Day> day_at(std::size_t row) {
        const auto& cell = rows_[row][PlacedTime];
        if (!at_[PlacedTime] || is_absent(cell)) return no_day;
        if (const auto span = form_ ? read_time(cell, *form_) : std::nullopt) return span->last;
        return fail(Fault::Data, "bad-time", place(row, PlacedTime),
                    fmt::format("'{}' is no time as the others of its column are", excerpt(cell)),
                    "mend this cell, or give one day for all points with --as-of");
    }

    /// NaN where the cell is empty.
    Result<double> degrees_at(std::size_t row, PlacedField what, double limit) {
        const auto& cell = rows_[row][what];
        if (degrees_[what]->is_absent(cell)) return std::numeric_limits<double>::quiet_NaN();
        const double value = TRY(degrees_[what]->at(cell, place(row, what), names_[what]));
        if (std::isnan(value) || std::abs(value) <= limit) return value;
        const bool is_latitude = what == PlacedLatitude;
        const auto other = degrees_[PlacedLongitude]->number(rows_[row][PlacedLongitude]);
        const bool looks_swapped = is_latitude && std::abs(value) <= 180 && other && std::abs(*other) <= 90;
        return fail(
            Fault::Data, is_latitude ? "bad-latitude" : "bad-longitude", place(row, what),
            fmt::format("{} '{}' lies beyond {} degrees", is_latitude ? "latitude" : "longitude", excerpt(cell), limit),
            looks_swapped ? "the columns of latitude and longitude may be swapped" : "mend this cell");
    }

    Result<void> add(std::size_t row) {
        LocatedPoint one;
        one.line = lines_[row];
        one.latitude_deg = TRY(degrees_at(row, PlacedLatitude, 90));
        one.longitude_deg = TRY(degrees_at(row, PlacedLongitude, 180));
        if (std::isnan(one.latitude_deg) || std::isnan(one.longitude_deg))
            one.latitude_deg = one.longitude_deg = std::numeric_limits<double>::quiet_NaN();
        one.day = TRY(day_at(row));
        if (const auto& cell = rows_[row][PlacedCountry]; !is_absent(cell)) one.country = cell;
        out_.points.push_back(std::move(one));
        return {};
    }

    [[nodiscard]] Where place(std::size_t row, PlacedField what) const {
        return {path_, lines_.empty() ? 1 : lines_[row], at_[what] ? static_cast<int>(*at_[what]) + 1 : 0};
    }

    std::string path_;
    LocatedColumns said_;
    Dated dated_;
    std::array<std::optional<std::size_t>, placed_fields> at_;
    std::array<std::string, placed_fields> names_;
    std::array<std::optional<Numbers>, placed_fields> degrees_;
    std::vector<std::size_t> order_;
    std::vector<std::array<std::string, placed_fields>> rows_;
    std::vector<int> lines_;
    std::optional<TimeForm> form_;
    LocatedPoints out_;
};

}  // namespace

Result<LocatedPoints> read_located_points(const std::string& path, const LocatedColumns& said, Dated dated,
                                          const Reading& reading) {
    return PlacedRows(path, said, dated).read(reading);
}

}  // namespace icosa::table
