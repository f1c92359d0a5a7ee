/// icosa check: every fault of every pack in one go.
#include <algorithm>
#include <cstdio>
#include <set>

#include <fmt/format.h>

#include "app/commands.hpp"
#include "app/exit_code.hpp"
#include "app/pipeline.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

namespace icosa::app {
namespace {

/// Runs a dated case; the fault says what came instead.
Result<void> run_dated(store::Store& store, const Packs& packs, const pack::Watch& watch, const pack::Expect& expect, Diagnostics& faults) {
    const auto found = TRY(find(store, packs, expect.as_of, [&](const pack::AreaPack&, const pack::Watch& one) { return one.id == watch.id; }));
    if (found.results.empty()) return {};
    const auto& finding = found.results.front().finding;
    std::set<std::string> subjects, exact;
    for (const auto& signal : finding.signals) {
        subjects.insert(signal.subject);
        exact.insert(signal.subject + "/" + signal.period);
    }
    const auto fault = [&](std::string what) {
        const std::vector<std::string> all(exact.begin(), exact.end());
        faults.push_back({Fault::Pack, "expect", expect.where, fmt::format("watch '{}' as of {}: {}", watch.id, iso(expect.as_of), what), fmt::format("state {}, signals: {}", model::state_names[static_cast<int>(finding.state)], all.empty() ? "none" : join(all, ", "))});
    };
    const std::string_view state = model::state_names[static_cast<int>(finding.state)];
    if (!expect.state.empty() && state != expect.state) fault(fmt::format("the state is not '{}'", expect.state));
    for (const auto& wanted : expect.signals) {
        if (!exact.contains(wanted) && !subjects.contains(wanted)) fault(fmt::format("no signal for '{}'", wanted));
    }
    for (const auto& silent : expect.silent) {
        if (exact.contains(silent) || subjects.contains(silent)) fault(fmt::format("a signal for '{}', which should be silent", silent));
    }
    return {};
}

}  // namespace

Result<int> check(const Common& common, const CheckOptions& options) {
    Diagnostics faults;
    const Packs packs = load_packs(packs_directory(common.packs), common.framework, faults);
    check_packs(packs, faults);
    std::int64_t watches = 0, cases = 0;
    for (const auto& page : packs.pages) {
        watches += static_cast<std::int64_t>(page.watches.size());
        for (const auto& watch : page.watches) cases += static_cast<std::int64_t>(watch.expects.size());
    }
    if (options.expects && faults.empty()) {
        const auto store = TRY(open_for_reading(common, packs));
        for (const auto& page : packs.pages) {
            for (const auto& watch : page.watches) {
                for (const auto& expect : watch.expects) {
                    if (!expect.is_strip()) TRY(run_dated(*store, packs, watch, expect, faults));
                }
            }
        }
    }
    std::stable_sort(faults.begin(), faults.end(), [](const Error& a, const Error& b) { return std::tie(a.where.file, a.where.line, a.where.column) < std::tie(b.where.file, b.where.line, b.where.column); });
    if (common.json) {
        JsonWriter json(2);
        json.begin_object().field("packs", packs.directory).field("digest", packs.digest).field("framework", packs.framework.id).field("watches", watches).field("expects", cases).field("sources", packs.cards.size());
        json.key("faults").begin_array();
        for (const auto& fault : faults) {
            json.begin_object().field("code", fault.code).field("file", fault.where.file).field("line", fault.where.line).field("column", fault.where.column).field("what", fault.what).field("cure", fault.cure).end_object();
        }
        json.end_array().end_object();
        fmt::print("{}\n", json.text());
    } else {
        for (const auto& fault : faults) fmt::print(stderr, "{}\n", render(fault));
        fmt::print("{}: {} places, {} sets, {} source cards, {} watches with {} expected cases, {} instruments, {} mechanisms, {} mandates: {}\n", packs.directory, packs.places.places().size(), packs.places.sets().size(), packs.cards.size(), watches, cases,
                   packs.catalogue.instruments.size(), packs.catalogue.mechanisms.size(), packs.catalogue.mandates.size(), faults.empty() ? "no faults" : fmt::format("{} faults", faults.size()));
    }
    return faults.empty() ? exit_clean : exit_packs;
}

}  // namespace icosa::app
