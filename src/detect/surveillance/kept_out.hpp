/// Kept out: what a source's card sets aside, as caveats where a figure rests on it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.hpp"

namespace icosa::detect {

/// Of the periods from `first` to `last`: what concerns a unit of the panel, or all ballots together.
[[nodiscard]] std::vector<std::string> kept_out_of_panel(const engine::Setting& setting, const pack::Selection& asked,
                                                         const model::Panel& panel, Day first, Day last);

/// Of one unit, in or before a period that ends on `last`: its history lacks it.
[[nodiscard]] std::vector<std::string> kept_out_of_unit(const engine::Setting& setting, const model::Panel& panel,
                                                        std::string_view unit, Day last);

/// What the panel's Select left out, for its events are not credible enough or their positions stand for areas: "of
/// 1200 rows of gdelt-2 310 (26 %) set aside: 200 ..., 110 ..."; "" where nothing was.
[[nodiscard]] std::string left_out_words(const engine::Setting& setting, const model::Panel& panel);

/// The same of every source of an answer whose rows were all left out, one after the other.
[[nodiscard]] std::vector<std::string> emptied_words(const engine::Setting& setting, const model::Answer& answer);

}  // namespace icosa::detect
