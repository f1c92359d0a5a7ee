/// Texts of users never enter as they are: terms are numbers here, places are quoted literals.
#include "store/question.hpp"
#include "store/store.hpp"

#include <fmt/format.h>

#include "store/duck.hpp"
#include "store/phrases.hpp"

namespace icosa::store {
namespace {

using namespace model;
using duck::literal;
using duck::quoted_list;

}  // namespace

Result<Question> Question::make(const Select& select, const Scope& scope, const TermTable& terms, Aside aside) {
    Question question;
    question.select_ = select;
    question.is_pairwise_ = select.records == RecordKind::Vote && select.unit == Unit::Dyad;
    question.common_ = "WITH ";
    if (select.records == RecordKind::Vote) {
        question.common_ += fmt::format(
            "call AS (SELECT roll_call, min(day) AS day, min(known_day) AS known_day, min(session) AS session FROM "
            "({}) r WHERE r.day IS NOT NULL{} GROUP BY roll_call),\n",
            visible_rows(RecordKind::RollCall, "", scope.calls), call_filter(select, terms));
    }
    Fact fact = TRY(fact_of(select, scope, terms));
    question.has_aside_ = !fact.aside.empty();
    if (question.has_aside_ && aside == Aside::Dropped) fact.from += fmt::format(" AND {} = 0", fact.aside);
    if (question.has_aside_ && aside == Aside::Kept) fact.more += fmt::format(", {} AS aside", fact.aside);
    if (select.since != first_possible_day)
        fact.from += fmt::format(" AND {} >= {}", fact.first_day, literal(select.since));
    if (!select.except_days.empty()) {
        std::string days;
        for (const Day day : select.except_days) days += (days.empty() ? "" : ", ") + literal(day);
        fact.from += fmt::format(" AND {} NOT IN ({})", fact.first_day, days);
    }
    for (const auto& one : select.except) {
        const std::string subject = term_filter(terms, "r.subject", "", {one.subject});  // " AND ..."
        std::string days;
        if (one.first != first_possible_day) days += fmt::format(" AND {} >= {}", fact.first_day, literal(one.first));
        if (one.last != last_possible_day) days += fmt::format(" AND {} <= {}", fact.first_day, literal(one.last));
        fact.from += fmt::format(" AND NOT coalesce(TRUE{}{}, FALSE)", subject, days);
    }
    question.common_ += fact.sql();
    return question;
}

/// `named` over a relation that has the columns of fact; `carried` are columns that go with each row.
std::string Question::named(std::string_view from, std::string_view carried) const {
    std::string joins;
    const auto place_of = [&](const char* column, const char* alias) {
        joins +=
            fmt::format(" LEFT JOIN code {1} ON {1}.term = g.{0} AND {2} LEFT JOIN label l_{1} ON l_{1}.term = g.{0}",
                        column, alias, within_days(alias, "g.first_day", "g.last_day"));
        return fmt::format("nullif(coalesce({0}.place, l_{0}.label), '')", alias);  // '' is a sum over places
    };
    const bool pairwise = is_pairwise_;
    const std::string place = needs_place(select_) || pairwise ? place_of("place", "c_place") : "NULL";
    const std::string actor1 = needs_actor1(select_) && !pairwise ? place_of("actor1", "c_actor1") : "NULL";
    const std::string actor2 = needs_actor2(select_) && !pairwise ? place_of("actor2", "c_actor2") : "NULL";
    if (select_.unit == Unit::Subject || select_.unit == Unit::PlaceSubject || select_.unit == Unit::SubjectHead)
        joins += " LEFT JOIN label l_part ON l_part.term = g.part";
    if (select_.unit == Unit::SubjectPosition) joins += " LEFT JOIN label l_part ON l_part.term = g.place";

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
        case Unit::SubjectHead: unit = "split_part(l_part.text, '|', 1)"; break;
        case Unit::SubjectPlace: unit = place_of("part", "c_part"); break;
        case Unit::PlacePosition: unit = fmt::format("coalesce({}, '') || '|' || g.part", place); break;
        case Unit::SubjectPosition: unit = "l_part.text || '|' || g.part"; break;
        case Unit::World: unit = "'world'"; break;
    }
    if (!select_.places.empty()) {
        const std::string set = quoted_list(select_.places);
        if (select_.unit == Unit::Dyad && !select_.either_actor && !pairwise)
            where += fmt::format(" AND ({0} IN {2} OR {1} IN {2})", actor1, actor2, set);
        else if (select_.either_actor && !pairwise)
            where += fmt::format(" AND {0} IN {2} AND {1} IN {2}", actor1, actor2, set);
        else
            where += fmt::format(" AND {} IN {}",
                                 select_.unit == Unit::Actor              ? actor1
                                     : select_.unit == Unit::SubjectPlace ? unit
                                                                          : place,
                                 set);
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
        return fmt::format(
            "SELECT unit, period, (2 * n)::BIGINT, (expected - n * observed)::BIGINT, expected::BIGINT "
            "FROM (SELECT unit, period, n, observed, {} AS expected FROM (SELECT unit, period, "
            "count(*) AS n, sum(abs(a - b)) AS observed, count(*) FILTER (a = 0) AS a0, "
            "count(*) FILTER (a = 1) AS a1, count(*) FILTER (a = 2) AS a2, "
            "count(*) FILTER (b = 0) AS b0, count(*) FILTER (b = 1) AS b1, "
            "count(*) FILTER (b = 2) AS b2 FROM placed GROUP BY unit, period)) ORDER BY unit, period",
            total);
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
    if (select_.quantity == Quantity::Last) return newest_groups();
    return fmt::format(
        "{},\ngrouped AS (SELECT first_day, last_day, place, actor1, actor2, part, count(*) AS n, "
        "sum(amount) AS amount, sum(present) AS present FROM fact GROUP BY ALL),\n{}"
        "\nSELECT unit, period, sum(n)::BIGINT, sum(amount)::BIGINT, sum(present)::BIGINT FROM named "
        "GROUP BY unit, period ORDER BY unit, period",
        common_, named("grouped", ", g.n, g.amount, g.present"));
}

/// Of each unit and period the figure of the newest day that has one, of several of a day the largest: totals that run
/// on are never summed.
std::string Question::newest_groups() const {
    return fmt::format(
        "{},\n{},\ndaily AS (SELECT unit, period, first_day, count(*) AS n, max(amount) FILTER (present > 0) AS "
        "amount, sum(present) AS present FROM named GROUP BY unit, period, first_day)"
        "\nSELECT unit, period, sum(n)::BIGINT, coalesce(arg_max(amount, first_day) FILTER (amount IS NOT NULL), "
        "0)::BIGINT, sum(present)::BIGINT FROM daily GROUP BY unit, period ORDER BY unit, period",
        common_, named("fact", ", g.first_day, g.amount, g.present"));
}

std::string Question::ballots() const {
    return common_ + ",\n" + named("fact", ", g.roll_call, g.ballot, g.session")
        + "\nSELECT unit, roll_call, period, session, ballot::INTEGER FROM named "
          "ORDER BY unit, roll_call, period, session, ballot";
}

std::string Question::values() const {
    return fmt::format(
        "{},\n{}\nSELECT unit, period, value, file, line, last_day FROM named "
        "ORDER BY unit, period, last_day, file, line, part, value",
        common_, named("fact", ", g.value, g.file, g.line, g.last_day, g.part"));
}

std::string Question::points() const {
    return common_
        + "\nSELECT file, line, first_day, last_day, precision, kind, code, latitude_microdeg, longitude_microdeg, "
          "position_precision FROM fact WHERE latitude_microdeg IS NOT NULL AND longitude_microdeg IS NOT NULL "
          "ORDER BY first_day, last_day, latitude_microdeg, longitude_microdeg, kind NULLS FIRST, code NULLS FIRST, "
          "file, line, position_precision NULLS FIRST, precision";
}

std::string Question::counted(const std::vector<std::string>& units) const {
    return fmt::format(
        "{},\n{}\nSELECT unit, period, file, line, amount, present, known_day FROM named{} "
        "ORDER BY file, line, unit, period, amount, present, known_day NULLS FIRST",
        common_, named("fact", ", g.file, g.line, g.amount, g.present, g.known_day"),
        units.empty() ? "" : fmt::format(" WHERE unit IN {}", quoted_list(units)));
}

std::string Question::omitted() const {
    if (!has_aside_) return {};
    return fmt::format("{},\n{}\nSELECT aside, count(*) FROM named GROUP BY aside ORDER BY aside", common_,
                       named("fact", ", g.aside"));
}

std::string Question::traces() const {
    if (is_pairwise_)
        return pairs()
            + "SELECT unit, period, file_a AS file, line_a AS line, known_a AS known_day FROM pair UNION ALL "
              "SELECT unit, period, file_b, line_b, known_b FROM pair";
    return common_ + ",\n" + named("fact", ", g.file, g.line, g.known_day")
        + "\nSELECT unit, period, file, line, known_day FROM named";
}

Result<void> check_answerable(const model::Select& select) {
    const TermTable none;
    auto question = Question::make(select, {"", {.as_of = last_possible_day}, {.as_of = last_possible_day}}, none);
    if (!question) return std::unexpected(std::move(question).error());
    return {};
}

}  // namespace icosa::store
