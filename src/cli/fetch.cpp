/// icosa fetch: the only command that asks other hosts, and only when called.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "app/packs.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "cli/archived_files.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/progress.hpp"
#include "cli/sections_named.hpp"
#include "cli/source_keys.hpp"
#include "cli/today.hpp"
#include "cli/user_folders.hpp"
#include "fetch/fetch_all.hpp"
#include "fetch/source_addresses.hpp"
#include "ingest/recognise.hpp"

namespace icosa::cli {
namespace {

struct FetchOptions {
    std::vector<std::string> sources;
    std::vector<std::string> areas;
    std::string to;  ///< "" = the user's data folder
    Day since = no_day;
    std::string mirror;
    bool dry_run = false;
};

using Cards = std::vector<const pack::SourceCard*>;

Cards all_fetchable(const app::Packs& packs) {
    Cards out;
    for (const auto& card : packs.cards) {
        if (!card.fetch.empty()) out.push_back(&card);
    }
    return out;
}

/// Sources that the watches of these sections read.
std::set<std::string> sources_of(const app::Packs& packs, const std::vector<std::string>& sections) {
    std::set<std::string> out;
    for (const auto& page : packs.pages) {
        if (std::ranges::find(sections, page.section) == sections.end()) continue;
        for (const auto& watch : page.watches) {
            out.insert(watch.selection.from.begin(), watch.selection.from.end());
            if (!watch.instruments.empty()) out.insert("untc");
        }
    }
    return out;
}

Result<Cards> cards_asked(const app::Packs& packs, const FetchOptions& options) {
    std::vector<std::string> ids;
    for (const auto* card : all_fetchable(packs)) ids.push_back(card->id);
    for (const std::string& id : options.sources) {
        const auto* card = packs.find_card(id);
        if (card && !card->fetch.empty()) continue;
        const auto near = nearest(id, ids);
        return fail(Fault::Usage, card ? "not-fetchable" : "unknown-source", {},
                    card ? fmt::format("the card of '{}' does not say how it is fetched", id)
                         : fmt::format("no source card '{}'", excerpt(id)),
                    card       ? fmt::format("its publication is at {}", card->url)
                        : near ? fmt::format("did you mean '{}'?", *near)
                               : "`icosa fetch --dry-run` lists what can be fetched");
    }
    const auto sections = TRY(sections_named(packs, options.areas));
    const auto of_areas = sources_of(packs, sections);
    Cards out;
    for (const auto* card : all_fetchable(packs)) {
        const bool is_named = std::ranges::find(options.sources, card->id) != options.sources.end();
        const bool is_all = options.sources.empty() && options.areas.empty();
        if (is_all || is_named || of_areas.contains(card->id)) out.push_back(card);
    }
    return out;
}

Result<void> check_mirror(const std::string& mirror) {
    if (mirror.empty() || !fetch::host_of(mirror).empty()) return {};
    return fail(Fault::Usage, "bad-mirror", {}, fmt::format("--mirror '{}' is no address of a server", excerpt(mirror)),
                "write it as http://127.0.0.1:8080");
}

std::string tried_words(const pack::FetchRule& rule) {
    return rule.tried == no_day ? "never tried" : "tried " + iso(rule.tried);
}

/// What cannot be told before the first answer is there.
std::string what_follows(const pack::FetchRule& rule) {
    switch (rule.paging.kind) {
        case pack::Paging::PageNumber:
        case pack::Paging::Offset:
        case pack::Paging::Cursor:
        case pack::Paging::NextLink: return fmt::format("and further pages, up to {}", rule.paging.most);
        case pack::Paging::FileList: return fmt::format("and the files it lists, up to {}", rule.paging.most);
        default: return {};
    }
}

void print_planned(const pack::SourceCard& card, const pack::FetchRule& rule, Day since, bool as_json) {
    const auto requests = fetch::first_requests(rule, today(), since);
    const std::string first = fetch::address_of(rule, requests.front());
    std::string needs = what_follows(rule);
    if (requests.size() > 1)
        needs = fmt::format("and {} more address{}{}{}", requests.size() - 1, requests.size() == 2 ? "" : "es",
                            needs.empty() ? "" : ", each ", needs);
    if (rule.wants_key()) needs += fmt::format("{}needs a key: {}", needs.empty() ? "" : "; ", rule.key.title);
    if (!as_json) {
        fmt::print("{:<28} every {:<8} {:<16} {}{}\n", card.id, period_kind_name(rule.every), tried_words(rule), first,
                   needs.empty() ? "" : "  (" + needs + ")");
        return;
    }
    JsonWriter json;
    json.begin_object().field("source", card.id).key("status").null().field("url", first).key("file").null();
    json.key("digest").null().key("bytes").null().field("message", needs);
    json.key("addresses").begin_array();
    for (std::size_t i = 0; i < requests.size() && i < 40; ++i) json.value(fetch::address_of(rule, requests[i]));
    json.end_array()
        .field("every", std::string(period_kind_name(rule.every)))
        .field("reviewed", iso(rule.reviewed))
        .field("tried", iso(rule.tried))
        .field("terms", rule.terms)
        .end_object();
    fmt::print("{}\n", json.text());
}

/// What would be asked, without asking: a line a way of each source.
void print_plan(const Cards& cards, const FetchOptions& options, bool as_json) {
    for (const auto* card : cards) {
        for (const pack::FetchRule& rule : card->fetch) print_planned(*card, rule, options.since, as_json);
    }
}

std::string size_words(std::int64_t bytes) {
    if (bytes < 1'000'000) return fmt::format("{} kB", (bytes + 999) / 1000);
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

void print_outcome(const fetch::Outcome& outcome, const std::string& folder, bool as_json) {
    if (as_json) {
        JsonWriter json;
        json.begin_object()
            .field("source", outcome.source)
            .field("status", std::string(fetch::name_of(outcome.status)))
            .field("url", outcome.url)
            .field("file", outcome.file.empty() ? "" : folder + "/" + outcome.file)
            .field("digest", outcome.digest)
            .field("bytes", outcome.bytes)
            .field("files", outcome.files)
            .field("message", outcome.message)
            .end_object();
        fmt::print("{}\n", json.text());
    } else {
        fmt::print("{:<28} {:<10} {:>9}  {}\n", outcome.source, fetch::name_of(outcome.status),
                   outcome.bytes > 0 ? size_words(outcome.bytes) : "", outcome.message);
    }
    std::fflush(stdout);
}

/// "31 sources: 2 new, 28 missing, 1 denied"
std::string summary_of(const std::vector<fetch::Outcome>& outcomes) {
    std::vector<std::string> words;
    for (std::size_t i = 0; i < std::size(fetch::status_names); ++i) {
        const auto count = std::ranges::count(outcomes, static_cast<fetch::Status>(i), &fetch::Outcome::status);
        if (count > 0) words.push_back(fmt::format("{} {}", count, fetch::status_names[i]));
    }
    return fmt::format("{} sources: {}", outcomes.size(), join(words, ", "));
}

/// As `ingest` would read it: of an archive one entry is enough.
std::string why_unread(const std::string& path, const pack::SourceCard& card) {
    const auto files = archived_files({path, card.id, no_day}, &card, {});
    if (!files) return files.error().what;
    std::string first;
    for (const FetchedFile& file : *files) {
        const auto read = ingest::check_readable(file.path, card);
        if (read) return {};
        if (first.empty()) first = read.error().what;
    }
    return first;
}

Result<int> fetch_sources(const Common& common, const FetchOptions& options) {
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const Cards cards = TRY(cards_asked(packs, options));
    TRY(check_mirror(options.mirror));
    if (options.dry_run) {
        print_plan(cards, options, common.json);
        return exit_clean;
    }
    const fetch::KeyBook book = TRY(fetch::read_keys(keys_file()));
    const std::string folder = options.to.empty() ? data_folder() + "/fetched" : options.to;
    const auto lock = TRY(fetch::FolderLock::take(folder, [&] {
        fmt::print(stderr, "{}: another fetch writes to this folder; this one waits for it\n", folder);
    }));
    fetch::Session session;
    session.manifest = TRY(fetch::Manifest::read(folder));
    session.mirror = fetch::Mirror(options.mirror);
    session.today = today();
    session.since = options.since;
    session.now = [] { return std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()); };
    session.wait = [](double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); };
    session.key = [&](const std::string& source) { return key_of(*packs.find_card(source), book); };
    session.why_unread = why_unread;
    Progress progress("fetching", 0, "kB");
    std::mutex drawing;
    std::map<std::string, std::int64_t> so_far;
    session.on_bytes = [&](const std::string& source, std::int64_t bytes, std::int64_t) {
        const std::scoped_lock draw(drawing);
        so_far[source] = bytes;
        std::int64_t all = 0;
        for (const auto& [id, of] : so_far) all += of;
        progress.at(all / 1000);
    };
    const auto outcomes = TRY(fetch::fetch_all(
        session, cards, [&](const fetch::Outcome& outcome) { print_outcome(outcome, folder, common.json); }));
    if (!common.json) fmt::print("{}; in {}\n", summary_of(outcomes), folder);
    return std::ranges::any_of(outcomes, fetch::is_failure) ? exit_data : exit_clean;
}

}  // namespace

Command fetch_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<FetchOptions>();
    return {
        .name = "fetch",
        .summary =
            "Fetch what publishers have now, into a folder with a manifest; the only command that uses the network",
        .options =
            {option("SOURCE", &options->sources, "sources by their ids; all that can be fetched if none is named"),
             option("--area", &options->areas, "the sources of these areas: number, section or short name").as("AREA"),
             option("--to", &options->to, "the folder; by default XDG_DATA_HOME/icosa/fetched").as("DIR"),
             option("--since", &options->since, "ask for what is of this day or newer, where a source can be asked so"),
             option("--mirror", &options->mirror, "ask this server, which has a folder for each host, instead")
                 .as("URL"),
             option("--dry-run", &options->dry_run, "say what would be asked, and ask nobody"), json_option(*common),
             packs_option(*common), framework_option(*common)},
        .more =
            "A line a source: new, unchanged, empty, denied (which key, and where from), missing, moved (to another\n"
            "host, not followed), changed (no longer what the card reads; the old edition stays), partial,\n"
            "throttled or failed. `icosa ingest DIR` reads the folder.\n",
        .examples = {"icosa fetch --dry-run", "icosa fetch --area 13 --dry-run --json"},
        .exits = {{exit_packs},
                  {exit_data,
                   "a source failed, moved, is missing, throttled, changed or came in part; what came stays"},
                  {exit_store, "the folder cannot be written to"}},
        .run = [=] { return fetch_sources(*common, *options); },
    };
}

}  // namespace icosa::cli
