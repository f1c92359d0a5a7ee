/// A user's own tables, each read as every table there is: the right panel or an error with its place, the same
/// whatever the order of the rows.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/prio_grid.hpp"
#include "base/text.hpp"
#include "input.hpp"
#include "table/counts.hpp"
#include "table/point_events.hpp"
#include "table/reader.hpp"
#include "table/series.hpp"
#include "table/side_tables.hpp"
#include "table/sparse_counts.hpp"
#include "table/votes.hpp"
#include "table/waypoints.hpp"

namespace {

using namespace icosa;
using fuzz::must;

const table::CountColumns columns{"unit", "month", "count"};

void check_error(const Error& error) {
    must(error.fault == Fault::Data && !error.code.empty() && !error.what.empty() && error.where.line >= 0
             && error.where.column >= 0,
         "an error is one of the data, with its place");
    (void)render(error);
}

/// Rows under the header; -1 where the file cannot be walked.
std::int64_t rows_of(const std::string& path) {
    std::int64_t rows = 0;
    std::size_t wide = 0;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        wide = header.size();
        std::vector<std::size_t> all;
        for (std::size_t i = 0; i < wide; ++i) all.push_back(wide - 1 - i);
        return all;
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        must(cells.size() == wide && line > 0, "a row has the header's cells");
        for (const auto cell : cells) must(trim(cell) == cell, "cells are trimmed");
        ++rows;
        return {};
    };
    const auto walked = table::visit_rows(path, on_header, on_row);
    if (!walked) check_error(walked.error());
    return walked ? rows : -1;
}

void check_counts(const std::string& path, std::int64_t rows, const std::string& side) {
    auto panel = table::read_counts(path, columns);
    if (!panel) return check_error(panel.error());
    std::int64_t counted = 0;
    for (std::size_t i = 0; i < panel->series.size(); ++i) {
        const auto& series = panel->series[i];
        must(i == 0 || table::unit_before(panel->series[i - 1].unit, series.unit), "units are in order");
        for (const double count : series.counts) must(count >= 0 && count == std::floor(count), "a count is whole");
        counted += static_cast<std::int64_t>(series.counts.size());
    }
    must(counted == rows, "a row is a month of a unit");
    for (std::string table::SideTables::* const given :
         {&table::SideTables::neighbours, &table::SideTables::regions, &table::SideTables::covariates}) {
        table::SideTables tables;
        tables.*given = side;
        auto with = *panel;
        const auto notes = table::add_side_tables(with, tables);
        if (!notes) {
            check_error(notes.error());
            continue;
        }
        must(with.neighbours.empty() || with.neighbours.size() == with.series.size(), "neighbours of each unit");
        for (std::size_t a = 0; a < with.neighbours.size(); ++a) {
            for (const std::size_t b : with.neighbours[a])
                must(b != a && std::count(with.neighbours[b].begin(), with.neighbours[b].end(), a) == 1,
                     "neighbours are so both ways, once");
        }
        for (const auto& covariate : with.covariates) {
            for (const auto& values : covariate.of_unit) {
                for (std::size_t i = 0; i < values.size(); ++i)
                    must(std::isfinite(values[i].value) && values[i].known > values[i].month
                             && (i == 0 || values[i - 1].month < values[i].month),
                         "figures are in order, and known later");
            }
        }
    }
}

void check_sparse(const std::string& path, const std::string& side) {
    const auto units = table::read_units(side, "unit");
    if (!units) check_error(units.error());
    const auto counts = table::read_sparse(path, columns);
    if (!counts) return check_error(counts.error());
    double sum = 0;
    for (const auto& unit : counts->units) {
        for (std::size_t i = 0; i < unit.at.size(); ++i) {
            must(unit.at[i].month >= counts->first && unit.at[i].month < counts->end, "a month is within the file's");
            must(i == 0 || unit.at[i - 1].month < unit.at[i].month, "a month is there once");
            must(std::isfinite(unit.at[i].count), "a count is finite");
            sum += unit.at[i].count;
        }
    }
    const std::size_t cells = counts->units.size() * static_cast<std::size_t>(counts->end - counts->first);
    if (cells < 1'000'000) {
        double filled = 0;
        for (const auto& series : table::filled(*counts, nullptr, counts->end, counts->end - counts->first).series)
            for (const double count : series.counts) filled += count;
        must(std::abs(filled - sum) <= 1e-9 * sum, "counts are conserved");
    }
    for (const table::UnitList* listed : {static_cast<const table::UnitList*>(nullptr), units ? &*units : nullptr}) {
        const auto made = table::cells_of(*counts, listed, counts->end, path, side);
        if (!made) {
            check_error(made.error());
            continue;
        }
        const auto& panel = made->panel;
        must(std::is_sorted(panel.gids.begin(), panel.gids.end()), "cells are in order");
        for (const int gid : panel.gids) must(is_gid(gid), "a cell is on the grid");
        double placed = 0;
        for (const auto& month : panel.months) {
            for (std::size_t i = 0; i < month.size(); ++i) {
                must(i == 0 || month[i - 1].cell < month[i].cell, "a cell is there once");
                placed += month[i].count;
            }
        }
        must(std::abs(placed - sum) <= 1e-9 * sum, "counts of cells are conserved");
    }
}

/// Every number of a table of series is in one of them, once, in even steps.
void check_series(const std::string& path, std::int64_t rows) {
    const table::Reading as_is, said{"", {0, {".", "-9"}, table::Censored::Half}};
    for (const char* unit : {"", "unit"}) {
        for (const auto* reading : {&as_is, &said}) {
            const auto table = table::read_series(path, {"", "", unit, "", 0}, *reading);
            if (!table) {
                check_error(table.error());
                continue;
            }
            std::int64_t placed = 0;
            for (const auto& series : table->series) {
                must(series.rows.size() == series.period_of.size() && series.rows.size() == series.lines.size(),
                     "a row has its period and line");
                for (const std::size_t period : series.period_of)
                    must(period < series.values.size(), "a row is within its series");
                for (const double value : series.values)
                    must(std::isnan(value) || std::isfinite(value), "a value is a number or absent");
                placed += static_cast<std::int64_t>(series.rows.size());
            }
            must(placed == rows && table->times.size() == static_cast<std::size_t>(rows), "every row is in a series");
            must(table->season >= 1 && !first_invalid_utf8(table->said), "the season and what is said");
        }
    }
}

void check_votes(const std::string& path, const std::string& side) {
    const auto calls = table::read_roll_calls(side);
    if (!calls) return check_error(calls.error());
    const auto ballots = table::read_ballots(path, "country_code", *calls);
    if (!ballots) return check_error(ballots.error());
    must(ballots->rows
             == static_cast<std::int64_t>(ballots->ballots.size()) + ballots->absent + ballots->without_roll_call,
         "every row is a ballot, absent or without a roll call");
    for (const auto& ballot : ballots->ballots)
        must(static_cast<std::size_t>(ballot.voter) < ballots->voters.size()
                 && static_cast<std::size_t>(ballot.roll_call) < calls->ids.size(),
             "a ballot has its voter and roll call");
}

}  // namespace

/// A table, and behind a form feed the one that goes with it.
namespace {

void check_events(const std::string& path, std::int64_t rows) {
    const auto events = table::read_point_events(path, {});
    if (!events) return check_error(events.error());
    must(events->rows == rows, "every row is counted");
    must(static_cast<std::int64_t>(events->events.size()) + events->unplaced + events->undated == rows,
         "a row is an event or left out");
    for (const auto& one : events->events) {
        must(std::abs(one.latitude_deg) <= 90 && std::abs(one.longitude_deg) <= 180, "an event lies on the globe");
        must(one.first != no_day && one.first <= one.last && one.line > 0, "an event has its days");
    }
}

void check_waypoints(const std::string& path, std::int64_t rows) {
    const auto points = table::read_waypoints(path, {});
    if (!points) return check_error(points.error());
    must(static_cast<std::int64_t>(points->size()) == rows && rows > 0, "a row is a waypoint");
    for (const auto& one : *points)
        must(std::abs(one.latitude_deg) <= 90 && std::abs(one.longitude_deg) <= 180, "a waypoint lies on the globe");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = fuzz::text_of(data, size);
    const fuzz::File file(fuzz::take(text, "\f\n")), side(text);
    const std::int64_t rows = rows_of(file.path());
    (void)rows_of(side.path());
    check_counts(file.path(), rows, side.path());
    check_sparse(file.path(), side.path());
    check_series(file.path(), rows);
    check_votes(file.path(), side.path());
    check_events(file.path(), rows);
    check_waypoints(file.path(), rows);
    return 0;
}
