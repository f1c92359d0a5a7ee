/// A section's page within dossier.md: its heading, facts and clauses, then its parts.
#include "brief/markdown/parts.hpp"

#include "brief/clauses.hpp"
#include "brief/differences.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_clause_list(std::string& out, const SectionPage& page) {
    for (const ClausePage& clause : page.clauses) {
        std::string word(clause_status_name(clause.status));
        if (clause.status == pack::ClauseStatus::NotMeasurable) word = "not measurable";
        if (clause.status == pack::ClauseStatus::Measured && !clause.answered) word = "measured, no data";
        if (clause.status == pack::ClauseStatus::Measured && clause.basis != model::Basis::Data)
            word += ", " + basis_word(clause.basis).en;
        put(out, "- **{}** ({}) {}", markdown(clause.id), word, markdown_title(clause.asks));
        if (!clause.watches.empty()) put(out, " — {}", markdown_codes(clause.watches));
        std::string facts;
        for (const Fact& fact : clause.rests_on)
            facts += (facts.empty() ? "" : "; ") + markdown(fact.title.en) + std::string(fact_mark(fact));
        if (!facts.empty()) put(out, " — rests on {}", facts);
        if (!clause.reason.empty()) put(out, " — because {}", markdown(clause.reason));
        if (!clause.no_data.empty()) put(out, " — no data: {}", markdown(clause.no_data));
        out += '\n';
    }
    if (!page.clauses.empty()) out += '\n';
}

void write_differences(std::string& out, const SectionPage& page, Language language) {
    if (page.differences.empty()) return;
    put(out, "**{}**\n\n", in(differences_title, language));
    for (const pack::Difference& one : page.differences)
        put(out, "- {}\n", markdown(in(difference_line(one), language)));
    out += '\n';
}

void write_page(std::string& out, const SectionPage& page, const Dossier& dossier) {
    put(out, "### {}. {}\n\n{} · **{}** · {}", page.number, markdown_title(page.title), markdown(page.section),
        markdown_state(page.state), "clauses: " + clause_line(page.counts).en);
    if (!page.watches.empty()) {
        put(out, " · {}, {} expected by chance", plural(page.signals, "signal", "signals"),
            figure(rounded(expected_by_chance(page), 1)));
    }
    if (page.newest_data != no_day) put(out, " · data to {}", iso(page.newest_data));
    out += "\n\n";
    if (const pack::Title unanswered = unanswered_line(page); !unanswered.en.empty())
        put(out, "{}\n\n", markdown(unanswered.en));
    if (!page.note.empty()) put(out, "> {}\n\n", markdown(page.note));
    if (authored_only(page)) out += "This section rests on authored facts; no watch measures it.\n\n";
    write_clause_list(out, page);
    for (const model::WatchFinding& finding : page.watches) write_watch(out, finding, dossier);
    if (!page.tally.en.empty()) put(out, "{}\n\n", markdown(in(page.tally, dossier.language)));
    write_responses(out, page, dossier.language);
    write_differences(out, page, dossier.language);
    write_commitments(out, page, dossier);
    write_catalogue(out, page, dossier);
}

}  // namespace

void write_sections(std::string& out, const std::vector<SectionPage>& pages, pack::Group group,
                    const Dossier& dossier) {
    if (pages.empty()) return;
    put(out, "## {}\n\n", group_title(group));
    for (const SectionPage& page : pages) write_page(out, page, dossier);
}

}  // namespace icosa::brief
