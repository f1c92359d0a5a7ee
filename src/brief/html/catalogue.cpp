/// What the catalogue knows of a section's matter: mandates, instruments, mechanisms that could convene.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

std::string_view check_mark(bool stale) { return stale ? " <span class=\"b stale\">◐ check</span>" : ""; }

std::string strength(const MandateLine& line) {
    std::string out;
    const auto add = [&](std::int64_t number, std::string_view what) {
        if (number >= 0) out += fmt::format("{}{} {}", out.empty() ? "" : "<br>", grouped(number), what);
    };
    add(line.troops, "troops");
    add(line.observers, "observers and staff officers");
    add(line.police, "police");
    return out.empty() ? "–" : out;
}

void write_mandates(HtmlSheet& out, const SectionPage& page) {
    if (page.mandates.empty()) return;
    put(out.text,
        "<details class=\"fold\"><summary>{}</summary>\n<table class=\"cards\"><thead><tr><th scope=\"col\"><span "
        "class=\"en\" lang=\"en\">Operation</span><span class=\"zh\" lang=\"zh-Hans\">行动</span></th><th "
        "scope=\"col\"><span class=\"en\" lang=\"en\">Host</span><span class=\"zh\" "
        "lang=\"zh-Hans\">东道国</span></th><th scope=\"col\"><span class=\"en\" lang=\"en\">Resolution</span><span "
        "class=\"zh\" lang=\"zh-Hans\">决议</span></th><th scope=\"col\"><span class=\"en\" lang=\"en\">Stands"
        "</span><span class=\"zh\" lang=\"zh-Hans\">现状</span></th><th scope=\"col\"><span class=\"en\" "
        "lang=\"en\">Chapter</span><span class=\"zh\" lang=\"zh-Hans\">章</span></th><th scope=\"col\" "
        "class=\"n\"><span class=\"en\" lang=\"en\">Authorised</span><span class=\"zh\" "
        "lang=\"zh-Hans\">核定员额</span></th><th scope=\"col\"><span class=\"en\" lang=\"en\">Consent</span><span "
        "class=\"zh\" lang=\"zh-Hans\">同意</span></th></tr></thead><tbody>\n",
        both(plural(static_cast<std::int64_t>(page.mandates.size()), "mandate", "mandates"),
             grouped(static_cast<std::int64_t>(page.mandates.size())) + "项任务授权"));
    for (const MandateLine& line : page.mandates) {
        put(out.text,
            "<tr><td>{}{}<br><span class=\"mute\">{}</span></td><td data-l=\"host\">{}</td><td>{}</td><td "
            "data-l=\"stands\">{}</td><td data-l=\"chapter\">{}</td><td class=\"n\" data-l=\"authorised\">{}</td><td "
            "data-l=\"consent\">{}</td></tr>\n",
            html(line.mission), check_mark(line.stale), both(line.name), html(line.host), html(line.resolution),
            both(line.status), html(line.chapter), strength(line),
            html(line.consent + (line.consent_note.empty() ? "" : ": " + line.consent_note)));
    }
    out.text += "</tbody></table></details>\n";
}

void write_instruments(HtmlSheet& out, const SectionPage& page) {
    if (page.instruments.empty()) return;
    put(out.text,
        "<details class=\"fold\"><summary>{}</summary>\n<table class=\"cards\"><thead><tr><th scope=\"col\"><span "
        "class=\"en\" lang=\"en\">Instrument</span><span class=\"zh\" lang=\"zh-Hans\">文书</span></th><th "
        "scope=\"col\"><span class=\"en\" lang=\"en\">Kind</span><span class=\"zh\" "
        "lang=\"zh-Hans\">类别</span></th><th scope=\"col\"><span class=\"en\" lang=\"en\">Status</span><span "
        "class=\"zh\" lang=\"zh-Hans\">现状</span></th></tr></thead><tbody>\n",
        both(plural(static_cast<std::int64_t>(page.instruments.size()), "instrument", "instruments"),
             grouped(static_cast<std::int64_t>(page.instruments.size())) + "项文书"));
    for (const InstrumentLine& line : page.instruments) {
        put(out.text, "<tr><td>{}{}{}</td><td>{}</td><td>{}</td></tr>\n", both(line.title),
            line.short_title.empty() ? "" : " <span class=\"mute\">(" + html(line.short_title) + ")</span>",
            check_mark(line.stale), html(line.kind), html(line.status));
    }
    out.text += "</tbody></table></details>\n";
}

void write_mechanisms(HtmlSheet& out, const SectionPage& page) {
    if (page.mechanisms.empty()) return;
    put(out.text,
        "<details class=\"fold\"><summary>{}</summary>\n<table class=\"cards\"><thead><tr><th scope=\"col\"><span "
        "class=\"en\" lang=\"en\">Mechanism</span><span class=\"zh\" lang=\"zh-Hans\">机制</span></th><th "
        "scope=\"col\"><span class=\"en\" lang=\"en\">Kind</span><span class=\"zh\" "
        "lang=\"zh-Hans\">类别</span></th><th scope=\"col\" class=\"n\"><span class=\"en\" "
        "lang=\"en\">Members</span><span class=\"zh\" lang=\"zh-Hans\">成员</span></th><th scope=\"col\"><span "
        "class=\"en\" lang=\"en\">Meets</span><span class=\"zh\" lang=\"zh-Hans\">会期</span></th><th "
        "scope=\"col\"><span class=\"en\" lang=\"en\">Last known meeting</span><span class=\"zh\" "
        "lang=\"zh-Hans\">最近一次已知会议</span></th></tr></thead><tbody>\n",
        both(plural(static_cast<std::int64_t>(page.mechanisms.size()), "mechanism", "mechanisms")
                 + " that could convene",
             "可召集的机制" + grouped(static_cast<std::int64_t>(page.mechanisms.size())) + "个"));
    for (const MechanismLine& line : page.mechanisms) {
        put(out.text,
            "<tr><td>{}{}</td><td>{}</td><td class=\"n\" data-l=\"members\">{}</td><td data-l=\"meets\">{}</td><td "
            "data-l=\"last known meeting\">{}{}</td></tr>\n",
            both(line.name), check_mark(line.stale), html(line.kind), line.members < 0 ? "–" : grouped(line.members),
            cadence_text(line.cadence_months), day_or(line.last_meeting, "–"),
            line.meeting.empty() || line.last_meeting == no_day ? "" : ", " + html(line.meeting));
    }
    out.text += "</tbody></table></details>\n";
}

}  // namespace

void write_catalogue(HtmlSheet& out, const SectionPage& page) {
    const std::string later = later_line(page, out.dossier.as_of);
    if (!later.empty()) put(out.text, "<p class=\"meta\">{}</p>\n", html(later));
    write_mandates(out, page);
    write_instruments(out, page);
    write_mechanisms(out, page);
}

}  // namespace icosa::brief
