/// Records in coded form, for exchange files: what the watches need to run on them again, and nothing else.
#include <fmt/format.h>

#include "store/columns.hpp"
#include "store/duckdb_store.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;

namespace {

struct Exported {
    const char* name;
    std::string sql;
};

std::string joined_code(const char* alias) { return fmt::format("{0}.system || ':' || {0}.text", alias); }

/// Actors are codes; a name goes out only as the place that it means.
std::string actor_code(const char* number) {
    return fmt::format("CASE WHEN a{0}.system <> 'name' THEN {1} WHEN c{0}.place <> '' THEN 'place:' || c{0}.place END",
                       number, joined_code(fmt::format("a{}", number).c_str()));
}

std::string actor_join(const char* number) {
    return fmt::format(
        " LEFT JOIN term a{0} ON a{0}.id = r.actor{0} LEFT JOIN code c{0} ON c{0}.term = r.actor{0} AND {1}", number,
        within_days(fmt::format("c{}", number), "r.first_day", "r.last_day"));
}

std::vector<Exported> columns_for(RecordKind kind) {
    switch (kind) {
        case RecordKind::Event:
            return {{"first_day", "r.first_day"},
                    {"last_day", "r.last_day"},
                    {"known_day", "r.known_day"},
                    {"kind", "kind.text"},
                    {"code", joined_code("code_term")},
                    {"place", "coalesce('place:' || located.text, " + joined_code("place") + ")"},
                    {"actor1", actor_code("1")},
                    {"actor2", actor_code("2")},
                    {"subject", joined_code("subject")},
                    {"cell",
                     fmt::format("CASE WHEN r.position_precision < {} THEN r.cell END",
                                 static_cast<int>(PositionPrecision::Province))},
                    {"fatalities_low", "r.fatalities_low"},
                    {"fatalities_best", "r.fatalities_best"},
                    {"fatalities_high", "r.fatalities_high"},
                    {"intensity_milli", "r.intensity_milli"},
                    {"mentions", "r.mentions"},
                    {"sources", "r.sources"},
                    {"weight", "r.weight"}};
        case RecordKind::Observation:
            return {{"first_day", "r.first_day"},
                    {"last_day", "r.last_day"},
                    {"known_day", "r.known_day"},
                    {"measure", "measure.text"},
                    {"place", joined_code("place")},
                    {"subject", joined_code("subject")},
                    {"value", "r.value"},
                    {"low", "r.low"},
                    {"high", "r.high"}};
        case RecordKind::Action:
            return {{"day", "r.day"},
                    {"known_day", "r.known_day"},
                    {"instrument", joined_code("instrument")},
                    {"participant", joined_code("participant")},
                    {"act", "act.text"}};
        case RecordKind::Vote:
            return {{"roll_call", "r.roll_call"},
                    {"known_day", "r.known_day"},
                    {"voter", joined_code("voter")},
                    {"ballot", "['yes', 'no', 'abstain', 'absent', 'not-member'][r.ballot + 1]"}};
        case RecordKind::RollCall:
            return {{"roll_call", "r.roll_call"},
                    {"session", "r.session"},
                    {"day", "r.day"},
                    {"known_day", "r.known_day"},
                    {"resolution", joined_code("resolution")},
                    {"issue", joined_code("issue")},
                    {"important", "r.important"}};
        case RecordKind::Designation:
            return {{"day", "r.day"},      {"updated", "r.updated"},  {"known_day", "r.known_day"},
                    {"list", "list.text"}, {"regime", "regime.text"}, {"type", "type.text"}};
    }
    return {};
}

std::string joins_for(RecordKind kind) {
    const auto term = [](const char* column, const char* alias) {
        return fmt::format(" LEFT JOIN term {1} ON {1}.id = r.{0}", column, alias);
    };
    switch (kind) {
        case RecordKind::Event:
            return term("kind", "kind") + term("code", "code_term") + term("place", "place")
                + term("subject", "subject") + actor_join("1") + actor_join("2") +
                " LEFT JOIN event_cell x ON x.file = r.file AND x.line = r.line "
                "LEFT JOIN term located ON located.id = x.place";
        case RecordKind::Observation:
            return term("measure", "measure") + term("place", "place") + term("subject", "subject");
        case RecordKind::Action:
            return term("instrument", "instrument") + term("participant", "participant") + term("act", "act");
        case RecordKind::Vote: return term("voter", "voter");
        case RecordKind::RollCall: return term("resolution", "resolution") + term("issue", "issue");
        case RecordKind::Designation: return term("list", "list") + term("regime", "regime") + term("type", "type");
    }
    return {};
}

}  // namespace

Result<void> DuckdbStore::export_records(std::string_view source, RecordKind records, Day as_of,
                                         const std::function<void(const std::vector<std::string>&)>& row) {
    const auto columns = columns_for(records);
    std::vector<std::string> cells;
    std::string list;
    for (const auto& column : columns) {
        list += fmt::format("{}{}", cells.empty() ? "" : ", ", column.sql);
        cells.emplace_back(column.name);
    }
    const Visibility seen = TRY(visibility(source, records, as_of));
    TRY(open_code_book());
    std::string with;
    if (records == RecordKind::Vote) {
        const Visibility calls = TRY(visibility("", RecordKind::RollCall, as_of));
        with = fmt::format(
            "WITH call AS (SELECT roll_call, min(day) AS day, min(known_day) AS known_day, min(session) AS session "
            "FROM "
            "({}) r GROUP BY roll_call)",
            visible_rows(RecordKind::RollCall, "", calls));
    }
    auto rows = TRY(connection_.query(fmt::format("{} SELECT {} FROM ({}) r{} ORDER BY ALL", with, list,
                                                  visible_rows(records, source, seen), joins_for(records))));
    row(cells);
    while (rows.next()) {
        for (std::size_t i = 0; i < columns.size(); ++i) cells[i] = rows.cell(i);
        row(cells);
    }
    return {};
}

}  // namespace icosa::store
