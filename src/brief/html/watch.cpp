/// A watch within a section: what it reads, from which source, the plots of its series; then forecasts and signals.
#include "brief/html/parts.hpp"

#include "brief/escape.hpp"
#include "brief/html/plot.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_strips(HtmlSheet& out, const model::WatchFinding& of) {
    std::string plots;
    for (const model::Strip& strip : of.strips) {
        std::vector<std::string> marked;
        for (const model::Signal& signal : of.signals) {
            const bool only = of.strips.size() == 1 && of.signals.size() == 1;
            if (only || strip.title.find(signal.subject_title) != std::string::npos) marked.push_back(signal.period);
        }
        plots += render_strip(strip, marked, out.next_plot_id());
    }
    if (!plots.empty()) put(out.text, "<div class=\"plots\">\n{}</div>\n", plots);
}

}  // namespace

void write_watch(HtmlSheet& out, const model::WatchFinding& of) {
    // A watch may stand on two pages; only its first place takes the id.
    const std::string id = watch_anchor(of.id);
    const bool first = out.take_watch_id(id);
    put(out.text, "<section class=\"watch\"{}>\n<h4>{}{}</h4>\n<p>{}</p>\n",
        first ? " id=\"" + id + "\"" : std::string(), state_badge(of.state), html(of.title), html(of.reading));
    put(out.text, "<p class=\"meta\"><code>{}</code> · engine {}", html(of.id), html(of.engine));
    if (!of.source.empty()) put(out.text, " · source <a href=\"#s-{}\">{}</a>", anchor(of.source), html(of.source));
    if (!of.other_sources.empty()) {
        out.text += " · beside it ";
        for (std::size_t i = 0; i < of.other_sources.size(); ++i)
            put(out.text, "{}{}", i ? ", " : "", html(of.other_sources[i]));
    }
    if (of.observed_through != no_day) put(out.text, " · observed to {}", iso(of.observed_through));
    if (of.state != model::State::NoData) {
        put(out.text, " · {} examined, {} expected by chance", plural(of.units_examined, "unit", "units"),
            figure(rounded(of.signals_expected_by_chance, 2)));
        out.text += discovery_words(of);
    }
    write_cites(out, of.cites, " · method ");
    out.text += "</p>\n";
    write_strips(out, of);
    write_forecasts(out, of);
    write_signals(out, of);
    write_caveats(out, watch_caveats(of));
    out.text += "</section>\n";
}

}  // namespace icosa::brief
