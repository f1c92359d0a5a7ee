/// icosa negotiate: which states of a conflict would hold, and what would have to change.
#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "ingest/file.hpp"
#include "respond/games/gmcr_file.hpp"
#include "respond/games/told.hpp"
#include "respond/games/toml_file.hpp"

namespace icosa::cli {
namespace {

namespace games = respond::games;

struct NegotiateOptions {
    std::string model, under, from, want;
    bool as_json = false;
};

/// The model that the file holds; its faults all told on the standard error, and nothing then.
Result<std::optional<games::Model>> read_model(const std::string& path) {
    constexpr std::size_t most_bytes = std::size_t{64} << 20U;
    const std::string text = TRY(ingest::whole_file(path, most_bytes, "a model of a conflict"));
    const bool is_toml = lower(path).ends_with(".toml");
    if (!is_toml && !lower(path).ends_with(".gmcr") && !lower(path).ends_with(".json"))
        return fail(Fault::Usage, "unknown-model", {path}, "the name ends neither in .gmcr nor in .toml",
                    "a model is JSON (.gmcr) or TOML (docs/negotiate.md)");
    Diagnostics faults;
    auto model = is_toml ? games::read_game_toml(text, path, faults) : games::read_gmcr(text, path, faults);
    for (const Error& one : faults) fmt::print(stderr, "{}\n", render(one));
    return model;
}

Result<int> negotiate(const NegotiateOptions& options) {
    const auto model = TRY(read_model(options.model));
    if (!model) return exit_data;
    const auto analysis = TRY(games::analyse(*model));
    games::Findings findings{*model, analysis, {}, {}, {}};
    for (const auto one : games::graph::all_concepts)
        if (options.under == games::graph::concept_names[static_cast<std::size_t>(one)]) findings.asked.only = one;
    const std::string from = options.from.empty() ? model->status_quo : options.from;
    if (!from.empty()) {
        findings.asked.from = TRY(games::state_named(*model, from));
        findings.ways = games::ways_of(*model, *findings.asked.from);
    }
    if (!options.want.empty()) {
        findings.asked.want = TRY(games::state_named(*model, options.want));
        findings.wanted = TRY(games::wanted_of(*model, *findings.asked.want));
    }
    const games::Sink sink = [](std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); };
    if (options.as_json) games::write_json(findings, sink);
    else games::tell(findings, sink);
    return exit_clean;
}

}  // namespace

Command negotiate_command() {
    const auto options = std::make_shared<NegotiateOptions>();
    return {
        .name = "negotiate",
        .summary = "Which states of a conflict would hold under assumed preferences, and what would have to change",
        .options = {option("MODEL", &options->model, "a model of a conflict: .gmcr (JSON) or .toml").required(),
                    option("--concept", &options->under, "only this concept of stability; all four if not given")
                        .one_of({"nash", "gmr", "smr", "seq"}),
                    option("--from", &options->from,
                           "shortest ways from this state to what is stable; the model's status quo if not given")
                        .as("STATE"),
                    option("--want", &options->want,
                           "which preferences would have to change for this state to be stable")
                        .as("STATE"),
                    option("--json", &options->as_json, "JSON on standard output")},
        .more = "A state is a Y or N for each option, in the order of the file: YNNYN.\n",
        .examples = {"icosa negotiate docs/examples/elmira-1991.toml",
                     "icosa negotiate docs/examples/elmira-1991.toml --concept nash --json",
                     "icosa negotiate docs/examples/elmira-1991.toml --want NNYNY"},
        .exits = {{exit_data, "the model is faulty"}},
        .run = [=] { return negotiate(*options); },
    };
}

}  // namespace icosa::cli
