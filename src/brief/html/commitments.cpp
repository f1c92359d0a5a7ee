/// Commitments due, folded at the first page's foot, and on the page of their area.
#include "brief/commitments.hpp"

#include "brief/blocks.hpp"
#include "brief/escape.hpp"
#include "brief/html/parts.hpp"

namespace icosa::brief {

void write_commitments(HtmlSheet& out) {
    const Commitments& of = out.dossier.commitments;
    if (of.due.empty()) return;
    put(out.text,
        "<section class=\"block folded\" id=\"commitments\">\n<details><summary><h2>{} "
        "<small>{}</small></h2></summary>\n<p class=\"bn\">{}</p>\n<ul class=\"lines\">\n",
        both(commitments_title), of.due.size(), both(commitments_note));
    for (const CommitmentLine& line : of.due) {
        put(out.text, "<li><div class=\"s\">{}</div>", both(commitment_sentence(line)));
        if (!line.section.empty())
            put(out.text, "<span class=\"ar\"><a href=\"#{}\">{}</a></span>", anchor(line.section),
                html(line.section.starts_with("III.") ? line.section.substr(4) : line.section));
        out.text += "</li>\n";
    }
    out.text += "</ul>\n</details></section>\n";
}

void write_commitments(HtmlSheet& out, const SectionPage& page) {
    const auto lines = out.dossier.commitments.of(page.section);
    if (lines.empty()) return;
    put(out.text, "<p class=\"mute\">{}:</p>\n<ul class=\"mute\">", both(commitments_title));
    for (const CommitmentLine* line : lines) put(out.text, "<li>{}</li>", both(commitment_sentence(*line)));
    out.text += "</ul>\n";
}

}  // namespace icosa::brief
