/// Streams the two files.
#include "table/votes.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "ingest/chunker.hpp"
#include "ingest/head.hpp"

namespace icosa::table {
namespace {

constexpr std::int32_t most_columns = 256;

struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using Numbers = std::unordered_map<std::string, std::int32_t, TextHash, std::equal_to<>>;

/// A comma-separated file with a header, row by row.
class Rows {
public:
    static Result<Rows> open(const std::string& path) {
        TRY(ingest::read_head(path));
        Rows out(path, TRY(ingest::Chunker::open(path, {})));
        if (!TRY(out.next()))
            return fail(Fault::Data, "no-rows", {path, 1}, "the file is empty", "give a header line and rows");
        for (std::int32_t i = 0; i < out.row_.columns; ++i) out.header_.emplace_back(trim(out.cell(i)));
        if (out.header_.front().starts_with("\xEF\xBB\xBF")) out.header_.front().erase(0, 3);
        return out;
    }

    Result<bool> next() {
        while (!reader_->next(row_)) {
            if (!TRY(chunks_->next(*chunk_))) return false;
            reader_->start(chunk_->text, chunk_->first_line);
        }
        if (row_.columns > most_columns) {
            return fail(
                Fault::Data, "wrong-columns", where(-1),
                fmt::format("this row has {} cells, a table of votes has at most {}", row_.columns, most_columns),
                "check the delimiter, or leave columns out");
        }
        if (!header_.empty() && static_cast<std::size_t>(row_.columns) != header_.size()) {
            return fail(Fault::Data, "wrong-columns", where(-1),
                        fmt::format("this row has {} cells, the header has {}", row_.columns, header_.size()),
                        "mend the row");
        }
        return true;
    }

    [[nodiscard]] std::string_view cell(std::int32_t column) const { return trim(row_.cell(column)); }
    [[nodiscard]] Where where(std::int32_t column) const { return {path_, static_cast<int>(row_.line), column + 1}; }
    [[nodiscard]] int line() const { return static_cast<int>(row_.line); }

    [[nodiscard]] std::optional<std::int32_t> find(std::string_view name) const {
        const auto found = std::find(header_.begin(), header_.end(), name);
        if (found == header_.end()) return std::nullopt;
        return static_cast<std::int32_t>(found - header_.begin());
    }
    [[nodiscard]] Result<std::int32_t> at(std::string_view name) const {
        if (const auto found = find(name)) return *found;
        const auto near = nearest(name, header_);
        return fail(Fault::Data, "missing-column", {path_, 1}, fmt::format("there is no column '{}'", name),
                    near ? fmt::format("did you mean '{}'?", *near) : fmt::format("it has {}", join(header_, ", ")));
    }

private:
    Rows(const std::string& path, std::unique_ptr<ingest::Chunker> chunks)
        : path_(path),
          chunks_(std::move(chunks)),
          chunk_(std::make_unique<ingest::Chunk>()),
          reader_(std::make_unique<ingest::RowReader>(ingest::Form{}, most_columns)) {
        reader_->start({}, 1);
    }

    std::string path_;
    std::unique_ptr<ingest::Chunker> chunks_;
    std::unique_ptr<ingest::Chunk> chunk_;
    std::unique_ptr<ingest::RowReader> reader_;
    ingest::Row row_;
    std::vector<std::string> header_;
};

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

}  // namespace

Result<RollCallTable> read_roll_calls(const std::string& path) {
    Rows rows = TRY(Rows::open(path));
    const auto id = TRY(rows.at("rcid")), session = TRY(rows.at("session"));
    const auto descr = rows.find("descr"), brief = rows.find("short");
    RollCallTable out;
    std::unordered_map<std::string, int> line_of;
    while (TRY(rows.next())) {
        const auto number = parse_integer(rows.cell(session));
        if (!number || *number < 1 || *number > 1000) {
            return fail(Fault::Data, "bad-session", rows.where(session),
                        fmt::format("'{}' is no session of the Assembly", excerpt(rows.cell(session))),
                        "give a whole number from 1");
        }
        std::string name(rows.cell(id));
        const auto [at, fresh] = line_of.emplace(name, rows.line());
        if (!fresh)
            return fail(Fault::Data, "two-rows-one-roll-call", rows.where(id),
                        fmt::format("roll call {} stands here and in line {}", name, at->second),
                        "give one row a roll call");
        std::string title(descr ? rows.cell(*descr) : std::string_view());
        if (brief && (title.empty() || is_agenda_item(title))) title = rows.cell(*brief);
        out.ids.push_back(std::move(name));
        out.sessions.push_back(static_cast<int>(*number));
        out.titles.push_back(std::move(title));
    }
    if (out.ids.empty())
        return fail(Fault::Data, "no-rows", {path, 1}, "there are no rows under the header", "give a row a roll call");
    return out;
}

Result<BallotTable> read_ballots(const std::string& path, const std::string& voter_column, const RollCallTable& calls) {
    Rows rows = TRY(Rows::open(path));
    const auto id = TRY(rows.at("rcid")), vote = TRY(rows.at("vote")), voter = TRY(rows.at(voter_column));
    const auto country = rows.find("country");
    Numbers call_of, voter_of;
    for (std::size_t i = 0; i < calls.ids.size(); ++i) call_of.emplace(calls.ids[i], static_cast<std::int32_t>(i));
    BallotTable out;
    std::vector<int> lines;
    while (TRY(rows.next())) {
        ++out.rows;
        methods::CastBallot ballot;
        const Said said = vote_of(rows.cell(vote), ballot.choice);
        if (said == Said::Unknown) {
            return fail(Fault::Data, "unknown-vote", rows.where(vote),
                        fmt::format("'{}' is no vote", excerpt(rows.cell(vote))),
                        "there are yes, abstain, no, absent, not member, or 1, 2, 3, 8, 9");
        }
        if (said == Said::Absent) {
            ++out.absent;
            continue;
        }
        const auto call = call_of.find(rows.cell(id));
        if (call == call_of.end()) {
            if (out.without_roll_call++ == 0)
                out.first_without = fmt::format("{}:{}: roll call {}", path, rows.line(), rows.cell(id));
            continue;
        }
        std::string_view name = rows.cell(voter);
        if (name.empty() && country) name = rows.cell(*country);
        if (name.empty())
            return fail(Fault::Data, "no-voter", rows.where(voter), "nobody is named here", "fill in the voter");
        auto found = voter_of.find(name);
        if (found == voter_of.end()) {
            found = voter_of.emplace(std::string(name), static_cast<std::int32_t>(out.voters.size())).first;
            out.voters.emplace_back(name);
        }
        ballot.voter = found->second;
        ballot.roll_call = call->second;
        out.ballots.push_back(ballot);
        lines.push_back(rows.line());
    }
    if (out.ballots.empty())
        return fail(
            Fault::Data, "no-rows", {path, 1},
            out.rows == 0 ? "there are no rows under the header" : "no ballot belongs to a roll call of the other file",
            "give both files of one edition");
    // voters by name, so that the order of the rows does not matter
    std::vector<std::string> sorted = out.voters;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::int32_t> rank(sorted.size());
    for (std::size_t v = 0; v < sorted.size(); ++v)
        rank[static_cast<std::size_t>(voter_of.find(sorted[v])->second)] = static_cast<std::int32_t>(v);
    for (auto& ballot : out.ballots) ballot.voter = rank[static_cast<std::size_t>(ballot.voter)];
    out.voters = std::move(sorted);
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
    return out;
}

}  // namespace icosa::table
