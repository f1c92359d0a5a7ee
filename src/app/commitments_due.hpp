/// Commitments of the ledger beside a store, as a dossier tells them.
#pragma once

#include <string>
#include <vector>

#include "base/date.hpp"
#include "brief/commitments.hpp"

namespace icosa::app {

/// What the ledger says is overdue, or due within 30 days, as of the day, of the sections (empty = all, and what is of
/// no section). Where there is no ledger, nothing; where it was altered, nothing but a caveat that names the line.
///
/// in    ledger   the file; "" = none
[[nodiscard]] brief::Commitments commitments_due(const std::string& ledger, const std::vector<std::string>& sections,
                                                 Day as_of, std::vector<std::string>& caveats);

}  // namespace icosa::app
