/// Rows that a card sets aside: read, kept with their reason, and of no figure.
#pragma once

#include <vector>

#include "ingest/plan.hpp"
#include "ingest/row_cells.hpp"

namespace icosa::ingest {

/// The card's rules against the columns that its fields have in this file; one whose field the file lacks never fits.
[[nodiscard]] std::vector<SetAsideRows> set_aside_of(const pack::SourceCard& card,
                                                     const std::vector<Operation>& operations);

/// The first rule that all of the row's cells fit; nullptr = none.
[[nodiscard]] const SetAsideRows* find_set_aside(const std::vector<SetAsideRows>& rules, const RowCells& cells,
                                                 const Row& row);

}  // namespace icosa::ingest
