/// Commitments that are overdue or due soon, as the ledger beside the store has them, in words that all renderings
/// share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.hpp"
#include "brief/language.hpp"

namespace icosa::brief {

struct CommitmentLine {
    std::string id;  ///< "c1"
    std::string owner, what;
    std::string section;  ///< "III.11"; "" = of no section
    std::string state;    ///< proposed or adopted
    std::string evidence;
    Day due = no_day;
    int days_left = 0;  ///< below 0: overdue for so long
};

struct Commitments {
    bool has_ledger = false;  ///< without one nothing is told
    std::string head;         ///< of the ledger: number and digest of its newest row; "" = it has none
    std::int64_t open = 0;    ///< proposed or adopted, whenever they are due
    std::vector<CommitmentLine> due;  ///< by due day

    /// Of the lines those of a section.
    [[nodiscard]] std::vector<const CommitmentLine*> of(const std::string& section) const;
};

/// "Overdue since 30 June 2026 (153 days): share the gauges (Ministry of Water)".
[[nodiscard]] pack::Title commitment_sentence(const CommitmentLine& line);

}  // namespace icosa::brief
