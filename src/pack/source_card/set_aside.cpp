/// [[set_aside]] of a card: rows that are known to be wrong, by the texts of their cells.
#include "pack/source_card/draft.hpp"

#include <fmt/format.h>

namespace icosa::pack {
namespace {

/// The fields that name the rows: each with the texts that its cell may have.
void read_where(CardDraft& draft, const Node& node, SetAside& rows) {
    TableReader reader(node, draft.faults, fmt::format("'where' of a set_aside of {}", draft.name));
    for (const FieldRule& rule : fields_of(draft.card.record)) {
        if (!reader.has(rule.name)) continue;
        rows.where[std::string(rule.name)] = reader.texts(rule.name);
        const auto field = draft.card.map.find(std::string(rule.name));
        if (field == draft.card.map.end() || field->second.columns.size() != 1)
            reader.fault(reader.node(rule.name)->where, "bad-field",
                         fmt::format("a set_aside of {} asks for field '{}', which the card does not map from one "
                                     "column",
                                     draft.name, rule.name),
                         "name a field of [map] that has a column");
    }
    reader.finish();
    if (rows.where.empty())
        reader.fault(node.where, "missing-key", fmt::format("a set_aside of {} names no field", draft.name),
                     "add where = { voter = [\"...\"] }");
}

}  // namespace

void read_set_aside(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("a set_aside of {}", draft.name));
    SetAside rows;
    rows.at = node.where;
    if (const Node* where = find_table(reader, "where")) read_where(draft, *where, rows);
    else if (!reader.has("where"))
        reader.fault(node.where, "missing-key", fmt::format("a set_aside of {} has no 'where'", draft.name),
                     "add where = { voter = [\"...\"] }");
    rows.reason = reader.text("reason");
    rows.source = reader.text("source");
    rows.reviewed = reader.day_or("reviewed", no_day);
    rows.first_day = reader.day_or("first_day", no_day);
    rows.last_day = reader.day_or("last_day", no_day);
    rows.places = reader.texts("places");
    reader.finish();
    if (rows.reviewed == no_day || rows.first_day == no_day || rows.last_day == no_day)
        reader.fault(node.where, "missing-key",
                     fmt::format("a set_aside of {} needs 'reviewed', 'first_day' and 'last_day'", draft.name),
                     "give the day on which it was looked at, and the days that the rows tell of");
    if (draft.card.record != model::RecordKind::Vote && draft.card.record != model::RecordKind::Observation)
        reader.fault(node.where, "not-allowed",
                     fmt::format("{} gives neither votes nor observations: its rows cannot be set aside", draft.name),
                     "take it out");
    draft.card.set_aside.push_back(std::move(rows));
}

}  // namespace icosa::pack
