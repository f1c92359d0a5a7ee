/// icosa score: draws against what came, cell by cell, without holding all draws where the file groups them.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "cli/score_files.hpp"
#include "table/cell_scores.hpp"

namespace icosa::cli {
namespace {

/// What is known of a file of draws while it is walked, whichever way it is scored.
class DrawsWalk {
public:
    DrawsWalk(const ScoreOptions& options, Actuals& actuals, std::optional<std::string> model)
        : options_(options), actuals_(actuals), wanted_model_(std::move(model)) {}

    /// on_cell(period's key, cell's key, run) -> goes on
    template <class OnCell> Result<void> visit(OnCell on_cell) {
        table::DrawVisitor visitor;
        visitor.on_header = [&](const std::vector<std::string>& header) -> Result<table::DrawColumns> {
            header_ = TRY(read_draws_header(header, options_));
            return header_.columns;
        };
        visitor.on_progress = [&](std::int64_t rows, std::int64_t of) {
            if (!progress_) progress_.emplace("draws", of, "rows");
            progress_->at(rows);
        };
        visitor.on_run = [&](const table::DrawRun& run, const table::DrawNames& names) {
            const auto goes_on = step(run, names, on_cell);
            if (!goes_on) error_ = goes_on.error();
            return goes_on.value_or(false);
        };
        newest_time_.reset();
        auto done = table::visit_draws(options_.draws, visitor);
        progress_.reset();
        if (error_) return std::unexpected(*error_);
        return done;
    }
    [[nodiscard]] const DrawsHeader& header() const { return header_; }
    [[nodiscard]] const std::vector<std::string>& models() const { return models_; }
    [[nodiscard]] const std::unordered_set<std::string>& units() const { return units_; }
    [[nodiscard]] const std::unordered_set<std::string>& times() const { return times_; }

private:
    template <class OnCell>
    Result<bool> step(const table::DrawRun& run, const table::DrawNames& names, OnCell& on_cell) {
        if (header_.columns.model) {
            const std::string model = names.models.text_of(run.model);
            if (std::find(models_.begin(), models_.end(), model) == models_.end()) models_.push_back(model);
            if (options_.model.empty() && models_.size() > 1)
                return fail(Fault::Data, "several-models", {options_.draws, 1},
                            fmt::format("column '{}' names several models: {}, {}", header_.model, excerpt(models_[0]),
                                        excerpt(models_[1])),
                            fmt::format("score each for itself with --model {}", header_.model));
            if (wanted_model_ && model != *wanted_model_) return true;
        }
        if (!newest_time_ || newest_time_->first != run.time)
            newest_time_.emplace(run.time, TRY(actuals_.keys.of(names.times.text_of(run.time), {options_.draws})));
        const std::string& time = newest_time_->second;
        const std::string unit = table::unit_key(names.units.text_of(run.unit));
        const std::string key = table::cell_key(time, unit);
        if (options_.sparse) {
            units_.insert(unit);
            times_.insert(time);
        }
        TRY(check_ids(run, names, key));
        return on_cell(time, key, run);
    }

    /// No draw twice in a run.
    Result<void> check_ids(const table::DrawRun& run, const table::DrawNames& names, const std::string& key) {
        ids_.assign(run.ids.begin(), run.ids.end());
        std::sort(ids_.begin(), ids_.end());
        const auto twice = std::adjacent_find(ids_.begin(), ids_.end());
        if (twice == ids_.end()) return {};
        return draw_twice(names.draws.text_of(*twice), key);
    }

public:
    [[nodiscard]] std::unexpected<Error> draw_twice(const std::string& draw, const std::string& key) const {
        return fail(Fault::Data, "two-draws", {options_.draws},
                    fmt::format("draw {} stands twice in the cell of {}", excerpt(draw), table::cell_words(key)),
                    "give each draw once; several models in one table: name their column with --model");
    }

private:
    const ScoreOptions& options_;
    Actuals& actuals_;
    std::optional<std::string> wanted_model_;
    DrawsHeader header_;
    std::vector<std::string> models_;
    std::unordered_set<std::string> units_, times_;
    std::optional<std::pair<std::int64_t, std::string>> newest_time_;
    std::vector<std::int64_t> ids_;
    std::optional<Progress> progress_;
    std::optional<Error> error_;
};

/// One pass, a cell's draws at a time; nothing where a cell comes a second time: the file is not grouped.
Result<std::optional<table::CellScores>> score_grouped(DrawsWalk& walk, int threads, Actuals& actuals) {
    table::Scoring scoring(threads);
    bool is_grouped = true;
    std::unordered_set<std::string> without_outcome;
    TRY(walk.visit([&](const std::string& time, const std::string& key, const table::DrawRun& run) -> Result<bool> {
        Actual* const found = actuals.find(key, time);
        is_grouped = found ? !found->is_scored : without_outcome.insert(key).second;
        if (is_grouped && found) {
            found->is_scored = true;
            scoring.add(run.draws, found->value);
        }
        return is_grouped;
    }));
    auto scores = scoring.finish();
    scores.without_outcome = static_cast<std::int64_t>(without_outcome.size());
    return is_grouped ? std::optional(scores) : std::nullopt;
}

/// A cell of a file that does not group them: its draws as a tally, and which of them came.
struct HeldCell {
    std::string time, key;
    table::HeldTally tally;
    std::vector<std::uint64_t> seen;                   ///< a bit a draw of small number
    std::unordered_set<std::int64_t> seen_others;
    bool is_new(std::int64_t id) {
        constexpr std::int64_t most = 1 << 20;
        if (id < 0 || id >= most) return seen_others.insert(id).second;
        const auto word = static_cast<std::size_t>(id / 64);
        if (word >= seen.size()) seen.resize(word + 1);
        const auto mask = std::uint64_t{1} << static_cast<unsigned>(id % 64);
        const bool out = (seen[word] & mask) == 0;
        seen[word] |= mask;
        return out;
    }
};

/// All cells held, as tallies.
Result<table::CellScores> score_held(DrawsWalk& walk, int threads, Actuals& actuals) {
    std::unordered_map<std::string, std::size_t> slots;
    std::vector<HeldCell> held;
    TRY(walk.visit([&](const std::string& time, const std::string& key, const table::DrawRun& run) -> Result<bool> {
        const auto [found, is_new] = slots.emplace(key, held.size());
        if (is_new) held.push_back({time, key, {}, {}, {}});
        HeldCell& cell = held[found->second];
        for (const std::int64_t id : run.ids) {
            if (!cell.is_new(id)) return walk.draw_twice(std::to_string(id), key);
        }
        for (const double draw : run.draws) cell.tally.add(draw);
        return true;
    }));
    table::Scoring scoring(threads);
    std::int64_t without_outcome = 0;
    std::vector<double> draws;
    for (auto& cell : held) {
        Actual* const found = actuals.find(cell.key, cell.time);
        if (!found) {
            ++without_outcome;
            continue;
        }
        found->is_scored = true;
        cell.tally.draws(draws);
        scoring.add(draws, found->value);
    }
    auto scores = scoring.finish();
    scores.without_outcome = without_outcome;
    return scores;
}

/// Events of units that the draws do not have: what they say came is scored nowhere.
Result<void> check_unmatched(const DrawsWalk& walk, const Actuals& actuals, const ScoreOptions& options) {
    if (!options.sparse || options.ignore_unmatched) return {};
    std::set<std::string> unmatched;
    double count = 0;
    for (const auto& [key, actual] : actuals.of) {
        const auto at = key.find('\x1f');
        if (actual.value <= 0 || !walk.times().contains(key.substr(0, at)) || walk.units().contains(key.substr(at + 1)))
            continue;
        unmatched.insert(key.substr(at + 1));
        count += actual.value;
    }
    if (unmatched.empty()) return {};
    return fail(
        Fault::Data, "unmatched-units", {options.actuals},
        fmt::format("{} unit{} with {} in the months of the draws {} not among the units of {}: {}{}", unmatched.size(),
                    unmatched.size() == 1 ? "" : "s", number_text(count), unmatched.size() == 1 ? "is" : "are",
                    options.draws, excerpt(*unmatched.begin()), unmatched.size() > 1 ? " .." : ""),
        "write units alike in both files; --ignore-unmatched scores without them");
}

struct Scored {
    std::string model;  ///< "" = the file is of one
    table::CellScores sums;
    std::int64_t without_draws = 0;
    std::string draws_said;
};

/// model: of these draws only.
Result<Scored> score_model(const Common& common, const ScoreOptions& options, Actuals& actuals,
                           const std::optional<std::string>& model) {
    for (auto& [key, actual] : actuals.of) actual.is_scored = false;
    DrawsWalk walk(options, actuals, model);
    auto scored = TRY(score_grouped(walk, common.threads, actuals));
    if (!scored) {
        if (!model || options.model.empty())
            fmt::print(stderr,
                       "note: the rows of {} are not grouped by time and unit: all cells are held in memory at once\n",
                       options.draws);
        for (auto& [key, actual] : actuals.of) actual.is_scored = false;
        scored = TRY(score_held(walk, common.threads, actuals));
    }
    if (scored->cells == 0)
        return fail(Fault::Data, "nothing-matches", {options.draws},
                    fmt::format("none of its cells is in {}; its first is {}, the first there {}", options.actuals,
                                table::cell_words(actuals.first_asked), table::cell_words(actuals.first)),
                    "give the same months, and units written alike; name the columns with --time, --unit, --value");
    TRY(check_unmatched(walk, actuals, options));
    const auto without_draws =
        std::count_if(actuals.of.begin(), actuals.of.end(), [](const auto& one) { return !one.second.is_scored; });
    return Scored{model.value_or(""), *scored, static_cast<std::int64_t>(without_draws), walk.header().said};
}

/// The models of a file in the order in which they come; one without a name where no column of them is asked for.
Result<std::vector<std::optional<std::string>>> models_of(const ScoreOptions& options, Actuals& actuals) {
    if (options.model.empty()) return std::vector<std::optional<std::string>>{std::nullopt};
    DrawsWalk walk(options, actuals, "\x1f");  // no model has this name: nothing is scored
    TRY(walk.visit([](const std::string&, const std::string&, const table::DrawRun&) -> Result<bool> { return true; }));
    return std::vector<std::optional<std::string>>(walk.models().begin(), walk.models().end());
}

void print_json(const Scored& scored, const Actuals& actuals) {
    const auto& sums = scored.sums;
    const double n = static_cast<double>(sums.cells);
    JsonWriter json;
    json.begin_object();
    if (!scored.model.empty()) json.field("model", scored.model);
    json.field("crps", sums.crps / n).field("ign", sums.ign / n).field("mis", sums.mis / n).field("cells", sums.cells);
    json.field("covered_50", sums.covered[0] / n)
        .field("covered_80", sums.covered[1] / n)
        .field("covered_90", sums.covered[2] / n);
    json.field("without_outcome", sums.without_outcome).field("without_draws", scored.without_draws);
    json.key("columns")
        .begin_object()
        .field("time", actuals.columns.time)
        .field("unit", actuals.columns.unit)
        .field("value", actuals.columns.value)
        .field("read", actuals.said)
        .field("draws", scored.draws_said)
        .end_object()
        .end_object();
    fmt::print("{}\n", json.text());
}

void print_text(const Scored& scored) {
    const auto& sums = scored.sums;
    const double n = static_cast<double>(sums.cells);
    if (!scored.model.empty()) fmt::print("model {}\n", scored.model);
    fmt::print("cells {}\nCRPS  {:.4f}\nIGN   {:.4f} bits\nMIS   {:.3f} (90 %)\n", sums.cells, sums.crps / n,
               sums.ign / n, sums.mis / n);
    fmt::print("outcomes within the central 50, 80, 90 % of the draws: {:.3f}, {:.3f}, {:.3f}\n", sums.covered[0] / n,
               sums.covered[1] / n, sums.covered[2] / n);
    if (sums.without_outcome > 0) fmt::print("{} cells have draws and no outcome: not scored\n", sums.without_outcome);
    if (scored.without_draws > 0)
        fmt::print("{} cells have an outcome and no draws: not scored\n", scored.without_draws);
}

Result<int> score(const Common& common, const ScoreOptions& options) {
    if (options.ignore_unmatched && !options.sparse)
        return fail(Fault::Usage, "needs-sparse", {}, "--ignore-unmatched is about the units of events",
                    "give --sparse, or leave it out");
    const auto reading = TRY(reading_of(options.reading));
    auto actuals = TRY(read_actuals(options, reading));
    std::vector<Scored> rows;
    for (const auto& model : TRY(models_of(options, actuals)))
        rows.push_back(TRY(score_model(common, options, actuals, model)));
    if (rows.empty())
        return fail(Fault::Data, "no-rows", {options.draws, 1}, "there are no rows under the header",
                    "give a row a draw");
    if (!common.json)
        fmt::print(stderr, "{}: time '{}', unit '{}', value '{}'{}; {}: {}\n", options.actuals, actuals.columns.time,
                   actuals.columns.unit, actuals.columns.value,
                   actuals.said.empty() ? "" : fmt::format(" ({})", actuals.said), options.draws,
                   rows.front().draws_said);
    for (const auto& row : rows) {
        if (common.json) print_json(row, actuals);
        else print_text(row);
    }
    return exit_clean;
}

}  // namespace

Command score_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ScoreOptions>();
    Command out{
        .name = "score",
        .summary = "How far draws were from what came: CRPS, ignorance, interval score, coverage",
        .options =
            {option("--draws", &options->draws,
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
                    "the column of what came in the actuals; if not named, outcome, else the only one that "
                    "holds counts")
                 .as("COLUMN"),
             option("--model", &options->model, "a column of the draws that names models: a score each").as("COLUMN"),
             option("--sparse", &options->sparse,
                    "the actuals are events: rows of one unit and month are added up, and what has none within "
                    "the file's months was 0"),
             option("--ignore-unmatched", &options->ignore_unmatched,
                    "with --sparse: leave out events of units that the draws do not have; refused if not said"),
             json_option(*common), threads_option(*common)},
        .examples = {"icosa score --draws draws.csv --actuals 2018.csv --json",
                     "icosa score --draws challenge.csv --actuals cm.csv --time month_id --unit country_id --value "
                     "ged_sb",
                     "icosa score --draws grid.sketch.parquet --actuals ged.csv --sparse --unit priogrid_gid --time "
                     "date_start --value best"},
        .exits = {{exit_data}, {exit_store}},
        .run = [=] { return score(*common, *options); },
    };
    add_reading(out, options->reading);
    return out;
}

}  // namespace icosa::cli
