/// index.html whole: one file that reads without script, prints, and asks the network for nothing. Its parts:
/// parts.hpp.
#include "brief/html/parts.hpp"
#include "brief/render.hpp"

namespace icosa::brief {

std::string render_html(const Dossier& dossier) {
    HtmlSheet out(dossier);
    write_head(out);
    out.text += "<main id=\"content\">\n";
    write_front_page(out);
    write_guide(out);
    write_sections(out, dossier.areas, pack::Group::Area);
    write_sections(out, dossier.principles, pack::Group::Principle);
    write_sections(out, dossier.platforms, pack::Group::Platform);
    write_sources(out);
    write_references(out);
    out.text += "</main>\n";
    write_foot(out);
    return std::move(out.text);
}

}  // namespace icosa::brief
