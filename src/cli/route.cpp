/// icosa route: incidents along a route over the sea, by month, leg and strait.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "app/sea_reports.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/match_source.hpp"
#include "cli/match_told.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/reading_options.hpp"
#include "cli/route_told.hpp"
#include "cli/when_free.hpp"
#include "table/waypoints.hpp"

namespace icosa::cli {
namespace {

struct RouteOptions {
    std::string from, to, waypoints, since, until, db, as_of = "today";
    std::vector<std::string> via, events;
    std::string taxonomy = "sea-incidents", kind = "piracy";
    std::string out, incidents, svg, geojson;
    double within_km = 100, match_km = 50;
    int months = 12, match_days = 1;
    ReadingOptions reading;
};

constexpr std::string_view default_store = "icosa.duckdb";
constexpr int months_looked_at = 180;  // where no --since is given

Result<respond::SeaRoute> route_asked(const RouteOptions& options, const app::Packs& packs) {
    const bool by_lanes = !options.from.empty() || !options.to.empty() || !options.via.empty();
    if (by_lanes && !options.waypoints.empty())
        return fail(Fault::Usage, "two-routes", {}, "--waypoints stands beside --from, --to or --via",
                    "give one route: between two straits, or waypoints");
    if (!options.waypoints.empty()) {
        const table::Reading reading = TRY(reading_of(options.reading));
        std::vector<respond::SeaStop> stops;
        for (const auto& one : TRY(table::read_waypoints(options.waypoints, reading))) {
            const std::string number = fmt::format("waypoint {}", stops.size() + 1);
            stops.push_back({"", one.name.empty() ? number : one.name, {one.latitude_deg, one.longitude_deg}});
        }
        return respond::waypoint_route(std::move(stops), options.waypoints);
    }
    if (options.from.empty() || options.to.empty())
        return fail(Fault::Usage, "no-route", {}, "no route is named", "give --from and --to, or --waypoints FILE.csv");
    std::vector<std::string> words{options.from};
    words.insert(words.end(), options.via.begin(), options.via.end());
    words.push_back(options.to);
    return respond::lane_route(packs.places, words);
}

Result<const pack::Taxonomy*> taxonomy_named(const std::string& id, const app::Packs& packs) {
    std::vector<std::string> ids;
    for (const auto& one : packs.taxonomies) {
        if (one.id == id) return &one;
        ids.push_back(one.id);
    }
    const auto near = nearest(id, ids);
    return fail(Fault::Usage, "unknown-taxonomy", {}, fmt::format("the packs have no taxonomy '{}'", excerpt(id)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(ids, ", ")));
}

/// Events of a file: of a known source those of the kind count, of a table of one's own all.
Result<respond::SeaReports> reports_of_file(const std::string& path, const pack::Coding* coding, const MatchFile& file,
                                            const RouteOptions& options) {
    const table::Reading reading = TRY(reading_of(options.reading));
    const MatchSource read = TRY(read_match_source(file, coding, reading));
    tell_rows(read, "with a position and a day");
    respond::SeaReports out;
    out.source = read.file.source();
    if (file.card) {
        out.title = file.card->title;
        out.attribution = file.card->attribution;
        out.exportable = file.card->exportable;
    }
    const std::string* category = coding ? pack::look_up(coding->codes, options.kind) : nullptr;
    const std::string counted = category ? *category : options.kind;
    for (std::size_t i = 0; i < read.events.size(); ++i) {
        const auto& event = read.events[i];
        const std::string& kind = read.kinds[static_cast<std::size_t>(event.kind)];
        out.reports.push_back({{event.latitude_deg, event.longitude_deg},
                               event.first,
                               kind,
                               !file.card || kind == counted,
                               "",
                               "",
                               read.lines[i]});
        if (out.first == no_day || event.first < out.first) out.first = event.first;
        if (out.last == no_day || event.first > out.last) out.last = event.first;
    }
    if (out.reports.empty())
        return fail(Fault::Data, "no-rows", {path}, "no row has a position and a day", "check the file");
    out.months = respond::whole_months(out.first, out.last);
    return out;
}

/// A kind that neither the taxonomy nor any report has is a slip: no count of it is an answer.
Result<void> check_kind(const std::string& kind, const pack::Taxonomy& taxonomy,
                        std::span<const respond::SeaReports> sources) {
    std::vector<std::string> known;
    for (const pack::Coding& coding : taxonomy.codings) {
        if (pack::look_up(coding.codes, kind)) return {};
        for (const auto& [code, category] : coding.codes)
            if (std::ranges::find(known, code) == known.end()) known.push_back(code);
    }
    for (const auto& one : sources)
        if (std::ranges::any_of(one.reports, &respond::SeaReport::counts)) return {};
    const auto near = nearest(kind, known);
    return fail(Fault::Usage, "unknown-kind", {}, fmt::format("no source has incidents of kind '{}'", excerpt(kind)),
                near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(known, ", ")));
}

Result<respond::SeaIncidents> incidents_asked(const RouteOptions& options, const Common& common,
                                              const app::Packs& packs, store::Store* store, Day as_of) {
    const pack::Taxonomy* taxonomy = TRY(taxonomy_named(options.taxonomy, packs));
    std::vector<respond::SeaReports> sources;
    bool all_coded = true;
    for (const auto& path : options.events) {
        const MatchFile file = TRY(match_file(path, packs));
        const pack::Coding* coding = taxonomy->find_coding(file.source());
        all_coded &= coding != nullptr;
        sources.push_back(TRY(reports_of_file(path, coding, file, options)));
    }
    if (options.events.empty()) {
        std::vector<std::string> ids;
        for (const pack::Coding& coding : taxonomy->codings) {
            for (const std::string& id : coding.sources) {
                if (!packs.find_card(id)) continue;
                ids.push_back(id);
                auto one = TRY(app::stored_reports(*store, packs, id, &coding, options.kind, as_of));
                if (one) sources.push_back(std::move(*one));
            }
        }
        if (sources.empty())
            return fail(
                Fault::Data, "no-incidents", {options.db},
                fmt::format("as of {} the store has no incident with a position of {}", iso(as_of), join(ids, ", ")),
                "ask as of a later day, ingest a file of one of them, or give --events FILE");
    }
    TRY(check_kind(options.kind, *taxonomy, sources));
    return respond::joined_incidents(std::move(sources), all_coded ? taxonomy : nullptr,
                                     {options.match_km, options.match_days}, common.threads);
}

Result<int> month_asked(const std::string& word, std::string_view flag) {
    if (const auto month = parse_period(word, PeriodKind::Month)) return *month;
    if (const auto day = parse_iso_day(word)) return period_of(*day, PeriodKind::Month);
    return fail(Fault::Usage, "bad-month", {}, fmt::format("{} '{}' is no month", flag, excerpt(word)),
                "write it as 2020-11");
}

Result<respond::MonthSpan> months_asked(const RouteOptions& options, const respond::SeaIncidents& incidents) {
    std::optional<int> newest;
    Day through = first_possible_day;
    for (const auto& one : incidents.sources) {
        through = std::max(through, one.last);
        if (!one.months.empty()) newest = std::max(newest.value_or(*one.months.rbegin()), *one.months.rbegin());
    }
    if (!newest)
        return fail(Fault::Data, "no-month", {}, "no source tells of a whole month", "give a source of months");
    respond::MonthSpan out;
    out.last = options.until.empty() ? *newest : TRY(month_asked(options.until, "--until"));
    if (out.last > *newest)
        return fail(Fault::Data, "not-known", {},
                    fmt::format("{} is not known: incidents are known through {}",
                                period_label(out.last, PeriodKind::Month), iso(through)),
                    fmt::format("the newest whole month is {}", period_label(*newest, PeriodKind::Month)));
    out.first = options.since.empty() ? out.last - months_looked_at + 1 : TRY(month_asked(options.since, "--since"));
    constexpr int most_months = 3600;
    if (out.first > out.last || out.months() > most_months)
        return fail(Fault::Usage, "bad-months", {},
                    fmt::format("{} to {} are no months to look at", period_label(out.first, PeriodKind::Month),
                                period_label(out.last, PeriodKind::Month)),
                    "let --since be before --until");
    return out;
}

Result<int> route(RouteOptions options, const Common& common) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const respond::SeaRoute way = TRY(route_asked(options, packs));
    TRY(check_as_of(options.as_of));
    std::unique_ptr<store::Store> store;
    if (options.db.empty() && options.events.empty()) options.db = default_store;
    for (const auto& path : {options.out, options.incidents, options.svg, options.geojson})
        TRY(check_out(path, {options.db}));
    if (!options.db.empty()) {
        Common of_store = common;
        of_store.db = options.db;
        store = TRY(when_free(of_store, [&] { return app::open_for_reading(options.db, packs); }));
    }
    const Day as_of = store ? TRY(moment_of(*store, packs, options.as_of, options.db)).as_of
                            : TRY(day_asked(options.as_of == "newest" ? "today" : options.as_of));
    const auto incidents = TRY(incidents_asked(options, common, packs, store.get(), as_of));
    respond::ShipsSeen ships;
    if (store) {
        std::vector<std::string> straits;
        for (const auto& place : packs.places.places())
            if (place.kind == "chokepoint") straits.push_back(place.id);
        ships = TRY(app::ships_seen(*store, packs, straits, as_of));
    }
    const respond::RouteAsked asked{options.within_km, TRY(months_asked(options, incidents)), options.months};
    const respond::RouteFacts facts = respond::route_facts(way, incidents, ships, packs.places, asked);
    const auto* card = packs.find_card(ships.source);
    const RouteTold told{way,
                         incidents,
                         facts,
                         asked,
                         {options.match_km, options.match_days},
                         options.kind,
                         card ? card->attribution : "",
                         as_of};
    if (!options.geojson.empty()) TRY(write_text(options.geojson, route_geojson(told)));
    if (!options.svg.empty()) TRY(write_text(options.svg, route_picture(told)));
    if (!options.out.empty()) TRY(write_route_months(options.out, told));
    if (!options.incidents.empty()) {
        std::vector<std::size_t> which;
        for (const auto& one : facts.incidents) which.push_back(one.incident);
        const auto lines = TRY(app::lines_behind(store.get(), incidents, which, as_of));
        TRY(write_route_incidents(options.incidents, told, lines));
    }
    fmt::print("{}", common.json ? route_json(told) : route_text(told));
    return exit_clean;
}

}  // namespace

Command route_command() {
    const auto options = std::make_shared<RouteOptions>();
    const auto common = std::make_shared<Common>();
    Command out{
        .name = "route",
        .summary = "Incidents along a route over the sea: by month, leg and strait, with exact intervals",
        .options =
            {option("--from", &options->from, "a strait or sea node of packs/places, by id or name").as("PLACE"),
             option("--to", &options->to, "another").as("PLACE"),
             option("--via", &options->via, "on the way, in this order; several").as("PLACE"),
             option("--waypoints", &options->waypoints,
                    "instead: a table lat, lon, name, a waypoint a row in the order sailed")
                 .as("FILE"),
             option("--within-km", &options->within_km, "how far from the route").within(1, 2000),
             option("--months", &options->months, "the newest so many beside as many before").within(1, 120),
             option("--since", &options->since, "the first month looked at; 180 months if not given").as("MONTH"),
             option("--until", &options->until, "the last one; the newest whole month known if not given").as("MONTH"),
             option("--events", &options->events,
                    "files of incidents instead of the store: known sources, or tables lat, lon, time; several")
                 .as("FILE"),
             option("--kind", &options->kind, "of a known source's incidents, the kind that counts"),
             option("--taxonomy", &options->taxonomy, "of the packs: the sources, and how their kinds correspond")
                 .as("ID"),
             option("--match-km", &options->match_km, "two reports are one incident within so many km")
                 .within(0, 20'000),
             option("--match-days", &options->match_days, "and so many days").within(0, 366),
             option("--out", &options->out, "write incidents by month here (.csv, .parquet)").as("FILE").written(),
             option("--incidents", &options->incidents, "write the incidents here, with the lines that tell them")
                 .as("FILE")
                 .written(),
             option("--svg", &options->svg, "write a picture of incidents by month here").as("FILE").written(),
             option("--geojson", &options->geojson, "write route, straits and incidents here").as("FILE").written(),
             option("--db", &options->db,
                    "the store; icosa.duckdb if not given; beside --events it gives the counts of ships alone")
                 .as("FILE"),
             as_of_option(&options->as_of),
             wait_option(*common),
             json_option(*common),
             packs_option(*common),
             add_option(*common),
             threads_option(*common)},
        .more = "Ships are counted in some straits and since 2019 only; docs/sea-and-rivers.md.\n",
        .examples = {"icosa route --from hormuz-strait --to singapore-strait --db my.duckdb",
                     "icosa route --from suez-canal --to \"Strait of Malacca\" --within-km 200 --since 2010-01 --db "
                     "my.duckdb --json",
                     "icosa route --waypoints way.csv --events RAW_ASAM.csv --geojson way.geojson --svg way.svg"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return route(*options, *common); },
    };
    add_reading(out, options->reading);
    return out;
}

}  // namespace icosa::cli
