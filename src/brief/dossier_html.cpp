/// index.html: one file that reads without script, prints, and asks the network for nothing.
#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/format.h>

#include "brief/escape.hpp"
#include "brief/fan.hpp"
#include "brief/html_style.hpp"
#include "brief/plot.hpp"
#include "brief/render.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

template <class... Args> void put(std::string& out, fmt::format_string<Args...> form, Args&&... args) {
    fmt::format_to(std::back_inserter(out), form, std::forward<Args>(args)...);
}

std::string zh(const pack::Title& title) {
    if (title.zh.empty() || title.zh == title.en) return {};
    return "<span lang=\"zh-Hans\">" + html(title.zh) + "</span>";
}

std::string both(const pack::Title& title) { return html(title.en) + (zh(title).empty() ? "" : " " + zh(title)); }

std::string badge(model::State state) {
    return fmt::format("<span class=\"b {}\">{} {}</span>", model::state_names[static_cast<std::size_t>(state)],
                       state_symbol(state), state_word(state));
}

std::string grade_badge(model::Grade grade) {
    const std::string_view word = model::grade_names[static_cast<std::size_t>(grade)];
    return fmt::format("<span class=\"b {}\">{}</span>",
                       grade == model::Grade::Warning     ? "warning"
                           : grade == model::Grade::Watch ? "watch-grade"
                                                          : "note-grade",
                       word);
}

std::string day_or(Day day, std::string_view absent) { return day == no_day ? std::string(absent) : iso(day); }

class Page {
public:
    explicit Page(const Dossier& dossier) : dossier_(dossier) {}

    std::string render() {
        head();
        out_ += "<main id=\"content\">\n";
        overview();
        sections(dossier_.areas, pack::Group::Area);
        sections(dossier_.principles, pack::Group::Principle);
        sections(dossier_.platforms, pack::Group::Platform);
        sources();
        references();
        out_ += "</main>\n";
        foot();
        return std::move(out_);
    }

private:
    void head() {
        const std::string title = fmt::format("Icosa dossier, {}", iso(dossier_.as_of));
        put(out_,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            "content=\"width=device-width,initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
            "<meta name=\"referrer\" "
            "content=\"no-referrer\">\n<title>{}</title>\n<style>{}@page{{@bottom-left{{content:\"{}\";font:8pt "
            "sans-serif;color:#444}}}}</style>\n</head>\n<body>\n"
            "<a class=\"skip\" href=\"#content\">To the content</a>\n<header>\n<span "
            "class=\"tlp\">{}</span>\n<h1>Icosa dossier, as of <span class=\"nw\">{}</span></h1>\n<p>{}",
            html(title), html_style, page_mark(), html(dossier_.handling), iso(dossier_.as_of),
            both(dossier_.framework_title));
        if (dossier_.framework_date != no_day) put(out_, ", {}", iso(dossier_.framework_date));
        out_ += "</p>\n";
        key_figures();
        put(out_, "<p class=\"notice\">{} {}</p>\n", html(notice_quiet), html(notice_chance));
        if (!dossier_.totals.stale_sources.empty()) {
            put(out_,
                "<p class=\"notice\">Stale sources (newest day in brackets): {}. Past its limit a source gives no "
                "finding.</p>\n",
                html(stale_line(dossier_)));
        }
        if (dossier_.totals.stale_facts > 0) {
            put(out_,
                "<p class=\"notice\">{} past the day until which they were checked; they are marked “check” where they "
                "stand.</p>\n",
                plural(dossier_.totals.stale_facts, "authored fact is", "authored facts are"));
        }
        caveats(dossier_.caveats);
        reading_guide();
        out_ += "</header>\n<nav aria-label=\"Parts\"><ul>";
        for (const auto& [id, name] : {std::pair{"overview", "Overview"},
                                       {"areas", "Areas"},
                                       {"principles", "Principles"},
                                       {"platforms", "Platforms"},
                                       {"sources", "Sources"}}) {
            put(out_, "<li><a href=\"#{}\">{}</a></li>", id, name);
        }
        out_ += "</ul></nav>\n";
    }

    /// What stands at the foot of each printed page: fit for a CSS text.
    [[nodiscard]] std::string page_mark() const {
        std::string out;
        for (const char c : dossier_.handling + ", Icosa dossier, as of " + iso(dossier_.as_of)) {
            const bool kept = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
                || std::string_view(" :,+-.").find(c) != std::string_view::npos;
            out += kept ? c : ' ';
        }
        return out;
    }

    void key_figures() {
        const Totals& totals = dossier_.totals;
        out_ += "<dl class=\"key\">\n";
        const auto cell = [&](std::string_view name, const std::string& value, const std::string& beside) {
            put(out_, "<div><dt>{}</dt><dd>{} <small>{}</small></dd></div>\n", name, value, beside);
        };
        cell("Signals found", grouped(totals.signals), "");
        cell("Expected by chance", figure(rounded(totals.signals_expected_by_chance, 1)), "");
        cell("Units examined", grouped(totals.units_examined), "");
        cell("Watches with data", grouped(totals.watches_with_data), fmt::format("of {}", grouped(totals.watches)));
        cell("Stale sources", grouped(static_cast<std::int64_t>(totals.stale_sources.size())),
             fmt::format("of {}", dossier_.sources.size()));
        out_ += "</dl>\n";
    }

    void reading_guide() {
        put(out_, "<details><summary>How to read this dossier</summary>\n<dl class=\"read\">\n<dt>State</dt><dd>");
        for (const model::State state :
             {model::State::Signal, model::State::Quiet, model::State::Stale, model::State::NoData})
            put(out_, "{} ", badge(state));
        put(out_,
            "A page signals if one of its watches does; else it is quiet if one is quiet with data up to its day; else "
            "stale; else it has no data.</dd>\n"
            "<dt>Unusualness, severity, confidence</dt><dd>{}</dd>\n"
            "<dt>Grade</dt><dd>note, watch or warning, by a rule that the packs state. {}</dd>\n"
            "<dt>Clauses</dt><dd>Each page lists what its section asks for: <em>measured</em> by a watch on data, "
            "<em>authored</em> as dated facts with their source, "
            "or <em>not measurable</em> with open data, and why.</dd>\n<dt>Plots</dt><dd>{}</dd>\n</dl></details>\n",
            html(notice_unusualness), html(notice_person), render_legend());
    }

    void overview() {
        out_ += "<section class=\"flow\" id=\"overview\">\n<h2>Overview</h2>\n";
        overview_table(dossier_.areas, pack::Group::Area);
        overview_table(dossier_.principles, pack::Group::Principle);
        overview_table(dossier_.platforms, pack::Group::Platform);
        out_ += "</section>\n";
    }

    void overview_table(const std::vector<SectionPage>& pages, pack::Group group) {
        if (pages.empty()) return;
        put(out_,
            "<table class=\"overview cards\"><caption>{}</caption>\n<thead><tr><th scope=\"col\">No.</th><th "
            "scope=\"col\">Section</th><th scope=\"col\">State</th>"
            "<th scope=\"col\" class=\"n\">Signals<br>(by chance)</th><th scope=\"col\">Clauses<br>measured</th><th "
            "scope=\"col\">Newest<br>data</th>"
            "<th scope=\"col\">Most telling</th></tr></thead>\n<tbody>\n",
            group_title(group));
        for (const SectionPage& page : pages) {
            const std::string why = most_telling(page);
            put(out_, "<tr><td>{}</td><td class=\"t\"><a href=\"#{}\">{}</a> {}</td><td>{}</td>", page.number,
                anchor(page.section), html(page.title.en), zh(page.title), badge(page.state));
            put(out_, "<td class=\"n x\" data-l=\"Signals (by chance):\">{} <span class=\"mute\">({})</span></td>",
                grouped(page.signals), page.watches.empty() ? "–" : figure(rounded(expected_by_chance(page), 1)));
            put(out_,
                "<td class=\"nw x\" data-l=\"Clauses measured:\">{} of {}</td><td class=\"nw x\" data-l=\"Newest "
                "data:\">{}</td><td class=\"why\">{}</td></tr>\n",
                page.counts.measured, page.counts.total(), day_or(page.newest_data, "–"),
                why.empty() && authored_only(page) ? std::string("authored facts only") : html(cut(why, 170)));
        }
        out_ += "</tbody></table>\n";
    }

    void sections(const std::vector<SectionPage>& pages, pack::Group group) {
        const std::string_view id = group == pack::Group::Area ? "areas"
            : group == pack::Group::Principle                  ? "principles"
                                                               : "platforms";
        put(out_, "<section class=\"group{}\" id=\"{}\">\n<h2>{}</h2>\n", group == pack::Group::Area ? "" : " flow", id,
            group_title(group));
        for (const SectionPage& page : pages) section(page);
        out_ += "</section>\n";
    }

    void section(const SectionPage& page) {
        const std::string id = anchor(page.section);
        put(out_,
            "<article id=\"{}\" aria-labelledby=\"{}-h\">\n<p class=\"eyebrow\">{} · {}<span class=\"up\"> · <a "
            "href=\"#overview\">overview</a></span></p>\n<h3 id=\"{}-h\">{}. {}</h3>\n",
            id, id, html(page.section), html(page.id), id, page.number, both(page.title));
        put(out_, "<p class=\"facts\">{} ", badge(page.state));
        if (!page.watches.empty()) {
            put(out_, "{}, {} expected by chance · ", plural(page.signals, "signal", "signals"),
                figure(rounded(expected_by_chance(page), 1)));
        }
        if (page.newest_data != no_day) put(out_, "data to {} · ", iso(page.newest_data));
        put(out_, "{}</p>\n", clause_line(page.counts));
        if (!page.note.empty()) put(out_, "<p class=\"notice\">{}</p>\n", html(page.note));
        if (authored_only(page))
            out_ += "<p class=\"mute\">This section rests on authored facts; no watch measures it.</p>\n";
        clauses(page);
        for (const model::WatchFinding& finding : page.watches) watch(finding);
        catalogue(page);
        out_ += "</article>\n";
    }

    void clauses(const SectionPage& page) {
        if (page.clauses.empty()) return;
        out_ += "<h4>What the section asks</h4>\n<ul class=\"clauses\">\n";
        for (const ClausePage& clause : page.clauses) {
            std::string word(clause_status_name(clause.status));
            if (clause.status == pack::ClauseStatus::NotMeasurable) word = "not measurable";
            if (clause.status == pack::ClauseStatus::Measured && !clause.answered) word = "measured, no data";
            put(out_, "<li><span class=\"s\"><b>{}</b>{}</span><div><p>{} {}</p>", word, html(clause.id),
                html(clause.asks.en), "");
            if (!zh(clause.asks).empty()) put(out_, "<p class=\"by\">{}</p>", zh(clause.asks));
            std::string by;
            for (const std::string& watch : clause.watches)
                put(by, "{}<a href=\"#{}\">{}</a>", by.empty() ? "" : ", ", watch_anchor(watch), html(watch));
            for (const Fact& fact : clause.rests_on)
                put(by, "{}{}{}", by.empty() ? "" : "; ", html(fact.title.en), fact_mark(fact));
            if (!by.empty())
                put(out_, "<p class=\"by\">{}{}</p>",
                    clause.status == pack::ClauseStatus::Authored ? "rests on " : "watch ", by);
            if (!clause.reason.empty()) put(out_, "<p class=\"by\">because {}</p>", html(clause.reason));
            if (!clause.no_data.empty()) put(out_, "<p class=\"by\">no data: {}</p>", html(clause.no_data));
            out_ += "</div></li>\n";
        }
        out_ += "</ul>\n";
    }

    static std::string watch_anchor(const std::string& id) { return "w-" + anchor(id); }

    void watch(const model::WatchFinding& of) {
        // A watch may stand on two pages; only its first place takes the id.
        const std::string id = watch_anchor(of.id);
        const bool first = std::ranges::find(watch_ids_, id) == watch_ids_.end();
        if (first) watch_ids_.push_back(id);
        put(out_, "<section class=\"watch\"{}>\n<h4>{}{}</h4>\n<p>{}</p>\n",
            first ? " id=\"" + id + "\"" : std::string(), badge(of.state), html(of.title), html(of.reading));
        put(out_, "<p class=\"meta\"><code>{}</code> · engine {}", html(of.id), html(of.engine));
        if (!of.source.empty()) put(out_, " · source <a href=\"#s-{}\">{}</a>", anchor(of.source), html(of.source));
        if (!of.other_sources.empty()) {
            out_ += " · beside it ";
            for (std::size_t i = 0; i < of.other_sources.size(); ++i)
                put(out_, "{}{}", i ? ", " : "", html(of.other_sources[i]));
        }
        if (of.observed_through != no_day) put(out_, " · observed to {}", iso(of.observed_through));
        if (of.state != model::State::NoData) {
            put(out_, " · {} examined, {} expected by chance", plural(of.units_examined, "unit", "units"),
                figure(rounded(of.signals_expected_by_chance, 2)));
            out_ += discovery_words(of);
        }
        cites(of.cites, " · method ");
        out_ += "</p>\n";
        strips(of);
        ahead(of);
        signals(of);
        caveats(watch_caveats(of));
        out_ += "</section>\n";
    }

    void strips(const model::WatchFinding& of) {
        std::string plots;
        for (const model::Strip& strip : of.strips) {
            std::vector<std::string> marked;
            for (const model::Signal& signal : of.signals) {
                const bool only = of.strips.size() == 1 && of.signals.size() == 1;
                if (only || strip.title.find(signal.subject_title) != std::string::npos)
                    marked.push_back(signal.period);
            }
            plots += render_strip(strip, marked, fmt::format("p{}", ++plot_count_));
        }
        if (!plots.empty()) put(out_, "<div class=\"plots\">\n{}</div>\n", plots);
    }

    void ahead(const model::WatchFinding& of) {
        if (!of.forecasts.empty()) {
            out_ += "<div class=\"plots fans\">\n";
            for (const model::Forecast& forecast : of.forecasts) {
                put(out_, "<div>{}<details><summary>Why</summary><p>{}.</p>",
                    render_fan(forecast, fmt::format("p{}", ++plot_count_)), html(expected_ahead(forecast)));
                if (const std::string moved = moved_line(forecast); !moved.empty())
                    put(out_, "<p>Moved {}.</p>", html(moved));
                put(out_, "<p>Probability: {}.</p>", html(forecast.probability.how));
                if (!forecast.past.empty()) out_ += "<p>Nearest past situations, and what followed:</p><ul>";
                for (const model::PastLike& past : forecast.past) put(out_, "<li>{}</li>", html(past_line(past)));
                if (!forecast.past.empty()) out_ += "</ul>";
                put(out_, "<p>Its own past: {}; all lines: <code>{}</code></p>", html(rows_line(forecast.lineage)),
                    html(explain_command(forecast.id)));
                caveats(forecast.caveats);
                out_ += "</details></div>\n";
            }
            out_ += "</div>\n";
        }
        if (!of.others_ahead.empty()) put(out_, "<p>{}.</p>\n", html(of.others_ahead));
        if (!of.record.verdict.empty())
            put(out_, "<p class=\"meta\">Model {}: {}.</p>\n", html(of.record.model), html(of.record.verdict));
    }

    void signals(const model::WatchFinding& of) {
        if (of.signals.empty()) return;
        const std::vector<std::string> known = watch_caveats(of);
        const std::size_t full = std::min(of.signals.size(), signals_in_full);
        table_head("sig cards");
        for (std::size_t i = 0; i < full; ++i) {
            out_ += "<tbody>";
            signal_row(of.signals[i]);
            signal_reason(of.signals[i], of, known);
            out_ += "</tbody>\n";
        }
        out_ += "</table>\n";
        if (of.signals.size() == full) return;
        const std::size_t shown = std::min(of.signals.size(), full + signals_in_short);
        put(out_, "<details><summary>{} more</summary>\n", of.signals.size() - full);
        table_head("sig short cards");
        out_ += "<tbody>\n";
        for (std::size_t i = full; i < shown; ++i) {
            signal_row(of.signals[i]);
            out_ += '\n';
        }
        out_ += "</tbody></table>\n";
        if (shown < of.signals.size())
            put(out_, "<p class=\"mute\">{} more are in dossier.json.</p>\n", of.signals.size() - shown);
        out_ += "</details>\n";
    }

    void table_head(std::string_view kind) {
        put(out_,
            "<table class=\"{}\"><thead><tr><th scope=\"col\">Signal</th><th scope=\"col\">Period</th><th "
            "scope=\"col\" class=\"n\">Observed</th><th scope=\"col\" class=\"n\">Expected</th>"
            "<th scope=\"col\" class=\"n\">Threshold</th><th scope=\"col\" class=\"n\">Unusualness</th><th "
            "scope=\"col\">Severity</th><th scope=\"col\">Confidence</th><th scope=\"col\">Grade</th></tr></thead>\n",
            kind);
    }

    void signal_row(const model::Signal& of) {
        put(out_,
            "<tr><td>{}</td><td class=\"nw\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
            "class=\"n\">{}</td><td class=\"n\">{}</td><td>{} {}</td><td>{}</td><td>{}</td></tr>",
            html(of.subject_title.empty() ? of.subject : of.subject_title), html(of.period), figure(of.observed),
            figure(of.expected), figure(of.threshold), html(share_text(of.unusualness)), figure(of.severity.value),
            html(of.severity.unit), model::confidence_names[static_cast<std::size_t>(of.confidence)],
            grade_badge(of.grade));
    }

    void signal_reason(const model::Signal& of, const model::WatchFinding& watch,
                       const std::vector<std::string>& known) {
        put(out_, "<tr class=\"r\"><td colspan=\"9\"><p>{}.", html(without_stop(of.reason)));
        if (!of.confidence_why.empty())
            put(out_, " <span class=\"mute\">Confidence {}: {}.</span>",
                model::confidence_names[static_cast<std::size_t>(of.confidence)],
                html(without_stop(of.confidence_why)));
        put(out_, "</p><details><summary>From {}</summary><ul>", html(rows_line(of.lineage)));
        for (const model::SourceLine& line : of.lineage.files)
            put(out_, "<li><code>{}:{}</code></li>", html(line.file), line.line);
        if (of.lineage.rows > static_cast<std::int64_t>(of.lineage.files.size())) {
            put(out_, "<li>all lines: <code>{}</code></li>", html(explain_command(of.id)));
        }
        out_ += "</ul>";
        std::vector<std::string> own = others(of.cites, watch.cites);
        if (!own.empty()) {
            out_ += "<p>";
            cites(own, "Method ");
            out_ += "</p>";
        }
        caveats(others(of.caveats, known));
        out_ += "</details></td></tr>";
    }

    void cites(const std::vector<std::string>& keys, std::string_view before) {
        for (std::size_t i = 0; i < keys.size(); ++i) {
            const std::string& key = keys[i];
            const bool listed = std::ranges::any_of(dossier_.references,
                                                    [&](const Reference& reference) { return reference.key == key; });
            out_ += i ? ", " : before;
            if (listed) put(out_, "<a href=\"#r-{}\">{}</a>", anchor(key), html(key));
            else if (is_web_address(key)) put(out_, "<a href=\"{}\">{}</a>", html(key), html(key));
            else out_ += html(key);
        }
    }

    void caveats(const std::vector<std::string>& list) {
        if (list.empty()) return;
        out_ += "<div class=\"caveats\"><ul>";
        for (const std::string& each : list) put(out_, "<li>{}</li>", html(each));
        out_ += "</ul></div>\n";
    }

    static std::string_view check_mark(bool stale) { return stale ? " <span class=\"b stale\">◐ check</span>" : ""; }

    void catalogue(const SectionPage& page) {
        const std::string later = later_line(page, dossier_.as_of);
        if (!later.empty()) put(out_, "<p class=\"meta\">{}</p>\n", html(later));
        if (!page.mandates.empty()) {
            put(out_,
                "<details><summary>{}</summary>\n<table class=\"cards\"><thead><tr><th scope=\"col\">Operation</th><th "
                "scope=\"col\">Host</th><th scope=\"col\">Resolution</th>"
                "<th scope=\"col\">Runs to</th><th scope=\"col\">Chapter</th><th scope=\"col\" "
                "class=\"n\">Authorised</th><th scope=\"col\">Consent</th></tr></thead><tbody>\n",
                plural(static_cast<std::int64_t>(page.mandates.size()), "mandate", "mandates"));
            for (const MandateLine& line : page.mandates) {
                put(out_,
                    "<tr><td>{}{}<br><span class=\"mute\">{}</span></td><td data-l=\"host\">{}</td><td>{}</td><td "
                    "class=\"nw\" data-l=\"runs to\">{}</td><td data-l=\"chapter\">{}</td><td class=\"n\" "
                    "data-l=\"authorised\">{}</td><td data-l=\"consent\">{}</td></tr>\n",
                    html(line.mission), check_mark(line.stale), both(line.name), html(line.host), html(line.resolution),
                    day_or(line.expires_on, "–"), html(line.chapter), strength(line),
                    html(line.consent + (line.consent_note.empty() ? "" : ": " + line.consent_note)));
            }
            out_ += "</tbody></table></details>\n";
        }
        if (!page.instruments.empty()) {
            put(out_,
                "<details><summary>{}</summary>\n<table class=\"cards\"><thead><tr><th "
                "scope=\"col\">Instrument</th><th scope=\"col\">Kind</th><th "
                "scope=\"col\">Status</th></tr></thead><tbody>\n",
                plural(static_cast<std::int64_t>(page.instruments.size()), "instrument", "instruments"));
            for (const InstrumentLine& line : page.instruments) {
                put(out_, "<tr><td>{}{}{}</td><td>{}</td><td>{}</td></tr>\n", both(line.title),
                    line.short_title.empty() ? "" : " <span class=\"mute\">(" + html(line.short_title) + ")</span>",
                    check_mark(line.stale), html(line.kind), html(line.status));
            }
            out_ += "</tbody></table></details>\n";
        }
        if (!page.mechanisms.empty()) {
            put(out_,
                "<details><summary>{} that could convene</summary>\n<table class=\"cards\"><thead><tr><th "
                "scope=\"col\">Mechanism</th><th scope=\"col\">Kind</th><th scope=\"col\" class=\"n\">Members</th>"
                "<th scope=\"col\">Meets</th><th scope=\"col\">Last known meeting</th></tr></thead><tbody>\n",
                plural(static_cast<std::int64_t>(page.mechanisms.size()), "mechanism", "mechanisms"));
            for (const MechanismLine& line : page.mechanisms) {
                put(out_,
                    "<tr><td>{}{}</td><td>{}</td><td class=\"n\" data-l=\"members\">{}</td><td "
                    "data-l=\"meets\">{}</td><td data-l=\"last known meeting\">{}{}</td></tr>\n",
                    both(line.name), check_mark(line.stale), html(line.kind),
                    line.members < 0 ? "–" : grouped(line.members), cadence_text(line.cadence_months),
                    day_or(line.last_meeting, "–"),
                    line.meeting.empty() || line.last_meeting == no_day ? "" : ", " + html(line.meeting));
            }
            out_ += "</tbody></table></details>\n";
        }
    }

    static std::string strength(const MandateLine& line) {
        if (line.authorised_troops < 0 && line.authorised_police < 0) return "–";
        std::string out;
        if (line.authorised_troops >= 0) out = grouped(line.authorised_troops) + " troops";
        if (line.authorised_police >= 0)
            out += (out.empty() ? "" : "<br>") + grouped(line.authorised_police) + " police";
        return out;
    }

    void sources() {
        out_ += "<section class=\"group flow\" id=\"sources\">\n<h2>Sources</h2>\n";
        if (dossier_.sources.empty()) out_ += "<p>The store has no source.</p>\n";
        else {
            out_ +=
                "<table class=\"cards\"><thead><tr><th scope=\"col\">Source</th><th scope=\"col\" "
                "class=\"n\">Rows</th><th scope=\"col\" class=\"n\">Rejected</th><th scope=\"col\">Days</th>"
                "<th scope=\"col\">State</th><th scope=\"col\">Licence and attribution</th></tr></thead><tbody>\n";
            for (const model::SourceState& source : dossier_.sources) {
                put(out_,
                    "<tr id=\"s-{}\"><td>{}<br><code>{}</code></td><td class=\"n\" data-l=\"rows\">{}</td><td "
                    "class=\"n\" data-l=\"rejected\">{}</td><td class=\"nw\">{} – "
                    "{}</td><td>{}</td><td>{}{}</td></tr>\n",
                    anchor(source.id), html(source.title), html(source.id), grouped(source.rows),
                    grouped(source.rejected), day_or(source.first, "?"), day_or(source.last, "?"),
                    source.stale ? "<span class=\"b stale\">◐ stale</span>" : "current", html(source.licence),
                    source.attribution.empty() ? "" : ". " + html(source.attribution));
            }
            out_ += "</tbody></table>\n";
        }
        out_ += "</section>\n";
    }

    void references() {
        if (dossier_.references.empty()) return;
        out_ += "<section class=\"flow\" id=\"references\">\n<h2>Methods cited</h2>\n<ul>\n";
        for (const Reference& reference : dossier_.references) {
            put(out_, "<li id=\"r-{}\"><code>{}</code> {}", anchor(reference.key), html(reference.key),
                html(reference.text));
            if (is_web_address(reference.url))
                put(out_, " <a href=\"{}\">{}</a>", html(reference.url), html(reference.url));
            out_ += "</li>\n";
        }
        out_ += "</ul>\n</section>\n";
    }

    void foot() {
        put(out_,
            "<footer>\n<p>{}</p>\n<p>{} {}</p>\n<p class=\"mute\">{} · Icosa {} · packs <code>{}</code> · framework: "
            "{}</p>\n</footer>\n</body>\n</html>\n",
            html(notice_boundaries), html(notice_quiet), html(notice_person), html(dossier_.handling),
            html(dossier_.version), html(dossier_.packs_digest), html(dossier_.framework_source));
    }

    const Dossier& dossier_;
    std::string out_;
    int plot_count_ = 0;
    std::vector<std::string> watch_ids_;
};

}  // namespace

std::string render_html(const Dossier& dossier) { return Page(dossier).render(); }

}  // namespace icosa::brief
