/// Values are taken less their mean, so that large levels with small differences lose no digits.
#include "methods/hot_spots/local_statistics.hpp"

#include <cmath>

namespace icosa::methods::hot_spots {
namespace {

/// Of the places observed.
struct Whole {
    double n = 0, mean = 0;
    double sum = 0, squares = 0;  ///< of the values less the mean; the sum is what rounding leaves

    explicit Whole(std::span<const double> values) {
        for (const double x : values) {
            if (std::isnan(x)) continue;
            ++n;
            mean += x;
        }
        mean = n > 0 ? mean / n : 0;
        for (const double x : values) {
            if (std::isnan(x)) continue;
            sum += x - mean;
            squares += (x - mean) * (x - mean);
        }
        if (squares <= n * 1e-28 * mean * mean) squares = 0;  // what rounding leaves of equal values
    }
};

double z_of(double apart, double variance, double scale) {
    return variance > 1e-14 * scale ? apart / std::sqrt(variance) : 0;
}

void gi(LocalStatistic& out, double around, const Whole& whole) {
    const double k = out.neighbours, others = whole.n - 1;
    const double mean = (whole.sum - out.own) / others;
    const double spread = (whole.squares - out.own * out.own) / others - mean * mean;
    out.value = around + k * whole.mean;
    out.expected = k * (mean + whole.mean);
    out.z = z_of(around - k * mean, spread * k * (others - k) / (whole.n - 2), whole.squares);
}

void gi_star(LocalStatistic& out, double around, const Whole& whole) {
    const double k = out.neighbours + 1;
    out.value = around + out.own + k * whole.mean;
    out.expected = k * whole.mean;
    const double mean = whole.sum / whole.n;
    const double spread = whole.squares / whole.n - mean * mean;
    out.z = z_of(around + out.own - k * mean, spread * k * (whole.n - k) / (whole.n - 1), whole.squares);
}

void moran(LocalStatistic& out, double around, const Whole& whole) {
    const double k = out.neighbours, n = whole.n, spread = whole.squares / n;
    if (spread <= 0) {
        out.value = out.expected = out.z = 0;
        return;
    }
    out.value = out.own / spread * around / k;
    out.expected = -out.own * out.own / (spread * (n - 1));
    const double own = out.own / spread;
    const double variance = own * own * n / (n - 2) * (1 / k - 1 / (n - 1)) * (spread - out.own * out.own / (n - 1));
    out.z = z_of(out.value - out.expected, variance, 1);
}

}  // namespace

std::vector<LocalStatistic> local_statistics(std::span<const double> values, const Neighbours& neighbours,
                                             Statistic statistic) {
    const Whole whole(values);
    std::vector<LocalStatistic> out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        auto& one = out[i];
        one.own = values[i] - whole.mean;
        double around = 0;
        for (const auto j : neighbours.of(i)) {
            const double x = values[static_cast<std::size_t>(j)];
            if (std::isnan(x)) continue;
            ++one.neighbours;
            around += x - whole.mean;
        }
        if (one.neighbours == 0 || whole.n < 3) continue;
        one.around = around / one.neighbours;
        one.lean = one.around - (whole.sum - one.own) / (whole.n - 1);
        if (statistic == Statistic::Gi) gi(one, around, whole);
        else if (statistic == Statistic::GiStar) gi_star(one, around, whole);
        else moran(one, around, whole);
    }
    return out;
}

}  // namespace icosa::methods::hot_spots
