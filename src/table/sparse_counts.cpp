/// Rows become counts by unit and month; units become series or cells.
#include "table/sparse_counts.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/prio_grid.hpp"
#include "base/text.hpp"
#include "table/reader.hpp"

namespace icosa::table {
namespace {

Result<int> gid_of_unit(const std::string& unit, const std::string& path) {
    const auto number = parse_integer(unit);
    if (!number || !is_gid(*number))
        return fail(Fault::Data, "bad-gid", {path}, fmt::format("unit '{}' is not a cell of PRIO-GRID", excerpt(unit)),
                    fmt::format("cells are whole numbers from 1 to {}", grid_cells));
    return static_cast<int>(*number);
}

bool has_row_by(const SparseCounts::Unit& unit, int origin) {
    return !unit.at.empty() && unit.at.front().month <= origin;
}

}  // namespace

Result<SparseCounts> read_sparse(const std::string& path, const CountColumns& columns, const Reading& reading,
                                 std::string* said) {
    const CountRows read = TRY(read_count_rows(path, columns, reading, UnitNames::Any));
    if (said) *said = read.said;
    std::unordered_map<std::string, std::map<int, double>> found;
    for (const auto& row : read.rows) found[read.units[static_cast<std::size_t>(row.unit)]][row.month] += row.count;
    SparseCounts out;
    out.first = found.begin()->second.begin()->first;
    out.end = out.first + 1;
    for (auto& [name, months] : found) {
        out.first = std::min(out.first, months.begin()->first);
        out.end = std::max(out.end, months.rbegin()->first + 1);
        auto& one = out.units.emplace_back(SparseCounts::Unit{name, {}});
        for (const auto& [month, count] : months) one.at.push_back({month, count});
    }
    std::sort(out.units.begin(), out.units.end(),
              [](const auto& a, const auto& b) { return unit_before(a.name, b.name); });
    return out;
}

Result<UnitList> read_units(const std::string& path, const std::string& unit) {
    UnitList out;
    std::size_t column = 0, country = 0;
    bool has_country = false;
    std::unordered_map<std::string, int> lines;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        const auto at = [&](std::string_view name) {
            return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
        };
        column = header.size();
        for (const std::string_view name : {std::string_view(unit), std::string_view("priogrid_gid"),
                                            std::string_view("pg_id"), std::string_view("unit")}) {
            if (column == header.size()) column = at(name);
        }
        if (column == header.size())
            return fail(Fault::Data, "unknown-column", {path, 1},
                        "there is no column 'priogrid_gid', 'pg_id' or 'unit'",
                        fmt::format("it has {}", join(header, ", ")));
        country = at("country_id");
        has_country = country < header.size();
        return has_country ? std::vector{column, country} : std::vector{column};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        if (is_absent(cells[0]))
            return fail(Fault::Data, "bad-unit", {path, line, static_cast<int>(column) + 1}, "there is no unit",
                        "leave the row out, or name its unit");
        const auto unit_name = unit_text(cells[0]);
        const auto [other, is_new] = lines.emplace(unit_name, line);
        if (!is_new)
            return fail(Fault::Data, "bad-unit", {path, line, static_cast<int>(column) + 1},
                        fmt::format("unit '{}' is here and in line {}", excerpt(cells[0]), other->second),
                        "one row a unit");
        out.units.emplace_back(unit_name);
        if (!has_country) return {};
        const auto number = parse_integer(unit_text(cells[1]));
        if (!number || *number < 0 || *number > 1'000'000)
            return fail(Fault::Data, "bad-country", {path, line, static_cast<int>(country) + 1},
                        fmt::format("'{}' is not the number of a country", excerpt(cells[1])),
                        "give each unit a whole number, or leave the column country_id out");
        out.countries.push_back(static_cast<int>(*number));
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (out.units.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header", "give a row a unit");
    return out;
}

forecast::CountPanel filled(const SparseCounts& counts, const UnitList* listed, int origin, int window) {
    std::map<std::string, const SparseCounts::Unit*, decltype(&unit_before)> wanted(&unit_before);
    if (listed) {
        for (const auto& name : listed->units) wanted.emplace(name, nullptr);
    }
    for (const auto& unit : counts.units) {
        if (const auto found = wanted.find(unit.name); found != wanted.end()) found->second = &unit;
        else if (!listed && has_row_by(unit, origin)) wanted.emplace(unit.name, &unit);
    }
    forecast::CountPanel out;
    const int first = std::max(counts.first, std::min(origin, counts.end) - window);
    for (const auto& [name, unit] : wanted) {
        forecast::CountSeries series{name, first,
                                     std::vector<double>(static_cast<std::size_t>(counts.end - first), 0.0)};
        for (const auto& one : unit ? unit->at : std::vector<SparseCounts::At>{}) {
            if (one.month >= first) series.counts[static_cast<std::size_t>(one.month - first)] = one.count;
        }
        out.series.push_back(std::move(series));
    }
    return out;
}

Result<Cells> cells_of(const SparseCounts& counts, const UnitList* listed, int origin, const std::string& path,
                       const std::string& list_path) {
    struct Facts {
        int country = -1;
        bool is_wanted = false;
    };
    std::map<int, Facts> all;
    if (listed) {
        for (std::size_t i = 0; i < listed->units.size(); ++i)
            all[TRY(gid_of_unit(listed->units[i], list_path))] = {listed->countries.empty() ? -1 : listed->countries[i],
                                                                  true};
    }
    Cells out;
    out.panel.first = counts.first;
    out.panel.months.resize(static_cast<std::size_t>(counts.end - counts.first));
    std::vector<std::pair<int, const SparseCounts::Unit*>> of_file;
    for (const auto& unit : counts.units) {
        const int gid = TRY(gid_of_unit(unit.name, path));
        if (!has_row_by(unit, origin) && !all.contains(gid)) continue;  // not known yet at the origin
        of_file.emplace_back(gid, &unit);
        all.try_emplace(gid, Facts{-1, listed == nullptr});
    }
    std::map<int, std::size_t> position;
    for (const auto& [gid, facts] : all) {
        position.emplace(gid, out.panel.gids.size());
        if (facts.is_wanted) out.wanted.push_back(out.panel.gids.size());
        out.panel.gids.push_back(gid);
        if (listed && !listed->countries.empty()) out.panel.countries.push_back(facts.country);
    }
    for (const auto& [gid, unit] : of_file) {
        for (const auto& one : unit->at) {
            if (one.count > 0)
                out.panel.months[static_cast<std::size_t>(one.month - counts.first)].push_back(
                    {position.at(gid), one.count});
        }
    }
    for (auto& month : out.panel.months) {
        std::sort(month.begin(), month.end(), [](const auto& a, const auto& b) { return a.cell < b.cell; });
        std::size_t kept = 0;  // "5" and "05" are two units of the file and one cell
        for (const auto& one : month) {
            if (kept > 0 && month[kept - 1].cell == one.cell) month[kept - 1].count += one.count;
            else month[kept++] = one;
        }
        month.resize(kept);
    }
    return out;
}

}  // namespace icosa::table
