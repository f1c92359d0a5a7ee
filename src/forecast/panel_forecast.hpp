/// Everything about one panel that several watches share: the counts without gaps, the forecast from the newest month,
/// the odds, the past windows.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "forecast/forecast.hpp"
#include "forecast/reaching.hpp"
#include "model/evidence.hpp"

namespace icosa::forecast {

/// A panel's series without gaps.
struct Gapless {
    CountPanel panel;  ///< of each unit the months since its last gap; where the newest month was not observed, its
                       ///< longest stretch
    std::vector<std::string>
        ended;  ///< units observed within two years, but not in the newest month: not zero, not known
};

/// in    values up to `newest`; NaN = not observed; months before `first` (no_day: none) are left out
/// err   not-a-count: a value below 0 or not whole, naming unit and month
[[nodiscard]] Result<Gapless> without_gaps(const model::Panel& panel, int newest, Day first);

/// What is worked out once.
struct PanelRequest {
    int first_step = 1;
    int last_step = 12;
    double line = 1;  ///< of the odds
    ModelKind model = ModelKind::Stack;
    Fitting fitting = Fitting::LeftOut;  ///< of the stack's regression and hidden levels: half a minute of processor
                                         ///< time for four panels of 195 units
    int threads = 1;
    auto operator<=>(const PanelRequest&) const = default;
};

/// A unit as it was forecast in a past window, and what came.
struct PastWindow {
    std::size_t unit = 0;
    int origin = 0;
    double crps = 0;
    double benchmark_crps = 0;
    double mean = 0;  ///< a month
    double benchmark_mean = 0;
    double came = 0;  ///< a month
    Odds odds;
    bool reached = false;
};

/// A month's distribution as it was forecast a month earlier.
struct OneStep {
    std::size_t unit = 0;
    methods::CountEnsemble ensemble;
    double observed = 0;
};

/// A unit as it was forecast at an origin, without its months.
struct SaidThen {
    std::string unit;
    double mean = 0;  ///< a month
    double benchmark_mean = 0;
    Odds odds;
};

/// What forecasts of one panel at many origins share, each on its own cut of it: what was learned, and what was said,
/// which is a past window of later origins. Drivers and the CRPS of past windows are left out then.
struct PanelMemory {
    std::shared_ptr<Lessons> ahead = std::make_shared<Lessons>();
    std::shared_ptr<Lessons> one_step = std::make_shared<Lessons>();
    std::mutex mutex;
    std::map<int, std::vector<SaidThen>> said;  ///< by origin
};

/// Reads the panel at `origin`, its newest month, and at past origins. Nothing is read twice.
class PanelForecast {
public:
    /// err   as forecast(); too-short: no unit has the months that a forecast needs
    [[nodiscard]] static Result<std::unique_ptr<PanelForecast>> make(Gapless counts, int origin,
                                                                     const PanelRequest& request,
                                                                     std::shared_ptr<PanelMemory> memory = {});

    [[nodiscard]] const Gapless& counts() const { return counts_; }
    [[nodiscard]] int origin() const { return origin_; }
    [[nodiscard]] const PanelRequest& request() const { return request_; }
    /// By unit of the panel; nullptr where it was not forecast.
    [[nodiscard]] const UnitForecast* of(std::size_t unit) const { return of_[unit]; }
    [[nodiscard]] const std::optional<Odds>& odds(std::size_t unit) const { return odds_[unit]; }
    [[nodiscard]] const std::vector<std::string>& caveats() const { return now_.caveats; }
    /// The last five windows, a year apart, whose months were all over at the origin; newest first, then by unit.
    [[nodiscard]] const std::vector<PastWindow>& past() const { return past_; }
    /// The newest month as it was forecast a month earlier; by unit, of those with a year behind them then. Made when
    /// first asked for.
    [[nodiscard]] Result<const std::vector<OneStep>*> one_step();

    static constexpr int shortest_history = 12;  ///< months; a shorter past is forecast nowhere
    static constexpr int past_windows = 5;
    static constexpr int lesson_every = 12;  ///< months between the origins that the stack learns on here
    static constexpr int draws = 200;  ///< behind a CRPS

private:
    PanelForecast(Gapless counts, int origin, const PanelRequest& request, std::shared_ptr<PanelMemory> memory);
    Result<void> look_ahead();
    Result<void> look_back();
    Result<Forecast> forecast_at(int origin);
    Result<std::vector<PastWindow>> window_of(int origin);
    Result<std::vector<PastWindow>> remembered_window_of(int origin);
    void remember(int origin, const Forecast& made);
    [[nodiscard]] bool is_past(std::size_t unit, int origin) const;

    Gapless counts_;
    int origin_;
    PanelRequest request_;
    std::shared_ptr<PanelMemory> memory_;  ///< may be null
    Stack stack_;
    Reaching reaching_;
    Forecast now_;
    std::vector<const UnitForecast*> of_;
    std::vector<std::optional<Odds>> odds_;
    std::vector<PastWindow> past_;
    std::optional<std::vector<OneStep>> one_step_;
};

}  // namespace icosa::forecast
