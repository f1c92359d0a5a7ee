/// A watch within a section of dossier.md: what it reads, and from which source; then forecasts and signals.
#include "brief/markdown/parts.hpp"

#include "brief/escape.hpp"
#include "brief/wording.hpp"

namespace icosa::brief {

namespace {

void write_told(std::string& out, const model::WatchFinding& of, const Dossier& dossier) {
    for (const model::Told& one : of.told) {
        const auto told = dossier.sentences.find(one.id);
        if (told != dossier.sentences.end()) put(out, "- {}\n", markdown(told->second.en));
    }
    if (!of.told.empty()) out += '\n';
}

}  // namespace

void write_watch(std::string& out, const model::WatchFinding& of, const Dossier& dossier) {
    put(out, "#### {}: {}\n\n", markdown_state(of.state), markdown(of.title));
    if (!of.reading.empty()) put(out, "{}\n\n", markdown(of.reading));
    put(out, "Watch {}, engine {}", markdown_code(of.id), markdown(of.engine));
    if (!of.source.empty()) put(out, ", source {}", markdown_codes(model::sources_in(of.source)));
    if (!of.other_sources.empty()) put(out, " (beside it {})", markdown_codes(of.other_sources));
    if (of.observed_through != no_day) put(out, ", observed to {}", iso(of.observed_through));
    if (of.state != model::State::NoData) {
        put(out, "; {} examined, {} expected by chance", plural(of.units_examined, "unit", "units"),
            figure(rounded(of.signals_expected_by_chance, 2)));
        out += discovery_words(of);
    }
    if (!of.cites.empty()) put(out, "; method {}", markdown_list(of.cites));
    out += ".\n\n";
    if (const pack::Title aside = set_aside_line(of); !aside.en.empty())
        put(out, "{}\n\n", markdown(in(aside, dossier.language)));
    write_forecasts(out, of, dossier);
    write_signals(out, of, dossier);
    write_told(out, of, dossier);
    write_caveats(out, watch_caveats(of));
}

}  // namespace icosa::brief
