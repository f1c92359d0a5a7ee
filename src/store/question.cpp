/// Texts of users never enter as they are: terms are numbers here, places are quoted literals.
#include "store/question.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/text.hpp"
#include "store/columns.hpp"
#include "store/duck.hpp"

namespace icosa::store {
namespace {

using namespace model;
using duck::literal;
using duck::quoted;
using duck::quoted_list;

/// The code book by term: which place a code means, within which days.
constexpr std::string_view code_book =
    "code AS (SELECT t.id AS term, c.first_day, c.last_day, c.place FROM term t JOIN code_place c ON c.system = "
    "t.system AND c.code = t.match_key),\n"
    "label AS (SELECT id AS term, text, CASE WHEN system = 'place' THEN text ELSE system || ':' || text END AS label "
    "FROM term)";

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

Result<std::string> condition_filter(const std::vector<Condition>& conditions, RecordKind records) {
    std::string sql;
    for (const auto& condition : conditions) {
        const std::string sign = comparison(condition.comparison);
        if (records == RecordKind::Observation && condition.field == Condition::Field::Value) {
            sql += fmt::format(" AND value {} {}::DOUBLE", sign, number_text(condition.value));
        } else if (records == RecordKind::Event && condition.field != Condition::Field::Value) {
            if (condition.field == Condition::Field::Intensity)
                sql += fmt::format(" AND intensity_milli {} {}", sign, milli(condition.value));
            else
                sql += fmt::format(" AND {} {} {}",
                                   condition.field == Condition::Field::Best ? "fatalities_best" : "mentions", sign,
                                   number_text(condition.value));
        } else {
            return fail(Fault::Usage, "unanswerable", {},
                        fmt::format("records of kind {} have no such field to compare",
                                    record_kind_names[static_cast<int>(records)]));
        }
    }
    return sql;
}

bool needs_place(const Select& select) {
    if (select.unit == Unit::Place || select.unit == Unit::PlaceSubject) return true;
    return !select.places.empty() && !select.either_actor && select.unit != Unit::Actor && select.unit != Unit::Dyad;
}
bool needs_actor1(const Select& select) {
    return select.unit == Unit::Actor || select.unit == Unit::Dyad || (select.either_actor && !select.places.empty());
}
bool needs_actor2(const Select& select) {
    return select.unit == Unit::Dyad || (select.either_actor && !select.places.empty());
}

/// The columns of `fact`; what a Select does not need is NULL, so that grouping folds it.
struct Fact {
    std::string first_day = "day", last_day = "day";
    std::string place = "NULL::INTEGER", actor1 = "NULL::INTEGER", actor2 = "NULL::INTEGER", part = "NULL::INTEGER";
    std::string amount = "1000", present = "0";
    std::string more;  ///< further columns, each with a comma before it
    std::string from;

    [[nodiscard]] std::string sql() const {
        return fmt::format(
            "fact AS (SELECT r.file, r.line, r.known_day, {} AS first_day, {} AS last_day, {} AS place, {} AS actor1, "
            "{} AS actor2, {} AS part, "
            "({})::BIGINT AS amount, ({})::BIGINT AS present{} {})",
            first_day, last_day, place, actor1, actor2, part, amount, present, more, from);
    }
};

std::unexpected<Error> unanswerable(const Select& select) {
    return fail(Fault::Usage, "unanswerable", {},
                fmt::format("the store has no such figure of records of kind {} by that unit",
                            record_kind_names[static_cast<int>(select.records)]));
}

Result<Fact> event_fact(const Select& select, const Question::Scope& scope, const TermTable& terms) {
    Fact fact;
    fact.first_day = "r.first_day";
    fact.last_day = "r.last_day";
    if (needs_place(select)) fact.place = "coalesce(x.place, r.place)";
    if (needs_actor1(select)) fact.actor1 = "r.actor1";
    if (needs_actor2(select)) fact.actor2 = "r.actor2";
    if (select.unit == Unit::Cell) fact.part = "r.cell";
    if (select.unit == Unit::Subject || select.unit == Unit::PlaceSubject) fact.part = "r.subject";
    const auto figure = [&](const char* column) {
        fact.amount = fmt::format("1000 * coalesce(r.{}, 0)::BIGINT", column);
        fact.present = fmt::format("CASE WHEN r.{} IS NULL THEN 0 ELSE 1000 END", column);
    };
    switch (select.quantity) {
        case Quantity::Count: fact.amount = "1000 * coalesce(r.weight, 1)::BIGINT"; break;
        case Quantity::Low: figure("fatalities_low"); break;
        case Quantity::Best: figure("fatalities_best"); break;
        case Quantity::High: figure("fatalities_high"); break;
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
    fact.from = fmt::format("FROM ({}) r", visible_rows(RecordKind::Event, scope.source, scope.as_of, scope.revised));
    if (needs_place(select)) fact.from += " LEFT JOIN event_cell x ON x.file = r.file AND x.line = r.line";
    fact.from += " WHERE r.first_day IS NOT NULL" + term_filter(terms, "r.kind", "kind", select.kinds)
        + term_filter(terms, "r.code", "", select.codes) + term_filter(terms, "r.subject", "", select.subjects);
    fact.from += TRY(condition_filter(select.where, select.records));
    return fact;
}

Result<Fact> observation_fact(const Select& select, const Question::Scope& scope, const TermTable& terms) {
    if (select.unit != Unit::Place && select.unit != Unit::Subject && select.unit != Unit::PlaceSubject
        && select.unit != Unit::World)
        return unanswerable(select);
    Fact fact;
    fact.first_day = "r.first_day";
    fact.last_day = "r.last_day";
    if (needs_place(select)) fact.place = "r.place";
    if (select.unit == Unit::Subject || select.unit == Unit::PlaceSubject) fact.part = "r.subject";
    fact.more = ", r.value";
    fact.from = fmt::format("FROM ({}) r WHERE r.value IS NOT NULL AND r.first_day IS NOT NULL",
                            visible_rows(RecordKind::Observation, scope.source, scope.as_of, scope.revised));
    if (!select.measure.empty()) fact.from += term_filter(terms, "r.measure", "measure", {select.measure});
    fact.from += term_filter(terms, "r.subject", "", select.subjects);
    fact.from += TRY(condition_filter(select.where, select.records));
    return fact;
}

Result<Fact> action_fact(const Select& select, const Question::Scope& scope, const TermTable& terms) {
    if (select.unit != Unit::Place && select.unit != Unit::Subject && select.unit != Unit::PlaceSubject
        && select.unit != Unit::World)
        return unanswerable(select);
    if (select.quantity != Quantity::Count) return unanswerable(select);
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    if (needs_place(select)) fact.place = "r.participant";
    if (select.unit == Unit::Subject || select.unit == Unit::PlaceSubject) fact.part = "r.instrument";
    fact.from = fmt::format("FROM ({}) r WHERE r.day IS NOT NULL",
                            visible_rows(RecordKind::Action, scope.source, scope.as_of, scope.revised))
        + term_filter(terms, "r.act", "act", select.kinds) + term_filter(terms, "r.instrument", "", select.codes)
        + term_filter(terms, "r.instrument", "", select.subjects);
    return fact;
}

Result<Fact> designation_fact(const Select& select, const Question::Scope& scope, const TermTable& terms) {
    if ((select.unit != Unit::Subject && select.unit != Unit::World) || select.quantity != Quantity::Count)
        return unanswerable(select);
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    if (select.unit == Unit::Subject) fact.part = "r.regime";
    fact.from = fmt::format("FROM ({}) r WHERE r.day IS NOT NULL",
                            visible_rows(RecordKind::Designation, scope.source, scope.as_of, scope.revised))
        + term_filter(terms, "r.regime", "", select.kinds) + term_filter(terms, "r.regime", "", select.subjects);
    return fact;
}

std::string call_filter(const Select& select, const TermTable& terms) {
    return term_filter(terms, "r.resolution", "", select.codes) + term_filter(terms, "r.issue", "", select.issues);
}

Result<Fact> roll_call_fact(const Select& select, const Question::Scope& scope, const TermTable& terms) {
    if ((select.unit != Unit::Subject && select.unit != Unit::World) || select.quantity != Quantity::Count)
        return unanswerable(select);
    Fact fact;
    fact.first_day = fact.last_day = "r.day";
    // A roll call with several issues is several records of one row; the world counts it once.
    const bool by_issue = select.unit == Unit::Subject;
    if (by_issue) fact.part = "r.issue";
    fact.from = fmt::format(
        "FROM (SELECT DISTINCT file, line, known_day, day{} FROM ({}) r WHERE r.day IS NOT NULL{}) r WHERE TRUE",
        by_issue ? ", issue" : "", visible_rows(RecordKind::RollCall, scope.source, scope.as_of, scope.revised),
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
Result<Fact> vote_fact(const Select& select, const Question::Scope& scope) {
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
    fact.from = fmt::format("FROM ({}) r WHERE r.ballot <= 2",
                            visible_rows(RecordKind::Vote, scope.source, scope.as_of, scope.revised));
    if (select.quantity == Quantity::Count) fact.from += " AND r.ballot = 0";
    return fact;
}

}  // namespace

std::string visible_rows(RecordKind kind, std::string_view source, Day as_of, bool revised) {
    const bool is_vote = kind == RecordKind::Vote;
    const std::string day = literal(as_of);
    // A vote is known when its roll call is, where its own file does not say.
    const std::string known = is_vote ? "coalesce(e.known_day, c.known_day)" : "e.known_day";
    const std::string columns =
        is_vote ? "e.* REPLACE (coalesce(e.known_day, c.known_day) AS known_day), c.day, c.session" : "e.*";
    const std::string of = source.empty() ? "" : fmt::format(" AND f.source = {}", quoted(source));
    const std::string from = fmt::format("FROM {} e JOIN file f ON f.id = e.file{}", table_of(kind),
                                         is_vote ? " JOIN call c ON c.roll_call = e.roll_call" : "");
    const std::string seen = fmt::format("WHERE (f.vintage_day <= {0} OR {1} <= {0}){2}", day, known, of);
    if (!revised) return fmt::format("SELECT {} {} {}", columns, from, seen);
    const std::string same = "v.source = f.source AND v.identity = e.identity";
    return fmt::format(
        "SELECT {0} {1} ANTI JOIN revision v ON {2} {3}\nUNION ALL SELECT * EXCLUDE (edition) FROM (SELECT {0}, rank() "
        "OVER (PARTITION BY f.source, e.identity ORDER BY "
        "CASE WHEN f.vintage_day <= {4} THEN 0 ELSE 1 END, CASE WHEN f.vintage_day <= {4} THEN f.vintage_day END DESC, "
        "CASE WHEN f.vintage_day <= {4} THEN NULL ELSE coalesce(f.vintage_day, 'infinity'::DATE) END, "
        "CASE WHEN f.vintage_day <= {4} THEN -f.id ELSE f.id END, e.line DESC) AS edition {1} SEMI JOIN revision v ON "
        "{2} {3}) WHERE edition = 1",
        columns, from, same, seen, day);
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

Result<Question> Question::make(const Select& select, Scope scope, const TermTable& terms) {
    Question question;
    question.select_ = select;
    question.is_pairwise_ = select.records == RecordKind::Vote && select.unit == Unit::Dyad;
    question.common_ = fmt::format("WITH {}", code_book);
    if (select.records == RecordKind::Vote) {
        question.common_ += fmt::format(
            ",\ncall AS (SELECT roll_call, min(day) AS day, min(known_day) AS known_day, min(session) AS session FROM "
            "({}) r WHERE r.day IS NOT NULL{} GROUP BY roll_call)",
            visible_rows(RecordKind::RollCall, "", scope.as_of, scope.calls_revised), call_filter(select, terms));
    }
    Fact fact = TRY([&]() -> Result<Fact> {
        switch (select.records) {
            case RecordKind::Event: return event_fact(select, scope, terms);
            case RecordKind::Observation: return observation_fact(select, scope, terms);
            case RecordKind::Action: return action_fact(select, scope, terms);
            case RecordKind::Vote: return vote_fact(select, scope);
            case RecordKind::RollCall: return roll_call_fact(select, scope, terms);
            case RecordKind::Designation: return designation_fact(select, scope, terms);
        }
        return unanswerable(select);
    }());
    if (!select.except_days.empty()) {
        std::string days;
        for (const Day day : select.except_days) days += (days.empty() ? "" : ", ") + literal(day);
        fact.from += fmt::format(" AND {} NOT IN ({})", fact.first_day, days);
    }
    question.common_ += ",\n" + fact.sql();
    return question;
}

/// `named` over a relation that has the columns of fact; `carried` are columns that go with each row.
std::string Question::named(std::string_view from, std::string_view carried) const {
    std::string joins;
    const auto place_of = [&](const char* column, const char* alias) {
        joins += fmt::format(
            " LEFT JOIN code {1} ON {1}.term = g.{0} AND g.first_day BETWEEN {1}.first_day AND {1}.last_day LEFT JOIN "
            "label l_{1} ON l_{1}.term = g.{0}",
            column, alias);
        return fmt::format("coalesce({0}.place, l_{0}.label)", alias);
    };
    const bool pairwise = is_pairwise_;
    const std::string place = needs_place(select_) || pairwise ? place_of("place", "c_place") : "NULL";
    const std::string actor1 = needs_actor1(select_) && !pairwise ? place_of("actor1", "c_actor1") : "NULL";
    const std::string actor2 = needs_actor2(select_) && !pairwise ? place_of("actor2", "c_actor2") : "NULL";
    if (select_.unit == Unit::Subject || select_.unit == Unit::PlaceSubject)
        joins += " LEFT JOIN label l_part ON l_part.term = g.part";

    std::string unit;
    std::string where;
    switch (select_.unit) {
        case Unit::Place: unit = place; break;
        case Unit::Actor: unit = actor1; break;
        case Unit::Dyad:
            if (pairwise) {
                unit = place;
            } else {
                unit = fmt::format("least({0}, {1}) || '|' || greatest({0}, {1})", actor1, actor2);
                where += fmt::format(" AND {} <> {}", actor1, actor2);
            }
            break;
        case Unit::Cell: unit = "g.part::VARCHAR"; break;
        case Unit::Subject: unit = "l_part.text"; break;
        case Unit::PlaceSubject: unit = fmt::format("{} || '|' || l_part.text", place); break;
        case Unit::World: unit = "'world'"; break;
    }
    if (!select_.places.empty()) {
        const std::string set = quoted_list(select_.places);
        if (select_.unit == Unit::Dyad && !select_.either_actor && !pairwise)
            where += fmt::format(" AND ({0} IN {2} OR {1} IN {2})", actor1, actor2, set);
        else if (select_.either_actor && !pairwise)
            where += fmt::format(" AND {0} IN {2} AND {1} IN {2}", actor1, actor2, set);
        else where += fmt::format(" AND {} IN {}", select_.unit == Unit::Actor ? actor1 : place, set);
    }
    const std::string first = period_sql("g.first_day", select_.period);
    if (select_.records == RecordKind::Event || select_.records == RecordKind::Observation)
        where += fmt::format(" AND {} = {}", first, period_sql("g.last_day", select_.period));
    return fmt::format("named AS (SELECT {} AS unit, ({})::INTEGER AS period{} FROM {} g{} WHERE unit IS NOT NULL{})",
                       unit, first, carried, from, joins, where);
}

namespace {

/// Sum and total of each pair and period, so that their ratio is the measure. Places of the ballots: yes 0, abstain 1,
/// no 2.
std::string pair_groups(Quantity quantity) {
    std::string sum = "1000 * count(*) FILTER (ballot_a = ballot_b)", total = "1000 * count(*)";
    if (quantity == Quantity::SScore) sum = "1000 * (count(*) - sum(abs(a - b)))";
    if (quantity == Quantity::Kappa) {  // (E - n O) / E with E = sum |a - b| n_a. n_.b, O = sum |a - b| n_ab
        total = "a0 * (b1 + 2 * b2) + a1 * (b0 + b2) + a2 * (2 * b0 + b1)";
        return "SELECT unit, period, (2 * n)::BIGINT, (expected - n * observed)::BIGINT, expected::BIGINT FROM (SELECT unit, period, n, observed, " + total +
               " AS expected FROM (SELECT unit, period, count(*) AS n, sum(abs(a - b)) AS observed, count(*) FILTER (a = 0) AS a0, count(*) FILTER (a = 1) AS a1, count(*) FILTER (a = 2) AS a2, "
               "count(*) FILTER (b = 0) AS b0, count(*) FILTER (b = 1) AS b1, count(*) FILTER (b = 2) AS b2 FROM placed GROUP BY unit, period)) ORDER BY unit, period";
    }
    return fmt::format(
        "SELECT unit, period, (2 * count(*))::BIGINT, ({})::BIGINT, ({})::BIGINT FROM placed GROUP BY unit, period "
        "ORDER BY unit, period",
        sum, total);
}

}  // namespace

/// Both ballots of each pair in each common roll call.
std::string Question::pairs() const {
    return common_ + ",\n" + named("fact", ", g.file, g.line, g.known_day, g.roll_call, g.ballot") +
           ",\npair AS (SELECT a.unit || '|' || b.unit AS unit, a.period, a.ballot AS ballot_a, b.ballot AS ballot_b, a.file AS file_a, a.line AS line_a, a.known_day AS known_a, "
           "b.file AS file_b, b.line AS line_b, b.known_day AS known_b FROM named a JOIN named b ON a.roll_call = b.roll_call AND a.unit < b.unit),\n"
           "placed AS (SELECT *, (3 - ballot_a::INTEGER) % 3 AS a, (3 - ballot_b::INTEGER) % 3 AS b FROM pair)\n";
}

std::string Question::groups() const {
    if (is_pairwise_) return pairs() + pair_groups(select_.quantity);
    return common_ +
           ",\ngrouped AS (SELECT first_day, last_day, place, actor1, actor2, part, count(*) AS n, sum(amount) AS amount, sum(present) AS present FROM fact GROUP BY ALL),\n" +
           named("grouped", ", g.n, g.amount, g.present") +
           "\nSELECT unit, period, sum(n)::BIGINT, sum(amount)::BIGINT, sum(present)::BIGINT FROM named GROUP BY unit, period ORDER BY unit, period";
}

std::string Question::ballots() const {
    return common_ + ",\n" + named("fact", ", g.roll_call, g.ballot, g.session") + "\nSELECT unit, roll_call, period, session, ballot::INTEGER FROM named ORDER BY unit, roll_call, period, session, ballot";
}

std::string Question::values() const {
    return common_ + ",\n" + named("fact", ", g.value, g.file, g.line, g.last_day, g.part") +
           "\nSELECT unit, period, value, file, line, last_day FROM named ORDER BY unit, period, last_day, file, line, part, value";
}

std::string Question::traces() const {
    if (is_pairwise_)
        return pairs() + "SELECT unit, period, file_a AS file, line_a AS line, known_a AS known_day FROM pair UNION ALL SELECT unit, period, file_b, line_b, known_b FROM pair";
    return common_ + ",\n" + named("fact", ", g.file, g.line, g.known_day")
        + "\nSELECT unit, period, file, line, known_day FROM named";
}

Result<void> check_answerable(const model::Select& select) {
    const TermTable none;
    auto question = Question::make(select, {"", last_possible_day, false, false}, none);
    if (!question) return std::unexpected(std::move(question).error());
    return {};
}

}  // namespace icosa::store
