/// Writes a card, key by key in the order of docs/source-cards.md.
#include <fmt/format.h>

#include "base/text.hpp"
#include "draft/draft.hpp"
#include "draft/toml_text.hpp"

namespace icosa::draft {
namespace {

/// `key = value` lines; what is as the reader takes it without being told is left out.
class KeyLines {
public:
    void text(std::string_view key, const std::string& value) {
        if (!value.empty()) line(key, quoted(value));
    }
    void list(std::string_view key, const std::vector<std::string>& values) {
        if (!values.empty()) line(key, quoted_list(values));
    }
    void line(std::string_view key, const std::string& value) { out_ += fmt::format("{} = {}\n", key, value); }
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    std::string out_;
};

std::string source_table(const pack::SourceCard& card) {
    KeyLines out;
    out.text("id", card.id);
    out.text("title", card.title);
    out.text("publisher", card.publisher);
    out.text("licence", card.licence);
    out.text("record", std::string(model::record_kind_names[static_cast<std::size_t>(card.record)]));
    if (card.delimiter != ',') out.text("delimiter", std::string(1, card.delimiter));
    if (card.encoding != "utf-8") out.text("encoding", card.encoding);
    out.text("records", card.records);
    out.text("sheet", card.sheet);
    if (card.header_row > 0) out.line("header_row", std::to_string(card.header_row));
    out.list("header", card.header);
    out.list("columns", card.columns);
    out.list("first_row", card.first_row);
    out.text("skip_rows_with", card.skip_rows_with);
    out.list("nulls", card.nulls);
    if (card.decimal != 0) out.text("decimal", std::string(1, card.decimal));
    out.list("identity", card.identity);
    out.text("editions", card.editions);
    out.line("stale_after_days", std::to_string(card.stale_after_days));
    return "[source]\n" + out.take();
}

std::string coverage_table(const pack::CoverageRule& rule) {
    KeyLines out;
    out.line("complete", rule.complete ? "true" : "false");
    if (!rule.places_column.empty()) out.line("places", fmt::format("{{ column = {} }}", quoted(rule.places_column)));
    if (rule.whole != PeriodKind::Day) out.text("whole", std::string(period_kind_name(rule.whole)));
    return "\n[coverage]\n" + out.take();
}

std::string field_value(const pack::FieldRule& rule, const pack::FieldMap& of) {
    std::string out;
    const auto put = [&](const std::string& word) { out += (out.empty() ? "" : ", ") + word; };
    if (!of.value.empty()) put("value = " + quoted(of.value));
    else if (of.columns.size() == 1) put("column = " + quoted(of.columns[0]));
    else put("columns = " + quoted_list(of.columns));
    const bool is_default_parse = (rule.value == pack::FieldValue::Code && of.parse == pack::Parse::Text)
        || (rule.value == pack::FieldValue::Whole && of.parse == pack::Parse::Whole);
    if (!is_default_parse) put("parse = " + quoted(pack::parse_name(of.parse)));
    if (!of.system.empty() && of.system != rule.system) put("system = " + quoted(of.system));
    if (of.optional == rule.rejects_empty) put(fmt::format("optional = {}", of.optional));
    return "{ " + out + " }";
}

std::string map_table(const pack::SourceCard& card) {
    KeyLines out;
    for (const pack::FieldRule& rule : pack::fields_of(card.record)) {
        if (const auto found = card.map.find(std::string(rule.name)); found != card.map.end())
            out.line(rule.name, field_value(rule, found->second));
    }
    return "\n[map]\n" + out.take();
}

std::string measure_table(const pack::MeasureMap& of) {
    KeyLines out;
    out.text("id", of.id);
    out.text("title", of.title);
    out.text("unit", of.unit);
    out.text("column", of.column);
    return "\n[[measure]]\n" + out.take();
}

}  // namespace

std::string card_text(const pack::SourceCard& card, const std::string& heading) {
    std::string out = comment(heading) + source_table(card) + coverage_table(card.coverage) + map_table(card);
    for (const auto& measure : card.measures) out += measure_table(measure);
    out += fmt::format("\n[assert]\nrows = [{}, {}]\n", card.assert_rows_min, card.assert_rows_max);
    if (card.assert_rejects_share != pack::SourceCard().assert_rejects_share)
        out += fmt::format("rejects_share = {}\n", number_text(card.assert_rejects_share));
    return out;
}

}  // namespace icosa::draft
