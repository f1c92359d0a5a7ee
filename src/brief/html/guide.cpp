/// Below the first page: what was looked at, how to read it, and the notices.
#include "brief/html/parts.hpp"

#include "brief/blocks.hpp"
#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/html/plot.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

void write_guide(HtmlSheet& out) {
    const Dossier& dossier = out.dossier;
    put(out.text, "<section class=\"guide\">\n<p>{} {}</p>\n",
        both(totals_words(dossier.totals, Language::En), totals_words(dossier.totals, Language::Zh)),
        both(notice_quiet_words));
    if (!dossier.withheld_sources.empty()) {
        std::string ids;
        for (const std::string& id : dossier.withheld_sources) ids += (ids.empty() ? "" : ", ") + html(id);
        put(out.text, "<p class=\"mute\">{} {}.</p>\n",
            both(Words{"The handling mark follows from licences that do not let figures be passed on:",
                       "传播标记取决于不允许转发数据的许可："}),
            ids);
    }
    put(out.text, "<details><summary>{}</summary>\n<dl class=\"read\">\n", both(Words{"How to read", "阅读说明"}));
    const auto entry = [&](const Words& term, const Words& meaning) {
        put(out.text, "<dt>{}</dt><dd>{}</dd>\n", both(term), both(meaning));
    };
    entry({"● new", "● 新出现"},
          {"Hardly any in the periods before that the measure's rule names, usually twelve months.",
           "在该度量规则所列的先前时段（通常为十二个月）内几乎没有。"});
    entry({"▲ rising", "▲ 上升"},
          {"Well above the span before, by the measure's rule.", "按该度量的规则，明显高于前一时段。"});
    entry({"▼ dropped", "▼ 骤降"},
          {"Well below the span before, where a fall is itself the warning: traffic, output, votes in common.",
           "明显低于前一时段，且下降本身即为警示：如通行量、产出、共同投票。"});
    entry({"■ still high", "■ 仍处高位"},
          {"Out of the ordinary, and neither risen nor fallen.", "超出常态，既未上升也未回落。"});
    entry({"▽ fallen", "▽ 回落"},
          {"Well below the span before, or back in its range, where less is no warning.",
           "明显低于前一时段，或已回到常态范围，且减少并非警示。"});
    entry({"◆ likely to get worse", "◆ 可能恶化"}, worse_note);
    entry({"Sure", "可信度"},
          {"How far the data carry the finding: low, moderate or high, and why.",
           "数据对结论的支持程度：低、中、高，并说明理由。"});
    entry({"Record", "记录"},
          {"Of so many past signals of this kind and grade, so many were followed by what they warn of.",
           "同类同级的既往信号中，有多少次随后出现了所警示的情况。"});
    put(out.text, "<dt>{}</dt><dd>{}</dd>\n<dt>{}</dt><dd>{}</dd>\n</dl></details>\n",
        both(Words{"Unusualness, severity, confidence", "异常程度、严重性、可信度"}), html(notice_unusualness),
        both(Words{"Plots", "图示"}), render_legend());
    if (!dossier.caveats.empty()) write_caveats(out, dossier.caveats);
    put(out.text, "<p>{} <code>{}</code></p>\n", both(Words{"Sources and how far they reach:", "来源及其截止日期："}),
        html(sources_command(dossier.db)));
    put(out.text, "<p>{} <code>{}</code></p>\n</section>\n",
        both(Words{"The same with every clause and watch as text:", "含全部条款和监测的文本："}),
        html(run_command_line(dossier.as_of, dossier.db, "--full")));
}

}  // namespace icosa::brief
