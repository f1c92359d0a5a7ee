/// icosa forecast: a user's table of counts in; draws, a table or JSON out.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <optional>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/count_table.hpp"
#include "app/exit_code.hpp"
#include "app/forecast_model.hpp"
#include "app/output.hpp"
#include "app/progress.hpp"
#include "base/date.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "forecast/crossing.hpp"
#include "store/table_file.hpp"

namespace icosa::app {
namespace {

Result<int> month_of(const std::string& text, const char* flag) {
    const auto month = parse_month(text);
    if (!month) return fail(Fault::Usage, "bad-month", {}, fmt::format("{} '{}' is not a month", flag, excerpt(text)), "write it as 2017-10");
    return *month;
}

std::string label(int month) { return period_label(month, PeriodKind::Month); }

/// Where draws go: rows grouped by unit, then month. Under the file's name there is nothing new before close().
class DrawFile {
public:
    static Result<DrawFile> open(const ForecastOptions& options) {
        DrawFile out(options);
        const bool is_grid = options.unit == "priogrid_gid" || options.unit == "pg_id" || options.unit == "priogrid_id";
        const std::string unit = options.challenge ? (is_grid ? "priogrid_gid" : "country_id") : "unit";
        const std::string month = options.challenge ? "month_id" : "month";
        if (options.out.ends_with(".parquet")) {
            using enum store::ColumnType;
            const auto number = options.challenge ? Integer : Text;
            out.parquet_.emplace(TRY(store::ParquetWriter::open(options.out, {{month, number}, {unit, number}, {"draw", Integer}, {"outcome", Integer}})));
            return out;
        }
        out.csv_.open(out.draft(), std::ios::binary | std::ios::trunc);
        if (!out.csv_) return out.unwritable();
        out.csv_ << month << ',' << unit << ",draw,outcome\n";
        return out;
    }

    Result<void> add(const std::string& unit, int first, const std::vector<std::vector<double>>& months) {
        const auto number = challenge_ ? parse_integer(unit) : std::nullopt;  // read_counts saw to it
        std::string text;
        for (std::size_t m = 0; m < months.size(); ++m) {
            const int month = first + static_cast<int>(m);
            const std::string when = challenge_ ? std::to_string(challenge_month(month)) : label(month);
            const std::string head = fmt::format("{},{},", when, csv_cell(unit));
            for (std::size_t d = 0; d < months[m].size(); ++d) {
                const auto outcome = static_cast<std::int64_t>(months[m][d]);
                if (!parquet_) {
                    text += head;
                    fmt::format_to(std::back_inserter(text), "{},{}\n", d, outcome);
                } else if (challenge_) {
                    parquet_->add(std::int64_t{challenge_month(month)}).add(*number).add(static_cast<std::int64_t>(d)).add(outcome).end_row();
                } else {
                    parquet_->add(when).add(unit).add(static_cast<std::int64_t>(d)).add(outcome).end_row();
                }
            }
        }
        if (!parquet_) csv_ << text;
        return {};
    }

    Result<void> close() {
        if (parquet_) return parquet_->close();
        csv_.close();
        std::error_code trouble;
        if (csv_) std::filesystem::rename(draft(), path_, trouble);
        if (!csv_ || trouble) {
            std::filesystem::remove(draft(), trouble);
            return unwritable();
        }
        return {};
    }

private:
    [[nodiscard]] std::string draft() const { return path_ + ".part"; }
    explicit DrawFile(const ForecastOptions& options) : path_(options.out), challenge_(options.challenge) {}
    [[nodiscard]] std::unexpected<Error> unwritable() const { return fail(Fault::Store, "unwritable", {path_}, "this file cannot be written", "check its folder, or name another with --out"); }

    std::string path_;
    bool challenge_;
    std::ofstream csv_;
    std::optional<store::ParquetWriter> parquet_;
};

/// The crossing that each unit may make, and how likely it is in each month.
struct UnitCrossing {
    forecast::Crossing crossing = forecast::Crossing::Onset;
    std::vector<forecast::CrossingForecast> months;
};

Result<std::vector<UnitCrossing>> crossings_of(const forecast::CountPanel& panel, const forecast::Forecast& made, const forecast::Request& request, forecast::Stack& stack, double threshold) {
    forecast::CrossingModel model(panel, stack, threshold, request);
    const auto maps = TRY(model.learn(request.origin));
    std::vector<UnitCrossing> out;
    std::size_t at = 0;
    for (const auto& unit : made.units) {
        while (panel.series[at].unit != unit.unit) ++at;
        const auto& series = panel.series[at];
        UnitCrossing one{forecast::crossing_of(std::span(series.counts).first(static_cast<std::size_t>(request.origin - series.first + 1)), threshold), {}};
        for (std::size_t m = 0; m < unit.months.size(); ++m) one.months.push_back(model.forecast(maps, one.crossing, unit.months[m], request.first - request.origin + static_cast<int>(m), request.origin));
        out.push_back(std::move(one));
    }
    return out;
}

/// crossing: null = not asked.
std::string json_of(const forecast::UnitForecast& unit, const forecast::Request& request, const ForecastOptions& options, const UnitCrossing* crossing) {
    const std::string& model = options.model;
    JsonWriter json;
    json.begin_object().field("unit", unit.unit).field("model", model).field("origin", label(request.origin)).field("benchmark_mean", unit.benchmark_mean);
    json.key("months").begin_array();
    for (std::size_t m = 0; m < unit.months.size(); ++m) {
        const auto& one = unit.months[m];
        json.begin_object().field("month", label(request.first + static_cast<int>(m))).field("mean", methods::mean(one));
        for (const auto& [name, probability] : {std::pair{"q05", 0.05}, {"q25", 0.25}, {"q50", 0.5}, {"q75", 0.75}, {"q95", 0.95}}) json.field(name, std::round(methods::quantile(one, probability)));
        json.field("p_any", methods::share_from(one, 0.5)).field("p_25", methods::share_from(one, 24.5));
        if (crossing) {
            const auto& cross = crossing->months[m];
            json.key("crossing").begin_object().field("p", cross.probability).field("low", cross.low).field("high", cross.high).field("base_rate", cross.base.share()).field("base_cells", cross.base.cells).end_object();
        }
        json.end_object();
    }
    json.end_array();
    if (crossing) {
        json.key("crossing").begin_object().field("what", std::string(forecast::crossing_name(crossing->crossing))).field("threshold", options.crossing).field("definition", forecast::definition_of(crossing->crossing, options.crossing, request.origin));
        json.field("in_conflict", crossing->crossing != forecast::Crossing::PeacefulOnset).end_object();
    }
    json.key("analogues").begin_array();
    for (const auto& one : unit.analogues) {
        json.begin_object().field("unit", one.unit).field("month", label(one.month)).key("followed").begin_array();
        for (const double count : one.followed) json.value(count);
        json.end_array().end_object();
    }
    json.end_array();
    if (!unit.drivers.empty()) {
        json.field("mean_a_month_ago", unit.mean_before).key("drivers").begin_array();
        for (const auto& one : unit.drivers) json.begin_object().field("what", one.what).field("effect", one.effect).end_object();
        json.end_array();
    }
    json.key("caveats").begin_array();
    for (const auto& caveat : unit.caveats) json.value(caveat);
    json.end_array().end_object();
    return json.text();
}

/// The months taken together; quiet units are counted, not listed.
void print_table(const forecast::Forecast& made, const forecast::Request& request) {
    fmt::print("{:<24} {:>12} {:>12} {:>8} {:>8} {:>8} {:>8}  most like\n", "unit", "last 12 mean", "mean a month", "5 %", "median", "95 %", "p(any)");
    int silent = 0;
    for (const auto& unit : made.units) {
        methods::CountEnsemble all;
        for (const auto& month : unit.months) all.insert(all.end(), month.begin(), month.end());
        methods::normalise(all);
        if (methods::share_from(all, 0.5) < 0.01) {
            ++silent;
            continue;
        }
        const std::string like = unit.analogues.empty() ? "" : fmt::format("{} in {}", unit.analogues.front().unit, label(unit.analogues.front().month));
        fmt::print("{:<24.24} {:>12.1f} {:>12.1f} {:>8.0f} {:>8.0f} {:>8.0f} {:>8.2f}  {}\n", unit.unit, unit.benchmark_mean, methods::mean(all), methods::quantile(all, 0.05), methods::quantile(all, 0.5), methods::quantile(all, 0.95), methods::share_from(all, 0.5), like);
        for (const auto& caveat : unit.caveats) fmt::print("{:<24} note: {}\n", "", caveat);
    }
    fmt::print("{} units, {} of them with less than one chance in a hundred of any count in a month of {} to {}; data to {}\n", made.units.size(), silent, label(request.first), label(request.last), label(request.origin));
}

/// The likeliest month of each unit; what is less likely than one in a hundred is counted, not listed.
void print_crossings(const forecast::Forecast& made, const std::vector<UnitCrossing>& crossings, const forecast::Request& request, double threshold) {
    fmt::print("\n{:<24} {:<14} {:>8} {:>14} {:>10}  likeliest month\n", "unit", "crossing", "p", "90 %", "base rate");
    int unlikely = 0;
    for (std::size_t u = 0; u < made.units.size(); ++u) {
        const auto& months = crossings[u].months;
        const auto most = std::max_element(months.begin(), months.end(), [](const auto& a, const auto& b) { return a.probability < b.probability; });
        if (most->probability < 0.01) {
            ++unlikely;
            continue;
        }
        const std::string base = most->base.cells > 0 ? fmt::format("{:.3f}", most->base.share()) : "none known";
        fmt::print("{:<24.24} {:<14} {:>8.3f} {:>14} {:>10}  {}\n", made.units[u].unit, forecast::crossing_name(crossings[u].crossing), most->probability, fmt::format("{:.3f}-{:.3f}", most->low, most->high), base, label(request.first + static_cast<int>(most - months.begin())));
    }
    fmt::print("{} units with less than one chance in a hundred in every month. onset, escalation: a count of {} or more in the month, where none, or one but the newest not, of the twelve months to {} had so many; "
               "de-escalation: fewer, where {} had so many\nbase rate: how often the like happened so many months ahead, to {}; 90 %: how sure the recalibration is\n",
               unlikely, number_text(threshold), label(request.origin), label(request.origin), label(request.origin));
}

}  // namespace

Result<const forecast::Model*> model_named(const std::string& name) {
    if (const auto* model = forecast::find_model(name)) return model;
    std::vector<std::string> names;
    for (const auto& one : forecast::models()) names.emplace_back(one.name);
    const auto near = nearest(name, names);
    return fail(Fault::Usage, "unknown-model", {}, fmt::format("no model '{}'; there are {}", excerpt(name), join(names, ", ")), near ? fmt::format("did you mean '{}'?", *near) : "name one of them with --model");
}

std::string forecast_manual() {
    std::string out = "Models:\n";
    for (const auto& one : forecast::models()) out += fmt::format("  {:<14} {}\n", one.name, one.says);
    return out;
}

Result<int> forecast(const Common& common, const ForecastOptions& options) {
    const auto* model = TRY(model_named(options.model));
    const int origin = TRY(month_of(options.origin, "--origin"));
    const int first = TRY(month_of(options.first, "--first"));
    const int last = TRY(month_of(options.last, "--last"));
    const auto drivers = common.json ? forecast::Drivers::Asked : forecast::Drivers::LeftOut;
    const forecast::Request request{origin, first, last, model->kind, common.threads, drivers};
    if (!options.out.empty() && !options.out.ends_with(".csv") && !options.out.ends_with(".parquet")) return fail(Fault::Usage, "unknown-format", {options.out}, "draws are written as .csv or .parquet", "give --out one of these endings");
    auto panel = TRY(read_counts(options.panel, {options.unit, options.time, options.value}, options.challenge && !options.out.empty() ? UnitNames::Numbered : UnitNames::Any));
    TRY(add_side_tables(panel, options.side));
    forecast::Stack stack(panel, first - origin, last - origin, common.threads);
    std::optional<Progress> learning;
    std::int64_t origins = 0;
    stack.tell([&](std::int64_t done, std::int64_t of) {
        if (of != origins) learning.emplace("learning", origins = of, "past origins");
        learning->at(done);
    });
    auto made = forecast::forecast(panel, request, stack);
    if (!made) {
        made.error().where.file = options.panel;
        return std::unexpected(std::move(made).error());
    }
    std::vector<UnitCrossing> crossings;
    if (options.crossing > 0) crossings = TRY(crossings_of(panel, *made, request, stack, options.crossing));
    learning.reset();
    if (!options.out.empty()) {
        auto file = TRY(DrawFile::open(options));
        Progress progress("draws", static_cast<std::int64_t>(made->units.size()), "units");
        std::int64_t done = 0;
        for (const auto& unit : made->units) {
            TRY(file.add(unit.unit, request.first, forecast::draws_of(unit, options.draws, options.seed)));
            progress.at(++done);
        }
        TRY(file.close());
    }
    if (common.json) {
        for (std::size_t u = 0; u < made->units.size(); ++u) {
            auto& unit = made->units[u];
            unit.caveats.insert(unit.caveats.end(), made->caveats.begin(), made->caveats.end());
            fmt::print("{}\n", json_of(unit, request, options, crossings.empty() ? nullptr : &crossings[u]));
        }
        return exit_clean;
    }
    for (const auto& caveat : made->caveats) fmt::print(stderr, "note: {}\n", caveat);
    if (options.out.empty()) {
        print_table(*made, request);
        if (!crossings.empty()) print_crossings(*made, crossings, request, options.crossing);
        return exit_clean;
    }
    int noted = 0;
    for (const auto& unit : made->units) noted += unit.caveats.empty() ? 0 : 1;
    if (noted > 0) fmt::print(stderr, "note: {} units have a caveat; --json shows it\n", noted);
    fmt::print("{}: {} units, {} months, {} draws each, model {}, data to {}\n", options.out, made->units.size(), request.last - request.first + 1, options.draws, options.model, label(request.origin));
    if (!crossings.empty()) print_crossings(*made, crossings, request, options.crossing);
    return exit_clean;
}

}  // namespace icosa::app
