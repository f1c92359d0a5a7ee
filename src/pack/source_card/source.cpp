/// [source] of a card: the publication, the form of its files, its editions.
#include "pack/source_card/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

using model::RecordKind;

/// Who publishes it, under which licence, and which records it gives.
void read_publication(CardDraft& draft, TableReader& reader) {
    SourceCard& card = draft.card;
    card.where = reader.table().where;
    card.id = reader.id("id");
    card.title = reader.text("title");
    card.publisher = reader.text("publisher");
    card.licence = reader.text("licence");
    card.exportable = reader.flag_or("exportable", false);
    card.attribution = reader.text_or("attribution", "");
    card.url = reader.text_or("url", "");
    card.cite = reader.texts("cite");
    card.note = reader.text_or("note", "");
    card.volume = reader.choice("volume", Volume::Phenomenon,
                                {{"phenomenon", Volume::Phenomenon}, {"reporting", Volume::Reporting}});
    std::vector<std::pair<std::string, RecordKind>> kinds;
    for (std::size_t i = 0; i < std::size(model::record_kind_names); ++i)
        kinds.emplace_back(std::string(model::record_kind_names[i]), static_cast<RecordKind>(i));
    card.record = reader.choice("record", RecordKind::Event, kinds);
    if (!reader.has("record"))
        reader.fault(reader.table().where, "missing-key", fmt::format("{} has no 'record'", draft.name),
                     "add record = \"event\" or another kind");
}

/// How a file of it is recognised and cut into cells.
void read_form(CardDraft& draft, TableReader& reader) {
    SourceCard& card = draft.card;
    card.format = reader.choice<std::string>("format", "delimited", {{"delimited", "delimited"}});
    if (const std::string delimiter = reader.text_or("delimiter", ",");
        delimiter.size() == 1 && std::string_view(",;\t|").find(delimiter) != std::string_view::npos) {
        card.delimiter = delimiter[0];
    } else {
        reader.fault(reader.node("delimiter")->where, "not-allowed",
                     fmt::format("'delimiter' of {} is '{}', allowed are comma, semicolon, tab and bar", draft.name,
                                 excerpt(delimiter)),
                     "write \",\", \";\", \"\\t\" or \"|\"");
    }
    card.quoted = reader.flag_or("quoted", true);
    card.encoding = reader.choice<std::string>("encoding", "utf-8", {{"utf-8", "utf-8"}, {"latin-1", "latin-1"}});
    card.header = reader.texts("header");
    card.not_header = reader.texts("not_header");
    card.columns = reader.texts("columns");
    card.minimum_columns =
        static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("minimum_columns", 0), 0, 100'000));
    card.first_row = reader.texts("first_row");
    card.file_name = reader.text_or("file_name", "");
    card.preamble = reader.text_or("preamble", "");
    card.records = reader.text_or("records", "");
    card.unfold = reader.text_or("unfold", "");
    card.sheet = reader.text_or("sheet", "");
    card.header_row = static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("header_row", 0), 0, 100));
    card.skip_rows_with = reader.text_or("skip_rows_with", "");
    card.companion = reader.text_or("companion", "");
    card.companion_key = reader.text_or("companion_key", "");
    card.epoch = reader.day_or("epoch", no_day);
    card.nulls = reader.texts("nulls");
    card.decimal = reader.choice("decimal", '\0', {{".", '.'}, {",", ','}});
    if (const Node* also = find_table(reader, "also")) {
        TableReader names(*also, draft.faults, fmt::format("'also' of {}", draft.name));
        for (const auto& [column, others] : also->members) card.also[column] = names.texts(column);
        names.finish();
    }
    if (const Node* only = find_table(reader, "only")) {
        TableReader rows(*only, draft.faults, fmt::format("'only' of {}", draft.name));
        card.only.column = rows.text("column");
        card.only.values = rows.texts("values");
        rows.finish();
        draft.check_column(card.only.column, only->where, "'only'");
    }
    if (const Node* wide = find_table(reader, "wide")) {
        TableReader columns(*wide, draft.faults, fmt::format("'wide' of {}", draft.name));
        card.wide.pattern = columns.text("columns");
        card.wide.parse = columns.choice<Parse>(
            "parse", Parse::Year, {{"year", Parse::Year}, {"month", Parse::Month}, {"date", Parse::Date}});
        columns.finish();
    }
}

/// What tells its rows and its editions apart, and how long they hold.
void read_editions(CardDraft& draft, TableReader& reader) {
    SourceCard& card = draft.card;
    card.identity = reader.texts("identity");
    card.content = reader.texts("content");
    card.likeness = reader.texts("likeness");
    card.publication_lag_days =
        static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("publication_lag_days", 0), 0, 36'600));
    card.vintage_from = reader.text_or("vintage_from", "");
    card.vintage_form =
        reader.choice<Parse>("vintage_form", Parse::Date,
                             {{"date", Parse::Date}, {"date-mdy", Parse::DateMdy}, {"date-dmy", Parse::DateDmy}});
    card.edition_from = reader.text_or("edition_from", "");
    card.editions = reader.choice<std::string>("editions", "", {{"replace", "replace"}, {"add", "add"}});
    card.stale_after_days =
        static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("stale_after_days", 0), 0, 36'600));
    card.ahead_days = static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("ahead", 0), 0, 365'250));
    card.first_day = reader.day_or("first_day", day_of(1400, 1, 1));  // before it a year is mistyped
    card.verified = reader.day_or("verified", no_day);
    card.locate = reader.text_or("locate", "");
}

void check_form(const CardDraft& draft, TableReader& reader) {
    const SourceCard& card = draft.card;
    const auto need_regex = [&](std::string_view key, const std::string& pattern) {
        if (!pattern.empty() && !is_regex(pattern))
            reader.fault(
                reader.node(key)->where, "bad-pattern",
                fmt::format("'{}' of {} is not a regular expression: {}", key, draft.name, excerpt(pattern, 200)),
                fmt::format("write it as ECMAScript does, with \\\\ for a backslash, in at most {} characters",
                            longest_pattern));
    };
    need_regex("file_name", card.file_name);
    need_regex("wide", card.wide.pattern);
    if (!card.wide.pattern.empty() && card.record != RecordKind::Observation)
        reader.fault(reader.node("wide")->where, "bad-field",
                     fmt::format("{} has a column a period, and gives no observations", draft.name),
                     "set record = \"observation\" or take out 'wide'");
    for (const std::string& pattern : card.first_row) need_regex("first_row", pattern);
    if (card.header.empty() == card.columns.empty()) {
        reader.fault(
            reader.table().where, "bad-header",
            fmt::format("{} has {}", draft.name,
                        card.header.empty() ? "neither 'header' nor 'columns'" : "both 'header' and 'columns'"),
            "give header for files with a header line, columns for files without");
    }
    if (!card.columns.empty() && card.first_row.empty()) {
        reader.fault(reader.table().where, "missing-key",
                     fmt::format("{} has 'columns' and no 'first_row'", draft.name),
                     "add patterns of the first cells, so that a file can be recognised");
    }
    if (!card.columns.empty() && card.minimum_columns > static_cast<int>(card.columns.size())) {
        reader.fault(reader.node("minimum_columns")->where, "out-of-range",
                     fmt::format("'minimum_columns' of {} is {}, more than its {} columns", draft.name,
                                 card.minimum_columns, card.columns.size()),
                     "lower it");
    }
    if (!card.companion.empty() && card.companion_key.empty())
        reader.fault(reader.table().where, "missing-key",
                     fmt::format("{} has a companion and no 'companion_key'", draft.name),
                     "name the column that joins the two files");
    if (!card.vintage_from.empty() && !card.vintage_from.starts_with("file.")
        && !card.vintage_from.starts_with(document_prefix) && !parse_iso_day(card.vintage_from)) {
        reader.fault(reader.node("vintage_from")->where, "bad-day",
                     fmt::format("'vintage_from' of {} is neither a day nor a part of the file's name", draft.name),
                     "write \"2020-11-03\", \"file.1\" or \"document.@made\"");
    }
}

void check_file_groups(CardDraft& draft, TableReader& reader) {
    const SourceCard& card = draft.card;
    for (const std::string& name : card.identity)
        draft.check_column(name, reader.table().find("identity")->where, "'identity'");
    for (const std::string& name : card.content)
        draft.check_column(name, reader.table().find("content")->where, "'content'");
    for (const std::string& name : card.likeness)
        draft.check_column(name, reader.table().find("likeness")->where, "'likeness'");
    if (!card.likeness.empty() && (card.identity.empty() || card.record != model::RecordKind::Event))
        reader.fault(reader.table().find("likeness")->where, "bad-field",
                     fmt::format("{} has 'likeness', which is of events with an 'identity'", draft.name),
                     "name the columns that tell its rows apart, or take out 'likeness'");
    if (!card.content.empty() && card.identity.empty())
        reader.fault(reader.table().find("content")->where, "missing-key",
                     fmt::format("{} has 'content' and no 'identity'", draft.name),
                     "name the columns that tell its rows apart");
    if (card.vintage_from.starts_with("file."))
        draft.check_column(card.vintage_from, reader.table().find("vintage_from")->where, "'vintage_from'");
    if (!card.edition_from.empty())
        draft.check_column(card.edition_from, reader.table().find("edition_from")->where, "'edition_from'");
}

}  // namespace

void read_source(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, draft.name);
    read_publication(draft, reader);
    read_form(draft, reader);
    read_editions(draft, reader);
    reader.finish();
    check_form(draft, reader);
    check_file_groups(draft, reader);
}

}  // namespace icosa::pack
