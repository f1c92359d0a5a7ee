/// The lines behind events of matched sources: of each the row that counts, with those that tell of it too.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/evidence.hpp"
#include "model/findings.hpp"
#include "model/same_events.hpp"
#include "store/store.hpp"

namespace icosa::harmonise {

/// A row that counts, with those that tell of its event too.
struct MatchedLine {
    std::string source;
    store::SourceLineFull at;
    std::vector<model::PartnerLine> partners;
};
struct MatchedTrace {
    std::int64_t rows = 0;
    std::int64_t told_by_several = 0;
    std::vector<MatchedLine> lines;  ///< by source, file, line; as many as were asked for
};
/// For each key, rows counted and up to `most` of their lines. source: a panel's or finding's, of several.
[[nodiscard]] Result<std::vector<MatchedTrace>> lineage_of_matched(store::Store& store, const model::Select& select,
                                                                   const model::SameEvents& same,
                                                                   const std::string& source, Day as_of,
                                                                   const std::vector<store::Key>& keys,
                                                                   std::size_t most);

/// "24 events: 10 told by both sources, 14 by one."
[[nodiscard]] std::string told_by_words(std::int64_t events, std::int64_t told_by_several, std::size_t sources);

}  // namespace icosa::harmonise
