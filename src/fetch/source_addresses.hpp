/// Which addresses a source is asked at, before anyone is asked. Pure.
#pragma once

#include <string>
#include <vector>

#include "fetch/address.hpp"
#include "pack/source_card.hpp"

namespace icosa::fetch {

/// What the slots stand for on a day, without page or cursor. since no_day: as the card says.
[[nodiscard]] Slots slots_on(const pack::FetchRule& rule, Day today, Day since);

/// The rule's address and parameters with the slots filled.
[[nodiscard]] std::string address_of(const pack::FetchRule& rule, const Slots& slots);

/// The slots of each request that is known beforehand: date windows with the newest first, one after
/// the other of `each`, else the first request.
[[nodiscard]] std::vector<Slots> first_requests(const pack::FetchRule& rule, Day today, Day since);

/// The name of the file of a request; number > 1 tells pages apart whose names would be the same.
[[nodiscard]] std::string file_of(const pack::SourceCard& card, const pack::FetchRule& rule, const std::string& url,
                                  const Slots& slots, int number);

}  // namespace icosa::fetch
