/// dossier.json whole: totals, the sections of each group, sources, references. Its parts: parts.hpp.
#include "brief/json/parts.hpp"

#include "brief/fired_trigger.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_totals(JsonFields& out, const Dossier& from) {
    const Totals& of = from.totals;
    out.json.key("totals").begin_object();
    out.json.field("watches", of.watches);
    out.json.field("watches_with_data", of.watches_with_data);
    out.json.field("units_examined", of.units_examined);
    out.json.field("signals", of.signals);
    out.number("signals_expected_by_chance", of.signals_expected_by_chance);
    out.texts("stale_sources", of.stale_sources);
    out.json.field("stale_facts", of.stale_facts);
    out.json.key("areas_by_state").begin_object();
    for (const model::State state :
         {model::State::Signal, model::State::Quiet, model::State::Stale, model::State::NoData}) {
        std::int64_t n = 0;
        for (const SectionPage& page : from.areas) n += page.state == state;
        out.json.field(model::state_names[static_cast<std::size_t>(state)], n);
    }
    out.json.end_object();
    out.json.end_object();
}

void write_group(JsonFields& out, std::string_view name, const std::vector<SectionPage>& of, const Dossier& dossier) {
    out.list(name, of, [&](const SectionPage& page) { write_section(out, page, dossier); });
}

void write_source(JsonFields& out, const model::SourceState& of) {
    out.text("id", of.id);
    out.text("title", of.title);
    out.json.field("rows", of.rows);
    out.json.field("rejected", of.rejected);
    out.json.field("unplaced", of.unplaced);
    out.json.field("files", of.files);
    out.day("first", of.first);
    out.day("last", of.last);
    out.json.field("stale", of.stale);
    out.text("licence", of.licence);
    out.text("attribution", of.attribution);
}

void write_trigger(JsonFields& out, const FiredTrigger& of) {
    out.text("id", of.id);
    out.text("rule", of.rule);
    out.text("state", trigger_state_names[static_cast<std::size_t>(of.state)]);
    out.optional_text("why", of.why);
    out.optional_text("source", of.source);
    out.optional_text("month", of.month);
    out.list("units", of.units, [&](const FiredUnit& unit) {
        out.text("id", unit.id);
        out.text("name", unit.name);
        out.number("sum", unit.sum);
        out.text("since", unit.since);
    });
    out.optional_text("owner", of.owner);
    out.optional_text("action", of.action);
    out.optional_text("budget", of.budget);
    out.day("deadline", of.deadline);
    out.json.key("record").begin_object();
    out.optional_text("first", of.past.first);
    out.optional_text("last", of.past.last);
    out.json.field("fired", of.past.fired).field("followed", of.past.followed);
    out.number("base_rate", of.past.base_rate);
    out.number("false_alarms_a_year", of.past.false_alarms_a_year);
    out.text("sentence", of.record);
    out.json.end_object();
}

}  // namespace

std::string render_json(const Dossier& from) { return render_json(from, {}); }

std::string render_json(const Dossier& from, const std::vector<FiredTrigger>& triggers) {
    JsonFields out;
    out.json.begin_object();
    out.day("as_of", from.as_of);
    out.text("icosa", from.version);
    out.text("packs", from.packs_digest);
    out.text("handling", from.handling);
    out.texts("withheld_sources", from.withheld_sources);
    out.text("language", from.language == Language::Zh ? "zh" : "en");
    out.optional_text("db", from.db);
    out.json.key("framework").begin_object();
    out.text("id", from.framework_id);
    out.title("title", from.framework_title);
    out.text("source", from.framework_source);
    out.day("date", from.framework_date);
    out.json.end_object();
    write_totals(out, from);
    out.texts("caveats", from.caveats);
    write_front_page(out, from.front, from.as_of);
    write_commitments(out, from.commitments);
    out.list("countries", from.countries, [&](const CountryLine& line) {
        out.text("place", line.place);
        out.title("title", line.title);
        out.text("grade", model::grade_names[static_cast<std::size_t>(line.grade)]);
        std::vector<std::string> ids;
        for (const CountryLine::Entry& entry : line.signals) ids.push_back(entry.id);
        out.texts("signals", ids);
    });
    write_group(out, "areas", from.areas, from);
    write_group(out, "principles", from.principles, from);
    write_group(out, "platforms", from.platforms, from);
    out.list("sources", from.sources, [&](const model::SourceState& source) { write_source(out, source); });
    out.list("references", from.references, [&](const Reference& reference) {
        out.text("key", reference.key);
        out.text("text", reference.text);
        out.text("url", reference.url);
    });
    if (!triggers.empty()) out.list("triggers", triggers, [&](const FiredTrigger& one) { write_trigger(out, one); });
    out.text("notice", notice_boundaries);
    out.json.end_object();
    return out.json.text() + "\n";
}

}  // namespace icosa::brief
