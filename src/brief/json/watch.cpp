/// A watch's finding within dossier.json.
#include "brief/json/parts.hpp"

namespace icosa::brief {

void write_watch(JsonFields& out, const model::WatchFinding& of, const Dossier& dossier) {
    out.text("id", of.id);
    out.text("engine", of.engine);
    out.text("title", of.title);
    out.optional_text("title_zh", of.title_zh);
    out.optional_text("measure", of.measure);
    out.text("basis", model::basis_names[static_cast<std::size_t>(of.basis)]);
    if (!of.proxy.empty()) out.title("proxy", pack::Title{of.proxy, of.proxy_zh});
    out.optional_text("home", of.home);
    out.text("state", model::state_names[static_cast<std::size_t>(of.state)]);
    out.text("reading", of.reading);
    out.text("source", of.source);
    out.texts("other_sources", of.other_sources);
    out.day("observed_through", of.observed_through);
    out.json.field("units_examined", of.units_examined);
    out.number("signals_expected_by_chance", of.signals_expected_by_chance);
    out.json.field("tests", of.tests);
    if (!of.discovery_procedure.empty()) {
        out.json.key("false_discovery").begin_object();
        out.text("procedure", of.discovery_procedure);
        out.number("rate", of.false_discovery_rate);
        out.json.field("set_aside", of.set_aside);
        out.list("aside", of.aside, [&](const model::AlarmAside& one) {
            out.text("subject", one.subject);
            out.title("subject_title", pack::Title{one.subject_title, one.subject_title_zh});
            out.text("period", one.period);
            out.number("observed", one.observed);
            out.number("threshold", one.threshold);
        });
        out.json.end_object();
    }
    out.texts("clauses", of.clauses);
    out.texts("cites", of.cites);
    out.texts("caveats", of.caveats);
    out.list("signals", of.signals, [&](const model::Signal& each) { write_signal(out, each, dossier); });
    if (!of.told.empty())
        out.list("told", of.told, [&](const model::Told& each) {
            out.text("id", each.id);
            out.text("subject", each.subject);
            if (const auto told = dossier.sentences.find(each.id); told != dossier.sentences.end())
                out.title("sentence", told->second);
        });
    if (!of.chances.empty())
        out.list("chances", of.chances, [&](const model::Chance& each) { write_chance(out, each, dossier); });
    out.optional_text("last_seen", of.last_seen);
    if (of.record.model.empty()) return;
    out.list("forecasts", of.forecasts, [&](const model::Forecast& each) { write_forecast(out, each); });
    out.text("others_ahead", of.others_ahead);
    write_record(out, of.record);
}

}  // namespace icosa::brief
