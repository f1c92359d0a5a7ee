/// The posterior of the present run's start, with the two conjugate laws.
#include "methods/change/online_change_point.hpp"

#include <math.h>  // lgamma_r: std::lgamma writes a global
#include <algorithm>
#include <cmath>
#include <numbers>

#include "base/number.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

struct NormalRun {
    double mean = 0, weight = 0, shape = 0, rate = 0;

    explicit NormalRun(const RunPrior& prior)
        : mean(prior.mean), weight(prior.weight), shape(prior.shape), rate(prior.rate) {}
    /// gammas: log gamma(shape + 1/2) - log gamma(shape), which is the same for all runs of one length.
    [[nodiscard]] double log_density(double y, double gammas) const {
        const double spread = 2 * rate * (weight + 1) / weight;
        const double d = y - mean;
        return gammas - 0.5 * std::log(std::numbers::pi * spread) - (shape + 0.5) * std::log1p(d * d / spread);
    }
    static double constant(double shape) { return log_gamma(shape + 0.5) - log_gamma(shape); }
    static double constant_for(const RunPrior& prior, int length, double) {
        return constant(prior.shape + 0.5 * length);
    }
    void add(double y) {
        const double d = y - mean;
        rate += weight * d * d / (2 * (weight + 1));
        weight += 1;
        mean += d / weight;
        shape += 0.5;
    }
    [[nodiscard]] double expected() const { return mean; }
    [[nodiscard]] double quantile(double p) const {
        return mean + std::sqrt(rate * (weight + 1) / (shape * weight)) * student_t_quantile(p, 2 * shape);
    }
};

struct PoissonRun {
    double shape = 0, rate = 0;

    explicit PoissonRun(const RunPrior& prior) : shape(prior.shape), rate(prior.rate) {}
    [[nodiscard]] double log_density(double y, double factorial) const {
        return log_gamma(shape + y) - log_gamma(shape) - factorial - shape * std::log1p(1 / rate)
            - y * std::log1p(rate);
    }
    static double constant_for(const RunPrior&, int, double y) { return log_gamma(y + 1); }
    void add(double y) {
        shape += y;
        rate += 1;
    }
    [[nodiscard]] double expected() const { return shape / rate; }
    [[nodiscard]] double quantile(double p) const { return negative_binomial_quantile(p, shape / rate, shape); }
};

RunPrior prior_of(std::span<const double> training, RunModel model) {
    double sum = 0;
    for (const double y : training) sum += y;
    const auto n = static_cast<double>(training.size());
    if (model == RunModel::Poisson) return {0, 0, 0.5, 0.5 * n / (sum + 0.5)};
    const double centre = median(training);
    double scale = 1.4826 * median_absolute_deviation(training);
    if (scale == 0) {
        double squares = 0;
        for (const double y : training) squares += (y - sum / n) * (y - sum / n);
        scale = std::sqrt(squares / (n - 1));
    }
    scale = std::max(scale, 1e-3 * std::fabs(centre));
    if (scale == 0) scale = 1;
    return {centre, 0.05, 1, scale * scale};
}

template <class Law> struct Run {
    int start = 0;
    int length = 0;  ///< observed values
    double probability = 1;
    Law law;
};

template <class Law> class Posterior {
public:
    Posterior(const RunPrior& prior, const OnlineChangeOptions& options) : prior_(prior), options_(options) {}

    [[nodiscard]] double expected() const {
        double out = options_.hazard * Law(prior_).expected();
        for (const auto& run : runs_) out += (1 - options_.hazard) * run.probability * run.law.expected();
        return runs_.empty() ? Law(prior_).expected() : out;
    }
    [[nodiscard]] const Law& most_likely() const { return most_likely_from(std::numeric_limits<int>::min())->law; }
    /// Among the runs that began at `from` or later; the earlier of equal ones.
    [[nodiscard]] const Run<Law>* most_likely_from(int from) const {
        const Run<Law>* best = nullptr;
        for (const auto& run : runs_) {
            if (run.start >= from && (!best || run.probability > best->probability)) best = &run;
        }
        return best;
    }
    [[nodiscard]] double since(int from) const {
        double sum = 0;
        for (const auto& run : runs_) sum += run.start >= from ? run.probability : 0;
        return std::min(sum, 1.0);
    }
    [[nodiscard]] int size() const { return static_cast<int>(runs_.size()); }

    void observe(int t, double y) {
        const double stays = runs_.empty() ? 0 : 1 - options_.hazard;
        logs_.clear();
        double most = -std::numeric_limits<double>::infinity();
        runs_.push_back({t, 0, 1 - stays, Law(prior_)});
        int length = -1;
        double constant = 0;
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            auto& run = runs_[i];
            if (i + 1 < runs_.size()) run.probability *= stays;
            if (run.length != length) constant = constant_of(length = run.length, y);
            logs_.push_back(run.law.log_density(y, constant) + std::log(run.probability));
            most = std::max(most, logs_.back());
        }
        double sum = 0;
        for (double& log : logs_) sum += log = std::exp(log - most);
        const double least = options_.prune * options_.hazard;
        double kept = 0;
        std::size_t to = 0;
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            const double probability = logs_[i] / sum;
            if (!(probability > 0) || (probability < least && runs_[i].start <= t - options_.within)) continue;
            if (to != i) runs_[to] = runs_[i];
            auto& run = runs_[to++];
            run.probability = probability;
            run.law.add(y);
            ++run.length;
            kept += probability;
        }
        runs_.erase(runs_.begin() + static_cast<std::ptrdiff_t>(to), runs_.end());
        for (auto& run : runs_) run.probability /= kept;
    }

private:
    double constant_of(int length, double y) {
        if constexpr (std::is_same_v<Law, NormalRun>) {
            while (static_cast<int>(constants_.size()) <= length)
                constants_.push_back(Law::constant_for(prior_, static_cast<int>(constants_.size()), y));
            return constants_[static_cast<std::size_t>(length)];
        } else {
            return Law::constant_for(prior_, length, y);
        }
    }

    RunPrior prior_;
    const OnlineChangeOptions& options_;
    std::vector<Run<Law>> runs_;
    std::vector<double> logs_;
    std::vector<double> constants_;
};

template <class Law>
std::vector<OnlineChange> follow(std::span<const double> values, const RunPrior& prior,
                                 const OnlineChangeOptions& options) {
    std::vector<OnlineChange> out(values.size(), {nan_value, nan_value, nan_value, -1, 0, false});
    Posterior<Law> posterior(prior, options);
    std::vector<double> expected(values.size(), nan_value);
    std::vector<double> sums(values.size() + 1, 0);
    std::vector<int> counts(values.size() + 1, 0);
    int beginning = -1;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double y = values[i];
        const auto t = static_cast<int>(i);
        sums[i + 1] = sums[i];
        counts[i + 1] = counts[i];
        if (std::isnan(y)) continue;
        if (beginning < 0) beginning = t;
        const bool judged = t >= options.first && counts[i] >= options.training;
        sums[i + 1] += y;
        ++counts[i + 1];
        expected[i] = posterior.expected();
        OnlineChange& here = out[i];
        if (judged) {
            here.expected = expected[i];
            const bool lower = options.side ? *options.side == Side::Lower : y < expected[i];
            const double alpha = options.side ? options.alpha : options.alpha / 2;
            here.threshold = posterior.most_likely().quantile(lower ? alpha : 1 - alpha);
        }
        posterior.observe(t, y);
        if (!judged) continue;
        const int from = std::max(t - options.within + 1, beginning + 1);
        here.probability = posterior.since(from);
        here.runs = posterior.size();
        const bool likely = here.probability >= options.probability;
        const auto* run = likely ? posterior.most_likely_from(from) : posterior.most_likely_from(beginning);
        if (run->start > beginning) here.since = run->start;
        here.alarm = likely;
        if (likely && options.side) {
            const auto s = static_cast<std::size_t>(run->start);
            const double level = (sums[i + 1] - sums[s]) / (counts[i + 1] - counts[s]);
            here.alarm = *options.side == Side::Upper ? level > expected[s] : level < expected[s];
        }
    }
    return out;
}

}  // namespace

std::vector<OnlineChange> online_change_point(std::span<const double> values, const OnlineChangeOptions& options) {
    std::vector<double> training;
    for (const double y : values) {
        if (!std::isnan(y)) training.push_back(y);
        if (static_cast<int>(training.size()) == options.training) break;
    }
    if (static_cast<int>(training.size()) < options.training)
        return std::vector<OnlineChange>(values.size(), {nan_value, nan_value, nan_value, -1, 0, false});
    const RunPrior prior = options.prior ? *options.prior : prior_of(training, options.model);
    return options.model == RunModel::Poisson ? follow<PoissonRun>(values, prior, options)
                                              : follow<NormalRun>(values, prior, options);
}

}  // namespace icosa::methods
