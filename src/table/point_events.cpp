/// Rows are kept as cells until all are seen: the column decides how its days and numbers are read.
#include "table/point_events.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/time_column.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

enum EventField : std::size_t { EventLatitude, EventLongitude, EventDay, EventEnd, EventKind };
constexpr std::size_t event_fields_of_points = 5;
constexpr std::size_t fields_needed = 3;

const std::array<std::vector<std::string_view>, event_fields_of_points> event_columns = {{
    {"lat", "latitude", "y"},
    {"lon", "longitude", "lng", "long", "x"},
    {"time", "date", "day", "event_date", "date_start"},
    {"end", "end_date", "date_end", "last_day", "enddate"},
    {"kind", "type", "event_type", "category"},
}};

class EventRows {
public:
    explicit EventRows(const std::string& path) : path_(path) {}

    Result<PointEvents> read(const Reading& reading) {
        TRY(visit_rows(
            path_, [&](const auto& header) { return columns_of(header); },
            [&](std::span<const std::string_view> cells, int line) -> Result<void> {
                auto& row = rows_.emplace_back();
                for (std::size_t i = 0; i < order_.size(); ++i) row[order_[i]] = cells[i];
                lines_.push_back(line);
                return {};
            }));
        TRY(decide_degrees(reading));
        TRY(decide_days(reading));
        for (std::size_t r = 0; r < rows_.size(); ++r) TRY(add(r));
        if (out_.events.empty())
            return fail(Fault::Data, "no-rows", {path_, 1}, "no row has a position and a day",
                        "check the columns of latitude, longitude and time");
        out_.said = fmt::format("columns {}", quoted(names_taken()));
        return std::move(out_);
    }

private:
    Result<std::vector<std::size_t>> columns_of(const std::vector<std::string>& header) {
        std::vector<std::size_t> wanted;
        for (std::size_t what = 0; what < event_fields_of_points; ++what) {
            for (const auto name : event_columns[what]) {
                const auto found =
                    std::find_if(header.begin(), header.end(), [&](const auto& one) { return lower(one) == name; });
                if (found == header.end()) continue;
                at_[what] = static_cast<std::size_t>(found - header.begin());
                TRY(check_not_doubled(header, path_, *at_[what]));
                names_[what] = *found;
                wanted.push_back(*at_[what]);
                order_.push_back(what);
                break;
            }
            if (at_[what] || what >= fields_needed) continue;
            const auto& known = event_columns[what];
            return fail(Fault::Data, "unknown-column", {path_, 1},
                        fmt::format("no source card reads this file, and no column of it is called {}",
                                    join(std::vector<std::string>(known.begin(), known.end()), " or ")),
                        "a table of one's own has columns lat, lon, time, and perhaps end and kind; `icosa card` "
                        "drafts a card");
        }
        return wanted;
    }

    Result<void> decide_degrees(const Reading& reading) {
        const CellsBy by = TRY(cells_by(path_));
        for (const EventField what : {EventLatitude, EventLongitude}) {
            NumberColumn column(reading.numbers);
            for (std::size_t r = 0; r < rows_.size(); ++r) column.see(rows_[r][what], lines_[r]);
            degrees_[what] = TRY(column.numbers(by, place(0, what), names_[what]));
        }
        return {};
    }

    /// One form for the days of beginning and end.
    Result<void> decide_days(const Reading& reading) {
        asked_ = TRY(asked_times(reading.date_form));
        if (asked_.as_numbers) return {};
        TimeColumn column(asked_.forms);
        for (const EventField what : {EventDay, EventEnd}) {
            for (std::size_t r = 0; r < rows_.size() && at_[what] && !column.decided(); ++r)
                if (!is_absent(rows_[r][what])) column.see(rows_[r][what], lines_[r]);
        }
        if (column.cells() == 0) return {};
        form_ = TRY(column.form({path_, 0, static_cast<int>(*at_[EventDay]) + 1}));
        return {};
    }

    /// no_day where the cell is empty.
    Result<Day> day_at(std::size_t row, EventField what) {
        const auto& cell = rows_[row][what];
        if (is_absent(cell)) return no_day;
        if (asked_.as_numbers) {
            const auto number = parse_integer(cell);
            if (number && std::abs(*number) <= last_possible_day.value) return Day{static_cast<std::int32_t>(*number)};
            return fail(Fault::Data, "bad-time", place(row, what),
                        fmt::format("'{}' is no whole number", excerpt(cell)), "mend this cell");
        }
        const auto span = form_ ? read_time(cell, *form_) : std::nullopt;
        if (!span)
            return fail(Fault::Data, "bad-time", place(row, what),
                        fmt::format("'{}' is no day as the others of its column are", excerpt(cell)), "mend this cell");
        if (span->kind != PeriodKind::Day)
            return fail(Fault::Data, "not-days", place(row, what),
                        fmt::format("column '{}' holds no days ('{}')", names_[what], excerpt(cell)),
                        "events are matched by days");
        return span->first;
    }

    Result<std::optional<double>> degrees_at(std::size_t row, EventField what, double limit) {
        const auto& cell = rows_[row][what];
        if (degrees_[what]->is_absent(cell)) return std::optional<double>();
        const double value = TRY(degrees_[what]->at(cell, place(row, what), names_[what]));
        if (std::isnan(value)) return std::optional<double>();
        if (std::abs(value) <= limit) return std::optional(value);
        const bool is_latitude = what == EventLatitude;
        const auto other = degrees_[EventLongitude]->number(rows_[row][EventLongitude]);
        const bool looks_swapped = is_latitude && std::abs(value) <= 180 && other && std::abs(*other) <= 90;
        return fail(
            Fault::Data, is_latitude ? "bad-latitude" : "bad-longitude", place(row, what),
            fmt::format("{} '{}' lies beyond {} degrees", is_latitude ? "latitude" : "longitude", excerpt(cell), limit),
            looks_swapped ? "the columns of latitude and longitude may be swapped" : "mend this cell");
    }

    Result<void> add(std::size_t row) {
        ++out_.rows;
        const auto latitude = TRY(degrees_at(row, EventLatitude, 90));
        const auto longitude = TRY(degrees_at(row, EventLongitude, 180));
        if (!latitude || !longitude) return ++out_.unplaced, Result<void>();
        const Day first = TRY(day_at(row, EventDay)), last = TRY(day_at(row, EventEnd));
        if (first == no_day) return ++out_.undated, Result<void>();
        PointEvent one{lines_[row], *latitude, *longitude, first, first, rows_[row][EventKind]};
        if (last != no_day) {
            one.last = last;
            if (one.last < one.first)
                return fail(Fault::Data, "bad-end", place(row, EventEnd),
                            fmt::format("'{}' lies before '{}', when the event began", excerpt(rows_[row][EventEnd]),
                                        excerpt(rows_[row][EventDay])),
                            "mend this cell");
        }
        out_.has_kinds = at_[EventKind].has_value();
        out_.events.push_back(std::move(one));
        return {};
    }

    [[nodiscard]] Where place(std::size_t row, EventField what) const {
        return {path_, lines_.empty() ? 1 : lines_[row], at_[what] ? static_cast<int>(*at_[what]) + 1 : 0};
    }
    [[nodiscard]] std::vector<std::string> names_taken() const {
        std::vector<std::string> out;
        for (const auto& name : names_)
            if (!name.empty()) out.push_back(name);
        return out;
    }

    std::string path_;
    std::array<std::optional<std::size_t>, event_fields_of_points> at_;
    std::array<std::string, event_fields_of_points> names_;
    std::array<std::optional<Numbers>, event_fields_of_points> degrees_;
    std::vector<std::size_t> order_;
    std::vector<std::array<std::string, event_fields_of_points>> rows_;
    std::vector<int> lines_;
    AskedTimes asked_;
    std::optional<TimeForm> form_;
    PointEvents out_;
};

}  // namespace

Result<PointEvents> read_point_events(const std::string& path, const Reading& reading) {
    return EventRows(path).read(reading);
}

}  // namespace icosa::table
