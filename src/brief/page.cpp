/// Headings and bullets.
#include "brief/page.hpp"

#include "brief/escape.hpp"
#include "brief/html/style.hpp"
#include "brief/put.hpp"

namespace icosa::brief {

std::string page_markdown(const Page& page) {
    std::string out;
    put(out, "# {}\n\n", markdown(page.title));
    for (const std::string& text : page.intro) put(out, "{}\n\n", markdown(text));
    for (const PageBlock& block : page.blocks) {
        put(out, "## {}\n\n", markdown(block.heading));
        for (const std::string& line : block.lines) put(out, "- {}\n", markdown(line));
        out += '\n';
    }
    out += "---\n";
    for (const std::string& text : page.foot) put(out, "\n{}\n", markdown(text));
    return out;
}

std::string page_html(const Page& page) {
    std::string out;
    put(out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" "
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
        "<body>\n<main>\n<h1>{}</h1>\n",
        page.language == Language::Zh ? "zh-Hans" : "en", html(page.title), html_style, html(page.title));
    for (const std::string& text : page.intro) put(out, "<p>{}</p>\n", html(text));
    for (const PageBlock& block : page.blocks) {
        put(out, "<h2>{}</h2>\n<ul>\n", html(block.heading));
        for (const std::string& line : block.lines) put(out, "<li>{}</li>\n", html(line));
        out += "</ul>\n";
    }
    for (const std::string& text : page.foot) put(out, "<p class=\"mute\">{}</p>\n", html(text));
    return out + "</main>\n</body>\n</html>\n";
}

}  // namespace icosa::brief
