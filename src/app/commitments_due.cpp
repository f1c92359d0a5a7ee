/// Rows become lines.
#include "app/commitments_due.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ledger/commitment.hpp"

namespace icosa::app {
namespace {

Result<brief::Commitments> due_in(const std::string& path, const std::vector<std::string>& sections, Day as_of) {
    brief::Commitments out;
    const ledger::Ledger ledger = TRY(ledger::read_whole(path));
    if (!ledger.is_there) return out;
    auto all = TRY(ledger::commitments_of(ledger, as_of));
    std::erase_if(all, [&](const ledger::Commitment& one) {
        return !sections.empty() && std::ranges::find(sections, one.area) == sections.end();
    });
    out.has_ledger = true;
    out.head = ledger.head();
    out.open = std::ranges::count_if(all, ledger::is_open);
    for (const auto& [of, days_left] : ledger::reminders(all, as_of))
        out.due.push_back({of.id, of.owner, of.what, of.area, std::string(ledger::state_name(of.state)),
                           ledger::evidence_of(of), of.due, days_left});
    return out;
}

}  // namespace

brief::Commitments commitments_due(const std::string& ledger, const std::vector<std::string>& sections, Day as_of,
                                   std::vector<std::string>& caveats) {
    if (ledger.empty()) return {};
    const auto due = due_in(ledger, sections, as_of);
    if (due) return *due;
    caveats.push_back(fmt::format("Commitments are not told: {}.", render(due.error())));
    return {};
}

}  // namespace icosa::app
