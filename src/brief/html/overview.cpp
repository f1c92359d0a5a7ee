/// The overview of index.html: a table of each group, a line a section.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_table(HtmlSheet& out, const std::vector<SectionPage>& pages, pack::Group group) {
    if (pages.empty()) return;
    put(out.text,
        "<table class=\"overview cards\"><caption>{}</caption>\n<thead><tr><th scope=\"col\">No.</th><th "
        "scope=\"col\">Section</th><th scope=\"col\">State</th>"
        "<th scope=\"col\" class=\"n\">Signals<br>(by chance)</th><th scope=\"col\">Clauses<br>measured</th><th "
        "scope=\"col\">Newest<br>data</th>"
        "<th scope=\"col\">Most telling</th></tr></thead>\n<tbody>\n",
        group_title(group));
    for (const SectionPage& page : pages) {
        const std::string why = most_telling(page);
        put(out.text, "<tr><td>{}</td><td class=\"t\"><a href=\"#{}\">{}</a> {}</td><td>{}</td>", page.number,
            anchor(page.section), html(page.title.en), html_chinese(page.title), state_badge(page.state));
        put(out.text, "<td class=\"n x\" data-l=\"Signals (by chance):\">{} <span class=\"mute\">({})</span></td>",
            grouped(page.signals), page.watches.empty() ? "–" : figure(rounded(expected_by_chance(page), 1)));
        put(out.text,
            "<td class=\"nw x\" data-l=\"Clauses measured:\">{} of {}</td><td class=\"nw x\" data-l=\"Newest "
            "data:\">{}</td><td class=\"why\">{}</td></tr>\n",
            page.counts.measured, page.counts.total(), day_or(page.newest_data, "–"),
            why.empty() && authored_only(page) ? std::string("authored facts only") : html(cut(why, 170)));
    }
    out.text += "</tbody></table>\n";
}

}  // namespace

void write_overview(HtmlSheet& out) {
    out.text += "<section class=\"flow\" id=\"overview\">\n<h2>Overview</h2>\n";
    write_table(out, out.dossier.areas, pack::Group::Area);
    write_table(out, out.dossier.principles, pack::Group::Principle);
    write_table(out, out.dossier.platforms, pack::Group::Platform);
    out.text += "</section>\n";
}

}  // namespace icosa::brief
