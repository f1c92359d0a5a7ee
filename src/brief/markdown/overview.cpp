/// The first page of dossier.md: title, key figures, and a table of each group, a line a section.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_table(std::string& out, const std::vector<SectionPage>& pages, pack::Group group) {
    if (pages.empty()) return;
    put(out,
        "## {} at a glance\n\n| No. | Section | State | Signals | By chance | Clauses measured | Newest data "
        "|\n|---:|---|---|---:|---:|---|---|\n",
        group_title(group));
    for (const SectionPage& page : pages) {
        put(out, "| {} | {} | {} | {} | {} | {} of {} | {} |\n", page.number, markdown_title(page.title),
            markdown_state(page.state), grouped(page.signals),
            page.watches.empty() ? "–" : figure(rounded(expected_by_chance(page), 1)), page.counts.measured,
            page.counts.total(), authored_only(page) ? "authored facts only" : day_or(page.newest_data, "–"));
    }
    out += '\n';
}

}  // namespace

void write_overview(std::string& out, const Dossier& dossier) {
    const Totals& totals = dossier.totals;
    put(out, "**{}**\n\n# Icosa dossier, as of {}\n\n{}", markdown(dossier.handling), iso(dossier.as_of),
        markdown_title(dossier.framework_title));
    if (dossier.framework_date != no_day) put(out, ", {}", iso(dossier.framework_date));
    put(out, "  \n{}\n\n", markdown(dossier.framework_source));
    put(out, "- **{}** found, where **{}** would be expected by chance when nothing is going on\n",
        plural(totals.signals, "signal", "signals"), figure(rounded(totals.signals_expected_by_chance, 1)));
    put(out, "- **{}** examined by {} watches, {} of them with data\n", plural(totals.units_examined, "unit", "units"),
        grouped(totals.watches), grouped(totals.watches_with_data));
    put(out, "- **{} of {}** sources stale", totals.stale_sources.size(), dossier.sources.size());
    if (!totals.stale_sources.empty()) put(out, ": {}", markdown(stale_line(dossier)));
    out += '\n';
    if (totals.stale_facts > 0)
        put(out, "- {} past the day until which they were checked\n",
            plural(totals.stale_facts, "authored fact is", "authored facts are"));
    put(out, "\n{} {}\n\n", notice_quiet, notice_chance);
    write_caveats(out, dossier.caveats);
    write_table(out, dossier.areas, pack::Group::Area);
    write_table(out, dossier.principles, pack::Group::Principle);
    write_table(out, dossier.platforms, pack::Group::Platform);
    put(out, "{}\n\n", notice_unusualness);
}

}  // namespace icosa::brief
