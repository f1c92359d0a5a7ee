/// A user's table of events, or of the unit-months in which something happened: rows added up by unit and month, all
/// other months zero.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "forecast/cell_panel.hpp"
#include "forecast/count_panel.hpp"
#include "table/counts.hpp"

namespace icosa::table {

struct SparseCounts {
    struct At {
        int month = 0;
        double count = 0;
    };
    struct Unit {
        std::string name;
        std::vector<At> at;   ///< by month, a month once; counts may be 0
    };
    int first = 0, end = 0;   ///< the months of the file's first row, and after its last
    std::vector<Unit> units;  ///< numbers by size, then texts
};

/// Reads unit, time (a month, or a day or time of one) and count of each row, in any order of rows. said: as
/// read_counts.
///
/// err   those of read_count_rows
[[nodiscard]] Result<SparseCounts> read_sparse(const std::string& path, const CountColumns& columns,
                                               const Reading& reading = {}, std::string* said = nullptr);

/// The units to forecast, with their countries where the table has them.
struct UnitList {
    std::vector<std::string> units;
    std::vector<int> countries;  ///< of each; empty = no column country_id
};
/// A table with a column pg_id, priogrid_gid, unit, or of the name given; with a column country_id or without.
///
/// err   unknown-column, bad-unit (absent, twice), bad-country, no-rows
[[nodiscard]] Result<UnitList> read_units(const std::string& path, const std::string& unit);

/// As a panel without gaps, of the units listed, or where the list is null of those with a row up to the origin; begins
/// `window` months before the origin if the file begins earlier, for models that look no further back.
[[nodiscard]] forecast::CountPanel filled(const SparseCounts& counts, const UnitList* listed, int origin, int window);

/// As a panel of cells: those listed and, to look at, those of the file with a row up to the origin.
struct Cells {
    forecast::CellPanel panel;
    std::vector<std::size_t> wanted;  ///< to forecast, as positions in panel.gids
};
/// path, list_path: the files, for errors.
/// err   bad-gid: not a whole number from 1 to 259200
[[nodiscard]] Result<Cells> cells_of(const SparseCounts& counts, const UnitList* listed, int origin,
                                     const std::string& path, const std::string& list_path);

}  // namespace icosa::table
