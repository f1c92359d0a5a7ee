/// Forward, backward, and the two halves of a step.
#include "methods/forecasts/count_dynamics.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "methods/statistics/probability.hpp"

namespace icosa::methods {
namespace {

constexpr double smallest_mean = 1e-4, smallest_size = 0.02, largest_size = 1e6, lowest_rung = 0.3;
constexpr double high_rung = 25, smallest_size_of_high = 0.3;
constexpr int fewest_iterations = 6, fewest_from_a_fit = 2;
constexpr double negligible_share = 1e-16;  // share of a state that no longer matters where it goes
constexpr double start_share = 1e-3;  // of the pseudo-count, to each state that a series may begin in

double log_negative_binomial(double count, double mean, double size) {
    const double zero = -size * std::log1p(mean / size);
    if (count == 0) return zero;
    return log_gamma(count + size) - log_gamma(size) - log_gamma(count + 1) + zero
        + count * std::log(mean / (mean + size));
}

/// The laws of all states at each distinct count, divided by the largest of them: [distinct][K], and that largest one's
/// logarithm.
class Emissions {
public:
    explicit Emissions(std::vector<double> values) : values_(std::move(values)) {
        std::erase_if(values_, [](double y) { return std::isnan(y); });
        std::sort(values_.begin(), values_.end());
        values_.erase(std::unique(values_.begin(), values_.end()), values_.end());
    }
    Emissions(const SwitchingCounts& model, std::vector<double> values) : Emissions(std::move(values)) { set(model); }

    void set(const SwitchingCounts& model) {
        const std::size_t many = model.many();
        law_.assign((values_.size() + 1) * many, 1.0);  // the last row: not observed
        scale_.assign(values_.size() + 1, 0.0);
        for (std::size_t v = 0; v < values_.size(); ++v) {
            double* row = &law_[v * many];
            for (std::size_t k = 0; k < many; ++k) row[k] = log_probability(values_[v], model.states[k]);
            scale_[v] = *std::max_element(row, row + many);
            for (std::size_t k = 0; k < many; ++k) row[k] = std::exp(row[k] - scale_[v]);
        }
    }

    [[nodiscard]] std::size_t place(double count) const {
        return std::isnan(count)
            ? values_.size()
            : static_cast<std::size_t>(std::lower_bound(values_.begin(), values_.end(), count) - values_.begin());
    }
    [[nodiscard]] const double* row(std::size_t place, std::size_t many) const { return &law_[place * many]; }
    [[nodiscard]] double log_scale(std::size_t place) const { return scale_[place]; }
    [[nodiscard]] std::span<const double> values() const { return values_; }

private:
    std::vector<double> values_, law_, scale_;
};

/// Scaled forward pass: share[n][K] filtered, scale[n].
double forward(const SwitchingCounts& model, const Emissions& emissions, std::span<const std::size_t> places,
               std::vector<double>& share, std::vector<double>& scale) {
    const std::size_t many = model.many(), n = places.size();
    share.resize(n * many);
    scale.resize(n);
    double log_likelihood = 0;
    for (std::size_t t = 0; t < n; ++t) {
        double* now = &share[t * many];
        if (t == 0) {
            std::copy(model.initial.begin(), model.initial.end(), now);
        } else {
            const double* before = now - many;
            std::fill(now, now + many, 0.0);
            for (std::size_t j = 0; j < many; ++j) {
                if (before[j] < negligible_share) continue;
                const double* row = &model.transition[j * many];
                for (std::size_t k = 0; k < many; ++k) now[k] += before[j] * row[k];
            }
        }
        const double* law = emissions.row(places[t], many);
        double sum = 0;
        for (std::size_t k = 0; k < many; ++k) sum += now[k] *= law[k];
        if (!(sum > 0)) {  // no state that can be reached has such a count: the laws alone say where it is
            std::copy(law, law + many, now);
            sum = std::accumulate(law, law + many, 0.0);
        }
        for (std::size_t k = 0; k < many; ++k) now[k] /= sum;
        scale[t] = sum;
        log_likelihood += std::log(sum) + emissions.log_scale(places[t]);
    }
    return log_likelihood;
}

/// Turns filtered shares into smoothed ones; adds expected transitions, so many times, where asked for ([K][K], not yet
/// times A).
void backward(const SwitchingCounts& model, const Emissions& emissions, std::span<const std::size_t> places,
              std::vector<double>& share, std::span<const double> scale, double* transitions = nullptr,
              double times = 1) {
    const std::size_t many = model.many();
    if (places.empty()) return;
    std::vector<double> later(many, 1.0), seen(many), here(many),
        into(many * many);  // into: the transitions by column, for sums in the order of rows
    for (std::size_t j = 0; j < many; ++j) {
        for (std::size_t k = 0; k < many; ++k) into[k * many + j] = model.transition[j * many + k];
    }
    for (std::size_t t = places.size() - 1; t > 0; --t) {
        const double* law = emissions.row(places[t], many);
        for (std::size_t k = 0; k < many; ++k) seen[k] = law[k] * later[k] / scale[t];
        double* before = &share[(t - 1) * many];
        std::fill(here.begin(), here.end(), 0.0);
        for (std::size_t k = 0; k < many; ++k) {
            const double* column = &into[k * many];
            for (std::size_t j = 0; j < many; ++j) here[j] += column[j] * seen[k];
        }
        for (std::size_t j = 0; j < many && transitions != nullptr; ++j) {
            if (before[j] < negligible_share) continue;
            const double from = times * before[j];
            for (std::size_t k = 0; k < many; ++k) transitions[j * many + k] += from * seen[k];
        }
        double linked = 0;
        for (std::size_t j = 0; j < many; ++j) linked += before[j] * here[j];
        if (!(linked > 0)) {  // nothing led from here to what came: what came says nothing about here
            later.assign(many, 1.0);
            continue;
        }
        for (std::size_t j = 0; j < many; ++j) before[j] *= here[j];
        later = here;
    }
}

/// Size at which the weighted likelihood of a negative binomial with this mean is largest; `observed` is the weighted
/// mean of the values.
double best_size(std::span<const double> values, const double* weight, std::size_t stride, double total,
                 double observed, double mean) {
    const auto slope = [&](double size) {
        double sum = total * (std::log(size) - std::log(size + mean) + 1 - (observed + size) / (mean + size));
        const double at_zero = digamma(size);
        for (std::size_t v = 0; v < values.size(); ++v) {
            if (values[v] > 0 && weight[v * stride] > 0)
                sum += weight[v * stride] * (digamma(values[v] + size) - at_zero);
        }
        return sum;
    };
    double low = std::log(smallest_size), high = std::log(largest_size);
    if (slope(std::exp(high)) > 0) return largest_size;
    if (slope(std::exp(low)) < 0) return smallest_size;
    for (int i = 0; i < 40; ++i) {
        const double middle = 0.5 * (low + high);
        (slope(std::exp(middle)) > 0 ? low : high) = middle;
    }
    return std::exp(0.5 * (low + high));
}

struct Observed {
    std::map<std::vector<std::size_t>, double>
        places;  ///< of each series, and how many are the same: often the silent ones
    std::size_t months = 0;
};

/// Transitions that a row is given besides its own.
std::vector<double> prior_moves(std::span<const double> transitions, std::size_t many, std::size_t row,
                                const SwitchingOptions& options) {
    std::vector<double> out(many, 0.0);
    if (options.borrowed > 0 && row > 0) {
        double total = 0;
        for (std::size_t i = 1; i < many; ++i) {
            const double nearness =
                std::exp(-std::fabs(static_cast<double>(i) - static_cast<double>(row)) / options.borrow_reach);
            for (std::size_t k = 0; k < many; ++k) {
                const auto moved =
                    static_cast<std::ptrdiff_t>(row) + static_cast<std::ptrdiff_t>(k) - static_cast<std::ptrdiff_t>(i);
                const auto to =
                    k == 0 ? 0 : std::clamp<std::ptrdiff_t>(moved, 1, static_cast<std::ptrdiff_t>(many) - 1);
                out[static_cast<std::size_t>(to)] += nearness * transitions[i * many + k];
                total += nearness * transitions[i * many + k];
            }
        }
        for (double& one : out) one = total > 0 ? one * options.borrowed / total : 0;
        return out;
    }
    out[row] += options.pseudo_count * 0.5;
    if (row > 0) out[row - 1] += options.pseudo_count * 0.25;
    if (row + 1 < many) out[row + 1] += options.pseudo_count * 0.25;
    return out;
}

/// Expectation at `model`, whose likelihood is written into it; maximisation into the result.
SwitchingCounts step(SwitchingCounts& model, const Emissions& emissions, const Observed& observed,
                     const SwitchingOptions& options) {
    const std::size_t many = model.many();
    const auto values = emissions.values();
    std::vector<double> transitions(many * many, 0.0), initial(many, 0.0), weight((values.size() + 1) * many, 0.0);
    std::vector<double> share, scale;
    model.log_likelihood = 0;
    for (const auto& [places, times] : observed.places) {
        if (places.empty()) continue;
        model.log_likelihood += times * forward(model, emissions, places, share, scale);
        backward(model, emissions, places, share, scale, transitions.data(), times);
        for (std::size_t k = 0; k < many; ++k) initial[k] += times * share[k];
        for (std::size_t t = 0; t < places.size(); ++t) {
            double* to = &weight[places[t] * many];
            for (std::size_t k = 0; k < many; ++k) to[k] += times * share[t * many + k];
        }
    }
    SwitchingCounts out = model;
    ++out.iterations;
    const double starts = std::accumulate(initial.begin(), initial.end(), 0.0);
    for (std::size_t k = 0; k < many; ++k)
        out.initial[k] = starts > 0 ? (initial[k] + start_share * options.pseudo_count)
                / (starts + start_share * options.pseudo_count * static_cast<double>(many))
                                    : model.initial[k];
    for (std::size_t i = 0; i < transitions.size(); ++i) transitions[i] *= model.transition[i];
    for (std::size_t j = 0; j < many; ++j) {
        double* row = &out.transition[j * many];
        const auto prior = prior_moves(transitions, many, j, options);
        double sum = 0;
        for (std::size_t k = 0; k < many; ++k) sum += row[k] = transitions[j * many + k] + prior[k];
        for (std::size_t k = 0; k < many; ++k) row[k] = sum > 0 ? row[k] / sum : model.transition[j * many + k];
    }
    for (std::size_t k = 0; k < many; ++k) {
        CountState& state = out.states[k];
        double zeros = 0, total = 0, sum = 0;
        for (std::size_t v = 0; v < values.size(); ++v) {
            total += weight[v * many + k];
            sum += weight[v * many + k] * values[v];
        }
        if (!(total > 1e-9)) continue;
        if (options.zeros == ZeroLaw::Inflated && !values.empty() && values[0] == 0) {
            const double of_law = (1 - state.extra_zeros) * std::exp(log_negative_binomial(0, state.mean, state.size));
            zeros = weight[k] * state.extra_zeros / (state.extra_zeros + of_law);
            state.extra_zeros = zeros / total;
            weight[k] -= zeros;
            total -= zeros;
        }
        const double observed_mean = std::max(smallest_mean, sum / total);
        if (options.means == StateMeans::Fitted || k == 0) state.mean = observed_mean;
        state.size = best_size(values, &weight[k], many, total, observed_mean, state.mean);
        if (options.means == StateMeans::Ladder && state.mean > high_rung)
            state.size = std::max(state.size, smallest_size_of_high);
    }
    return out;
}

SwitchingCounts start_of(const Emissions& emissions, const SwitchingOptions& options) {
    const auto many = static_cast<std::size_t>(std::clamp(options.states, 2, 32));
    const double largest = emissions.values().empty() ? 1 : std::max(1.0, emissions.values().back());
    SwitchingCounts out;
    const double low = std::log(lowest_rung), high = std::log(0.7 * largest + 0.5);
    out.states.push_back({0.003, 2, options.zeros == ZeroLaw::Inflated ? 0.1 : 0});
    for (std::size_t k = 1; k < many; ++k) {
        const double at = many > 2 ? static_cast<double>(k - 1) / static_cast<double>(many - 2) : 1;
        out.states.push_back({std::exp(low + at * (high - low)), 2, options.zeros == ZeroLaw::Inflated ? 0.1 : 0});
    }
    out.initial.assign(many, 1 / static_cast<double>(many));
    out.transition.assign(many * many, 0.0);
    for (std::size_t j = 0; j < many; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < many; ++k)
            sum += out.transition[j * many + k] =
                j == k ? 1 : 0.1 * std::exp(-std::fabs(static_cast<double>(j) - static_cast<double>(k)));
        for (std::size_t k = 0; k < many; ++k) out.transition[j * many + k] /= sum;
    }
    return out;
}

SwitchingCounts ordered(const SwitchingCounts& model) {
    const std::size_t many = model.many();
    std::vector<std::size_t> order(many);
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return model.states[a].mean * (1 - model.states[a].extra_zeros)
            < model.states[b].mean * (1 - model.states[b].extra_zeros);
    });
    SwitchingCounts out = model;
    for (std::size_t j = 0; j < many; ++j) {
        out.states[j] = model.states[order[j]];
        out.initial[j] = model.initial[order[j]];
        for (std::size_t k = 0; k < many; ++k)
            out.transition[j * many + k] = model.transition[order[j] * many + order[k]];
    }
    return out;
}

std::vector<double> all_values(std::span<const std::span<const double>> series) {
    std::vector<double> out;
    for (const auto& one : series) out.insert(out.end(), one.begin(), one.end());
    return out;
}

std::vector<std::size_t> places_of(std::span<const double> series, const Emissions& emissions) {
    std::vector<std::size_t> out;
    out.reserve(series.size());
    for (const double y : series) out.push_back(emissions.place(y));
    return out;
}

Observed observed_of(std::span<const std::span<const double>> series, const Emissions& emissions) {
    Observed out;
    for (const auto& one : series) {
        out.places[places_of(one, emissions)] += 1;
        out.months += one.size();
    }
    return out;
}

}  // namespace

double log_probability(double count, const CountState& state) {
    const double log_law = log_negative_binomial(count, state.mean, state.size);
    if (!(state.extra_zeros > 0)) return log_law;
    return count == 0 ? std::log(state.extra_zeros + (1 - state.extra_zeros) * std::exp(log_law))
                      : std::log1p(-state.extra_zeros) + log_law;
}

SwitchingCounts fit_switching_counts(std::span<const std::span<const double>> series, const SwitchingOptions& options,
                                     const SwitchingCounts* from) {
    Emissions emissions(all_values(series));
    SwitchingCounts model = start_of(emissions, options);
    if (from && from->many() == model.many()) {
        model.initial = from->initial;
        model.transition = from->transition;
        for (std::size_t k = 0; k < model.many(); ++k) {
            const double rung = model.states[k].mean;
            model.states[k] = from->states[k];
            if (options.means == StateMeans::Ladder && k > 0) model.states[k].mean = rung;
        }
    }
    const Observed observed = observed_of(series, emissions);
    const int fewest = from ? fewest_from_a_fit : fewest_iterations;
    double before = 0;
    for (int iteration = 0; iteration < options.iterations; ++iteration) {
        emissions.set(model);
        auto next = step(model, emissions, observed, options);
        if (iteration >= fewest
            && model.log_likelihood - before < options.tolerance * static_cast<double>(observed.months))
            break;
        before = model.log_likelihood;
        next.log_likelihood = before;
        model = std::move(next);
    }
    return ordered(model);
}

SwitchingCounts improved(const SwitchingCounts& model, std::span<const std::span<const double>> series,
                         const SwitchingOptions& options) {
    const Emissions emissions(model, all_values(series));
    SwitchingCounts from = model;
    return step(from, emissions, observed_of(series, emissions), options);
}

StatePath filtered_states(const SwitchingCounts& model, std::span<const double> counts) {
    const std::span<const double> series[] = {counts};
    const Emissions emissions(model, all_values(series));
    StatePath out;
    std::vector<double> scale;
    out.log_likelihood = forward(model, emissions, places_of(counts, emissions), out.share, scale);
    return out;
}

StatePath smoothed_states(const SwitchingCounts& model, std::span<const double> counts) {
    const std::span<const double> series[] = {counts};
    const Emissions emissions(model, all_values(series));
    const auto places = places_of(counts, emissions);
    StatePath out;
    std::vector<double> scale;
    out.log_likelihood = forward(model, emissions, places, out.share, scale);
    backward(model, emissions, places, out.share, scale);
    return out;
}

std::vector<double> states_ahead(const SwitchingCounts& model, std::span<const double> now, int steps) {
    const std::size_t many = model.many();
    std::vector<double> out(now.begin(), now.end()), next(many);
    for (int s = 0; s < steps; ++s) {
        std::fill(next.begin(), next.end(), 0.0);
        for (std::size_t j = 0; j < many; ++j) {
            for (std::size_t k = 0; k < many; ++k) next[k] += out[j] * model.transition[j * many + k];
        }
        out.swap(next);
    }
    return out;
}

}  // namespace icosa::methods
