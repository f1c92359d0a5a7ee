/// A watch's forecasts: a fan chart each, why it says so, and the record of the model.
#include "brief/html/parts.hpp"

#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/html/fan.hpp"
#include "brief/sentence.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

void write_fan(HtmlSheet& out, const model::Forecast& forecast) {
    put(out.text, "<div>{}<details><summary>Why</summary><p>{}.</p>", render_fan(forecast, out.next_plot_id()),
        html(expected_ahead(forecast)));
    if (const std::string moved = moved_line(forecast); !moved.empty()) put(out.text, "<p>Moved {}.</p>", html(moved));
    put(out.text, "<p>Probability: {}.</p>", html(forecast.probability.how));
    if (!forecast.past.empty()) out.text += "<p>Nearest past situations, and what followed:</p><ul>";
    for (const model::PastLike& past : forecast.past) put(out.text, "<li>{}</li>", html(past_line(past)));
    if (!forecast.past.empty()) out.text += "</ul>";
    put(out.text, "<p>Its own past: {}; all lines: <code>{}</code></p>", html(rows_line(forecast.lineage)),
        html(explain_command(forecast.id, out.dossier.as_of, out.dossier.db)));
    write_caveats(out, forecast.caveats);
    out.text += "</details></div>\n";
}

/// The likeliest of a declared outcome, with what moved each and what followed in like cases.
void write_chances(HtmlSheet& out, const model::WatchFinding& of) {
    if (of.chances.empty()) return;
    out.text += "<ul class=\"sig\">\n";
    for (const model::Chance& chance : of.chances) {
        const auto told = out.dossier.chance_sentences.find(chance.id);
        put(out.text,
            "<li><p><span class=\"m worse\" aria-hidden=\"true\">◆</span> {}</p>\n<details><summary>{}</summary>",
            told == out.dossier.chance_sentences.end() ? html(chance.probability.statement) : both(told->second),
            both(Words{"Why", "缘由"}));
        put(out.text, "<p>{} {}</p>", html(chance.probability.statement), html(chance.probability.how));
        if (!chance.drivers.empty()) out.text += "<ul>";
        for (const model::Driver& driver : chance.drivers)
            put(out.text, "<li>{} {}{}</li>", html(driver.what), driver.effect < 0 ? "" : "+",
                figure(rounded(driver.effect, 3)));
        if (!chance.drivers.empty()) out.text += "</ul>";
        if (!chance.past.empty()) out.text += "<ul>";
        for (const model::PastLike& past : chance.past) put(out.text, "<li>{}</li>", html(past_line(past)));
        if (!chance.past.empty()) out.text += "</ul>";
        put(out.text, "<p>{}: {}. <code>{}</code></p>", both(Words{"Record", "记录"}),
            both(record_words(chance.record, Language::En), record_words(chance.record, Language::Zh)),
            html(explain_command(chance.id, out.dossier.as_of, out.dossier.db)));
        write_caveats(out, chance.caveats);
        out.text += "</details></li>\n";
    }
    out.text += "</ul>\n";
}

}  // namespace

void write_forecasts(HtmlSheet& out, const model::WatchFinding& of) {
    write_chances(out, of);
    if (!of.forecasts.empty()) {
        out.text += "<div class=\"plots fans\">\n";
        for (const model::Forecast& forecast : of.forecasts) write_fan(out, forecast);
        out.text += "</div>\n";
    }
    if (!of.others_ahead.empty()) put(out.text, "<p>{}.</p>\n", html(of.others_ahead));
    if (!of.record.verdict.empty())
        put(out.text, "<p class=\"meta\">Model {}: {}.</p>\n", html(of.record.model), html(of.record.verdict));
}

}  // namespace icosa::brief
