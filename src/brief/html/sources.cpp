/// The sources at the end of index.html, and the works that its methods cite.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

void write_sources(HtmlSheet& out) {
    out.text += "<section class=\"group flow\" id=\"sources\">\n<h2>Sources</h2>\n";
    if (out.dossier.sources.empty()) out.text += "<p>The store has no source.</p>\n";
    else {
        out.text +=
            "<table class=\"cards\"><thead><tr><th scope=\"col\">Source</th><th scope=\"col\" "
            "class=\"n\">Rows</th><th scope=\"col\" class=\"n\">Rejected</th>"
            "<th scope=\"col\" class=\"n\" title=\"rows whose place is unknown\">Unplaced</th><th "
            "scope=\"col\">Days</th>"
            "<th scope=\"col\">State</th><th scope=\"col\">Licence and attribution</th></tr></thead><tbody>\n";
        for (const model::SourceState& source : out.dossier.sources) {
            put(out.text,
                "<tr id=\"s-{}\"><td>{}<br><code>{}</code></td><td class=\"n\" data-l=\"rows\">{}</td><td "
                "class=\"n\" data-l=\"rejected\">{}</td><td class=\"n\" data-l=\"unplaced\">{}</td><td class=\"nw\">{} "
                "– "
                "{}</td><td>{}</td><td>{}{}</td></tr>\n",
                anchor(source.id), html(source.title), html(source.id), grouped(source.rows), grouped(source.rejected),
                grouped(source.unplaced), day_or(source.first, "?"), day_or(source.last, "?"),
                source.stale ? "<span class=\"b stale\">◐ stale</span>" : "current", html(source.licence),
                source.attribution.empty() ? "" : ". " + html(source.attribution));
        }
        out.text += "</tbody></table>\n";
    }
    out.text += "</section>\n";
}

void write_references(HtmlSheet& out) {
    if (out.dossier.references.empty()) return;
    out.text += "<section class=\"flow\" id=\"references\">\n<h2>Methods cited</h2>\n<ul>\n";
    for (const Reference& reference : out.dossier.references) {
        put(out.text, "<li id=\"r-{}\"><code>{}</code> {}", anchor(reference.key), html(reference.key),
            html(reference.text));
        if (is_web_address(reference.url))
            put(out.text, " <a href=\"{}\">{}</a>", html(reference.url), html(reference.url));
        out.text += "</li>\n";
    }
    out.text += "</ul>\n</section>\n";
}

}  // namespace icosa::brief
