/// A .gmcr file (JSON of graph-model programs) as a model.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "respond/games/model.hpp"

namespace icosa::respond::games {

/// Reads a conflict as JSON: `options` {name, permittedDirection: both | fwd | back}, `decisionMakers` {name, options,
/// preferences, preferenceRanking or preferenceVector, misperceptions}, `infeasibles`, useManualPreferenceRanking (or
/// ...Vectors), `coalitions`; other fields do not count. A condition is a list of [option, "Y" or "N"] that must all
/// hold, or {compound: true, members: [...]}, one of which must. Preferences are the statements, the most important
/// first, or where the flag is true the ranking: numbers of feasible states from 1, the most preferred first, tied ones
/// in a list of their own. States are numbered with the first option as the lowest bit, options grouped by decision
/// maker.
///
/// out   nothing where there are faults: all of them, each with its place
[[nodiscard]] std::optional<Model> read_gmcr(std::string_view text, const std::string& path, Diagnostics& faults);

}  // namespace icosa::respond::games
