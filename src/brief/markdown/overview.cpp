/// The head of dossier.md and its table of sections, a line each.
#include "brief/markdown/parts.hpp"

#include "brief/blocks.hpp"
#include "brief/cluster_map.hpp"
#include "brief/commands.hpp"
#include "brief/dates.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_table(std::string& out, const std::vector<SectionPage>& pages, pack::Group group, const Dossier& dossier) {
    if (pages.empty()) return;
    const Language language = dossier.language;
    put(out, "## {}\n\n{}\n|---:|---|---|\n", group_title(group, language),
        in(Words{"| No. | Section | State |", "| 序号 | 名称 | 状况 |"}, language));
    for (const SectionPage& page : pages) {
        const Tile tile = tile_of(page, dossier.as_of, language);
        put(out, "| {} | {} | {} {} |\n", page.number, markdown(in(page.title, language)), tile.symbol,
            markdown(tile.text));
    }
    out += '\n';
    for (const SectionPage& page : pages) {
        if (clusters_of(page).empty()) continue;
        put(out, "![{}, {}: {}]({})\n\n", markdown(in(cluster_map_words, language)), markdown(page.section),
            markdown(in(cluster_places(page, dossier), language)), cluster_map_name(page));
    }
}

}  // namespace

void write_head(std::string& out, const Dossier& dossier) {
    const Language language = dossier.language;
    put(out, "**{}**\n\n# Icosa, {}\n\n{}\n\n", markdown(dossier.handling), day_words(dossier.as_of, language),
        markdown(newest_words(dossier, language)));
    if (!dossier.caveats.empty()) write_caveats(out, dossier.caveats);
}

void write_overview(std::string& out, const Dossier& dossier) {
    const Language language = dossier.language;
    write_table(out, dossier.areas, pack::Group::Area, dossier);
    write_table(out, dossier.principles, pack::Group::Principle, dossier);
    write_table(out, dossier.platforms, pack::Group::Platform, dossier);
    const Totals& totals = dossier.totals;
    put(out, "{} {} {}\n\n", totals_words(totals, language), in(notice_quiet_words, language),
        in(notice_person_words, language));
    put(out, "{} {}\n\n", language == Language::Zh ? "所有条款、监测和信号：" : "All clauses, watches and signals:",
        markdown_code(run_command_line(dossier.as_of, dossier.db, "--full")));
}

}  // namespace icosa::brief
