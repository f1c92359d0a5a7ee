/// The panel that a trigger is tried on: a user's table, or a store.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "cli/command.hpp"
#include "cli/reading_options.hpp"
#include "model/evidence.hpp"
#include "pack/trigger.hpp"
#include "record/trigger.hpp"

namespace icosa::cli {

struct TriggerPanelOptions {
    std::string panel;  ///< a file; "" = the store
    std::string unit, time, value;
    ReadingOptions reading;
};

struct TriggerMaterial {
    model::Panel panel;
    std::optional<model::Panel> outcome_panel;
    std::vector<record::KnownThen> known_then;
    std::string data;         ///< whose figures
    std::string unit_months;  ///< "country-months", "unit-months"
    int lag_days = 0;
    std::vector<std::string> notes;
    std::function<std::string(const std::string&)> name_of;  ///< of a unit; the packs must outlive it
};

/// Of a file: the value is --value, else the column of the measure's name, else the one that the file's source card
/// takes for the measure, else the only one that holds counts. Months that lack between a unit's first and last are not
/// observed.
///
/// err   those of table::read_counts_with_gaps and app::trigger_panels; Usage: "unused-option", "no-places" (the
///       trigger names places, and the units of the file are no codes of places)
[[nodiscard]] Result<TriggerMaterial> trigger_material(const Common& common, const TriggerPanelOptions& options,
                                                       const app::Packs& packs, const pack::Trigger& trigger);

}  // namespace icosa::cli
