/// icosa score: draws against what came, cell by cell, without holding all draws where the file groups them.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/date.hpp"
#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "table/cell_scores.hpp"
#include "table/counts.hpp"
#include "table/draws.hpp"
#include "table/reader.hpp"
#include "table/sparse_counts.hpp"
#include "table/times.hpp"

namespace icosa::cli {
namespace {

struct ScoreOptions {
    std::string draws;
    std::string actuals;
    std::string time;  ///< columns by name in both files; "" = the first
    std::string unit;  ///< "" = the second
    std::string value;  ///< of the actuals; "" = the third
    bool sparse = false;  ///< the actuals are events: added up by unit and month, all other months of the file zero
};

/// Month and unit as one text; months in any of their forms are the same, other times stay as they are.
std::string cell_key(std::string_view time, std::string_view unit) {
    const auto month = table::parse_month(time);
    return fmt::format("{}\x1f{}", month ? period_label(*month, PeriodKind::Month) : std::string(time), unit);
}

/// A key for a message: "unit 'a' in 2018-01".
std::string words_of(const std::string& key) {
    const auto at = key.find('\x1f');
    return at == std::string::npos
        ? std::string("none")
        : fmt::format("unit '{}' in {}", excerpt(key.substr(at + 1)), excerpt(key.substr(0, at)));
}

enum class File { Draws, Actuals };

struct Columns {
    std::size_t time = 0, unit = 1, value = 0;
};

/// The names by which Icosa and the prediction challenge write them; a table saved with an index has its columns in any
/// order.
constexpr std::string_view time_names[] = {"month", "month_id"};
constexpr std::string_view unit_names[] = {"unit", "country_id", "priogrid_gid", "priogrid_id", "pg_id"};

/// By the name given (in draws only where it is there), else by a known name, else the first column that is nothing
/// else.
Result<Columns> columns_of(const std::vector<std::string>& header, const std::string& path, const ScoreOptions& options,
                           File file) {
    const bool are_draws = file == File::Draws;
    const auto find = [&](std::string_view name) {
        return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
    };
    const bool are_sketches = are_draws && find("sketch") < header.size();
    const std::size_t least = are_draws && !are_sketches ? 4 : 3;
    const auto too_few = [&] {
        return fail(Fault::Data, "too-few-columns", {path, 1},
                    fmt::format("{} columns; {} are needed", header.size(),
                                are_draws ? "time, unit, draw, outcome (or time, unit, sketch)" : "time, unit, value"),
                    "name them with --time, --unit, --value");
    };
    if (header.size() < least && (options.time.empty() || options.unit.empty())) return too_few();
    std::vector<bool> taken(header.size());
    const auto of = [&](const std::string& name, std::span<const std::string_view> known) -> Result<std::size_t> {
        std::size_t at = header.size();
        if (!name.empty() && (!are_draws || find(name) < header.size()))
            at = TRY(table::column_named(header, path, name));
        for (std::size_t i = 0; i < known.size() && at == header.size(); ++i) at = find(known[i]);
        if (at == header.size()) {
            at = static_cast<std::size_t>(std::find(taken.begin(), taken.end(), false) - taken.begin());
            if (at == header.size()) return too_few();
        }
        taken[at] = true;
        return at;
    };
    constexpr std::string_view value_names[] = {"outcome"}, other_names[] = {"draw", "sketch"};
    // What has a name first, so that what is found by its place is nothing else.
    const std::string_view given[] = {options.time, options.unit, options.value};
    for (const auto names : std::initializer_list<std::span<const std::string_view>>{given, time_names, unit_names,
                                                                                     value_names, other_names}) {
        for (const auto name : names) {
            if (find(name) < header.size()) taken[find(name)] = true;
        }
    }
    Columns out;
    out.time = TRY(of(options.time, time_names));
    out.unit = TRY(of(options.unit, unit_names));
    if (!are_draws) out.value = TRY(of(options.value, value_names));
    else if (are_sketches) out.value = find("sketch");
    else out.value = find("outcome") < header.size() ? find("outcome") : header.size() - 1;
    return out;
}

struct Actual {
    double value = 0;
    bool is_scored = false;
};
using ActualOf = std::unordered_map<std::string, Actual>;

/// What came, by cell; of events, a cell without one within the file's months was 0.
struct Actuals {
    ActualOf of;
    int zero_from = 0, zero_until = 0;  ///< months; none unless the actuals are events
    std::string first, first_asked;  ///< cells, to say how the two files differ

    /// nullptr = not observed
    Actual* find(const std::string& key) {
        if (first_asked.empty()) first_asked = key;
        if (const auto found = of.find(key); found != of.end()) return &found->second;
        const auto month = zero_from < zero_until
            ? table::parse_month(std::string_view(key).substr(0, key.find('\x1f')))
            : std::nullopt;
        return month && *month >= zero_from && *month < zero_until ? &of[key] : nullptr;
    }
};

Result<Actuals> read_events(const ScoreOptions& options) {
    Columns columns;
    std::vector<std::string> names;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        columns = TRY(columns_of(header, options.actuals, options, File::Actuals));
        names = header;
        return std::vector<std::size_t>{columns.time};
    };
    TRY(table::visit_rows(options.actuals, on_header,
                          [](std::span<const std::string_view>, int) { return Result<void>(); }));
    const auto counts =
        TRY(table::read_sparse(options.actuals, {names[columns.unit], names[columns.time], names[columns.value]}));
    Actuals out{{}, counts.first, counts.end, {}, {}};
    for (const auto& unit : counts.units) {
        for (const auto& one : unit.at) {
            const auto key = cell_key(period_label(one.month, PeriodKind::Month), unit.name);
            if (out.first.empty()) out.first = key;
            out.of.emplace(key, Actual{one.count});
        }
    }
    return out;
}

Result<Actuals> read_actuals(const ScoreOptions& options) {
    if (options.sparse) return read_events(options);
    Actuals out;
    Columns columns;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        columns = TRY(columns_of(header, options.actuals, options, File::Actuals));
        return std::vector{columns.time, columns.unit, columns.value};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        if (table::is_absent(cells[2])) return {};  // not observed: not scored
        const auto value = parse_number(cells[2]);
        if (!value)
            return fail(Fault::Data, "bad-value", {options.actuals, line, static_cast<int>(columns.value) + 1},
                        fmt::format("'{}' is not a number", excerpt(cells[2])),
                        "leave it empty where nothing was observed");
        if (*value < 0)
            return fail(Fault::Data, "bad-value", {options.actuals, line, static_cast<int>(columns.value) + 1},
                        fmt::format("'{}' is less than 0, which no count is", excerpt(cells[2])),
                        "leave it empty where nothing was observed");
        const auto key = cell_key(cells[0], cells[1]);
        if (out.first.empty()) out.first = key;
        if (!out.of.emplace(key, Actual{*value}).second) {
            return fail(Fault::Data, "two-rows-one-period", {options.actuals, line},
                        fmt::format("unit '{}' has {} twice", excerpt(cells[1]), excerpt(cells[0])),
                        "one row a unit and time");
        }
        return {};
    };
    TRY(table::visit_rows(options.actuals, on_header, on_row));
    if (out.of.empty())
        return fail(Fault::Data, "no-rows", {options.actuals, 1}, "there is nothing to score against",
                    "give a row a unit and time");
    return out;
}

std::string key_of(const table::DrawRun& run, const table::Names& times, const table::Names& units) {
    return cell_key(times.text_of(run.time), units.text_of(run.unit));
}

table::DrawVisitor visitor_of(const ScoreOptions& options, std::optional<Progress>& progress) {
    table::DrawVisitor out;
    out.on_header = [&](const std::vector<std::string>& header) -> Result<table::DrawColumns> {
        const auto columns = TRY(columns_of(header, options.draws, options, File::Draws));
        return table::DrawColumns{columns.time, columns.unit, columns.value};
    };
    out.on_progress = [&](std::int64_t rows, std::int64_t of) {
        if (!progress) progress.emplace("draws", of, "rows");
        progress->at(rows);
    };
    return out;
}

/// One pass, a cell's draws at a time; nothing where a cell comes a second time: the file is not grouped.
Result<std::optional<table::CellScores>> score_grouped(const ScoreOptions& options, int threads, Actuals& actuals,
                                                       std::optional<Progress>& progress) {
    table::Scoring scoring(threads);
    bool is_grouped = true;
    std::unordered_set<std::string> without_outcome;
    auto visitor = visitor_of(options, progress);
    visitor.on_run = [&](const table::DrawRun& run, const table::Names& times, const table::Names& units) {
        const auto key = key_of(run, times, units);
        Actual* const found = actuals.find(key);
        is_grouped = found ? !found->is_scored : without_outcome.insert(key).second;
        if (is_grouped && found) {
            found->is_scored = true;
            scoring.add(run.draws, found->value);
        }
        return is_grouped;
    };
    TRY(table::visit_draws(options.draws, visitor));
    auto scores = scoring.finish();
    scores.without_outcome = static_cast<std::int64_t>(without_outcome.size());
    return is_grouped ? std::optional(scores) : std::nullopt;
}

/// All cells held, as tallies.
Result<table::CellScores> score_held(const ScoreOptions& options, int threads, Actuals& actuals,
                                     std::optional<Progress>& progress) {
    struct Hash {
        std::size_t operator()(const std::pair<std::int64_t, std::int64_t>& one) const {
            return hash64({reinterpret_cast<const char*>(&one), sizeof one});
        }
    };
    std::unordered_map<std::pair<std::int64_t, std::int64_t>, std::size_t, Hash> slots;
    std::vector<std::pair<std::string, table::HeldTally>> held;
    auto visitor = visitor_of(options, progress);
    visitor.on_run = [&](const table::DrawRun& run, const table::Names& times, const table::Names& units) {
        const auto [found, is_new] = slots.emplace(std::pair{run.time, run.unit}, held.size());
        if (is_new) held.emplace_back(key_of(run, times, units), table::HeldTally());
        for (const double draw : run.draws) held[found->second].second.add(draw);
        return true;
    };
    TRY(table::visit_draws(options.draws, visitor));
    table::Scoring scoring(threads);
    std::int64_t without_outcome = 0;
    std::vector<double> draws;
    for (auto& [key, tally] : held) {
        Actual* const found = actuals.find(key);
        if (!found) {
            ++without_outcome;
            continue;
        }
        found->is_scored = true;
        tally.draws(draws);
        scoring.add(draws, found->value);
    }
    auto scores = scoring.finish();
    scores.without_outcome = without_outcome;
    return scores;
}

Result<int> score(const Common& common, const ScoreOptions& options) {
    auto actuals = TRY(read_actuals(options));
    std::optional<Progress> progress;
    auto scored = TRY(score_grouped(options, common.threads, actuals, progress));
    if (!scored) {
        fmt::print(stderr,
                   "note: the rows of {} are not grouped by time and unit: all cells are held in memory at once\n",
                   options.draws);
        progress.reset();
        for (auto& [key, actual] : actuals.of) actual.is_scored = false;
        scored = TRY(score_held(options, common.threads, actuals, progress));
    }
    progress.reset();
    const table::CellScores& sums = *scored;
    if (sums.cells == 0)
        return fail(Fault::Data, "nothing-matches", {options.draws},
                    fmt::format("none of its cells is in {}; its first is {}, the first there {}", options.actuals,
                                words_of(actuals.first_asked), words_of(actuals.first)),
                    "give the same months, and units written alike; name the columns with --time, --unit, --value");
    const auto without_draws =
        std::count_if(actuals.of.begin(), actuals.of.end(), [](const auto& one) { return !one.second.is_scored; });
    const double n = static_cast<double>(sums.cells);
    if (common.json) {
        JsonWriter json;
        json.begin_object()
            .field("crps", sums.crps / n)
            .field("ign", sums.ign / n)
            .field("mis", sums.mis / n)
            .field("cells", sums.cells);
        json.field("covered_50", sums.covered[0] / n)
            .field("covered_80", sums.covered[1] / n)
            .field("covered_90", sums.covered[2] / n);
        json.field("without_outcome", sums.without_outcome)
            .field("without_draws", static_cast<std::int64_t>(without_draws))
            .end_object();
        fmt::print("{}\n", json.text());
        return exit_clean;
    }
    fmt::print("cells {}\nCRPS  {:.4f}\nIGN   {:.4f} bits\nMIS   {:.3f} (90 %)\n", sums.cells, sums.crps / n,
               sums.ign / n, sums.mis / n);
    fmt::print("outcomes within the central 50, 80, 90 % of the draws: {:.3f}, {:.3f}, {:.3f}\n", sums.covered[0] / n,
               sums.covered[1] / n, sums.covered[2] / n);
    if (sums.without_outcome > 0) fmt::print("{} cells have draws and no outcome: not scored\n", sums.without_outcome);
    if (without_draws > 0) fmt::print("{} cells have an outcome and no draws: not scored\n", without_draws);
    return exit_clean;
}

}  // namespace

Command score_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ScoreOptions>();
    return {
        .name = "score",
        .summary = "How far draws were from what came: CRPS, ignorance, interval score, coverage",
        .options = {option("--draws", &options->draws,
                           "CSV or Parquet: time, unit, draw, outcome; the outcome is the column of that name, else "
                           "the last; or time, unit, sketch")
                        .as("FILE")
                        .required(),
                    option("--actuals", &options->actuals, "CSV or Parquet: time, unit, value").as("FILE").required(),
                    option("--time", &options->time,
                           "the column of times in both files; if not named, month or month_id, else the first")
                        .as("COLUMN"),
                    option("--unit", &options->unit,
                           "the column of units in both files; if not named, unit, country_id or priogrid_gid, else "
                           "the second")
                        .as("COLUMN"),
                    option("--value", &options->value,
                           "the column of what came in the actuals; if not named, outcome, else the third")
                        .as("COLUMN"),
                    option("--sparse", &options->sparse,
                           "the actuals are events: rows of one unit and month are added up, and what has none within "
                           "the file's months was 0"),
                    json_option(*common), threads_option(*common)},
        .examples = {"icosa score --draws draws.csv --actuals 2018.csv --json",
                     "icosa score --draws challenge.csv --actuals cm.csv --time month_id --unit country_id --value "
                     "ged_sb",
                     "icosa score --draws grid.sketch.parquet --actuals ged.csv --sparse --unit priogrid_gid --time "
                     "date_start --value best"},
        .exits = {{exit_data}, {exit_store}},
        .run = [=] { return score(*common, *options); },
    };
}

}  // namespace icosa::cli
