/// icosa facts: what must be looked up next, and a new fact into a file of one's own.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <unistd.h>

#include <fmt/format.h>

#include "app/facts_due.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/as_of.hpp"
#include "cli/command_table.hpp"
#include "cli/exit_code.hpp"
#include "cli/pack_places.hpp"
#include "cli/today.hpp"
#include "cli/user_folders.hpp"

namespace icosa::cli {
namespace {

namespace fs = std::filesystem;

struct FactsOptions {
    std::string action, kind, as_of = "today", to;
    bool due = false;
    int days = 60;
    // of a new fact
    std::string id, resolution, place, act = "ratification", what, source, against, act_kind;
    Day day = no_day, last_day = no_day, starts = no_day, expires = no_day, effective = no_day, known_through = no_day;
    std::int64_t troops = -1, observers = -1, police = -1;
};

Result<int> print_due(const Common& common, const FactsOptions& options) {
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const Day as_of = TRY(day_asked(options.as_of));
    const auto due = app::facts_due(packs, as_of, options.days);
    if (common.json) {
        JsonWriter json(2);
        json.begin_array();
        for (const auto& one : due)
            json.begin_object()
                .field("day", iso(one.day))
                .field("id", one.id)
                .field("what", one.what)
                .field("look_at", one.look_at)
                .end_object();
        fmt::print("{}\n", json.end_array().text());
        return exit_clean;
    }
    fmt::print("To be looked up by {}, as of {}: {}\n", iso(as_of + options.days), iso(as_of), due.size());
    for (const auto& one : due)
        fmt::print("{}  {}{}\n", iso(one.day), one.what, one.look_at.empty() ? "" : "  " + one.look_at);
    fmt::print("Enter what you find with `icosa facts new mandate|act|meeting` (docs/facts.md).\n");
    return exit_clean;
}

/// A text as TOML writes it.
std::string quoted_toml(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        out += c == '\n' || c == '\r' ? ' ' : c;
    }
    return out + "\"";
}

class Entry {
public:
    explicit Entry(std::string_view table) : text_(fmt::format("\n[[{}]]\n", table)) {}
    void add(std::string_view key, const std::string& value) {
        if (!value.empty()) text_ += fmt::format("{} = {}\n", key, quoted_toml(value));
    }
    void add(std::string_view key, Day value) {
        if (value != no_day) add(key, iso(value));
    }
    void add(std::string_view key, std::int64_t value) {
        if (value >= 0) text_ += fmt::format("{} = {}\n", key, value);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

/// With what every new fact says of itself.
std::string ended(Entry out, const FactsOptions& options) {
    out.add("source", options.source);
    out.add("known_through", options.known_through);
    out.add("against", options.against);
    return out.text();
}

Result<std::string> entry_of(const FactsOptions& options) {
    if (options.id.empty() || options.day == no_day || options.source.empty())
        return fail(Fault::Usage, "missing-option", {}, "a new fact needs --id, --day and --source",
                    "icosa facts new meeting --id who --day 2026-05-18 --source \"press release WHA79\"");
    if ((options.known_through == no_day) != options.against.empty())
        return fail(Fault::Usage, "missing-option", {}, "--known-through and --against go together",
                    "say through which day you looked, and at what");
    if (options.day > today() || options.known_through > today() || options.last_day > today())
        return fail(Fault::Usage, "bad-day", {}, "a fact of a day that is yet to come",
                    "enter what has happened; --known-through is a day up to which you looked");
    if (options.kind == "mandate" && options.resolution.empty())
        return fail(Fault::Usage, "missing-option", {}, "a mandate needs the act", "add --resolution \"S/RES/...\"");
    if (options.kind == "act" && options.place.empty())
        return fail(Fault::Usage, "missing-option", {}, "an act needs who did it", "add --place PLACE");
    if (options.kind == "mandate") {
        Entry out("mandate_act");
        out.add("mission", options.id);
        out.add("resolution", options.resolution);
        out.add("adopted", options.day);
        out.add("starts_on", options.starts);
        out.add("expires_on", options.expires);
        out.add("kind", options.act_kind);
        out.add("troops", options.troops);
        out.add("observers", options.observers);
        out.add("police", options.police);
        return ended(out, options);
    }
    Entry out(options.kind == "act" ? "participation" : "meeting");
    if (options.kind == "act") {
        out.add("instrument", options.id);
        out.add("place", options.place);
        out.add("act", options.act);
        out.add("day", options.day);
        out.add("effective", options.effective);
    } else {
        out.add("mechanism", options.id);
        out.add("day", options.day);
        out.add("last_day", options.last_day);
        out.add("what", options.what);
    }
    return ended(out, options);
}

std::string whole_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

Result<void> write_whole(const std::string& path, const std::string& text) {
    const std::string part = path + ".part";
    std::ofstream file(part, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    std::error_code error;
    if (file) fs::rename(part, path, error);
    if (!file || error)
        return fail(Fault::Store, "not-writable", {path}, "the file cannot be written",
                    "check the folder and the disk");
    return {};
}

/// Is it known already, or cannot be? An act after a mission's end, the same act or meeting again.
Result<void> check_new(const app::Packs& packs, const FactsOptions& options) {
    const auto again = [&](std::string_view what) {
        return fail(Fault::Usage, "known-already", {}, fmt::format("{} of {} is entered already", what, options.id),
                    "`icosa instruments` and packs/ have it");
    };
    if (const pack::Mission* mission = packs.catalogue.mission(options.id); mission && options.kind == "mandate") {
        if (mission->ended.day != no_day && options.day > mission->ended.day)
            return fail(Fault::Usage, "bad-day", {},
                        fmt::format("{} ended on {}", mission->short_name, iso(mission->ended.day)),
                        "check the id and the day");
        for (const auto& act : mission->acts)
            if (act.resolution == options.resolution) return again(act.resolution);
    }
    if (const pack::Instrument* of = packs.catalogue.instrument(options.id); of && options.kind == "act") {
        for (const auto& act : of->participants)
            if (act.participant == options.place && act.act == options.act
                && (act.day == options.day || act.act != "withdrawal"))
                return again(fmt::format("'{}' by {}", act.act, act.participant));
    }
    if (const pack::Mechanism* of = packs.catalogue.mechanism(options.id); of && options.kind == "meeting") {
        for (const auto& meeting : of->meetings)
            if (meeting.day == options.day) return again("the meeting of " + iso(meeting.day));
    }
    return {};
}

/// Appends, reads all packs with it, and takes it back where that finds a fault in it.
Result<int> enter(const Common& common, const FactsOptions& options) {
    if (options.kind != "mandate" && options.kind != "act" && options.kind != "meeting")
        return fail(Fault::Usage, "unknown-kind", {},
                    fmt::format("there is no kind of fact '{}'", excerpt(options.kind)), "mandate, act or meeting");
    const std::string entry = TRY(entry_of(options));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    TRY(check_new(packs, options));
    const std::string path = options.to.empty() ? data_folder() + "/packs/facts.toml" : options.to;
    const fs::path folder = fs::path(path).parent_path().empty() ? fs::path(".") : fs::path(path).parent_path();
    std::error_code error;
    const bool existed = fs::exists(path, error);
    if (existed && !std::ifstream(path))
        return fail(Fault::Store, "not-readable", {path}, "the file cannot be read, and would be lost",
                    "check its mode");
    const std::string head = existed ? "" : "# Facts of my own, beside those of the packs.\n";
    // tried beside the packs first, in a file of its own: what is wrong never stands under the name
    const std::string trial =
        (fs::temp_directory_path(error) / fmt::format("icosa-fact-{}.toml", static_cast<int>(::getpid()))).string();
    TRY(write_whole(trial, "# a trial\n" + entry));
    app::PackPlaces places = pack_places(common);
    if (existed && std::ranges::find(places.added, path) == places.added.end()) places.added.push_back(path);
    places.added.push_back(trial);
    Diagnostics faults;
    (void)app::load_packs(places, faults);
    fs::remove(trial, error);
    if (!faults.empty()) return std::unexpected(faults.front());
    fs::create_directories(folder, error);
    TRY(write_whole(fs::is_symlink(path) ? fs::canonical(path, error).string() : path,
                    head + (existed ? whole_text(path) : std::string()) + entry));
    fmt::print("{}: entered{}\n", path, entry);
    return exit_clean;
}

Result<int> facts(const Common& common, const FactsOptions& options) {
    if (options.action == "new") return enter(common, options);
    if (!options.action.empty())
        return fail(Fault::Usage, "bad-usage", {}, fmt::format("'{}' is not expected", excerpt(options.action)),
                    "`icosa facts --due` or `icosa facts new mandate|act|meeting`");
    return print_due(common, options);
}

}  // namespace

Command facts_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<FactsOptions>();
    FactsOptions& of = *options;
    return {
        .name = "facts",
        .summary = "What of the authored facts must be looked up next; and a new mandate, act or meeting",
        .options =
            {option("ACTION", &of.action, "new: enter a fact; without it, what is due"),
             option("KIND", &of.kind, "of a new fact: mandate, act or meeting"),
             option("--due", &of.due, "what must be looked up: mandates, meetings, tables (the default)"),
             option("--days", &of.days, "what is due within this time").as("DAYS").within(0, 3660),
             day_option(&of.as_of, "the day asked about"),
             option("--id", &of.id, "new: the mission, instrument or body").as("ID"),
             option("--day", &of.day, "new: adopted, deposited or met on this day"),
             option("--source", &of.source, "new: what it was written down from").as("TEXT"),
             option("--known-through", &of.known_through, "new: that nothing else happened is known through here"),
             option("--against", &of.against, "new: what was read up to that day").as("TEXT"),
             option("--resolution", &of.resolution, "new mandate: the act").as("TEXT"),
             option("--starts", &of.starts, "new mandate: begins on this day, where later"),
             option("--expires", &of.expires, "new mandate: its last day"),
             option("--act-kind", &of.act_kind, "new mandate: what the act is; a renewal if not given")
                 .one_of({"renewal", "establishment", "roll-over", "final", "strength", "termination"}),
             option("--troops", &of.troops, "new mandate: ceiling").at_least(0),
             option("--observers", &of.observers, "new mandate: ceiling").at_least(0),
             option("--police", &of.police, "new mandate: ceiling").at_least(0),
             option("--place", &of.place, "new act: who").as("PLACE"),
             option("--act", &of.act, "new act: ratification, accession, withdrawal, ...").as("ACT"),
             option("--effective", &of.effective, "new act: takes effect on this day"),
             option("--last-day", &of.last_day, "new meeting: its last day"),
             option("--what", &of.what, "new meeting: which").as("TEXT"),
             option("--to", &of.to, "the file; facts.toml in the folder of one's own packs if not given").as("FILE"),
             json_option(*common),
             packs_option(*common),
             add_option(*common),
             framework_option(*common)},
        .more =
            "A new fact is checked with all packs, and taken back where it has a fault. docs/facts.md says how an\n"
            "afternoon a month keeps all true.\n",
        .examples =
            {"icosa facts --due --days 60",
             "icosa facts new meeting --id who --day 2026-05-18 --what WHA79 --source \"press release\" --to my.toml"},
        .exits = {{exit_packs}, {exit_store}},
        .run = [=] { return facts(*common, *options); },
    };
}

}  // namespace icosa::cli
