/// A Select put as SQL: which records are visible as of a day, what unit and period each belongs to.
///
///     visible   rows of one source, one edition of each            (law 2)
///     fact      the same, filtered, with the figure that is asked   one row a record
///     grouped   facts of like terms and days                        one row a combination
///     named     grouped or fact with unit and period as texts and numbers, filtered by place
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "model/evidence.hpp"
#include "model/term.hpp"

namespace icosa::store {

/// Rows of a record kind that a reader of that day could have had: of every identity with several contents only one
/// edition. source "" = all sources. `revised`: has any of them an identity with several contents?
[[nodiscard]] std::string visible_rows(model::RecordKind kind, std::string_view source, Day as_of, bool revised);

/// The period index of a DATE expression, equal to period_of() of base/date.hpp.
[[nodiscard]] std::string period_sql(std::string_view day, PeriodKind kind);

/// " AND column IN (ids)": the terms that a filter means; exact texts, or prefixes with a trailing '*'. system "" =
/// any. "" for no filter.
[[nodiscard]] std::string term_filter(const model::TermTable& terms, std::string_view column, std::string_view system,
                                      const std::vector<std::string>& texts);

/// One Select of one source as of one day.
class Question {
public:
    struct Scope {
        std::string source;
        Day as_of = no_day;
        bool revised = false;        ///< has this source an identity with several contents?
        bool calls_revised = false;  ///< has a source of roll calls?
    };
    /// Errors: "unanswerable" where the store has no such figure for such records.
    [[nodiscard]] static Result<Question> make(const model::Select& select, Scope scope, const model::TermTable& terms);

    /// SELECT unit, period, rows, sum, total ORDER BY unit, period.
    [[nodiscard]] std::string groups() const;
    /// SELECT unit, roll_call, period, session, ballot in total order; votes only.
    [[nodiscard]] std::string ballots() const;
    /// SELECT unit, period, value, file, line, last_day in total order; observations only.
    [[nodiscard]] std::string values() const;
    /// A SELECT of unit, period, file, line, known_day: every record behind the groups.
    [[nodiscard]] std::string traces() const;

private:
    Question() = default;
    [[nodiscard]] std::string named(std::string_view from, std::string_view carried) const;
    [[nodiscard]] std::string pairs() const;

    model::Select select_;
    std::string common_;  ///< WITH ... fact AS (...)
    bool is_pairwise_ = false;
};

}  // namespace icosa::store
