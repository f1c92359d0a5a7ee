/// What could answer the signals of a section: apart from these, unranked.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/options.hpp"

namespace icosa::brief {
namespace {

void write_option(std::string& out, const OptionLine& option, Language language) {
    put(out, "- **{}** ({}{})\n", markdown(in(option.title, language)), in(option_kind_words(option.kind), language),
        option.basis.empty() ? "" : "; " + markdown(option.basis));
    for (const auto& [label, text] : option_items(option))
        put(out, "  - {}: {}\n", in(label, language), markdown(in(text, language)));
}

}  // namespace

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
