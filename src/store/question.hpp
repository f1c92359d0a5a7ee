/// A Select put as SQL: which records are visible as of a day, what unit and period each belongs to.
///
///     visible   rows of one source, one edition of each            (law 2)
///     fact      the same, filtered, with the figure that is asked   one row a record
///     grouped   facts of like terms and days                        one row a combination
///     named     grouped or fact with unit and period as texts and numbers, filtered by place
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "model/evidence.hpp"
#include "model/term.hpp"
#include "store/fact.hpp"

namespace icosa::store {

/// Whether rows that a Select leaves out (Fact::aside) are still there, to be counted.
enum class Aside { Dropped, Kept };

/// One Select of one source as of one day.
class Question {
public:
    /// Errors: "unanswerable" where the store has no such figure for such records.
    [[nodiscard]] static Result<Question> make(const model::Select& select, const Scope& scope,
                                               const model::TermTable& terms, Aside aside = Aside::Dropped);

    /// SELECT unit, period, rows, sum, total ORDER BY unit, period.
    [[nodiscard]] std::string groups() const;
    /// SELECT unit, roll_call, period, session, ballot in total order; votes only.
    [[nodiscard]] std::string ballots() const;
    /// SELECT unit, period, value, file, line, last_day in total order; observations only.
    [[nodiscard]] std::string values() const;
    /// SELECT file, line, first_day, last_day, precision, kind, code, latitude, longitude, position_precision in total
    /// order; events that have a position only.
    [[nodiscard]] std::string points() const;
    /// SELECT unit, period, file, line, amount, present, known_day in total order: the facts behind the groups, of some
    /// units or (empty) of all.
    [[nodiscard]] std::string counted(const std::vector<std::string>& units) const;
    /// SELECT aside, rows ORDER BY aside; "" where nothing may be left out. Of a question whose aside is kept.
    [[nodiscard]] std::string omitted() const;
    /// A SELECT of unit, period, file, line, known_day: every record behind the groups.
    [[nodiscard]] std::string traces() const;

private:
    Question() = default;
    [[nodiscard]] std::string newest_groups() const;
    [[nodiscard]] std::string named(std::string_view from, std::string_view carried) const;
    [[nodiscard]] std::string pairs() const;

    model::Select select_;
    std::string common_;  ///< WITH ... fact AS (...)
    bool is_pairwise_ = false;
    bool has_aside_ = false;
};

}  // namespace icosa::store
