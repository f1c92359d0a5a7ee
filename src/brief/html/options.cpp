/// What could answer the signals of a section: apart from these, folded, unranked.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/options.hpp"

namespace icosa::brief {
namespace {

void write_item(HtmlSheet& out, const Words& label, const pack::Title& text) {
    if (text.en.empty()) return;
    put(out.text, "<li><span class=\"mute\">{}:</span> {}</li>", both(label), both(text));
}

void write_one_option(HtmlSheet& out, const OptionLine& option) {
    put(out.text, "<li><b>{}</b> <span class=\"mute\">{}{}</span><ul>", both(option.title),
        both(option_kind_words(option.kind)), option.basis.empty() ? "" : " · " + html(option.basis));
    write_item(out, {"It", "内容"}, option.does);
    write_item(out, {"Reaches", "涉及"}, option.reach);
    write_item(out, {"Must agree", "须同意者"}, option.consent);
    write_item(out, {"Could refuse", "可拒绝者"}, option.refuse);
    write_item(out, {"Failed before", "曾告失败"}, option.failed);
    write_item(out, {"Like situations", "相似情形"}, option.precedent);
    write_item(out, {"Principles", "原则"},
               {principles_words(option, Language::En), principles_words(option, Language::Zh)});
    out.text += "</ul></li>\n";
}

}  // namespace

void write_responses(HtmlSheet& out, const SectionPage& page) {
    if (page.responses.empty()) return;
    put(out.text, "<h4>{}</h4>\n<p class=\"mute\">{}</p>\n", both(options_title), both(options_notice));
    for (const ResponseLines& response : page.responses) {
        put(out.text, "<details class=\"fold\"><summary>{} <small>{}</small></summary>\n", both(response.subject),
            response.options.empty() ? both(response.none) : std::to_string(response.options.size()));
        if (response.armed_groups && !response.options.empty())
            put(out.text, "<p class=\"mute\">{}</p>\n",
                both(Words{"Armed groups that take part have no seat in bodies of states.",
                           "参与其中的武装团体在国家间机构中没有席位。"}));
        out.text += "<ul>\n";
        for (const OptionLine& option : response.options) write_one_option(out, option);
        out.text += "</ul></details>\n";
    }
}

}  // namespace icosa::brief
