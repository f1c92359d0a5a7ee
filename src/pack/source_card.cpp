/// Reads source cards and checks all that can be checked before a file is seen.
#include "pack/source_card.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

using model::RecordKind;

constexpr std::array<std::string_view, 21> parse_names = {
    "text",     "whole",     "number",      "thousandths",    "date",       "date-compact",   "date-dmy",
    "date-mdy", "month",     "year",        "year-month-day", "epoch-week", "timestamp-date", "degree-minute",
    "latitude", "longitude", "untc-action", "days-between",   "yes-no",     "coded",          "list-length"};

/// The parses that a field may have; the first is the default.
std::vector<Parse> parses_of(const FieldRule& rule) {
    switch (rule.value) {
        case FieldValue::Days:
            return {Parse::Date, Parse::DateCompact,  Parse::DateDmy,   Parse::DateMdy,      Parse::Month,
                    Parse::Year, Parse::YearMonthDay, Parse::EpochWeek, Parse::TimestampDate};
        case FieldValue::Code: return {Parse::Text, Parse::Whole, Parse::Year, Parse::Coded};
        case FieldValue::Whole:
            return {Parse::Whole, Parse::Number, Parse::Year, Parse::DaysBetween, Parse::YesNo, Parse::ListLength};
        case FieldValue::Milli:
            return {Parse::Thousandths, Parse::Number, Parse::Whole, Parse::DaysBetween, Parse::YesNo};
        case FieldValue::Degrees: return {rule.name == "latitude" ? Parse::Latitude : Parse::Longitude};
        case FieldValue::Position: return {Parse::DegreeMinute};
        case FieldValue::Ballot: return {Parse::Text};
        case FieldValue::Acts: return {Parse::Text, Parse::UntcAction};
    }
    return {};
}

/// std::regex recurses over a pattern, so a very long one ends the stack.
constexpr std::size_t longest_pattern = 1000;

constexpr double most_rows = 1e15;  ///< a bound above this is none

bool is_regex(const std::string& text) {
    if (text.size() > longest_pattern) return false;
    try {
        const std::regex compiled(text);
        return true;
    } catch (const std::regex_error&) {
        return false;
    }
}

std::vector<std::pair<std::string, Parse>> choices_of(const std::vector<Parse>& parses) {
    std::vector<std::pair<std::string, Parse>> out;
    for (const Parse parse : parses) out.emplace_back(std::string(parse_name(parse)), parse);
    return out;
}

/// Gathers one card from its file.
class CardReader {
public:
    CardReader(const Node& file, Diagnostics& faults) : file_(file), faults_(faults) {
        const Node* source = file.find("source");
        const Node* id = source ? source->find("id") : nullptr;
        name_ = fmt::format("source '{}'", id && id->kind == Node::Kind::Text ? id->text : "?");
    }

    SourceCard read() {
        TableReader top(file_, faults_, "this file");
        if (const Node* source = table(top, "source")) {
            read_source(*source);
        } else if (!file_.find("source")) {
            top.fault(file_.where, "missing-key", "a source card has no [source]",
                      "add it; docs/source-cards.md shows one");
        }
        if (const Node* lookups = table(top, "lookup")) read_lookups(*lookups);
        if (const Node* map = table(top, "map")) read_map(*map);
        const auto measures = top.tables("measure");
        for (const Node* measure : measures) read_measure(*measure);
        for (const Node* total : top.tables("total")) read_total(*total);
        if (const Node* coverage = table(top, "coverage")) read_coverage(*coverage);
        if (const Node* assertion = table(top, "assert")) read_assert(*assertion);
        top.finish();
        check_whole(top);
        return std::move(card_);
    }

private:
    const Node* table(TableReader& reader, std::string_view key) {
        const Node* node = reader.node(key);
        if (node && node->kind != Node::Kind::Table) {
            reader.fault(node->where, "wrong-type", fmt::format("'{}' is not a table", key),
                         fmt::format("write [{}]", key));
            return nullptr;
        }
        return node;
    }

    void read_source(const Node& node) {
        TableReader reader(node, faults_, name_);
        card_.where = node.where;
        card_.id = reader.id("id");
        card_.title = reader.text("title");
        card_.publisher = reader.text("publisher");
        card_.licence = reader.text("licence");
        card_.exportable = reader.flag_or("exportable", false);
        card_.attribution = reader.text_or("attribution", "");
        card_.url = reader.text_or("url", "");
        card_.cite = reader.texts("cite");
        card_.note = reader.text_or("note", "");
        std::vector<std::pair<std::string, RecordKind>> kinds;
        for (std::size_t i = 0; i < std::size(model::record_kind_names); ++i)
            kinds.emplace_back(std::string(model::record_kind_names[i]), static_cast<RecordKind>(i));
        card_.record = reader.choice("record", RecordKind::Event, kinds);
        if (!reader.has("record"))
            reader.fault(node.where, "missing-key", fmt::format("{} has no 'record'", name_),
                         "add record = \"event\" or another kind");
        card_.format = reader.choice<std::string>("format", "delimited", {{"delimited", "delimited"}});
        if (const std::string delimiter = reader.text_or("delimiter", ",");
            delimiter.size() == 1 && std::string_view(",;\t|").find(delimiter) != std::string_view::npos) {
            card_.delimiter = delimiter[0];
        } else {
            reader.fault(reader.node("delimiter")->where, "not-allowed",
                         fmt::format("'delimiter' of {} is '{}', allowed are comma, semicolon, tab and bar", name_,
                                     excerpt(delimiter)),
                         "write \",\", \";\", \"\\t\" or \"|\"");
        }
        card_.quoted = reader.flag_or("quoted", true);
        card_.encoding = reader.choice<std::string>("encoding", "utf-8", {{"utf-8", "utf-8"}, {"latin-1", "latin-1"}});
        card_.header = reader.texts("header");
        card_.not_header = reader.texts("not_header");
        card_.columns = reader.texts("columns");
        card_.minimum_columns =
            static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("minimum_columns", 0), 0, 100'000));
        card_.first_row = reader.texts("first_row");
        card_.file_name = reader.text_or("file_name", "");
        card_.preamble = reader.text_or("preamble", "");
        card_.skip_rows_with = reader.text_or("skip_rows_with", "");
        card_.companion = reader.text_or("companion", "");
        card_.companion_key = reader.text_or("companion_key", "");
        card_.epoch = reader.day_or("epoch", no_day);
        card_.nulls = reader.texts("nulls");
        card_.identity = reader.texts("identity");
        card_.content = reader.texts("content");
        card_.publication_lag_days =
            static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("publication_lag_days", 0), 0, 36'600));
        card_.vintage_from = reader.text_or("vintage_from", "");
        card_.stale_after_days =
            static_cast<int>(std::clamp<std::int64_t>(reader.integer_or("stale_after_days", 0), 0, 36'600));
        card_.verified = reader.day_or("verified", no_day);
        card_.locate = reader.text_or("locate", "");
        reader.finish();

        const auto need_regex = [&](std::string_view key, const std::string& pattern) {
            if (!pattern.empty() && !is_regex(pattern))
                reader.fault(
                    reader.node(key)->where, "bad-pattern",
                    fmt::format("'{}' of {} is not a regular expression: {}", key, name_, excerpt(pattern, 200)),
                    fmt::format("write it as ECMAScript does, with \\\\ for a backslash, in at most {} characters",
                                longest_pattern));
        };
        need_regex("file_name", card_.file_name);
        for (const std::string& pattern : card_.first_row) need_regex("first_row", pattern);
        if (card_.header.empty() == card_.columns.empty()) {
            reader.fault(
                node.where, "bad-header",
                fmt::format("{} has {}", name_,
                            card_.header.empty() ? "neither 'header' nor 'columns'" : "both 'header' and 'columns'"),
                "give header for files with a header line, columns for files without");
        }
        if (!card_.columns.empty() && card_.first_row.empty()) {
            reader.fault(node.where, "missing-key", fmt::format("{} has 'columns' and no 'first_row'", name_),
                         "add patterns of the first cells, so that a file can be recognised");
        }
        if (!card_.columns.empty() && card_.minimum_columns > static_cast<int>(card_.columns.size())) {
            reader.fault(reader.node("minimum_columns")->where, "out-of-range",
                         fmt::format("'minimum_columns' of {} is {}, more than its {} columns", name_,
                                     card_.minimum_columns, card_.columns.size()),
                         "lower it");
        }
        if (!card_.companion.empty() && card_.companion_key.empty())
            reader.fault(node.where, "missing-key", fmt::format("{} has a companion and no 'companion_key'", name_),
                         "name the column that joins the two files");
        if (!card_.vintage_from.empty() && !card_.vintage_from.starts_with("file.")
            && !parse_iso_day(card_.vintage_from)) {
            reader.fault(reader.node("vintage_from")->where, "bad-day",
                         fmt::format("'vintage_from' of {} is neither a day nor a part of the file's name", name_),
                         "write \"2020-11-03\" or \"file.1\"");
        }
        check_file_groups(reader);
    }

    void check_file_groups(TableReader& reader) {
        for (const std::string& name : card_.identity)
            check_column(name, reader.table().find("identity")->where, "'identity'");
        for (const std::string& name : card_.content)
            check_column(name, reader.table().find("content")->where, "'content'");
        if (!card_.content.empty() && card_.identity.empty())
            reader.fault(reader.table().find("content")->where, "missing-key",
                         fmt::format("{} has 'content' and no 'identity'", name_),
                         "name the columns that tell its rows apart");
        if (card_.vintage_from.starts_with("file."))
            check_column(card_.vintage_from, reader.table().find("vintage_from")->where, "'vintage_from'");
    }

    /// A column that the card itself can know to be absent.
    void check_column(const std::string& column, const Where& where, const std::string& who) {
        const auto fault = [&](std::string what, std::string cure) {
            faults_.push_back({Fault::Pack, "unknown-column", where, std::move(what), std::move(cure)});
        };
        if (column.starts_with("file.")) {
            const auto group = parse_integer(std::string_view(column).substr(5));
            if (card_.file_name.empty() || !is_regex(card_.file_name)) {
                if (card_.file_name.empty())
                    fault(fmt::format("{} of {} takes '{}', and the card has no 'file_name'", who, name_, column),
                          "add file_name with a group");
            } else if (!group || *group < 1
                       || *group > static_cast<std::int64_t>(std::regex(card_.file_name).mark_count())) {
                fault(fmt::format("{} of {} takes '{}', and 'file_name' has {} group(s)", who, name_, column,
                                  std::regex(card_.file_name).mark_count()),
                      "count the groups of file_name");
            }
            return;
        }
        if (card_.columns.empty()) return;
        const auto same = [&](const std::string& other) { return lower(trim(other)) == lower(trim(column)); };
        if (std::none_of(card_.columns.begin(), card_.columns.end(), same)) {
            const auto near = nearest(column, card_.columns);
            fault(fmt::format("{} of {} takes column '{}', which is not among its 'columns'", who, name_, column),
                  near ? fmt::format("did you mean '{}'?", *near) : "name one of its columns");
        }
    }

    void read_lookups(const Node& node) {
        for (const auto& [name, table] : node.members) {
            if (table.kind != Node::Kind::Table) {
                faults_.push_back({Fault::Pack, "wrong-type", table.where,
                                   fmt::format("lookup '{}' of {} is not a table", name, name_),
                                   fmt::format("write [lookup.{}]", name)});
                continue;
            }
            lookup_where_[name] = table.key_where;
            for (const auto& [key, value] : table.members) {
                if (value.kind == Node::Kind::Text) card_.lookups[name][key] = value.text;
                else if (value.kind == Node::Kind::Integer || value.kind == Node::Kind::Number)
                    card_.lookups[name][key] = number_text(value.number);
                else
                    faults_.push_back({Fault::Pack, "wrong-type", value.where,
                                       fmt::format("'{}' of lookup '{}' is neither a text nor a number", key, name),
                                       "write \"key\" = \"value\""});
            }
            card_.lookups.try_emplace(name);
        }
    }

    void use_lookup(const std::string& name, const Where& where, const std::string& who) {
        if (name.empty()) return;
        used_lookups_.insert(name);
        if (card_.lookups.contains(name)) return;
        std::vector<std::string> names;
        for (const auto& [known, table] : card_.lookups) names.push_back(known);
        const auto near = nearest(name, names);
        faults_.push_back({Fault::Pack, "unknown-lookup", where,
                           fmt::format("{} of {} names lookup '{}', which the card does not have", who, name_, name),
                           near ? fmt::format("did you mean '{}'?", *near) : fmt::format("add [lookup.{}]", name)});
    }

    void read_map(const Node& node) {
        TableReader reader(node, faults_, fmt::format("[map] of {}", name_));
        for (const FieldRule& rule : fields_of(card_.record)) {
            if (const Node* field = table(reader, rule.name)) read_field(rule, *field);
        }
        reader.finish();
    }

    void read_field(const FieldRule& rule, const Node& node) {
        const std::string who = fmt::format("field '{}'", rule.name);
        TableReader reader(node, faults_, fmt::format("{} of {}", who, name_));
        FieldMap field;
        field.where = node.where;
        const auto parses = parses_of(rule);
        field.columns = reader.texts("columns");
        if (const std::string column = reader.text_or("column", ""); !column.empty()) {
            if (!field.columns.empty())
                reader.fault(node.where, "bad-field",
                             fmt::format("{} of {} has both 'column' and 'columns'", who, name_), "give one of them");
            field.columns = {column};
        }
        field.value = reader.text_or("value", "");
        field.parse = reader.choice("parse", parses.front(), choices_of(parses));
        if (rule.value == FieldValue::Code || rule.value == FieldValue::Acts)
            field.system = reader.text_or("system", std::string(rule.system));
        field.lookup = reader.text_or("lookup", "");
        field.optional = reader.flag_or("optional", !rule.required);
        field.scale = reader.number_or("scale", 1);
        field.before = reader.text_or("before", "");
        reader.finish();

        if (field.columns.empty() && field.value.empty())
            reader.fault(node.where, "bad-field", fmt::format("{} of {} has neither 'column' nor 'value'", who, name_),
                         "give one of them");
        if (!field.columns.empty() && !field.value.empty())
            reader.fault(node.where, "bad-field", fmt::format("{} of {} has both a column and a 'value'", who, name_),
                         "give one of them");
        use_lookup(field.lookup, node.where, who);
        const std::size_t given = field.columns.size();
        if (const std::string wanted = columns_wanted(rule, field.parse, given); !wanted.empty()) {
            reader.fault(node.where, "bad-field",
                         fmt::format("{} of {} has {} column(s), '{}' takes {}", who, name_, given,
                                     parse_name(field.parse), wanted),
                         "name them in 'columns'");
        }
        for (const std::string& column : field.columns) {
            if (column != "*" && card_.companion.empty()) check_column(column, node.where, who);
            if (column == "*" && field.parse != Parse::UntcAction)
                reader.fault(node.where, "bad-field",
                             fmt::format("{} of {} takes all columns, which only 'untc-action' can", who, name_),
                             "name the column");
        }
        if (field.parse == Parse::EpochWeek && card_.epoch == no_day)
            reader.fault(node.where, "missing-key",
                         fmt::format("{} of {} counts weeks, and the card has no 'epoch'", who, name_),
                         "add epoch = \"2004-01-05\" to [source]");
        if (rule.value == FieldValue::Ballot) check_ballots(field, reader);
        card_.map.emplace(std::string(rule.name), std::move(field));
    }

    /// How many columns a parse takes, where `given` is another number; "" where it is right.
    static std::string columns_wanted(const FieldRule& rule, Parse parse, std::size_t given) {
        if (given == 0 || parse == Parse::UntcAction || (rule.value == FieldValue::Code && parse == Parse::Text))
            return {};
        if (parse == Parse::DaysBetween) return given == 2 || given == 6 ? "" : "2 or 6";
        const std::size_t wanted = parse == Parse::YearMonthDay ? 3 : 1;
        return given == wanted ? "" : std::to_string(wanted);
    }

    void check_ballots(const FieldMap& field, TableReader& reader) {
        const auto found = card_.lookups.find(field.lookup);
        if (found == card_.lookups.end()) return;
        static const std::vector<std::string> ballots = {"yes", "no", "abstain", "absent", "not-member"};
        for (const auto& [key, value] : found->second) {
            if (std::find(ballots.begin(), ballots.end(), value) == ballots.end()) {
                reader.fault(lookup_where_[field.lookup], "not-allowed",
                             fmt::format("lookup '{}' of {} gives the ballot '{}', allowed are {}", field.lookup, name_,
                                         value, join(ballots, ", ")),
                             "choose one of these");
            }
        }
    }

    void read_measure(const Node& node) {
        const Node* id = node.find("id");
        const std::string who = fmt::format("measure '{}'", id && id->kind == Node::Kind::Text ? id->text : "?");
        TableReader reader(node, faults_, fmt::format("{} of {}", who, name_));
        MeasureMap measure;
        measure.where = node.where;
        measure.id = reader.id("id");
        measure.title = reader.text("title");
        measure.unit = reader.text("unit");
        measure.id_column = reader.text_or("id_column", "");
        measure.column = reader.text("column");
        measure.low = reader.text_or("low", "");
        measure.high = reader.text_or("high", "");
        measure.scale = reader.number_or("scale", 1);
        measure.minimum = reader.number_or("minimum", measure.minimum);
        measure.lookup = reader.text_or("lookup", "");
        if (const Node* when = table(reader, "when")) {
            TableReader condition(*when, faults_, fmt::format("'when' of {}", who));
            measure.when_column = condition.text("column");
            measure.when_value = condition.text("value");
            condition.finish();
        }
        reader.finish();
        use_lookup(measure.lookup, node.where, who);
        for (const std::string& column :
             {measure.column, measure.id_column, measure.low, measure.high, measure.when_column}) {
            if (!column.empty() && card_.companion.empty()) check_column(column, node.where, who);
        }
        if (const auto table = card_.lookups.find(measure.lookup); table != card_.lookups.end()) {
            for (const auto& [key, value] : table->second) {
                if (!value.empty() && !parse_number(value))
                    reader.fault(
                        lookup_where_[measure.lookup], "wrong-type",
                        fmt::format("lookup '{}' of {} gives '{}', which is not a number", measure.lookup, who, value),
                        "a measure is a number");
            }
        }
        for (const MeasureMap& other : card_.measures) {
            if (other.id == measure.id)
                reader.fault(node.where, "duplicate-id", fmt::format("{} of {} is there twice", who, name_),
                             "choose another id");
        }
        card_.measures.push_back(std::move(measure));
    }

    void read_total(const Node& node) {
        TableReader reader(node, faults_, fmt::format("a total of {}", name_));
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
                         fmt::format("total '{}' of {} is of '{}', allowed are best, count", total.id, name_, of),
                         "choose one of these");
        reader.finish();
        if (card_.record != model::RecordKind::Event)
            reader.fault(node.where, "not-allowed", fmt::format("{} has no events to add up", name_),
                         "write [[measure]], or set record = \"event\"");
        const auto kinds = kinds_of(card_);
        if (!kinds.empty() && std::find(kinds.begin(), kinds.end(), total.kind) == kinds.end())
            reader.fault(node.where, "unmapped-kind",
                         fmt::format("total '{}' of {} adds up kind '{}', which the card does not map", total.id, name_,
                                     total.kind),
                         fmt::format("it maps {}", join(kinds, ", ")));
        for (const EventTotal& other : card_.totals) {
            if (other.id == total.id)
                reader.fault(node.where, "duplicate-id",
                             fmt::format("total '{}' of {} is there twice", total.id, name_), "choose another id");
        }
        card_.totals.push_back(std::move(total));
    }

    void read_coverage(const Node& node) {
        TableReader reader(node, faults_, fmt::format("[coverage] of {}", name_));
        CoverageRule& rule = card_.coverage;
        rule.complete = reader.flag_or("complete", false);
        if (const Node* places = reader.node("places")) {
            if (places->kind == Node::Kind::Table) {
                TableReader of(*places, faults_, fmt::format("'places' of {}", name_));
                rule.places_column = of.text("column");
                of.finish();
                check_column(rule.places_column, places->where, "'places'");
            } else {
                rule.places = reader.texts("places");
                if (rule.places == std::vector<std::string>{"world"}) rule.places.clear();
            }
        }
        if (const Node* days = reader.node("days")) {
            const auto day = [&](std::size_t i) {
                return days->items[i].kind == Node::Kind::Text ? parse_iso_day(days->items[i].text) : std::nullopt;
            };
            if (days->kind == Node::Kind::Array && days->items.size() == 2 && day(0) && day(1)) {
                rule.days_from_file = false;
                rule.first_day = *day(0);
                rule.last_day = *day(1);
                if (rule.last_day < rule.first_day)
                    reader.fault(days->where, "bad-days", fmt::format("'days' of {} end before they begin", name_),
                                 "the first day comes first");
            } else if (days->kind != Node::Kind::Text || days->text != "file") {
                reader.fault(days->where, "bad-days",
                             fmt::format("'days' of {} are neither \"file\" nor two days", name_),
                             "write days = \"file\" or [\"1989-01-01\", \"2020-12-31\"]");
            }
        }
        const auto whole = reader.choice<std::string>("whole", "", {{"year", "year"}, {"month", "month"}});
        rule.whole_years = whole == "year";
        rule.whole_months = whole == "month";
        rule.complete_from_rows = reader.integer_or("complete_from_rows", 0);
        reader.finish();
    }

    void read_assert(const Node& node) {
        TableReader reader(node, faults_, fmt::format("[assert] of {}", name_));
        if (const auto rows = reader.numbers("rows"); rows.size() == 2) {
            card_.assert_rows_min = static_cast<std::int64_t>(std::clamp(rows[0], 0.0, most_rows));
            card_.assert_rows_max = static_cast<std::int64_t>(std::clamp(rows[1], 0.0, most_rows));
            if (rows[1] > 0 && rows[1] < rows[0])
                reader.fault(reader.node("rows")->where, "out-of-range",
                             fmt::format("'rows' of {} has a maximum below its minimum", name_),
                             "write [minimum, maximum]; maximum 0 = none");
        } else if (reader.has("rows")) {
            reader.fault(reader.node("rows")->where, "wrong-type",
                         fmt::format("'rows' of {} is not two numbers", name_),
                         "write [minimum, maximum]; maximum 0 = none");
        }
        card_.assert_rejects_share = reader.number_or("rejects_share", 0.03);
        if (card_.assert_rejects_share < 0 || card_.assert_rejects_share > 1)
            reader.fault(reader.node("rejects_share")->where, "out-of-range",
                         fmt::format("'rejects_share' of {} is outside 0 to 1", name_), "write a share, such as 0.03");
        reader.finish();
    }

    void check_whole(TableReader& top) {
        if (!file_.find("source")) return;
        for (const FieldRule& rule : fields_of(card_.record)) {
            if (rule.required && !card_.map.contains(std::string(rule.name)))
                top.fault(card_.where, "missing-key",
                          fmt::format("{} maps no '{}', which every {} needs", name_, rule.name,
                                      model::record_kind_names[static_cast<std::size_t>(card_.record)]),
                          fmt::format("add {} = {{ column = \"...\" }} to [map]", rule.name));
        }
        const bool observations = card_.record == RecordKind::Observation;
        if (observations && card_.measures.empty())
            top.fault(card_.where, "missing-key", fmt::format("{} gives observations and has no [[measure]]", name_),
                      "add one");
        if (!observations && !card_.measures.empty())
            top.fault(card_.measures.front().where, "bad-field",
                      fmt::format("{} has measures, and gives no observations", name_),
                      "set record = \"observation\" or take them out");
        if (const auto act = card_.map.find("act");
            act != card_.map.end() && act->second.parse != Parse::UntcAction && !card_.map.contains("day")) {
            top.fault(act->second.where, "missing-key", fmt::format("{} maps an act and no 'day'", name_),
                      "add day = { column = \"...\" }");
        }
        for (const auto& [name, table] : card_.lookups) {
            if (!used_lookups_.contains(name))
                top.fault(lookup_where_[name], "unused-lookup",
                          fmt::format("lookup '{}' of {} is used by no field", name, name_),
                          "name it in a field or take it out");
        }
    }

    const Node& file_;
    Diagnostics& faults_;
    std::string name_;
    SourceCard card_;
    std::map<std::string, Where> lookup_where_;
    std::set<std::string> used_lookups_;
};

}  // namespace

std::span<const FieldRule> fields_of(RecordKind kind) {
    switch (kind) {
        case RecordKind::Event: return event_fields;
        case RecordKind::Observation: return observation_fields;
        case RecordKind::Action: return action_fields;
        case RecordKind::Vote: return vote_fields;
        case RecordKind::RollCall: return roll_call_fields;
        case RecordKind::Designation: return designation_fields;
    }
    return {};
}

std::string_view parse_name(Parse parse) { return parse_names[static_cast<std::size_t>(parse)]; }

const std::string* look_up(const std::map<std::string, std::string>& table, std::string_view text) {
    if (const auto exact = table.find(std::string(text)); exact != table.end()) return &exact->second;
    if (text.empty()) return nullptr;
    const std::string* best = nullptr;
    std::size_t longest = 0;
    for (const auto& [key, value] : table) {
        if (!key.ends_with('*')) continue;
        const std::string_view start = std::string_view(key).substr(0, key.size() - 1);
        if (text.starts_with(start) && (!best || start.size() > longest)) {
            best = &value;
            longest = start.size();
        }
    }
    return best;
}

SourceCard parse_source_card(const Node& file, Diagnostics& faults) { return CardReader(file, faults).read(); }

std::vector<SourceCard> load_source_cards(const std::string& directory, Diagnostics& faults) {
    std::vector<SourceCard> cards;
    for (const std::string& path : toml_files(directory)) {
        auto file = load_toml(path);
        if (!file) {
            faults.push_back(std::move(file).error());
            continue;
        }
        SourceCard card = parse_source_card(*file, faults);
        if (card.id.empty()) continue;
        if (const std::string stem = std::filesystem::path(path).stem().string(); stem != card.id) {
            faults.push_back({Fault::Pack, "bad-id", card.where,
                              fmt::format("source '{}' stands in the file of '{}'", card.id, stem),
                              fmt::format("name the file {}.toml", card.id)});
        }
        cards.push_back(std::move(card));
    }
    std::stable_sort(cards.begin(), cards.end(), [](const SourceCard& a, const SourceCard& b) { return a.id < b.id; });
    for (std::size_t i = 1; i < cards.size(); ++i) {
        if (cards[i].id == cards[i - 1].id)
            faults.push_back({Fault::Pack, "duplicate-id", cards[i].where,
                              fmt::format("source '{}' is declared twice", cards[i].id),
                              fmt::format("the other stands in {}", cards[i - 1].where.file)});
    }
    return cards;
}

std::vector<std::string> kinds_of(const SourceCard& card) {
    const auto kind = card.map.find("kind");
    if (card.record != RecordKind::Event || kind == card.map.end()) return {};
    if (kind->second.columns.empty()) return {kind->second.value};
    std::set<std::string> kinds;
    if (const auto table = card.lookups.find(kind->second.lookup); table != card.lookups.end()) {
        for (const auto& [key, value] : table->second) {
            if (!value.empty()) kinds.insert(value);
        }
    }
    return {kinds.begin(), kinds.end()};
}

}  // namespace icosa::pack
