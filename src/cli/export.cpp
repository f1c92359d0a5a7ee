/// icosa export: what can be taken out; coded records as exchange files.
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/pipeline.hpp"
#include "app/places_asked.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/exit_code.hpp"
#include "cli/export.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/when_free.hpp"
#include "store/table_file.hpp"

namespace icosa::cli {
namespace {

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

    /// Keeps what a record names, for tell_unseen().
    void see(const std::vector<std::string>& cells) {
        for (auto& [name, seen] : seen_) {
            const std::size_t at = column(name);
            if (at < cells.size() && !seen.contains(cells[at])) seen.insert(cells[at]);
        }
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

    /// Names asked for that no record has: perhaps slips, so each with the nearest that one has.
    void tell_unseen(const std::string& source) const {
        const auto tell = [&](const char* what, const std::string& name) {
            const auto& seen = seen_.at(what);
            if (seen.contains(name)) return;
            const auto near = nearest(name, std::vector<std::string>(seen.begin(), seen.end()));
            fmt::print(stderr, "note: no record of {} is of {} '{}'{}\n", source, what, excerpt(name),
                       near ? fmt::format(" (did you mean '{}'?)", *near) : "");
        };
        for (const auto& one : options_.measures) tell("measure", one);
        for (const auto& one : options_.instruments)
            if (one != "catalogue") tell("instrument", "untc:" + one);
    }

private:
    const ExportOptions& options_;
    std::set<std::string> instruments_;
    std::map<std::string, std::set<std::string>> seen_ = {{"measure", {}}, {"instrument", {}}};
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
        filter.see(cells);
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
    filter.tell_unseen(card.id);
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
    using Kinds = std::vector<std::string_view>;
    const Kinds tables = {"series", "signals", "forecasts"}, findings = {"signals", "forecasts"};
    const struct {
        bool is_given;
        std::string_view flag;
        Kinds of;
    } rows[] = {{!options.watch.empty(), "--watch", tables},
                {!options.format.empty(), "--format", tables},
                {!options.places.empty(), "--place", findings},
                {!options.sources.empty(), "--source", {"records"}},
                {!options.measures.empty(), "--measure", {"records"}},
                {!options.subjects.empty(), "--subject", {"records"}},
                {!options.instruments.empty(), "--instrument", {"records"}},
                {options.sum_subjects, "--sum-subjects", {"records"}},
                {options.since != no_day, "--since", {"records"}},
                {!options.codes.empty(), "--codes", {"neighbours"}},
                {options.narrow_seas, "--narrow-seas", {"neighbours"}}};
    for (const auto& row : rows) {
        if (row.is_given && std::find(row.of.begin(), row.of.end(), options.what) == row.of.end())
            return fail(Fault::Usage, "unused-option", {},
                        fmt::format("{} is about {}, not {}", row.flag, fmt::join(row.of, " and "), options.what),
                        "leave it out");
    }
    return {};
}

Result<int> export_data(const Common& common, const ExportOptions& options) {
    TRY(check_meant(options));
    if (options.what == "neighbours") return export_neighbours(common, options);
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    TRY(app::check_places(packs.places, options.places));
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    if (options.what == "series") return export_series(common, packs, *store, options);
    if (options.what == "records") return export_records(common, packs, *store, options);
    return export_findings(common, packs, *store, options);
}

}  // namespace

Command export_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<ExportOptions>();
    return {
        .name = "export",
        .summary =
            "Take figures out: signals, forecasts, the series of a watch, coded records for another store, which "
            "places "
            "are neighbours",
        .options =
            {option("WHAT", &options->what, "what to take out")
                 .one_of({"series", "signals", "forecasts", "records", "neighbours"})
                 .required(),
             option("--watch", &options->watch, "series, signals, forecasts: of this watch").as("WATCH"),
             option("--place", &options->places,
                    "signals, forecasts: about these places, regions or seas only; commas between, or several times")
                 .as("PLACE"),
             option("--source", &options->sources, "records: of these sources; all that may be shared if none is named")
                 .as("ID"),
             option("--format", &options->format,
                    "series, signals, forecasts: csv, parquet or geojson; else by the ending of --out")
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
             option("--out", &options->out, "the file, standard output (CSV) if none; records: the folder")
                 .as("PATH")
                 .written(),
             as_of_option(&options->as_of),
             db_option(*common),
             wait_option(*common),
             json_option(*common),
             packs_option(*common),
             add_option(*common),
             framework_option(*common)},
        .examples = {"icosa export series --watch sea.incidents --out incidents.parquet",
                     "icosa export series --watch sea.incidents --format geojson --out incidents.geojson",
                     "icosa export signals --as-of 2020-12-31 --out signals.csv",
                     "icosa export forecasts --place sahel --as-of 2020-12-31 --out sahel.parquet",
                     "icosa export records --source asam --out exchange",
                     "icosa export neighbours --as-of 2020-12-31 --codes gw --out pairs.csv"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return export_data(*common, *options); },
    };
}

}  // namespace icosa::cli
