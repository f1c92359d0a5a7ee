/// The first page within dossier.json: its five blocks, a line a subject and measure.
#include "brief/json/parts.hpp"

#include <cmath>

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

enum class Telling { Chance, Figure };

void write_block_line(JsonFields& out, const FrontLine& of, Telling telling) {
    out.text("subject", of.subject);
    out.title("subject_title", of.subject_title);
    out.text("measure", of.measure);
    out.title("measure_title", of.measure_title);
    out.text("period", of.period);
    if (telling == Telling::Chance) {
        out.number("probability", of.probability.value);
        out.number("probability_low", of.probability.low);
        out.number("probability_high", of.probability.high);
        out.number("base_rate", of.probability.base_rate);
        out.number("a_month_before", of.before);
        out.text("word", of.probability.word);
    } else {
        write_change(out, of.change);
        out.text("grade", model::grade_names[static_cast<std::size_t>(of.grade)]);
        out.text("confidence", model::confidence_names[static_cast<std::size_t>(of.confidence)]);
        out.text("confidence_why", of.confidence_why);
    }
    out.json.field("lateness_days", of.lateness_days);
    write_past_record(out, of.record);
    out.title("sentence", of.sentence);
    out.texts("sections", of.sections);
    out.texts("signals", of.signals);
    if (!of.also.empty()) out.texts("also", of.also);
    out.json.key("values").begin_array();
    for (const double value : of.values) {
        if (std::isnan(value)) out.json.null();
        else out.json.value(rounded(value));
    }
    out.json.end_array();
}

void write_unknown_line(JsonFields& out, const UnknownLine& of, Day asked_on) {
    out.text("source", of.source);
    out.title("source_title", of.source_title);
    out.day("since", of.since);
    if (of.too_few_to != no_day) out.day("too_few_to", of.too_few_to);
    out.day("asked_on", asked_on);
    out.list("measures", of.measures, [&](const pack::Title& title) {
        out.text("en", title.en);
        out.text("zh", title.zh);
    });
    out.texts("watches", of.watches);
    out.texts("sections", of.sections);
    out.texts("last_seen", of.last_seen);
    out.text("address", of.address);
    out.text("command", of.command);
    out.title("sentence", of.sentence);
}

}  // namespace

void write_change(JsonFields& out, model::Change change) {
    out.json.key("change");
    if (change == model::Change::None) out.json.null();
    else out.json.value(model::change_names[static_cast<std::size_t>(change)]);
}

void write_past_record(JsonFields& out, const model::Record& of) {
    out.json.key("record");
    if (of.outcome.empty()) {
        out.json.value(plain(of.why_none.empty() ? "no record" : "no record: " + of.why_none));
        return;
    }
    out.json.begin_object();
    out.text("outcome", of.outcome);
    out.json.field("first_year", of.first_year);
    out.json.field("last_year", of.last_year);
    out.json.field("months_ahead", of.months_ahead);
    out.json.field("signals", of.signals);
    out.json.field("followed", of.followed);
    out.number("share", of.share);
    out.number("low", of.low);
    out.number("high", of.high);
    out.number("base_rate", of.base_rate);
    out.json.end_object();
}

void write_front_page(JsonFields& out, const Front& of, Day as_of) {
    out.json.key("front").begin_object();
    out.list("worse", of.worse, [&](const FrontLine& line) { write_block_line(out, line, Telling::Chance); });
    for (const auto& [name, block] :
         {std::pair{"risen", &of.risen}, std::pair{"high", &of.high}, std::pair{"fallen", &of.fallen}})
        out.list(name, *block, [&](const FrontLine& line) { write_block_line(out, line, Telling::Figure); });
    out.list("unknown", of.unknown, [&](const UnknownLine& line) { write_unknown_line(out, line, as_of); });
    out.json.end_object();
}

}  // namespace icosa::brief
