/// icosa score: draws against what came, cell by cell, without holding all draws where the file groups them.
#include <algorithm>
#include <cstdio>
#include <unordered_map>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/count_table.hpp"
#include "app/exit_code.hpp"
#include "app/user_table.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "methods/score.hpp"

namespace icosa::app {
namespace {

/// Month and unit as one text; months in any of their forms are the same, other times stay as they are.
std::string cell_key(std::string_view time, std::string_view unit) {
    const auto month = parse_month(time);
    return fmt::format("{}\x1f{}", month ? period_label(*month, PeriodKind::Month) : std::string(time), unit);
}

enum class File { Draws, Actuals };

struct Columns {
    std::size_t time = 0, unit = 1, value = 0;
};

/// By name where one is given and there, else by position; a name must be in the actuals.
Result<Columns> columns_of(const std::vector<std::string>& header, const std::string& path, const ScoreOptions& options, File file) {
    const bool are_draws = file == File::Draws;
    const std::size_t least = are_draws ? 4 : 3;
    Columns out;
    const auto at = [&](const std::string& name, std::size_t position) -> Result<std::size_t> {
        const bool is_there = std::find(header.begin(), header.end(), name) != header.end();
        if (!name.empty() && (!are_draws || is_there)) return column_named(header, path, name);
        if (header.size() < least) return fail(Fault::Data, "too-few-columns", {path, 1}, fmt::format("{} columns; {} are needed", header.size(), are_draws ? "time, unit, draw, outcome" : "time, unit, value"), "name them with --time, --unit, --value");
        return position;
    };
    out.time = TRY(at(options.time, 0));
    out.unit = TRY(at(options.unit, 1));
    const auto outcome = std::find(header.begin(), header.end(), "outcome");
    if (are_draws) out.value = outcome != header.end() ? static_cast<std::size_t>(outcome - header.begin()) : header.size() - 1;
    else out.value = TRY(at(options.value, 2));
    return out;
}

struct Sums {
    std::int64_t cells = 0, without_outcome = 0;
    double crps = 0, ign = 0, mis = 0;
    double covered[3] = {};

    void add(std::vector<double>& draws, double outcome) {
        std::sort(draws.begin(), draws.end());
        ++cells;
        crps += methods::crps_sorted(draws, outcome);
        ign += methods::ignorance(draws, outcome);
        mis += methods::interval_score_sorted(draws, outcome);
        for (int i = 0; i < 3; ++i) covered[i] += methods::covers_sorted(draws, outcome, i == 0 ? 0.5 : i == 1 ? 0.8 : 0.9) ? 1 : 0;
    }
};

struct Actual {
    double value = 0;
    bool is_scored = false;
};
using Actuals = std::unordered_map<std::string, Actual>;

Result<Actuals> read_actuals(const ScoreOptions& options) {
    Actuals out;
    Columns columns;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        columns = TRY(columns_of(header, options.actuals, options, File::Actuals));
        return std::vector{columns.time, columns.unit, columns.value};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        if (is_absent(cells[2])) return {};  // not observed: not scored
        const auto value = parse_number(cells[2]);
        if (!value) return fail(Fault::Data, "bad-value", {options.actuals, line, static_cast<int>(columns.value) + 1}, fmt::format("'{}' is not a number", excerpt(cells[2])), "leave it empty where nothing was observed");
        if (!out.emplace(cell_key(cells[0], cells[1]), Actual{*value}).second) {
            return fail(Fault::Data, "two-rows-one-period", {options.actuals, line}, fmt::format("unit '{}' has {} twice", excerpt(cells[1]), excerpt(cells[0])), "one row a unit and time");
        }
        return {};
    };
    TRY(visit_rows(options.actuals, on_header, on_row));
    if (out.empty()) return fail(Fault::Data, "no-rows", {options.actuals, 1}, "there is nothing to score against", "give a row a unit and time");
    return out;
}

/// Calls on_draw for each row; the key is made once for a run of rows of one cell.
Result<void> visit_draws(const ScoreOptions& options, const std::function<bool(const std::string& key, double draw)>& on_draw) {
    Columns columns;
    std::string time, unit, key;
    bool goes_on = true;
    return visit_rows(options.draws, [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        columns = TRY(columns_of(header, options.draws, options, File::Draws));
        return std::vector{columns.time, columns.unit, columns.value};
    }, [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        if (!goes_on) return {};
        const auto draw = parse_number(cells[2]);
        if (!draw) return fail(Fault::Data, "bad-value", {options.draws, line, static_cast<int>(columns.value) + 1}, fmt::format("'{}' is not a number", excerpt(cells[2])), "each draw needs an outcome");
        if (key.empty() || cells[0] != time || cells[1] != unit) {
            time = cells[0];
            unit = cells[1];
            key = cell_key(time, unit);
        }
        goes_on = on_draw(key, *draw);
        return {};
    });
}

/// One pass, a cell's draws at a time; false where a cell comes a second time: the file is not grouped.
Result<bool> score_grouped(const ScoreOptions& options, Actuals& actuals, Sums& sums) {
    std::string current;
    std::vector<double> draws;
    Actual* actual = nullptr;
    bool is_grouped = true;
    std::unordered_map<std::string, char> passed;  // cells without an outcome
    TRY(visit_draws(options, [&](const std::string& key, double draw) {
        if (draws.empty() || key != current) {
            if (!draws.empty() && actual) sums.add(draws, actual->value);
            draws.clear();
            current = key;
            const auto found = actuals.find(key);
            actual = found == actuals.end() ? nullptr : &found->second;
            if (actual) is_grouped = !actual->is_scored;
            else is_grouped = passed.emplace(key, 0).second;
            if (!is_grouped) return false;
            if (actual) actual->is_scored = true;
        }
        draws.push_back(draw);
        return true;
    }));
    if (is_grouped && !draws.empty() && actual) sums.add(draws, actual->value);
    sums.without_outcome = static_cast<std::int64_t>(passed.size());
    return is_grouped;
}

/// All draws of all cells held.
Result<void> score_held(const ScoreOptions& options, Actuals& actuals, Sums& sums) {
    std::unordered_map<std::string, std::size_t> slot;
    std::vector<std::pair<std::string, std::vector<double>>> held;
    TRY(visit_draws(options, [&](const std::string& key, double draw) {
        const auto [found, is_new] = slot.emplace(key, held.size());
        if (is_new) held.emplace_back(key, std::vector<double>{});
        held[found->second].second.push_back(draw);
        return true;
    }));
    for (auto& [key, draws] : held) {
        const auto found = actuals.find(key);
        if (found == actuals.end()) {
            ++sums.without_outcome;
            continue;
        }
        found->second.is_scored = true;
        sums.add(draws, found->second.value);
    }
    return {};
}

}  // namespace

Result<int> score(const Common& common, const ScoreOptions& options) {
    auto actuals = TRY(read_actuals(options));
    Sums sums;
    if (!TRY(score_grouped(options, actuals, sums))) {
        sums = {};
        for (auto& [key, actual] : actuals) actual.is_scored = false;
        TRY(score_held(options, actuals, sums));
    }
    if (sums.cells == 0) return fail(Fault::Data, "nothing-matches", {options.draws}, fmt::format("none of its cells is in {}", options.actuals), "times and units must be written alike; name the columns with --time, --unit, --value");
    const auto without_draws = std::count_if(actuals.begin(), actuals.end(), [](const auto& one) { return !one.second.is_scored; });
    const double n = static_cast<double>(sums.cells);
    if (common.json) {
        JsonWriter json;
        json.begin_object().field("crps", sums.crps / n).field("ign", sums.ign / n).field("mis", sums.mis / n).field("cells", sums.cells);
        json.field("covered_50", sums.covered[0] / n).field("covered_80", sums.covered[1] / n).field("covered_90", sums.covered[2] / n);
        json.field("without_outcome", sums.without_outcome).field("without_draws", static_cast<std::int64_t>(without_draws)).end_object();
        fmt::print("{}\n", json.text());
        return exit_clean;
    }
    fmt::print("cells {}\nCRPS  {:.4f}\nIGN   {:.4f} bits\nMIS   {:.3f} (90 %)\n", sums.cells, sums.crps / n, sums.ign / n, sums.mis / n);
    fmt::print("outcomes within the central 50, 80, 90 % of the draws: {:.3f}, {:.3f}, {:.3f}\n", sums.covered[0] / n, sums.covered[1] / n, sums.covered[2] / n);
    if (sums.without_outcome > 0) fmt::print("{} cells have draws and no outcome: not scored\n", sums.without_outcome);
    if (without_draws > 0) fmt::print("{} cells have an outcome and no draws: not scored\n", without_draws);
    return exit_clean;
}

}  // namespace icosa::app
