/// What a section asks, clause by clause: measured, authored or not measurable.
#include "brief/html/parts.hpp"

#include "brief/clauses.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

void write_clauses(HtmlSheet& out, const SectionPage& page) {
    if (page.clauses.empty()) return;
    out.text += "<ul class=\"clauses\">\n";
    for (const ClausePage& clause : page.clauses) {
        const bool measured = clause.status == pack::ClauseStatus::Measured;
        const std::string word =
            both(measured && !clause.answered                        ? Words{"measured, no data", "有度量，无数据"}
                     : measured                                      ? Words{"measured", "有度量"}
                     : clause.status == pack::ClauseStatus::Authored ? Words{"authored", "既定事实"}
                                                                     : Words{"not measurable", "无法度量"});
        const pack::Title basis = measured ? basis_word(clause.basis) : pack::Title{};
        put(out.text, "<li><span class=\"s\"><b>{}</b>{}</span><div><p>{}{}</p>", word, html(clause.id),
            both(clause.asks), basis.en.empty() ? std::string() : " <small>(" + both(basis) + ")</small>");
        std::string by;
        for (const std::string& watch : clause.watches)
            put(by, "{}<a href=\"#{}\">{}</a>", by.empty() ? "" : ", ", watch_anchor(watch), html(watch));
        for (const Fact& fact : clause.rests_on)
            put(by, "{}{}{}", by.empty() ? "" : "; ", html(fact.title.en), fact_mark(fact));
        if (!by.empty())
            put(out.text, "<p class=\"by\">{}{}</p>",
                clause.status == pack::ClauseStatus::Authored ? "rests on " : "watch ", by);
        if (!clause.reason.empty()) put(out.text, "<p class=\"by\">because {}</p>", html(clause.reason));
        if (!clause.no_data.empty()) put(out.text, "<p class=\"by\">no data: {}</p>", html(clause.no_data));
        out.text += "</div></li>\n";
    }
    out.text += "</ul>\n";
}

}  // namespace icosa::brief
