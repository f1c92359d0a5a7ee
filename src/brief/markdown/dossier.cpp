/// dossier.md whole: the pages of index.html as plain CommonMark with pipe tables. Its parts: parts.hpp.
#include "brief/blocks.hpp"
#include "brief/escape.hpp"
#include "brief/markdown/parts.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

std::string render_markdown(const Dossier& dossier, Detail extent) {
    std::string out;
    write_head(out, dossier);
    write_front_page(out, dossier, extent);
    write_commitments(out, dossier);
    write_overview(out, dossier);
    if (extent == Detail::Full) {
        write_sections(out, dossier.areas, pack::Group::Area, dossier);
        write_sections(out, dossier.principles, pack::Group::Principle, dossier);
        write_sections(out, dossier.platforms, pack::Group::Platform, dossier);
    }
    write_sources(out, dossier, extent);
    if (extent == Detail::Full) write_references(out, dossier);
    put(out, "---\n\n{}\n\n{} · Icosa {} · packs {}\n", in(notice_boundaries_words, dossier.language),
        markdown(dossier.handling), markdown(dossier.version),
        dossier.packs_digest.empty() ? "–" : markdown_code(dossier.packs_digest));
    return out;
}

}  // namespace icosa::brief
