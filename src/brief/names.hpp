/// What findings are about, by name in each language: places and pairs of them, treaties, bodies, markets.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brief/language.hpp"
#include "model/findings.hpp"
#include "pack/catalogue.hpp"
#include "pack/phrases.hpp"
#include "pack/places.hpp"

namespace icosa::brief {

struct NameBooks {
    const pack::PlaceBook& places;
    const pack::Catalogue& catalogue;
    const pack::Phrases& phrases;
};

/// The name of an id that a pack knows: a place, a set, an instrument, a mechanism, a mandate; empty where none does.
[[nodiscard]] pack::Title name_of_id(std::string_view id, const NameBooks& books);

/// A signal's subject: "syr|bread|Aleppo" as "Syrian Arab Republic, bread, Aleppo", "a|b" as "A and B". `title` is what
/// the engine calls it, for what no pack knows. A place under which the sources count another has the name of both.
[[nodiscard]] pack::Title name_of_subject(std::string_view subject, std::string_view title, const NameBooks& books,
                                          const std::vector<std::string>& sources = {});
[[nodiscard]] pack::Title name_of_subject(const model::Signal& signal, const NameBooks& books);

}  // namespace icosa::brief
