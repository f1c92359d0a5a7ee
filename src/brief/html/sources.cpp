/// The sources at the end of index.html, and the works that its methods cite.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

void write_sources(HtmlSheet& out) {
    out.text += "<section class=\"group flow\" id=\"sources\">\n<h2>";
    out.text += both(Words{"Sources", "来源"}) + "</h2>\n";
    if (out.dossier.sources.empty()) out.text += "<p>The store has no source.</p>\n";
    else {
        out.text +=
            "<table class=\"cards\"><thead><tr><th scope=\"col\"><span class=\"en\" lang=\"en\">Source</span><span "
            "class=\"zh\" lang=\"zh-Hans\">来源</span></th><th scope=\"col\" class=\"n\"><span class=\"en\" "
            "lang=\"en\">Rows</span><span class=\"zh\" lang=\"zh-Hans\">行数</span></th><th scope=\"col\" "
            "class=\"n\"><span class=\"en\" lang=\"en\">Rejected</span><span class=\"zh\" "
            "lang=\"zh-Hans\">拒收</span></th><th scope=\"col\" class=\"n\" title=\"rows whose place is "
            "unknown\"><span class=\"en\" lang=\"en\">Unplaced</span><span class=\"zh\" "
            "lang=\"zh-Hans\">未定位</span></th><th scope=\"col\"><span class=\"en\" lang=\"en\">Days</span><span "
            "class=\"zh\" lang=\"zh-Hans\">日期</span></th><th scope=\"col\"><span class=\"en\" "
            "lang=\"en\">State</span><span class=\"zh\" lang=\"zh-Hans\">状态</span></th><th scope=\"col\"><span "
            "class=\"en\" lang=\"en\">Licence and attribution</span><span class=\"zh\" "
            "lang=\"zh-Hans\">许可和署名</span></th></tr></thead><tbody>\n";
        for (const model::SourceState& source : out.dossier.sources) {
            put(out.text,
                "<tr id=\"s-{}\"><td>{}<br><code>{}</code></td><td class=\"n\" data-l=\"rows\">{}</td><td class=\"n\" "
                "data-l=\"rejected\">{}</td><td class=\"n\" data-l=\"unplaced\">{}</td><td class=\"nw\">{} – "
                "{}</td><td>{}</td><td>{}{}</td></tr>\n",
                anchor(source.id), html(source.title), html(source.id), grouped(source.rows), grouped(source.rejected),
                grouped(source.unplaced), day_or(source.first, "?"), day_or(source.last, "?"),
                source.stale ? "<span class=\"b stale\">◐ " + both(Words{"stale", "过期"}) + "</span>"
                             : both(Words{"current", "当前"}),
                html(source.licence), source.attribution.empty() ? "" : ". " + html(source.attribution));
        }
        out.text += "</tbody></table>\n";
    }
    out.text += "</section>\n";
}

void write_references(HtmlSheet& out) {
    if (out.dossier.references.empty()) return;
    out.text += "<section class=\"flow\" id=\"references\">\n<h2>";
    out.text += both(Words{"Methods cited", "所引方法"}) + "</h2>\n<ul>\n";
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
