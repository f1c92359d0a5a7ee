/// Builds the parts at an origin, scores their mixtures at past origins, solves for weights.
#include "forecast/stack.hpp"

#include <algorithm>
#include <atomic>
#include <limits>
#include <numbers>
#include <thread>
#include <tuple>

#include "forecast/horizon.hpp"
#include "methods/forecasts/pool.hpp"

namespace icosa::forecast {
namespace {

using methods::CountEnsemble;
using methods::Situation;

enum class Part { LastValues, Own, SameSeason, Analogues, QuietRate, Hurdle, Switching };

/// prior: weights before anything is learned, by activity in the bursty recipe, the same for all in the steady one; 0
/// keeps a part out.
struct Component {
    std::string_view driver;  ///< what a reader is told when it moves the forecast
    Part part;
    double memory, spread;
    int window;
    std::size_t neighbours;
    std::array<double, activities> bursty;
    double steady;
};

constexpr double whole = 1e9;  ///< a memory without decay
constexpr std::array<Component, components> table = {{
    {"own last 12 months", Part::LastValues, 0, 0, 12, 0, {1, 1, 0, 0, 1}, 1},
    {"own newest months", Part::Own, 3, 0.3, 24, 0, {0, 1, 1, 1, 0}, 0},
    {"own newest months", Part::Own, 3, 0.6, 24, 0, {0, 1, 0, 0, 0}, 0},
    {"own newest months", Part::Own, 5, 0.3, 24, 0, {1, 1, 1, 1, 0}, 0},
    {"own last 12 months", Part::Own, 8, 0.3, 24, 0, {0, 1, 1, 1, 0}, 0},
    {"own newest months", Part::Own, 5, 0.6, 24, 0, {0, 1, 0, 0, 0}, 0},
    {"own last eight years", Part::Own, 30, 0.6, 96, 0, {1, 1, 0, 0, 1}, 0},
    {"what followed similar situations", Part::Analogues, 0, 0, 0, 80, {0, 2, 0.2, 0.2, 0}, 0},
    {"what followed similar situations", Part::Analogues, 0, 0, 0, 300, {0, 2, 0.8, 0.8, 1}, 0.5},
    {"rate among the long quiet", Part::QuietRate, 0, 0, 0, 0, {10, 1, 0, 0, 0}, 0},
    {"regression on its past and what is around it", Part::Hurdle, 0, 0, 0, 0, {0, 2, 2, 2, 0}, 0},
    {"the hidden level it stands at", Part::Switching, 0, 0, 0, 0, {0, 4, 4, 4, 0}, 0},
    {"own last 12 months", Part::Own, 12, 0, 36, 0, {}, 1},
    {"own last three years", Part::Own, whole, 0, 36, 0, {}, 1},
    {"same season of past years", Part::SameSeason, 0, 0, 0, 0, {}, 2},
}};

constexpr int quiet_months = 60;
constexpr double times_the_largest = 3;  ///< how far what followed, and own values of the season, may be raised: after
                                         ///< months of nothing the level of a great count would raise it without bound
constexpr double other_season_weight = 0.05;  ///< of Decembers among others, and the reverse, where values are spread
constexpr double pull_to_prior = 0.3;
constexpr double recipe_prior[recipes] = {0.99, 0.01};
constexpr double pull_between_recipes = 0.01;  ///< little: a panel soon shows which it is
constexpr int lesson_month = 7;  ///< lessons keep to the calendar (August, or every so many months from it): weights do
                                 ///< not turn with the month of the origin
constexpr std::size_t stand_in = 3;  ///< own past, memory 5
constexpr double smallest_share = 1e-4;  ///< of the mixture; a part below it is left out
constexpr double logarithmic_share = 0.5;  ///< of the score on the logarithmic scale in what the weights minimise

constexpr int december = 11;
int month_of_year(int month) { return (month % 12 + 12) % 12; }  // those before 1970 count below 0

bool is_quiet(const Situation& one) { return one.since_last >= quiet_months; }

}  // namespace

std::string_view component_driver(std::size_t component) { return table[component].driver; }

bool Lessons::has(int origin) const {
    const std::lock_guard lock(mutex_);
    return known_.contains(origin);
}

void Lessons::keep(int origin, Errors errors) {
    const std::lock_guard lock(mutex_);
    known_.emplace(origin, std::move(errors));
}

std::vector<const Lessons::Errors*> Lessons::at(std::span<const int> origins) const {
    const std::lock_guard lock(mutex_);
    std::vector<const Errors*> out;
    for (const int origin : origins) out.push_back(&known_.at(origin));
    return out;
}

Stack::Stack(const CountPanel& panel, int first_step, int last_step, int threads, int lesson_every,
             std::shared_ptr<FittedModels> fitted, std::shared_ptr<Lessons> lessons)
    : panel_(panel),
      first_step_(first_step),
      last_step_(last_step),
      threads_(threads),
      lesson_every_(lesson_every),
      first_month_(panel.first()),
      fitted_(fitted ? std::move(fitted) : std::make_shared<FittedModels>(panel, first_step, last_step)),
      lessons_(lessons ? std::move(lessons) : std::make_shared<Lessons>()) {
    for (const auto& series : panel.series) {
        const auto& all = situations_.emplace_back(methods::situations(series.counts));
        auto& active = active_.emplace_back();
        for (std::size_t i = static_cast<std::size_t>(shortest_past); i < all.size(); ++i)
            if (!is_quiet(all[i])) active.push_back(series.first + static_cast<int>(i));
    }
    largest_until_.resize(static_cast<std::size_t>(std::max(0, panel.end() - first_month_)));
    for (const auto& series : panel.series) {
        for (int month = series.first; month < series.end(); ++month) {
            auto& largest = largest_until_[static_cast<std::size_t>(month - first_month_)];
            largest = std::max(largest, series.at(month));
        }
    }
    for (std::size_t i = 1; i < largest_until_.size(); ++i)
        largest_until_[i] = std::max(largest_until_[i], largest_until_[i - 1]);
}

const Situation& Stack::situation(std::size_t unit, int month) const {
    return situations_[unit][static_cast<std::size_t>(month - panel_.series[unit].first)];
}

std::span<const double> Stack::history(std::size_t unit, int origin) const { return panel_.series[unit].up_to(origin); }

Activity Stack::activity(std::size_t unit, int origin) const {
    const Situation& one = situation(unit, origin);
    if (is_quiet(one)) return Activity::Quiet;
    if (one.level < 1) return Activity::Low;
    if (one.level < 25) return Activity::Middle;
    const double surge = one.at[1] - one.at[2];  // log of the mean of 3 months over that of 12
    return surge < std::numbers::ln2 ? Activity::High : Activity::Surge;
}

Reach Stack::reach(int origin, int step) {
    if (month_of_year(origin + step) == december) return Reach::YearEnd;
    return step <= 5 ? Reach::Near : step <= 9 ? Reach::Half : Reach::Far;
}

std::vector<Neighbour> Stack::neighbours(std::size_t unit, int origin, std::size_t most) const {
    const auto nearer = [](const Neighbour& a, const Neighbour& b) {
        return std::tie(a.distance, a.unit, a.month) < std::tie(b.distance, b.unit, b.month);
    };
    const Situation& here = situation(unit, origin);
    std::vector<Neighbour> found;
    const auto keep_nearest = [&] {
        const auto kept = found.begin() + static_cast<std::ptrdiff_t>(std::min(most, found.size()));
        std::nth_element(found.begin(), kept, found.end(), nearer);
        found.erase(kept, found.end());
    };
    double farthest = std::numeric_limits<double>::infinity();  // of `most` found; of equals the first stay
    for (std::size_t other = 0; other < panel_.series.size(); ++other) {
        const int until = std::min(origin, panel_.series[other].end() - 1) - last_step_;
        for (const int month : active_[other]) {
            if (month > until) break;
            const double distance = methods::distance(here, situation(other, month));
            if (!(distance < farthest)) continue;
            found.push_back({distance, other, month});
            if (found.size() < 4 * most) continue;
            keep_nearest();
            farthest = std::ranges::max_element(found, nearer)->distance;
        }
    }
    keep_nearest();
    std::sort(found.begin(), found.end(), nearer);
    return found;
}

std::vector<CountEnsemble> Stack::quiet_rates(int origin) const {
    std::vector<CountEnsemble> out;
    for (int step = first_step_; step <= last_step_; ++step) {
        std::map<double, double> counted;
        double silent = 0;
        for (std::size_t unit = 0; unit < panel_.series.size(); ++unit) {
            const auto& series = panel_.series[unit];
            const int until = std::min(origin, series.end() - 1) - last_step_;
            for (int month = series.first + shortest_past; month <= until; ++month) {
                if (!is_quiet(situation(unit, month))) continue;
                const double count = series.at(month + step);
                if (count == 0) silent += 1;
                else counted[count] += 1;
            }
        }
        CountEnsemble rate;
        if (silent > 0 || counted.empty()) rate.push_back({0, std::max(1.0, silent)});
        for (const auto& [count, times] : counted) rate.push_back({count, times});
        out.push_back(std::move(rate));
    }
    return out;
}

double Stack::most_raised(int origin) const {
    return times_the_largest * largest_until_[static_cast<std::size_t>(origin - first_month_)];
}

CountEnsemble Stack::followed(std::size_t unit, int origin, int step, std::span<const Neighbour> neighbours) const {
    CountEnsemble out;
    const double level = situation(unit, origin).level;
    const double most = most_raised(origin);
    for (const auto& one : neighbours)
        out.push_back({std::min(most,
                                methods::rescaled(panel_.series[one.unit].at(one.month + step), level,
                                                  situation(one.unit, one.month).level)),
                       1});
    return out;
}

Outlook Stack::outlook(std::size_t unit, int origin, const std::vector<CountEnsemble>& quiet, FitsFor fits_for) const {
    Outlook out{unit, origin, activity(unit, origin), {}, &quiet, nullptr, {}};
    if (out.activity == Activity::Quiet) return out;
    out.near = neighbours(unit, origin, most_neighbours);
    if (const auto* fits = fitted_->at(origin, fits_for)) {
        if (fits->hurdle) out.hurdle = &*fits->hurdle;
        out.switching = fitted_->switching().ahead(fits->switching, unit, origin, first_step_, last_step_);
    }
    return out;
}

CountEnsemble Stack::component(std::size_t component, const Outlook& outlook, int step) const {
    const Component& one = table[component];
    const auto at = static_cast<std::size_t>(step - first_step_);
    const auto past = history(outlook.unit, outlook.origin);
    switch (one.part) {
        case Part::LastValues: return methods::last_values(past, one.window);
        case Part::Own: {
            const double other = one.spread > 0 ? other_season_weight : 1;
            return methods::decayed_history(
                past,
                {one.memory,
                 one.window,
                 one.spread,
                 {12, month_of_year(outlook.origin), month_of_year(outlook.origin + step), other}});
        }
        case Part::SameSeason: {
            auto values = methods::same_season(past, step);
            for (auto& value : values) value.value = std::min(value.value, most_raised(outlook.origin));
            return values;
        }
        case Part::Analogues:
            return followed(outlook.unit, outlook.origin, step,
                            std::span(outlook.near).first(std::min(one.neighbours, outlook.near.size())));
        case Part::QuietRate: return (*outlook.quiet)[at];
        case Part::Hurdle:
            return outlook.hurdle ? outlook.hurdle->ahead(outlook.unit, outlook.origin, step) : CountEnsemble{};
        case Part::Switching: return outlook.switching.empty() ? CountEnsemble{} : outlook.switching[at];
    }
    return {};
}

CountEnsemble Stack::mixture(const Weights& weights, const Outlook& outlook, int step) const {
    const auto& shares =
        weights.of[static_cast<std::size_t>(outlook.activity)][static_cast<std::size_t>(reach(outlook.origin, step))];
    CountEnsemble out;
    for (std::size_t k = 0; k < components; ++k) {
        if (shares[k] < smallest_share) continue;
        auto part = component(k, outlook, step);
        double total = 0;
        for (const auto& one : part) total += one.weight;
        for (const auto& one : part) out.push_back({one.value, one.weight / total * shares[k]});
    }
    methods::normalise(out);
    return out;
}

std::array<Share, components> Stack::shares(const Weights& weights, const Outlook& outlook, int step) const {
    const auto& of =
        weights.of[static_cast<std::size_t>(outlook.activity)][static_cast<std::size_t>(reach(outlook.origin, step))];
    std::array<Share, components> out;
    double spoken = 0;
    for (std::size_t k = 0; k < components; ++k) {
        auto part = component(k, outlook, step);
        if (part.empty()) continue;
        methods::normalise(part);
        out[k] = {of[k] < smallest_share ? 0 : of[k], methods::mean(part)};
        spoken += out[k].weight;
    }
    for (auto& one : out) one.weight = spoken > 0 ? one.weight / spoken : 0;
    return out;
}

void Stack::add_errors(const Outlook& of_unit, Errors& raw, Errors& logarithmic) const {
    const auto& series = panel_.series[of_unit.unit];
    const auto kind = static_cast<std::size_t>(of_unit.activity);
    std::array<std::vector<std::vector<double>>, 2>
        at_thresholds;  // months other than Decembers, Decembers: own parts differ by that only
    for (auto& one : at_thresholds) one.assign(components, {});
    for (int step = first_step_; step <= last_step_; ++step) {
        const auto of_reach = static_cast<std::size_t>(reach(of_unit.origin, step));
        auto& distributions = at_thresholds[of_reach == static_cast<std::size_t>(Reach::YearEnd) ? 1 : 0];
        for (std::size_t k = 0; k < components; ++k) {
            const Part part = table[k].part;
            const bool fixed = part == Part::LastValues || part == Part::Own;
            if (fixed && !distributions[k].empty()) continue;
            CountEnsemble ensemble;
            if (table[k].steady > 0 || table[k].bursty[kind] > 0) ensemble = component(k, of_unit, step);
            if (ensemble.empty())
                ensemble = component(stand_in, of_unit, step);  // nothing to say: judged as its own past
            methods::distribution_at_thresholds(ensemble, distributions[k]);
        }
        methods::add_squared_errors(distributions, series.at(of_unit.origin + step), raw[kind][of_reach],
                                    logarithmic[kind][of_reach]);
    }
}

void Stack::share_of_benchmark(Errors& raw, const Errors& logarithmic) {
    double benchmark = 0, logarithmic_benchmark = 0;
    for (std::size_t a = 0; a < activities; ++a) {
        for (std::size_t r = 0; r < reaches; ++r) {
            benchmark += raw[a][r][0];
            logarithmic_benchmark += logarithmic[a][r][0];
        }
    }
    for (std::size_t a = 0; a < activities; ++a) {
        for (std::size_t r = 0; r < reaches; ++r) {
            auto& matrix = raw[a][r];
            const auto& other = logarithmic[a][r];
            for (std::size_t i = 0; i < matrix.size(); ++i) {
                matrix[i] =
                    benchmark > 0 ? matrix[i] / benchmark + logarithmic_share * other[i] / logarithmic_benchmark : 0;
            }
        }
    }
}

Stack::Errors Stack::errors_at(int origin) const {
    Errors raw, logarithmic;
    for (auto* all : {&raw, &logarithmic}) {
        for (auto& of_activity : *all) of_activity.fill(std::vector<double>(components * components, 0.0));
    }
    const auto quiet = quiet_rates(origin);
    for (std::size_t unit = 0; unit < panel_.series.size(); ++unit) {
        const auto& series = panel_.series[unit];
        if (!series.has(origin) || origin - series.first < shortest_past || !series.has(origin + last_step_)) continue;
        add_errors(outlook(unit, origin, quiet, FitsFor::Lesson), raw, logarithmic);
    }
    share_of_benchmark(raw, logarithmic);
    return raw;
}

void Stack::learn_errors(const std::vector<int>& origins) {
    std::vector<Errors> found(origins.size());
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t i = next++; i < origins.size(); i = next++) found[i] = errors_at(origins[i]);
    };
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < threads_; ++i) others.emplace_back(work);
        for (std::size_t i = next++; i < origins.size(); i = next++) {
            found[i] = errors_at(origins[i]);
            if (on_learned_) on_learned_(static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(origins.size()));
        }
    }
    for (std::size_t i = 0; i < origins.size(); ++i) lessons_->keep(origins[i], std::move(found[i]));
}

void Stack::pool(std::size_t activity, std::span<const Errors* const> past, const Priors& prior, Weights& out) const {
    std::array<std::array<std::vector<double>, recipes>, reaches> mixed;
    std::vector<double> between(recipes * recipes, 0.0);  // squared errors of the recipes' mixtures
    for (std::size_t r = 0; r < reaches; ++r) {
        std::vector<double> sum(components * components, 0.0);
        for (const Errors* errors : past) {
            const auto& one = (*errors)[activity][r];
            for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += one[i];
        }
        for (std::size_t i = 0; i < recipes; ++i) mixed[r][i] = methods::pool_weights(sum, prior[i], {pull_to_prior});
        for (std::size_t i = 0; i < recipes; ++i) {
            for (std::size_t j = 0; j <= i; ++j)
                between[i * recipes + j] += methods::pooled_error(sum, mixed[r][i], mixed[r][j]);
        }
    }
    const auto lean = methods::pool_weights(between, recipe_prior, {pull_between_recipes});
    std::copy(lean.begin(), lean.end(), out.recipe[activity].begin());
    for (std::size_t r = 0; r < reaches; ++r) {
        for (std::size_t k = 0; k < components; ++k)
            out.of[activity][r][k] = lean[0] * mixed[r][0][k] + lean[1] * mixed[r][1][k];
    }
}

Weights Stack::learn(int origin) {
    fitted_->fit_until(origin);
    std::vector<int> missing, wanted;
    const int newest = origin - last_step_;
    for (int past = newest - ((newest - lesson_month) % lesson_every_ + lesson_every_) % lesson_every_;
         past >= panel_.first() + fewest_months; past -= lesson_every_) {
        wanted.push_back(past);
        if (!lessons_->has(past)) missing.push_back(past);
    }
    learn_errors(missing);

    // A part without a fit at the origin cannot speak there: it takes no weight from those that can.
    const auto* fits = fitted_->at(origin, FitsFor::Forecast);
    const auto can_speak = [&](Part part) {
        return part == Part::Hurdle ? fits && fits->hurdle : part == Part::Switching ? fits != nullptr : true;
    };
    const auto past = lessons_->at(wanted);
    Weights out;
    out.origins = static_cast<int>(wanted.size());
    for (std::size_t a = 0; a < activities; ++a) {
        Priors prior;
        for (std::size_t k = 0; k < components; ++k) {
            prior[0][k] = can_speak(table[k].part) ? table[k].bursty[a] : 0;
            prior[1][k] = table[k].steady;
        }
        pool(a, past, prior, out);
    }
    return out;
}

}  // namespace icosa::forecast
