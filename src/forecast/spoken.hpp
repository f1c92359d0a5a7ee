/// What a watch speaks of within its panel's forecast: its units, its months ahead, and their words.
#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "engine/engine.hpp"
#include "forecast/panel_forecast.hpp"
#include "model/findings.hpp"

namespace icosa::forecast {

/// "2020-12".
[[nodiscard]] std::string month_text(int month);

/// Appends those that are not there yet.
template <class Cites> void add_cites(std::vector<std::string>& to, const Cites& cites) {
    for (const auto& cite : cites) {
        if (std::find(to.begin(), to.end(), cite) == to.end()) to.emplace_back(cite);
    }
}

class Spoken {
public:
    /// All but `places` must outlive it. places: the units to speak of, sorted; empty = all that were forecast.
    Spoken(PanelForecast& of, const pack::Watch& watch, const engine::Setting& setting, const model::Panel& panel,
           const std::vector<std::string>& places);

    [[nodiscard]] PanelForecast& of() const { return of_; }
    [[nodiscard]] const pack::Watch& watch() const { return watch_; }
    [[nodiscard]] const engine::Setting& setting() const { return setting_; }
    /// By position in the panel, in its order.
    [[nodiscard]] const std::vector<std::size_t>& units() const { return units_; }
    [[nodiscard]] bool speaks_of(std::size_t unit) const { return is_spoken_of_.contains(unit); }
    /// How many of its units are not observed any more, and so were not forecast.
    [[nodiscard]] std::size_t ended() const { return ended_; }

    [[nodiscard]] int first_month() const { return of_.origin() + of_.request().first_step; }
    [[nodiscard]] int last_month() const { return of_.origin() + of_.request().last_step; }
    [[nodiscard]] int months() const { return last_month() - first_month() + 1; }
    /// "2020-12 to 2021-11".
    [[nodiscard]] std::string horizon() const;

    /// "fatalities".
    [[nodiscard]] const std::string& unit_word() const { return unit_word_; }
    [[nodiscard]] const std::string& id(std::size_t unit) const { return of_.counts().panel.series[unit].unit; }
    [[nodiscard]] std::string title(std::size_t unit) const;
    /// Months observed up to the origin.
    [[nodiscard]] int history(std::size_t unit) const;
    /// Expected a month, over the months ahead.
    [[nodiscard]] double mean(std::size_t unit) const;
    /// Of reaching the line, in words with its numbers.
    [[nodiscard]] model::Probability probability(std::size_t unit) const;
    /// What every signal has: names, confidence, cites, and the caveats of the finding.
    [[nodiscard]] model::Signal begin(std::size_t unit, const std::vector<std::string>& caveats) const;

private:
    PanelForecast& of_;
    const pack::Watch& watch_;
    const engine::Setting& setting_;
    const model::Panel& panel_;
    std::string unit_word_;
    std::vector<std::size_t> units_;
    std::set<std::size_t> is_spoken_of_;
    std::size_t ended_ = 0;
};

}  // namespace icosa::forecast
