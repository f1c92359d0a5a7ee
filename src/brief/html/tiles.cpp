/// Tiles: each section by number, name and state; the twenty areas open, principles and platforms folded.
#include "brief/html/parts.hpp"

#include "brief/blocks.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_group(HtmlSheet& out, const std::vector<SectionPage>& pages) {
    out.text += "<ol class=\"tiles\">\n";
    for (const SectionPage& page : pages) {
        const Tile en = tile_of(page, out.dossier.as_of, Language::En);
        const Tile zh = tile_of(page, out.dossier.as_of, Language::Zh);
        put(out.text,
            "<li class=\"{}\"><a href=\"#{}\"><span class=\"no\">{}</span><span class=\"t\">{}</span></a><span "
            "class=\"st\"><span class=\"m\" aria-hidden=\"true\">{}</span> {}</span></li>\n",
            en.kind, anchor(page.section), page.number, both(page.title), en.symbol, both(en.text, zh.text));
    }
    out.text += "</ol>\n";
}

}  // namespace

void write_tiles(HtmlSheet& out) {
    const Dossier& dossier = out.dossier;
    put(out.text,
        "<section class=\"alltiles\" id=\"overview\" aria-labelledby=\"overview-h\">\n<h2 id=\"overview-h\">{}</h2>\n",
        both(Words{"The areas", "各领域"}));
    write_group(out, dossier.areas);
    if (!dossier.principles.empty() || !dossier.platforms.empty()) {
        put(out.text, "<details><summary>{}</summary>\n", both(Words{"Principles and platforms", "原则和平台"}));
        write_group(out, dossier.principles);
        write_group(out, dossier.platforms);
        out.text += "</details>\n";
    }
    out.text += "</section>\n";
}

}  // namespace icosa::brief
