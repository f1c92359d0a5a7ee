/// Which column is the place: names or codes that packs know, or names that make units of their own.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "draft/look.hpp"
#include "pack/places.hpp"

namespace icosa::draft {

enum class Units {
    None,    ///< all rows together: the world
    Places,  ///< places of the packs
    Own,     ///< names that are no known places: districts, markets
};

struct PlaceGuess {
    int column = -1;
    Units units = Units::None;
    std::string system;                  ///< of codes: "name", "iso3"
    std::vector<std::string> names;      ///< distinct texts, sorted
    std::vector<std::string> titles;     ///< of each: the place's, or the text itself
    std::vector<std::string> unknown;    ///< of Places: those that mean none
    bool is_summed = false;              ///< some names are sums over places, which are set aside
};

/// asked: the column by name; "" = the one whose texts are places, else one named as a region is. own: its names are
/// units of their own, whatever the packs know.
///
/// err   Usage: unknown-column
[[nodiscard]] Result<PlaceGuess> guess_place(const Look& look, const std::string& asked, bool own,
                                             const pack::PlaceBook& book, const std::vector<int>& taken);

}  // namespace icosa::draft
