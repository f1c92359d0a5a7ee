/// icosa run: the dossier.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "app/dossier.hpp"
#include "app/fired_triggers.hpp"
#include "base/text.hpp"
#include "brief/cluster_map.hpp"
#include "brief/render.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/fired_ledger.hpp"
#include "cli/last_run.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/sections_named.hpp"
#include "cli/today.hpp"
#include "cli/triggers_read.hpp"
#include "cli/when_free.hpp"
#include "ledger/ledger.hpp"

namespace icosa::cli {
namespace {

struct RunOptions {
    std::string as_of;       ///< a day, "today", "newest"; "" = today
    std::vector<std::string> areas;  ///< numbers, section ids or slugs; empty = all
    std::vector<std::string> places;  ///< names, ids, codes; empty = all
    std::string out = "icosa-out";   ///< directory
    std::string fail_on;     ///< "", "note", "watch", "warning"
    std::string lang = "en";
    std::string handling;    ///< "" = what follows from the sources
    bool full = false;
    std::vector<std::string> triggers;  ///< files or folders; empty = the user's own folder of them
    bool keep_fired = false;            ///< also of a day that is not today
};

int terminal_width() {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

bool reaches(model::Grade grade, const std::string& fail_on) {
    for (int g = 0; g <= static_cast<int>(grade); ++g) {
        if (model::grade_names[g] == fail_on) return true;
    }
    return false;
}

/// All pages: areas, principles, platforms.
std::vector<const brief::SectionPage*> pages_of(const brief::Dossier& dossier) {
    std::vector<const brief::SectionPage*> out;
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const auto& page : *group) out.push_back(&page);
    }
    return out;
}

bool has_signal_of(const brief::Dossier& dossier, const std::string& grade) {
    if (grade.empty()) return false;
    for (const auto* page : pages_of(dossier)) {
        for (const auto& watch : page->watches) {
            for (const auto& signal : watch.signals) {
                if (reaches(signal.grade, grade)) return true;
            }
        }
    }
    return false;
}

/// The watch whose signal is shown first: the highest grade, then the order of the pages.
std::pair<const model::WatchFinding*, const model::Signal*> first_signal(const brief::Dossier& dossier) {
    std::pair<const model::WatchFinding*, const model::Signal*> out{nullptr, nullptr};
    for (const auto* page : pages_of(dossier)) {
        for (const auto& watch : page->watches) {
            for (const auto& signal : watch.signals) {
                if (!out.second || signal.grade > out.second->grade) out = {&watch, &signal};
            }
        }
    }
    return out;
}

/// What is stale, and three commands that work as they stand.
void print_next_steps(const brief::Dossier& dossier, const Common& common) {
    const auto& stale = dossier.totals.stale_sources;
    if (!stale.empty())
        fmt::print("Stale, so silent about today ({} of {} sources): {}\n", stale.size(), dossier.sources.size(),
                   join(stale, ", "));
    const std::string icosa = program_name();
    std::string packs;
    if (!common.packs.empty()) packs += " --packs " + shell_word(common.packs);
    for (const auto& folder : common.add) packs += " --add " + shell_word(folder);
    if (!common.framework.empty()) packs += " --framework " + shell_word(common.framework);
    const std::string on = " --db " + shell_word(common.db) + packs;
    const auto [watch, signal] = first_signal(dossier);
    fmt::print("\nTry next:\n");
    if (signal) fmt::print("  {} explain {} --as-of {}{}\n", icosa, shell_word(signal->id), iso(dossier.as_of), on);
    if (signal && watch->engine != "instrument-status")
        fmt::print("  {} export series --watch {} --as-of {}{}\n", icosa, watch->id, iso(dossier.as_of), on);
    fmt::print("  {} sources{}\n", icosa, on);
    if (!signal || watch->engine == "instrument-status") fmt::print("  {} explain{}\n", icosa, packs);
    if (!signal) fmt::print("  {} rejects --most 10{}\n", icosa, on);
}

/// A picture for each section with clusters; one of an earlier run that this one has none for goes.
Result<void> write_cluster_maps(const std::filesystem::path& folder, const brief::Dossier& dossier) {
    for (const auto* group : {&dossier.areas, &dossier.principles, &dossier.platforms}) {
        for (const auto& page : *group) {
            const auto file = folder / brief::cluster_map_name(page);
            const std::string picture = brief::cluster_map_file(page, dossier);
            std::error_code none;
            if (picture.empty()) std::filesystem::remove(file, none);
            else TRY(write_text(file.string(), picture));
        }
    }
    return {};
}

Result<int> run(const Common& common, const RunOptions& options) {
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    const auto sections = TRY(sections_named(packs, options.areas));
    TRY(app::check_places(packs.places, options.places));
    const auto agreed = TRY(triggers_read(trigger_places(options.triggers), packs, app::MeasureNames::OfCards));
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    const Moment moment = TRY(moment_of(*store, packs, options.as_of, common.db));
    const Day as_of = moment.as_of;
    const app::PlacesAsked places = TRY(app::places_asked(packs.places, options.places, as_of));
    brief::Dossier dossier =
        TRY(app::dossier_of(*store, packs,
                            {.as_of = as_of,
                             .sections = sections,
                             .watches = {},
                             .threads = common.threads,
                             .version = ICOSA_VERSION,
                             .db = common.db,
                             .ledger = ledger::ledger_file(common.db),
                             .language = options.lang == "zh" ? brief::Language::Zh : brief::Language::En,
                             .places = places,
                             .ahead = app::Ahead::AsShown,
                             .handling = options.handling,
                             .on_step = on_step()}));

    const auto triggers = TRY(app::fired_triggers(*store, packs, agreed, as_of));
    app::mark_sources_of(dossier, triggers, packs, options.handling);
    const std::filesystem::path out = options.out;
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
        return fail(Fault::Store, "unwritable", {out.string()},
                    fmt::format("this folder cannot be made: {}", error.message()), "name another with --out");
    const std::string json = brief::render_json(dossier, triggers);
    TRY(write_text((out / "dossier.json").string(), json));
    TRY(write_text((out / "dossier.md").string(),
                   brief::render_markdown(dossier, options.full ? brief::Detail::Full : brief::Detail::Short)));
    TRY(write_text((out / "index.html").string(), brief::render_html(dossier)));
    TRY(write_cluster_maps(out, dossier));
    std::vector<std::string> kept;
    if (as_of == today() || options.keep_fired)
        kept = TRY(keep_fired(ledger::ledger_file(common.db), now(), triggers, as_of));
    if (sections.empty() && places.ids.empty()) keep_last_run(common.db, dossier);
    if (common.json) {
        std::fputs(json.c_str(), stdout);
    } else {
        fmt::print("{}\n", first_line(moment));
        const auto colour = isatty(STDOUT_FILENO) == 1 ? brief::Colour::Ansi : brief::Colour::Plain;
        std::fputs(brief::render_table(dossier, terminal_width(), colour).c_str(), stdout);
        if (!triggers.empty()) fmt::print("\n{}", brief::trigger_lines(triggers));
        for (const auto& line : kept) fmt::print("Kept as commitment {}\n", line);
        fmt::print("\nWritten: {0}/index.html (open it in a browser), {0}/dossier.md, {0}/dossier.json\n",
                   out.string());
        print_next_steps(dossier, common);
    }
    return has_signal_of(dossier, options.fail_on) ? exit_findings : exit_clean;
}

}  // namespace

Command run_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<RunOptions>();
    return {
        .name = "run",
        .summary = "Run all watches and write the dossier: dossier.json, dossier.md, index.html",
        .options = {as_of_option(&options->as_of),
                    option("--area", &options->areas, "only these areas: number, section or short name").as("AREA"),
                    option("--place", &options->places,
                           "only what is about these places, regions or seas: ids, names in any language, codes; "
                           "commas between, or several times")
                        .as("PLACE"),
                    option("--out", &options->out, "the folder to write to").as("DIR"),
                    option("--fail-on", &options->fail_on,
                           "exit with 1 if a signal of this grade or a higher one is found")
                        .one_of({"note", "watch", "warning"}),
                    option("--lang", &options->lang,
                           "the language of dossier.md, of the terminal, and of the page as it opens (it has both)")
                        .one_of({"en", "zh"}),
                    option("--triggers", &options->triggers,
                           "rules agreed beforehand, a file or folder: told is which of them fire; if none is named, "
                           "the folder triggers beside one's own packs (docs/triggers.md)")
                        .as("PATH"),
                    option("--keep-fired", &options->keep_fired,
                           "keep what fires in the ledger beside the database, as a run of today does by itself, on "
                           "another day too"),
                    option("--full", &options->full, "dossier.md with every clause, watch and signal"),
                    option("--handling", &options->handling,
                           "a narrower handling mark than the one that follows from the sources' licences")
                        .one_of({"TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"}),
                    db_option(*common), wait_option(*common), json_option(*common), packs_option(*common),
                    add_option(*common), framework_option(*common), threads_option(*common)},
        .examples = {"icosa run --db my.duckdb --as-of 2020-12-31 --out dossier",
                     "icosa run --area 11 --area nuclear --json", "icosa run --place mali,sahel,red-sea",
                     "icosa run --fail-on warning", "icosa run --lang zh --handling TLP:AMBER",
                     "icosa run --triggers trigger.toml"},
        .exits = {{exit_findings, "a signal of the grade of --fail-on, or of a higher one"},
                  {exit_packs},
                  {exit_data},
                  {exit_store}},
        .run = [=] { return run(*common, *options); },
    };
}

}  // namespace icosa::cli
