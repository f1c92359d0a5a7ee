/// Two kinds of rows: a meeting, and that it is called off.
#include "ledger/meeting.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/json_slice.hpp"
#include "base/text.hpp"

namespace icosa::ledger {
namespace {

constexpr std::string_view meeting_kind = "meeting";
constexpr std::string_view cancelled_kind = "meeting-cancelled";

Result<Meeting> meeting_of(const std::string& path, const Row& row) {
    const auto text = [&](std::string_view key) { return json_text_at(row.body, key).value_or(""); };
    Meeting out;
    out.id = text("id");
    out.title = text("title");
    out.mechanism = text("mechanism");
    out.area = text("area");
    out.venue = text("venue");
    out.source = text("source");
    out.first = parse_iso_day(text("first")).value_or(no_day);
    out.last = parse_iso_day(text("last")).value_or(out.first);
    out.digest = row.digest;
    if (out.id.empty() || out.title.empty() || out.first == no_day || out.last < out.first)
        return fail(Fault::Data, "bad-meeting", {path, row.line, 1}, "a meeting needs id, title and day",
                    "rows of meetings are written by `icosa calendar add`; another row may set it right");
    return out;
}

std::string meeting_text(const std::string& id, const Meeting& said, Day day) {
    JsonWriter json;
    json.begin_object().field("id", id).field("title", said.title).field("first", iso(said.first));
    if (said.last != no_day && said.last != said.first) json.field("last", iso(said.last));
    for (const auto& [key, value] : {std::pair("mechanism", &said.mechanism), std::pair("area", &said.area),
                                     std::pair("venue", &said.venue), std::pair("source", &said.source)}) {
        if (!value->empty()) json.field(key, *value);
    }
    return json.field("day", iso(day)).end_object().text();
}

}  // namespace

Result<std::vector<Meeting>> meetings_of(const Ledger& ledger, Day as_of) {
    std::vector<Meeting> out;
    for (const Row& row : ledger.rows) {
        if (row.kind != meeting_kind && row.kind != cancelled_kind) continue;
        const auto day = parse_iso_day(json_text_at(row.body, "day").value_or(""));
        if (day && *day > as_of) continue;
        if (row.kind == meeting_kind) {
            out.push_back(TRY(meeting_of(ledger.path, row)));
            continue;
        }
        const std::string id = json_text_at(row.body, "id").value_or("");
        const auto found = std::ranges::find(out, id, &Meeting::id);
        if (found == out.end())
            return fail(Fault::Data, "bad-meeting", {ledger.path, row.line, 1},
                        fmt::format("there is no meeting '{}' before it", id), "`icosa commit verify` checks the rows");
        found->is_cancelled = true;
    }
    return out;
}

Result<Meeting> enter_meeting(const std::string& path, const std::string& at, const Meeting& said, Day day) {
    if (trim(said.title).empty())
        return fail(Fault::Usage, "no-title", {}, "the meeting has no title", "say which with --title");
    if (said.first == no_day)
        return fail(Fault::Usage, "bad-day", {}, "the meeting has no day",
                    "give the announced day with --day; one that is not announced is not entered");
    if (said.last != no_day && said.last < said.first)
        return fail(Fault::Usage, "bad-day", {},
                    fmt::format("it would end on {}, before it begins on {}", iso(said.last), iso(said.first)),
                    "give the same or a later --last-day");
    const auto compose = [&](const Ledger& so_far) -> Result<std::vector<NewRow>> {
        const auto all = TRY(meetings_of(so_far));
        for (const Meeting& one : all) {
            if (one.title == said.title && one.first == said.first && !one.is_cancelled)
                return fail(Fault::Usage, "known-already", {so_far.path}, fmt::format("{} is the same meeting", one.id),
                            "`icosa calendar` has it; `icosa calendar cancel` calls it off");
        }
        return std::vector<NewRow>{
            {std::string(meeting_kind), meeting_text(fmt::format("m{}", all.size() + 1), said, day)}};
    };
    const auto rows = TRY(append(path, at, compose));
    return meeting_of(path, rows.front());
}

Result<Meeting> cancel_meeting(const std::string& path, const std::string& at, const std::string& id, Day day) {
    Meeting out;
    const auto compose = [&](const Ledger& so_far) -> Result<std::vector<NewRow>> {
        const auto all = TRY(meetings_of(so_far));
        const auto found = std::ranges::find(all, id, &Meeting::id);
        if (found == all.end())
            return fail(Fault::Usage, "unknown-meeting", {}, fmt::format("the ledger has no meeting '{}'", excerpt(id)),
                        all.empty() ? "it has none yet; `icosa calendar add` adds one"
                                    : fmt::format("there are m1 to m{}", all.size()));
        if (found->is_cancelled)
            return fail(Fault::Usage, "cancelled-already", {}, fmt::format("{} is called off already", id),
                        "`icosa calendar add` enters it anew");
        out = *found;
        JsonWriter json;
        json.begin_object().field("id", id).field("day", iso(day)).end_object();
        return std::vector<NewRow>{{std::string(cancelled_kind), json.text()}};
    };
    (void)TRY(append(path, at, compose));
    out.is_cancelled = true;
    return out;
}

}  // namespace icosa::ledger
