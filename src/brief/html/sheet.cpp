/// Titles, badges, citations and caveats as HTML.
#include "brief/html/sheet.hpp"

#include <algorithm>

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

std::string HtmlSheet::next_plot_id() { return fmt::format("p{}", ++plots_); }

bool HtmlSheet::take_watch_id(const std::string& id) {
    const bool first = std::ranges::find(watch_ids_, id) == watch_ids_.end();
    if (first) watch_ids_.push_back(id);
    return first;
}

std::string both_html(const std::string& en, const std::string& zh) {
    if (zh.empty() || zh == en) return en;
    return "<span class=\"en\" lang=\"en\">" + en + "</span><span class=\"zh\" lang=\"zh-Hans\">" + zh + "</span>";
}

std::string both(std::string_view en, std::string_view zh) { return both_html(html(en), html(zh)); }
std::string both(const pack::Title& title) { return both(title.en, title.zh); }
std::string both(const Words& words) { return both(words.en, words.zh); }

std::string state_badge(model::State state) {
    return fmt::format("<span class=\"b {}\">{} {}</span>", model::state_names[static_cast<std::size_t>(state)],
                       state_symbol(state), state_word(state));
}

std::string watch_anchor(const std::string& id) { return "w-" + anchor(id); }

void write_cites(HtmlSheet& out, const std::vector<std::string>& keys, std::string_view before) {
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const std::string& key = keys[i];
        const bool listed = std::ranges::any_of(out.dossier.references,
                                                [&](const Reference& reference) { return reference.key == key; });
        out.text += i ? ", " : before;
        if (listed) put(out.text, "<a href=\"#r-{}\">{}</a>", anchor(key), html(key));
        else if (is_web_address(key)) put(out.text, "<a href=\"{}\">{}</a>", html(key), html(key));
        else out.text += html(key);
    }
}

void write_caveats(HtmlSheet& out, const std::vector<std::string>& list) {
    if (list.empty()) return;
    out.text += "<div class=\"caveats\"><ul>";
    for (const std::string& each : list) put(out.text, "<li>{}</li>", html(each));
    out.text += "</ul></div>\n";
}

}  // namespace icosa::brief
