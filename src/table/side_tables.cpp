/// Each table row by row, its units looked up among the panel's.
#include "table/side_tables.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/text.hpp"
#include "table/counts.hpp"
#include "table/reader.hpp"
#include "table/times.hpp"

namespace icosa::table {
namespace {

using forecast::CountPanel;
using forecast::Covariate;

constexpr int lag_of_years = 12, lag_of_months = 1;
constexpr int first_year = 1200, last_year = 2999;  // the challenge's months end at 1199

/// Positions of units by name; rows about others are passed over and counted.
class Units {
public:
    explicit Units(const CountPanel& panel) {
        for (const auto& series : panel.series) {
            at_.emplace(series.unit, names_.size());
            names_.push_back(series.unit);
        }
    }
    [[nodiscard]] std::optional<std::size_t> at(std::string_view cell, const Where& where) {
        const auto found = at_.find(unit_text(cell));
        if (found != at_.end()) return found->second;
        ++unknown_;
        if (!first_) {
            const auto near = nearest(std::string(cell), names_);
            first_ =
                Error{Fault::Data, "unknown-unit", where, fmt::format("'{}' is not a unit of the panel", excerpt(cell)),
                      near ? fmt::format("did you mean '{}'?", *near) : "write units as the panel does"};
        }
        return std::nullopt;
    }
    /// Once a table is read, of which so many rows were taken.
    [[nodiscard]] Result<void> finish(std::size_t taken, const std::string& path, std::vector<std::string>& notes) {
        if (taken == 0 && first_) return std::unexpected(*first_);
        if (unknown_ > 0)
            notes.push_back(
                fmt::format("{}: {} cells name units that the panel does not have, the first in line {} ({}): their "
                            "rows are passed over",
                            path, unknown_, first_->where.line, first_->what));
        unknown_ = 0;
        first_.reset();
        return {};
    }

private:
    std::map<std::string, std::size_t, std::less<>> at_;
    std::vector<std::string> names_;
    std::size_t unknown_ = 0;
    std::optional<Error> first_;
};

/// Walks a table of which two columns are needed; row gets their cells and the places of these.
template <class Row>
Result<void> visit_pairs(const std::string& path, const char* first, const char* second, Row&& on_pair) {
    std::size_t a = 0, b = 0;
    bool any = false;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        a = TRY(column_named(header, path, first));
        b = TRY(column_named(header, path, second));
        return std::vector{a, b};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        any = true;
        return on_pair(cells[0], cells[1], Where{path, line, static_cast<int>(a) + 1},
                       Where{path, line, static_cast<int>(b) + 1});
    };
    TRY(visit_rows(path, on_header, on_row));
    if (!any)
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    fmt::format("give a row a {} and {}, or leave the file out", first, second));
    return {};
}

Result<void> add_neighbours(CountPanel& panel, Units& units, const std::string& path, std::vector<std::string>& notes) {
    std::size_t taken = 0;
    panel.neighbours.assign(panel.series.size(), {});
    const auto on_pair = [&](std::string_view one, std::string_view other, const Where& at_one,
                             const Where& at_other) -> Result<void> {
        const auto first = units.at(one, at_one), second = units.at(other, at_other);
        if (!first || !second) return {};
        ++taken;
        const std::size_t a = *first, b = *second;
        if (a == b)
            return fail(Fault::Data, "own-neighbour", at_other,
                        fmt::format("unit '{}' is told to be its own neighbour", excerpt(one)), "drop the row");
        panel.neighbours[a].push_back(b);
        panel.neighbours[b].push_back(a);
        return {};
    };
    TRY(visit_pairs(path, "unit", "neighbour", on_pair));
    for (auto& of_unit : panel.neighbours) {
        std::sort(of_unit.begin(), of_unit.end());
        of_unit.erase(std::unique(of_unit.begin(), of_unit.end()), of_unit.end());
    }
    return units.finish(taken, path, notes);
}

Result<void> add_regions(CountPanel& panel, Units& units, const std::string& path, std::vector<std::string>& notes) {
    std::size_t taken = 0;
    panel.regions.assign(panel.series.size(), "");
    TRY(visit_pairs(path, "unit", "region",
                    [&](std::string_view unit, std::string_view region, const Where& at_unit,
                        const Where& at_region) -> Result<void> {
                        const auto position = units.at(unit, at_unit);
                        if (!position) return {};
                        ++taken;
                        auto& known = panel.regions[*position];
                        if (is_absent(region))
                            return fail(Fault::Data, "bad-region", at_region,
                                        fmt::format("there is no region for unit '{}'", excerpt(unit)),
                                        "leave the row out where it has none");
                        if (!known.empty() && known != region)
                            return fail(Fault::Data, "two-regions", at_region,
                                        fmt::format("unit '{}' is in '{}' here and in '{}' above", excerpt(unit),
                                                    excerpt(region), excerpt(known)),
                                        "keep one");
                        known = region;
                        return {};
                    }));
    return units.finish(taken, path, notes);
}

struct CovariateTime {
    int month = 0;  ///< the last that the time holds
    bool is_year = false;
};

Result<CovariateTime> time_of(std::string_view text, const Where& where) {
    const auto number = parse_integer(unit_text(text));
    if (number && *number >= first_year && *number <= last_year)
        return CovariateTime{static_cast<int>((*number - 1970) * 12 + 11), true};
    if (const auto month = parse_month(text)) return CovariateTime{*month, false};
    return fail(Fault::Data, "bad-time", where, fmt::format("'{}' is neither a year nor a month", excerpt(text)),
                "write 2017 or 2017-10");
}

Result<double> figure_of(std::string_view text, const std::string& name, const Where& where) {
    const auto value = parse_number(text);
    if (value && std::isfinite(*value)) return *value;
    return fail(Fault::Data, "bad-value", where, fmt::format("'{}' is not a number", excerpt(text)),
                fmt::format("mend '{}', or leave the cell empty where it is not known", name));
}

Result<void> add_covariates(CountPanel& panel, Units& units, const std::string& path, int lag,
                            std::vector<std::string>& notes) {
    std::vector<std::string> names;
    std::size_t unit_column = 0, time_column = 0;
    std::optional<bool> are_years;
    std::map<std::pair<std::size_t, int>, int> lines;
    bool any = false;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        names = header;
        unit_column = TRY(column_named(header, path, "unit"));
        time_column = TRY(column_named(header, path, "time"));
        std::vector<std::size_t> all;
        for (std::size_t c = 0; c < header.size(); ++c) {
            all.push_back(c);
            if (c != unit_column && c != time_column)
                panel.covariates.push_back(
                    {header[c], std::vector<std::vector<Covariate::Value>>(panel.series.size())});
        }
        if (panel.covariates.empty())
            return fail(Fault::Data, "no-covariates", {path, 1}, "there is no column besides unit and time",
                        "give a column a figure");
        return all;
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        const auto place = [&](std::size_t column) { return Where{path, line, static_cast<int>(column) + 1}; };
        any = true;
        const auto position = units.at(cells[unit_column], place(unit_column));
        if (!position) return {};
        const std::size_t unit = *position;
        const std::string_view time = cells[time_column];
        const auto at = TRY(time_of(time, place(time_column)));
        if (are_years && *are_years != at.is_year)
            return fail(Fault::Data, "bad-time", place(time_column),
                        fmt::format("'{}' is a {} among {}s", excerpt(time), at.is_year ? "year" : "month",
                                    at.is_year ? "month" : "year"),
                        "give years and months in two files, one a run, or write all as months");
        are_years = at.is_year;
        const auto [earlier, is_new] = lines.emplace(std::pair{unit, at.month}, line);
        if (!is_new)
            return fail(Fault::Data, "two-rows-one-time", place(time_column),
                        fmt::format("unit '{}' has {} here and in line {}", excerpt(cells[unit_column]), excerpt(time),
                                    earlier->second),
                        "one row a unit and time");
        const int known = at.month + (lag >= 0 ? lag : at.is_year ? lag_of_years : lag_of_months);
        std::size_t figure = 0;
        for (std::size_t c = 0; c < cells.size(); ++c) {
            if (c == unit_column || c == time_column) continue;
            auto& of_unit = panel.covariates[figure++].of_unit[unit];
            if (is_absent(cells[c])) continue;
            const double value = TRY(figure_of(cells[c], names[c], place(c)));
            of_unit.push_back({at.month, known, value});
        }
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (!any)
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header",
                    "give a row a unit and time, or leave the file out");
    for (auto& covariate : panel.covariates) {
        for (auto& of_unit : covariate.of_unit)
            std::sort(of_unit.begin(), of_unit.end(), [](const auto& a, const auto& b) { return a.month < b.month; });
    }
    return units.finish(lines.size(), path, notes);
}

}  // namespace

Result<std::vector<std::string>> add_side_tables(CountPanel& panel, const SideTables& tables) {
    Units units(panel);
    std::vector<std::string> notes;
    if (!tables.neighbours.empty()) TRY(add_neighbours(panel, units, tables.neighbours, notes));
    if (!tables.regions.empty()) TRY(add_regions(panel, units, tables.regions, notes));
    if (!tables.covariates.empty()) TRY(add_covariates(panel, units, tables.covariates, tables.covariate_lag, notes));
    return notes;
}

}  // namespace icosa::table
