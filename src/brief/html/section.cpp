/// A section's page within index.html: what its watches found first; what is quiet, silent or asked for folded below.
#include "brief/html/parts.hpp"

#include "brief/blocks.hpp"
#include "brief/clauses.hpp"
#include "brief/cluster_map.hpp"
#include "brief/differences.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_folded(HtmlSheet& out, const SectionPage& page, const Words& title, auto is_in) {
    std::int64_t count = 0;
    for (const model::WatchFinding& watch : page.watches) count += is_in(watch);
    if (count == 0) return;
    put(out.text, "<details class=\"fold\"><summary>{} <small>{}</small></summary>\n", both(title), count);
    for (const model::WatchFinding& watch : page.watches) {
        if (is_in(watch)) write_watch(out, watch);
    }
    out.text += "</details>\n";
}

void write_differences(HtmlSheet& out, const SectionPage& page) {
    if (page.differences.empty()) return;
    put(out.text, "<p class=\"mute\">{}:</p>\n<ul class=\"mute\">", both(differences_title));
    for (const pack::Difference& one : page.differences) put(out.text, "<li>{}</li>", both(difference_line(one)));
    out.text += "</ul>\n";
}

void write_page(HtmlSheet& out, const SectionPage& page) {
    const std::string id = anchor(page.section);
    const Tile en = tile_of(page, out.dossier.as_of, Language::En), zh = tile_of(page, out.dossier.as_of, Language::Zh);
    put(out.text,
        "<article id=\"{}\" aria-labelledby=\"{}-h\">\n<p class=\"eyebrow\">{}<span class=\"up\"> · <a "
        "href=\"#front\">{}</a></span></p>\n<h3 id=\"{}-h\">{}. {}</h3>\n<p class=\"facts\"><span "
        "class=\"m {}\">{}</span> {}</p>\n",
        id, id, html(page.section), both(Words{"first page", "首页"}), id, page.number, both(page.title), en.kind,
        en.symbol, both(en.text, zh.text));
    const pack::Title counts = clause_line(page.counts), unanswered = unanswered_line(page);
    put(out.text, "<p class=\"mute\">{}: {}</p>\n", both(Words{"Clauses", "条款"}), both(counts));
    if (!unanswered.en.empty()) put(out.text, "<p class=\"mute\">{}</p>\n", both(unanswered));
    if (authored_only(page))
        put(out.text, "<p class=\"mute\">{}</p>\n",
            both(Words{"This section rests on authored facts; no watch measures it.",
                       "本节以既定事实为依据，没有监测对其进行度量。"}));
    if (const std::string map = cluster_map(page, out.dossier); !map.empty())
        put(out.text, "<figure class=\"map near\">{}<figcaption>{}: {}. {}</figcaption></figure>\n", map,
            both(cluster_map_words), both(cluster_places(page, out.dossier)), both(notice_boundaries_words));
    for (const model::WatchFinding& watch : page.watches) {
        if (watch.state == model::State::Signal) write_watch(out, watch);
    }
    const auto ahead = [](const model::WatchFinding& watch) {
        return watch.state == model::State::Quiet && (!watch.chances.empty() || !watch.forecasts.empty());
    };
    write_folded(out, page, {"Looking ahead", "展望"}, ahead);
    write_folded(out, page, {"Quiet", "平静"},
                 [&](const model::WatchFinding& watch) { return watch.state == model::State::Quiet && !ahead(watch); });
    write_folded(out, page, {"Cannot be said", "无从判断"}, [](const model::WatchFinding& watch) {
        return watch.state == model::State::Stale || watch.state == model::State::NoData;
    });
    if (!page.clauses.empty()) {
        put(out.text, "<details class=\"fold\"><summary>{} <small>{}</small></summary>\n",
            both(Words{"What the section asks", "本节的要求"}), page.counts.total());
        if (!page.note.empty()) put(out.text, "<p class=\"notice\">{}</p>\n", html(page.note));
        write_clauses(out, page);
        out.text += "</details>\n";
    }
    if (!page.tally.en.empty()) put(out.text, "<p class=\"notice\">{}</p>\n", both(page.tally));
    write_responses(out, page);
    write_differences(out, page);
    write_commitments(out, page);
    write_catalogue(out, page);
    out.text += "</article>\n";
}

}  // namespace

void write_sections(HtmlSheet& out, const std::vector<SectionPage>& pages, pack::Group group) {
    if (pages.empty()) return;
    const std::string_view id = group == pack::Group::Area ? "areas"
        : group == pack::Group::Principle                  ? "principles"
                                                           : "platforms";
    put(out.text, "<section class=\"group{}\" id=\"{}\">\n<h2>{}</h2>\n", group == pack::Group::Area ? "" : " flow", id,
        both(Words{group_title(group), group_title(group, Language::Zh)}));
    for (const SectionPage& page : pages) write_page(out, page);
    out.text += "</section>\n";
}

}  // namespace icosa::brief
