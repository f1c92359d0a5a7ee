/// The ledger's head, and commitments due; nothing without a ledger.
#include "brief/commitments.hpp"

#include "brief/json/parts.hpp"

namespace icosa::brief {

void write_commitments(JsonFields& out, const Commitments& of) {
    if (!of.has_ledger) return;
    out.json.key("commitments").begin_object();
    out.text("head", of.head);
    out.json.field("open", of.open);
    out.list("due", of.due, [&](const CommitmentLine& line) {
        out.text("id", line.id);
        out.text("owner", line.owner);
        out.text("what", line.what);
        out.text("section", line.section);
        out.text("state", line.days_left < 0 ? "overdue" : line.state);
        out.day("due", line.due);
        out.json.field("days_left", line.days_left);
        out.optional_text("evidence", line.evidence);
        out.title("sentence", commitment_sentence(line));
    });
    out.json.end_object();
}

}  // namespace icosa::brief
