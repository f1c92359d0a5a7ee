/// Reporting: how much a source reported in all, month by month, and when it reported so little that its silence says
/// nothing.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "detect/surveillance/unit_series.hpp"
#include "engine/engine.hpp"

namespace icosa::detect {

/// The Selects that ask for the whole volume of each source whose card says that its volume tells of reporting; none
/// for a watch that divides by another count (a share has its volume beneath it) or counts no events.
[[nodiscard]] std::vector<model::Select> reporting_selects(const pack::Watch& watch, const engine::Setting& setting);

/// The volume of one source. Three months' reports are compared with the median of such sums in the sixty months
/// before, as far as those were no fall themselves:
///
///     a fall begins   below one third of the median, and below each of those sums
///     it ends         at half of the median; or when fewer than 24 of those sums are left: then the low volume is
///     usual
///
/// The months with which the first of these sums began belong to the fall where they lie below half of the usual. A
/// median below ten is no volume that could fall. One third: a wave that passes rarely takes two thirds of all reports
/// with it, within a quarter; a publisher that stops does (ASAM, May 2018 to October 2019: 142 reports instead of 456).
class Reporting {
public:
    /// Months of the fall, first and last; what was reported in it, and what is usual in as many months.
    struct Fall {
        int first = 0;
        int last = 0;
        double reported = 0;
        double usual = 0;
        std::string source = {};  ///< whose it is, where several were put together
    };

    /// Of sources that count together: a fall of one is a fall of all.
    [[nodiscard]] static Reporting together(const std::vector<std::pair<std::string, const Reporting*>>& by_source);

    Reporting() = default;  ///< nothing known: no period is thin
    explicit Reporting(const model::Panel& monthly);

    /// Does the source's silence in the period say nothing? A period longer than a month: when more than a quarter of
    /// its months lie in a fall; a shorter one: when its last month does.
    [[nodiscard]] bool thin(int period, PeriodKind kind) const;
    /// The newest fall that touches these days.
    [[nodiscard]] std::optional<Fall> fall_within(Day first, Day last) const;
    /// Of the last whole month: what was reported in it, and what is usual; nothing where that is not known.
    [[nodiscard]] std::optional<Fall> newest() const;

private:
    int first_ = 0;  ///< month of counts_[0]
    std::vector<double> counts_;
    std::vector<double> usual_;  ///< a month; NaN = not known
    std::vector<bool> fallen_;
    std::vector<std::string> whose_;  ///< of several sources: whose counts stand here
};

/// By offset from the first period of a series: which are thin.
[[nodiscard]] std::vector<bool> thin_periods(const UnitSeries& series, const Reporting& reporting, PeriodKind kind);

/// "ASAM reported 142 in all from 2018-05 to 2019-10, where 446 are usual: ...".
[[nodiscard]] std::string fall_words(const Reporting::Fall& fall, const std::string& source);

}  // namespace icosa::detect
