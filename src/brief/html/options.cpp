/// What could answer the signals of a section: apart from these, folded, unranked.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/options.hpp"

namespace icosa::brief {
namespace {

void write_option(HtmlSheet& out, const OptionLine& option) {
    put(out.text, "<li><b>{}</b> <span class=\"mute\">{}{}</span><ul>", both(option.title),
        both(option_kind_words(option.kind)), option.basis.empty() ? "" : " · " + html(option.basis));
    for (const auto& [label, text] : option_items(option))
        put(out.text, "<li><span class=\"mute\">{}:</span> {}</li>", both(label), both(text));
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
        for (const OptionLine& option : response.options) write_option(out, option);
        out.text += "</ul></details>\n";
    }
}

}  // namespace icosa::brief
