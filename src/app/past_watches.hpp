/// Past watches: watches re-run as of every past month, their signals judged by declared outcomes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/packs.hpp"
#include "app/pipeline.hpp"
#include "pack/records.hpp"
#include "record/track.hpp"
#include "store/store.hpp"

namespace icosa::app {

struct PastAsked {
    std::function<bool(const pack::AreaPack&, const pack::Watch&)> wanted;
    std::string outcome;  ///< only this one; "" = those that each watch names
    int first_month = 0;  ///< months from 1970-01; the last month known on each past day
    int last_month = 0;
    int threads = 1;
    OnStep on_step;  ///< may be empty
};

struct PastJudged {
    std::vector<record::TrackRow> rows;  ///< by page, watch, outcome, grade, change
    pack::Records records;               ///< of the first outcome of each watch
    std::vector<std::string> left_out;   ///< "WATCH: why", watches that were asked for and cannot be judged
};

/// Each watch as of the day on which a month of its outcome's source was published, month by month; evidence is read
/// once and cut (harmonise::evidence_before). The months that decide an outcome are those after the one known last.
///
/// err   "nothing-to-judge": Usage, none of the watches names such an outcome; Data, the store decides none of the
/// months
[[nodiscard]] Result<PastJudged> judge_past(store::Store& store, const Packs& packs, const PastAsked& asked);

}  // namespace icosa::app
