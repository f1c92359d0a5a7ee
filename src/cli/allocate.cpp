/// icosa allocate: places, troops or doses among claimants, by rules side by side and by an exact plan.
#include <cstdio>

#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"
#include "respond/allocations/allocation_report.hpp"

namespace icosa::cli {
namespace {

Result<int> allocate(const std::string& file, const std::string& out, bool as_json) {
    Diagnostics faults;
    const auto model = respond::load_allocation(file, faults);
    if (!faults.empty()) {
        for (const Error& one : faults) fmt::print(stderr, "{}\n", render(one));
        return exit_data;
    }
    const auto report = TRY(respond::judge_allocation(model));
    TRY(write_text(out,
                   as_json ? respond::allocation_json(model, report) + "\n" : respond::allocation_text(model, report)));
    return exit_clean;
}

}  // namespace

Command allocate_command() {
    const auto file = std::make_shared<std::string>();
    const auto out = std::make_shared<std::string>();
    const auto common = std::make_shared<Common>();
    return {
        .name = "allocate",
        .summary = "Places, troops or doses among claimants: rules side by side, and an exact plan",
        .options = {option("FILE", file.get(),
                           "claimants, groups and hosts with their floors and limits: docs/packages-and-allocation.md")
                        .required(),
                    option("--out", out.get(), "write here instead of the standard output").as("FILE").written(),
                    json_option(*common)},
        .examples = {"icosa allocate docs/examples/training-places.toml",
                     "icosa allocate docs/examples/contingents.toml --json"},
        .exits = {{exit_data, "the file is faulty, or its floors and limits cannot be kept together"}, {exit_store}},
        .run = [=] { return allocate(*file, *out, common->json); },
    };
}

}  // namespace icosa::cli
