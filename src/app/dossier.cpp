/// Findings by section, then the brief.
#include "app/dossier.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "app/commitments_due.hpp"
#include "app/options.hpp"
#include "brief/compose.hpp"
#include "brief/handling.hpp"

namespace icosa::app {
namespace {

/// Of the sources that answered a watch: those whose licence does not let their figures be passed on.
std::vector<std::string> sources_not_to_be_passed_on(const std::vector<brief::SectionFindings>& findings,
                                                     const Packs& packs) {
    std::vector<std::string> out;
    for (const auto& section : findings) {
        for (const auto& watch : section.watches) {
            for (const auto& id : model::sources_in(watch.source)) {
                const pack::SourceCard* card = packs.find_card(id);
                if (card && !card->exportable) out.push_back(card->id);
            }
        }
    }
    std::ranges::sort(out);
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

constexpr int all_shown = 300;  ///< forecasts of a watch: all units, of which those of the places are kept

/// The packs with every unit shown where a watch looks ahead.
Packs with_all_shown(const Packs& packs) {
    Packs out = packs;
    for (auto& page : out.pages) {
        for (auto& watch : page.watches) watch.outlook.shown = std::max(watch.outlook.shown, all_shown);
    }
    return out;
}

/// The regional parts of other pages' watches, before the watches of the page itself.
void add_rows(const Packs& packs, const std::vector<WatchResult>& results, Day as_of,
              std::map<std::string, brief::SectionFindings>& by_section) {
    for (const auto& page : packs.pages) {
        for (const auto& row : page.rows) {
            const auto found =
                std::ranges::find_if(results, [&](const WatchResult& one) { return one.watch->id == row.watch; });
            if (found == results.end()) continue;
            model::WatchFinding part = found->finding;
            keep_places(part, places_within(packs.places, row.places, as_of), "in the places of this page");
            part.clauses = row.clauses;
            part.home = found->page->section;
            by_section[page.section].watches.push_back(std::move(part));
        }
    }
}

/// Of the pages of areas: their own watches, and their part of others'.
std::map<std::string, std::vector<model::Response>> responses_by_section(
    const Packs& packs, const Findings& found, const std::map<std::string, brief::SectionFindings>& by_section,
    Day as_of) {
    constexpr std::size_t most_answered = 4;
    std::map<std::string, std::vector<std::string>> asked;
    std::set<std::string> all;
    for (const auto* section : packs.framework.of(pack::Group::Area)) {
        std::vector<const model::WatchFinding*> watches;
        for (const auto& result : found.results) {
            if (result.page->section == section->id) watches.push_back(&result.finding);
        }
        if (const auto rows = by_section.find(section->id); rows != by_section.end()) {
            for (const auto& watch : rows->second.watches) watches.push_back(&watch);
        }
        auto& ids = asked[section->id] = signals_to_answer(watches, packs, most_answered);
        all.insert(ids.begin(), ids.end());
    }
    std::map<std::string, model::Response> by_signal;
    for (auto& one : responses_to({all.begin(), all.end()}, packs, found, as_of)) by_signal.emplace(one.signal, one);
    std::map<std::string, std::vector<model::Response>> out;
    for (const auto& [section, ids] : asked) {
        for (const std::string& id : ids) {
            if (const auto one = by_signal.find(id); one != by_signal.end()) out[section].push_back(one->second);
        }
    }
    return out;
}

std::string titles_in_english(const std::vector<pack::Title>& titles) {
    std::string out;
    for (const pack::Title& title : titles) out += (out.empty() ? "" : ", ") + title.en;
    return out;
}

}  // namespace

// One stage after the other, in the order of the flow: each line is a hand-over.
Result<brief::Dossier> dossier_of(store::Store& store, const Packs& all_packs, const DossierRequest& request) {
    const bool of_places = !request.places.ids.empty();
    std::optional<Packs> widened;
    if (of_places || request.ahead == Ahead::AllUnits) widened = with_all_shown(all_packs);
    const Packs& packs = widened ? *widened : all_packs;
    const auto is_asked = [&](const std::string& section) {
        const auto& of = request.sections;
        return of.empty() || std::find(of.begin(), of.end(), section) != of.end();
    };
    const auto is_row_of_one_asked = [&](const std::string& watch) {
        return std::ranges::any_of(packs.pages, [&](const pack::AreaPack& page) {
            return is_asked(page.section) && std::ranges::find(page.rows, watch, &pack::Row::watch) != page.rows.end();
        });
    };
    const auto wanted = [&](const pack::AreaPack& page, const pack::Watch& watch) {
        const auto& of = request.watches;
        if (!of.empty()) return std::ranges::find(of, watch.id) != of.end() && is_asked(page.section);
        return watch.on_page && (is_asked(page.section) || is_row_of_one_asked(watch.id));
    };
    Findings found = TRY(find(
        store, packs,
        {request.as_of, wanted, request.threads, Lines::Three, request.on_step, option_needs(packs, request.as_of)}));

    std::map<std::string, brief::SectionFindings> by_section;
    for (const auto& page : packs.pages) {
        auto& section = by_section[page.section];
        section.section = page.section;
        section.note = page.note;
        for (const auto& none : page.no_data) section.no_data.push_back({none.clause, none.reason});
    }
    if (of_places) {
        for (auto& result : found.results) keep_places(result.finding, request.places.ids, "in the places asked for");
    }
    for (auto& result : found.results) {
        result.finding.basis = pack::basis_of(*result.watch);
        result.finding.proxy = result.watch->proxy.en;
        result.finding.proxy_zh = result.watch->proxy.zh;
        result.finding.warns_of_falls = result.watch->judging.direction == pack::Direction::Fall;
    }
    add_rows(packs, found.results, request.as_of, by_section);
    auto responses = responses_by_section(packs, found, by_section, request.as_of);
    for (auto& result : found.results) by_section[result.page->section].watches.push_back(std::move(result.finding));

    pack::Framework framework = packs.framework;
    std::erase_if(framework.sections, [&](const pack::Section& one) { return !is_asked(one.id); });
    brief::Material material{.framework = framework,
                             .catalogue = packs.catalogue,
                             .places = packs.places,
                             .as_of = request.as_of,
                             .findings = {},
                             .beside = std::move(found.beside),
                             .sources = {},
                             .participation = std::move(found.evidence.participation),
                             .references = packs.references,
                             .packs_digest = packs.digest,
                             .version = request.version,
                             .handling = {},
                             .withheld_sources = {},
                             .caveats = {},
                             .measures = packs.measures,
                             .phrases = packs.phrases,
                             .outcomes = packs.outcomes,
                             .differences = packs.differences,
                             .matters = packs.matters,
                             .responses = std::move(responses),
                             .addresses = {},
                             .language = request.language,
                             .db = request.db,
                             .place_ids = request.places.ids};
    for (auto& [id, section] : by_section) {
        if (framework.section(id)) material.findings.push_back(std::move(section));
    }
    for (auto& [id, state] : found.evidence.sources) material.sources.push_back(std::move(state));
    material.withheld_sources = sources_not_to_be_passed_on(material.findings, packs);
    material.handling = brief::handling_mark(material.withheld_sources, request.handling);
    for (const auto& folder : packs.added)
        material.caveats.push_back(fmt::format("With packs of a user's own, laid over the others: {}.", folder));
    if (of_places)
        material.caveats.push_back(
            fmt::format("Only findings on {} are told here.", titles_in_english(request.places.titles)));
    for (const auto& card : packs.cards) {
        if (!card.url.empty()) material.addresses[card.id] = card.url;
    }
    brief::Commitments commitments;  // of places none: they belong to areas
    if (!of_places) commitments = commitments_due(request.ledger, request.sections, request.as_of, material.caveats);
    brief::Dossier out = brief::compose(material);
    // what somebody undertook is theirs to pass on
    const bool tells = !commitments.due.empty();
    if (tells && out.handling == brief::handling_marks[0]) out.handling = brief::handling_marks[1];
    out.commitments = std::move(commitments);
    return out;
}

}  // namespace icosa::app
