/// The sources at the end of dossier.md, and the works that its methods cite.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

namespace {

void write_source_lines(std::string& out, const Dossier& dossier) {
    const bool zh = dossier.language == Language::Zh;
    for (const model::SourceState& source : dossier.sources)
        put(out, "- {}{}{}{}; {}\n", markdown(source.title), zh ? "，截至" : ", to ", day_or(source.last, "–"),
            source.stale ? (zh ? "（过期）" : " (stale)") : "", markdown(source.licence));
    out += '\n';
}

}  // namespace

void write_sources(std::string& out, const Dossier& dossier, Detail extent) {
    out += dossier.language == Language::Zh ? "## 来源\n\n" : "## Sources\n\n";
    if (dossier.sources.empty()) {
        out += "The store has no source.\n\n";
        return;
    }
    if (extent == Detail::Short) {
        write_source_lines(out, dossier);
        return;
    }
    out +=
        "| Source | Id | Rows | Rejected | Unplaced | First day | Last day | State | Licence | "
        "Attribution |\n|---|---|---:|---:|---:|---|---|---|---|---|\n";
    for (const model::SourceState& source : dossier.sources) {
        put(out, "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown(source.title), markdown(source.id),
            grouped(source.rows), grouped(source.rejected), grouped(source.unplaced), day_or(source.first, "–"),
            day_or(source.last, "–"), source.stale ? "◐ stale" : "current", markdown(source.licence),
            markdown(source.attribution));
    }
    out += '\n';
}

void write_references(std::string& out, const Dossier& dossier) {
    if (dossier.references.empty()) return;
    out += "## Methods cited\n\n";
    for (const Reference& reference : dossier.references) {
        put(out, "- {}: {}", markdown(reference.key), markdown(reference.text));
        if (is_web_address(reference.url)) put(out, " <{}>", reference.url);
        out += '\n';
    }
    out += '\n';
}

}  // namespace icosa::brief
