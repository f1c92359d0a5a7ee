/// A watch within a section: what it reads, from which source, the plots of its series; then forecasts and signals.
#include "brief/html/parts.hpp"

#include "brief/blocks.hpp"
#include "brief/dates.hpp"
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

std::string reading_in_chinese(const model::WatchFinding& of, Day as_of) {
    switch (of.state) {
        case model::State::Signal:
            return fmt::format("考察{}个单位，有{}项信号。", grouped(of.units_examined), of.signals.size());
        case model::State::Quiet:
            return fmt::format("考察{}个单位，没有异常{}。", grouped(of.units_examined),
                               of.observed_through == no_day
                                   ? std::string()
                                   : "（" + up_to(of.observed_through, as_of, Language::Zh) + "）");
        case model::State::Stale:
            if (of.observed_through != no_day)
                return fmt::format("{}以后情况不明。", day_words(of.observed_through, Language::Zh));
            break;
        case model::State::NoData: break;
    }
    return "没有数据。";
}

void write_told(HtmlSheet& out, const model::WatchFinding& of) {
    if (of.told.empty()) return;
    out.text += "<ul>\n";
    for (const model::Told& one : of.told) {
        const auto told = out.dossier.sentences.find(one.id);
        if (told != out.dossier.sentences.end()) put(out.text, "<li>{}</li>\n", both(told->second));
    }
    out.text += "</ul>\n";
}

}  // namespace

void write_watch(HtmlSheet& out, const model::WatchFinding& of) {
    // A watch may stand on two pages; only its first place takes the id.
    const std::string id = watch_anchor(of.id);
    const bool first = out.take_watch_id(id);
    put(out.text, "<section class=\"watch\"{}>\n<h4>{}{}</h4>\n", first ? " id=\"" + id + "\"" : std::string(),
        of.state == model::State::Signal ? std::string() : state_badge(of.state), both(of.title, of.title_zh));
    if (!of.proxy.empty())
        put(out.text, "<p class=\"mute\">{} {}</p>\n", both(Words{"Proxy:", "替代指标："}),
            both(of.proxy, of.proxy_zh));
    if (!of.home.empty())
        put(out.text, "<p class=\"mute\">{} <a href=\"#{}\">{}</a></p>\n",
            both(Words{"This region's part of the watch of", "本区域部分，见"}), anchor(of.home), html(of.home));
    // Where each signal has its sentence, the reading adds nothing.
    if (of.signals.empty()) put(out.text, "<p>{}</p>\n", both(of.reading, reading_in_chinese(of, out.dossier.as_of)));
    if (!of.last_seen.empty() && of.signals.empty()) put(out.text, "<p>{}</p>\n", html(of.last_seen));
    write_signals(out, of);
    write_told(out, of);
    if (const pack::Title aside = set_aside_line(of); !aside.en.empty())
        put(out.text, "<p class=\"mute\">{}</p>\n", both(aside));
    write_strips(out, of);
    write_forecasts(out, of);
    put(out.text, "<details class=\"meta\"><summary>{}</summary>\n<p><code>{}</code>",
        both(Words{"Method, source, limits", "方法、来源、局限"}), html(of.id));
    if (!of.signals.empty()) put(out.text, " · {}", html(of.reading));
    const auto sources = model::sources_in(of.source);
    for (std::size_t i = 0; i < sources.size() && !of.source.empty(); ++i)
        put(out.text, "{}<a href=\"#s-{}\">{}</a>", i == 0 ? " · source " : " and ", anchor(sources[i]),
            html(sources[i]));
    if (!of.other_sources.empty()) {
        out.text += " · beside it ";
        for (std::size_t i = 0; i < of.other_sources.size(); ++i)
            put(out.text, "{}{}", i ? ", " : "", html(of.other_sources[i]));
    }
    if (of.observed_through != no_day) put(out.text, " · observed to {}", iso(of.observed_through));
    if (of.state != model::State::NoData) {
        put(out.text, " · {} examined, {} expected by chance", plural(of.units_examined, "unit", "units"),
            figure(rounded(of.signals_expected_by_chance, 1)));
        out.text += discovery_words(of);
    }
    put(out.text, " · engine {}", html(of.engine));
    write_cites(out, of.cites, " · method ");
    out.text += "</p>\n";
    write_caveats(out, watch_caveats(of));
    out.text += "</details>\n</section>\n";
}

}  // namespace icosa::brief
