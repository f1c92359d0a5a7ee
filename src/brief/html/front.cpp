/// The first page of index.html: the five blocks, each line a sentence that opens to how sure it is and how to look on.
#include "brief/html/parts.hpp"

#include <algorithm>

#include "brief/blocks.hpp"
#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/html/spark.hpp"
#include "brief/sentence.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

bool looks_ahead(const FrontLine& line) { return line.change == model::Change::None && line.probability.value > 0; }

/// "Sudan" of "Sudan: 2,316 ..." stands out.
std::string sentence_html(const std::string& sentence, std::string_view name) {
    if (name.empty() || !sentence.starts_with(name)) return html(sentence);
    return "<b>" + html(name) + "</b>" + html(sentence.substr(name.size()));
}

std::string both_sentences(const FrontLine& line) {
    return both_html(sentence_html(line.sentence.en, line.subject_title.en),
                     sentence_html(line.sentence.zh, line.subject_title.zh));
}

Words mark_title(const FrontLine& line) {
    if (looks_ahead(line)) return {"likely to get worse", "可能恶化"};
    switch (line.change) {
        case model::Change::Rising: return {"rising", "上升"};
        case model::Change::StillHigh:
            return line.low ? Words{"still low", "仍处低位"} : Words{"still high", "仍处高位"};
        case model::Change::Falling: return {"falling", "下降"};
        case model::Change::BackInRange: return {"back in its range", "回到常态范围"};
        case model::Change::New:
        case model::Change::None: break;
    }
    return {"new", "新出现"};
}

/// "moderate · 2 of 5": how sure, and the record where there is one; the whole of both opens below the line.
std::string sure_in_short(const FrontLine& line, Language language) {
    const model::Record& record = line.record;
    const bool none = record.outcome.empty() || record.signals == 0;
    const bool zh = language == Language::Zh;
    const std::string past = none ? std::string()
        : zh                      ? fmt::format("{}次中{}次", record.signals, record.followed)
                                  : fmt::format("{} of {}", record.followed, record.signals);
    if (looks_ahead(line)) return past;
    return confidence_words(line.confidence, language) + (none ? "" : " · " + past);
}

void write_marks(HtmlSheet& out, const FrontLine& line) {
    out.text += "<span class=\"ar\">";
    std::size_t at = 0;
    for (const std::string& mark : section_marks(line)) {
        const std::string section = mark.find('.') == std::string::npos ? "III." + mark : mark;
        put(out.text, "{}<a href=\"#{}\">{}</a>", at++ ? " " : "", anchor(section), html(mark));
    }
    out.text += "</span>";
}

/// What opens below a line.
void write_more(HtmlSheet& out, const FrontLine& line) {
    const Dossier& dossier = out.dossier;
    out.text += "<div class=\"more\">";
    if (looks_ahead(line)) put(out.text, "<p>{}</p>", both_sentences(line));
    put(out.text, "<p>{}", both(surety_words(line, Language::En), surety_words(line, Language::Zh)));
    if (!line.confidence_why.empty()) put(out.text, " {}.", html(without_stop(line.confidence_why)));
    if (line.record.outcome.empty() && !line.record.why_none.empty())
        put(out.text, " {}.", html(without_stop(line.record.why_none)));
    out.text += "</p>";
    if (!line.signals.empty())
        put(out.text, "<p><code>{}</code></p>", html(explain_command(line.signals.front(), dossier.as_of, dossier.db)));
    out.text += "</div>";
}

void write_line(HtmlSheet& out, const FrontLine& line) {
    const bool ahead = looks_ahead(line);
    const std::string_view symbol = ahead ? "◆" : change_symbol(line.mark, line.drop);
    const std::string_view kind = mark_kind(line.mark, line.drop, ahead ? Outlook::Ahead : Outlook::Now);
    const Words title = mark_title(line);
    put(out.text,
        "<li><details><summary><span class=\"m {}\" role=\"img\" aria-label=\"{} {}\">{}</span><span class=\"s\">",
        kind, title.en, title.zh, symbol);
    if (ahead)
        put(out.text, "{} {}",
            both_html("<b>" + html(line.subject_title.en) + "</b>",
                      "<b>" + html(in(line.subject_title, Language::Zh)) + "</b>"),
            both(chance_words(line, Language::En), chance_words(line, Language::Zh)));
    else out.text += both_sentences(line);
    put(out.text, " <small class=\"sure\">{}</small>",
        both(sure_in_short(line, Language::En), sure_in_short(line, Language::Zh)));
    out.text += "</span>" + render_spark(line.values) + "</summary>";
    write_more(out, line);
    out.text += "</details>";
    write_marks(out, line);
    out.text += "</li>\n";
}

void write_block(HtmlSheet& out, std::string_view id, const Words& title, const Words& note,
                 const std::vector<FrontLine>& lines, std::size_t shown, const Words& none) {
    const std::string count = std::to_string(lines.size());
    if (shown > 0) {
        put(out.text,
            "<section class=\"block\" id=\"{}\" aria-labelledby=\"{}-h\">\n<h2 id=\"{}-h\">{} <small>{}</small></h2>\n",
            id, id, id, both(title), count);
        put(out.text, "<p class=\"bn\">{}</p>\n", both(lines.empty() ? none : note));
    } else {
        put(out.text,
            "<section class=\"block folded\" id=\"{}\">\n<details><summary><h2>{} <small>{}</small></h2></summary>\n<p "
            "class=\"bn\">{}</p>\n",
            id, both(title), count, both(lines.empty() ? none : note));
    }
    const std::size_t open = shown == 0 ? lines.size() : std::min(shown, lines.size());
    out.text += open > 0 ? "<ul class=\"lines\">\n" : "";
    for (std::size_t i = 0; i < open; ++i) write_line(out, lines[i]);
    out.text += open > 0 ? "</ul>\n" : "";
    if (open < lines.size()) {
        put(out.text, "<details class=\"rest\"><summary>{}</summary><ul class=\"lines\">\n",
            both(fmt::format("{} more", lines.size() - open), fmt::format("另有{}项", lines.size() - open)));
        for (std::size_t i = open; i < lines.size(); ++i) write_line(out, lines[i]);
        out.text += "</ul></details>\n";
    }
    out.text += shown > 0 ? "</section>\n" : "</details></section>\n";
}

void write_unknown(HtmlSheet& out) {
    const auto& lines = out.dossier.front.unknown;
    put(out.text,
        "<section class=\"block folded\" id=\"unknown\">\n<details><summary><h2>{} "
        "<small>{}</small></h2></summary>\n<p class=\"bn\">{}</p>\n",
        both(unknown_title), lines.size(), both(lines.empty() ? nothing_here : unknown_note));
    out.text += lines.empty() ? "" : "<ul class=\"lines\">\n";
    for (const UnknownLine& line : lines) {
        put(out.text, "<li><span class=\"m stale\" aria-hidden=\"true\">◐</span><div class=\"s\">{} <code>{}</code>",
            both(line.sentence), html(line.command));
        if (is_web_address(line.address))
            put(out.text, " <a href=\"{}\">{}</a>", html(line.address), both(Words{"newer files", "下载新文件"}));
        out.text += "</div></li>\n";
    }
    out.text += lines.empty() ? "" : "</ul>\n";
    out.text += "</details></section>\n";
}

}  // namespace

void write_front_page(HtmlSheet& out) {
    const Front& front = out.dossier.front;
    out.text += "<div class=\"front\" id=\"front\">\n<div class=\"left\">\n";
    write_block(out, "worse", worse_title, worse_note, front.worse, worse_lines, nothing_ahead);
    write_map(out);
    out.text += "</div>\n<div class=\"right\">\n";
    write_block(out, "risen", risen_title, risen_note, front.risen, risen_lines_shown, nothing_here);
    out.text += "</div>\n<div class=\"folds\">\n";
    write_block(out, "high", high_title, high_note, front.high, 0, nothing_here);
    write_block(out, "fallen", fallen_title, fallen_note, front.fallen, 0, nothing_here);
    write_unknown(out);
    write_countries(out);
    write_commitments(out);
    out.text += "</div>\n";
    write_tiles(out);
    out.text += "</div>\n";
}

}  // namespace icosa::brief
