/// What the catalogue knows of a section's matter: mandates, instruments, mechanisms that could convene.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

std::string check_mark(bool stale) { return stale ? " (◐ check)" : ""; }

std::string count(std::int64_t of) { return of < 0 ? "–" : grouped(of); }

void write_mandates(std::string& out, const SectionPage& page, Language language) {
    if (page.mandates.empty()) return;
    out +=
        "**Mandates**\n\n| Operation | Host | Resolution | Stands | Chapter | Troops | Observers | Police | Consent "
        "|\n|---|---|---|---|---|---:|---:|---:|---|\n";
    for (const MandateLine& line : page.mandates) {
        put(out, "| {}{} | {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown(line.mission), check_mark(line.stale),
            markdown(line.host), markdown(line.resolution), markdown(in(line.status, language)), markdown(line.chapter),
            count(line.troops), count(line.observers), count(line.police), markdown(line.consent));
    }
    out += '\n';
}

void write_instruments(std::string& out, const SectionPage& page) {
    if (page.instruments.empty()) return;
    out += "**Instruments**\n\n| Instrument | Kind | Status |\n|---|---|---|\n";
    for (const InstrumentLine& line : page.instruments) {
        put(out, "| {}{}{} | {} | {} |\n", markdown_title(line.title),
            line.short_title.empty() ? "" : " (" + markdown(line.short_title) + ")", check_mark(line.stale),
            markdown(line.kind), markdown(line.status));
    }
    out += '\n';
}

void write_mechanisms(std::string& out, const SectionPage& page) {
    if (page.mechanisms.empty()) return;
    out +=
        "**Mechanisms that could convene**\n\n| Mechanism | Kind | Members | Meets | Last known meeting "
        "|\n|---|---|---:|---|---|\n";
    for (const MechanismLine& line : page.mechanisms) {
        put(out, "| {}{} | {} | {} | {} | {}{} |\n", markdown_title(line.name), check_mark(line.stale),
            markdown(line.kind), count(line.members), cadence_text(line.cadence_months), day_or(line.last_meeting, "–"),
            line.meeting.empty() || line.last_meeting == no_day ? "" : ", " + markdown(line.meeting));
    }
    out += '\n';
}

}  // namespace

void write_catalogue(std::string& out, const SectionPage& page, const Dossier& dossier) {
    const std::string later = later_line(page, dossier.as_of);
    if (!later.empty()) put(out, "{}\n\n", later);
    write_mandates(out, page, dossier.language);
    write_instruments(out, page);
    write_mechanisms(out, page);
}

}  // namespace icosa::brief
