/// The facts of each kind of record.
#include "store/fact.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.hpp"
#include "model/position_key.hpp"
#include "store/phrases.hpp"

namespace icosa::store {

using namespace model;

namespace {

std::string comparison(Condition::Comparison comparison) {
    constexpr const char* signs[] = {"<", "<=", "=", ">=", ">"};
    return signs[static_cast<int>(comparison)];
}

/// Thousandths as the integer they mean, where the bound is one.
std::string milli(double value) {
    const double scaled = value * 1000;
    const double whole = std::round(scaled);
    return std::abs(scaled - whole) < 1e-6 && std::abs(whole) < 1e15 ? fmt::format("{:.0f}", whole)
                                                                     : number_text(scaled);
}

std::string_view column_of(Condition::Field field) {
    if (field == Condition::Field::Best) return "fatalities_best";
    return field == Condition::Field::Sources ? "sources" : "mentions";
}

Result<std::string> condition_filter(const std::vector<Condition>& conditions, RecordKind records) {
    std::string sql;
    for (const auto& condition : conditions) {
        const std::string sign = comparison(condition.comparison);
        if (records == RecordKind::Observation && condition.field == Condition::Field::Value) {
            sql += fmt::format(" AND value {} {}::DOUBLE", sign, number_text(condition.value));
        } else if (records == RecordKind::Event && condition.field != Condition::Field::Value) {
            if (condition.field == Condition::Field::Intensity)
                sql += fmt::format(" AND intensity_milli {} {}", sign, milli(condition.value));
            else sql += fmt::format(" AND {} {} {}", column_of(condition.field), sign, number_text(condition.value));
        } else {
            return fail(Fault::Usage, "unanswerable", {},
                        fmt::format("records of kind {} have no such field to compare",
                                    record_kind_names[static_cast<int>(records)]));
        }
    }
    return sql;
}

/// Is the unit, or part of it, what the records are of within a place?
bool has_part(const Select& select) {
    return select.unit == Unit::Subject || select.unit == Unit::PlaceSubject || select.unit == Unit::SubjectPlace
        || select.unit == Unit::SubjectHead;
}

/// As model/position_key.hpp reads it.
std::string position_sql() {
    return fmt::format("((r.latitude_microdeg::BIGINT + {}) * {} + r.longitude_microdeg + {})", position_latitude_shift,
                       position_base, position_longitude_shift);
}

bool is_positioned(Unit unit) { return unit == Unit::PlacePosition || unit == Unit::SubjectPosition; }

/// Which rows do not count, and why.
std::string aside_sql(const Select& select, const Scope& scope) {
    std::string when;
    if (is_positioned(select.unit) || select.unit == Unit::Cell)
        when += fmt::format(" WHEN r.position_precision >= {} THEN 1", static_cast<int>(PositionPrecision::Province));
    int number = 2;
    for (const auto& [rule, answers] : scope.doubted)
        when += fmt::format(" WHEN coalesce(d.answers, 0) IN ({}) THEN {}", fmt::join(answers, ", "), number++);
    return when.empty() ? when : fmt::format("CASE{} ELSE 0 END", when);
}

std::string extent_filter(const std::vector<Extent>& within) {
    std::string sql;
    for (const Extent& one : within)
        sql += fmt::format("{}(r.latitude_microdeg BETWEEN {} AND {} AND r.longitude_microdeg BETWEEN {} AND {})",
                           sql.empty() ? "" : " OR ", one.south, one.north, one.west, one.east);
    return sql.empty() ? sql : " AND (" + sql + ")";
}

std::unexpected<Error> unanswerable(const Select& select) {
    return fail(Fault::Usage, "unanswerable", {},
                fmt::format("the store has no such figure of records of kind {} by that unit",
                            record_kind_names[static_cast<int>(select.records)]));
}

Result<Fact> event_fact(const Select& select, const Scope& scope, const TermTable& terms) {
    Fact fact;
    fact.first_day = "r.first_day";
    fact.last_day = "r.last_day";
    if (needs_place(select)) fact.place = "coalesce(x.place, r.place)";
    if (needs_actor1(select)) fact.actor1 = "r.actor1";
    if (needs_actor2(select)) fact.actor2 = "r.actor2";
    if (select.unit == Unit::Cell) fact.part = "r.cell";
    if (has_part(select)) fact.part = "r.subject";
    if (is_positioned(select.unit)) fact.part = position_sql();
    if (select.unit == Unit::SubjectPosition) fact.place = "r.subject";
    const auto figure = [&](const char* column) {
        fact.amount = fmt::format("1000 * coalesce(r.{}, 0)::BIGINT", column);
        fact.present = fmt::format("CASE WHEN r.{} IS NULL THEN 0 ELSE 1000 END", column);
    };
    switch (select.quantity) {
        case Quantity::Count: fact.amount = "1000 * coalesce(r.weight, 1)::BIGINT"; break;
        case Quantity::Last:
            figure(select.measure == "best" ? "fatalities_best" : select.measure == "sources" ? "sources" : "mentions");
            break;
        case Quantity::Low: figure("fatalities_low"); break;
        case Quantity::Best: figure("fatalities_best"); break;
        case Quantity::High: figure("fatalities_high"); break;
        case Quantity::Civilians: figure("fatalities_civilians"); break;
        case Quantity::Mentions: figure("mentions"); break;
        case Quantity::Balance:
        case Quantity::NetworkBalance:
            fact.amount = "coalesce(1000 * sign(r.intensity_milli) * coalesce(r.weight, 1), 0)";
            fact.present = "coalesce(1000 * abs(sign(r.intensity_milli)) * coalesce(r.weight, 1), 0)";
            break;
        case Quantity::Intensity:
        case Quantity::IntensityMean:
            fact.amount = "coalesce(r.intensity_milli, 0)";
            fact.present = "CASE WHEN r.intensity_milli IS NULL THEN 0 ELSE 1000 END";
            break;
        default: return unanswerable(select);
    }
    fact.more =
        ", r.precision, r.kind, r.code, r.latitude_microdeg, r.longitude_microdeg, r.position_precision";  // of
                                                                                                           // points()
    fact.from = fmt::format("FROM ({}) r", visible_rows(RecordKind::Event, scope.source, scope.rows));
    fact.aside = aside_sql(select, scope);
    if (!scope.doubted.empty()) fact.from += " LEFT JOIN event_doubt d ON d.file = r.file AND d.line = r.line";
    if (needs_place(select)) fact.from += " LEFT JOIN event_cell x ON x.file = r.file AND x.line = r.line";
    fact.from += " WHERE r.first_day IS NOT NULL" + term_filter(terms, "r.kind", "kind", select.kinds)
        + term_filter(terms, "r.code", "", select.codes) + term_filter(terms, "r.subject", "", select.subjects);
    if (is_positioned(select.unit)) fact.from += " AND r.latitude_microdeg IS NOT NULL";
    fact.from += extent_filter(select.within);
    fact.from += TRY(condition_filter(select.where, select.records));
    return fact;
}

Result<Fact> observation_fact(const Select& select, const Scope& scope, const TermTable& terms) {
    if (select.unit != Unit::Place && !has_part(select) && select.unit != Unit::World) return unanswerable(select);
    Fact fact;
    fact.first_day = "r.first_day";
    fact.last_day = "r.last_day";
    if (needs_place(select)) fact.place = "r.place";
    if (has_part(select)) fact.part = "r.subject";
    fact.more = ", r.value";
    fact.from = fmt::format("FROM ({}) r WHERE r.value IS NOT NULL AND r.first_day IS NOT NULL",
                            visible_rows(RecordKind::Observation, scope.source, scope.rows));
    if (!select.measure.empty()) fact.from += term_filter(terms, "r.measure", "measure", {select.measure});
    fact.from += term_filter(terms, "r.subject", "", select.subjects);
    fact.from += TRY(condition_filter(select.where, select.records));
    return fact;
}

Result<Fact> action_fact(const Select& select, const Scope& scope, const TermTable& terms) {
    if (select.unit != Unit::Place && !has_part(select) && select.unit != Unit::World) return unanswerable(select);
    if (select.quantity != Quantity::Count) return unanswerable(select);
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    if (needs_place(select)) fact.place = "r.participant";
    if (has_part(select)) fact.part = "r.instrument";
    fact.from =
        fmt::format("FROM ({}) r WHERE r.day IS NOT NULL", visible_rows(RecordKind::Action, scope.source, scope.rows))
        + term_filter(terms, "r.act", "act", select.kinds) + term_filter(terms, "r.instrument", "", select.codes)
        + term_filter(terms, "r.instrument", "", select.subjects);
    return fact;
}

Result<Fact> designation_fact(const Select& select, const Scope& scope, const TermTable& terms) {
    if ((select.unit != Unit::Subject && select.unit != Unit::World) || select.quantity != Quantity::Count)
        return unanswerable(select);
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    if (select.unit == Unit::Subject) fact.part = "r.regime";
    fact.from = fmt::format("FROM ({}) r WHERE r.day IS NOT NULL",
                            visible_rows(RecordKind::Designation, scope.source, scope.rows))
        + term_filter(terms, "r.regime", "", select.kinds) + term_filter(terms, "r.regime", "", select.subjects);
    return fact;
}

Result<Fact> roll_call_fact(const Select& select, const Scope& scope, const TermTable& terms) {
    if ((select.unit != Unit::Subject && select.unit != Unit::World) || select.quantity != Quantity::Count)
        return unanswerable(select);
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    // A roll call with several issues is several records of one row; the world counts it once.
    const bool by_issue = select.unit == Unit::Subject;
    if (by_issue) fact.part = "r.issue";
    fact.from = fmt::format(
        "FROM (SELECT DISTINCT file, line, known_day, day{} FROM ({}) r WHERE r.day IS NOT NULL{}) r WHERE TRUE",
        by_issue ? ", issue" : "", visible_rows(RecordKind::RollCall, scope.source, scope.rows),
        call_filter(select, terms));
    return fact;
}

bool is_of_pairs(Quantity quantity) {
    return quantity == Quantity::Agreement || quantity == Quantity::SScore || quantity == Quantity::Kappa
        || quantity == Quantity::IdealDistance;
}

/// Figures that all ballots make together: asked for by ballots(), their groups are of the ballots behind them.
bool is_of_all(const Select& select) {
    return (select.quantity == Quantity::IdealPoint && select.unit == Unit::Place)
        || (select.quantity == Quantity::NetworkBalance && select.unit == Unit::World);
}

/// Ballots with the day of their roll call, whichever file came first.
Result<Fact> vote_fact(const Select& select, const Scope& scope) {
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    if (select.unit == Unit::Dyad && is_of_pairs(select.quantity)) {
        fact.place = "r.voter";
        fact.more = ", r.roll_call, r.ballot, r.session";
    } else if ((select.unit == Unit::Place || select.unit == Unit::World)
               && (select.quantity == Quantity::YesShare || select.quantity == Quantity::Count || is_of_all(select))) {
        if (needs_place(select)) fact.place = "r.voter";
        fact.more = ", r.roll_call, r.ballot, r.session";
        fact.amount = "CASE WHEN r.ballot = 0 THEN 1000 ELSE 0 END";
        fact.present = "1000";
    } else {
        return unanswerable(select);
    }
    fact.from =
        fmt::format("FROM ({}) r WHERE r.ballot <= 2", visible_rows(RecordKind::Vote, scope.source, scope.rows));
    if (select.quantity == Quantity::Count) fact.from += " AND r.ballot = 0";
    return fact;
}

}  // namespace

std::string call_filter(const Select& select, const TermTable& terms) {
    return term_filter(terms, "r.resolution", "", select.codes) + term_filter(terms, "r.issue", "", select.issues);
}

bool needs_place(const Select& select) {
    if (select.unit == Unit::SubjectPlace || select.unit == Unit::SubjectPosition) return false;
    if (select.unit == Unit::Place || select.unit == Unit::PlaceSubject || select.unit == Unit::PlacePosition)
        return true;
    return !select.places.empty() && !select.either_actor && select.unit != Unit::Actor && select.unit != Unit::Dyad;
}
bool needs_actor1(const Select& select) {
    return select.unit == Unit::Actor || select.unit == Unit::Dyad || (select.either_actor && !select.places.empty());
}
bool needs_actor2(const Select& select) {
    return select.unit == Unit::Dyad || (select.either_actor && !select.places.empty());
}

std::string Fact::sql() const {
    return fmt::format(
        "fact AS (SELECT r.file, r.line, r.known_day, {} AS first_day, {} AS last_day, {} AS place, {} AS actor1, "
        "{} AS actor2, {} AS part, "
        "({})::BIGINT AS amount, ({})::BIGINT AS present{} {})",
        first_day, last_day, place, actor1, actor2, part, amount, present, more, from);
}

Result<Fact> fact_of(const Select& select, const Scope& scope, const TermTable& terms) {
    switch (select.records) {
        case RecordKind::Event: return event_fact(select, scope, terms);
        case RecordKind::Observation: return observation_fact(select, scope, terms);
        case RecordKind::Action: return action_fact(select, scope, terms);
        case RecordKind::Vote: return vote_fact(select, scope);
        case RecordKind::RollCall: return roll_call_fact(select, scope, terms);
        case RecordKind::Designation: return designation_fact(select, scope, terms);
    }
    return unanswerable(select);
}

}  // namespace icosa::store
