/// Phrases of SQL that questions are made of: visible rows, periods, filters by terms.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/date.hpp"
#include "model/record.hpp"
#include "model/term.hpp"

namespace icosa::store {

/// What decides which rows of a source a reader of a day sees.
struct Visibility {
    Day as_of = no_day;
    bool revised = false;                 ///< has any identity several contents?
    std::vector<std::int32_t> withdrawn = {};  ///< files taken back by then
    std::vector<std::int32_t> newer = {};      ///< files of that day whose edition leaves out rows of earlier ones

    /// Days of a source of which an edition had been published by then that holds all.
    struct Published {
        std::string source;
        Day first_day = no_day;
        Day last_day = no_day;
    };
    std::vector<Published> published = {};  ///< within them no row of a later edition stands for one
};

/// Rows of a record kind that a reader of that day could have had: of every identity with several contents only one
/// edition: the newest by its day, else by its number, else by order of ingest. A row of an edition that came out later
/// stands for what was not published yet, never beside what was. source "" = all sources.
[[nodiscard]] std::string visible_rows(model::RecordKind kind, std::string_view source, const Visibility& seen);

/// (1, 2)
[[nodiscard]] std::string number_list(const std::vector<std::int32_t>& numbers);

/// The meaning of a code within a record's days: any day of them decides, and of two meanings the later. `code` has
/// first_day, last_day and until, the day before the next meaning.
[[nodiscard]] std::string within_days(std::string_view code, std::string_view first_day, std::string_view last_day);

/// The period index of a DATE expression, equal to period_of() of base/date.hpp.
[[nodiscard]] std::string period_sql(std::string_view day, PeriodKind kind);

/// " AND column IN (ids)": the terms that a filter means; exact texts, or prefixes with a trailing '*'. system "" =
/// any. "" for no filter.
[[nodiscard]] std::string term_filter(const model::TermTable& terms, std::string_view column, std::string_view system,
                                      const std::vector<std::string>& texts);

}  // namespace icosa::store
