/// Incidents at sea and ships that passed, as a store tells them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "respond/routes/sea_incidents.hpp"
#include "respond/routes/sea_rates.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// Reports of a source since a day, of all kinds that a taxonomy's coding knows; `counted` is the kind that counts.
///
/// out   nothing where the store has no report of it with a position and a day
/// err   those of the store
[[nodiscard]] Result<std::optional<respond::SeaReports>> stored_reports(store::Store& store, const Packs& packs,
                                                                        const std::string& source,
                                                                        const pack::Coding* coding,
                                                                        const std::string& counted, Day as_of);

/// Lines of files behind the reports of each of these incidents, "FILE:LINE"; of a file that was read for this its
/// source and line. At most twenty of a report.
///
/// cost  a question to the store for each source and kind
[[nodiscard]] Result<std::vector<std::vector<std::string>>> lines_behind(store::Store* store,
                                                                         const respond::SeaIncidents& of,
                                                                         const std::vector<std::size_t>& incidents,
                                                                         Day as_of);

/// Transits of these places by day, of all sources that give the measure.
[[nodiscard]] Result<respond::ShipsSeen> ships_seen(store::Store& store, const Packs& packs,
                                                    const std::vector<std::string>& places, Day as_of);

}  // namespace icosa::app
