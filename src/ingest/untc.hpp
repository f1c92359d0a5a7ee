/// Status tables of the UN Treaty Collection: which act a day in a column means, by the column's heading.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.hpp"

namespace icosa::ingest {

/// What a column's heading says: "Ratification, Accession(a), Succession(d)" -> a bare day is a ratification, "a" an
/// accession. Acts are those of docs/packs.md. A heading without an act (UNTS Volume) has none.
struct ActHeading {
    std::string bare;  ///< the act of a day without a letter; "" = such a day cannot be read
    std::vector<std::pair<std::string, std::string>> letters;  ///< letter, act; acts that are none of ours are ""
    bool any = false;  ///< does it name an act at all?
};

/// Several acts without a letter, all of which make a participant, are read as consent-to-be-bound: the table does not
/// say which.
[[nodiscard]] ActHeading parse_act_heading(std::string_view heading);

struct ActCell {
    Day day = no_day;
    std::string_view letter;  ///< within the text; "" = bare
};

/// "24 Sep 2003 a"; brackets around are ignored.
[[nodiscard]] bool parse_act_cell(std::string_view text, ActCell& out);

}  // namespace icosa::ingest
