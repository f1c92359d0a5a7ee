/// icosa export: the series of a watch as CSV, Parquet or GeoJSON; coded records as exchange files.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "app/engines.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/exit_code.hpp"
#include "cli/export.hpp"
#include "cli/output.hpp"
#include "store/table_file.hpp"

namespace icosa::cli {
namespace {

constexpr std::string_view boundaries_notice = "Boundaries, names and designations imply no opinion on legal status";

struct SeriesRow {
    std::string source, unit, title, period;
    double value;
    std::int32_t rows;
};

std::string json_lines_of(const std::vector<SeriesRow>& rows) {
    std::string out;
    for (const auto& row : rows) {
        JsonWriter json;
        json.begin_object()
            .field("source", row.source)
            .field("unit", row.unit)
            .field("title", row.title)
            .field("period", row.period)
            .field("value", row.value)
            .field("rows", row.rows)
            .end_object();
        out += json.text() + "\n";
    }
    return out;
}

/// first: the day from which the watch looks; no_day = all.
std::vector<SeriesRow> rows_of(const model::Answer& answer, const pack::PlaceBook& places, Day first) {
    std::vector<SeriesRow> out;
    for (const auto& panel : answer.panels) {
        for (std::size_t u = 0; u < panel.units.size(); ++u) {
            for (int p = 0; p < panel.periods; ++p) {
                const std::size_t at = u * static_cast<std::size_t>(panel.periods) + static_cast<std::size_t>(p);
                if (std::isnan(panel.values[at])
                    || (first != no_day && first_day_of(panel.first_period + p, panel.period) < first))
                    continue;
                out.push_back({panel.source, panel.units[u], places.title_of(panel.units[u]),
                               period_label(panel.first_period + p, panel.period), panel.values[at], panel.rows[at]});
            }
        }
    }
    return out;
}

std::string csv_of(const std::vector<SeriesRow>& rows) {
    std::string out = "source,unit,title,period,value,rows\n";
    for (const auto& row : rows)
        out += fmt::format("{},{},{},{},{},{}\n", csv_cell(row.source), csv_cell(row.unit), csv_cell(row.title),
                           row.period, number_text(row.value), row.rows);
    return out;
}

/// A feature for each unit and period whose place has a label point: the value stands in the properties.
std::string geojson_of(const std::vector<SeriesRow>& rows, const pack::PlaceBook& places, const std::string& watch) {
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").field("name", watch).field("notice", boundaries_notice);
    json.key("features").begin_array();
    for (const auto& row : rows) {
        const auto* place = places.find_place(row.unit);
        if (!place || (!place->at && place->polygon.empty())) continue;
        json.begin_object().field("type", "Feature");
        json.key("geometry").begin_object();
        if (!place->polygon.empty()) {
            json.field("type", "Polygon").key("coordinates").begin_array().begin_array();
            for (std::size_t i = 0; i <= place->polygon.size(); ++i) {
                const auto& corner = place->polygon[i % place->polygon.size()];
                json.begin_array().value(corner.longitude_deg).value(corner.latitude_deg).end_array();
            }
            json.end_array().end_array();
        } else {
            json.field("type", "Point")
                .key("coordinates")
                .begin_array()
                .value(place->at->longitude_deg)
                .value(place->at->latitude_deg)
                .end_array();
        }
        json.end_object();
        json.key("properties")
            .begin_object()
            .field("source", row.source)
            .field("unit", row.unit)
            .field("title", row.title)
            .field("period", row.period)
            .field("value", row.value)
            .field("rows", row.rows)
            .end_object();
        json.end_object();
    }
    json.end_array().end_object();
    return json.text() + "\n";
}

/// What the ending of the file's name says; CSV where there is none.
Result<std::string> format_by_ending(const std::string& file) {
    const std::string ending = lower(std::filesystem::path(file).extension().string());
    if (ending.empty() || ending == ".csv" || ending == ".txt") return std::string("csv");
    if (ending == ".parquet") return std::string("parquet");
    if (ending == ".geojson" || ending == ".json") return std::string("geojson");
    return fail(Fault::Usage, "unknown-format", {file}, fmt::format("no format is known by the ending '{}'", ending),
                "end the name in .csv, .parquet or .geojson, or say --format");
}

Result<int> export_series(const Common& common, const app::Packs& packs, store::Store& store,
                          const ExportOptions& options) {
    const auto* watch = packs.find_watch(options.watch);
    if (!watch) {
        std::vector<std::string> ids;
        for (const auto& page : packs.pages) {
            for (const auto& one : page.watches) ids.push_back(one.id);
        }
        const auto near = nearest(options.watch, ids);
        return fail(
            Fault::Usage, "unknown-watch", {}, fmt::format("no watch '{}'", options.watch),
            near ? fmt::format("did you mean '{}'?", *near) : "name one with --watch; `icosa run --json` lists them");
    }
    const Moment moment = TRY(moment_of(store, packs, options.as_of, common.db));
    if (!common.json) fmt::print(stderr, "{}\n", first_line(moment));
    const Day as_of = moment.as_of;
    const auto* engine = app::find_engine(watch->engine);
    const auto selects = engine ? engine->needs(*watch, packs.setting(as_of)) : std::vector<model::Select>{};
    if (selects.empty())
        return fail(Fault::Usage, "no-series", {},
                    fmt::format("watch '{}' of engine '{}' has no series", watch->id, watch->engine),
                    "choose a surveillance watch");
    const auto evidence = TRY(harmonise::gather(store, packs.books(), {selects.front()}, as_of, {}));
    const auto rows = rows_of(evidence.answers.at(selects.front()), packs.places, watch->first_day);
    std::string format = options.format;
    if (common.json && options.out.empty()) {
        if (!format.empty() && format != "geojson")
            return fail(Fault::Usage, "not-json", {},
                        fmt::format("--json leaves no room on standard output for {}", format),
                        "add --out FILE, or leave --format out");
        TRY(write_text("", format.empty() ? json_lines_of(rows) : geojson_of(rows, packs.places, watch->id)));
        return exit_clean;
    }
    if (format.empty()) format = TRY(format_by_ending(options.out));
    if (format == "parquet") {
        if (options.out.empty())
            return fail(Fault::Usage, "no-file", {}, "Parquet needs a file", "add --out series.parquet");
        std::vector<std::vector<store::Cell>> cells;
        for (const auto& row : rows)
            cells.push_back(
                {row.source, row.unit, row.title, row.period, row.value, static_cast<std::int64_t>(row.rows)});
        using enum store::ColumnType;
        TRY(store::write_parquet(
            options.out,
            {{"source", Text}, {"unit", Text}, {"title", Text}, {"period", Text}, {"value", Number}, {"rows", Integer}},
            cells));
    } else {
        TRY(write_text(options.out, format == "geojson" ? geojson_of(rows, packs.places, watch->id) : csv_of(rows)));
    }
    if (common.json && !options.out.empty()) {
        JsonWriter json;
        json.begin_object()
            .field("file", options.out)
            .field("watch", watch->id)
            .field("values", rows.size())
            .end_object();
        fmt::print("{}\n", json.text());
    } else if (!options.out.empty()) {
        fmt::print("{}: {} values of {}\n", options.out, rows.size(), watch->id);
    }
    return exit_clean;
}

/// Which records go out; the columns are looked up in the first row.
class RecordFilter {
public:
    RecordFilter(const ExportOptions& options, const app::Packs& packs) : options_(options) {
        for (const auto& one : options.instruments) {
            if (one != "catalogue") instruments_.insert("untc:" + one);
        }
        if (std::find(options.instruments.begin(), options.instruments.end(), "catalogue") == options.instruments.end())
            return;
        for (const auto& instrument : packs.catalogue.instruments) {
            if (!instrument.untc.empty()) instruments_.insert("untc:" + instrument.untc);
        }
    }

    /// Is every record of the source let through?
    [[nodiscard]] bool is_open() const {
        return options_.measures.empty() && options_.subjects.empty() && instruments_.empty()
            && options_.since == no_day;
    }

    void see_header(const std::vector<std::string>& cells) {
        for (std::size_t i = 0; i < cells.size(); ++i) column_[cells[i]] = i;
    }

    [[nodiscard]] std::size_t column(const std::string& name) const {
        const auto found = column_.find(name);
        return found == column_.end() ? static_cast<std::size_t>(-1) : found->second;
    }

    [[nodiscard]] bool passes(const std::vector<std::string>& cells) const {
        const auto cell = [&](const char* name) {
            const std::size_t at = column(name);
            return at < cells.size() ? std::string_view(cells[at]) : std::string_view();
        };
        const auto is_one_of = [](std::string_view text, const std::vector<std::string>& of) {
            return std::find(of.begin(), of.end(), text) != of.end();
        };
        if (column("act") < cells.size() && cell("act").empty()) return false;  // named in a table without any act
        if (!options_.measures.empty() && !is_one_of(cell("measure"), options_.measures)) return false;
        if (!instruments_.empty() && !instruments_.contains(std::string(cell("instrument")))) return false;
        const auto holds = [&](const std::string& text) {
            return cell("subject").find(text) != std::string_view::npos;
        };
        if (!options_.subjects.empty() && std::none_of(options_.subjects.begin(), options_.subjects.end(), holds))
            return false;
        if (options_.since == no_day) return true;
        const auto day = parse_iso_day(column("first_day") < cells.size() ? cell("first_day") : cell("day"));
        return !day || *day >= options_.since;
    }

private:
    const ExportOptions& options_;
    std::set<std::string> instruments_;
    std::map<std::string, std::size_t> column_;
};

std::string line_of(const std::vector<std::string>& cells) {
    std::string out;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (i > 0) out += ',';
        out += csv_cell(cells[i]);
    }
    return out + "\n";
}

/// What the file's silence means: the source's own coverage, from `since` on; none when a part was left out.
Result<std::string> coverage_lines(store::Store& store, const std::string& source, const ExportOptions& options,
                                   Day as_of, bool is_whole) {
    std::string out;
    if (!is_whole) return out;
    for (const auto& covered : TRY(store.coverage(source, as_of))) {
        const auto& c = covered.coverage;
        const Day first = options.since == no_day ? c.first_day : std::max(c.first_day, options.since);
        if (!c.complete || c.last_day < first) continue;
        out += fmt::format("# covers: {}..{}{}{}\n", iso(first), iso(c.last_day),
                           c.places.empty() ? "" : "@" + join(c.places, ","),
                           c.kinds.empty() ? "" : "#" + join(c.kinds, ","));
    }
    return out;
}

/// One exchange file a source: a preamble that says where the figures come from and what their silence means, then
/// coded rows.
Result<void> export_source(const Common& common, store::Store& store, const app::Packs& packs,
                           const pack::SourceCard& card, const ExportOptions& options, Day as_of) {
    RecordFilter filter(options, packs);
    std::string text = fmt::format(
        "# icosa-records: 1\n# source: {}\n# record: {}\n# title: {}\n# publisher: {}\n# licence: {}\n# attribution: "
        "{}\n# url: {}\n# retrieved: {}\n",
        card.id, model::record_kind_names[static_cast<int>(card.record)], card.title, card.publisher, card.licence,
        card.attribution, card.url, iso(as_of));
    text += "# note: coded figures written by `icosa export records`; no text and no names of the source\n";
    text += TRY(coverage_lines(store, card.id, options, as_of,
                               options.measures.empty() && options.subjects.empty() && options.instruments.empty()));
    std::int64_t records = -1;
    std::map<std::vector<std::string>, double> sums;  // by the cells but the value, subject and interval
    TRY(store.export_records(card.id, card.record, as_of, [&](const std::vector<std::string>& cells) {
        if (records < 0) {
            filter.see_header(cells);
            text += line_of(cells);
            records = 0;
            return;
        }
        if (!filter.passes(cells)) return;
        if (!options.sum_subjects || card.record != model::RecordKind::Observation) {
            ++records;
            text += line_of(cells);
            return;
        }
        std::vector<std::string> key = cells;
        const auto value = parse_number(key[filter.column("value")]);
        for (const char* name : {"value", "subject", "low", "high"}) key[filter.column(name)].clear();
        if (value) sums[key] += *value;
    }));
    for (const auto& [key, sum] : sums) {
        std::vector<std::string> cells = key;
        cells[filter.column("value")] = number_text(sum);
        text += line_of(cells);
        ++records;
    }
    const auto path = std::filesystem::path(options.out.empty() ? "." : options.out) / (card.id + ".csv");
    TRY(write_text(path.string(), text));
    records = std::max<std::int64_t>(0, records);
    if (common.json) {
        JsonWriter json;
        json.begin_object()
            .field("file", path.string())
            .field("source", card.id)
            .field("records", records)
            .field("bytes", text.size())
            .field("licence", card.licence)
            .end_object();
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{}: {} records, {} bytes, {}\n", path.string(), records, text.size(), card.licence);
    }
    return {};
}

Result<int> export_records(const Common& common, const app::Packs& packs, store::Store& store,
                           const ExportOptions& options) {
    const Moment moment = TRY(moment_of(store, packs, options.as_of, common.db));
    if (!common.json) fmt::print(stderr, "{}\n", first_line(moment));
    const Day as_of = moment.as_of;
    std::vector<std::string> present;
    for (const auto& file : TRY(store.files())) {
        if (std::find(present.begin(), present.end(), file.source) == present.end()) present.push_back(file.source);
    }
    std::sort(present.begin(), present.end());
    if (!options.out.empty()) {
        std::error_code error;
        std::filesystem::create_directories(options.out, error);
    }
    const auto& chosen = options.sources.empty() ? present : options.sources;
    for (const auto& id : chosen) {
        const auto* card = packs.find_card(id);
        if (!card || std::find(present.begin(), present.end(), id) == present.end()) {
            const auto near = nearest(id, present);
            return fail(
                Fault::Usage, "unknown-source", {common.db}, fmt::format("the store holds nothing of source '{}'", id),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it holds {}", join(present, ", ")));
        }
        if (!card->exportable) {
            if (options.sources.empty()) continue;
            return fail(
                Fault::Usage, "not-exportable", card->where,
                fmt::format("the licence of '{}' ({}) does not allow its records to be passed on", id, card->licence),
                "fetch the file from its publisher");
        }
        TRY(export_source(common, store, packs, *card, options, as_of));
    }
    return exit_clean;
}

/// An option that says nothing about what is taken out is a misunderstanding.
Result<void> check_meant(const ExportOptions& options) {
    const struct {
        bool is_given;
        std::string_view flag, of;
    } rows[] = {
        {!options.watch.empty(), "--watch", "series"},       {!options.format.empty(), "--format", "series"},
        {!options.sources.empty(), "--source", "records"},   {!options.measures.empty(), "--measure", "records"},
        {!options.subjects.empty(), "--subject", "records"}, {!options.instruments.empty(), "--instrument", "records"},
        {options.sum_subjects, "--sum-subjects", "records"}, {options.since != no_day, "--since", "records"},
        {!options.codes.empty(), "--codes", "neighbours"},   {options.narrow_seas, "--narrow-seas", "neighbours"}};
    for (const auto& row : rows) {
        if (row.is_given && row.of != options.what)
            return fail(Fault::Usage, "unused-option", {},
                        fmt::format("{} is about {}, not {}", row.flag, row.of, options.what), "leave it out");
    }
    return {};
}

Result<int> export_data(const Common& common, const ExportOptions& options) {
    TRY(check_meant(options));
    if (options.what == "neighbours") return export_neighbours(common, options);
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto store = TRY(app::open_for_reading(common.db, packs, common.threads));
    return options.what == "series" ? export_series(common, packs, *store, options)
                                    : export_records(common, packs, *store, options);
}

}  // namespace

Command export_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ExportOptions>();
    return {
        .name = "export",
        .summary =
            "Take figures out: the series of a watch, coded records for another store, which places are "
            "neighbours",
        .options =
            {option("WHAT", &options->what, "what to take out").one_of({"series", "records", "neighbours"}).required(),
             option("--watch", &options->watch, "series: of this watch").as("WATCH"),
             option("--source", &options->sources, "records: of these sources; all that may be shared if none is named")
                 .as("ID"),
             option("--format", &options->format, "series: csv, parquet or geojson; else by the ending of --out")
                 .one_of({"csv", "parquet", "geojson"}),
             option("--measure", &options->measures, "records: observations of these measures only").as("MEASURE"),
             option("--subject", &options->subjects, "records: only subjects that hold this text"),
             option("--instrument", &options->instruments,
                    "records: acts of these instruments only; 'catalogue' for those that the packs name")
                 .as("ID"),
             option("--sum-subjects", &options->sum_subjects, "records: observations summed over their subjects"),
             option("--since", &options->since, "records: none that begin earlier"),
             option("--codes", &options->codes,
                    "neighbours: told in this system of codes (gw, iso3, ...) instead of place ids")
                 .as("SYSTEM"),
             option("--narrow-seas", &options->narrow_seas, "neighbours: those across a narrow sea too"),
             option("--out", &options->out,
                    "series, neighbours: the file, standard output (CSV) if none; records: the folder")
                 .as("PATH"),
             as_of_option(&options->as_of), db_option(*common), json_option(*common), packs_option(*common),
             framework_option(*common)},
        .examples = {"icosa export series --watch sea.incidents --out incidents.parquet",
                     "icosa export series --watch sea.incidents --format geojson --out incidents.geojson",
                     "icosa export records --source asam --out exchange",
                     "icosa export neighbours --as-of 2020-12-31 --codes gw --out pairs.csv"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return export_data(*common, *options); },
    };
}

}  // namespace icosa::cli
