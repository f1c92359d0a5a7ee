/// Phrases of SQL that questions are made of: visible rows, periods, filters by terms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/record.hpp"
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

}  // namespace icosa::store
