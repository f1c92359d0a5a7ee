/// Rounds: read, added to, and the next text.
#include "respond/packages/rounds.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

#include <fmt/format.h>

#include "base/json.hpp"
#include "base/json_slice.hpp"
#include "base/text.hpp"

namespace icosa::respond {
namespace {

using methods::DemandSet;
using methods::PackageDemand;
using methods::Pick;
using methods::PointVector;

template <class T> std::optional<int> number_by_id(const std::vector<T>& things, std::string_view id) {
    for (std::size_t i = 0; i < things.size(); ++i) {
        if (things[i].id == id) return static_cast<int>(i);
    }
    return std::nullopt;
}

template <class T> std::string nearest_id(const std::vector<T>& things, std::string_view id) {
    std::vector<std::string> ids;
    for (const auto& one : things) ids.push_back(one.id);
    const auto near = nearest(id, ids);
    return near ? fmt::format("did you mean '{}'?", *near) : fmt::format("there are {}", join(ids, ", "));
}

std::optional<int> number_of_value(const PackageIssue& issue, std::string_view value) {
    const auto found = std::ranges::find(issue.values, value);
    if (found == issue.values.end()) return std::nullopt;
    return static_cast<int>(found - issue.values.begin());
}

/// Reads one line after another into rounds.
class RoundsReader {
public:
    RoundsReader(const PackageModel& model, Diagnostics& faults, std::vector<TextRound>& out)
        : model_(model), faults_(faults), out_(out) {}

    void read(const std::string& line, const Where& where) {
        where_ = where;
        const auto kind = is_json(line) ? json_text_at(line, "kind") : std::nullopt;
        if (kind == "proposal") proposal(line);
        else if (kind == "mark") mark(line);
        else
            fault("bad-line", fmt::format("this is no row of rounds: {}", excerpt(line)),
                  "each line is a JSON object with \"kind\": \"proposal\" or \"mark\"");
    }

private:
    void fault(std::string code, std::string what, std::string cure) {
        faults_.push_back({Fault::Data, std::move(code), where_, std::move(what), std::move(cure)});
    }
    [[nodiscard]] static std::string text(const std::string& line, std::string_view key) {
        return json_text_at(line, key).value_or("");
    }
    [[nodiscard]] static int round_of(const std::string& line) {
        const auto number = parse_integer(text(line, "round"));
        return number && *number > 0 && *number < 100'000 ? static_cast<int>(*number) : 0;
    }

    void proposal(const std::string& line) {
        TextRound round;
        round.number = round_of(line);
        const int expected = static_cast<int>(out_.size()) + 1;
        if (round.number != expected)
            fault("bad-round",
                  fmt::format("a proposal of round {} where round {} is due", text(line, "round"), expected),
                  "rounds count from 1, one proposal each, in order");
        round.date = text(line, "date");
        round.by = text(line, "by");
        round.note = text(line, "note");
        for (const auto& issue : model_.issues) {
            const std::string value = text(line, "package." + issue.id);
            const auto number = number_of_value(issue, value);
            if (!number)
                fault("unknown-value",
                      value.empty() ? fmt::format("the text says nothing on issue '{}'", issue.id)
                                    : fmt::format("issue '{}' has no value '{}'", issue.id, excerpt(value)),
                      fmt::format("there are {}", join(issue.values, ", ")));
            round.package.push_back(number.value_or(0));
        }
        out_.push_back(std::move(round));
    }

    void mark(const std::string& line) {
        TextMark mark;
        const int round = round_of(line);
        const std::string party = text(line, "party"), word = text(line, "mark");
        const auto number = number_by_id(model_.parties, party);
        if (!number)
            fault("unknown-party", fmt::format("no party '{}'", excerpt(party)), nearest_id(model_.parties, party));
        if (word != "accept" && word != "object")
            fault("bad-mark", fmt::format("the mark is '{}'", excerpt(word)), "write accept or object");
        mark.party = number.value_or(0);
        mark.accepts = word == "accept";
        mark.date = text(line, "date");
        mark.note = text(line, "note");
        if (const auto list = json_at(line, "to")) {
            const std::size_t entries = json_items(*list).size();
            for (std::size_t i = 0; i < entries; ++i) {
                const std::string id = json_text_at(*list, fmt::format("{}", i)).value_or("");
                if (const auto issue = number_by_id(model_.issues, id)) mark.to.push_back(*issue);
                else fault("unknown-issue", fmt::format("no issue '{}'", excerpt(id)), nearest_id(model_.issues, id));
            }
        }
        if (round < 1 || round > static_cast<int>(out_.size())) {
            fault("bad-round", fmt::format("a mark on round {}, which has no proposal yet", text(line, "round")),
                  "a mark stands behind the proposal that it marks");
            return;
        }
        out_[static_cast<std::size_t>(round - 1)].marks.push_back(std::move(mark));
    }

    const PackageModel& model_;
    Diagnostics& faults_;
    std::vector<TextRound>& out_;
    Where where_;
};

/// A party's newest mark on a round.
const TextMark* newest_mark(const TextRound& round, int party) {
    const TextMark* out = nullptr;
    for (const TextMark& mark : round.marks) out = mark.party == party ? &mark : out;
    return out;
}

/// Values to which some party still objects, and whole packages.
PackageDemand standing_objections(const PackageModel& model, const std::vector<TextRound>& rounds) {
    PackageDemand out;
    for (std::size_t p = 0; p < model.parties.size(); ++p) {
        std::set<Pick> picks;
        for (const TextRound& round : rounds) {
            const TextMark* mark = newest_mark(round, static_cast<int>(p));
            if (!mark) continue;
            if (mark->accepts) {
                for (std::size_t i = 0; i < round.package.size(); ++i)
                    picks.erase({static_cast<int>(i), round.package[i]});
            } else if (mark->to.empty()) {
                auto& whole = out.never.emplace_back();
                for (std::size_t i = 0; i < round.package.size(); ++i)
                    whole.push_back({static_cast<int>(i), round.package[i]});
            }
            if (mark->accepts) continue;
            for (const int issue : mark->to) picks.insert({issue, round.package[static_cast<std::size_t>(issue)]});
        }
        for (const Pick& pick : picks) out.never.push_back({pick});
    }
    return out;
}

bool keeps_demands(const SetReport& set, const std::vector<int>& values, const PointVector& worth) {
    return std::ranges::none_of(set.demands, [&](const PackageDemand& demand) {
        const bool excluded = std::ranges::any_of(demand.never, [&](const auto& picks) {
            return std::ranges::all_of(
                picks, [&](const Pick& one) { return values[static_cast<std::size_t>(one.issue)] == one.value; });
        });
        return excluded || (demand.party >= 0 && worth[static_cast<std::size_t>(demand.party)] < demand.least);
    });
}

/// The next text among the packages of the first set that the other sets allow too.
std::optional<std::vector<int>> next_text(const std::vector<SetReport>& sets, const PackageDemand& objections,
                                          const std::vector<int>& from) {
    const SetReport& first = sets.front();
    auto demands = first.demands;
    demands.push_back(objections);
    const auto parties = static_cast<std::size_t>(first.space.parties);
    struct Standing {
        int changes = std::numeric_limits<int>::max();
        std::vector<methods::PartyPoints> gains;  ///< ascending, least first
    } best;
    std::optional<std::vector<int>> out;
    methods::PackageWalk(first.space, demands)
        .each([&](std::int64_t package, const PointVector& worth, DemandSet broken) {
            if (broken != 0) return;
            const auto values = first.space.values_of(package);
            int changes = 0;
            for (std::size_t i = 0; i < values.size(); ++i) changes += values[i] != from[i];
            if (changes > best.changes) return;
            std::vector<methods::PartyPoints> gains;
            for (std::size_t p = 0; p < parties; ++p) gains.push_back(worth[p] - first.answers.today[p]);
            std::ranges::sort(gains);
            if (changes == best.changes && gains <= best.gains) return;
            for (std::size_t s = 1; s < sets.size(); ++s) {
                if (!keeps_demands(sets[s], values, sets[s].space.worth_of(package))) return;
            }
            best = {changes, std::move(gains)};
            out = values;
        });
    return out;
}

}  // namespace

std::vector<TextRound> read_rounds(const PackageModel& model, const std::string& path, Diagnostics& faults) {
    std::vector<TextRound> out;
    std::ifstream file(path, std::ios::binary);
    RoundsReader reader(model, faults, out);
    std::string line;
    for (int number = 1; std::getline(file, line); ++number) {
        if (!trim(line).empty()) reader.read(line, {path, number, 0});
    }
    return out;
}

Result<std::vector<int>> package_of_words(const PackageModel& model, const std::string& words,
                                          const std::vector<int>& base) {
    std::vector<int> out = base;
    for (const auto part : split(words, ',')) {
        const auto sides = split(part, '=');
        if (sides.size() != 2)
            return fail(Fault::Usage, "bad-package", {}, fmt::format("'{}' is no issue with its value", trim(part)),
                        "write --propose \"issue=value, other=value\"");
        const auto id = trim(sides[0]), value = trim(sides[1]);
        const auto issue = number_by_id(model.issues, id);
        if (!issue)
            return fail(Fault::Usage, "unknown-issue", {}, fmt::format("no issue '{}'", excerpt(id)),
                        nearest_id(model.issues, id));
        const auto& known = model.issues[static_cast<std::size_t>(*issue)];
        const auto number = number_of_value(known, value);
        if (!number)
            return fail(Fault::Usage, "unknown-value", {},
                        fmt::format("issue '{}' has no value '{}'", known.id, excerpt(value)),
                        fmt::format("there are {}", join(known.values, ", ")));
        out[static_cast<std::size_t>(*issue)] = *number;
    }
    return out;
}

Result<TextMark> mark_of_words(const PackageModel& model, const std::string& words) {
    const auto bad = [&] {
        return fail(Fault::Usage, "bad-mark", {}, fmt::format("'{}' is no mark", excerpt(words)),
                    "write PARTY=accept, PARTY=object or PARTY=object:ISSUE,ISSUE");
    };
    const auto equals = words.find('=');
    if (equals == std::string::npos) return bad();
    TextMark out;
    const std::string_view party = trim(std::string_view(words).substr(0, equals));
    std::string_view mark = trim(std::string_view(words).substr(equals + 1));
    const auto number = number_by_id(model.parties, party);
    if (!number)
        return fail(Fault::Usage, "unknown-party", {}, fmt::format("no party '{}'", excerpt(party)),
                    nearest_id(model.parties, party));
    out.party = *number;
    if (const auto colon = mark.find(':'); colon != std::string_view::npos) {
        for (const auto part : split(mark.substr(colon + 1), ',')) {
            const auto issue = number_by_id(model.issues, trim(part));
            if (!issue)
                return fail(Fault::Usage, "unknown-issue", {}, fmt::format("no issue '{}'", excerpt(trim(part))),
                            nearest_id(model.issues, trim(part)));
            out.to.push_back(*issue);
        }
        mark = trim(mark.substr(0, colon));
    }
    out.accepts = mark == "accept";
    if ((!out.accepts && mark != "object") || (out.accepts && !out.to.empty())) return bad();
    return out;
}

std::string proposal_row(const PackageModel& model, const TextRound& round) {
    JsonWriter json;
    json.begin_object()
        .field("round", round.number)
        .field("kind", "proposal")
        .field("date", round.date)
        .field("by", round.by)
        .key("package")
        .begin_object();
    for (std::size_t i = 0; i < model.issues.size(); ++i)
        json.field(model.issues[i].id, model.issues[i].values[static_cast<std::size_t>(round.package[i])]);
    json.end_object();
    if (!round.note.empty()) json.field("note", round.note);
    return json.end_object().text();
}

std::string mark_row(const PackageModel& model, int round, const TextMark& mark) {
    JsonWriter json;
    json.begin_object()
        .field("round", round)
        .field("kind", "mark")
        .field("date", mark.date)
        .field("party", model.parties[static_cast<std::size_t>(mark.party)].id)
        .field("mark", mark.accepts ? "accept" : "object");
    if (!mark.to.empty()) {
        json.key("to").begin_array();
        for (const int issue : mark.to) json.value(model.issues[static_cast<std::size_t>(issue)].id);
        json.end_array();
    }
    if (!mark.note.empty()) json.field("note", mark.note);
    return json.end_object().text();
}

RoundsStand stand_of(const PackageModel& model, const std::vector<TextRound>& rounds,
                     const std::set<DemandKind>& left_out) {
    RoundsStand out;
    std::vector<SetReport> sets;
    for (const auto& name : model.sets) sets.push_back(set_out(model, name, left_out));
    std::vector<int> from;
    for (const auto& issue : model.issues) from.push_back(issue.today);
    if (!rounds.empty()) {
        from = rounds.back().package;
        for (std::size_t p = 0; p < model.parties.size(); ++p) {
            const TextMark* mark = newest_mark(rounds.back(), static_cast<int>(p));
            if (!mark) out.silent.push_back(model.parties[p].title);
            else if (!mark->accepts) out.objecting.push_back(model.parties[p].title);
        }
        out.agreed = out.silent.empty() && out.objecting.empty();
        for (const auto& set : sets) {
            const PointVector worth = set.space.worth_of(set.space.number_of(from));
            for (std::size_t d = 0; d < set.demands.size(); ++d) {
                SetReport alone;
                alone.demands = {set.demands[d]};
                if (keeps_demands(alone, from, worth)) continue;
                if (std::ranges::find(out.broken, set.told[d].what) == out.broken.end())
                    out.broken.push_back(set.told[d].what);
            }
        }
    }
    if (!out.agreed) out.next = next_text(sets, standing_objections(model, rounds), from);
    return out;
}

std::string rounds_text(const PackageModel& model, const std::vector<TextRound>& rounds, const RoundsStand& stand) {
    std::string out = fmt::format("{}: rounds on a single text\n", model.title);
    for (const TextRound& round : rounds) {
        out +=
            fmt::format("\nRound {}, {}, by {}: {}\n", round.number, round.date, round.by, model.words(round.package));
        if (!round.note.empty()) out += fmt::format("  ({})\n", round.note);
        for (const TextMark& mark : round.marks) {
            std::vector<std::string> to;
            for (const int issue : mark.to) to.push_back(model.issues[static_cast<std::size_t>(issue)].id);
            out += fmt::format(
                "  {} {}: {}{}{}\n", mark.date, model.parties[static_cast<std::size_t>(mark.party)].title,
                mark.accepts ? "accepts" : "objects", to.empty() ? "" : fmt::format(" to {}", join(to, ", ")),
                mark.note.empty() ? "" : fmt::format(" ({})", mark.note));
        }
    }
    out += "\n";
    if (rounds.empty()) out += "No text is proposed yet.\n";
    if (stand.agreed) return out + "All parties accept this text.\n";
    if (!stand.silent.empty()) out += fmt::format("Not marked yet by {}.\n", join(stand.silent, ", "));
    for (const auto& one : stand.broken)
        out += fmt::format("Under the assumed preferences this text breaks: {}\n", one);
    if (stand.next && (rounds.empty() || *stand.next != rounds.back().package))
        out +=
            fmt::format("A next text that meets no objection so far and changes least: {}\n", model.words(*stand.next));
    else if (stand.next) out += "Nobody objects to this text so far.\n";
    else
        out +=
            "Every package that keeps all demands meets a standing objection: one must be withdrawn, or a demand "
            "left out (--drop).\n";
    return out;
}

std::string rounds_json(const PackageModel& model, const std::vector<TextRound>& rounds, const RoundsStand& stand) {
    JsonWriter json;
    const auto put = [&](const std::vector<int>& values) {
        json.begin_object();
        for (std::size_t i = 0; i < model.issues.size(); ++i)
            json.field(model.issues[i].id, model.issues[i].values[static_cast<std::size_t>(values[i])]);
        json.end_object();
    };
    const auto list = [&](std::string_view key, const std::vector<std::string>& words) {
        json.key(key).begin_array();
        for (const auto& word : words) json.value(word);
        json.end_array();
    };
    json.begin_object().field("title", model.title).field("rounds", rounds.size()).key("text");
    if (rounds.empty()) json.null();
    else put(rounds.back().package);
    json.field("agreed", stand.agreed);
    list("not_marked", stand.silent);
    list("objecting", stand.objecting);
    list("breaks", stand.broken);
    json.key("next");
    if (stand.next) put(*stand.next);
    else json.null();
    return json.end_object().text();
}

}  // namespace icosa::respond
