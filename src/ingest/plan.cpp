/// Looks up every column name once.
#include "ingest/plan.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/constant.hpp"
#include "ingest/formats/xml_file.hpp"
#include "ingest/header.hpp"
#include "ingest/row_details.hpp"
#include "ingest/set_aside.hpp"

namespace icosa::ingest {
namespace {

using pack::FieldValue;
using pack::Parse;

/// An edition's day from a part of a file's name: a day, a time, a month or a year (their last day); no_day where it is
/// none.
Day edition_day(const std::string& text) {
    Days days;
    for (const Parse parse :
         {Parse::Date, Parse::TimestampDate, Parse::DateCompact, Parse::DateDmy, Parse::Month, Parse::Year}) {
        if (parse_days(parse, text, no_day, days)) {
            const int year = civil_of(days.last).year;
            if (year >= 1900 && year <= 2199) return days.last;
        }
    }
    if (text.size() == 8
        && parse_days(Parse::DateDmy, text.substr(0, 2) + "-" + text.substr(2, 2) + "-" + text.substr(4), no_day, days))
        return days.last;
    return no_day;
}

/// The names of the columns, and where the header stands.
void find_columns(Plan& plan, const pack::SourceCard& card, const Head& head) {
    if (card.header.empty()) {
        plan.columns = card.columns;
        return;
    }
    auto rows = first_rows_of(head, plan.form, card.preamble, rows_above_data(card));
    if (rows.empty()) return;
    const FirstRow* header = find_header(card, rows);
    const FirstRow& row = header ? *header : rows[0];
    plan.header_line = row.line;
    plan.columns = row.cells;
    for (std::size_t i = 0; i < plan.columns.size() && !head.part.is_text(); ++i) {
        if (plan.columns[i].empty()) plan.columns[i] = column_without_name(i);
        else plan.named.push_back(static_cast<std::int32_t>(i));
    }
    if (&row != &rows[0] && card.header_row == 0)
        plan.notes.push_back(
            fmt::format("the header is {} {}, what stands above it is left out", counted_in(head.part), row.line));
}

/// Of two columns of one name that the card needs, either may be meant.
Result<void> check_names_once(const Plan& plan, const pack::SourceCard& card, const std::string& path) {
    if (card.header.empty()) return {};
    for (const std::string& name : pack::columns_needed(card)) {
        const auto first = find_column(card, plan.columns, name);
        if (first < 0) continue;
        const std::string key = column_key(plan.columns[static_cast<std::size_t>(first)]);
        const auto many = std::count_if(plan.columns.begin(), plan.columns.end(),
                                        [&](const std::string& column) { return column_key(column) == key; });
        if (many > 1)
            return fail(Fault::Data, "two-columns", {path, static_cast<int>(plan.header_line)},
                        fmt::format("{} columns are called '{}', which source '{}' needs", many, name, card.id),
                        "take all but the right one out");
    }
    return {};
}

Result<void> add_wide_columns(Plan& plan, const pack::SourceCard& card, const std::string& path) {
    for (const WideHeading& heading : wide_headings(card, plan.columns)) {
        WideColumn column{heading.column, heading.day, {}};
        if (!parse_days(card.wide.parse, heading.day, no_day, column.days))
            return fail(Fault::Data, "bad-heading", {path, static_cast<int>(plan.header_line)},
                        fmt::format("the heading '{}' {}", heading.day, complaint(card.wide.parse)),
                        "mend it, or 'wide' of the card");
        plan.wide.push_back(std::move(column));
    }
    return {};
}

/// Blanks and unread cells make no other edition of a row whose details are read.
void add_mapped_columns(const pack::SourceCard& card, Plan& plan) {
    for (const auto& [name, field] : card.map) {
        for (const std::string& column : field.columns) {
            if (const auto own = find_column(card, plan.columns, column); own >= 0) plan.content.push_back({own, {}});
        }
    }
}

bool is_sheet(Format format) { return format == Format::Workbook || format == Format::OldWorkbook; }

/// Is it a part of the file's name?
bool is_of_name(const std::string& column) { return column.starts_with("file."); }

class Compiler {
public:
    Compiler(const pack::SourceCard& card, const Head& head, const std::string& path, model::TermTable& terms)
        : card_(card), head_(head), path_(path), terms_(terms) {}

    Result<Plan> compile() {
        plan_.card = &card_;
        plan_.part = head_.part;
        plan_.form = form_of(card_, head_.part);
        if (!plan_.part.is_plain_text()) plan_.notes.push_back(words_of(plan_.part));
        find_columns(plan_, card_, head_);
        if (is_sheet(plan_.part.format)) plan_.part.header_line = plan_.header_line;
        TRY(check_names_once(plan_, card_, path_));
        plan_.minimum_columns = card_.minimum_columns > 0
            ? std::min(card_.minimum_columns, static_cast<int>(plan_.columns.size()))
            : static_cast<std::int32_t>(plan_.columns.size());
        groups_ = file_groups(card_, path_);
        for (const std::string& null : card_.nulls) {
            if (null.empty()) continue;
            plan_.nulls.push_back(null);
            plan_.null_lengths |= std::uint64_t{1} << std::min<std::size_t>(null.size(), 63);
        }
        plan_.companion = TRY(load_companion(card_, path_, plan_.columns));
        const auto fields = pack::fields_of(card_.record);
        for (std::size_t slot = 0; slot < fields.size(); ++slot) {
            const auto field = card_.map.find(std::string(fields[slot].name));
            if (field != card_.map.end()) TRY(add_field(fields[slot], field->second, static_cast<std::uint8_t>(slot)));
        }
        TRY(add_measures());
        TRY(add_wide_columns(plan_, card_, path_));
        if (!card_.only.column.empty()) plan_.only_column = find_column(card_, plan_.columns, card_.only.column);
        plan_.identity = TRY(parts_of(card_.identity));
        plan_.content = TRY(parts_of(card_.content));
        plan_.likeness = TRY(parts_of(card_.likeness));
        TRY(add_covered_places());
        TRY(find_vintage());
        plan_.set_aside = set_aside_of(card_, plan_.operations);
        TRY(add_details());
        return std::move(plan_);
    }

private:
    std::unexpected<Error> missing(const std::string& column, const std::string& who) {
        const auto near = nearest(column, plan_.columns);
        return fail(Fault::Data, "missing-column", {path_, 1},
                    fmt::format("there is no column '{}', which source '{}' needs for {}", column, card_.id, who),
                    near ? fmt::format("is it '{}' here? then the file needs a card of its own", *near)
                         : "check the header, or name another card with --source ID");
    }

    Result<std::string> group(const std::string& column) {
        const auto number = parse_integer(std::string_view(column).substr(5)).value_or(0);
        if (!groups_ || number < 1 || number > static_cast<std::int64_t>(groups_->size())) {
            return fail(Fault::Data, "unnamed-file", {path_},
                        fmt::format("source '{}' takes '{}' from the file's name, which does not fit {}", card_.id,
                                    column, card_.file_name),
                        "give the file the name that its publisher gave it");
        }
        const std::string& text = (*groups_)[static_cast<std::size_t>(number - 1)];
        for (const auto& [name, field] : card_.map) {  // spelt as the field has it that takes it
            if (field.columns == std::vector<std::string>{column}) return spelt(text, field.letters);
        }
        return text;
    }

    /// In the file, else in the companion behind it; -1.
    std::int32_t column_of(const std::string& name) const {
        if (const auto own = find_column(card_, plan_.columns, name); own >= 0) return own;
        const auto other = plan_.companion ? find_column(plan_.companion->columns, name) : -1;
        return other < 0 ? -1 : other + static_cast<std::int32_t>(plan_.columns.size());
    }

    Result<void> add_field(const pack::FieldRule& rule, const pack::FieldMap& field, std::uint8_t slot) {
        if (field.parse == Parse::UntcAction) return add_acts(field);
        Operation operation;
        operation.value = rule.value;
        operation.parse = field.parse;
        operation.slot = slot;
        operation.required = rule.required || !field.optional;
        operation.needed = rule.required;
        operation.lenient = rule.name == "known" || rule.name == "known_minute";
        operation.system = field.system;
        operation.before = field.before;
        if (!field.pattern.empty()) operation.pattern.emplace(field.pattern);
        operation.scale = field.scale;
        operation.forms = field.forms;
        operation.nulls = field.nulls;
        operation.split = field.split;
        if (!field.words.empty()) operation.words = &field.word_table;
        operation.letters = field.letters;
        if (field.parse == Parse::DaysBetween && field.columns.size() == 2) add_forms_of_day(operation);
        if (const auto table = card_.lookups.find(field.lookup); table != card_.lookups.end()) {
            operation.lookup = &table->second;
            operation.lookup_name = field.lookup;
        }
        if (const auto table = card_.lookups.find(field.then_lookup); table != card_.lookups.end())
            operation.then_lookup = &table->second;
        if (rule.value == FieldValue::Position) {
            operation.slot = slot_of(pack::event_fields, "latitude");
            operation.other_slot = slot_of(pack::event_fields, "longitude");
        }
        if (field.columns.empty()) return set_constant(plan_.blank, operation, field.value, rule, card_, terms_);
        if (field.columns.size() == 1 && field.columns[0].starts_with("file."))
            return set_constant(plan_.blank, operation, TRY(group(field.columns[0])), rule, card_, terms_);
        if (field.parse == Parse::YearMonthDay && std::all_of(field.columns.begin(), field.columns.end(), is_of_name)) {
            std::vector<std::string> parts;
            for (const std::string& name : field.columns) parts.push_back(TRY(group(name)));
            operation.parse = Parse::Date;
            return set_constant(plan_.blank, operation, join(parts, "-"), rule, card_, terms_);
        }
        const auto is_lacking = [&](const std::string& name) { return column_of(name) < 0; };
        if (field.lacking && std::ranges::any_of(field.columns, is_lacking)) {
            if (field.lacking->empty()) return {};
            return set_constant(plan_.blank, operation, *field.lacking, rule, card_, terms_);
        }
        bool in_companion = false;
        for (const std::string& name : field.columns) {
            const auto column = column_of(name);
            if (column < 0 && !card_.companion.empty() && !plan_.companion && !operation.required)
                return {};  // a column of the companion, which is not there
            if (column < 0) return missing(name, fmt::format("'{}'", rule.name));
            operation.columns.push_back(column);
            in_companion |= column >= static_cast<std::int32_t>(plan_.columns.size());
        }
        auto& operations = in_companion ? plan_.companion_operations
            : operation.split.empty()   ? plan_.operations
                                        : plan_.split_operations;
        operations.push_back(std::move(operation));
        return {};
    }

    /// Two days of a file are written in the same way as its records' days.
    void add_forms_of_day(Operation& operation) const {
        if (const auto day = card_.map.find("day"); day != card_.map.end()) operation.forms = day->second.forms;
    }

    /// Every column that no field takes, or the ones that the card names.
    Result<std::vector<std::int32_t>> act_columns(const pack::FieldMap& field) {
        std::set<std::int32_t> taken;
        for (const auto& [name, other] : card_.map) {
            for (const std::string& column : other.columns) taken.insert(find_column(card_, plan_.columns, column));
        }
        const bool all = field.columns == std::vector<std::string>{"*"};
        std::vector<std::int32_t> columns;
        if (all) {
            for (std::int32_t i = 0; i < static_cast<std::int32_t>(plan_.columns.size()); ++i) {
                if (!taken.contains(i)) columns.push_back(i);
            }
        } else {
            for (const std::string& name : field.columns) {
                const auto column = find_column(card_, plan_.columns, name);
                if (column < 0) return missing(name, "'act'");
                columns.push_back(column);
            }
        }
        return columns;
    }

    /// Of these columns, those whose heading names an act.
    Result<void> add_acts(const pack::FieldMap& field) {
        plan_.acts_by_heading = true;
        const std::vector<std::int32_t> columns = TRY(act_columns(field));
        const auto term = [&](const std::string& act) {
            return act.empty() ? model::no_term : terms_.id_of(field.system.empty() ? "act" : field.system, act);
        };
        for (const std::int32_t column : columns) {
            ActColumn acts;
            acts.column = column;
            acts.heading = parse_act_heading(plan_.columns[static_cast<std::size_t>(column)]);
            if (!acts.heading.any) continue;
            acts.bare = term(acts.heading.bare);
            for (const auto& [letter, act] : acts.heading.letters) acts.letters.emplace_back(letter, term(act));
            plan_.acts.push_back(std::move(acts));
        }
        return {};
    }

    /// All of them or none: a sum that lacks a column is another figure.
    Result<std::vector<std::int32_t>> columns_of_sum(const pack::MeasureMap& measure) {
        std::vector<std::int32_t> out;
        for (const std::string& name : measure.sum) {
            out.push_back(find_column(card_, plan_.columns, name));
            if (out.back() != -1) continue;
            if (measure.optional) return std::vector<std::int32_t>{};
            return missing(name, fmt::format("measure '{}'", measure.id));
        }
        return out;
    }

    Result<void> add_measures() {
        for (const auto& measure : card_.measures) {
            MeasureOperation operation;
            operation.measure = terms_.id_of("measure", measure.id);
            const std::pair<const std::string*, std::int32_t*> columns[] = {
                {&measure.column, &operation.column},
                {&measure.id_column, &operation.id_column},
                {&measure.low, &operation.low},
                {&measure.high, &operation.high},
                {&measure.when_column, &operation.when_column},
                {&measure.listed_column, &operation.listed_column}};
            for (const auto& [name, column] : columns) {
                if (name->empty()) continue;
                *column = *name == "*" ? wide_column : find_column(card_, plan_.columns, *name);
                if (*column == -1 && measure.optional) continue;
                if (*column == -1) return missing(*name, fmt::format("measure '{}'", measure.id));
            }
            if (!measure.listed_column.empty() && operation.listed_column < 0) continue;  // whose it is, is not known
            operation.sum = TRY(columns_of_sum(measure));
            operation.when_value = measure.when_value;
            operation.listed = &measure.listed;
            if (const auto table = card_.lookups.find(measure.lookup); table != card_.lookups.end()) {
                operation.lookup = &table->second;
                operation.lookup_name = measure.lookup;
            }
            operation.scale = measure.scale;
            operation.minimum = measure.minimum;
            operation.plausible_low = measure.plausible_low;
            operation.plausible_high = measure.plausible_high;
            operation.nulls = measure.nulls;
            plan_.measures.push_back(std::move(operation));
        }
        if (!plan_.measures.empty()) plan_.first_measure = plan_.measures[0].measure;
        return {};
    }

    Result<std::vector<IdentityPart>> parts_of(const std::vector<std::string>& names) {
        std::vector<IdentityPart> out;
        for (const std::string& name : names) {
            IdentityPart part;
            if (name.starts_with("file.")) part.text = TRY(group(name));
            else if (name == pack::heading_column && !plan_.wide.empty()) part.column = wide_column;
            else part.column = find_column(card_, plan_.columns, name);
            if (part.column == -1 && !name.starts_with("file.")) return missing(name, "the identity of its rows");
            out.push_back(std::move(part));
        }
        return out;
    }

    Result<void> add_covered_places() {
        const std::string& name = card_.coverage.places_column;
        if (name.empty()) return {};
        plan_.collects_places = true;
        Operation operation;
        operation.value = FieldValue::Code;
        operation.slot = covered_slot;
        operation.system = "name";
        if (const auto place = card_.map.find("place"); place != card_.map.end()) {
            operation.system = place->second.system;
            if (place->second.columns == std::vector<std::string>{name}) {
                const auto fields = pack::fields_of(card_.record);
                plan_.places_slot = static_cast<std::size_t>(
                    std::find_if(fields.begin(), fields.end(), [](const auto& rule) { return rule.name == "place"; })
                    - fields.begin());
                return {};
            }
        }
        if (name.starts_with("file.")) {
            plan_.blank[covered_slot].term = terms_.id_of(operation.system, TRY(group(name)));
            return {};
        }
        operation.columns = {find_column(card_, plan_.columns, name)};
        if (operation.columns[0] < 0) return missing(name, "the places it covers");
        plan_.operations.push_back(std::move(operation));
        return {};
    }

    Result<void> add_details() {
        plan_.beside = TRY(load_beside(card_, path_, plan_.columns));
        plan_.details = detail_operations(card_, plan_.columns, plan_.beside);
        for (std::size_t i = 0; i < plan_.beside.size(); ++i) {
            if (!plan_.beside[i].path.empty()) continue;
            plan_.notes.push_back(
                fmt::format("no file '{}' lies beside it: what that says is not read", card_.beside[i].name));
        }
        if (plan_.details.empty() || !plan_.content.empty() || plan_.identity.empty()) return {};
        add_mapped_columns(card_, plan_);
        return {};
    }

    Result<void> find_vintage() {
        if (card_.vintage_from.empty()) return {};
        if (card_.vintage_from.starts_with(pack::document_prefix)) {
            if (plan_.part.format != Format::Xml) return {};
            const auto text = TRY(first_xml_text(path_, card_.vintage_from.substr(pack::document_prefix.size())));
            Days days;
            if (!text.empty() && parse_days(card_.vintage_form, text, no_day, days)) plan_.vintage = days.last;
            return {};
        }
        if (const auto day = parse_iso_day(card_.vintage_from)) plan_.vintage = *day;
        else if (groups_) plan_.vintage = edition_day(TRY(group(card_.vintage_from)));
        return {};
    }

    const pack::SourceCard& card_;
    const Head& head_;
    const std::string& path_;
    model::TermTable& terms_;
    Plan plan_;
    std::optional<std::vector<std::string>> groups_;
};

}  // namespace

std::string spelt(std::string_view text, pack::Letters letters) {
    std::string out = letters == pack::Letters::AsWritten ? std::string(text) : lower(text);
    if (letters == pack::Letters::Upper)
        std::transform(out.begin(), out.end(), out.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return out;
}

std::string Operation::fitting(std::string_view text) const {
    std::cmatch match;
    if (text.size() > 1000 || !std::regex_match(text.data(), text.data() + text.size(), match, *pattern)) return {};
    std::string out;
    for (std::size_t i = 1; i < match.size(); ++i) {
        if (i > 1) out += '|';
        out += match[i].str();
    }
    return out;
}

Result<Plan> compile_plan(const pack::SourceCard& card, const Head& head, const std::string& path,
                          model::TermTable& terms) {
    return Compiler(card, head, path, terms).compile();
}

}  // namespace icosa::ingest
