/// What could answer the signals of a section: apart from these, unranked.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/options.hpp"

namespace icosa::brief {
namespace {

void write_item(std::string& out, const Words& label, const pack::Title& text, Language language) {
    if (!text.en.empty()) put(out, "  - {}: {}\n", in(label, language), markdown(in(text, language)));
}

}  // namespace

void write_option(std::string& out, const OptionLine& option, Language language) {
    put(out, "- **{}** ({}{})\n", markdown(in(option.title, language)), in(option_kind_words(option.kind), language),
        option.basis.empty() ? "" : "; " + markdown(option.basis));
    write_item(out, {"It", "内容"}, option.does, language);
    write_item(out, {"Reaches", "涉及"}, option.reach, language);
    write_item(out, {"Must agree", "须同意者"}, option.consent, language);
    write_item(out, {"Could refuse", "可拒绝者"}, option.refuse, language);
    write_item(out, {"Failed before", "曾告失败"}, option.failed, language);
    write_item(out, {"Like situations", "相似情形"}, option.precedent, language);
    const std::string principles = principles_words(option, language);
    write_item(out, {"Principles", "原则"}, {principles, principles}, language);
}

void write_responses(std::string& out, const SectionPage& page, Language language) {
    if (page.responses.empty()) return;
    put(out, "**{}**\n\n{}\n\n", in(options_title, language), in(options_notice, language));
    for (const ResponseLines& response : page.responses) {
        put(out, "{}{}{}\n\n", markdown(in(response.subject, language)), language == Language::Zh ? "：" : ":",
            response.options.empty() ? " " + markdown(in(response.none, language)) : "");
        for (const OptionLine& option : response.options) write_option(out, option, language);
        out += '\n';
    }
}

}  // namespace icosa::brief
