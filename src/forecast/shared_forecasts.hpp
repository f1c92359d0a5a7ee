/// Forecasts of panels, each made once for all watches that share it.
#pragma once

#include <map>
#include <memory>

#include "forecast/asked_panel.hpp"
#include "forecast/escalation_watch.hpp"

namespace icosa::forecast {

/// One panel's work.
struct SharedForecast {
    std::shared_ptr<PanelMemory> memory = {};  ///< null but on past days
    bool looks_at_newest = false;  ///< does a watch ask for the newest month as it had been forecast?
    bool looks_ahead = false;      ///< does one ask for the months ahead?
    /// err   as without_gaps and PanelForecast
    Result<std::unique_ptr<PanelForecast>> made = std::unique_ptr<PanelForecast>();
};

/// What forecasts of the past days of one evidence share.
class Memory {
public:
    /// Both must outlive it.
    Memory(const model::Evidence& whole, const pack::PlaceBook& places, int threads)
        : whole_(whole), places_(places), threads_(threads) {}

    /// Chances of the whole panel that answers the question, by the source of the cut one; null where there is none.
    [[nodiscard]] Result<std::shared_ptr<const WholeChances>> chances(const model::Select& select,
                                                                      const ChancesKey& key,
                                                                      const pack::Outcome& outcome);
    /// Of panels that answer one question by one source, with the same units.
    [[nodiscard]] std::shared_ptr<PanelMemory> of(const model::Select& select, const Key& key);

private:
    const model::Evidence& whole_;
    const pack::PlaceBook& places_;
    int threads_;
    std::mutex mutex_;
    std::map<std::tuple<model::Select, std::string, Day, std::string>, std::shared_ptr<const WholeChances>> chances_;
    std::map<std::tuple<model::Select, std::string, std::uint64_t, Day, PanelRequest>, std::shared_ptr<PanelMemory>>
        kept_;
};

/// Those that have a key, over setting.threads threads; the result is the same for any number.
[[nodiscard]] std::map<Key, SharedForecast> share_forecasts(const std::vector<Asked>& asked,
                                                            const engine::Setting& setting);

}  // namespace icosa::forecast
