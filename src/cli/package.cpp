/// icosa package: negotiation packages under assumed preferences, and rounds on a single text.
#include <cstdio>
#include <fstream>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "cli/today.hpp"
#include "respond/packages/package_report.hpp"
#include "respond/packages/rounds.hpp"

namespace icosa::cli {
namespace {

struct PackageOptions {
    std::string file, out, rounds, propose, by, note;
    std::vector<std::string> with, drop, marks;
    Day date = no_day;
};

Result<int> told_faults(const Diagnostics& faults) {
    for (const Error& one : faults) fmt::print(stderr, "{}\n", render(one));
    return exit_data;
}

Result<std::set<respond::DemandKind>> kinds_left_out(const std::vector<std::string>& names) {
    using enum respond::DemandKind;
    std::set<respond::DemandKind> out;
    for (const auto& list : names) {
        for (const auto name : split(list, ',')) {
            bool known = false;
            for (const auto kind : {NoWorseOff, Consent, RedLines, AtLeast}) {
                if (respond::demand_kind_name(kind) != trim(name)) continue;
                out.insert(kind);
                known = true;
            }
            if (!known)
                return fail(Fault::Usage, "unknown-demand", {}, fmt::format("--drop '{}'", excerpt(trim(name))),
                            "there are no-worse-off, consent, red-lines, at-least");
        }
    }
    return out;
}

Result<void> append_row(const std::string& path, const std::string& row) {
    std::ifstream before(path, std::ios::binary | std::ios::ate);
    const bool is_cut = before && before.tellg() > 0 && before.seekg(-1, std::ios::end) && before.get() != '\n';
    std::ofstream file(path, std::ios::binary | std::ios::app);
    file << (is_cut ? "\n" : "") + row + "\n";
    file.close();
    if (!file)
        return fail(Fault::Store, "unwritable", {path}, "this file of rounds cannot be written",
                    "check the folder and its permissions");
    return {};
}

/// Adds what was asked to the file of rounds.
Result<void> add_rounds(const respond::PackageModel& model, const PackageOptions& options,
                        const std::set<respond::DemandKind>& left_out, std::vector<respond::TextRound>& rounds) {
    const std::string date = iso(options.date == no_day ? today() : options.date);
    if (!options.propose.empty()) {
        if (options.by.empty())
            return fail(Fault::Usage, "missing-option", {}, "--propose without --by", "say who proposes: --by NAME");
        respond::TextRound next;
        next.number = static_cast<int>(rounds.size()) + 1;
        next.date = date;
        next.by = options.by;
        next.note = options.note;
        std::vector<int> base;
        for (const auto& issue : model.issues) base.push_back(issue.today);
        if (!rounds.empty()) base = rounds.back().package;
        if (options.propose == "next") {
            const auto stand = respond::stand_of(model, rounds, left_out);
            if (!stand.next)
                return fail(Fault::Usage, "no-next-text", {options.rounds}, "there is no next text to propose",
                            "name one: --propose \"issue=value, ...\"");
            next.package = *stand.next;
        } else {
            next.package = TRY(respond::package_of_words(model, options.propose, base));
        }
        TRY(append_row(options.rounds, respond::proposal_row(model, next)));
        rounds.push_back(std::move(next));
    }
    std::vector<respond::TextMark> marks;
    for (const auto& words : options.marks) {
        marks.push_back(TRY(respond::mark_of_words(model, words)));
        marks.back().date = date;
        marks.back().note = options.propose.empty() ? options.note : "";
    }
    if (!marks.empty() && rounds.empty())
        return fail(Fault::Usage, "nothing-to-mark", {options.rounds}, "no text is proposed yet",
                    "propose one first: --propose next --by NAME");
    for (auto& mark : marks) {
        TRY(append_row(options.rounds, respond::mark_row(model, rounds.back().number, mark)));
        rounds.back().marks.push_back(std::move(mark));
    }
    return {};
}

Result<int> package(const PackageOptions& options, bool as_json) {
    if (options.rounds.empty() && !(options.propose.empty() && options.marks.empty()))
        return fail(Fault::Usage, "missing-option", {}, "--propose and --mark need a file of rounds",
                    "add --rounds FILE.jsonl");
    Diagnostics faults;
    const auto model = respond::load_packages(options.file, options.with, faults);
    if (!faults.empty()) return told_faults(faults);
    const auto left_out = TRY(kinds_left_out(options.drop));
    if (!options.rounds.empty()) {
        auto rounds = respond::read_rounds(model, options.rounds, faults);
        if (!faults.empty()) return told_faults(faults);
        TRY(add_rounds(model, options, left_out, rounds));
        const auto stand = respond::stand_of(model, rounds, left_out);
        TRY(write_text(
            options.out,
            as_json ? respond::rounds_json(model, rounds, stand) + "\n" : respond::rounds_text(model, rounds, stand)));
        return exit_clean;
    }
    const auto report = TRY(respond::judge_packages(model, left_out));
    TRY(write_text(options.out,
                   as_json ? respond::packages_json(model, report) + "\n" : respond::packages_text(model, report)));
    return exit_clean;
}

}  // namespace

Command package_command() {
    const auto options = std::make_shared<PackageOptions>();
    const auto common = std::make_shared<Common>();
    return {
        .name = "package",
        .summary = "Negotiation packages under assumed preferences, and rounds on a single text",
        .options = {option("FILE", &options->file, "issues, parties and preferences: docs/packages-and-allocation.md")
                        .required(),
                    option("--with", &options->with, "files of preferences that parties keep to themselves").as("FILE"),
                    option("--drop", &options->drop,
                           "demands left out: no-worse-off, consent, red-lines, at-least; several")
                        .as("DEMAND"),
                    option("--rounds", &options->rounds, "lines of JSON that hold the rounds; made where there is none")
                        .as("FILE"),
                    option("--propose", &options->propose,
                           "add a round: \"issue=value, ...\", the rest as before; or next, the text that is suggested")
                        .as("PACKAGE"),
                    option("--by", &options->by, "who proposes").as("NAME"),
                    option("--mark", &options->marks,
                           "a party's mark on the newest text: PARTY=accept, PARTY=object, PARTY=object:ISSUE,ISSUE; "
                           "several")
                        .as("MARK"),
                    option("--note", &options->note, "a remark on the proposal, or on the marks").as("TEXT"),
                    option("--date", &options->date, "of the proposal or mark; today if not given"),
                    option("--out", &options->out, "write here instead of the standard output").as("FILE").written(),
                    json_option(*common)},
        .examples = {"icosa package docs/examples/river.toml",
                     "icosa package docs/examples/river.toml --drop consent --json",
                     "icosa package docs/examples/river.toml --rounds text.jsonl --propose next --by mediator",
                     "icosa package docs/examples/river.toml --rounds text.jsonl --mark upland=accept "
                     "--mark lowland=object:gauges"},
        .exits = {{exit_data, "the file is faulty, or no package keeps all demands"}, {exit_store}},
        .run = [=] { return package(*options, common->json); },
    };
}

}  // namespace icosa::cli
