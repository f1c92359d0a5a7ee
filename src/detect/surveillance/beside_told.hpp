/// Figures and names that a watch tells beside its own: the groups behind a sum, the places of two kinds of a count.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detect/judges/method_table.hpp"
#include "detect/surveillance/watched.hpp"

namespace icosa::detect {

struct BesideTold {
    std::string key;  ///< of the watch's `tells`
    pack::Title title;
    double figure = 0;
    Day newest = no_day;  ///< of totals that run on: the day of the newest
    std::vector<std::string> names;  ///< ids of its units, or "TABLE:NAME" where a table of packs/groups has them
};

/// What a tell asks of the store: of totals of the newest periods, no older ones.
[[nodiscard]] std::optional<model::Select> select_of_tell(const pack::Tell& tell, const engine::Setting& setting);

/// What the watch tells beside `unit` ("" = all) in `period`: each of its `tells` whose source answered, in order.
[[nodiscard]] std::vector<BesideTold> told_beside(const Watched& watched, std::string_view unit, int period);

/// "; internal conflicts: 57; foreign troops beside the government: 17 (Mali, ...)"; "" where nothing is told. Of
/// watches on the world: those on places tell it signal by signal.
[[nodiscard]] std::string beside_words(const Watched& watched, int period);

/// The signal's pattern, with what stands beside it and since when nothing was there; empty where the watch names none.
[[nodiscard]] model::Phrase phrase_of(const Watched& watched, std::size_t unit, int period, const Judgement& judgement);

}  // namespace icosa::detect
