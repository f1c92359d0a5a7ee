/// Finds and loads packs.
#include "app/packs.hpp"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <iterator>

#include <fmt/format.h>

#include "engine/item_index.hpp"

namespace icosa::app {
namespace {

namespace fs = std::filesystem;

brief::Reference parse_reference(const std::string& key, const pack::Node& node, Diagnostics& faults) {
    pack::TableReader reader(node, faults, fmt::format("reference '{}'", key));
    const std::string authors = reader.text("authors"), title = reader.text("title"), in = reader.text_or("in", ""),
                      doi = reader.text_or("doi", "");
    const auto year = reader.integer_or("year", 0);
    (void)reader.text("takes");
    const std::string url = reader.text_or("url", doi.empty() ? "" : "https://doi.org/" + doi);
    reader.finish();
    return {key,
            fmt::format("{} ({}). {}.{}{}", authors, year, title, in.empty() ? "" : " ", in.empty() ? "" : in + "."),
            url};
}

/// What is known of two and more of these sources together, where each event counts once.
void add_together(const std::vector<std::string>& ids, const Packs& packs,
                  std::map<std::string, engine::SourceFacts>& sources) {
    for (std::uint32_t bits = 1; bits < (1u << ids.size()); ++bits) {
        if (std::popcount(bits) < 2) continue;
        std::vector<std::string> names, titles;
        engine::SourceFacts facts;
        for (std::size_t i = 0; i < ids.size(); ++i) {
            const auto found = sources.find(ids[i]);
            if ((bits & (1u << i)) == 0 || found == sources.end()) continue;
            const engine::SourceFacts& one = found->second;
            names.push_back(ids[i]);
            titles.push_back(one.title);
            facts.note += (facts.note.empty() ? "" : " ") + one.note;
            if (facts.stale_after_days == 0
                || (one.stale_after_days > 0 && one.stale_after_days < facts.stale_after_days))
                facts.stale_after_days = one.stale_after_days;
            facts.set_aside.insert(facts.set_aside.end(), one.set_aside.begin(), one.set_aside.end());
        }
        facts.title = join(titles, " and ");
        // the soonest limit of them, so that one that has ended soon gives way; but what the latest needs it may take
        constexpr int month_days = 31;
        const std::string together = join(names, "+");
        if (facts.stale_after_days > 0)
            facts.stale_after_days = std::max(facts.stale_after_days, packs.lag_days_of(together) + month_days);
        sources[together] = std::move(facts);
    }
}

}  // namespace

const pack::SourceCard* Packs::find_card(std::string_view id) const {
    for (const auto& card : cards) {
        if (card.id == id) return &card;
    }
    return nullptr;
}

int Packs::lag_days_of(std::string_view source) const {
    int out = 0;
    for (const auto& id : model::sources_in(source)) {
        if (const auto* card = find_card(id)) out = std::max(out, card->publication_lag_days);
    }
    return out;
}

const pack::Watch* Packs::find_watch(std::string_view id) const {
    for (const auto& page : pages) {
        for (const auto& watch : page.watches) {
            if (watch.id == id) return &watch;
        }
    }
    return nullptr;
}

const pack::AreaPack* Packs::page_of(std::string_view section) const {
    for (const auto& page : pages) {
        if (page.section == section) return &page;
    }
    return nullptr;
}

engine::Setting Packs::setting(Day as_of) const {
    engine::Setting out{as_of, places, catalogue, grades, {}, likelihood, measures, outcomes, records};
    out.items = &items;
    out.credibility = &credibility;
    for (const auto& card : cards)
        out.sources[card.id] = {
            card.title,    card.publisher, card.note, card.stale_after_days, card.volume == pack::Volume::Reporting,
            card.set_aside};
    const auto add = [&](const pack::Selection& of) {
        if (of.matched) add_together(of.from, *this, out.sources);
    };
    for (const auto& page : pages) {
        for (const auto& watch : page.watches) {
            add(watch.selection);
            if (watch.per) add(watch.per->selection);
            if (watch.beside) add(watch.beside->selection);
            for (const auto& part : watch.parts) add(part.selection);
            for (const auto& tell : watch.tells) add(tell.selection);
        }
    }
    for (const auto& outcome : outcomes.all) add(outcome.selection);
    return out;
}

std::string packs_directory(const std::string& given) {
    if (!given.empty()) return given;
    std::error_code error;
    const fs::path binary = fs::read_symlink("/proc/self/exe", error);
    // PREFIX/bin/icosa finds PREFIX/share/icosa/packs, build/release/icosa the packs of the source tree above it.
    for (fs::path up = binary.parent_path(); !error && up.has_relative_path(); up = up.parent_path()) {
        for (const char* place : {"share/icosa/packs", "packs"}) {
            if (fs::is_directory(up / place / "framework")) return (up / place).string();
        }
    }
    return ICOSA_INSTALL_PREFIX "/share/icosa/packs";
}

namespace {

/// A page of an overlay joins the page of its section; one of `own_section` brings the section with it.
void add_page(Packs& packs, pack::AreaPack page) {
    if (page.section == own_section && !packs.framework.section(own_section)) {
        const auto areas = packs.framework.of(pack::Group::Area);
        const int number = areas.empty() ? 1 : areas.back()->number + 1;
        packs.framework.sections.push_back({std::string(own_section),
                                            pack::Group::Area,
                                            number,
                                            "own-watches",
                                            {"Own watches, of no clause", "自有监测（不属于任何条款）"},
                                            {},
                                            page.where});
    }
    for (auto& other : packs.pages) {
        if (other.section != page.section) continue;
        other.watches.insert(other.watches.end(), std::make_move_iterator(page.watches.begin()),
                             std::make_move_iterator(page.watches.end()));
        other.no_data.insert(other.no_data.end(), page.no_data.begin(), page.no_data.end());
        return;
    }
    packs.pages.push_back(std::move(page));
}

/// What one file declares.
void read_pack_file(const PackFile& file, Packs& packs, Diagnostics& faults) {
    const pack::Node& node = file.node;
    switch (file.kind) {
        case PackKind::Places: packs.places.read(node, faults); break;
        case PackKind::Catalogue: packs.catalogue.read(node, faults); break;
        case PackKind::Source: break;  // all together
        case PackKind::Framework: packs.framework = pack::parse_framework(node, faults); break;
        case PackKind::Grades: packs.grades = pack::parse_grades(node, faults); break;
        case PackKind::Likelihood: packs.likelihood = pack::parse_likelihood(node, faults); break;
        case PackKind::Measures: packs.measures = pack::parse_measures(node, faults); break;
        case PackKind::Outcomes: packs.outcomes = pack::parse_outcomes(node, faults); break;
        case PackKind::Credibility: packs.credibility = pack::parse_credibility(node, faults); break;
        case PackKind::Matters: packs.matters = pack::parse_matters(node, faults); break;
        case PackKind::Items: packs.items.read(node, faults); break;
        case PackKind::Differences: packs.differences = pack::parse_differences(node, faults); break;
        case PackKind::Phrases: packs.phrases = pack::parse_phrases(node, faults); break;
        case PackKind::Records: packs.records.add(pack::parse_records(node, faults)); break;
        case PackKind::Taxonomies:
            for (auto& one : pack::parse_taxonomies(node, faults)) packs.taxonomies.push_back(std::move(one));
            break;
        case PackKind::Page:
            if (file.is_added) add_page(packs, pack::parse_area(node, faults));
            else packs.pages.push_back(pack::parse_area(node, faults));
            break;
        case PackKind::References:
            for (const auto& [key, entry] : node.members)
                packs.references.push_back(parse_reference(key, entry, faults));
            break;
    }
}

/// Measures that count listed groups, and fields that are told by words, get their table.
void give_lists(pack::SourceCard& card, const pack::Catalogue& catalogue, Diagnostics& faults) {
    const auto lacks = [&](const Where& where, const std::string& who, const std::string& table) {
        faults.push_back({Fault::Pack, "unknown-table", where,
                          fmt::format("{} asks for table '{}', which packs/groups does not have", who, table),
                          "declare it there"});
    };
    for (auto& [name, field] : card.map) {
        if (field.words.empty()) continue;
        field.word_table = pack::WordTable(catalogue.groups_of(field.words));
        if (field.word_table.empty()) lacks(field.where, fmt::format("field '{}'", name), field.words);
    }
    for (auto& measure : card.measures) {
        if (measure.listed_table.empty()) continue;
        measure.listed = catalogue.groups_of(measure.listed_table);
        if (measure.listed.empty()) lacks(measure.where, fmt::format("measure '{}'", measure.id), measure.listed_table);
    }
}

}  // namespace

Packs load_packs(const PackPlaces& places, Diagnostics& faults) {
    Packs packs;
    PackPlaces found = places;
    packs.directory = found.directory = packs_directory(places.directory);
    packs.added = places.added;
    const PackFiles files = read_pack_files(found, faults);
    for (const auto& file : files.files) {
        if (file.kind == PackKind::Places) read_pack_file(file, packs, faults);
    }
    packs.places.check(faults);
    std::vector<pack::CardFile> cards;
    for (const auto& file : files.files) {
        if (file.kind == PackKind::Source)
            cards.push_back({&file.node, file.is_added ? pack::FileName::Free : pack::FileName::Id});
        else if (file.kind != PackKind::Places) read_pack_file(file, packs, faults);
    }
    packs.cards = pack::read_source_cards(cards, faults);
    std::vector<std::string> ids;
    for (const auto& card : packs.cards) ids.push_back(card.id);
    pack::check_taxonomies(packs.taxonomies, ids, faults);
    pack::check_credibility(packs.credibility, packs.cards, faults);
    packs.catalogue.check(packs.places, faults);
    packs.items.check(packs.catalogue, packs.places, faults);
    engine::check_families(packs.items, faults);
    for (auto& card : packs.cards) {
        give_lists(card, packs.catalogue, faults);
        for (auto& variant : card.variants) give_lists(variant, packs.catalogue, faults);
    }
    packs.digest = files.digest;
    return packs;
}

Result<Packs> good_packs(const PackPlaces& places) {
    Diagnostics faults;
    Packs packs = load_packs(places, faults);
    if (faults.empty()) return packs;
    Error first = faults.front();
    if (faults.size() > 1)
        first.cure += fmt::format("{}`icosa check` shows all {} faults", first.cure.empty() ? "" : "; ", faults.size());
    return std::unexpected(std::move(first));
}

Result<std::vector<pack::SourceCard>> source_cards(const PackPlaces& places) {
    if (!places.added.empty()) return TRY(good_packs(places)).cards;
    Diagnostics faults;
    auto cards = pack::load_source_cards(packs_directory(places.directory) + "/sources", faults);
    if (!faults.empty()) return std::unexpected(std::move(faults.front()));
    return cards;
}

Result<pack::LikelihoodScale> likelihood_scale(const PackPlaces& places) {
    if (!places.added.empty()) return TRY(good_packs(places)).likelihood;
    const auto file = TRY(pack::load_toml(packs_directory(places.directory) + "/likelihood.toml"));
    Diagnostics faults;
    auto scale = pack::parse_likelihood(file, faults);
    if (!faults.empty()) return std::unexpected(std::move(faults.front()));
    return scale;
}

}  // namespace icosa::app
