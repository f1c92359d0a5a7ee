/// A section's page within dossier.json, and its clauses.
#include "brief/json/parts.hpp"

#include "brief/clauses.hpp"
#include "brief/differences.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_clause(JsonFields& out, const ClausePage& of) {
    out.text("id", of.id);
    out.title("asks", of.asks);
    out.text("status", clause_status_name(of.status));
    if (of.status == pack::ClauseStatus::Measured) {
        out.text("basis", model::basis_names[static_cast<std::size_t>(of.basis)]);
        out.json.field("alive", of.alive);
        out.day("known_to", of.known_to);
        out.json.field("answered", of.answered);
    }
    out.texts("watches", of.watches);
    out.list("rests_on", of.rests_on, [&](const Fact& fact) {
        out.text("id", fact.id);
        out.text("kind", fact_kind_names[static_cast<std::size_t>(fact.kind)]);
        out.title("title", fact.title);
        out.json.field("stale", fact.stale);
        out.json.field("later", fact.later);
    });
    out.optional_text("reason", of.reason);
    out.optional_text("no_data", of.no_data);
}

}  // namespace

void write_section(JsonFields& out, const SectionPage& page, const Dossier& dossier) {
    out.json.field("number", page.number);
    out.text("id", page.id);
    out.text("section", page.section);
    out.title("title", page.title);
    out.text("state", model::state_names[static_cast<std::size_t>(page.state)]);
    out.day("observed_through", page.observed_through);
    out.json.key("trend").begin_object();
    out.json.field("worse", page.trend.worse);
    out.json.field("new", page.trend.fresh);
    out.json.field("rising", page.trend.rising);
    out.json.field("dropped", page.trend.dropped);
    out.json.field("high", page.trend.high);
    out.json.field("fallen", page.trend.fallen);
    out.json.end_object();
    out.json.key("clauses").begin_object();
    out.json.field("measured", page.counts.measured);
    out.json.field("alive", page.counts.alive);
    out.json.field("stale", page.counts.stale);
    out.json.field("membership", page.counts.membership);
    out.json.field("packs", page.counts.packs);
    out.json.field("authored", page.counts.authored);
    out.json.field("not_measurable", page.counts.not_measurable);
    out.json.end_object();
    out.optional_text("note", page.note);
    const pack::Title unanswered = unanswered_line(page);
    if (!unanswered.en.empty()) out.title("cannot_be_answered", unanswered);
    out.list("clause_list", page.clauses, [&](const ClausePage& clause) { write_clause(out, clause); });
    out.list("watches", page.watches, [&](const model::WatchFinding& watch) { write_watch(out, watch, dossier); });
    out.list("instruments", page.instruments, [&](const InstrumentLine& line) { write_instrument(out, line); });
    out.list("mechanisms", page.mechanisms, [&](const MechanismLine& line) { write_mechanism(out, line); });
    out.list("mandates", page.mandates, [&](const MandateLine& line) { write_mandate(out, line); });
    out.list("differences", page.differences, [&](const pack::Difference& one) {
        out.text("id", one.id);
        out.text("source", one.source);
        out.title("of", one.of);
        out.number("in_file", one.in_file);
        out.number("elsewhere", one.elsewhere);
        out.title("by", one.by);
        out.title("sentence", difference_line(one));
        out.day("reviewed", one.reviewed);
    });
    out.json.field("later_facts", page.later_facts);
}

}  // namespace icosa::brief
