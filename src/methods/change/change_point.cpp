/// Segment costs from running sums, and the search for the last change over blocks of candidates.
#include "methods/change/change_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/number.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

// A cost of the segment (s, t] from its sum and length: its deviance less the deviance about the mean of the whole
// series. The difference is a constant of the series, and what is left stays small, so that few digits are lost.

/// Of values that are centred and divided by sigma.
struct MeanCost {
    double operator()(double sum, double n) const { return -sum * sum / n; }
};

struct PoissonCost {
    double mean = 1;  ///< of the whole series
    double operator()(double sum, double n) const {
        const double usual = n * mean;
        return sum > 0 ? -2 * (sum * std::log(sum / usual) - (sum - usual)) : -2 * usual;
    }
};

struct NegativeBinomialCost {
    double mean = 1;
    double size = 1;
    double operator()(double sum, double n) const {
        const double x = sum / n;
        const double part =
            (x + size) * std::log1p((x - mean) / (mean + size));  // log1p: a large size keeps its digits
        return -2 * n * (sum > 0 ? x * std::log(x / mean) - part : -part);
    }
};

struct NoLength {
    double operator()(int) const { return 0; }
};

/// log l: what the modified criterion adds for a segment of l values.
struct LogLength {
    std::vector<double> logs;
    explicit LogLength(int n) : logs(static_cast<std::size_t>(n) + 1, 0) {
        for (int i = 1; i <= n; ++i) logs[static_cast<std::size_t>(i)] = std::log(i);
    }
    double operator()(int length) const { return logs[static_cast<std::size_t>(length)]; }
};

/// Finds the last change before each t. Candidates come in order; a level of blocks of 2^k of them keeps for each block
/// min_s [G(s) + C(s, e)], e its last candidate, G(s) = F(s) + penalty.
template <class Cost, class Length> class LastChange {
public:
    LastChange(const Cost& cost, const Length& length, const std::vector<double>& sums)
        : cost_(cost), length_(length), sums_(sums) {
        start_.reserve(sums.size());
    }

    /// Candidate s = number of those before it; infinite where no segmentation ends there.
    void add(double cost_before) {
        start_.push_back(cost_before);
        const std::size_t count = start_.size();
        for (int k = leaf_level; count % (std::size_t{1} << k) == 0; ++k) {
            const std::size_t e = count - 1;
            double least = start_[e];
            for (std::size_t s = count - (std::size_t{1} << k); s < e; ++s)
                least = std::min(least, start_[s] + cost(s, e));
            const auto level = static_cast<std::size_t>(k - leaf_level);
            if (level == levels_.size()) levels_.emplace_back();
            levels_[level].push_back(least);
        }
    }

    struct Best {
        double value = infinity;
        std::size_t s = 0;
    };

    /// The best candidate for a segment that ends at t.
    Best at(std::size_t t) {
        t_ = t;
        best_ = {};
        look(std::min(hint_, start_.size() - 1));  // the last answer is mostly near this one
        std::size_t end = start_.size();
        for (std::size_t s = end; s-- > (end & ~(leaf - 1));) look(s);
        end &= ~(leaf - 1);
        for (int k = leaf_level; end > 0; ++k) {
            const std::size_t width = std::size_t{1} << k;
            if ((end & width) == 0) continue;
            end -= width;
            visit(k, end >> k);
        }
        hint_ = best_.s;
        return best_;
    }

private:
    static constexpr int leaf_level = 3;
    static constexpr std::size_t leaf = std::size_t{1} << leaf_level;

    double cost(std::size_t s, std::size_t t) const { return cost_(sums_[t] - sums_[s], static_cast<double>(t - s)); }

    void look(std::size_t s) {
        const double value = start_[s] + cost(s, t_) + length_(static_cast<int>(t_ - s));
        if (value < best_.value || (value == best_.value && s < best_.s)) best_ = {value, s};
    }

    /// Passed over only where its bound is worse by more than rounding can be: so the answer is that of looking at all.
    void visit(int k, std::size_t block) {
        const std::size_t e = ((block + 1) << k) - 1;
        const double bound =
            levels_[static_cast<std::size_t>(k - leaf_level)][block] + cost(e, t_) + length_(static_cast<int>(t_ - e));
        if (bound > best_.value + 1e-10 * (1 + std::fabs(best_.value))) return;
        if (k == leaf_level) {
            for (std::size_t s = block << k; s <= e; ++s) look(s);
            return;
        }
        visit(k - 1, 2 * block + 1);
        visit(k - 1, 2 * block);
    }

    const Cost& cost_;
    const Length& length_;
    const std::vector<double>& sums_;
    std::vector<double> start_;
    std::vector<std::vector<double>> levels_;
    std::size_t t_ = 0;
    std::size_t hint_ = 0;
    Best best_;
};

/// Ends of the segments of least cost over n values, newest last.
template <class Cost, class Length>
std::vector<std::size_t> best_ends(const Cost& cost, const Length& length, const std::vector<double>& sums,
                                   std::size_t min_size, double penalty) {
    const std::size_t n = sums.size() - 1;
    std::vector<double> least(n + 1, infinity);
    std::vector<std::size_t> last(n + 1, 0);
    LastChange search(cost, length, sums);
    for (std::size_t t = min_size; t <= n; ++t) {
        const std::size_t s = t - min_size;
        search.add(s == 0 ? 0 : least[s] + penalty);
        const auto best = search.at(t);
        least[t] = best.value;
        last[t] = best.s;
    }
    std::vector<std::size_t> ends;
    for (std::size_t t = n; t > 0; t = last[t]) ends.push_back(t);
    std::reverse(ends.begin(), ends.end());
    return ends;
}

template <class Cost>
void segment(const Cost& cost, const std::vector<double>& observed, const std::vector<double>& sums,
             const std::vector<int>& periods, const PeltOptions& options, Segmentation& out) {
    const std::size_t n = observed.size();
    const auto min_size = static_cast<std::size_t>(std::max(options.min_size, 1));
    const double log_n = std::log(static_cast<double>(n));
    const bool by_length = options.penalty == PenaltyRule::Mbic;
    switch (options.penalty) {
        case PenaltyRule::Bic: out.penalty = 2 * log_n; break;
        case PenaltyRule::Mbic: out.penalty = 2 * log_n; break;  // 3 log n, less the log n of one more length over n
        case PenaltyRule::Aic: out.penalty = 4; break;
        case PenaltyRule::HannanQuinn: out.penalty = 4 * std::log(std::max(log_n, 1.0)); break;
        case PenaltyRule::Manual: out.penalty = options.penalty_value; break;
    }
    std::vector<std::size_t> ends{n};
    if (n >= 2 * min_size) {
        ends = by_length ? best_ends(cost, LogLength(static_cast<int>(n)), sums, min_size, out.penalty)
                         : best_ends(cost, NoLength{}, sums, min_size, out.penalty);
    }
    const auto of = [&](std::size_t s, std::size_t t) { return cost(sums[t] - sums[s], static_cast<double>(t - s)); };
    const auto extra = [&](std::size_t length) { return by_length ? std::log(static_cast<double>(length)) : 0.0; };
    const auto weight = [&](std::size_t a, std::size_t t, std::size_t b) {
        const double gain = of(a, b) - of(a, t) - of(t, b) - out.penalty + extra(b - a) - extra(t - a) - extra(b - t);
        return 1 / (1 + std::exp(-gain / 2));
    };
    std::size_t begin = 0, before = 0;
    for (std::size_t i = 0; i < ends.size(); ++i) {
        const std::size_t end = ends[i];
        double sum = 0;
        for (std::size_t t = begin; t < end; ++t) sum += observed[t];
        out.starts.push_back(i == 0 ? 0 : periods[begin]);
        out.means.push_back(sum / static_cast<double>(end - begin));
        out.objective += of(begin, end) + extra(end - begin) + (i == 0 ? 0 : out.penalty);
        for (std::size_t t = begin; t < end; ++t) {
            double& here = out.weights[static_cast<std::size_t>(periods[t])];
            if (t == begin) here = i == 0 ? 0 : weight(before, t, end);
            else here = t - begin >= min_size && end - t >= min_size ? weight(begin, t, end) : 0;
        }
        before = begin;
        begin = end;
    }
    if (by_length) out.objective -= log_n;
}

/// Standard deviation about levels that rarely change, from the differences of neighbours.
double difference_sigma(const std::vector<double>& observed) {
    std::vector<double> differences;
    double squares = 0;
    for (std::size_t i = 1; i < observed.size(); ++i) {
        const double d = observed[i] - observed[i - 1];
        differences.push_back(std::fabs(d));
        squares += d * d;
    }
    if (differences.empty()) return 1;
    const double robust = 1.4826 * median(differences) / std::sqrt(2.0);
    if (robust > 0) return robust;
    const double plain = std::sqrt(squares / (2 * static_cast<double>(differences.size())));
    return plain > 0 ? plain : 1;
}

/// The size of a negative binomial whose mean rarely changes, from the moments of neighbours.
double difference_size(const std::vector<double>& observed) {
    double products = 0, excess = 0;
    for (std::size_t i = 1; i < observed.size(); ++i) {
        const double d = observed[i] - observed[i - 1];
        products += observed[i] * observed[i - 1];
        excess += (d * d - (observed[i] + observed[i - 1])) / 2;
    }
    if (excess <= 0) return infinity;
    return products > 0 ? products / excess : infinity;
}

}  // namespace

Segmentation pelt(std::span<const double> values, const PeltOptions& options) {
    Segmentation out;
    out.weights.assign(values.size(), nan_value);
    std::vector<double> observed;
    std::vector<int> periods;
    double total = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (std::isnan(values[i])) continue;
        observed.push_back(values[i]);
        periods.push_back(static_cast<int>(i));
        total += values[i];
    }
    if (observed.empty()) {
        out.starts = {0};
        out.means = {nan_value};
        return out;
    }
    const double mean = total / static_cast<double>(observed.size());
    const bool measured = options.cost == SegmentCost::Mean;
    if (measured) out.spread = options.sigma > 0 ? options.sigma : difference_sigma(observed);
    std::vector<double> sums(observed.size() + 1, 0);
    for (std::size_t i = 0; i < observed.size(); ++i)
        sums[i + 1] = sums[i] + (measured ? (observed[i] - mean) / out.spread : observed[i]);
    const auto shape = [](double y, double from) { return y > 0 ? y * std::log(y / from) : 0; };
    switch (options.cost) {
        case SegmentCost::Mean: {
            for (const double y : observed) out.objective += (y - mean) / out.spread * ((y - mean) / out.spread);
            segment(MeanCost{}, observed, sums, periods, options, out);
            break;
        }
        case SegmentCost::Poisson:
        case SegmentCost::NegativeBinomial: {
            const double usual = mean > 0 ? mean : 1;
            out.spread = options.cost == SegmentCost::Poisson ? infinity
                : options.size > 0                            ? options.size
                                                              : difference_size(observed);
            if (std::isinf(out.spread)) {
                for (const double y : observed) out.objective += 2 * (shape(y, usual) - (y - usual));
                segment(PoissonCost{usual}, observed, sums, periods, options, out);
            } else {
                const double size = out.spread;
                for (const double y : observed)
                    out.objective += 2 * (shape(y, usual) - (y + size) * std::log1p((y - usual) / (usual + size)));
                segment(NegativeBinomialCost{usual, size}, observed, sums, periods, options, out);
            }
            break;
        }
    }
    return out;
}

}  // namespace icosa::methods
