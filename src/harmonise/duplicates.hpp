/// Duplicates: events that several sources tell, counted once, with every line of them at hand.
///
/// The page. A Select that asks for matched events is answered by panels of its sources together, before those of each
/// alone:
///
/// 1. same_events   which rows of two sources are one event, of all that the Select's filters let through, wherever and
///                  whenever it counts them: one matching serves all Selects that differ in this alone.
/// 2. counted_once  for some of the sources, the pairs joined into events, the best pair first, never two rows of one
///                  source in one; of an event the row of the source named earliest counts, where and when that row has
///                  it.
/// 3. panels        what is left, observed where every one of these sources is. Where one does not cover a month the
///                  others' count is of fewer sources, and its beginning or end would look like a rise or a fall; so
///                  months are never mixed, and where a source has ended or not begun a panel of the others answers.
/// 4. matched_lines the rows counted, and beside each the rows that tell of its event too.
#pragma once

#include <string>
#include <vector>

#include "harmonise/evidence.hpp"
#include "model/evidence.hpp"
#include "model/same_events.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// What of a Select decides which of its events are one: all but where, since when and how they are counted.
[[nodiscard]] model::Select what_is_matched(const model::Select& select);

/// out   pairs of each two of the sources, as methods/matching finds them; those of `icosa match` on the same events
/// err   Pack: "no-taxonomy", "which-taxonomy"; those of the store and of match_events
/// cost  that of match_events for each two sources; 64 bytes an event while two are matched
[[nodiscard]] Result<model::SameEvents> same_events(store::Store& store, const Books& books,
                                                    const model::Select& matched, Day as_of);

/// err   Pack, at `where`: no taxonomy, or two, code both sources, or one says by a column that the store does not keep
///       which positions are points
[[nodiscard]] Result<const pack::Taxonomy*> taxonomy_of_both(const Books& books, const std::string& taxonomy,
                                                             const std::string& a, const std::string& b);

/// Panels of two and more of the sources together, most first, then by order of preference. Only sources whose silence
/// means zero are put together where any is such. Units and periods as panel_of_groups lays them out.
[[nodiscard]] Result<std::vector<model::Panel>> panels_of_matched(store::Store& store, const Books& books,
                                                                  const model::Select& select,
                                                                  const model::SameEvents& same, Day as_of);

}  // namespace icosa::harmonise
