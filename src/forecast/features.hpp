/// What is known of a unit at an origin, as a named row of numbers: what regressions and boosters forecast from.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forecast/count_panel.hpp"

namespace icosa::forecast {

/// What a column speaks of; the reasons of a forecast are added up by it.
enum class Aspect { Recent, Level, Silence, Neighbours, Region, World, Covariates, Horizon };
inline constexpr std::size_t aspects = 8;
[[nodiscard]] std::string_view aspect_name(Aspect aspect);  ///< "own newest months", "own longer past", ...

struct Column {
    std::string
        name;  ///< "log1p mean of 12 months", "neighbours' log1p decayed mean, memory 3", "asinh population", ...
    Aspect aspect;
};

/// Rows about the units of a panel at any of their months, from months up to that one only.
///
///     own          log1p of the newest count and the two before it; of the means of the last 3, 6, 12, 36 months; of
///     the decayed means
///                  D_m(t) = sum_a exp(-a/m) y_(t-a) / sum_a exp(-a/m),  m = 3, 12, over the whole past;
///                  S_c(t) = exp(-k/12), k = months since the last count of at least c = 1, 25;  share of the last 12
///                  months with a count;  standard deviation of log1p over them
///     neighbours   where the panel knows them: log1p of the mean of their D_3 and of their D_12; the greatest of their
///     S_1; 1 where none of
///                  them is observed
///     region       where known: as neighbours, of the other units of the region;  world: of all other units
///     covariates   asinh of the newest figure that was public by the end of the month, and 1 where there is none
///     horizon      log of the steps ahead; 1 where the month forecast is a December
///
/// in    a panel; its neighbours, regions and covariates, where it has them, in the order of its series
/// out   groups that the panel does not know are left out, so panels of one kind give rows of one shape. NaN, never 0:
/// a lag before the unit's
///       first month, a group of which no other unit is observed, a covariate not yet known. A mean over more months
///       than there are is over those; S_c is 0 where the past has no such count. The panel need not outlive the rows
/// cost  about 30 numbers a unit and month are held; a row is a copy of them, well under a microsecond
/// seen  forecast/features_test.cpp: values by hand; a panel cut at the origin gives the same rows
class Features {
public:
    explicit Features(const CountPanel& panel);

    [[nodiscard]] std::span<const Column> columns() const { return columns_; }
    [[nodiscard]] std::size_t width() const { return columns_.size(); }
    [[nodiscard]] std::size_t units() const { return spans_.size(); }
    [[nodiscard]] int first(std::size_t unit) const { return spans_[unit].first; }
    [[nodiscard]] bool has(std::size_t unit, int month) const {
        return month >= spans_[unit].first && month < spans_[unit].end;
    }
    /// The count itself, for those who learn what followed a row.
    [[nodiscard]] double count(std::size_t unit, int month) const {
        return counts_[unit][static_cast<std::size_t>(month - spans_[unit].first)];
    }

    /// in    has(unit, origin); step >= 1; row[width()]
    void row(std::size_t unit, int origin, int step, std::span<double> row) const;
    [[nodiscard]] std::vector<double> row(std::size_t unit, int origin, int step) const;

private:
    struct Span {
        int first, end;
    };
    void name_own();
    void add_own();
    void add_neighbours(const std::vector<std::vector<std::size_t>>& neighbours);
    void add_rest_of(const std::vector<std::string>& groups, std::string_view whose, Aspect aspect);
    void add_covariate(const Covariate& covariate);
    [[nodiscard]] double& cell(std::size_t unit, int month, std::size_t column);

    std::vector<Column> columns_;
    std::size_t stride_ = 0;  ///< columns that do not depend on the step
    std::vector<Span> spans_;
    std::vector<std::vector<double>> counts_;
    std::vector<std::vector<double>> values_;  ///< of each unit, [months][stride_]
};

}  // namespace icosa::forecast
