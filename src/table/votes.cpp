/// Streams the two files.
#include "table/votes.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "table/reader.hpp"

namespace icosa::table {
namespace {

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using VoterNumbers = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>;

/// "A/73/251 38 - Question of Palestine": a document and an item of the agenda, no title.
bool is_agenda_item(std::string_view text) {
    return text.size() > 2 && text.starts_with("A/") && text[2] >= '0' && text[2] <= '9';
}

enum class Said { Cast, Absent, Unknown };

Said vote_of(std::string_view text, methods::Choice& choice) {
    if (text == "yes" || text == "1") choice = methods::Choice::Yes;
    else if (text == "abstain" || text == "2") choice = methods::Choice::Abstain;
    else if (text == "no" || text == "3") choice = methods::Choice::No;
    else if (text == "absent" || text == "not member" || text == "8" || text == "9") return Said::Absent;
    else return Said::Unknown;
    return Said::Cast;
}

std::optional<std::size_t> find_column(const std::vector<std::string>& header, std::string_view name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

/// Voters by name, so that the order of the rows does not matter.
void sort_voters(BallotTable& out, const VoterNumbers& voter_of) {
    std::vector<std::string> sorted = out.voters;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::int32_t> rank(sorted.size());
    for (std::size_t v = 0; v < sorted.size(); ++v)
        rank[static_cast<std::size_t>(voter_of.find(sorted[v])->second)] = static_cast<std::int32_t>(v);
    for (auto& ballot : out.ballots) ballot.voter = rank[static_cast<std::size_t>(ballot.voter)];
    out.voters = std::move(sorted);
}

Result<void> refuse_second_ballots(const BallotTable& out, const std::vector<int>& lines, const RollCallTable& calls,
                                   const std::string& path) {
    std::vector<std::int32_t> seen(out.voters.size() * calls.ids.size(), 0);
    for (std::size_t i = 0; i < out.ballots.size(); ++i) {
        const auto& ballot = out.ballots[i];
        auto& line = seen[static_cast<std::size_t>(ballot.voter) * calls.ids.size()
                          + static_cast<std::size_t>(ballot.roll_call)];
        if (line != 0) {
            return fail(Fault::Data, "two-ballots", {path, lines[i], 0},
                        fmt::format("{} cast two ballots in roll call {}: here and in line {}",
                                    out.voters[static_cast<std::size_t>(ballot.voter)],
                                    calls.ids[static_cast<std::size_t>(ballot.roll_call)], line),
                        "give one a voter and roll call");
        }
        line = lines[i];
    }
    return {};
}

}  // namespace

Result<RollCallTable> read_roll_calls(const std::string& path) {
    std::size_t id = 0, session = 0;
    bool has_descr = false, has_short = false;
    RollCallTable out;
    std::unordered_map<std::string, int> line_of;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        id = TRY(column_named(header, path, "rcid"));
        session = TRY(column_named(header, path, "session"));
        const auto descr = find_column(header, "descr"), brief = find_column(header, "short");
        has_descr = descr.has_value();
        has_short = brief.has_value();
        return std::vector{id, session, descr.value_or(id), brief.value_or(id)};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        const auto number = parse_integer(cells[1]);
        if (!number || *number < 1 || *number > 1000) {
            return fail(Fault::Data, "bad-session", {path, line, static_cast<int>(session) + 1},
                        fmt::format("'{}' is no session of the Assembly", excerpt(cells[1])),
                        "give a whole number from 1");
        }
        std::string name(cells[0]);
        const auto [at, fresh] = line_of.emplace(name, line);
        if (!fresh)
            return fail(Fault::Data, "two-rows-one-roll-call", {path, line, static_cast<int>(id) + 1},
                        fmt::format("roll call {} stands here and in line {}", name, at->second),
                        "give one row a roll call");
        std::string title(has_descr ? cells[2] : std::string_view());
        if (has_short && (title.empty() || is_agenda_item(title))) title = cells[3];
        out.ids.push_back(std::move(name));
        out.sessions.push_back(static_cast<int>(*number));
        out.titles.push_back(std::move(title));
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (out.ids.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header", "give a row a roll call");
    return out;
}

Result<BallotTable> read_ballots(const std::string& path, const std::string& voter_column, const RollCallTable& calls) {
    std::size_t vote = 0, voter = 0;
    VoterNumbers call_of, voter_of;
    for (std::size_t i = 0; i < calls.ids.size(); ++i) call_of.emplace(calls.ids[i], static_cast<std::int32_t>(i));
    BallotTable out;
    std::vector<int> lines;
    const auto on_header = [&](const std::vector<std::string>& header) -> Result<std::vector<std::size_t>> {
        const std::size_t id = TRY(column_named(header, path, "rcid"));
        vote = TRY(column_named(header, path, "vote"));
        voter = TRY(column_named(header, path, voter_column));
        return std::vector{id, vote, voter, find_column(header, "country").value_or(voter)};
    };
    const auto on_row = [&](std::span<const std::string_view> cells, int line) -> Result<void> {
        ++out.rows;
        methods::CastBallot ballot;
        const Said said = vote_of(cells[1], ballot.choice);
        if (said == Said::Unknown) {
            return fail(Fault::Data, "unknown-vote", {path, line, static_cast<int>(vote) + 1},
                        fmt::format("'{}' is no vote", excerpt(cells[1])),
                        "there are yes, abstain, no, absent, not member, or 1, 2, 3, 8, 9");
        }
        if (said == Said::Absent) {
            ++out.absent;
            return {};
        }
        const auto call = call_of.find(cells[0]);
        if (call == call_of.end()) {
            if (out.without_roll_call++ == 0)
                out.first_without = fmt::format("{}:{}: roll call {}", path, line, cells[0]);
            return {};
        }
        const std::string_view name = cells[2].empty() ? cells[3] : cells[2];
        if (name.empty())
            return fail(Fault::Data, "no-voter", {path, line, static_cast<int>(voter) + 1}, "nobody is named here",
                        "fill in the voter");
        auto found = voter_of.find(name);
        if (found == voter_of.end()) {
            found = voter_of.emplace(std::string(name), static_cast<std::int32_t>(out.voters.size())).first;
            out.voters.emplace_back(name);
        }
        ballot.voter = found->second;
        ballot.roll_call = call->second;
        out.ballots.push_back(ballot);
        lines.push_back(line);
        return {};
    };
    TRY(visit_rows(path, on_header, on_row));
    if (out.ballots.empty())
        return fail(
            Fault::Data, "no-rows", {path, 1},
            out.rows == 0 ? "there are no rows under the header" : "no ballot belongs to a roll call of the other file",
            "give both files of one edition");
    sort_voters(out, voter_of);
    TRY(refuse_second_ballots(out, lines, calls, path));
    return out;
}

}  // namespace icosa::table
