/// Titles, states, lists and caveats as Markdown.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

std::string markdown_title(const pack::Title& title) {
    const std::string en = markdown(title.en);
    return title.zh.empty() || title.zh == title.en ? en : en + " · " + markdown(title.zh);
}

std::string markdown_state(model::State state) { return fmt::format("{} {}", state_symbol(state), state_word(state)); }

std::string markdown_list(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& each : list) out += (out.empty() ? "" : ", ") + markdown(each);
    return out;
}

std::string markdown_codes(const std::vector<std::string>& list) {
    std::string out;
    for (const std::string& each : list) out += (out.empty() ? "" : ", ") + markdown_code(each);
    return out;
}

void write_caveats(std::string& out, const std::vector<std::string>& list) {
    for (std::size_t i = 0; i < list.size(); ++i) put(out, "{}> {}\n", i ? ">\n" : "", markdown(list[i]));
    if (!list.empty()) out += '\n';
}

}  // namespace icosa::brief
