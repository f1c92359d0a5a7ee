/// All stages as one call: watches run as of a day, their findings composed as a dossier.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "app/pipeline.hpp"
#include "app/places_asked.hpp"
#include "brief/dossier.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// Of which units a watch tells what is ahead: as many as it shows, or all.
enum class Ahead { AsShown, AllUnits };

struct DossierRequest {
    Day as_of = no_day;
    std::vector<std::string> sections;  ///< ids; empty = all
    std::vector<std::string> watches;   ///< ids; empty = all of the sections
    int threads = 1;
    std::string version;                ///< of the program, as the dossier states it
    std::string db;                     ///< the store as the user named it
    std::string ledger = {};            ///< the ledger beside it; "" = none is read
    brief::Language language = brief::Language::En;
    PlacesAsked places;                 ///< findings about these alone; without ids all
    Ahead ahead = Ahead::AsShown;       ///< of places all units are told
    std::string handling;               ///< the mark asked for; "" = what follows from the sources
    OnStep on_step;                     ///< may be empty
};

/// Of some places, every unit of theirs that a watch looks ahead for is told, whatever the watch shows of the world.
[[nodiscard]] Result<brief::Dossier> dossier_of(store::Store& store, const Packs& packs, const DossierRequest& request);

}  // namespace icosa::app
