/// Element sets out of a file of any format that catalogues come in: what is no set is counted and told, and of several
/// sets of one object one is chosen.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "model/element_set.hpp"

namespace icosa::table {

/// Minutes since a set's own epoch at which it is asked.
struct MinuteRange {
    double start = 0, stop = 0, step = 1;
};

/// Rows of one kind that were left out, or taken with a reservation.
struct ElementRemark {
    std::string what;  ///< "eccentricity out of range [0, 1)"
    std::int64_t count = 0;
    std::string first;  ///< "file.csv:12: object 5: 1.2"
};

struct ElementsRead {
    std::vector<model::ElementSet> sets;  ///< in the order of the file; one object may have several
    std::vector<MinuteRange> minutes;  ///< of each set, in a verification file; else none
    std::vector<ElementRemark> left_out;  ///< in the order in which they first occur
    std::int64_t rows = 0;
};

/// A row is left out where its checksum or columns are wrong, it has no catalogue number (1 to 999,999,999) or epoch
/// (1957 to 2100), its mean motion is not in (0, 20] revolutions a day, its eccentricity not in [0, 1), an angle is
/// absent or its inclination not in [0, 180], it has decayed (DECAY_DATE), or is not for SGP4 (ephemeris type 4 is of
/// SGP4-XP; another theory, frame or time system).
///
/// err   those of open_tables and visit_rows; no-elements: columns that lack, no row at all, or none that can be taken
[[nodiscard]] Result<ElementsRead> read_elements(const std::string& path);

}  // namespace icosa::table
