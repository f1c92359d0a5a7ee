/// The table of a watch's signals: the most telling with reason and lineage, more as bare rows.
#include "brief/html/parts.hpp"

#include <algorithm>

#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

std::string grade_badge(model::Grade grade) {
    const std::string_view word = model::grade_names[static_cast<std::size_t>(grade)];
    return fmt::format("<span class=\"b {}\">{}</span>",
                       grade == model::Grade::Warning     ? "warning"
                           : grade == model::Grade::Watch ? "watch-grade"
                                                          : "note-grade",
                       word);
}

void write_table_head(HtmlSheet& out, std::string_view kind) {
    put(out.text,
        "<table class=\"{}\"><thead><tr><th scope=\"col\">Signal</th><th scope=\"col\">Period</th><th "
        "scope=\"col\" class=\"n\">Observed</th><th scope=\"col\" class=\"n\">Expected</th>"
        "<th scope=\"col\" class=\"n\">Threshold</th><th scope=\"col\" class=\"n\">Unusualness</th><th "
        "scope=\"col\">Severity</th><th scope=\"col\">Confidence</th><th scope=\"col\">Grade</th></tr></thead>\n",
        kind);
}

void write_row(HtmlSheet& out, const model::Signal& of) {
    put(out.text,
        "<tr><td>{}</td><td class=\"nw\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td "
        "class=\"n\">{}</td><td class=\"n\">{}</td><td>{} {}</td><td>{}</td><td>{}</td></tr>",
        html(of.subject_title.empty() ? of.subject : of.subject_title), html(of.period), figure(of.observed),
        figure(of.expected), figure(of.threshold), html(share_text(of.unusualness)), figure(of.severity.value),
        html(of.severity.unit), model::confidence_names[static_cast<std::size_t>(of.confidence)],
        grade_badge(of.grade));
}

void write_reason(HtmlSheet& out, const model::Signal& of, const model::WatchFinding& watch,
                  const std::vector<std::string>& known) {
    put(out.text, "<tr class=\"r\"><td colspan=\"9\"><p>{}.", html(without_stop(of.reason)));
    if (!of.confidence_why.empty())
        put(out.text, " <span class=\"mute\">Confidence {}: {}.</span>",
            model::confidence_names[static_cast<std::size_t>(of.confidence)], html(without_stop(of.confidence_why)));
    put(out.text, "</p><details><summary>From {}</summary><ul>", html(rows_line(of.lineage)));
    for (const model::SourceLine& line : of.lineage.files)
        put(out.text, "<li><code>{}:{}</code></li>", html(line.file), line.line);
    if (of.lineage.rows > static_cast<std::int64_t>(of.lineage.files.size())) {
        put(out.text, "<li>all lines: <code>{}</code></li>",
            html(explain_command(of.id, out.dossier.as_of, out.dossier.db)));
    }
    out.text += "</ul>";
    std::vector<std::string> own = others(of.cites, watch.cites);
    if (!own.empty()) {
        out.text += "<p>";
        write_cites(out, own, "Method ");
        out.text += "</p>";
    }
    write_caveats(out, others(of.caveats, known));
    out.text += "</details></td></tr>";
}

}  // namespace

void write_signals(HtmlSheet& out, const model::WatchFinding& of) {
    if (of.signals.empty()) return;
    const std::vector<std::string> known = watch_caveats(of);
    const std::size_t full = std::min(of.signals.size(), signals_in_full);
    write_table_head(out, "sig cards");
    for (std::size_t i = 0; i < full; ++i) {
        out.text += "<tbody>";
        write_row(out, of.signals[i]);
        write_reason(out, of.signals[i], of, known);
        out.text += "</tbody>\n";
    }
    out.text += "</table>\n";
    if (of.signals.size() == full) return;
    const std::size_t shown = std::min(of.signals.size(), full + signals_in_short);
    put(out.text, "<details><summary>{} more</summary>\n", of.signals.size() - full);
    write_table_head(out, "sig short cards");
    out.text += "<tbody>\n";
    for (std::size_t i = full; i < shown; ++i) {
        write_row(out, of.signals[i]);
        out.text += '\n';
    }
    out.text += "</tbody></table>\n";
    if (shown < of.signals.size())
        put(out.text, "<p class=\"mute\">{} more are in dossier.json.</p>\n", of.signals.size() - shown);
    out.text += "</details>\n";
}

}  // namespace icosa::brief
