/// The index of countries, folded: each with links to the watches that signal there.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/sentence.hpp"

namespace icosa::brief {
namespace {

/// "hotspot.conflict" and what it found, as the title of the link.
void write_link(HtmlSheet& out, const CountryLine::Entry& entry) {
    put(out.text, " <a href=\"#{}\">{}</a>", watch_anchor(entry.watch), html(entry.watch));
}

}  // namespace

void write_countries(HtmlSheet& out) {
    const auto& countries = out.dossier.countries;
    if (countries.empty()) return;
    put(out.text,
        "<section class=\"block folded\" id=\"countries\">\n<details><summary><h2>{} <small>{}</small></h2></summary>\n"
        "<ul class=\"lines\">\n",
        both(Words{"By country", "按国家"}), countries.size());
    for (const CountryLine& line : countries) {
        put(out.text, "<li><div class=\"s\"><b>{}</b> <small class=\"sure\">{}</small>", both(line.title),
            both(grade_words(line.grade, Language::En), grade_words(line.grade, Language::Zh)));
        for (const CountryLine::Entry& entry : line.signals) write_link(out, entry);
        out.text += "</div></li>\n";
    }
    out.text += "</ul>\n</details></section>\n";
}

}  // namespace icosa::brief
