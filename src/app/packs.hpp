/// All packs together, as one value.
#pragma once

#include <string>
#include <vector>

#include "app/pack_files.hpp"
#include "base/result.hpp"
#include "brief/dossier.hpp"
#include "engine/engine.hpp"
#include "harmonise/evidence.hpp"
#include "pack/catalogue.hpp"
#include "pack/controlled_items.hpp"
#include "pack/credibility.hpp"
#include "pack/differences.hpp"
#include "pack/framework.hpp"
#include "pack/grades.hpp"
#include "pack/likelihood.hpp"
#include "pack/matters.hpp"
#include "pack/measures.hpp"
#include "pack/outcomes.hpp"
#include "pack/phrases.hpp"
#include "pack/places.hpp"
#include "pack/records.hpp"
#include "pack/source_card.hpp"
#include "pack/taxonomy.hpp"
#include "pack/watch.hpp"

namespace icosa::app {

struct Packs {
    std::string directory;
    std::vector<std::string> added;        ///< folders of overlays, as they were named
    pack::Framework framework;
    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Grades grades;
    pack::LikelihoodScale likelihood;
    pack::Measures measures;
    pack::Outcomes outcomes;
    std::vector<pack::Difference> differences;
    pack::Matters matters;
    pack::Credibility credibility;
    pack::ControlledItems items;
    pack::Phrases phrases;
    pack::Records records;
    std::vector<pack::SourceCard> cards;
    std::vector<pack::Taxonomy> taxonomies;
    std::vector<pack::AreaPack> pages;     ///< areas, principles, platforms; sorted by file
    std::vector<brief::Reference> references;  ///< references.toml
    std::string digest;                    ///< of all files read

    [[nodiscard]] const pack::SourceCard* find_card(std::string_view id) const;
    /// From the end of what a finding's or panel's source tells to its publication; of several, that of the latest.
    [[nodiscard]] int lag_days_of(std::string_view source) const;
    [[nodiscard]] const pack::Watch* find_watch(std::string_view id) const;
    [[nodiscard]] const pack::AreaPack* page_of(std::string_view section) const;
    [[nodiscard]] harmonise::Books books() const { return {cards, places, catalogue, credibility, taxonomies}; }
    /// Does this stand in a file of an overlay?
    [[nodiscard]] bool is_added(const Where& where) const { return lies_in(where.file, added); }
    [[nodiscard]] engine::Setting setting(Day as_of) const;
};

/// Where packs are: `given`, else share/icosa/packs or packs in a folder above the binary (its prefix, its source
/// tree), else under the prefix that CMake was told.
[[nodiscard]] std::string packs_directory(const std::string& given);

/// The section of watches that serve no clause of the framework: a user's own. A framework has it as soon as a page of
/// an overlay names it.
inline constexpr std::string_view own_section = "own";

/// Reads every pack. A page of an overlay whose section has a page already joins it.
[[nodiscard]] Packs load_packs(const PackPlaces& places, Diagnostics& faults);

/// load_packs, with the first fault as the error (and how many there are).
[[nodiscard]] Result<Packs> good_packs(const PackPlaces& places);

/// The source cards alone: without overlays no other pack is read.
[[nodiscard]] Result<std::vector<pack::SourceCard>> source_cards(const PackPlaces& places);

/// The words for probabilities alone: without overlays only packs/likelihood.toml is read.
[[nodiscard]] Result<pack::LikelihoodScale> likelihood_scale(const PackPlaces& places);

}  // namespace icosa::app
