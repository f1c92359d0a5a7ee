/// The figure that a Select asks for, record by record: which columns of which kind of record give it.
#pragma once

#include <string>

#include "base/result.hpp"
#include "model/evidence.hpp"
#include "model/term.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

/// Of which source, and as of which day.
struct Scope {
    std::string source;
    Visibility rows;
    Visibility calls;  ///< of the roll calls behind votes
    /// Answers of events below the credibility that the Select asks for, by the rule that weighs most.
    std::vector<std::pair<std::string, std::vector<std::uint64_t>>> doubted = {};
};

/// The columns of `fact`; what a Select does not need is NULL, so that grouping folds it.
struct Fact {
    std::string first_day = "day", last_day = "day";
    std::string place = "NULL::INTEGER", actor1 = "NULL::INTEGER", actor2 = "NULL::INTEGER", part = "NULL::INTEGER";
    std::string amount = "1000", present = "0";
    std::string more;  ///< further columns, each with a comma before it
    std::string from;
    std::string aside;  ///< 0 = counts, 1 = its position stands for an area, n + 2: doubted[n]; "" = all count

    [[nodiscard]] std::string sql() const;  ///< fact AS (SELECT ...)
};

/// Errors: "unanswerable" where the store has no such figure for such records.
[[nodiscard]] Result<Fact> fact_of(const model::Select& select, const Scope& scope, const model::TermTable& terms);

/// The roll calls that a Select of ballots means, as a filter of r.
[[nodiscard]] std::string call_filter(const model::Select& select, const model::TermTable& terms);

/// Which columns of the fact name the unit, or are asked for by the places.
[[nodiscard]] bool needs_place(const model::Select& select);
[[nodiscard]] bool needs_actor1(const model::Select& select);
[[nodiscard]] bool needs_actor2(const model::Select& select);

}  // namespace icosa::store
