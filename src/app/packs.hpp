/// All packs together, as one value.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "brief/dossier.hpp"
#include "engine/engine.hpp"
#include "harmonise/evidence.hpp"
#include "pack/catalogue.hpp"
#include "pack/framework.hpp"
#include "pack/grades.hpp"
#include "pack/likelihood.hpp"
#include "pack/measures.hpp"
#include "pack/outcomes.hpp"
#include "pack/phrases.hpp"
#include "pack/places.hpp"
#include "pack/records.hpp"
#include "pack/source_card.hpp"
#include "pack/watch.hpp"

namespace icosa::app {

struct Packs {
    std::string directory;
    pack::Framework framework;
    pack::PlaceBook places;
    pack::Catalogue catalogue;
    pack::Grades grades;
    pack::LikelihoodScale likelihood;
    pack::Measures measures;
    pack::Outcomes outcomes;
    pack::Phrases phrases;
    pack::Records records;
    std::vector<pack::SourceCard> cards;
    std::vector<pack::AreaPack> pages;     ///< areas, principles, platforms; sorted by file
    std::vector<brief::Reference> references;  ///< references.toml
    std::string digest;                    ///< of all files read

    [[nodiscard]] const pack::SourceCard* find_card(std::string_view id) const;
    [[nodiscard]] const pack::Watch* find_watch(std::string_view id) const;
    [[nodiscard]] const pack::AreaPack* page_of(std::string_view section) const;
    [[nodiscard]] harmonise::Books books() const { return {cards, places, catalogue}; }
    [[nodiscard]] engine::Setting setting(Day as_of) const;
};

/// Where packs are: `given`, else share/icosa/packs or packs in a folder above the binary (its prefix, its source
/// tree), else under the prefix that CMake was told.
[[nodiscard]] std::string packs_directory(const std::string& given);

/// Reads every pack; `framework` names another framework file, "" = packs/framework/gsi.toml.
[[nodiscard]] Packs load_packs(const std::string& directory, const std::string& framework, Diagnostics& faults);

/// load_packs, with the first fault as the error (and how many there are).
[[nodiscard]] Result<Packs> good_packs(const std::string& directory, const std::string& framework);

/// packs/likelihood.toml alone: the words for probabilities; `given` as packs_directory.
[[nodiscard]] Result<pack::LikelihoodScale> likelihood_scale(const std::string& given);

}  // namespace icosa::app
