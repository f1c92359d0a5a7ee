/// The line between given populations is integrated exactly: it is straight between middles of periods.
#include "methods/scan/exposure.hpp"

#include <algorithm>
#include <cmath>

namespace icosa::methods::scan {
namespace {

/// A line through given points in time, constant beyond the first and the last.
class Line {
public:
    void add(double at, double value) {
        at_.push_back(at);
        value_.push_back(value);
    }
    [[nodiscard]] bool empty() const { return at_.empty(); }

    [[nodiscard]] double integral(double from, double to) const {
        double sum = 0, left = from;
        while (left < to) {
            const auto next = std::upper_bound(at_.begin(), at_.end(), left);
            const double right = next == at_.end() ? to : std::min(to, *next);
            sum += (right - left) * (value(left) + value(right)) / 2;
            left = right;
        }
        return sum;
    }

private:
    [[nodiscard]] double value(double t) const {
        const auto next = std::upper_bound(at_.begin(), at_.end(), t);
        if (next == at_.begin()) return value_.front();
        if (next == at_.end()) return value_.back();
        const auto i = static_cast<std::size_t>(next - at_.begin());
        return value_[i - 1] + (value_[i] - value_[i - 1]) * (t - at_[i - 1]) / (at_[i] - at_[i - 1]);
    }

    std::vector<double> at_, value_;
};

/// Days from its beginning: a month's figure is of its 15th, a year's of 1 July, as SaTScan has them.
double middle_of(double days) {
    constexpr double from_july = 184;
    if (days <= 1) return 0;
    if (days <= 31) return std::min(14.0, days / 2);
    return days >= 365 && days <= 366 ? days - from_july : days / 2;
}

void run_sums(Expected& out, std::span<const double> cells) {
    out.before.assign(out.places * (out.intervals + 1), 0);
    for (std::size_t p = 0; p < out.places; ++p) {
        double* row = &out.before[p * (out.intervals + 1)];
        for (std::size_t t = 0; t < out.intervals; ++t) row[t + 1] = row[t] + cells[p * out.intervals + t];
    }
}

}  // namespace

Expected expected_by_population(std::span<const double> population, std::span<const double> days, std::size_t places,
                                const Steps& steps, double cases) {
    const std::size_t periods = days.size();
    std::vector<double> begins(periods + 1, 0);
    for (std::size_t t = 0; t < periods; ++t) begins[t + 1] = begins[t] + days[t];
    Expected out{places, steps.count(), {}, cases};
    std::vector<double> cells(places * out.intervals, 0);
    double sum = 0;
    for (std::size_t p = 0; p < places; ++p) {
        Line line;
        for (std::size_t t = 0; t < periods; ++t) {
            const double given = population[p * periods + t];
            if (!std::isnan(given)) line.add(begins[t] + middle_of(days[t]), given);
        }
        if (line.empty()) continue;
        for (std::size_t i = 0; i < out.intervals; ++i) {
            const std::size_t end = i + 1 == out.intervals ? periods : steps.first_period(i + 1);
            cells[p * out.intervals + i] = line.integral(begins[steps.first_period(i)], begins[end]);
            sum += cells[p * out.intervals + i];
        }
    }
    if (sum > 0) {
        for (double& cell : cells) cell *= cases / sum;
    }
    run_sums(out, cells);
    return out;
}

Expected expected_by_margins(std::span<const std::int64_t> by_place, std::span<const std::int64_t> by_step) {
    Expected out{by_place.size(), by_step.size(), {}, 0};
    for (const auto cases : by_step) out.all += static_cast<double>(cases);
    std::vector<double> cells(out.places * out.intervals, 0);
    for (std::size_t p = 0; p < out.places; ++p) {
        for (std::size_t t = 0; t < out.intervals; ++t)
            cells[p * out.intervals + t] = static_cast<double>(by_place[p]) * static_cast<double>(by_step[t]) / out.all;
    }
    run_sums(out, cells);
    return out;
}

}  // namespace icosa::methods::scan
