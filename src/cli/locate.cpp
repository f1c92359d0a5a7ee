/// icosa locate: which country, sea and cell points are in.
#include <cmath>
#include <cstdio>
#include <limits>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/located.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/reading_options.hpp"
#include "cli/row_file.hpp"
#include "cli/today.hpp"
#include "ingest/card_reader.hpp"
#include "ingest/day_forms.hpp"
#include "ingest/recognise.hpp"
#include "table/located_points.hpp"

namespace icosa::cli {
namespace {

struct LocateOptions {
    std::vector<std::string> what;
    std::string as_of, out;
    table::LocatedColumns columns;
    ReadingOptions reading;
};

/// All points of a file, and whether it states countries.
struct PointsRead {
    std::vector<PointAsked> points;
    Stated stated = Stated::No;
    std::int64_t refused = 0;
    std::string said;
};

/// The codes that a column of this name holds; names of places stand in any of them.
std::vector<std::string_view> systems_of_column(const std::string& column) {
    const std::string name = lower(column);
    if (name.starts_with("gw") || name == "country_id") return {"gw", "name"};
    if (name == "ccode" || name == "cowcode") return {"cow", "name"};
    return {"iso3", "name", "iso2", "m49"};
}

bool is_of_states(const pack::PlaceBook& places, const std::string& id) {
    const pack::PlaceFacts* place = places.find_place(id);
    return place && (place->kind == "state" || place->kind == "territory" || place->kind == "historical");
}

Result<PointsRead> points_of_table(const LocateOptions& options, Day as_of, const pack::PlaceBook& places) {
    const auto dated = options.as_of.empty() ? table::Dated::IfThere : table::Dated::NotRead;
    const auto reading = TRY(reading_of(options.reading));
    const auto read = TRY(table::read_located_points(options.what[0], options.columns, dated, reading));
    PointsRead out;
    out.said = read.said;
    if (!read.country_column.empty()) out.stated = Stated::Yes;
    const auto systems = systems_of_column(read.country_column);
    for (const auto& one : read.points) {
        PointAsked asked{one.line, one.latitude_deg, one.longitude_deg, one.day == no_day ? as_of : one.day,
                         "",       one.country};
        for (const auto system : systems) {
            if (!asked.stated.empty() || one.country.empty()) break;
            asked.stated = places.place_of(system, one.country, asked.day);
        }
        out.points.push_back(std::move(asked));
    }
    return out;
}

Result<PointsRead> points_of_card(const std::string& path, const pack::SourceCard& card, const LocateOptions& options,
                                  Day as_of, const pack::PlaceBook& places) {
    model::TermTable terms;
    ingest::ReadOptions how;
    how.today = today();
    how.date_form = ingest::parse_date_form(options.reading.date_form);
    const auto reader = TRY(ingest::FileReader::open(path, card, terms, how));
    PointsRead out;
    out.said = fmt::format("read by source card '{}'", card.id);
    Progress progress(path, reader->bytes() / 1'000'000, "MB");
    for (model::Batch batch; TRY(reader->next(batch));) {
        for (const model::Event& event : batch.events) {
            constexpr double none = std::numeric_limits<double>::quiet_NaN();
            const bool is_placed =
                event.latitude_microdeg != model::no_int && event.longitude_microdeg != model::no_int;
            const Day own = event.last_day == no_day ? event.first_day : event.last_day;
            PointAsked asked{event.line,
                             is_placed ? event.latitude_microdeg / 1e6 : none,
                             is_placed ? event.longitude_microdeg / 1e6 : none,
                             own == no_day || !options.as_of.empty() ? as_of : own,
                             "",
                             ""};
            if (event.place != model::no_term) {
                const model::Term& term = terms.at(event.place);
                const std::string place = places.place_of(term.system, term.text, asked.day);
                if (place.empty() || is_of_states(places, place)) {  // a sea is no country to be compared with
                    out.stated = Stated::Yes;
                    asked.stated_text = term.text;
                    asked.stated = place;
                }
            }
            out.points.push_back(std::move(asked));
        }
        progress.at(reader->bytes_read() / 1'000'000);
    }
    out.refused = TRY(reader->close()).rejected;
    if (out.points.empty())
        return fail(Fault::Data, "no-events", {path}, fmt::format("source '{}' gives no events", card.id),
                    "give a file of events with positions, or a table with columns lat and lon");
    return out;
}

/// By the card that reads the file, unless the columns are named; else as a table of one's own.
Result<PointsRead> points_of_file(const LocateOptions& options, Day as_of, const app::Packs& packs) {
    const auto& said = options.columns;
    if (said.latitude.empty() && said.longitude.empty() && said.time.empty() && said.country.empty()) {
        const auto card = ingest::recognise(options.what[0], packs.cards);
        if (card && (*card)->record == model::RecordKind::Event)
            return points_of_card(options.what[0], **card, options, as_of, packs.places);
        if (!card && card.error().code != "unknown-source") return std::unexpected(card.error());
    }
    return points_of_table(options, as_of, packs.places);
}

Result<int> locate_file(const LocateOptions& options, Day as_of, const app::Packs& packs, const Common& common) {
    const PointsRead read = TRY(points_of_file(options, as_of, packs));
    PointLocator locator(packs.places);
    LocatedCounts counts;
    counts.refused = read.refused;
    JsonWriter json;
    json.begin_object().field("file", options.what[0]).field("countries_of_today", iso(as_of));
    const bool has_rows = !common.json || !options.out.empty();
    auto rows = has_rows ? std::optional(TRY(RowFile::open(options.out))) : std::nullopt;
    if (rows) rows->put(located_header(read.stated));
    else json.key("points").begin_array();
    {
        Progress progress("located", static_cast<std::int64_t>(read.points.size()), "points");
        std::int64_t done = 0;
        for (const PointAsked& asked : read.points) {
            const PointLocated point = locator.locate(asked);
            counts.add(point);
            if (rows) rows->put(located_row(point, read.stated));
            else write_located(json, point, read.stated);
            if (++done % 1000 == 0) progress.at(done);
        }
    }
    if (rows) TRY(rows->close());
    else json.end_array();
    write_counts(json, counts, read.stated);
    json.end_object();
    if (common.json) fmt::print("{}\n", json.text());
    else fmt::print(stderr, "{}: {}\n{}\n", options.what[0], read.said, told_counts(counts, read.stated));
    if (!atlas::Atlas::has_countries())
        fmt::print(stderr, "no outlines of countries in this build: `make setup` fetches them, then build again\n");
    return exit_clean;
}

Result<int> locate_point(const LocateOptions& options, double latitude, double longitude, Day as_of,
                         const app::Packs& packs, const Common& common) {
    const auto beyond = [&](std::string_view what, const std::string& word, double limit, std::string cure) {
        return fail(Fault::Usage, fmt::format("bad-{}", what), {},
                    fmt::format("{} '{}' lies beyond {} degrees", what, excerpt(word), limit), std::move(cure));
    };
    if (std::abs(latitude) > 90)
        return beyond("latitude", options.what[0], 90,
                      std::abs(latitude) <= 180 && std::abs(longitude) <= 90
                          ? "latitude comes first: the two may be swapped"
                          : "give degrees, south and west negative");
    if (std::abs(longitude) > 180)
        return beyond("longitude", options.what[1], 180, "give degrees, south and west negative");
    PointLocator locator(packs.places);
    const PointLocated point = locator.locate({1, latitude, longitude, as_of, "", ""});
    if (common.json) {
        JsonWriter json;
        write_located(json, point, Stated::No);
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{}{}\n", told_point(point, packs.places), boundaries_notice);
    }
    return exit_clean;
}

Result<int> locate(const LocateOptions& options, const Common& common) {
    const Day as_of = TRY(day_asked(options.as_of));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    if (options.what.size() == 1) return locate_file(options, as_of, packs, common);
    const auto latitude = parse_number(options.what[0]), longitude = parse_number(options.what[1]);
    if (options.what.size() > 2 || !latitude || !longitude)
        return fail(
            Fault::Usage, "not-a-point", {},
            fmt::format("'{}' is neither a file nor a latitude and a longitude", excerpt(join(options.what, " "))),
            "write degrees with a decimal point, icosa locate 48.857 2.352, or icosa locate FILE");
    return locate_point(options, *latitude, *longitude, as_of, packs, common);
}

}  // namespace

Command locate_command() {
    const auto options = std::make_shared<LocateOptions>();
    const auto common = std::make_shared<Common>();
    Command out{
        .name = "locate",
        .summary = "Which country, sea and half-degree cell points are in, and how far the coast is",
        .options =
            {option("LAT LON|FILE", &options->what,
                    "a latitude and a longitude in degrees; or a file that a source card reads, or a table of "
                    "points with columns lat and lon")
                 .required(),
             day_option(&options->as_of,
                        "countries as of this day; if not given, of each row's own day, else of today"),
             option("--out", &options->out, "write the rows here instead of to the standard output")
                 .as("FILE")
                 .written(),
             option("--lat", &options->columns.latitude, "the column of latitudes").as("COLUMN"),
             option("--lon", &options->columns.longitude, "the column of longitudes").as("COLUMN"),
             option("--time", &options->columns.time, "the column of days").as("COLUMN"),
             option("--country", &options->columns.country, "the column of countries, to be compared").as("COLUMN"),
             packs_option(*common), add_option(*common), json_option(*common)},
        .more =
            "Columns: line,lat,lon,gid,country,disputed,sea,nearest_country,coast_km,note; where the file states "
            "countries also stated,apart_km: the kilometres from the point to the country stated, 0 within it. "
            "Boundaries imply no opinion; docs/space.md says whose they are.\n",
        .examples = {"icosa locate 48.857 2.352", "icosa locate -1.29 36.82",
                     "icosa locate events.csv --out located.csv",
                     "icosa locate events.csv --as-of 2005-06-30 --country iso3 --json"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return locate(*options, *common); },
    };
    add_reading(out, options->reading);
    return out;
}

}  // namespace icosa::cli
