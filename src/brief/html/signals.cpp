/// A watch's signals: each a sentence that opens to its figures, the rule behind its grade, and the lines it rests on.
#include "brief/html/parts.hpp"

#include <algorithm>

#include "brief/blocks.hpp"
#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/sentence.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

std::string grade_badge(model::Grade grade) {
    return fmt::format("<span class=\"b {}\">{}</span>",
                       grade == model::Grade::Warning     ? "warning"
                           : grade == model::Grade::Watch ? "watch-grade"
                                                          : "note-grade",
                       both(grade_words(grade, Language::En), grade_words(grade, Language::Zh)));
}

std::string told_html(const HtmlSheet& out, const model::Signal& of) {
    const auto told = out.dossier.sentences.find(of.id);
    return told == out.dossier.sentences.end() ? html(of.reason) : both(told->second);
}

void write_figures(HtmlSheet& out, const model::Signal& of) {
    out.text += "<dl class=\"fig\">";
    const auto cell = [&](const Words& term, const std::string& value) {
        if (!value.empty()) put(out.text, "<div><dt>{}</dt><dd>{}</dd></div>", both(term), value);
    };
    cell({"period", "时期"}, html(of.period));
    cell({"observed", "观测值"}, figure(of.observed));
    cell({"expected", "预期值"}, figure(of.expected));
    cell({"threshold", "界限"}, figure(of.threshold));
    cell({"unusualness", "异常程度"}, html(share_text(of.unusualness)));
    cell({"severity", "严重性"}, html(figure(of.severity.value) + " " + of.severity.unit));
    out.text += "</dl>";
}

void write_told_signal(HtmlSheet& out, const model::Signal& of, const model::WatchFinding& watch,
                       const std::vector<std::string>& known) {
    const model::Change change = is_still_low(of, watch) ? model::Change::StillHigh : of.course.change;
    put(out.text,
        "<li><p><span class=\"m {}\" aria-hidden=\"true\">{}</span> {} {}</p>\n<details><summary>{}</summary>",
        mark_kind(change, is_drop(of, watch), Outlook::Now), change_symbol(change, is_drop(of, watch)),
        told_html(out, of), grade_badge(of.grade), both(Words{"Figures, grade, lines", "数据、等级、依据"}));
    write_figures(out, of);
    put(out.text, "<p>{}.</p>", html(without_stop(of.reason)));
    put(out.text, "<p>{}: {}. {}</p>", both(Words{"Sure", "可信度"}),
        both(confidence_words(of.confidence, Language::En), confidence_words(of.confidence, Language::Zh)),
        html(of.confidence_why));
    if (!of.grade_why.empty()) put(out.text, "<p>{}: {}</p>", both(Words{"Grade", "等级"}), html(of.grade_why));
    put(out.text, "<p>{}: {}. {}</p>", both(Words{"Record", "记录"}),
        both(record_words(of.record, Language::En), record_words(of.record, Language::Zh)),
        html(of.record.outcome.empty() ? of.record.why_none : std::string()));
    put(out.text, "<p>{}</p><ul>", html(rows_line(of.lineage)));
    for (const model::SourceLine& line : of.lineage.files)
        put(out.text, "<li><code>{}:{}</code></li>", html(line.file), line.line);
    put(out.text, "<li><code>{}</code></li></ul>", html(explain_command(of.id, out.dossier.as_of, out.dossier.db)));
    const std::vector<std::string> own = others(of.cites, watch.cites);
    if (!own.empty()) {
        out.text += "<p>";
        write_cites(out, own, "");
        out.text += "</p>";
    }
    write_caveats(out, others(of.caveats, known));
    out.text += "</details></li>\n";
}

}  // namespace

void write_signals(HtmlSheet& out, const model::WatchFinding& of) {
    if (of.signals.empty()) return;
    const std::vector<std::string> known = watch_caveats(of);
    const std::size_t full = std::min(of.signals.size(), signals_in_full);
    out.text += "<ul class=\"sig\">\n";
    for (std::size_t i = 0; i < full; ++i) write_told_signal(out, of.signals[i], of, known);
    out.text += "</ul>\n";
    if (of.signals.size() == full) return;
    const std::size_t shown = std::min(of.signals.size(), full + signals_in_short);
    const std::size_t more = of.signals.size() - full;
    put(out.text, "<details><summary>{}</summary>\n<ul class=\"sig\">\n",
        both(fmt::format("{} more", more), fmt::format("另有{}项", more)));
    for (std::size_t i = full; i < shown; ++i)
        put(out.text, "<li><p>{} {}</p></li>\n", told_html(out, of.signals[i]), grade_badge(of.signals[i].grade));
    out.text += "</ul>\n";
    if (shown < of.signals.size())
        put(out.text, "<p class=\"mute\">{} more are in dossier.json.</p>\n", of.signals.size() - shown);
    out.text += "</details>\n";
}

}  // namespace icosa::brief
