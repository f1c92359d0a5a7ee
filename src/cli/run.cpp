/// icosa run: the dossier.
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>

#include <fmt/format.h>

#include "app/pipeline.hpp"
#include "base/text.hpp"
#include "brief/compose.hpp"
#include "brief/render.hpp"
#include "cli/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/progress.hpp"

namespace icosa::cli {
namespace {

int terminal_width() {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 100;
}

/// Which pages `--area` names: all when empty.
Result<std::vector<std::string>> sections_named(const app::Packs& packs, const std::vector<std::string>& names) {
    std::vector<std::string> out;
    std::vector<std::string> slugs;
    for (const auto& section : packs.framework.sections) slugs.push_back(section.slug);
    for (const auto& name : names) {
        const auto before = out.size();
        for (const auto& section : packs.framework.sections) {
            const bool by_number = section.group == pack::Group::Area && name == std::to_string(section.number);
            if (by_number || name == section.id || name == section.slug) out.push_back(section.id);
        }
        if (out.size() == before) {
            const auto near = nearest(name, slugs);
            return fail(Fault::Usage, "unknown-area", {},
                        fmt::format("framework '{}' has no area '{}'", packs.framework.id, name),
                        near ? fmt::format("did you mean '{}'?", *near) : "give a number, a section or a short name");
        }
    }
    return out;
}

bool reaches(model::Grade grade, const std::string& fail_on) {
    for (int g = 0; g <= static_cast<int>(grade); ++g) {
        if (model::grade_names[g] == fail_on) return true;
    }
    return false;
}

}  // namespace

Result<int> run(const Common& common, const RunOptions& options) {
    const app::Packs packs = TRY(app::good_packs(common.packs, common.framework));
    const auto only = TRY(sections_named(packs, options.areas));
    const auto store = TRY(app::open_for_reading(common.db, packs, common.threads));
    const Day as_of = TRY(app::as_of_or_newest(*store, packs, options.as_of, common.db));
    const auto wanted = [&](const pack::AreaPack& page, const pack::Watch&) {
        return only.empty() || std::find(only.begin(), only.end(), page.section) != only.end();
    };
    app::Findings found = TRY(app::find(*store, packs, {as_of, wanted, common.threads, app::Lines::Three, on_step()}));

    std::map<std::string, brief::SectionFindings> by_section;
    bool failed_on = false;
    for (const auto& page : packs.pages) {
        auto& section = by_section[page.section];
        section.section = page.section;
        section.note = page.note;
        for (const auto& none : page.no_data) section.no_data.push_back({none.clause, none.reason});
    }
    for (auto& result : found.results) {
        for (const auto& signal : result.finding.signals) failed_on |= reaches(signal.grade, options.fail_on);
        by_section[result.page->section].watches.push_back(std::move(result.finding));
    }
    pack::Framework framework = packs.framework;
    if (!only.empty())
        std::erase_if(framework.sections, [&](const pack::Section& one) {
            return std::find(only.begin(), only.end(), one.id) == only.end();
        });
    brief::Material material{.framework = framework,
                             .catalogue = packs.catalogue,
                             .places = packs.places,
                             .as_of = as_of,
                             .findings = {},
                             .sources = {},
                             .participation = std::move(found.evidence.participation),
                             .references = packs.references,
                             .packs_digest = packs.digest,
                             .version = ICOSA_VERSION,
                             .handling = "TLP:CLEAR",
                             .caveats = {}};
    for (auto& [id, section] : by_section) {
        if (framework.section(id)) material.findings.push_back(std::move(section));
    }
    for (auto& [id, state] : found.evidence.sources) material.sources.push_back(std::move(state));
    const brief::Dossier dossier = brief::compose(material);

    const std::filesystem::path out = options.out.empty() ? "icosa-out" : options.out;
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
        return fail(Fault::Store, "unwritable", {out.string()},
                    fmt::format("this folder cannot be made: {}", error.message()), "name another with --out");
    const std::string json = brief::render_json(dossier);
    TRY(write_text((out / "dossier.json").string(), json));
    TRY(write_text((out / "dossier.md").string(), brief::render_markdown(dossier)));
    TRY(write_text((out / "index.html").string(), brief::render_html(dossier)));
    if (common.json) {
        std::fputs(json.c_str(), stdout);
    } else {
        const auto colour = isatty(STDOUT_FILENO) == 1 ? brief::Colour::Ansi : brief::Colour::Plain;
        std::fputs(brief::render_table(dossier, terminal_width(), colour).c_str(), stdout);
        fmt::print("\nWritten: {0}/index.html (open it in a browser), {0}/dossier.md, {0}/dossier.json\n",
                   out.string());
    }
    return failed_on ? exit_findings : exit_clean;
}

}  // namespace icosa::cli
