/// icosa match: which events of one source are which of another.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/match_told.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/reading_options.hpp"
#include "harmonise/event_coding.hpp"

namespace icosa::cli {
namespace {

namespace matching = methods::matching;

struct MatchOptions {
    std::string a, b, taxonomy, out, review, geojson;
    double km = 25;
    int days = 2;
    std::string estimate = "auto";
    ReadingOptions reading;
};

/// The one named; else, of two sources that have cards, the one that codes both; nullptr = none does.
Result<const pack::Taxonomy*> taxonomy_of(const std::string& named, const MatchFile& a, const MatchFile& b,
                                          const app::Packs& packs) {
    std::vector<std::string> ids;
    const auto of_both = harmonise::taxonomies_of_both(packs.taxonomies, a.source(), b.source());
    for (const auto& one : packs.taxonomies) {
        ids.push_back(one.id);
        if (one.id != named) continue;
        for (const auto* file : {&a, &b}) {
            if (one.find_coding(file->source())) continue;
            return fail(Fault::Usage, "not-coded", {file->path},
                        fmt::format("taxonomy '{}' does not code '{}'", named, file->source()),
                        "add a [[taxonomy.coding]] for it in a pack of your own (--add; docs/matching.md)");
        }
        return &one;
    }
    if (!named.empty()) {
        const auto near = nearest(named, ids);
        return fail(Fault::Usage, "unknown-taxonomy", {},
                    fmt::format("the packs have no taxonomy '{}'", excerpt(named)),
                    near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(ids, ", ")));
    }
    if (of_both.size() > 1)
        return fail(Fault::Usage, "which-taxonomy", {},
                    fmt::format("'{}' and '{}' code both sources", of_both[0]->id, of_both[1]->id),
                    "name one with --taxonomy");
    return of_both.empty() ? nullptr : of_both.front();
}

/// How well the kinds agree; where nothing says how, all events become of one kind.
matching::Agreement agreement_of(Matched& of, const pack::Taxonomy* taxonomy) {
    if (taxonomy) {
        of.kinds = fmt::format("by taxonomy '{}'", taxonomy->id);
        return harmonise::agreement_by(*taxonomy, of.a.kinds, of.b.kinds);
    }
    const auto has_kinds = [](const MatchSource& source) {
        return !source.file.card && !(source.kinds.size() == 1 && source.kinds[0].empty());
    };
    if (has_kinds(of.a) && has_kinds(of.b)) {
        of.kinds = "by their texts";
        std::map<std::string, std::int32_t> numbers;
        std::vector<matching::Categories> a, b;
        const auto number = [&](const std::string& kind) {
            return matching::Categories{numbers.emplace(kind, static_cast<std::int32_t>(numbers.size())).first->second};
        };
        for (const auto& kind : of.a.kinds) a.push_back(number(kind));
        for (const auto& kind : of.b.kinds) b.push_back(number(kind));
        return {std::vector<std::int32_t>{1}, a, b};
    }
    of.kinds = "not compared";
    for (auto* source : {&of.a, &of.b})
        for (auto& event : source->events) event.kind = 0;
    return {};
}

Result<int> match(const MatchOptions& options, const Common& common) {
    std::error_code error;
    if (std::filesystem::equivalent(options.a, options.b, error))
        return fail(Fault::Usage, "same-file", {options.b}, "both sources are one file", "name two");
    const auto packs = TRY(app::good_packs(pack_places(common)));
    const auto reading = TRY(reading_of(options.reading));
    const MatchFile a = TRY(match_file(options.a, packs)), b = TRY(match_file(options.b, packs));
    const pack::Taxonomy* taxonomy = TRY(taxonomy_of(options.taxonomy, a, b, packs));
    const auto coding = [&](const MatchFile& file) {
        return taxonomy ? taxonomy->find_coding(file.source()) : nullptr;
    };
    Matched of;
    of.a = TRY(read_match_source(a, coding(a), reading));
    of.b = TRY(read_match_source(b, coding(b), reading));
    of.reach = {options.km, options.days};
    const matching::Agreement agreement = agreement_of(of, taxonomy);
    of.found = TRY(matching::match_events(of.a.events, of.b.events, agreement, of.reach, common.threads));
    constexpr std::size_t soon_done = 250'000;
    const bool is_soon_done = std::max(of.a.events.size(), of.b.events.size()) <= soon_done;
    if (options.estimate == "always" || (options.estimate == "auto" && is_soon_done))
        of.chance = TRY(matching::chance_pairs(of.a.events, of.b.events, agreement, of.reach, common.threads));
    if (!options.geojson.empty()) TRY(write_text(options.geojson, matched_geojson(of)));
    if (!options.review.empty()) TRY(write_pairs(options.review, of, of.found.in_episodes));
    if (!common.json || !options.out.empty()) TRY(write_pairs(options.out, of, of.found.pairs));
    if (common.json) fmt::print("{}\n", matched_json(of));
    else tell_matched(of);
    return exit_clean;
}

}  // namespace

Command match_command() {
    const auto options = std::make_shared<MatchOptions>();
    const auto common = std::make_shared<Common>();
    Command out{
        .name = "match",
        .summary = "The same event in two sources: pairs by location, time and kind",
        .options = {option("A", &options->a, "a file that a source card reads, or a table: lat, lon, time, end, kind")
                        .required(),
                    option("B", &options->b, "the other").required(),
                    option("--km", &options->km, "at most so far apart").within(0, 20'000),
                    option("--days", &options->days, "at most so many days apart").within(0, 36'500),
                    option("--taxonomy", &options->taxonomy,
                           "of the packs: how kinds correspond; of two known sources the one that codes both")
                        .as("ID"),
                    option("--out", &options->out, "write the pairs here (.csv, .parquet)").as("FILE").written(),
                    option("--review", &options->review,
                           "write here events of one day that lie within an episode of the other source: no pairs")
                        .as("FILE")
                        .written(),
                    option("--geojson", &options->geojson, "write the pairs here as lines").as("FILE").written(),
                    option("--estimate", &options->estimate,
                           "work out how many pairs would be of chance (four more runs); auto: up to 250,000 events")
                        .one_of({"auto", "always", "never"}),
                    threads_option(*common), packs_option(*common), add_option(*common), json_option(*common)},
        .more = "Columns: source_a,line_a,source_b,line_b,distance_km,days,score; docs/matching.md.\n",
        .examples = {"icosa match RAW_ASAM.csv pirate_attacks.csv --km 50 --days 1 --out pairs.csv",
                     "icosa match RAW_ASAM.csv pirate_attacks.csv --taxonomy sea-incidents --json"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return match(*options, *common); },
    };
    add_reading(out, options->reading);
    return out;
}

}  // namespace icosa::cli
