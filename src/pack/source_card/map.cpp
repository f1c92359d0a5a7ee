/// [map] of a card: from which columns each field of a record comes, and by which parse.
#include "pack/source_card/draft.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace icosa::pack {
namespace {

/// The ways of writing a day that one file is decided on as a whole.
constexpr Parse day_forms[] = {Parse::Date,    Parse::DateCompact, Parse::DateDmy,
                               Parse::DateMdy, Parse::Month,       Parse::Year};

/// The parses that a field may have; the first is the default.
std::vector<Parse> parses_of(const FieldRule& rule) {
    switch (rule.value) {
        case FieldValue::Days:
            return {Parse::Date,         Parse::DateCompact, Parse::DateDmy,      Parse::DateMdy,
                    Parse::Month,        Parse::Week,        Parse::Quarter,      Parse::Year,
                    Parse::YearMonthDay, Parse::EpochWeek,   Parse::TimestampDate};
        case FieldValue::Code: return {Parse::Text, Parse::Whole, Parse::Year, Parse::Coded};
        case FieldValue::Whole:
            return {Parse::Whole, Parse::Number, Parse::Year, Parse::DaysBetween, Parse::YesNo, Parse::ListLength};
        case FieldValue::Milli:
            return {Parse::Thousandths, Parse::Number, Parse::Whole, Parse::DaysBetween, Parse::YesNo};
        case FieldValue::Degrees: return {rule.name == "latitude" ? Parse::Latitude : Parse::Longitude};
        case FieldValue::Position: return {Parse::DegreeMinute};
        case FieldValue::Ballot: return {Parse::Text};
        case FieldValue::Precision: return {Parse::Text, Parse::Given};
        case FieldValue::Flag: return {Parse::YesNo, Parse::Given};
        case FieldValue::Minute: return {Parse::TimestampMinute};
        case FieldValue::Acts: return {Parse::Text, Parse::UntcAction};
    }
    return {};
}

std::vector<std::pair<std::string, Parse>> choices_of(const std::vector<Parse>& parses) {
    std::vector<std::pair<std::string, Parse>> out;
    for (const Parse parse : parses) out.emplace_back(std::string(parse_name(parse)), parse);
    return out;
}

/// How many columns a parse takes, where `given` is another number; "" where it is right.
std::string columns_wanted(const FieldRule& rule, Parse parse, std::size_t given) {
    if (rule.value == FieldValue::Precision && parse == Parse::Given) return given == 4 ? "" : "4";
    if (given == 0 || parse == Parse::UntcAction || parse == Parse::Given
        || (rule.value == FieldValue::Code && parse == Parse::Text))
        return {};
    if (parse == Parse::DaysBetween) return given == 2 || given == 6 ? "" : "2 or 6";
    if (parse == Parse::Week) return given == 1 || given == 2 ? "" : "1 or 2";
    if (parse == Parse::YearMonthDay) return given == 2 || given == 3 ? "" : "2 or 3";
    return given == 1 ? "" : "1";
}

/// A lookup into a closed list of words.
void check_words(CardDraft& draft, const FieldMap& field, TableReader& reader, std::string_view what,
                 const std::vector<std::string>& allowed) {
    const auto found = draft.card.lookups.find(field.lookup);
    if (found == draft.card.lookups.end()) return;
    for (const auto& [key, value] : found->second) {
        if (std::find(allowed.begin(), allowed.end(), value) == allowed.end()) {
            reader.fault(draft.lookup_where[field.lookup], "not-allowed",
                         fmt::format("lookup '{}' of {} gives the {} '{}', allowed are {}", field.lookup, draft.name,
                                     what, value, join(allowed, ", ")),
                         "choose one of these");
        }
    }
}

/// Is this no code of one column?
bool given_otherwise(const FieldRule& rule, const FieldMap& field) {
    return rule.value != FieldValue::Code || field.parse != Parse::Text || field.columns.size() != 1
        || field.columns[0].starts_with("file.");
}

/// `pattern` is of codes, of one or several columns, and of numbers of one.
void check_pattern(CardDraft& draft, const FieldRule& rule, const FieldMap& field, TableReader& reader,
                   const std::string& who) {
    if (field.pattern.empty()) return;
    const Where& where = reader.table().where;
    const bool is_number = rule.value == FieldValue::Whole || rule.value == FieldValue::Milli;
    if ((rule.value != FieldValue::Code && !is_number) || field.columns.empty() || !field.split.empty()
        || !field.before.empty() || (is_number && field.columns.size() != 1)) {
        reader.fault(
            where, "bad-field",
            fmt::format("{} of {} has a 'pattern', which only a code, or a number of one column, can", who, draft.name),
            "take out 'pattern', or 'split' and 'before' beside it");
    } else if (!is_regex(field.pattern) || field.pattern.find('(') == std::string::npos) {
        reader.fault(where, "not-allowed",
                     fmt::format("'pattern' of {} of {} is '{}', which is no regular expression with a group", who,
                                 draft.name, excerpt(field.pattern)),
                     "put what is kept into parentheses: \"(\\\\d{4}-\\\\d{3}).*\"");
    }
}

void check_field(CardDraft& draft, const FieldRule& rule, const FieldMap& field, TableReader& reader) {
    const std::string who = fmt::format("field '{}'", rule.name);
    const Node& node = reader.table();
    if (field.columns.empty() && field.value.empty())
        reader.fault(node.where, "bad-field", fmt::format("{} of {} has neither 'column' nor 'value'", who, draft.name),
                     "give one of them");
    if (!field.columns.empty() && !field.value.empty())
        reader.fault(node.where, "bad-field", fmt::format("{} of {} has both a column and a 'value'", who, draft.name),
                     "give one of them");
    draft.use_lookup(field.lookup, node.where, who);
    draft.use_lookup(field.then_lookup, node.where, who);
    if (!field.split.empty() && given_otherwise(rule, field))
        reader.fault(node.where, "bad-field",
                     fmt::format("{} of {} splits lists, which only a code of one column can", who, draft.name),
                     "take out 'split', or name one column");
    if (field.split.size() > 1)
        reader.fault(node.where, "not-allowed",
                     fmt::format("'split' of {} of {} is '{}', which is not one character", who, draft.name,
                                 excerpt(field.split)),
                     "write \",\"; blanks around an entry do not count");
    check_pattern(draft, rule, field, reader, who);
    if (field.lacking && (field.columns.empty() || (field.lacking->empty() && rule.required)))
        reader.fault(node.where, "bad-field",
                     fmt::format("{} of {} says what it is in files that lack its column, and {}", who, draft.name,
                                 field.columns.empty() ? "has none" : "may not be absent"),
                     "take out 'lacking', or give a value there");
    if (!field.words.empty() && (field.parse != Parse::Text || !field.lookup.empty() || !field.split.empty()))
        reader.fault(node.where, "bad-field",
                     fmt::format("{} of {} is told by 'words', beside which there is no 'parse', 'lookup' or 'split'",
                                 who, draft.name),
                     "take them out");
    const std::size_t given = field.columns.size();
    if (const std::string wanted = columns_wanted(rule, field.parse, given); !wanted.empty()) {
        reader.fault(node.where, "bad-field",
                     fmt::format("{} of {} has {} column(s), '{}' takes {}", who, draft.name, given,
                                 parse_name(field.parse), wanted),
                     "name them in 'columns'");
    }
    for (const std::string& column : field.columns) {
        if (column != "*" && draft.card.companion.empty()) draft.check_column(column, node.where, who);
        if (column == "*" && field.parse != Parse::UntcAction)
            reader.fault(node.where, "bad-field",
                         fmt::format("{} of {} takes all columns, which only 'untc-action' can", who, draft.name),
                         "name the column");
    }
    if (field.parse == Parse::EpochWeek && draft.card.epoch == no_day)
        reader.fault(node.where, "missing-key",
                     fmt::format("{} of {} counts weeks, and the card has no 'epoch'", who, draft.name),
                     "add epoch = \"2004-01-05\" to [source]");
    if (rule.value == FieldValue::Ballot)
        check_words(draft, field, reader, "ballot", {"yes", "no", "abstain", "absent", "not-member"});
    if (rule.value == FieldValue::Precision)
        check_words(draft, field, reader, "precision",
                    {std::begin(model::position_precision_names), std::end(model::position_precision_names)});
}

/// One parse, or the forms of days that a column may be written in.
void read_parses(TableReader& reader, const std::vector<Parse>& parses, FieldMap& field, const std::string& who,
                 const CardDraft& draft) {
    const Node* node = reader.has("parse") ? reader.node("parse") : nullptr;
    if (!node || node->kind != Node::Kind::Array) {
        field.parse = reader.choice("parse", parses.front(), choices_of(parses));
        return;
    }
    for (const std::string& name : reader.texts("parse")) {
        const auto known = std::find_if(std::begin(day_forms), std::end(day_forms),
                                        [&](Parse form) { return parse_name(form) == name; });
        if (known == std::end(day_forms) || std::find(parses.begin(), parses.end(), *known) == parses.end()) {
            std::vector<std::string> names;
            for (const Parse form : day_forms) names.emplace_back(parse_name(form));
            reader.fault(node->where, "not-allowed",
                         fmt::format("'parse' of {} of {} lists '{}', allowed in a list are {}", who, draft.name, name,
                                     join(names, ", ")),
                         "a list has the ways in which days may be written");
            continue;
        }
        field.forms.push_back(*known);
    }
    field.parse = field.forms.empty() ? parses.front() : field.forms.front();
    if (field.forms.size() == 1) field.forms.clear();
}

void read_field(CardDraft& draft, const FieldRule& rule, const Node& node) {
    const std::string who = fmt::format("field '{}'", rule.name);
    TableReader reader(node, draft.faults, fmt::format("{} of {}", who, draft.name));
    FieldMap field;
    field.where = node.where;
    const auto parses = parses_of(rule);
    field.columns = reader.texts("columns");
    if (const std::string column = reader.text_or("column", ""); !column.empty()) {
        if (!field.columns.empty())
            reader.fault(node.where, "bad-field",
                         fmt::format("{} of {} has both 'column' and 'columns'", who, draft.name), "give one of them");
        field.columns = {column};
    }
    field.value = reader.text_or("value", "");
    read_parses(reader, parses, field, who, draft);
    if (rule.value == FieldValue::Code || rule.value == FieldValue::Acts)
        field.system = reader.text_or("system", std::string(rule.system));
    const auto lookups = reader.texts("lookup");
    if (!lookups.empty()) field.lookup = lookups[0];
    if (lookups.size() > 1) field.then_lookup = lookups[1];
    if (lookups.size() > 2)
        reader.fault(node.where, "bad-field", fmt::format("{} of {} names {} lookups", who, draft.name, lookups.size()),
                     "name one or two");
    if (rule.value == FieldValue::Code)
        field.letters = reader.choice<Letters>("letters", Letters::AsWritten,
                                               {{"upper", Letters::Upper}, {"lower", Letters::Lower}});
    field.nulls = reader.texts("nulls");
    field.split = reader.text_or("split", "");
    if (rule.value == FieldValue::Code) field.words = reader.text_or("words", "");
    field.optional = reader.flag_or("optional", !rule.rejects_empty);
    field.scale = reader.number_or("scale", 1);
    field.before = reader.text_or("before", "");
    field.pattern = reader.text_or("pattern", "");
    if (reader.has("lacking")) field.lacking = reader.text_or("lacking", "");
    reader.finish();
    check_field(draft, rule, field, reader);
    draft.card.map.emplace(std::string(rule.name), std::move(field));
}

}  // namespace

void read_map(CardDraft& draft, const Node& node) {
    TableReader reader(node, draft.faults, fmt::format("[map] of {}", draft.name));
    for (const FieldRule& rule : fields_of(draft.card.record)) {
        if (const Node* field = find_table(reader, rule.name)) read_field(draft, rule, *field);
    }
    reader.finish();
}

}  // namespace icosa::pack
