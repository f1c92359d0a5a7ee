/// What the catalogue knows of a section's matter: instruments, mechanisms, mandates.
#include "brief/json/parts.hpp"

namespace icosa::brief {
namespace {

void write_knowledge(JsonFields& out, const std::string& source, Day known_through, bool stale) {
    out.text("authored_from", source);
    out.day("known_through", known_through);
    out.json.field("stale", stale);
}

}  // namespace

void write_instrument(JsonFields& out, const InstrumentLine& of) {
    out.text("id", of.id);
    out.text("kind", of.kind);
    out.title("title", of.title);
    out.text("short", of.short_title);
    out.day("in_force", of.in_force);
    out.count("participants", of.participants);
    out.text("status", of.status);
    write_knowledge(out, of.source, of.known_through, of.stale);
}

void write_mechanism(JsonFields& out, const MechanismLine& of) {
    out.text("id", of.id);
    out.text("kind", of.kind);
    out.title("name", of.name);
    out.count("members", of.members);
    out.count("cadence_months", of.cadence_months == 0 ? -1 : of.cadence_months);
    out.day("last_meeting", of.last_meeting);
    out.optional_text("meeting", of.meeting);
    write_knowledge(out, of.source, of.known_through, of.stale);
}

void write_mandate(JsonFields& out, const MandateLine& of) {
    out.text("id", of.id);
    out.text("mission", of.mission);
    out.title("name", of.name);
    out.text("host", of.host);
    out.text("resolution", of.resolution);
    out.day("expires_on", of.expires_on);
    out.text("chapter", of.chapter);
    out.text("force", of.force);
    out.title("status", of.status);
    out.count("authorised_troops", of.troops);
    out.count("authorised_observers", of.observers);
    out.count("authorised_police", of.police);
    out.text("consent", of.consent);
    out.optional_text("consent_note", of.consent_note);
    write_knowledge(out, of.source, of.known_through, of.stale);
}

}  // namespace icosa::brief
