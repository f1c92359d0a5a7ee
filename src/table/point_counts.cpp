/// Rows are kept as cells until all times are seen: the column decides how they are read.
#include "table/point_counts.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "base/number.hpp"
#include "base/text.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

enum PointField : std::size_t { Latitude, Longitude, Time, Count, People, Location };
constexpr std::size_t point_fields = 6;

struct PointCells {
    std::string path;
    std::array<std::optional<std::size_t>, point_fields> at;  ///< position in the file
    std::array<std::string, point_fields> names;
    std::vector<std::array<std::string, point_fields>> rows;
    std::vector<int> lines;

    [[nodiscard]] Where place(std::size_t row, PointField what) const {
        return {path, lines[row], at[what] ? static_cast<int>(*at[what]) + 1 : 0};
    }
};

struct PointColumn {
    std::string PointColumns::* said;
    std::vector<std::string_view> names;
};

const std::array<PointColumn, point_fields>& point_columns() {
    static const std::array<PointColumn, point_fields> table = {
        {{&PointColumns::latitude, {"lat", "latitude", "y"}},
         {&PointColumns::longitude, {"lon", "longitude", "lng", "long", "x"}},
         {&PointColumns::time, {"date", "time", "month", "day", "period", "week", "year"}},
         {&PointColumns::count, {"count", "cases", "events", "n"}},
         {&PointColumns::population, {"population", "pop", "at_risk"}},
         {&PointColumns::location, {"location", "location_id", "place", "name"}}}};
    return table;
}

Result<void> find_columns(PointCells& cells, const std::vector<std::string>& header, const PointColumns& said,
                          Population population) {
    constexpr std::array<std::string_view, point_fields> flags = {"lat",   "lon",        "time",
                                                                  "count", "population", "location"};
    for (std::size_t what = 0; what < point_fields; ++what) {
        const auto& known = point_columns()[what];
        const std::string& asked = said.*known.said;
        if (!asked.empty()) {
            cells.at[what] = TRY(column_named(header, cells.path, asked));
        } else {
            for (const auto name : known.names) {
                const auto found =
                    std::find_if(header.begin(), header.end(), [&](const auto& one) { return lower(one) == name; });
                if (found == header.end()) continue;
                cells.at[what] = static_cast<std::size_t>(found - header.begin());
                break;
            }
        }
        const bool is_needed = what <= Time || (what == People && population == Population::Needed);
        if (!cells.at[what] && is_needed)
            return fail(Fault::Data, "unknown-column", {cells.path, 1},
                        fmt::format("no column is called {}",
                                    join(std::vector<std::string>(known.names.begin(), known.names.end()), " or ")),
                        what == People ? "name it with --population, or use scan-permutation, which needs none"
                                       : fmt::format("name it with --{}", flags[what]));
        if (!cells.at[what]) continue;
        cells.names[what] = header[*cells.at[what]];
        TRY(check_not_doubled(header, cells.path, *cells.at[what]));
    }
    if (population == Population::NotRead) cells.at[People].reset();
    return {};
}

Result<PointCells> read_cells(const std::string& path, const PointColumns& said, Population population) {
    PointCells out;
    out.path = path;
    std::vector<std::size_t> order;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        TRY(find_columns(out, header, said, population));
        std::vector<std::size_t> wanted;
        for (std::size_t what = 0; what < point_fields; ++what) {
            if (!out.at[what]) continue;
            wanted.push_back(*out.at[what]);
            order.push_back(what);
        }
        return wanted;
    };
    const auto on_row = [&](std::span<const std::string_view> row, int line) -> Result<void> {
        auto& cells = out.rows.emplace_back();
        for (std::size_t i = 0; i < order.size(); ++i) cells[order[i]] = row[i];
        out.lines.push_back(line);
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (out.rows.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    "give a header line and a row a place and period");
    return out;
}

/// Of one kind of row that is left out, or odd.
struct PointRowsTold {
    std::int64_t rows = 0, cases = 0;
    int first_line = 0;

    void add(int line, std::int64_t more) {
        if (rows++ == 0) first_line = line;
        cases += more;
    }
};

class PointReader {
public:
    PointReader(const PointCells& cells, const Reading& reading) : cells_(cells), reading_(reading) {}

    Result<PointCounts> read(Population population) {
        TRY(decide_numbers(population));
        TRY(decide_times());
        for (std::size_t r = 0; r < cells_.rows.size(); ++r) TRY(add(r));
        if (out_.places.empty())
            return fail(Fault::Data, "no-rows", {cells_.path, 1}, "no row has a position and a time",
                        "check the columns of latitude and longitude");
        return finish();
    }

private:
    Result<void> decide_numbers(Population population) {
        const CellsBy by = TRY(cells_by(cells_.path));
        for (const PointField what : {Latitude, Longitude, Count, People}) {
            if (!cells_.at[what] || (what == People && population == Population::NotRead)) continue;
            NumberColumn column(reading_.numbers);
            for (std::size_t r = 0; r < cells_.rows.size(); ++r) column.see(cells_.rows[r][what], cells_.lines[r]);
            numbers_[what] =
                TRY(column.numbers(by, {cells_.path, 0, static_cast<int>(*cells_.at[what]) + 1}, cells_.names[what]));
        }
        return {};
    }

    Result<void> decide_times() {
        std::vector<int> lines;
        for (std::size_t r = 0; r < cells_.rows.size(); ++r) {
            if (is_absent(cells_.rows[r][Time])) continue;
            timed_.push_back(r);
            times_.push_back(cells_.rows[r][Time]);
            lines.push_back(cells_.lines[r]);
        }
        if (times_.empty())
            return fail(Fault::Data, "no-rows", {cells_.path, 1},
                        fmt::format("column '{}' is empty", cells_.names[Time]), "name the column with --time");
        const AskedTimes asked = TRY(asked_times(reading_.date_form));
        scale_ = TRY(read_scale(times_, {cells_.path, *cells_.at[Time], lines, cells_.names[Time]}, asked));
        const auto [least, most] = std::minmax_element(scale_.at.begin(), scale_.at.end());
        first_ = *least;
        const std::int64_t periods = (*most - first_) / scale_.step + 1;
        constexpr std::int64_t most_periods = 20'000;
        if (periods > most_periods)
            return fail(Fault::Data, "many-periods", {cells_.path, 1},
                        fmt::format("times span {} steps, more than {}", periods, most_periods),
                        "give times by week, month or year");
        out_.periods = static_cast<std::size_t>(periods);
        period_of_.assign(cells_.rows.size(), -1);
        for (std::size_t i = 0; i < timed_.size(); ++i) {
            if ((scale_.at[i] - first_) % scale_.step != 0)
                return fail(Fault::Data, "uneven-times",
                            {cells_.path, lines[i], static_cast<int>(*cells_.at[Time]) + 1},
                            fmt::format("'{}' is not a whole number of steps from the first time", excerpt(times_[i])),
                            "give times in even steps");
            period_of_[timed_[i]] = (scale_.at[i] - first_) / scale_.step;
        }
        return {};
    }

    /// A number of degrees, nothing where the cell is empty.
    Result<std::optional<double>> degrees(std::size_t row, PointField what, double limit) {
        const auto& cell = cells_.rows[row][what];
        if (numbers_[what]->is_absent(cell)) return std::optional<double>();
        const double value = TRY(numbers_[what]->at(cell, cells_.place(row, what), cells_.names[what]));
        if (std::isnan(value)) return std::optional<double>();
        if (std::abs(value) <= limit) return std::optional(value);
        const bool is_latitude = what == Latitude;
        const auto other = numbers_[Longitude]->number(cells_.rows[row][Longitude]);
        const bool looks_swapped = is_latitude && std::abs(value) <= 180 && other && std::abs(*other) <= 90;
        return fail(
            Fault::Data, is_latitude ? "bad-latitude" : "bad-longitude", cells_.place(row, what),
            fmt::format("{} '{}' lies beyond {} degrees", is_latitude ? "latitude" : "longitude", excerpt(cell), limit),
            looks_swapped ? "the columns of latitude and longitude may be swapped: name them with --lat and --lon"
                          : "mend this cell");
    }

    Result<std::int32_t> count(std::size_t row) {
        if (!numbers_[Count]) return 1;
        const auto& cell = cells_.rows[row][Count];
        if (numbers_[Count]->is_absent(cell)) return -1;
        const double value = TRY(numbers_[Count]->at(cell, cells_.place(row, Count), cells_.names[Count]));
        constexpr double most = 1e8;
        if (value < 0 || value != std::floor(value) || value > most)
            return fail(Fault::Data, "bad-count", cells_.place(row, Count),
                        fmt::format("'{}' is no count: a whole number from 0", excerpt(cell)), "mend this cell");
        return static_cast<std::int32_t>(value);
    }

    Result<std::size_t> place_of(std::size_t row, double latitude, double longitude) {
        constexpr double same_deg = 1e-4;
        const std::string& name = cells_.rows[row][Location];
        const std::string key =
            cells_.at[Location] && !name.empty() ? "n" + name : fmt::format("p{:.7f},{:.7f}", latitude, longitude);
        const auto [found, is_new] = places_.try_emplace(key, out_.places.size());
        if (is_new) {
            out_.places.push_back({name, latitude, longitude});
            out_.counts.resize(out_.places.size() * out_.periods, 0);
            if (numbers_[People]) out_.population.resize(out_.places.size() * out_.periods, nan_value);
        }
        const auto& at = out_.places[found->second];
        if (std::abs(at.latitude_deg - latitude) > same_deg || std::abs(at.longitude_deg - longitude) > same_deg)
            return fail(Fault::Data, "moved-location", cells_.place(row, Latitude),
                        fmt::format("location '{}' stood at {}, {} before, and at {}, {} here", excerpt(name),
                                    at.latitude_deg, at.longitude_deg, latitude, longitude),
                        "a location is one point: mend the row, or leave the column of locations out");
        return found->second;
    }

    Result<void> add(std::size_t row) {
        const int line = cells_.lines[row];
        const std::int32_t cases = TRY(count(row));
        const auto latitude = TRY(degrees(row, Latitude, 90)), longitude = TRY(degrees(row, Longitude, 180));
        ++out_.rows;
        if (!latitude || !longitude) return unplaced_.add(line, std::max(cases, 0)), Result<void>();
        if (period_of_[row] < 0) return untimed_.add(line, std::max(cases, 0)), Result<void>();
        if (cases < 0) return uncounted_.add(line, 0), Result<void>();
        if (*latitude == 0 && *longitude == 0) at_origin_.add(line, cases);
        const std::size_t place = TRY(place_of(row, *latitude, *longitude));
        const std::size_t cell = place * out_.periods + static_cast<std::size_t>(period_of_[row]);
        const bool is_second = !seen_.emplace(cell, line).second;
        if (is_second) doubled_.add(line, cases);
        if (out_.counts[cell] > std::numeric_limits<std::int32_t>::max() - cases)
            return fail(Fault::Data, "bad-count", cells_.place(row, Count),
                        "the counts of this place and period add up to more than 2,147,483,647", "count in thousands");
        out_.counts[cell] += cases;
        if (numbers_[People] && !numbers_[People]->is_absent(cells_.rows[row][People])) {
            const double people =
                TRY(numbers_[People]->at(cells_.rows[row][People], cells_.place(row, People), cells_.names[People]));
            constexpr double fewest = 1e-6, most = 1e15;  // no sum or share of such populations is lost
            if (!(people == 0 || (people >= fewest && people <= most)))
                return fail(Fault::Data, "bad-population", cells_.place(row, People),
                            fmt::format("'{}' is no population: 0, or a number from 0.000001 to 1e15",
                                        excerpt(cells_.rows[row][People])),
                            "mend this cell");
            double& held = out_.population[cell];
            if (!std::isnan(held) && held != people)
                return fail(Fault::Data, "two-populations", cells_.place(row, People),
                            fmt::format("this place and period had {} people in line {}, and has {} here", held,
                                        seen_.at(cell), people),
                            "give one population for a place and period");
            held = people;
        }
        return {};
    }

    void note(const PointRowsTold& told, std::string_view what) {
        if (told.rows == 0) return;
        out_.notes.push_back(fmt::format("{} row{} {} (the first in line {}; {} case{})", told.rows,
                                         told.rows == 1 ? "" : "s", what, told.first_line, told.cases,
                                         told.cases == 1 ? "" : "s"));
    }

    /// By name, then by position: the order of the file's rows says nothing.
    void sort_places() {
        std::vector<std::size_t> order(out_.places.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::sort(order, {}, [&](std::size_t p) {
            const auto& place = out_.places[p];
            return std::tie(place.name, place.latitude_deg, place.longitude_deg);
        });
        PointCounts sorted;
        const auto take = [&](auto& into, const auto& from, std::size_t p) {
            const auto first = from.begin() + static_cast<std::ptrdiff_t>(p * out_.periods);
            into.insert(into.end(), first, first + static_cast<std::ptrdiff_t>(out_.periods));
        };
        for (const std::size_t p : order) {
            sorted.places.push_back(out_.places[p]);
            take(sorted.counts, out_.counts, p);
            if (!out_.population.empty()) take(sorted.population, out_.population, p);
        }
        out_.places = std::move(sorted.places);
        out_.counts = std::move(sorted.counts);
        out_.population = std::move(sorted.population);
    }

    Result<PointCounts> finish() {
        sort_places();
        for (std::size_t t = 0; t < out_.periods; ++t) {
            const std::int64_t at = first_ + static_cast<std::int64_t>(t) * scale_.step;
            if (!scale_.kind) {
                out_.labels.push_back(std::to_string(at));
                out_.period_days.push_back(1);
                continue;
            }
            const int period = static_cast<int>(at), next = static_cast<int>(at + scale_.step);
            out_.labels.push_back(period_label(period, *scale_.kind));
            out_.period_days.push_back(first_day_of(next, *scale_.kind) - first_day_of(period, *scale_.kind));
        }
        out_.days_of_period =
            std::accumulate(out_.period_days.begin(), out_.period_days.end(), 0.0) / static_cast<double>(out_.periods);
        note(unplaced_, "without a position left out");
        note(untimed_, "without a time left out");
        note(uncounted_, "without a count left out: absent is not 0");
        note(at_origin_, "at latitude 0, longitude 0 kept: check that this is no mark of an unknown position");
        note(doubled_, "of a place and period that had one already: their counts are added up");
        std::vector<std::string> taken;
        for (const auto& name : cells_.names) {
            if (!name.empty()) taken.push_back(name);
        }
        out_.said = fmt::format("columns {}; {} places, {}{}", quoted(taken), out_.places.size(),
                                scale_.said(scale_.season), numbers_[Count] ? "" : "; each row is one case");
        return std::move(out_);
    }

    const PointCells& cells_;
    const Reading& reading_;
    std::array<std::optional<Numbers>, point_fields> numbers_;
    std::vector<std::size_t> timed_;
    std::vector<std::string> times_;
    TimeScale scale_;
    std::int64_t first_ = 0;
    std::vector<std::int64_t> period_of_;
    std::map<std::string, std::size_t, std::less<>> places_;
    std::map<std::size_t, int> seen_;
    PointRowsTold unplaced_, untimed_, uncounted_, at_origin_, doubled_;
    PointCounts out_;
};

}  // namespace

Result<PointCounts> read_point_counts(const std::string& path, const PointColumns& columns, Population population,
                                      const Reading& reading) {
    const PointCells cells = TRY(read_cells(path, columns, population));
    return PointReader(cells, reading).read(population);
}

}  // namespace icosa::table
