/// icosa brief: one page on a place, a region or an area.
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "app/dossier.hpp"
#include "brief/place_brief.hpp"
#include "brief/render.hpp"
#include "cli/as_of.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/last_run.hpp"
#include "cli/output.hpp"
#include "cli/pack_places.hpp"
#include "cli/progress.hpp"
#include "cli/sections_named.hpp"
#include "cli/when_free.hpp"

namespace icosa::cli {
namespace {

struct BriefOptions {
    std::vector<std::string> what;  ///< places, or areas
    std::string as_of;
    Day since = no_day;             ///< no_day = the last run that is kept
    std::string out;                ///< a file, or a folder; "" = standard output
    std::string lang = "en";
    bool html = false;
};

/// What the words mean: places where they name some, else areas.
struct Subject {
    app::PlacesAsked places;
    std::vector<std::string> sections;
    pack::Title title;
};

Result<Subject> subject_of(const app::Packs& packs, const std::vector<std::string>& what, Day as_of) {
    Subject out;
    auto places = app::places_asked(packs.places, what, as_of);
    if (places) {
        out.places = std::move(*places);
        for (const auto& title : out.places.titles) {
            out.title.en += (out.title.en.empty() ? "" : ", ") + title.en;
            out.title.zh += (out.title.zh.empty() ? "" : "、") + (title.zh.empty() ? title.en : title.zh);
        }
        return out;
    }
    auto sections = sections_named(packs, what);
    if (!sections) return std::unexpected(std::move(places).error());
    out.sections = std::move(*sections);
    for (const auto& id : out.sections) {
        const auto* section = packs.framework.section(id);
        out.title.en += (out.title.en.empty() ? "" : ", ") + section->title.en;
        out.title.zh += (out.title.zh.empty() ? "" : "、") + section->title.zh;
    }
    return out;
}

/// The signals as they stood on an earlier day.
Result<brief::Seen> seen_on(store::Store& store, const app::Packs& packs, const Subject& subject, Day day,
                            int threads) {
    const auto wanted = [&](const pack::AreaPack& page, const pack::Watch&) {
        const auto& of = subject.sections;
        return of.empty() || std::find(of.begin(), of.end(), page.section) != of.end();
    };
    const auto found = TRY(app::find(store, packs, {day, wanted, threads, app::Lines::Three, on_step()}));
    brief::Seen out{day, {}};
    for (const auto& result : found.results) {
        for (const auto& signal : result.finding.signals) out.ids.push_back(signal.id);
    }
    return out;
}

/// A name that ends in .md or .html is the file; any other is a folder, made where it is not there.
Result<std::string> file_of(const BriefOptions& options) {
    const std::filesystem::path out = options.out;
    if (out.extension() == ".md" || out.extension() == ".html") return options.out;
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
        return fail(Fault::Store, "unwritable", {options.out},
                    fmt::format("this folder cannot be made: {}", error.message()), "name another with --out");
    return (out / (options.html ? "brief.html" : "brief.md")).string();
}

Result<int> write_brief(const Common& common, const BriefOptions& options) {
    TRY(check_as_of(options.as_of));
    const app::Packs packs = TRY(app::good_packs(pack_places(common)));
    TRY(subject_of(packs, options.what, day_of(2000, 1, 1)));  // before a store is opened
    const auto store = TRY(when_free(common, [&] { return app::open_for_reading(common.db, packs); }));
    const Moment moment = TRY(moment_of(*store, packs, options.as_of, common.db));
    const Subject subject = TRY(subject_of(packs, options.what, moment.as_of));
    if (options.since != no_day && options.since >= moment.as_of)
        return fail(Fault::Usage, "bad-day", {},
                    fmt::format("--since {} is not before {}", iso(options.since), iso(moment.as_of)),
                    "give an earlier day");
    std::optional<brief::Seen> seen = last_run(common.db);
    if (options.since != no_day) seen = TRY(seen_on(*store, packs, subject, options.since, common.threads));
    else if (seen && seen->as_of >= moment.as_of) seen.reset();  // neither the same day nor a later one is the past
    const brief::Dossier dossier =
        TRY(app::dossier_of(*store, packs,
                            {.as_of = moment.as_of,
                             .sections = subject.sections,
                             .watches = {},
                             .threads = common.threads,
                             .version = ICOSA_VERSION,
                             .db = common.db,
                             .language = options.lang == "zh" ? brief::Language::Zh : brief::Language::En,
                             .places = subject.places,
                             .ahead = app::Ahead::AsShown,
                             .handling = {},
                             .on_step = on_step()}));
    if (common.json) {
        TRY(write_text(options.out, brief::render_json(dossier)));
        return exit_clean;
    }
    const brief::Page page = brief::place_brief(dossier, subject.title, seen);
    const std::string text = options.html ? brief::page_html(page) : brief::page_markdown(page);
    if (options.out.empty()) {
        std::fputs(text.c_str(), stdout);
        return exit_clean;
    }
    const std::string file = TRY(file_of(options));
    TRY(write_text(file, text));
    fmt::print("{}\nWritten: {}\n", first_line(moment), file);
    return exit_clean;
}

}  // namespace

Command brief_command() {
    const auto common = std::make_shared<Common>();
    const auto options = std::make_shared<BriefOptions>();
    return {
        .name = "brief",
        .summary =
            "One page on a place, a region, a sea or an area: what is new, its signals, what lies ahead, treaties",
        .options = {option("PLACE|REGION|AREA", &options->what,
                           "places by id, name in any language or code; regions and seas; else areas by number, "
                           "section or short name; several make one page")
                        .required(),
                    as_of_option(&options->as_of),
                    option("--since", &options->since,
                           "what is new since this day; without it, since the last `icosa run` of this store, which "
                           "keeps its signals in FILE.last-run.json"),
                    option("--out", &options->out,
                           "a file that ends in .md or .html, or a folder; standard output if none")
                        .as("PATH")
                        .written(),
                    option("--lang", &options->lang, "the language of the page").one_of({"en", "zh"}),
                    option("--html", &options->html, "HTML instead of Markdown"), db_option(*common),
                    wait_option(*common),
                    option("--json", &common->json, "the dossier behind the page as JSON (docs/dossier.md)"),
                    packs_option(*common), add_option(*common), framework_option(*common), threads_option(*common)},
        .examples = {"icosa brief mali --db my.duckdb --as-of 2020-11-30",
                     "icosa brief sahel --since 2020-06-30 --out briefs",
                     "icosa brief red-sea 'Gulf of Aden' --lang zh", "icosa brief nuclear --html --out nuclear.html"},
        .exits = {{exit_packs}, {exit_data}, {exit_store}},
        .run = [=] { return write_brief(*common, *options); },
    };
}

}  // namespace icosa::cli
