/// Scores gathered by window, then weighed in one sentence.
#include "forecast/track_record.hpp"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "engine/wording.hpp"
#include "forecast/statement.hpp"

namespace icosa::forecast {
namespace {

using engine::figure;
using model::TrackRecord;

/// Means over the units, newest window first; and the Brier scores of all of them.
void gather(const Spoken& spoken, TrackRecord& out) {
    std::map<int, std::pair<TrackRecord::Window, int>, std::greater<>> windows;
    for (const PastWindow& one : spoken.of().past()) {
        if (!spoken.speaks_of(one.unit)) continue;
        auto& [window, units] = windows[one.origin];
        window.crps += one.crps;
        window.benchmark_crps += one.benchmark_crps;
        ++units;
        const double came = one.reached ? 1 : 0;
        out.brier += (one.odds.probability - came) * (one.odds.probability - came);
        out.brier_base += (one.odds.base_rate - came) * (one.odds.base_rate - came);
        out.brier_benchmark += (one.odds.benchmark - came) * (one.odds.benchmark - came);
        ++out.probabilities;
    }
    const PanelRequest& request = spoken.of().request();
    for (auto& [origin, of] : windows) {
        auto& [window, units] = of;
        window.period =
            fmt::format("{} to {}", month_text(origin + request.first_step), month_text(origin + request.last_step));
        window.crps /= units;
        window.benchmark_crps /= units;
        out.windows.push_back(window);
    }
    if (out.windows.empty()) return;
    out.brier /= out.probabilities;
    out.brier_base /= out.probabilities;
    out.brier_benchmark /= out.probabilities;
}

/// ", better by 12 %, worse in 1 of them", ", IT LOSES by 3 %", ", no better".
std::string comparison(double crps, double rule, int lost) {
    const std::string worse_in = lost == 0 ? std::string() : fmt::format(", worse in {} of them", lost);
    if (crps < rule) return fmt::format(", better by {}", percent_text(1 - crps / rule)) + worse_in;
    if (crps > rule)
        return (rule > 0 ? fmt::format(", IT LOSES by {}", percent_text(crps / rule - 1)) : ", IT LOSES") + worse_in;
    return ", no better";
}

std::string verdict_of(const TrackRecord& record) {
    if (record.windows.empty()) return "no past window is over: the model is not scored on this panel";
    double crps = 0, rule = 0;
    int lost = 0;
    for (const TrackRecord::Window& window : record.windows) {
        crps += window.crps;
        rule += window.benchmark_crps;
        lost += window.crps > window.benchmark_crps ? 1 : 0;
    }
    const double n = static_cast<double>(record.windows.size());
    const std::string against =
        fmt::format("CRPS {} against {} of {}", figure(crps / n), figure(rule / n), record.benchmark);
    return fmt::format(
        "over the last {} windows that are over, {}{}; probability: Brier score {:.4f} against {:.4f} of the base rate "
        "and {:.4f} of the simple rule{}",
        record.windows.size(), against, comparison(crps, rule, lost), record.brier, record.brier_base,
        record.brier_benchmark, record.brier > std::min(record.brier_base, record.brier_benchmark) ? ": IT LOSES" : "");
}

}  // namespace

TrackRecord track_record_of(const Spoken& spoken) {
    TrackRecord out;
    out.model = spoken.watch().outlook.model;
    out.benchmark = "each unit's own last twelve months, equal weights";
    gather(spoken, out);
    out.verdict = verdict_of(out);
    return out;
}

}  // namespace icosa::forecast
