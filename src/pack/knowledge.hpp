/// What an authored fact knows about itself: from what it was written down, and through which day it was held against
/// what.
#pragma once

#include <string>

#include "base/date.hpp"
#include "pack/toml.hpp"

namespace icosa::pack {

/// A fact says what happened for ever; that nothing further happened it can say only through a day.
struct Knowledge {
    std::string source;
    Day known_through = no_day;  ///< no_day: of absences it says nothing
    std::string against;         ///< what was read up to that day
    std::string look_at;         ///< the address where one looks for what came later; "" = none given

    /// May it be said, as of that day, that something has not happened?
    [[nodiscard]] bool tells_absence(Day as_of) const { return known_through != no_day && as_of <= known_through; }
};

/// `source`, `known_through`, `against`, `look_at` of a table. A list of one's own may do without a source, a fact may
/// not.
enum class Sourced { Must, May };
[[nodiscard]] Knowledge parse_knowledge(TableReader& reader, Sourced sourced = Sourced::Must);

/// Of a table that adds to a fact: its day and what was read, where it names them.
void extend_knowledge(Knowledge& known, TableReader& reader);

}  // namespace icosa::pack
