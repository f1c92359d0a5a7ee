/// icosa apply ideal-points, s-score, kappa: ballots in, points or pairs of voters out.
#include "cli/apply_votes.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "cli/result_table.hpp"
#include "methods/relations/dyads.hpp"
#include "methods/relations/repeated_questions.hpp"
#include "table/votes.hpp"

namespace icosa::cli {
namespace {

using pack::choice_option;
using pack::Field;
using pack::number_option;
using pack::text_option;
using pack::whole_option;

constexpr Field country_field =
    text_option("country", "the column that names the voter; where it is empty, the column country")
        .by_default("country_code");

constexpr Field ideal_points_fields[] = {
    country_field,
    text_option("positive",
                "this voter's side is the positive one; where it casts no ballot, that of the voter farthest from 0")
        .by_default("US"),
    number_option("innovation", "variance of a step between sessions, before its share")
        .within(0.001, 100)
        .by_default("0.5"),
    number_option("level", "of the intervals low to high").in("share").within(0.5, 0.999).by_default("0.9"),
    choice_option("bridges", "titles|none",
                  "do roll calls of one title in neighbouring sessions share their parameters")
        .by_default("titles"),
    whole_option("minimum_roll_calls", "contested ones that a session must have")
        .in("roll calls")
        .within(1, 1000)
        .by_default("2"),
};
constexpr std::string_view ideal_points_examples[] = {
    "icosa apply ideal-points un_votes.csv --roll-calls un_roll_calls.csv --out points.csv"};
constexpr std::string_view ideal_points_cites[] = {"bailey2017", "martin2002", "imai2016"};
constexpr pack::Spec ideal_points_spec{"ideal-points",
                                       "Where each voter stands on the one line that best explains the recorded votes, "
                                       "session by session: session,country,ideal_point,low,high.",
                                       ideal_points_fields, ideal_points_examples, ideal_points_cites};

constexpr Field pairs_fields[] = {
    country_field,
    text_option("among", "only these voters, parted by commas; all if not given"),
    whole_option("minimum_common", "with fewer in common the measures are left empty")
        .in("roll calls")
        .within(1, 100000)
        .by_default("10"),
};
constexpr std::string_view s_score_examples[] = {
    "icosa apply s-score un_votes.csv --roll-calls un_roll_calls.csv --among US,RU,CN --out pairs.csv"};
constexpr std::string_view s_score_cites[] = {"signorino1999", "hage2011"};
constexpr pack::Spec s_score_spec{
    "s-score",
    "How alike two voters vote, session by session: session,country1,country2,common,agreement,s_score,kappa.",
    pairs_fields, s_score_examples, s_score_cites};
constexpr std::string_view kappa_examples[] = {
    "icosa apply kappa un_votes.csv --roll-calls un_roll_calls.csv --among US,IL --out pairs.csv"};
constexpr std::string_view kappa_cites[] = {"cohen1968", "hage2011"};
constexpr pack::Spec kappa_spec{"kappa",
                                "The same table as s-score: kappa is agreement beyond chance, with linear weights.",
                                pairs_fields, kappa_examples, kappa_cites};

store::Cell six(double value) { return rounded_cell(value, 6); }

void tell(const table::BallotTable& table) {
    if (table.without_roll_call > 0) {
        fmt::print(stderr, "{} ballots belong to no roll call of the other file and are left out; the first: {}\n",
                   table.without_roll_call, table.first_without);
    }
}

void tell_json(JsonWriter& json, const table::BallotTable& table) {
    json.field("rows", table.rows)
        .field("voters", table.voters.size())
        .field("ballots", table.ballots.size())
        .field("absent", table.absent)
        .field("without_roll_call", table.without_roll_call);
}

/// Whether the user gave this option of the method.
bool is_said(const ApplyOptions& options, std::string_view name) {
    return std::any_of(options.options.begin(), options.options.end(),
                       [&](const auto& one) { return one.first == name; });
}

/// The cure where a voter is none of a table's.
std::string nearest_voter(const std::string& name, const table::BallotTable& table, const pack::Options& parsed) {
    auto near = nearest(name, table.voters);
    for (const auto& voter : table.voters) {  // codes are short: one letter off is over a third of them
        if (!near && voter.size() == name.size() && name.size() > 1 && lower(voter) == lower(name)) near = voter;
    }
    return near ? fmt::format("did you mean '{}'?", *near)
                : fmt::format("names are those of the column '{}', such as {}", parsed.text("country"),
                              join(std::span(table.voters).first(std::min<std::size_t>(3, table.voters.size())), ", "));
}

Result<int> apply_ideal_points(const Common& common, const ApplyOptions& options, const pack::Options& parsed) {
    const table::RollCallTable calls = TRY(table::read_roll_calls(options.roll_calls));
    const table::BallotTable table = TRY(table::read_ballots(options.file, parsed.text("country"), calls));
    methods::RepeatedQuestions asked;
    if (parsed.text("bridges") == "titles") {
        asked = methods::repeated_questions(calls.sessions, calls.titles);
    } else {
        asked.questions = static_cast<int>(calls.ids.size());
        for (int i = 0; i < asked.questions; ++i) asked.question.push_back(i);
    }
    std::vector<methods::HeldRollCall> held;
    for (std::size_t i = 0; i < calls.ids.size(); ++i) held.push_back({calls.sessions[i], asked.question[i]});
    methods::IdealPointOptions fit;
    fit.innovation = parsed.number("innovation");
    fit.level = parsed.number("level");
    fit.minimum_roll_calls = parsed.whole("minimum_roll_calls");
    const auto positive = std::lower_bound(table.voters.begin(), table.voters.end(), parsed.text("positive"));
    if (positive != table.voters.end() && *positive == parsed.text("positive"))
        fit.positive_voter = static_cast<int>(positive - table.voters.begin());
    else if (is_said(options, "positive"))
        return fail(Fault::Usage, "unknown-voter", {},
                    fmt::format("'{}' of --positive casts no ballot in {}", parsed.text("positive"), options.file),
                    nearest_voter(parsed.text("positive"), table, parsed));
    Progress progress("ideal points", 0, "sweeps");
    const auto points = TRY(methods::ideal_points(static_cast<int>(table.voters.size()), asked.questions, held,
                                                  table.ballots, fit, [&](int sweep) { progress.at(sweep); }));
    using enum store::ColumnType;
    auto written = TRY(ResultTable::open(
        options.out,
        {{"session", Integer}, {"country", Text}, {"ideal_point", Number}, {"low", Number}, {"high", Number}}));
    std::map<int, int> sessions;
    for (const auto& point : points.points) {
        ++sessions[point.session];
        written.add({std::int64_t{point.session}, table.voters[static_cast<std::size_t>(point.voter)], six(point.value),
                     six(point.low), six(point.high)});
    }
    TRY(written.close());
    const auto contested = std::count_if(points.questions.begin(), points.questions.end(),
                                         [](const auto& one) { return one.categories > 1; });
    if (common.json) {
        JsonWriter json;
        json.begin_object()
            .field("method", options.method)
            .field("file", options.file)
            .field("roll_calls", options.roll_calls)
            .field("out", options.out)
            .field("country_column", parsed.text("country"));
        tell_json(json, table);
        json.field("sessions", sessions.size())
            .field("points", points.points.size())
            .field("questions", asked.questions)
            .field("contested", static_cast<std::int64_t>(contested))
            .field("repeated", asked.repeated);
        json.field("positive", fit.positive_voter >= 0 ? parsed.text("positive") : std::string())
            .field("sweeps", points.sweeps)
            .field("converged", points.converged)
            .end_object();
        fmt::print("{}\n", json.text());
        return exit_clean;
    }
    tell(table);
    if (!points.converged)
        fmt::print(stderr, "the points still moved after {} sweeps: take them as approximate\n", points.sweeps);
    return exit_clean;
}

/// The voters asked for, by their place in the table of ballots.
struct Chosen {
    std::vector<std::size_t> voters;
    std::vector<int> index;  ///< of each voter of the table among them; -1 = not asked for
};

Result<Chosen> voters_asked_for(const table::BallotTable& table, const pack::Options& parsed, const std::string& file) {
    Chosen out;
    out.index.assign(table.voters.size(), parsed.has("among") ? -1 : 0);
    const std::string among = parsed.has("among") ? parsed.text("among") : "";
    for (const auto part : among.empty() ? std::vector<std::string_view>() : split(among, ',')) {
        const std::string name(trim(part));
        const auto found = std::lower_bound(table.voters.begin(), table.voters.end(), name);
        if (found == table.voters.end() || *found != name) {
            return fail(Fault::Usage, "unknown-voter", {},
                        fmt::format("'{}' of --among casts no ballot in {}", name, file),
                        nearest_voter(name, table, parsed));
        }
        out.index[static_cast<std::size_t>(found - table.voters.begin())] = 0;
    }
    for (std::size_t v = 0; v < out.index.size(); ++v) {
        if (out.index[v] < 0) continue;
        out.index[v] = static_cast<int>(out.voters.size());
        out.voters.push_back(v);
    }
    return out;
}

/// Who of the chosen cast what, by roll call.
using CastBallots = std::vector<std::vector<std::pair<int, int>>>;

CastBallots ballots_of(const Chosen& chosen, const table::BallotTable& table, std::size_t roll_calls) {
    CastBallots out(roll_calls);
    for (const auto& ballot : table.ballots) {
        const int voter = chosen.index[static_cast<std::size_t>(ballot.voter)];
        if (voter >= 0)
            out[static_cast<std::size_t>(ballot.roll_call)].emplace_back(voter, static_cast<int>(ballot.choice));
    }
    for (auto& ballots : out) std::sort(ballots.begin(), ballots.end());
    return out;
}

/// crossed[n * n]: for a < b of the n chosen, how their ballots in these roll calls go together.
std::vector<methods::CrossedBallots> cross(const CastBallots& cast, const std::vector<std::size_t>& roll_calls,
                                           std::size_t n) {
    std::vector<methods::CrossedBallots> out(n * n);
    for (const std::size_t call : roll_calls) {
        const auto& ballots = cast[call];
        for (std::size_t a = 0; a < ballots.size(); ++a) {
            for (std::size_t b = a + 1; b < ballots.size(); ++b) {
                auto& one =
                    out[static_cast<std::size_t>(ballots[a].first) * n + static_cast<std::size_t>(ballots[b].first)];
                ++one.counts[static_cast<std::size_t>(ballots[a].second)][static_cast<std::size_t>(ballots[b].second)];
            }
        }
    }
    return out;
}

Result<int> apply_pairs(const Common& common, const ApplyOptions& options, const pack::Options& parsed) {
    const table::RollCallTable calls = TRY(table::read_roll_calls(options.roll_calls));
    const table::BallotTable table = TRY(table::read_ballots(options.file, parsed.text("country"), calls));
    const Chosen chosen = TRY(voters_asked_for(table, parsed, options.file));
    const CastBallots cast = ballots_of(chosen, table, calls.ids.size());
    std::map<int, std::vector<std::size_t>> by_session;
    for (std::size_t i = 0; i < calls.ids.size(); ++i) by_session[calls.sessions[i]].push_back(i);
    const int minimum = parsed.whole("minimum_common");
    const std::size_t n = chosen.voters.size();
    using enum store::ColumnType;
    auto written = TRY(ResultTable::open(options.out,
                                         {{"session", Integer},
                                          {"country1", Text},
                                          {"country2", Text},
                                          {"common", Integer},
                                          {"agreement", Number},
                                          {"s_score", Number},
                                          {"kappa", Number}}));
    std::int64_t pairs = 0, measured = 0;
    Progress progress(options.method, static_cast<std::int64_t>(by_session.size()), "sessions");
    std::int64_t done = 0;
    for (const auto& [session, roll_calls] : by_session) {
        const auto crossed = cross(cast, roll_calls, n);
        for (std::size_t a = 0; a < n; ++a) {
            for (std::size_t b = a + 1; b < n; ++b) {
                const auto& one = crossed[a * n + b];
                if (one.common() == 0) continue;
                ++pairs;
                measured += one.common() >= minimum ? 1 : 0;
                written.add({std::int64_t{session}, table.voters[chosen.voters[a]], table.voters[chosen.voters[b]],
                             std::int64_t{one.common()}, six(methods::agreement(one, minimum)),
                             six(methods::s_score(one, minimum)),
                             six(methods::weighted_kappa(one, methods::DisagreementWeight::Linear, minimum))});
            }
        }
        progress.at(++done);
    }
    TRY(written.close());
    if (common.json) {
        JsonWriter json;
        json.begin_object()
            .field("method", options.method)
            .field("file", options.file)
            .field("roll_calls", options.roll_calls)
            .field("out", options.out)
            .field("country_column", parsed.text("country"));
        tell_json(json, table);
        json.field("sessions", by_session.size()).field("pairs", pairs).field("measured", measured).end_object();
        fmt::print("{}\n", json.text());
        return exit_clean;
    }
    tell(table);
    return exit_clean;
}

}  // namespace

std::span<const TableMethod> vote_methods() {
    static constexpr TableMethod table[] = {{&ideal_points_spec, TableRows::Ballots, apply_ideal_points},
                                            {&s_score_spec, TableRows::Ballots, apply_pairs},
                                            {&kappa_spec, TableRows::Ballots, apply_pairs}};
    return table;
}

}  // namespace icosa::cli
