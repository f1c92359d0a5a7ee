/// Sentences, tables and JSON of two matched sources.
#include "cli/match_told.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/output.hpp"
#include "cli/result_table.hpp"

namespace icosa::cli {
namespace {

namespace matching = methods::matching;

/// How many events stand so.
using Stands = std::array<std::int64_t, 4>;
Stands stands_of(const std::vector<matching::Standing>& of) {
    Stands out{};
    for (const auto one : of) ++out[static_cast<std::size_t>(one)];
    return out;
}
std::int64_t at(const Stands& stands, matching::Standing one) { return stands[static_cast<std::size_t>(one)]; }

std::int64_t episodes_of(const std::vector<matching::Event>& events) {
    return std::count_if(events.begin(), events.end(), [](const auto& one) { return one.first != one.last; });
}

void tell_stands(const MatchSource& source, const std::vector<matching::Standing>& of) {
    const Stands stands = stands_of(of);
    using enum matching::Standing;
    fmt::print(stderr,
               "{}: {} event{} with a candidate, {} paired, {} with one that has a better partner; {} with only other "
               "kinds near, {} nothing\n",
               source.file.path, at(stands, Paired) + at(stands, Outbid),
               at(stands, Paired) + at(stands, Outbid) == 1 ? "" : "s", at(stands, Paired), at(stands, Outbid),
               at(stands, OtherKind), at(stands, Alone));
}

void put_source(JsonWriter& json, const MatchSource& source, const std::vector<matching::Standing>& of) {
    using enum matching::Standing;
    const Stands stands = stands_of(of);
    json.begin_object()
        .field("file", source.file.path)
        .field("source", source.file.source())
        .field("has_card", source.file.card != nullptr)
        .field("rows", source.rows.read)
        .field("events", source.events.size())
        .field("episodes", episodes_of(source.events));
    json.key("left_out")
        .begin_object()
        .field("refused", source.rows.refused)
        .field("without_position", source.rows.unplaced)
        .field("without_day", source.rows.undated)
        .field("position_of_area", source.rows.area)
        .field("kind_not_in_taxonomy", source.rows.other_kind)
        .end_object();
    json.field("at_latitude_0_longitude_0", source.rows.at_origin)
        .field("with_candidate", at(stands, Paired) + at(stands, Outbid))
        .field("paired", at(stands, Paired))
        .field("candidate_better_paired", at(stands, Outbid))
        .field("other_kind_near", at(stands, OtherKind))
        .field("nothing_near", at(stands, Alone))
        .end_object();
}

double thousandths(double value) { return std::round(value * 1000) / 1000; }
double millionths(double value) { return std::round(value * 1e6) / 1e6; }

/// A distance as written never exceeds what was asked.
double told_km(const Matched& of, double km) { return std::min(thousandths(km), of.reach.km); }

void put_pair(JsonWriter& json, const Matched& of, const matching::Pair& pair) {
    json.field("source_a", of.a.file.source())
        .field("line_a", of.a.lines[static_cast<std::size_t>(pair.a)])
        .field("source_b", of.b.file.source())
        .field("line_b", of.b.lines[static_cast<std::size_t>(pair.b)])
        .field("distance_km", told_km(of, pair.distance_km))
        .field("days", pair.days)
        .field("score", millionths(pair.score));
}

void put_pairs(JsonWriter& json, std::string_view key, const Matched& of, const std::vector<matching::Pair>& pairs) {
    json.key(key).begin_array();
    for (const auto& pair : pairs) {
        json.begin_object();
        put_pair(json, of, pair);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

std::optional<matching::Precision> Matched::precision() const {
    if (!chance || found.pairs.empty()) return std::nullopt;
    return matching::precision_between(*chance, found.pairs.size(), a.events.size(), b.events.size());
}

void tell_rows(const MatchSource& source, std::string_view what_for) {
    const MatchRows& rows = source.rows;
    std::vector<std::string> out;
    const auto left = [&](std::int64_t n, std::string_view why) {
        if (n > 0) out.push_back(fmt::format("{} {}", n, why));
    };
    left(rows.refused, "that the card refuses");
    left(rows.unplaced, "without a position");
    left(rows.undated, "without a day");
    left(rows.area, "whose position stands for an area");
    left(rows.other_kind, "of a kind that the taxonomy does not have");
    fmt::print(stderr, "{}: {}, {} row{}; {} event{} {}, {} of them of several days{}{}\n", source.file.path,
               source.file.card ? "source " + source.file.card->id : "a table of events", rows.read,
               rows.read == 1 ? "" : "s", source.events.size(), source.events.size() == 1 ? "" : "s", what_for,
               episodes_of(source.events), out.empty() ? "" : "; left out: ", join(out, ", "));
    if (rows.at_origin > 0)
        fmt::print(stderr,
                   "{}: note: {} at latitude 0, longitude 0 kept: check that this is no mark of an "
                   "unknown position\n",
                   source.file.path, rows.at_origin);
}

void tell_matched(const Matched& of) {
    tell_rows(of.a, "to match");
    tell_rows(of.b, "to match");
    fmt::print(stderr, "within {:g} km and {} day{}, kinds {}: {} pair{}, {} more event{} within an episode\n",
               of.reach.km, of.reach.days, of.reach.days == 1 ? "" : "s", of.kinds, of.found.pairs.size(),
               of.found.pairs.size() == 1 ? "" : "s", of.found.in_episodes.size(),
               of.found.in_episodes.size() == 1 ? "" : "s");
    tell_stands(of.a, of.found.a);
    tell_stands(of.b, of.found.b);
    if (!of.chance) return;
    fmt::print(stderr,
               "by chance alone {:.0f} pairs, with the days of the second source moved by {} and {} days both ways",
               of.chance->pairs, of.chance->shift_days, 2 * of.chance->shift_days);
    if (const auto precision = of.precision())
        fmt::print(stderr, ": estimated precision {:.3f} to {:.3f}", precision->low, precision->high);
    fmt::print(stderr, "\n");
}

std::string matched_json(const Matched& of) {
    JsonWriter json;
    json.begin_object().field("km", of.reach.km).field("days", of.reach.days).field("kinds", of.kinds);
    json.key("a");
    put_source(json, of.a, of.found.a);
    json.key("b");
    put_source(json, of.b, of.found.b);
    json.key("chance_pairs");
    if (of.chance) json.value(of.chance->pairs);
    else json.null();
    json.key("estimated_precision");
    if (const auto precision = of.precision())
        json.begin_array().value(millionths(precision->low)).value(millionths(precision->high)).end_array();
    else json.null();
    put_pairs(json, "pairs", of, of.found.pairs);
    put_pairs(json, "in_episodes", of, of.found.in_episodes);
    json.end_object();
    return json.text();
}

std::string matched_geojson(const Matched& of) {
    JsonWriter json;
    json.begin_object().field("type", "FeatureCollection").field("name", "pairs").field("notice", boundaries_notice);
    json.key("features").begin_array();
    for (const auto& pair : of.found.pairs) {
        const auto& a = of.a.events[static_cast<std::size_t>(pair.a)];
        const auto& b = of.b.events[static_cast<std::size_t>(pair.b)];
        json.begin_object().field("type", "Feature").key("geometry").begin_object();
        const bool crosses = std::abs(a.longitude_deg - b.longitude_deg) > 180;  // a line is not drawn round the globe
        json.field("type", crosses ? "MultiPoint" : "LineString").key("coordinates").begin_array();
        for (const auto* one : {&a, &b}) {
            json.begin_array();
            json.value(millionths(one->longitude_deg)).value(millionths(one->latitude_deg)).end_array();
        }
        json.end_array().end_object().key("properties").begin_object();
        put_pair(json, of, pair);
        json.field("day_a", iso(a.first)).field("day_b", iso(b.first)).end_object().end_object();
    }
    json.end_array().end_object();
    return json.text() + "\n";
}

Result<void> write_pairs(const std::string& path, const Matched& of, const std::vector<matching::Pair>& pairs) {
    using enum store::ColumnType;
    auto out = TRY(ResultTable::open(path,
                                     {{"source_a", Text},
                                      {"line_a", Integer},
                                      {"source_b", Text},
                                      {"line_b", Integer},
                                      {"distance_km", Number},
                                      {"days", Integer},
                                      {"score", Number}}));
    for (const auto& pair : pairs)
        out.add({of.a.file.source(), of.a.lines[static_cast<std::size_t>(pair.a)], of.b.file.source(),
                 of.b.lines[static_cast<std::size_t>(pair.b)], number_cell(told_km(of, pair.distance_km)),
                 static_cast<std::int64_t>(pair.days), rounded_cell(pair.score, 6)});
    return out.close();
}

}  // namespace icosa::cli
