/// A signal within dossier.json, with its reason and the lines it rests on.
#include "brief/json/parts.hpp"

#include <cmath>

#include "brief/wording.hpp"

namespace icosa::brief {

void write_signal(JsonFields& out, const model::Signal& of, const Dossier& dossier) {
    out.text("id", of.id);
    out.text("subject", of.subject);
    out.text("subject_title", of.subject_title);
    if (of.around) {
        out.json.key("around").begin_object();
        out.number("lat", of.around->latitude_deg);
        out.number("lon", of.around->longitude_deg);
        out.number("radius_km", of.around->radius_km);
        out.json.end_object();
    }
    out.text("period", of.period);
    out.text("measure", of.measure);
    if (!of.parts.empty()) {
        out.list("parts", of.parts, [&](const model::Part& part) {
            out.text("measure", part.measure);
            out.number("value", part.value);
        });
    }
    write_change(out, of.course.change);
    out.json.field("lateness_days", of.lateness_days);
    out.number("observed", of.observed);
    out.number("expected", of.expected);
    out.number("threshold", of.threshold);
    out.json.field("unusualness", rounded(of.unusualness, 6));
    if (!std::isnan(of.adjusted_p_value)) out.number("adjusted_p_value", of.adjusted_p_value);
    if (!std::isnan(of.baseline.value)) {
        out.json.key("baseline").begin_object();
        out.number("value", of.baseline.value);
        out.text("what", of.baseline.what);
        out.json.end_object();
    }
    out.json.key("severity").begin_object();
    out.number("value", of.severity.value);
    out.text("unit", of.severity.unit);
    out.json.end_object();
    out.text("confidence", model::confidence_names[static_cast<std::size_t>(of.confidence)]);
    out.text("confidence_why", of.confidence_why);
    out.text("grade", model::grade_names[static_cast<std::size_t>(of.grade)]);
    out.optional_text("grade_why", of.grade_why);
    write_past_record(out, of.record);
    if (const auto told = dossier.sentences.find(of.id); told != dossier.sentences.end())
        out.title("sentence", told->second);
    out.text("reason", of.reason);
    write_lineage(out, of.lineage);
    out.texts("cites", of.cites);
    out.texts("caveats", of.caveats);
}

void write_lineage(JsonFields& out, const model::Lineage& of) {
    out.json.key("lineage").begin_object();
    out.json.field("rows", of.rows);
    out.texts("sources", of.sources);
    out.list("files", of.files, [&](const model::SourceLine& line) {
        out.text("file", line.file);
        out.json.field("line", static_cast<std::int64_t>(line.line));
    });
    if (of.sources.size() > 1 && of.told_by_several > 0) {
        out.json.field("told_by_several", of.told_by_several);
        out.list("partners", of.partners, [&](const model::PartnerLine& one) {
            out.text("of_file", one.of.file);
            out.json.field("of_line", static_cast<std::int64_t>(one.of.line));
            out.text("file", one.line.file);
            out.json.field("line", static_cast<std::int64_t>(one.line.line));
            out.text("source", one.source);
            out.json.field("distance_km", one.distance_km)
                .field("days", static_cast<std::int64_t>(one.days))
                .field("score", one.score);
        });
    }
    out.json.end_object();
}

}  // namespace icosa::brief
