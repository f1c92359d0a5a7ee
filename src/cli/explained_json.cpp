/// What is explained, as one JSON object.
#include "cli/explained.hpp"

#include <cmath>
#include <cstdio>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"

namespace icosa::cli {
namespace {

void write_options(JsonWriter& json, const std::vector<detect::ToldOption>& options) {
    json.key("options").begin_object();
    for (const auto& one : options) {
        if (const auto number = parse_number(one.value)) json.field(one.name, *number);
        else json.field(one.name, one.value);
    }
    json.end_object();
}

void write_baseline(JsonWriter& json, const Explained& of) {
    json.key("baseline").begin_array();
    for (const BaselineValue& one : of.baseline) {
        json.begin_object().field("period", one.period).field("value", one.value);
        if (of.series) json.field("expected", one.expected).field("threshold", one.threshold).field("alarm", one.alarm);
        json.end_object();
    }
    json.end_array();
}

void write_course(JsonWriter& json, const model::Course& of) {
    json.key("course").begin_object();
    json.field("change", model::change_names[static_cast<int>(of.change)])
        .field("periods", of.span)
        .field("now", of.now)
        .field("before", of.before)
        .field("year_before", of.year_before)
        .end_object();
}

void write_record(JsonWriter& json, const std::string& sentence, const model::Record* of) {
    json.key("record").begin_object().field("sentence", sentence);
    if (of && !of->outcome.empty())
        json.field("outcome", of->outcome)
            .field("first_year", of->first_year)
            .field("last_year", of->last_year)
            .field("months_ahead", of->months_ahead)
            .field("signals", of->signals)
            .field("followed", of->followed)
            .field("share", of->share)
            .field("low", of->low)
            .field("high", of->high)
            .field("base_rate", of->base_rate);
    json.end_object();
}

void write_signal_fields(JsonWriter& json, const model::Signal& of, const std::string& grade_rule) {
    json.field("observed", of.observed)
        .field("expected", of.expected)
        .field("threshold", of.threshold)
        .field("unusualness", of.unusualness)
        .field("adjusted_p", of.adjusted_p_value)
        .field("severity", of.severity.value)
        .field("severity_unit", of.severity.unit)
        .field("grade", model::grade_names[static_cast<int>(of.grade)])
        .field("grade_why", of.grade_why)
        .field("grade_rule", grade_rule)
        .field("size", model::size_names[static_cast<int>(of.size)])
        .field("lateness_days", of.lateness_days)
        .field("confidence", model::confidence_names[static_cast<int>(of.confidence)])
        .field("confidence_why", of.confidence_why);
    if (!std::isnan(of.baseline.value))
        json.field("baseline_what", of.baseline.what).field("baseline_value", of.baseline.value);
    write_course(json, of.course);
    json.field("reason", of.reason);
}

void write_lines(JsonWriter& json, const std::vector<SourceText>& lines) {
    json.key("lines").begin_array();
    for (const auto& line : lines) {
        json.begin_object()
            .field("file", line.at.file)
            .field("line", line.at.line)
            .field("digest", line.at.digest)
            .field("known", iso(line.at.known_day));
        if (line.text.empty()) json.key("text").null();
        else json.field("text", line.text);
        if (!line.source.empty()) json.field("source", line.source);
        if (line.partner) {
            const model::PartnerLine& of = *line.partner;
            json.key("tells_too_of").begin_object().field("file", of.of.file).field("line", of.of.line);
            json.field("distance_km", of.distance_km).field("days", of.days).field("score", of.score).end_object();
        }
        if (!line.doubt.empty()) json.field("credibility", line.at.credibility).field("doubt", line.doubt);
        json.end_object();
    }
    json.end_array();
}

}  // namespace

void print_explained_json(const Explained& of) {
    const Named& named = of.of;
    JsonWriter json(2);
    json.begin_object()
        .field("id", of.id)
        .field("watch", of.watch.id)
        .field("as_of", iso(of.moment.as_of))
        .field("newest", iso(of.moment.newest))
        .field("subject", named.subject())
        .field("subject_title", named.title())
        .field("period", named.period())
        .field("sentence", of.sentence)
        .field("engine", of.watch.engine)
        .field("method", of.method.empty() ? of.watch.engine : of.method)
        .field("method_summary", of.method_summary);
    write_options(json, of.options);
    write_baseline(json, of);
    if (named.signal) write_signal_fields(json, *named.signal, of.grade_rule);
    if (named.forecast)
        json.field("forecast", named.forecast->probability.statement)
            .field("probability", named.forecast->probability.value);
    if (named.chance)
        json.field("chance", named.chance->probability.statement)
            .field(named.forecast ? "chance_probability" : "probability", named.chance->probability.value);
    write_record(json, of.record,
                 named.signal       ? &named.signal->record
                     : named.chance ? &named.chance->record
                                    : nullptr);
    write_lines(json, of.lines);
    json.end_object();
    fmt::print("{}\n", json.text());
}

}  // namespace icosa::cli
