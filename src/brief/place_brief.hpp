/// A dossier of some places, or of an area, as one page that a person reads in two minutes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "brief/dossier.hpp"
#include "brief/page.hpp"

namespace icosa::brief {

/// What the reader has seen: the signals of an earlier day.
struct Seen {
    Day as_of = no_day;
    std::vector<std::string> ids;
};

/// What is new against `seen`, what is likely to get worse, has risen, is high, has fallen, other signals, what lies
/// ahead, what cannot be said, what the catalogue knows, the sources with their age; in the dossier's language. A block
/// tells its first lines and counts the rest.
[[nodiscard]] Page place_brief(const Dossier& dossier, const pack::Title& title, const std::optional<Seen>& seen);

}  // namespace icosa::brief
