/// [[beside]] and [[detail]] of a card: what its rows say beyond the fields of a record, and the files that say more.
#include "pack/source_card/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

std::string known_fields() {
    std::vector<std::string> names;
    for (const auto name : model::detail_field_names) names.emplace_back(name);
    return join(names, ", ");
}

void check_field(CardDraft& draft, const std::string& name, const Where& where, const std::string& who) {
    if (model::detail_field_of(name)) return;
    draft.faults.push_back({Fault::Pack, "unknown-detail", where,
                            fmt::format("{} of {} is '{}', which is no field of a detail", who, draft.name, name),
                            "the fields are " + known_fields()});
}

/// A column of the main file without header must be one of `columns`; one with a star is a record's.
void check_detail_columns(CardDraft& draft, const DetailMap& detail) {
    const auto* file = detail.beside.empty() ? nullptr : [&]() -> const BesideMap* {
        const auto found = std::find_if(draft.card.beside.begin(), draft.card.beside.end(),
                                        [&](const BesideMap& one) { return one.id == detail.beside; });
        return found == draft.card.beside.end() ? nullptr : &*found;
    }();
    if (!detail.beside.empty() && !file)
        draft.faults.push_back(
            {Fault::Pack, "unknown-file", detail.where,
             fmt::format("a detail of {} is of '{}', which no [[beside]] is called", draft.name, detail.beside),
             "name one of the card's [[beside]]"});
    for (const auto* columns : {&detail.columns, &detail.by}) {
        for (const std::string& column : *columns) {
            if (detail.beside.empty() && column.find('*') == std::string::npos)
                draft.check_column(column, detail.where, "a detail");
            if (file && !file->columns.empty()
                && std::find(file->columns.begin(), file->columns.end(), column) == file->columns.end())
                draft.faults.push_back({Fault::Pack, "unknown-column", detail.where,
                                        fmt::format("a detail of {} takes column '{}', which '{}' does not have",
                                                    draft.name, column, detail.beside),
                                        "name one of its columns"});
        }
    }
}

}  // namespace

void read_beside_file(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("a [[beside]] of {}", draft.name));
    BesideMap file;
    file.where = node.where;
    file.id = reader.id("id");
    file.instead_of = reader.text("instead_of");
    file.name = reader.text("name");
    file.columns = reader.texts("columns");
    file.key = reader.text("key");
    file.continues = reader.text_or("continues", "");
    file.text = file.continues.empty() ? reader.text_or("text", "") : reader.text("text");
    reader.finish();
    draft.check_column(file.key, node.where, "a [[beside]]");
    if (!file.continues.empty()) draft.check_column(file.continues, node.where, "a [[beside]]");
    if (file.instead_of == file.name)
        reader.fault(node.where, "bad-name", fmt::format("a [[beside]] of {} names the file itself", draft.name),
                     "say what stands in its name where the main file's has another text");
    draft.card.beside.push_back(std::move(file));
}

void read_delisting(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("a delisting of {}", draft.name));
    Delisting one;
    one.where = node.where;
    one.to = reader.text("to");
    one.regimes = reader.texts("regimes");
    one.national = reader.flag_or("national", false);
    one.known = parse_knowledge(reader);
    reader.finish();
    if (draft.card.record != model::RecordKind::Designation)
        reader.fault(node.where, "bad-field", fmt::format("{} has a delisting, and no designations", draft.name),
                     "take it out, or set record = \"designation\"");
    draft.card.delisting.push_back(std::move(one));
}

void read_detail(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("a detail of {}", draft.name));
    DetailMap detail;
    detail.where = node.where;
    const std::string field = reader.text_or("field", "");
    detail.columns = reader.texts(reader.has("columns") ? "columns" : "column");
    detail.join = reader.text_or("join", "");
    detail.split = reader.text_or("split", "");
    detail.by = reader.texts("by");
    detail.lookup = reader.text_or("lookup", "");
    detail.beside = reader.text_or("beside", "");
    detail.parse = reader.choice("parse", DetailParse::Text,
                                 {{"text", DetailParse::Text}, {"ofac-remarks", DetailParse::OfacRemarks}});
    reader.finish();
    if (detail.columns.empty())
        reader.fault(node.where, "missing-key", fmt::format("a detail of {} has no column", draft.name),
                     "add column = \"...\"");
    const bool is_read = detail.parse != DetailParse::Text;
    if (is_read ? !field.empty() || !detail.by.empty() : field.empty() == detail.by.empty())
        reader.fault(node.where, "bad-field",
                     fmt::format("a detail of {} does not say once which field it is", draft.name),
                     is_read ? "its parse says it: take out 'field' and 'by'"
                             : "write field = \"alias\", or by = \"COLUMN\" with a lookup");
    if (detail.by.empty() != detail.lookup.empty())
        reader.fault(node.where, "missing-key",
                     fmt::format("a detail of {} has 'by' or 'lookup' without the other", draft.name),
                     "the lookup turns the text of `by` into a field");
    if (!field.empty()) {
        check_field(draft, field, node.where, "a detail");
        detail.field = model::detail_field_of(field);
    }
    draft.use_lookup(detail.lookup, node.where, "a detail");
    if (const auto table = draft.card.lookups.find(detail.lookup); table != draft.card.lookups.end()) {
        for (const auto& [key, value] : table->second) {
            if (!value.empty())
                check_field(draft, value, draft.lookup_where[detail.lookup], fmt::format("'{}' of a lookup", key));
        }
    }
    check_detail_columns(draft, detail);
    draft.card.details.push_back(std::move(detail));
}

}  // namespace icosa::pack
