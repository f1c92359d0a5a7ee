/// What a reader of a day could have had, in SQL.
#include "store/phrases.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "store/columns.hpp"
#include "store/duck.hpp"

namespace icosa::store {

using namespace model;
using duck::literal;
using duck::quoted;

std::string visible_rows(RecordKind kind, std::string_view source, const Visibility& seen) {
    const bool is_vote = kind == RecordKind::Vote;
    const std::string day = literal(seen.as_of);
    // A vote is known when its roll call is, where its own file does not say.
    const std::string known = is_vote ? "coalesce(e.known_day, c.known_day)" : "e.known_day";
    const std::string columns =
        is_vote ? "e.* REPLACE (coalesce(e.known_day, c.known_day) AS known_day), c.day, c.session" : "e.*";
    const std::string of = source.empty() ? "" : fmt::format(" AND f.source = {}", quoted(source));
    std::string from = fmt::format("FROM {} e JOIN file f ON f.id = e.file{}", table_of(kind),
                                   is_vote ? " JOIN call c ON c.roll_call = e.roll_call" : "");
    if (!seen.newer.empty())
        from += fmt::format(" ANTI JOIN superseded s ON s.file = e.file AND s.line = e.line AND s.by_file IN {}",
                            number_list(seen.newer));
    std::string where = fmt::format("WHERE (f.vintage_day <= {0} OR {1} <= {0}){2}", day, known, of);
    for (const auto& of_days : seen.published)
        where += fmt::format(
            " AND NOT coalesce(f.vintage_day > {} AND f.source = {} AND e.first_day >= {} AND e.last_day <= {}, false)",
            day, duck::quoted(of_days.source), literal(of_days.first_day), literal(of_days.last_day));
    if (!seen.withdrawn.empty())  // what another file holds as well was left out of it as known: it stays
        where += fmt::format(
            " AND (e.file NOT IN {0} OR e.identity IN (SELECT h.identity FROM holding h JOIN file g ON g.id = h.file "
            "ANTI JOIN {1} o ON o.file = h.file AND o.identity = h.identity WHERE g.source = f.source AND g.id NOT IN "
            "{0}))",
            number_list(seen.withdrawn), table_of(kind));
    if (!seen.revised) return fmt::format("SELECT {} {} {}", columns, from, where);
    const std::string same = "v.source = f.source AND v.identity = e.identity";
    return fmt::format(
        "SELECT {0} {1} ANTI JOIN revision v ON {2} {3}\nUNION ALL SELECT * EXCLUDE (edition) FROM (SELECT {0}, rank() "
        "OVER (PARTITION BY f.source, e.identity ORDER BY "
        "CASE WHEN f.vintage_day <= {4} THEN 0 ELSE 1 END, CASE WHEN f.vintage_day <= {4} THEN f.vintage_day END DESC, "
        "CASE WHEN f.vintage_day <= {4} THEN NULL ELSE coalesce(f.vintage_day, 'infinity'::DATE) END, "
        "f.edition_rank DESC NULLS LAST, f.id DESC, e.line DESC) AS edition {1} SEMI JOIN revision v ON "
        "{2} {3}) WHERE edition = 1",
        columns, from, same, where, day);
}

std::string number_list(const std::vector<std::int32_t>& numbers) {
    return fmt::format("({})", fmt::join(numbers, ", "));
}

std::string within_days(std::string_view code, std::string_view first_day, std::string_view last_day) {
    return fmt::format("{2} BETWEEN {0}.first_day AND {0}.until AND {0}.last_day >= {1}", code, first_day, last_day);
}

std::string period_sql(std::string_view day, PeriodKind kind) {
    switch (kind) {
        case PeriodKind::Day: return fmt::format("({} - DATE '1970-01-01')", day);
        // 7 * 1000000 keeps the dividend positive, where // rounds down.
        case PeriodKind::Week: return fmt::format("(({} - DATE '1970-01-01' + 7000003) // 7 - 1000000)", day);
        case PeriodKind::Month: return fmt::format("((year({0}) - 1970) * 12 + month({0}) - 1)", day);
        case PeriodKind::Quarter: return fmt::format("((year({0}) - 1970) * 4 + (month({0}) - 1) // 3)", day);
        case PeriodKind::Year: return fmt::format("(year({}) - 1970)", day);
    }
    return "NULL";
}

std::string term_filter(const TermTable& terms, std::string_view column, std::string_view system,
                        const std::vector<std::string>& texts) {
    if (texts.empty()) return {};
    std::string ids;
    const TermId size = terms.size();
    for (TermId id = 1; id <= size; ++id) {
        const Term& term = terms.at(id);
        if (!system.empty() && term.system != system) continue;
        for (const auto& text : texts) {
            const bool meant = text.ends_with('*')
                ? std::string_view(term.text).starts_with(std::string_view(text).substr(0, text.size() - 1))
                : term.text == text;
            if (!meant) continue;
            ids += (ids.empty() ? "" : ", ") + std::to_string(id);
            break;
        }
    }
    return ids.empty() ? " AND FALSE" : fmt::format(" AND {} IN ({})", column, ids);
}

}  // namespace icosa::store
