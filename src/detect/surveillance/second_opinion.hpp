/// What another panel says of a unit and period: the second condition of a watch, or another source of the same.
#pragma once

#include <optional>
#include <string_view>

#include "detect/surveillance/reporting.hpp"
#include "detect/surveillance/series.hpp"
#include "detect/surveillance/unit_series.hpp"

namespace icosa::detect {

class SecondOpinion {
public:
    /// judging and panel must outlive it; newest: its last period.
    SecondOpinion(const pack::Judging& judging, const model::Panel& panel, pack::Join join, int newest)
        : judging_(judging),
          panel_(panel),
          join_(join),
          partners_(panel, join),
          series_(panel, std::nullopt, newest, no_day) {}

    /// The period judged as if it were the newest. Of a pair joined to both of its places: what is said of the one that
    /// signals less. Nothing where the panel has not the unit or the period.
    /// err   as judge_series
    [[nodiscard]] Result<std::optional<Judged>> at(std::string_view unit, int period) const;
    /// Periods whose silence says nothing are not observed.
    void leave_out(const Reporting& reporting) { series_.leave_out(thin_periods(series_, reporting, panel_.period)); }

private:
    [[nodiscard]] Result<std::optional<Judged>> of_unit(std::string_view unit, int period) const;

    const pack::Judging& judging_;
    const model::Panel& panel_;
    pack::Join join_;
    Partners partners_;
    UnitSeries series_;
};

}  // namespace icosa::detect
