/// Instruments in words and in JSON: one whole, a list of acts, who is missing, gaps by region.
#pragma once

#include <string>

#include "app/instrument_facts.hpp"

namespace icosa::cli {

struct InstrumentsAsked {
    const app::Packs& packs;
    Day as_of = no_day;
    bool json = false;
};

[[nodiscard]] std::string told_whole(const InstrumentsAsked& asked, const app::InstrumentFacts& facts);
[[nodiscard]] std::string told_list(const InstrumentsAsked& asked, const std::vector<app::InstrumentFacts>& all);
/// Acts that were done or took effect from that day on; of one instrument where `only` names it.
[[nodiscard]] std::string told_acts(const InstrumentsAsked& asked, const std::vector<app::InstrumentFacts>& all,
                                    Day since, const std::string& only);
/// Which instruments a place is not in, how many of its neighbours are, and of which that is not known.
[[nodiscard]] std::string told_missing(const InstrumentsAsked& asked, const std::vector<app::InstrumentFacts>& all,
                                       const std::string& place);
/// Of the instruments of a section: shares by region and organisation.
[[nodiscard]] std::string told_gaps(const InstrumentsAsked& asked, const std::vector<app::InstrumentFacts>& all,
                                    const std::string& section);

}  // namespace icosa::cli
