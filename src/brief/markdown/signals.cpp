/// The table of a watch's signals, and below it the reason and lineage of the most telling.
#include "brief/markdown/parts.hpp"

#include <algorithm>

#include "brief/commands.hpp"
#include "brief/escape.hpp"
#include "brief/language.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {
namespace {

std::string name(const model::Signal& signal) {
    return signal.subject_title.empty() ? signal.subject : signal.subject_title;
}

void write_reason(std::string& out, const model::Signal& of, const model::WatchFinding& watch,
                  const std::vector<std::string>& known, const Dossier& dossier) {
    put(out, "- **{}, {}.**", markdown(name(of)), markdown(of.period));
    const auto told = dossier.sentences.find(of.id);
    const bool has_sentence = told != dossier.sentences.end();
    if (has_sentence) put(out, " {}", markdown(in(told->second, dossier.language)));
    // A reason is in English: on a Chinese page the sentence and the table above it say the same.
    const bool wants_reason = of.beside.empty() && dossier.language == Language::En;
    if (wants_reason || !has_sentence) put(out, " {}.", markdown(without_stop(of.reason)));
    if (!of.confidence_why.empty())
        put(out, " Confidence {}: {}", model::confidence_names[static_cast<std::size_t>(of.confidence)],
            markdown(of.confidence_why));
    if (!of.confidence_why.empty() && !of.confidence_why.ends_with('.')) out += '.';
    put(out, " From {}", markdown(rows_line(of.lineage)));
    std::vector<std::string> places;
    for (const model::SourceLine& line : of.lineage.files) places.push_back(fmt::format("{}:{}", line.file, line.line));
    if (!places.empty()) put(out, ": {}", markdown_codes(places));
    if (of.lineage.rows > static_cast<std::int64_t>(places.size()))
        put(out, "; all of them: {}", markdown_code(explain_command(of.id, dossier.as_of, dossier.db)));
    out += '.';
    const std::vector<std::string> own = others(of.cites, watch.cites);
    if (!own.empty()) put(out, " Method {}.", markdown_list(own));
    for (const std::string& caveat : others(of.caveats, known)) put(out, " *{}*", markdown(caveat));
    out += '\n';
}

}  // namespace

void write_signals(std::string& out, const model::WatchFinding& of, const Dossier& dossier) {
    if (of.signals.empty()) return;
    const std::size_t full = std::min(of.signals.size(), signals_in_full);
    const std::size_t shown = std::min(of.signals.size(), full + signals_in_short);
    out +=
        "| Signal | Period | Observed | Expected | Threshold | Unusualness | Severity | Confidence | Grade "
        "|\n|---|---|---:|---:|---:|---:|---|---|---|\n";
    for (std::size_t i = 0; i < shown; ++i) {
        const model::Signal& signal = of.signals[i];
        put(out, "| {} | {} | {} | {} | {} | {} | {} {} | {} | {} |\n", markdown(name(signal)), markdown(signal.period),
            figure(signal.observed), figure(signal.expected), figure(signal.threshold),
            markdown(share_text(signal.unusualness)), figure(signal.severity.value), markdown(signal.severity.unit),
            model::confidence_names[static_cast<std::size_t>(signal.confidence)],
            model::grade_names[static_cast<std::size_t>(signal.grade)]);
    }
    out += '\n';
    if (shown < of.signals.size()) put(out, "{} more are in dossier.json.\n\n", of.signals.size() - shown);
    const std::vector<std::string> known = watch_caveats(of);
    for (std::size_t i = 0; i < full; ++i) write_reason(out, of.signals[i], of, known, dossier);
    out += '\n';
}

}  // namespace icosa::brief
