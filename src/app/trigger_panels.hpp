/// What triggers need of the packs and of a store: their outcome, the panel they are read on, the one that decides.
#pragma once

#include <optional>
#include <vector>

#include "app/packs.hpp"
#include "base/result.hpp"
#include "model/evidence.hpp"
#include "pack/trigger.hpp"
#include "record/trigger.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// What a measure may name: one of a source card, or a column of a user's file too.
enum class MeasureNames { OfCards, OfColumns };

/// What triggers name and no pack has.
///
/// err   unknown-outcome, unknown-place, unknown-measure (no source card gives it), unknown-source: each at its place
void check_triggers(const Packs& packs, const std::vector<pack::Trigger>& triggers, MeasureNames names,
                    Diagnostics& faults);

/// Of a checked trigger; null where packs/outcomes.toml has none of that id.
[[nodiscard]] const pack::Outcome* outcome_of(const Packs& packs, const pack::Trigger& trigger);

/// Which of a trigger's panels: that of the most preferred source, or the first that is not stale.
enum class Panels { Preferred, Fresh };

struct TriggerPanels {
    model::Panel panel;
    std::optional<model::Panel> outcome_panel;  ///< where the outcome counts something else
    int newest = 0;                             ///< the last whole month of the panel
    bool is_stale = false;                      ///< it is further back than the source's limit
    int lag_days = 0;                           ///< from a month's end until its figure is out
};

/// Asked of the store as of a day.
///
/// err   Data: "no-panel" (none of its sources has data in this store; no place belongs to its places),
///       "no-sum" (what it counts is measured, not counted, or not by month)
[[nodiscard]] Result<TriggerPanels> trigger_panels(store::Store& store, const Packs& packs,
                                                   const pack::Trigger& trigger, Day as_of, Panels which);

/// The panel as it was known then: for each edition of its source but the newest, what the store could say until the
/// next one came out. Empty where the store has one edition, or does not know their days.
///
/// in    panels   as trigger_panels gave them
/// cost  a question to the store an edition, at most `most_editions`, the newest of them
inline constexpr std::size_t most_editions = 24;
[[nodiscard]] Result<std::vector<record::KnownThen>> known_then(store::Store& store, const Packs& packs,
                                                                const pack::Trigger& trigger,
                                                                const TriggerPanels& panels);

}  // namespace icosa::app
