/// Findings by section, then the brief.
#include "app/dossier.hpp"

#include <algorithm>
#include <map>

#include "brief/compose.hpp"

namespace icosa::app {

Result<brief::Dossier> dossier_of(store::Store& store, const Packs& packs, const DossierRequest& request) {
    const auto is_asked = [&](const std::string& section) {
        const auto& of = request.sections;
        return of.empty() || std::find(of.begin(), of.end(), section) != of.end();
    };
    const auto wanted = [&](const pack::AreaPack& page, const pack::Watch&) { return is_asked(page.section); };
    Findings found = TRY(find(store, packs, {request.as_of, wanted, request.threads, Lines::Three, request.on_step}));

    std::map<std::string, brief::SectionFindings> by_section;
    for (const auto& page : packs.pages) {
        auto& section = by_section[page.section];
        section.section = page.section;
        section.note = page.note;
        for (const auto& none : page.no_data) section.no_data.push_back({none.clause, none.reason});
    }
    for (auto& result : found.results) by_section[result.page->section].watches.push_back(std::move(result.finding));

    pack::Framework framework = packs.framework;
    std::erase_if(framework.sections, [&](const pack::Section& one) { return !is_asked(one.id); });
    brief::Material material{.framework = framework,
                             .catalogue = packs.catalogue,
                             .places = packs.places,
                             .as_of = request.as_of,
                             .findings = {},
                             .sources = {},
                             .participation = std::move(found.evidence.participation),
                             .references = packs.references,
                             .packs_digest = packs.digest,
                             .version = request.version,
                             .handling = "TLP:CLEAR",
                             .caveats = {}};
    for (auto& [id, section] : by_section) {
        if (framework.section(id)) material.findings.push_back(std::move(section));
    }
    for (auto& [id, state] : found.evidence.sources) material.sources.push_back(std::move(state));
    return brief::compose(material);
}

}  // namespace icosa::app
