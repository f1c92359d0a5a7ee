/// What a unit's past looks like at a month, told for the question whether it will get worse: how much, how it moves,
/// how long it has been silent, how often it got worse before, how the world stands.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "forecast/count_panel.hpp"

namespace icosa::forecast {

/// What is asked of the months after t, against those up to t.
///
///     before = sum of months t-months+1 .. t,   after = sum of months t+1 .. t+months
///     happened:  after >= factor before  and  after - before >= least
///                with quiet_below > 0:  before < quiet_below  and  after >= least
struct Worsening {
    int months = 6;
    double factor = 1.5;
    double least = 50;
    double quiet_below = 0;

    /// The least sum that makes it happen; infinity where none does.
    [[nodiscard]] double needed(double before) const;
    [[nodiscard]] bool happened(double before, double after) const { return after >= needed(before); }
};

/// A group of features that is told together when it moves a chance.
enum class Sign { NewestMonths, OwnPast, Silence, Bursts, PastRises, OtherCounts, Around, World, Season };
inline constexpr std::size_t signs = 9;
[[nodiscard]] std::string_view sign_words(Sign sign);

struct SignColumn {
    std::string name;
    Sign sign = Sign::OwnPast;
};

/// Rows of features, each from months up to its own only. A month that is not observed is NaN in the panel: sums over
/// spans with such months are scaled to the whole span.
///
/// in    the panel must outlive it, its regions are those of a unit's surroundings;  others: further counts of the same
///       units, each as panel.series
/// cost  about 2 us a row
class EscalationFeatures {
public:
    using Others = std::vector<std::vector<CountSeries>>;
    EscalationFeatures(const CountPanel& panel, const Others& others, const Worsening& asked);

    [[nodiscard]] std::span<const SignColumn> columns() const { return columns_; }
    /// Appends a row to `to`, as if `times` what is needed were needed; the unit has a value at the month and in all
    /// months of `asked` up to it.
    void add_row(std::size_t unit, int month, std::vector<float>& to, double times = 1) const;

    /// Is the sum of the months up to and with this one known?
    [[nodiscard]] bool is_known(std::size_t unit, int month) const;
    /// Sum of the asked months up to and with this one; NaN where one of them is not observed.
    [[nodiscard]] double before(std::size_t unit, int month) const { return before(units_[unit], month); }
    /// Sum of the asked months after it; NaN where one of them is not observed.
    [[nodiscard]] double after(std::size_t unit, int month) const { return before(unit, month + asked_.months); }
    /// Sum over so many months up to the month, scaled where some are not observed; 0 where none is.
    [[nodiscard]] double scaled_sum(std::size_t unit, int month, int span) const {
        return scaled_sum(units_[unit].values, units_[unit].first, month, span);
    }
    /// Share of all cases that were over by the month in which it happened; 0 where none was.
    [[nodiscard]] double base_rate(int month) const {
        return months_[static_cast<std::size_t>(month - first_)].base_rate;
    }
    [[nodiscard]] bool has_begun(std::size_t unit, int month) const { return units_[unit].first <= month; }
    [[nodiscard]] const Worsening& asked() const { return asked_; }
    [[nodiscard]] int first() const { return first_; }
    [[nodiscard]] int end() const { return end_; }
    [[nodiscard]] std::size_t units() const { return units_.size(); }

private:
    struct Sums {
        std::vector<double> total, known;  ///< of the first i months
    };
    struct Unit {
        int first = 0, end = 0;
        Sums values, active;
        std::vector<double> before;  ///< by month
        std::vector<double> decayed[3], decayed_log[2];
        std::vector<float> silent[3];  ///< months since the last of 1, of least / 2, of 2 least or more
        std::vector<double> rises;  ///< of the first i months, how many were origins after which it happened
        std::vector<double> judged;  ///< and how many were judged
        std::vector<double> near_rises;  ///< the same of a rise half as large
        std::vector<double> moves, moves_squared;  ///< of the first i judged origins, log after against before
        std::vector<double> greatest;  ///< sum of the asked months so far
        std::vector<Sums> others;
    };
    struct Month {
        double total_6 = 0, total_12 = 0, total_60 = 0;  ///< of all units, scaled
        double share_active = 0;
        double rises_12 = 0, rises_all = 0, base_rate = 0;  ///< share of judged unit-months known by then
        std::vector<double> levels_6, levels_24;  ///< of the units, sorted
    };
    /// Other units together, at a month: what stands around a unit.
    struct Company {
        double units = 0, active = 0;
        double sum_3 = 0, sum_6 = 0, sum_24 = 0, sum_60 = 0;
        double highest_12 = 0;
        double rising = 0;  ///< how many have risen as asked, their last months against those before
        void add(const EscalationFeatures& of, const Unit& unit, int month);
    };
    [[nodiscard]] static Sums sums_of(std::span<const double> values);
    [[nodiscard]] double scaled_sum(const Sums& sums, int first, int month, int span) const;
    [[nodiscard]] double before(const Unit& unit, int month) const;
    void add_unit(const CountSeries& series);
    void add_months();
    void name_columns(std::size_t others);
    void add_company(const Company& company, std::vector<float>& to) const;

    Worsening asked_;
    std::vector<Unit> units_;
    std::vector<Month> months_;
    std::vector<std::vector<std::size_t>> regions_;  ///< of each unit the others; empty = not known for any
    std::vector<SignColumn> columns_;
    int first_ = 0, end_ = 0;
};

}  // namespace icosa::forecast
