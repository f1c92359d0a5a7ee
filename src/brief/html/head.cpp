/// The head of index.html: its style, the choice of language (without script), and one line: the day, how old the
/// newest figures are, the handling mark.
#include "brief/html/parts.hpp"

#include "brief/blocks.hpp"
#include "brief/dates.hpp"
#include "brief/escape.hpp"
#include "brief/html/style.hpp"
#include "brief/html/style_front.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

/// What stands at the foot of each printed page: fit for a CSS text.
std::string page_mark(const Dossier& dossier) {
    std::string out;
    for (const char c : dossier.handling + ", Icosa dossier, as of " + iso(dossier.as_of)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || std::string_view(" :,+-.").find(c) != std::string_view::npos;
        out += kept ? c : ' ';
    }
    return out;
}

void write_opening(HtmlSheet& out) {
    const bool zh = out.dossier.language == Language::Zh;
    put(out.text,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n<title>Icosa, {}</title>\n"
        "<style>{}{}@page{{@bottom-left{{content:\"{}\";font:8pt sans-serif;color:#444}}}}</style>\n</head>\n<body>\n",
        zh ? "zh-Hans" : "en", html(day_words(out.dossier.as_of, out.dossier.language)), html_style, html_front_style,
        page_mark(out.dossier));
    put(out.text,
        "<input class=\"pick\" type=\"radio\" name=\"language\" id=\"in-en\" aria-label=\"English\"{}>"
        "<input class=\"pick\" type=\"radio\" name=\"language\" id=\"in-zh\" aria-label=\"中文\"{}>\n",
        zh ? "" : " checked", zh ? " checked" : "");
    put(out.text, "<a class=\"skip\" href=\"#content\">{}</a>\n", both(Words{"To the content", "跳到正文"}));
}

}  // namespace

void write_head(HtmlSheet& out) {
    const Dossier& dossier = out.dossier;
    write_opening(out);
    put(out.text,
        "<header class=\"bar\"><h1>Icosa <span class=\"nw\">{}</span></h1>\n<p class=\"new\">{}</p>\n"
        "<p class=\"langs\"><label for=\"in-en\" lang=\"en\">EN</label><label for=\"in-zh\" "
        "lang=\"zh-Hans\">中文</label></p>\n<p class=\"tlp\">{}</p></header>\n",
        both(day_words(dossier.as_of, Language::En), day_words(dossier.as_of, Language::Zh)),
        both(newest_words(dossier, Language::En), newest_words(dossier, Language::Zh)), html(dossier.handling));
}

}  // namespace icosa::brief
