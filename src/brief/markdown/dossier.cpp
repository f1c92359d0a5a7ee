/// dossier.md whole: the pages of index.html as plain CommonMark with pipe tables. Its parts: parts.hpp.
#include "brief/escape.hpp"
#include "brief/markdown/parts.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

std::string render_markdown(const Dossier& dossier) {
    std::string out;
    write_overview(out, dossier);
    write_sections(out, dossier.areas, pack::Group::Area, dossier);
    write_sections(out, dossier.principles, pack::Group::Principle, dossier);
    write_sections(out, dossier.platforms, pack::Group::Platform, dossier);
    write_sources(out, dossier);
    write_references(out, dossier);
    put(out, "---\n\n{}\n\n{} {}\n\n{} · Icosa {} · packs {}\n", notice_boundaries, notice_quiet, notice_person,
        markdown(dossier.handling), markdown(dossier.version),
        dossier.packs_digest.empty() ? "–" : markdown_code(dossier.packs_digest));
    return out;
}

}  // namespace icosa::brief
