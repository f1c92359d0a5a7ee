/// The head of index.html: title, key figures, notices, how to read it, and the way to its parts.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/html/plot.hpp"
#include "brief/html/style.hpp"
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
    const std::string title = fmt::format("Icosa dossier, {}", iso(out.dossier.as_of));
    put(out.text,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"referrer\" "
        "content=\"no-referrer\">\n<title>{}</title>\n<style>{}@page{{@bottom-left{{content:\"{}\";font:8pt "
        "sans-serif;color:#444}}}}</style>\n</head>\n<body>\n"
        "<a class=\"skip\" href=\"#content\">To the content</a>\n<header>\n<span "
        "class=\"tlp\">{}</span>\n<h1>Icosa dossier, as of <span class=\"nw\">{}</span></h1>\n<p>{}",
        html(title), html_style, page_mark(out.dossier), html(out.dossier.handling), iso(out.dossier.as_of),
        html_title(out.dossier.framework_title));
    if (out.dossier.framework_date != no_day) put(out.text, ", {}", iso(out.dossier.framework_date));
    out.text += "</p>\n";
}

void write_key_figures(HtmlSheet& out) {
    const Totals& totals = out.dossier.totals;
    out.text += "<dl class=\"key\">\n";
    const auto cell = [&](std::string_view name, const std::string& value, const std::string& beside) {
        put(out.text, "<div><dt>{}</dt><dd>{} <small>{}</small></dd></div>\n", name, value, beside);
    };
    cell("Signals found", grouped(totals.signals), "");
    cell("Expected by chance", figure(rounded(totals.signals_expected_by_chance, 1)), "");
    cell("Units examined", grouped(totals.units_examined), "");
    cell("Watches with data", grouped(totals.watches_with_data), fmt::format("of {}", grouped(totals.watches)));
    cell("Stale sources", grouped(static_cast<std::int64_t>(totals.stale_sources.size())),
         fmt::format("of {}", out.dossier.sources.size()));
    out.text += "</dl>\n";
}

void write_notices(HtmlSheet& out) {
    put(out.text, "<p class=\"notice\">{} {}</p>\n", html(notice_quiet), html(notice_chance));
    if (!out.dossier.totals.stale_sources.empty()) {
        put(out.text,
            "<p class=\"notice\">Stale sources (newest day in brackets): {}. Past its limit a source gives no "
            "finding.</p>\n",
            html(stale_line(out.dossier)));
    }
    if (out.dossier.totals.stale_facts > 0) {
        put(out.text,
            "<p class=\"notice\">{} past the day until which they were checked; they are marked “check” where they "
            "stand.</p>\n",
            plural(out.dossier.totals.stale_facts, "authored fact is", "authored facts are"));
    }
    write_caveats(out, out.dossier.caveats);
}

void write_reading_guide(HtmlSheet& out) {
    put(out.text, "<details><summary>How to read this dossier</summary>\n<dl class=\"read\">\n<dt>State</dt><dd>");
    for (const model::State state :
         {model::State::Signal, model::State::Quiet, model::State::Stale, model::State::NoData})
        put(out.text, "{} ", state_badge(state));
    put(out.text,
        "A page signals if one of its watches does; else it is quiet if one is quiet with data up to its day; else "
        "stale; else it has no data.</dd>\n"
        "<dt>Unusualness, severity, confidence</dt><dd>{}</dd>\n"
        "<dt>Grade</dt><dd>note, watch or warning, by a rule that the packs state. {}</dd>\n"
        "<dt>Clauses</dt><dd>Each page lists what its section asks for: <em>measured</em> by a watch on data, "
        "<em>authored</em> as dated facts with their source, "
        "or <em>not measurable</em> with open data, and why.</dd>\n<dt>Plots</dt><dd>{}</dd>\n</dl></details>\n",
        html(notice_unusualness), html(notice_person), render_legend());
}

void write_navigation(HtmlSheet& out) {
    out.text += "<nav aria-label=\"Parts\"><ul>";
    for (const auto& [id, name] : {std::pair{"overview", "Overview"},
                                   {"areas", "Areas"},
                                   {"principles", "Principles"},
                                   {"platforms", "Platforms"},
                                   {"sources", "Sources"}}) {
        put(out.text, "<li><a href=\"#{}\">{}</a></li>", id, name);
    }
    out.text += "</ul></nav>\n";
}

}  // namespace

void write_head(HtmlSheet& out) {
    write_opening(out);
    write_key_figures(out);
    write_notices(out);
    write_reading_guide(out);
    out.text += "</header>\n";
    write_navigation(out);
}

}  // namespace icosa::brief
