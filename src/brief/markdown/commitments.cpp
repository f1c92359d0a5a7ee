/// Commitments due, after the blocks of the first page, and on the page of their area.
#include "brief/commitments.hpp"

#include "brief/blocks.hpp"
#include "brief/escape.hpp"
#include "brief/markdown/parts.hpp"

namespace icosa::brief {

void write_commitments(std::string& out, const Dossier& dossier) {
    const Commitments& of = dossier.commitments;
    if (of.due.empty()) return;
    put(out, "## {} ({})\n\n{}\n\n", in(commitments_title, dossier.language), of.due.size(),
        in(commitments_note, dossier.language));
    for (const CommitmentLine& line : of.due)
        put(out, "- {}{}\n", markdown(in(commitment_sentence(line), dossier.language)),
            line.section.empty() ? "" : " [" + markdown(line.section) + "]");
    out += '\n';
}

void write_commitments(std::string& out, const SectionPage& page, const Dossier& dossier) {
    const auto lines = dossier.commitments.of(page.section);
    if (lines.empty()) return;
    put(out, "**{}**\n\n", in(commitments_title, dossier.language));
    for (const CommitmentLine* line : lines)
        put(out, "- {}\n", markdown(in(commitment_sentence(*line), dossier.language)));
    out += '\n';
}

}  // namespace icosa::brief
