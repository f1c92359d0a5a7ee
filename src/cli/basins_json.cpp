/// JSON of basins, and a row each as a table.
#include <array>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/basins_told.hpp"
#include "cli/result_table.hpp"

namespace icosa::cli {
namespace {

using app::BasinFacts;

Day newest_agreement(const BasinFacts& basin) {
    return basin.agreements.empty() ? no_day : basin.agreements.back().signed_on;
}

std::string day_or_none(Day day) { return day == no_day ? std::string() : iso(day); }

void put_texts(JsonWriter& json, std::string_view name, const std::vector<std::string>& texts) {
    json.key(name).begin_array();
    for (const auto& one : texts) json.value(one);
    json.end_array();
}

void put_agreements(JsonWriter& json, const BasinFacts& basin) {
    static constexpr std::string_view words[] = {"not known", "no", "yes"};
    json.key("agreements").begin_array();
    for (const auto& one : basin.agreements) {
        json.begin_object().field("id", one.id).field("title", one.title).field("signed", iso(one.signed_on));
        put_texts(json, "signatories", {one.signatories.begin(), one.signatories.end()});
        json.key("provides").begin_object();
        for (std::size_t i = 0; i < app::provision_names.size(); ++i)
            json.field(app::provision_names[i], words[static_cast<std::size_t>(one.provides[i])]);
        json.end_object().end_object();
    }
    json.end_array();
}

void put_basin(JsonWriter& json, const BasinFacts& basin) {
    json.begin_object().field("id", basin.place->id).field("name", basin.place->name.en);
    put_texts(json, "riparians", basin.riparians);
    json.field("events", basin.events.size())
        .field("pair_rows", basin.pair_rows)
        .field("conflictive", basin.conflictive())
        .field("cooperative", basin.cooperative())
        .field("conflictive_share", share_of(basin.conflictive(), basin.events.size()))
        .field("cooperative_share", share_of(basin.cooperative(), basin.events.size()))
        .field("conflictive_not_covered", basin.conflictive_not_covered())
        .field("newest_event", day_or_none(newest_event(basin)));
    json.key("levels").begin_object();
    for (int level = app::bar_least; level <= app::bar_most; ++level)
        json.field(std::to_string(level), basin.count(level, level));
    json.end_object().key("decades").begin_array();
    for (const BasinDecade& one : decades_of(basin))
        json.begin_object()
            .field("first_year", one.first_year)
            .field("events", one.events)
            .field("conflictive", one.conflictive)
            .field("cooperative", one.cooperative)
            .end_object();
    json.end_array();
    put_agreements(json, basin);
    put_texts(json, "outside_all_agreements", basin.outside);
    put_texts(json, "signed_by_predecessor_only", basin.by_predecessor);
    put_texts(json, "gaps", basin.gaps());
    json.key("conventions").begin_array();
    for (const auto& one : basin.conventions) {
        json.begin_object().field("id", one.instrument->id).field("as_at", iso(one.as_at));
        json.field("absence_known", one.is_complete);
        put_texts(json, "party", one.split.in);
        if (one.is_complete) put_texts(json, "not_party", one.split.out);
        json.end_object();
    }
    json.end_array().end_object();
}

}  // namespace

std::string basins_json(const BasinsTold& of) {
    JsonWriter json(2);
    json.begin_object()
        .field("as_of", iso(of.as_of))
        .field("since", of.since == first_possible_day ? std::string() : iso(of.since))
        .field("until", of.until == last_possible_day ? std::string() : iso(of.until))
        .field("events_known_from", day_or_none(of.known.events_first))
        .field("events_known_through", day_or_none(of.known.events_last))
        .field("agreements_known_through", day_or_none(of.known.agreements_last))
        .field("rows_without_number_of_event", of.known.without_number);
    json.key("basins").begin_array();
    for (const BasinFacts& basin : of.known.basins) put_basin(json, basin);
    json.end_array().end_object();
    return json.text() + "\n";
}

Result<void> write_basins(const std::string& path, const BasinsTold& of) {
    using enum store::ColumnType;
    auto out = TRY(ResultTable::open(path,
                                     {{"basin", Text},
                                      {"name", Text},
                                      {"riparians", Text},
                                      {"events", Integer},
                                      {"pair_rows", Integer},
                                      {"conflictive", Integer},
                                      {"cooperative", Integer},
                                      {"conflictive_not_covered", Integer},
                                      {"newest_event", Text},
                                      {"agreements", Integer},
                                      {"newest_agreement", Text},
                                      {"organisation", Integer},
                                      {"prior_notice", Integer},
                                      {"settlement", Integer},
                                      {"monitoring", Integer},
                                      {"outside", Text},
                                      {"signed_by_predecessor", Text},
                                      {"party_1997", Text},
                                      {"party_1992", Text},
                                      {"gaps", Text}}));
    for (const BasinFacts& basin : of.known.basins) {
        std::array<std::int64_t, app::provision_names.size()> provide{};
        for (const auto& one : basin.agreements)
            for (std::size_t i = 0; i < provide.size(); ++i)
                provide[i] += one.provides[i] == app::Provided::Yes ? 1 : 0;
        const auto party = [&](std::string_view id) -> std::string {
            for (const auto& one : basin.conventions)
                if (one.instrument->id == id) return join(one.split.in, " ");
            return "";
        };
        out.add({basin.place->id,
                 basin.place->name.en,
                 join(basin.riparians, " "),
                 static_cast<std::int64_t>(basin.events.size()),
                 basin.pair_rows,
                 basin.conflictive(),
                 basin.cooperative(),
                 basin.conflictive_not_covered(),
                 day_or_none(newest_event(basin)),
                 static_cast<std::int64_t>(basin.agreements.size()),
                 day_or_none(newest_agreement(basin)),
                 provide[0],
                 provide[1],
                 provide[2],
                 provide[3],
                 join(basin.outside, " "),
                 join(basin.by_predecessor, " "),
                 party("un-watercourses"),
                 party("water-convention"),
                 join(basin.gaps(), "; ")});
    }
    return out.close();
}

}  // namespace icosa::cli
