/// Places that a user asks about by name, and what of a finding is about them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/findings.hpp"
#include "pack/places.hpp"

namespace icosa::app {

struct PlacesAsked {
    std::vector<std::string> ids;     ///< of places and sets, the members of a set on the day too; sorted, each once
    std::vector<pack::Title> titles;  ///< of what was named, in that order
};

/// Each word is an id, a name in any language that packs/places knows, a code ("gw:432"), or several of these with
/// commas between; a set means its members on the day.
/// err   Usage: unknown-place, with the nearest
[[nodiscard]] Result<PlacesAsked> places_asked(const pack::PlaceBook& places, const std::vector<std::string>& words,
                                               Day day);

/// The same as a check, before the day is known.
[[nodiscard]] Result<void> check_places(const pack::PlaceBook& places, const std::vector<std::string>& words);

/// Is the subject one of the places, or has it one as a part between '|': "mli", "mli|ner", "mli|bread|Gao"?
[[nodiscard]] bool is_about(std::string_view subject, const std::vector<std::string>& places);

/// Places and the members of sets on the day; sorted, each once.
[[nodiscard]] std::vector<std::string> places_within(const pack::PlaceBook& places, const std::vector<std::string>& ids,
                                                     Day day);

/// Leaves the signals, chances, forecasts and strips that are about the places, and of the signals expected by chance
/// the share of those left. A watch without any of its signals left is quiet, or as stale as it was.
/// @param where what the reading calls them, such as "in the places asked for"
void keep_places(model::WatchFinding& finding, const std::vector<std::string>& places, std::string_view where);

}  // namespace icosa::app
