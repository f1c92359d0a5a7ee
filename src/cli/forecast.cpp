/// icosa forecast: a user's table of counts in; draws, a table or JSON out.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/forecast_model.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/reading_options.hpp"
#include "forecast/cells.hpp"
#include "forecast/crossing.hpp"
#include "forecast/reaching.hpp"
#include "forecast/statement.hpp"
#include "table/counts.hpp"
#include "table/draw_file.hpp"
#include "table/sparse_counts.hpp"
#include "table/times.hpp"

namespace icosa::cli {
namespace {

struct ForecastOptions {
    std::string panel;       ///< a table of unit, month, count
    std::string unit;
    std::string time = "month";
    std::string value;
    std::string origin;      ///< months as table::parse_month reads them
    std::string first;
    std::string last;
    std::string model = "stack";
    int draws = 1000;
    std::uint64_t seed = 1;
    std::string out;         ///< draws: .csv or .parquet; "" = none
    bool sparse = false;     ///< rows are events: added up by unit and month, all other months zero
    std::string cells;       ///< sparse: a table of the units to forecast; "" = those of the panel
    bool sketch = false;  ///< draws as sketches, as an `out` that ends in .sketch.csv or .sketch.parquet has them too
    bool challenge = false;  ///< the prediction challenge's names of columns
    double crossing = 0;  ///< a threshold: probabilities of crossing it too; 0 = not asked
    table::SideTables side;
    ReadingOptions reading;
};

Result<int> month_of(const std::string& text, const char* flag) {
    const auto month = table::parse_month(text);
    if (!month)
        return fail(Fault::Usage, "bad-month", {}, fmt::format("{} '{}' is not a month", flag, excerpt(text)),
                    "write it as 2017-10");
    return *month;
}

std::string label(int month) { return period_label(month, PeriodKind::Month); }

/// What a model said, a unit at a time.
struct Told {
    table::UnitSource units;
    std::vector<forecast::UnitCrossing> crossings;  ///< of each unit; empty = not asked
    std::vector<std::optional<model::Probability>>
        reached;  ///< of each unit: that its months together reach the line; empty = not asked
    std::vector<std::string> caveats;  ///< of the whole
    std::string said;  ///< the columns taken and how they were read
    std::vector<std::string> notes;  ///< of the tables beside the panel
};

constexpr double usual_line = 25;

double line_of(const ForecastOptions& options) { return options.crossing > 0 ? options.crossing : usual_line; }

void write_probability(JsonWriter& json, const model::Probability& of, double line) {
    json.key("together")
        .begin_object()
        .field("line", line)
        .field("p", of.value)
        .field("low", of.low)
        .field("high", of.high)
        .field("word", of.word)
        .field("outcome", of.outcome);
    json.field("base_rate", of.base_rate)
        .field("base_of", of.base_of)
        .field("benchmark", of.benchmark)
        .field("cases", of.cases)
        .field("how", of.how)
        .field("statement", of.statement)
        .end_object();
}

/// crossing, reached: null = not asked.
std::string json_of(const forecast::UnitForecast& unit, const forecast::Request& request,
                    const ForecastOptions& options, const forecast::UnitCrossing* crossing,
                    const model::Probability* reached) {
    const std::string& model = options.model;
    JsonWriter json;
    json.begin_object()
        .field("unit", unit.unit)
        .field("model", model)
        .field("origin", label(request.origin))
        .field("benchmark_mean", unit.benchmark_mean);
    json.key("months").begin_array();
    for (std::size_t m = 0; m < unit.months.size(); ++m) {
        const auto& one = unit.months[m];
        json.begin_object()
            .field("month", label(request.first + static_cast<int>(m)))
            .field("mean", methods::mean(one));
        for (const auto& [name, probability] :
             {std::pair{"q05", 0.05}, {"q25", 0.25}, {"q50", 0.5}, {"q75", 0.75}, {"q95", 0.95}})
            json.field(name, std::round(methods::quantile(one, probability)));
        json.field("p_any", methods::share_from(one, 0.5)).field("p_25", methods::share_from(one, 24.5));
        if (crossing) {
            const auto& cross = crossing->months[m];
            json.key("crossing")
                .begin_object()
                .field("p", cross.probability)
                .field("low", cross.low)
                .field("high", cross.high)
                .field("base_rate", cross.base.share())
                .field("base_cells", cross.base.cells)
                .end_object();
        }
        json.end_object();
    }
    json.end_array();
    if (crossing) {
        json.key("crossing")
            .begin_object()
            .field("what", std::string(forecast::crossing_name(crossing->crossing)))
            .field("threshold", options.crossing)
            .field("definition", forecast::definition_of(crossing->crossing, options.crossing, request.origin));
        json.field("in_conflict", crossing->crossing != forecast::Crossing::PeacefulOnset).end_object();
    }
    if (reached) write_probability(json, *reached, line_of(options));
    json.key("analogues").begin_array();
    for (const auto& one : unit.analogues) {
        json.begin_object().field("unit", one.unit).field("month", label(one.month)).key("followed").begin_array();
        for (const double count : one.followed) json.value(count);
        json.end_array().end_object();
    }
    json.end_array();
    if (!unit.drivers.empty()) {
        json.field("mean_a_month_ago", unit.mean_before).key("drivers").begin_array();
        for (const auto& one : unit.drivers)
            json.begin_object().field("what", one.what).field("effect", one.effect).end_object();
        json.end_array();
    }
    json.key("caveats").begin_array();
    for (const auto& caveat : unit.caveats) json.value(caveat);
    json.end_array().end_object();
    return json.text();
}

/// The months taken together; quiet units are counted, not listed.
void print_table(const table::UnitSource& units, const forecast::Request& request) {
    fmt::print("{:<24} {:>12} {:>12} {:>8} {:>8} {:>8} {:>8}  most like\n", "unit", "last 12 mean", "mean a month",
               "5 %", "median", "95 %", "p(any)");
    int silent = 0;
    for (std::size_t u = 0; u < units.many; ++u) {
        const auto unit = units.at(u);
        methods::CountEnsemble all;
        for (const auto& month : unit.months) all.insert(all.end(), month.begin(), month.end());
        methods::normalise(all);
        if (methods::share_from(all, 0.5) < 0.01) {
            ++silent;
            continue;
        }
        const std::string like = unit.analogues.empty()
            ? ""
            : fmt::format("{} in {}", unit.analogues.front().unit, label(unit.analogues.front().month));
        fmt::print("{:<24.24} {:>12.1f} {:>12.1f} {:>8.0f} {:>8.0f} {:>8.0f} {:>8.2f}  {}\n", unit.unit,
                   unit.benchmark_mean, methods::mean(all), methods::quantile(all, 0.05), methods::quantile(all, 0.5),
                   methods::quantile(all, 0.95), methods::share_from(all, 0.5), like);
        for (const auto& caveat : unit.caveats) fmt::print("{:<24} note: {}\n", "", caveat);
    }
    fmt::print(
        "{} units, {} of them with less than one chance in a hundred of any count in a month of {} to {}; data to {}\n",
        units.many, silent, label(request.first), label(request.last), label(request.origin));
}

/// The likeliest month of each unit; what is less likely than one in a hundred is counted, not listed.
void print_crossings(const table::UnitSource& units, const std::vector<forecast::UnitCrossing>& crossings,
                     const forecast::Request& request, double threshold) {
    fmt::print("\n{:<24} {:<14} {:>8} {:>14} {:>10}  likeliest month\n", "unit", "crossing", "p", "90 %", "base rate");
    int unlikely = 0;
    for (std::size_t u = 0; u < units.many; ++u) {
        const auto& months = crossings[u].months;
        const auto most = std::max_element(months.begin(), months.end(),
                                           [](const auto& a, const auto& b) { return a.probability < b.probability; });
        if (most->probability < 0.01) {
            ++unlikely;
            continue;
        }
        const std::string base = most->base.cells > 0 ? fmt::format("{:.3f}", most->base.share()) : "none known";
        fmt::print("{:<24.24} {:<14} {:>8.3f} {:>14} {:>10}  {}\n", units.at(u).unit,
                   forecast::crossing_name(crossings[u].crossing), most->probability,
                   std::isnan(most->low) ? "none known" : fmt::format("{:.3f}-{:.3f}", most->low, most->high), base,
                   label(request.first + static_cast<int>(most - months.begin())));
    }
    fmt::print(
        "{} units with less than one chance in a hundred in every month. onset, escalation: a count of {} or more in "
        "the month, where none, or one but the newest not, of the twelve months to {} had so many; "
        "de-escalation: fewer, where {} had so many\nbase rate: how often the like happened so many months ahead, to "
        "{}; 90 %: how sure the recalibration is\n",
        unlikely, number_text(threshold), label(request.origin), label(request.origin), label(request.origin));
}

/// Grid cells: the model stays, cells are asked for one by one.
Result<Told> tell_cells(const table::SparseCounts& counts, const table::UnitList* listed,
                        const forecast::Request& request, const ForecastOptions& options) {
    auto cells = TRY(table::cells_of(counts, listed, request.origin, options.panel, options.cells));
    if (cells.wanted.empty())
        return fail(Fault::Data, "after-the-data", {options.panel},
                    fmt::format("no cell has a row up to the origin {}", label(request.origin)),
                    "give a later --origin, or all cells with --cells");
    Progress progress("learning", 100, "%");
    const forecast::CellRequest asked{request.origin, request.first, request.last, request.threads};
    auto learned = forecast::CellModel::learn(cells.panel, asked,
                                              [&](int done, int of) { progress.at(std::int64_t{100} * done / of); });
    const auto model = std::make_shared<const forecast::CellModel>(TRY(in_file(std::move(learned), options.panel)));
    Told out{
        {cells.wanted.size(), [model, wanted = cells.wanted](std::size_t i) { return model->forecast(wanted[i]); }},
        {},
        {},
        model->caveats(),
        {},
        {}};
    if (const auto others = cells.panel.gids.size() - cells.wanted.size(); others > 0)
        out.caveats.push_back(fmt::format("{} cells of {} are not listed in {}: looked at, not forecast", others,
                                          options.panel, options.cells));
    return out;
}

/// Of a benchmark 36 months are enough; on the whole grid the rest is gigabytes of zeros.
int months_looked_back(forecast::ModelKind kind, int all) {
    using enum forecast::ModelKind;
    return kind == Zero || kind == Last || kind == Conflictology || kind == Bootstrap || kind == Decay ? 36 : all;
}

/// How likely each unit forecast is to reach the line in the months together; nothing for one with less than a year
/// behind it, or without a past case.
std::vector<std::optional<model::Probability>> all_reached(const forecast::CountPanel& panel,
                                                           const forecast::Stack& stack, const forecast::Forecast& made,
                                                           const forecast::Request& request,
                                                           const ForecastOptions& options,
                                                           const pack::LikelihoodScale& scale) {
    const forecast::Reaching reaching(panel, stack, request.first - request.origin, request.last - request.origin,
                                      line_of(options));
    std::vector<std::optional<model::Probability>> out;
    std::size_t at = 0;
    for (const auto& unit : made.units) {
        while (panel.series[at].unit != unit.unit) ++at;
        auto& one = out.emplace_back();
        if (request.origin - panel.series[at].first < forecast::Reaching::shortest_past) continue;
        const auto odds = reaching.odds(at, request.origin);
        if (odds.cases > 0)
            one = forecast::stated(
                odds, {unit.unit, options.value, line_of(options), label(request.first), label(request.last)}, scale);
    }
    return out;
}

/// What `columns_line` tells of a dense table; here the months are those of the whole file.
std::string sparse_line(const ForecastOptions& options, const table::SparseCounts& counts, const std::string& said) {
    return fmt::format("{}: time '{}' (months {} to {}), unit '{}' ({} of them), value '{}'{}", options.panel,
                       options.time, label(counts.first), label(counts.end - 1), options.unit, counts.units.size(),
                       options.value, said.empty() ? "" : fmt::format(" ({})", said));
}

/// model: null = cells;  scale: null = no words for probabilities asked.
Result<Told> tell(const forecast::Model* model, const forecast::Request& request, const ForecastOptions& options,
                  const pack::LikelihoodScale* scale) {
    const table::CountColumns columns{options.unit, options.time, options.value};
    const auto reading = TRY(reading_of(options.reading));
    std::string said;
    forecast::CountPanel panel;
    if (options.sparse) {
        std::optional<table::UnitList> listed;
        if (!options.cells.empty()) listed = TRY(table::read_units(options.cells, options.unit));
        const auto counts = TRY(table::read_sparse(options.panel, columns, reading, &said));
        said = sparse_line(options, counts, said);
        if (!model) {
            auto out = tell_cells(counts, listed ? &*listed : nullptr, request, options);
            if (out) out->said = said;
            return out;
        }
        panel = table::filled(counts, listed ? &*listed : nullptr, request.origin,
                              options.crossing > 0 ? counts.end - counts.first
                                                   : months_looked_back(request.model, counts.end - counts.first));
    } else {
        panel = TRY(table::read_counts(
            options.panel, columns,
            options.challenge && !options.out.empty() ? table::UnitNames::Numbered : table::UnitNames::Any, reading,
            &said));
        said = columns_line(options.panel, columns, panel, said);
    }
    auto notes = TRY(table::add_side_tables(panel, options.side));
    forecast::Stack stack(panel, request.first - request.origin, request.last - request.origin, request.threads);
    std::optional<Progress> learning;
    std::int64_t origins = 0;
    stack.tell([&](std::int64_t done, std::int64_t of) {
        if (of != origins) learning.emplace("learning", origins = of, "past origins");
        learning->at(done);
    });
    const auto made = std::make_shared<const forecast::Forecast>(
        TRY(in_file(forecast::forecast(panel, request, stack), options.panel)));
    Told out{{made->units.size(), [made](std::size_t i) { return made->units[i]; }},
             {},
             {},
             made->caveats,
             said,
             std::move(notes)};
    if (made->ended > 0)
        out.caveats.push_back(fmt::format("{} unit{} before the origin and {} not forecast", made->ended,
                                          made->ended == 1 ? " ends" : "s end", made->ended == 1 ? "is" : "are"));
    if (scale) out.reached = all_reached(panel, stack, *made, request, options, *scale);
    if (options.crossing > 0)
        out.crossings = TRY(forecast::CrossingModel(panel, stack, options.crossing, request).forecast(request.origin));
    return out;
}

/// Options that do not go together; model: null = that of cells.
Result<void> check_together(const forecast::Model* model, const ForecastOptions& options) {
    if (!options.out.empty() && !options.out.ends_with(".csv") && !options.out.ends_with(".parquet"))
        return fail(Fault::Usage, "unknown-format", {options.out}, "draws are written as .csv or .parquet",
                    "give --out one of these endings");
    if (!model && !options.sparse)
        return fail(Fault::Usage, "needs-sparse", {},
                    "model 'cells' reads events, or the months in which something happened",
                    "give --sparse; rows of a whole panel add up all the same");
    if (!model && options.crossing > 0)
        return fail(Fault::Usage, "no-crossing", {}, "model 'cells' has no recalibrated probability of a crossing",
                    "leave --crossing out; --json gives p_25 as the draws have it");
    if (!model && !(options.side.neighbours + options.side.regions + options.side.covariates).empty())
        return fail(Fault::Usage, "no-side-tables", {},
                    "model 'cells' knows its neighbours from the grid and takes no other tables",
                    "leave --neighbours, --regions and --covariates out; country_id in --cells tells its country");
    if (!options.cells.empty() && !options.sparse)
        return fail(Fault::Usage, "needs-sparse", {}, "--cells lists units whose months without a row are zero",
                    "give --sparse, or leave --cells out");
    TRY(check_side_tables(options.side));
    if (options.out.empty() && (options.sketch || options.challenge))
        fmt::print(stderr, "note: {} is about the file of draws; without --out it changes nothing\n",
                   options.sketch ? "--sketch" : "--challenge");
    return {};
}

void print_json(const Told& told, const forecast::Request& request, const ForecastOptions& options) {
    for (std::size_t u = 0; u < told.units.many; ++u) {
        auto unit = told.units.at(u);
        unit.caveats.insert(unit.caveats.end(), told.caveats.begin(), told.caveats.end());
        fmt::print("{}\n",
                   json_of(unit, request, options, told.crossings.empty() ? nullptr : &told.crossings[u],
                           told.reached.empty() || !told.reached[u] ? nullptr : &*told.reached[u]));
    }
}

Result<int> forecast(const Common& common, const ForecastOptions& options) {
    constexpr std::string_view cells[] = {forecast::CellModel::name};
    const auto* model = options.model == forecast::CellModel::name ? nullptr : TRY(model_named(options.model, cells));
    const int origin = TRY(month_of(options.origin, "--origin"));
    const int first = TRY(month_of(options.first, "--first"));
    const int last = TRY(month_of(options.last, "--last"));
    const auto drivers = common.json ? forecast::Drivers::Asked : forecast::Drivers::LeftOut;
    const forecast::Request request{origin,         first,  last, model ? model->kind : forecast::ModelKind::Zero,
                                    common.threads, drivers};
    TRY(check_together(model, options));
    std::optional<pack::LikelihoodScale> scale;
    if (common.json && model) scale = TRY(app::likelihood_scale(pack_places(common)));
    const auto told = TRY(tell(model, request, options, scale ? &*scale : nullptr));
    if (!options.out.empty()) {
        const bool is_sketch =
            options.sketch || options.out.ends_with(".sketch.parquet") || options.out.ends_with(".sketch.csv");
        auto file = TRY(table::DrawFile::open(
            options.out, options.unit, is_sketch ? table::DrawForm::Sketches : table::DrawForm::Draws,
            options.challenge ? table::ColumnNames::Challenge : table::ColumnNames::Plain));
        Progress progress("draws", static_cast<std::int64_t>(told.units.many), "units");
        TRY(table::write_draws(file, told.units, {request.first, options.draws, options.seed, common.threads},
                               [&](std::size_t done) { progress.at(static_cast<std::int64_t>(done)); }));
    }
    fmt::print(stderr, "{}\n", told.said);
    for (const auto& note : told.notes) fmt::print(stderr, "note: {}\n", note);
    if (common.json) {
        print_json(told, request, options);
        return exit_clean;
    }
    for (const auto& caveat : told.caveats) fmt::print(stderr, "note: {}\n", caveat);
    if (options.out.empty()) {
        print_table(told.units, request);
        if (!told.crossings.empty()) print_crossings(told.units, told.crossings, request, options.crossing);
        return exit_clean;
    }
    int noted = 0;
    for (std::size_t u = 0; u < told.units.many && model; ++u)
        noted += told.units.at(u).caveats.empty() ? 0 : 1;  // a cell alone has none
    if (noted > 0) fmt::print(stderr, "note: {} units have a caveat; --json shows it\n", noted);
    fmt::print("{}: {} units, {} months, {} draws each, model {}, data to {}\n", options.out, told.units.many,
               request.last - request.first + 1, options.draws, options.model, label(request.origin));
    if (!told.crossings.empty()) print_crossings(told.units, told.crossings, request, options.crossing);
    return exit_clean;
}

}  // namespace

// One row an option, and forecasts have many: the longest declaration of the house.
Command forecast_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ForecastOptions>();
    Command out{
        .name = "forecast",
        .summary = "The distribution of each unit's count in coming months, from your own table of counts",
        .options = {option("--panel", &options->panel,
                           "CSV or Parquet: a row a unit and month, 0 where nothing happened")
                        .as("FILE")
                        .required(),
                    option("--sparse", &options->sparse,
                           "rows are events, or the months in which something happened: rows of one unit and month are "
                           "added up, and a month without a row is zero from the file's first month to its last. You "
                           "say with this that the file is complete"),
                    option("--cells", &options->cells,
                           "with --sparse: a table of all units to forecast (column priogrid_gid, pg_id or unit; "
                           "country_id if known); without it those in the file")
                        .as("FILE"),
                    option("--unit", &options->unit, "its column of units").as("COLUMN").required(),
                    option("--time", &options->time,
                           "its column of months: 2017-10, a day, or 454 as the prediction challenge numbers them")
                        .as("COLUMN"),
                    option("--value", &options->value, "its column of counts").as("COLUMN").required(),
                    option("--origin", &options->origin, "the last month that is used").as("MONTH").required(),
                    option("--first", &options->first, "the first month forecast").as("MONTH").required(),
                    option("--last", &options->last, "the last month forecast").as("MONTH").required(),
                    option("--model", &options->model, "one of those below"),
                    option("--draws", &options->draws, "draws a unit and month").within(10, 100000),
                    option("--seed", &options->seed, "the order of the draws; same seed, same bytes"),
                    option("--out", &options->out,
                           "the file of draws, .csv or .parquet; without it a table on standard output")
                        .as("FILE")
                        .written(),
                    option("--crossing", &options->crossing,
                           "also the probability of crossing this count in a month (25), with its base rate and "
                           "interval")
                        .as("COUNT")
                        .within(1, 1e9),
                    option("--sketch", &options->sketch,
                           "draws as sketches, a row a unit and month: counts to 128 exact, larger ones within 1/128; "
                           "so too where --out ends in .sketch.parquet or .sketch.csv"),
                    option("--challenge", &options->challenge,
                           "columns month_id, country_id or priogrid_gid, draw, outcome")},
        .more = forecast_manual(),
        .examples = {"icosa forecast --panel deaths.csv --unit country --value best --origin 2020-10 --first 2021-01 "
                     "--last 2021-12 --out draws.parquet",
                     "icosa forecast --panel deaths.csv --unit country --value best --origin 2020-10 --first 2020-11 "
                     "--last 2021-01 --json",
                     "icosa forecast --panel deaths.csv --unit country --value best --origin 2020-10 --first 2020-11 "
                     "--last 2021-01 --model hurdle --neighbours borders.csv --covariates gdp.csv",
                     "icosa forecast --panel ged.csv --unit priogrid_gid --time date_start --value best --sparse "
                     "--cells cells.csv --model cells --origin 2020-10 --first 2021-01 --last 2023-12 --out "
                     "grid.sketch.parquet",
                     "icosa forecast --panel cm.csv --unit country_id --time month_id --value ged_sb --origin 490 "
                     "--first 493 --last 504 --challenge --out challenge.csv"},
        .exits = {{exit_data}, {exit_store}},
        .run = [=] { return forecast(*common, *options); },
    };
    add_side_tables(out, options->side);
    add_reading(out, options->reading);
    for (Option one : {packs_option(*common), add_option(*common), framework_option(*common), json_option(*common),
                       threads_option(*common)})
        out.options.push_back(std::move(one));
    return out;
}

}  // namespace icosa::cli
