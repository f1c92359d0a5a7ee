/// [[measure]] and [[total]] of a card: the figures that it gives, and those it gives as sums of its events.
#include "pack/source_card/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

/// A sum has columns of its own, and no other figure beside.
void check_sum(CardDraft& draft, const MeasureMap& measure, const std::string& who) {
    if (measure.sum.empty()) return;
    if (measure.sum.size() < 2 || !measure.column.empty() || !measure.low.empty() || !measure.high.empty()
        || !measure.lookup.empty())
        draft.faults.push_back({Fault::Pack, "bad-sum", measure.where,
                                fmt::format("'sum' of {} of {} has one column only, or 'column', 'low', 'high' or "
                                            "'lookup' beside it",
                                            who, draft.name),
                                "write sum = [\"a\", \"b\"] without these"});
    for (const std::string& column : measure.sum) draft.check_column(column, measure.where, who);
}

}  // namespace

void read_measure(CardDraft& draft, const Node& node) {
    const Node* id = node.find("id");
    const std::string who = fmt::format("measure '{}'", id && id->kind == Node::Kind::Text ? id->text : "?");
    TableReader reader(node, draft.faults, fmt::format("{} of {}", who, draft.name));
    MeasureMap measure;
    measure.where = node.where;
    measure.id = reader.id("id");
    measure.title = reader.text("title");
    measure.unit = reader.text("unit");
    measure.id_column = reader.text_or("id_column", "");
    measure.sum = reader.texts("sum");
    measure.column = measure.sum.empty() ? reader.text("column") : reader.text_or("column", "");
    measure.low = reader.text_or("low", "");
    measure.high = reader.text_or("high", "");
    measure.scale = reader.number_or("scale", 1);
    measure.minimum = reader.number_or("minimum", measure.minimum);
    measure.nulls = reader.texts("nulls");
    measure.optional = reader.flag_or("optional", false);
    if (const auto range = reader.numbers("plausible"); range.size() == 2 && range[0] < range[1]) {
        measure.plausible_low = range[0];
        measure.plausible_high = range[1];
    } else if (reader.has("plausible")) {
        reader.fault(reader.node("plausible")->where, "bad-range",
                     fmt::format("'plausible' of {} of {} is not a lower and an upper figure", who, draft.name),
                     "write [lowest, highest] in the source's unit");
    }
    measure.zero_before_first =
        reader.choice("zero_before_first", EarlyZeros::Observed,
                      {{"observed", EarlyZeros::Observed}, {"not-observed", EarlyZeros::NotObserved}});
    measure.lookup = reader.text_or("lookup", "");
    if (const Node* when = find_table(reader, "when")) {
        TableReader condition(*when, draft.faults, fmt::format("'when' of {}", who));
        measure.when_column = condition.text("column");
        measure.when_value = condition.text("value");
        condition.finish();
    }
    if (const Node* listed = find_table(reader, "listed")) {
        TableReader condition(*listed, draft.faults, fmt::format("'listed' of {}", who));
        measure.listed_column = condition.text("column");
        measure.listed_table = condition.id("table");
        condition.finish();
    }
    reader.finish();
    check_sum(draft, measure, who);
    draft.use_lookup(measure.lookup, node.where, who);
    for (const std::string& column :
         {measure.column, measure.id_column, measure.low, measure.high, measure.when_column, measure.listed_column}) {
        if (column == "*") {
            if (draft.card.wide.pattern.empty())
                reader.fault(node.where, "bad-field",
                             fmt::format("{} of {} takes all columns, and the card has no 'wide'", who, draft.name),
                             "add wide = { columns = \"\\\\d{4}\", parse = \"year\" } to [source]");
            continue;
        }
        if (!column.empty() && draft.card.companion.empty()) draft.check_column(column, node.where, who);
    }
    if (const auto table = draft.card.lookups.find(measure.lookup); table != draft.card.lookups.end()) {
        for (const auto& [key, value] : table->second) {
            if (!value.empty() && !parse_number(value))
                reader.fault(
                    draft.lookup_where[measure.lookup], "wrong-type",
                    fmt::format("lookup '{}' of {} gives '{}', which is not a number", measure.lookup, who, value),
                    "a measure is a number");
        }
    }
    for (const MeasureMap& other : draft.card.measures) {
        if (other.id == measure.id)
            reader.fault(node.where, "duplicate-id", fmt::format("{} of {} is there twice", who, draft.name),
                         "choose another id");
    }
    draft.card.measures.push_back(std::move(measure));
}

void read_total(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("a total of {}", draft.name));
    EventTotal total;
    total.where = node.where;
    total.id = reader.id("id");
    total.title = reader.text("title");
    total.unit = reader.text("unit");
    total.kind = reader.text("kind");
    const std::string of = reader.text("of");
    if (of == "best") total.of = model::Quantity::Best;
    else if (of != "count")
        reader.fault(node.where, "not-allowed",
                     fmt::format("total '{}' of {} is of '{}', allowed are best, count", total.id, draft.name, of),
                     "choose one of these");
    reader.finish();
    if (draft.card.record != model::RecordKind::Event)
        reader.fault(node.where, "not-allowed", fmt::format("{} has no events to add up", draft.name),
                     "write [[measure]], or set record = \"event\"");
    const auto kinds = kinds_of(draft.card);
    if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), total.kind) == kinds.end())
        reader.fault(node.where, "unmapped-kind",
                     fmt::format("total '{}' of {} adds up kind '{}', which the card does not map", total.id,
                                 draft.name, total.kind),
                     fmt::format("it maps {}", join(kinds, ", ")));
    for (const EventTotal& other : draft.card.totals) {
        if (other.id == total.id)
            reader.fault(node.where, "duplicate-id",
                         fmt::format("total '{}' of {} is there twice", total.id, draft.name), "choose another id");
    }
    draft.card.totals.push_back(std::move(total));
}

}  // namespace icosa::pack
