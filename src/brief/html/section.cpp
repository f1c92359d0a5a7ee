/// A section's page within index.html: its heading and facts, then its parts.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_page(HtmlSheet& out, const SectionPage& page) {
    const std::string id = anchor(page.section);
    put(out.text,
        "<article id=\"{}\" aria-labelledby=\"{}-h\">\n<p class=\"eyebrow\">{} · {}<span class=\"up\"> · <a "
        "href=\"#overview\">overview</a></span></p>\n<h3 id=\"{}-h\">{}. {}</h3>\n",
        id, id, html(page.section), html(page.id), id, page.number, html_title(page.title));
    put(out.text, "<p class=\"facts\">{} ", state_badge(page.state));
    if (!page.watches.empty()) {
        put(out.text, "{}, {} expected by chance · ", plural(page.signals, "signal", "signals"),
            figure(rounded(expected_by_chance(page), 1)));
    }
    if (page.newest_data != no_day) put(out.text, "data to {} · ", iso(page.newest_data));
    put(out.text, "{}</p>\n", clause_line(page.counts));
    if (!page.note.empty()) put(out.text, "<p class=\"notice\">{}</p>\n", html(page.note));
    if (authored_only(page))
        out.text += "<p class=\"mute\">This section rests on authored facts; no watch measures it.</p>\n";
    write_clauses(out, page);
    for (const model::WatchFinding& finding : page.watches) write_watch(out, finding);
    write_catalogue(out, page);
    out.text += "</article>\n";
}

}  // namespace

void write_sections(HtmlSheet& out, const std::vector<SectionPage>& pages, pack::Group group) {
    const std::string_view id = group == pack::Group::Area ? "areas"
        : group == pack::Group::Principle                  ? "principles"
                                                           : "platforms";
    put(out.text, "<section class=\"group{}\" id=\"{}\">\n<h2>{}</h2>\n", group == pack::Group::Area ? "" : " flow", id,
        group_title(group));
    for (const SectionPage& page : pages) write_page(out, page);
    out.text += "</section>\n";
}

}  // namespace icosa::brief
