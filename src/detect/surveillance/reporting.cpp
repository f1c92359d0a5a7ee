/// Sums of three months against the median of five years.
#include "detect/surveillance/reporting.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "base/number.hpp"
#include "engine/wording.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::detect {
namespace {

constexpr int months_summed = 3;
constexpr int months_compared = 60;
constexpr std::size_t fewest_compared = 24;
constexpr double least_median = 10;
constexpr double begins_below = 1.0 / 3;
constexpr double ends_at = 0.5;

/// The month's fall begins, goes on, or is none.
bool falls(double sum, double median, double least, bool fallen_before) {
    return (sum < begins_below * median && sum < least) || (fallen_before && sum < ends_at * median);
}

}  // namespace

std::vector<model::Select> reporting_selects(const pack::Watch& watch, const engine::Setting& setting) {
    std::vector<model::Select> out;
    if (watch.selection.records != model::RecordKind::Event || watch.per) return out;
    for (const std::string& source : watch.selection.from) {
        const auto facts = setting.sources.find(source);
        if (facts == setting.sources.end() || !facts->second.volume_is_reporting) continue;
        model::Select whole;
        whole.sources = {source};
        whole.except_days = watch.selection.except_days;
        whole.unit = model::Unit::World;
        whole.period = PeriodKind::Month;
        out.push_back(std::move(whole));
    }
    return out;
}

Reporting::Reporting(const model::Panel& monthly) : first_(monthly.first_period) {
    if (monthly.units.size() != 1 || monthly.period != PeriodKind::Month) return;
    const auto n = static_cast<std::size_t>(monthly.periods);
    counts_.assign(monthly.values.begin(), monthly.values.end());
    usual_.assign(n, nan_value);
    fallen_.assign(n, false);
    const std::vector<double> sums = [&] {
        std::vector<double> out(n, nan_value);
        for (std::size_t t = months_summed - 1; t < n; ++t)
            out[t] = std::accumulate(counts_.begin() + static_cast<std::ptrdiff_t>(t + 1 - months_summed),
                                     counts_.begin() + static_cast<std::ptrdiff_t>(t + 1), 0.0);
        return out;
    }();
    std::vector<bool> low(n, false);  // the sum that ends here lies in a fall
    for (std::size_t t = months_summed; t < n; ++t) {
        std::vector<double> before;
        for (std::size_t i = t > months_compared ? t - months_compared : 0; i < t; ++i) {
            if (!std::isnan(sums[i]) && !low[i]) before.push_back(sums[i]);
        }
        if (std::isnan(sums[t]) || before.size() < fewest_compared) continue;
        const double median = methods::median(before);
        usual_[t] = median / months_summed;
        if (median < least_median
            || !falls(sums[t], median, *std::min_element(before.begin(), before.end()), low[t - 1]))
            continue;
        for (std::size_t i = t + 1 - months_summed; i < t && !low[t - 1]; ++i)
            fallen_[i] = fallen_[i] || counts_[i] < ends_at * usual_[t];
        low[t] = fallen_[t] = true;
    }
}

Reporting Reporting::together(const std::vector<std::pair<std::string, const Reporting*>>& by_source) {
    Reporting out;
    int end = std::numeric_limits<int>::min();
    out.first_ = std::numeric_limits<int>::max();
    for (const auto& [source, one] : by_source) {
        out.first_ = std::min(out.first_, one->first_);
        end = std::max(end, one->first_ + static_cast<int>(one->counts_.size()));
    }
    for (int month = out.first_; month < end; ++month) {
        const std::pair<std::string, const Reporting*>* told = nullptr;
        bool fallen = false;
        for (const auto& entry : by_source) {
            const int at = month - entry.second->first_;
            if (at < 0 || at >= static_cast<int>(entry.second->counts_.size())) continue;
            const bool falls_here = entry.second->fallen_[static_cast<std::size_t>(at)];
            if (!told || (falls_here && !fallen)) told = &entry;
            fallen |= falls_here;
        }
        const auto at = told ? static_cast<std::size_t>(month - told->second->first_) : 0;
        out.counts_.push_back(told ? told->second->counts_[at] : nan_value);
        out.usual_.push_back(told ? told->second->usual_[at] : nan_value);
        out.fallen_.push_back(fallen);
        out.whose_.push_back(told ? told->first : "");
    }
    return out;
}

bool Reporting::thin(int period, PeriodKind kind) const {
    const int end = period_of(last_day_of(period, kind), PeriodKind::Month);
    const int begin = kind == PeriodKind::Week ? end : period_of(first_day_of(period, kind), PeriodKind::Month);
    int fallen = 0;
    for (int month = begin; month <= end; ++month) {
        const int at = month - first_;
        fallen += at >= 0 && at < static_cast<int>(fallen_.size()) && fallen_[static_cast<std::size_t>(at)] ? 1 : 0;
    }
    return 4 * fallen > end - begin + 1;
}

std::optional<Reporting::Fall> Reporting::fall_within(Day first, Day last) const {
    const int begin = std::max(0, period_of(first, PeriodKind::Month) - first_);
    int end = std::min(static_cast<int>(fallen_.size()) - 1, period_of(last, PeriodKind::Month) - first_);
    while (end >= begin && !fallen_[static_cast<std::size_t>(end)]) --end;
    if (end < begin) return std::nullopt;
    int from = end;
    while (from > 0 && fallen_[static_cast<std::size_t>(from - 1)]) --from;
    const auto whose = [&](int at) { return whose_.empty() ? std::string() : whose_[static_cast<std::size_t>(at)]; };
    while (whose(from) != whose(end)) ++from;
    Fall out{first_ + from, first_ + end, 0, 0, whose(end)};
    for (int at = from; at <= end; ++at) out.reported += counts_[static_cast<std::size_t>(at)];
    out.usual = usual_[static_cast<std::size_t>(end)] * (end - from + 1);
    return out;
}

std::optional<Reporting::Fall> Reporting::newest() const {
    for (std::size_t t = counts_.size(); t > 0; --t) {
        if (std::isnan(counts_[t - 1])) continue;
        if (std::isnan(usual_[t - 1])) return std::nullopt;
        const int month = first_ + static_cast<int>(t) - 1;
        return Fall{month, month, counts_[t - 1], usual_[t - 1]};
    }
    return std::nullopt;
}

std::vector<bool> thin_periods(const UnitSeries& series, const Reporting& reporting, PeriodKind kind) {
    std::vector<bool> out;
    for (int i = 0; i < series.size(); ++i) out.push_back(reporting.thin(series.first() + i, kind));
    return out;
}

std::string fall_words(const Reporting::Fall& fall, const std::string& source) {
    const std::string from = period_label(fall.first, PeriodKind::Month);
    const std::string to = period_label(fall.last, PeriodKind::Month);
    return fmt::format(
        "{} reported {} in all {}, where {} are usual: a low count of that time is no low base, and its "
        "silence says nothing",
        source, engine::figure(fall.reported),
        from == to ? fmt::format("in {}", from) : fmt::format("from {} to {}", from, to),
        engine::figure(std::round(fall.usual)));
}

}  // namespace icosa::detect
