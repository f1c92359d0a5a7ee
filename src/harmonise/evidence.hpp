/// Evidence for the needs of the watches: each Select asked once of each of its sources, as of one day.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/credibility.hpp"
#include "pack/places.hpp"
#include "pack/source_card.hpp"
#include "pack/taxonomy.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// The packs that harmonising needs.
struct Books {
    const std::vector<pack::SourceCard>& cards;  ///< sorted by id
    const pack::PlaceBook& places;
    const pack::Catalogue& catalogue;
    const pack::Credibility& credibility;
    std::span<const pack::Taxonomy> taxonomies = {};
};

/// Codes and positions as the store wants them: the derived tables are rewritten when the packs have changed.
[[nodiscard]] Result<void> refresh_dimension(store::Store& store, const Books& books, std::string_view packs_digest);

/// The Select as this source can answer it: where a watch asks for a measure and the source's card gives it as a total
/// of events, the sum of those.
[[nodiscard]] model::Select as_source_has_it(const model::Select& select, const std::string& source,
                                             const Books& books);

/// Acts about one instrument, of the store's tables and of the pack. store null = of the pack alone.
[[nodiscard]] Result<model::Participation> participation_of(store::Store* store, const Books& books,
                                                            const pack::Instrument& instrument, Day as_of);

/// Answers to all needs (equal ones asked once), participation of every instrument, state of every source with files.
/// progress(done, all) is called after each question.
[[nodiscard]] Result<model::Evidence> gather(store::Store& store, const Books& books,
                                             const std::vector<model::Select>& needs, Day as_of,
                                             const std::function<void(std::size_t, std::size_t)>& progress);

/// Puts rows, sources and the first source lines behind each signal and forecast of a finding that has none yet, and
/// says of a signal which of its rows are late; where matched sources answered, which lines tell of its events too.
[[nodiscard]] Result<void> trace(store::Store& store, const Books& books, const model::Evidence& evidence,
                                 const model::Select& select, model::WatchFinding& finding);

}  // namespace icosa::harmonise
