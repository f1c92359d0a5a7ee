/// Options for signals: what respond asks of the other stages, put together.
#pragma once

#include <string>
#include <vector>

#include "app/packs.hpp"
#include "app/pipeline.hpp"
#include "model/options.hpp"

namespace icosa::app {

/// What options ask of the store beside the watches: the figures that make past situations comparable.
[[nodiscard]] std::vector<model::Select> option_needs(const Packs& packs, Day as_of);

/// Responses to the signals of these ids, in that order; ids that no finding has are left out.
[[nodiscard]] std::vector<model::Response> responses_to(const std::vector<std::string>& signals, const Packs& packs,
                                                        const Findings& found, Day as_of);

/// Signals of a page that options are told for: of a matter of packs/options.toml, each states and matter once, the
/// higher grades first, then the larger figures; at most `most`.
[[nodiscard]] std::vector<std::string> signals_to_answer(const std::vector<const model::WatchFinding*>& watches,
                                                         const Packs& packs, std::size_t most);

}  // namespace icosa::app
