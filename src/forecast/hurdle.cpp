/// Rows of past origins, two fits, and their distribution as weighted counts.
#include "forecast/hurdle.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "forecast/horizon.hpp"
#include "methods/forecasts/count_regression.hpp"
#include "methods/statistics/probability.hpp"

namespace icosa::forecast {
namespace {

constexpr int steps_an_origin = 4;
constexpr double memory_months = 80;
constexpr double long_silence = 0.0067379469990854671;  // exp(-60 / 12): five years, as the feature has it
constexpr int kept_of_silent = 8;                          // one in so many
constexpr double knots[] = {10, 100};
constexpr double own_room = 3;
constexpr double ridge = 10;
constexpr double even = 100;                               // weight of an even calibration, in rows
constexpr double least_log_mean = -10, most_log_mean = 25, least_log_size = -8, most_log_size = 12;

constexpr std::string_view level_name = "log1p decayed mean, memory 12", recent_name = "log1p decayed mean, memory 3",
                           silence_name = "latest count of 1 or more, decayed", steps_name = "log of steps ahead",
                           spread_name = "spread of log1p over 12 months", long_name = "log1p mean of 36 months";
constexpr std::string_view by_step[] = {"log1p newest month", recent_name, level_name, silence_name, long_name};
constexpr std::string_view by_spread[] = {recent_name, level_name,
                                          long_name};  // a steady unit keeps its level, an unsteady one returns to it
constexpr std::string_view with_knots[] = {recent_name, level_name};
constexpr std::string_view of_size[] = {recent_name, level_name, long_name, "share of 12 months with a count",
                                        spread_name, steps_name};

std::size_t bin_of(double level) { return static_cast<std::size_t>(std::max(0.0, level)); }

std::size_t class_of(double log_mean) {
    return log_mean < std::log(3.0) ? 0 : log_mean < std::log(20.0) ? 1 : log_mean < std::log(100.0) ? 2 : 3;
}

}  // namespace

/// A past forecast of a month that was over by the origin of the fit.
struct HurdleModel::Lesson {
    std::size_t unit;
    int origin, step;
    double count, weight;
};

HurdleModel::HurdleModel(const Features& features)
    : features_(&features), level_(column(level_name)), steps_(column(steps_name)), spread_(column(spread_name)) {
    const auto columns = features.columns();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        const Aspect aspect = columns[c].aspect;
        if (aspect != Aspect::World) occurrence_.terms.push_back({c, Shape::Plain, 0});
        if (aspect == Aspect::Recent || aspect == Aspect::Level || aspect == Aspect::Silence
            || aspect == Aspect::Horizon)
            mean_.terms.push_back({c, Shape::Plain, 0});
    }
    for (Part* part : {&occurrence_, &mean_}) {
        for (const auto name : by_step) part->terms.push_back({column(name), Shape::TimesSteps, 0});
        for (const auto name : with_knots)
            for (const double knot : knots) part->terms.push_back({column(name), Shape::Above, std::log(knot)});
    }
    for (const auto name : by_spread) mean_.terms.push_back({column(name), Shape::TimesSpread, 0});
    for (const auto name : of_size) size_.terms.push_back({column(name), Shape::Plain, 0});
}

std::size_t HurdleModel::column(std::string_view name) const {
    const auto columns = features_->columns();
    return static_cast<std::size_t>(
        std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; })
        - columns.begin());
}

double HurdleModel::value(const Term& term, std::span<const double> row) const {
    const auto standard = [&](std::size_t c) {
        return std::isnan(row[c]) ? 0 : (row[c] - scales_[c].mean) * scales_[c].factor;
    };
    switch (term.shape) {
        case Shape::Plain: return standard(term.column);
        case Shape::TimesSteps: return standard(term.column) * standard(steps_);
        case Shape::TimesSpread: return standard(term.column) * standard(spread_);
        case Shape::Above: return std::max(0.0, row[term.column] - term.from);
    }
    return 0;
}

double HurdleModel::Part::at(const HurdleModel& model, std::span<const double> row) const {
    double sum = coefficients[0];
    for (std::size_t j = 0; j < terms.size(); ++j) sum += coefficients[j + 1] * model.value(terms[j], row);
    return sum;
}

std::vector<HurdleModel::Lesson> HurdleModel::lessons(int origin, int first_step, int last_step) const {
    const Features& features = *features_;
    const std::size_t silence = column(silence_name);
    std::vector<Lesson> out;
    const int steps = last_step - first_step + 1, many = std::min(steps_an_origin, steps);
    std::vector<double> row(features.width());
    int earliest = origin;
    for (std::size_t unit = 0; unit < features.units(); ++unit) earliest = std::min(earliest, features.first(unit));
    for (int past = origin - first_step; past >= earliest + shortest_past; --past) {
        std::size_t begun = 0;
        for (std::size_t unit = 0; unit < features.units(); ++unit) {
            if (features.first(unit) > origin) continue;
            const std::size_t place =
                begun++;  // among those known by the origin: a unit that begins later must not turn which rows are kept
            if (past < features.first(unit) + shortest_past || !features.has(unit, past)) continue;
            features.row(unit, past, first_step, row);
            const bool silent = row[silence] < long_silence;
            for (int k = 0; k < many; ++k) {
                const int turn = origin - past, step = first_step + (turn + k * steps / many) % steps;
                if (past + step > origin || !features.has(unit, past + step)) continue;
                const double count = features.count(unit, past + step);
                double weight = std::exp((past - origin) / memory_months);
                if (silent && count == 0) {
                    if ((static_cast<std::size_t>(turn * many + k) + place) % kept_of_silent != 0) continue;
                    weight *= kept_of_silent;
                }
                out.push_back({unit, past, step, count, weight});
            }
        }
    }
    return out;
}

Result<HurdleModel> HurdleModel::fit(const Features& features, int origin, int first_step, int last_step,
                                     const HurdleModel* from) {
    HurdleModel model(features);
    const auto lessons = model.lessons(origin, first_step, last_step);
    const auto with = std::count_if(lessons.begin(), lessons.end(), [](const Lesson& one) { return one.count > 0; });
    if (with < fewest_counts) {
        return fail(
            Fault::Data, "too-little-history", {},
            fmt::format(
                "{} past forecasts of a month with a count were over by {}; a hurdle model learns from {} or more",
                with, period_label(origin, PeriodKind::Month), int{fewest_counts}),
            "give a longer panel or a later --origin, or another --model");
    }
    model.fit_scales(lessons);
    model.fit_parts(lessons, from);
    model.fit_calibration(lessons);
    return model;
}

/// Mean and deviation of each column, and the largest count that followed a level.
void HurdleModel::fit_scales(std::span<const Lesson> lessons) {
    const std::size_t width = features_->width();
    std::vector<double> row(width), sum(width), squares(width), seen(width);
    for (const Lesson& one : lessons) {
        features_->row(one.unit, one.origin, one.step, row);
        for (std::size_t c = 0; c < width; ++c) {
            if (std::isnan(row[c])) continue;
            sum[c] += row[c];
            squares[c] += row[c] * row[c];
            seen[c] += 1;
        }
        const std::size_t bin = bin_of(row[level_]);
        if (largest_after_.size() <= bin) largest_after_.resize(bin + 1, 0.0);
        largest_after_[bin] = std::max(largest_after_[bin], one.count);
    }
    for (std::size_t c = 0; c < width; ++c) {
        const double mean = seen[c] > 0 ? sum[c] / seen[c] : 0,
                     variance = seen[c] > 0 ? squares[c] / seen[c] - mean * mean : 0;
        scales_.push_back({mean, variance > 1e-10 ? 1 / std::sqrt(variance) : 0});
    }
}

/// Two regressions: of any count on all rows, of how many on those with a count.
void HurdleModel::fit_parts(std::span<const Lesson> lessons, const HurdleModel* from) {
    std::vector<double> row(features_->width());
    const auto add = [&](methods::Design& to, const Part& part) {
        ++to.rows;
        to.values.push_back(1);
        for (const Term& term : part.terms) to.values.push_back(value(term, row));
    };
    methods::Design occurrence{0, 1 + occurrence_.terms.size(), {}}, mean{0, 1 + mean_.terms.size(), {}},
        size{0, 1 + size_.terms.size(), {}};
    std::vector<double> passed, weights, counts, count_weights;
    for (const Lesson& one : lessons) {
        features_->row(one.unit, one.origin, one.step, row);
        add(occurrence, occurrence_);
        passed.push_back(one.count > 0 ? 1 : 0);
        weights.push_back(one.weight);
        if (one.count == 0) continue;
        add(mean, mean_);
        add(size, size_);
        counts.push_back(one.count);
        count_weights.push_back(one.weight);
    }
    methods::RidgeOptions options{ridge, 60, 1e-7, {}};
    if (from) options.start = from->occurrence_.coefficients;
    occurrence_.coefficients = methods::fit_logistic(occurrence, passed, weights, options).coefficients;
    options.start.clear();
    if (from) {
        options.start = from->mean_.coefficients;
        options.start.insert(options.start.end(), from->size_.coefficients.begin(), from->size_.coefficients.end());
    }
    auto positive = methods::fit_truncated_negative_binomial(mean, size, counts, count_weights, options);
    mean_.coefficients = std::move(positive.mean);
    size_.coefficients = std::move(positive.size);
}

/// Where the counts that came fell in the distributions that the regressions give, by class of the mean.
void HurdleModel::fit_calibration(std::span<const Lesson> lessons) {
    std::vector<double> row(features_->width());
    for (auto& one : calibration_) one.fill(even / shares);
    for (const Lesson& one : lessons) {
        if (one.count == 0) continue;
        features_->row(one.unit, one.origin, one.step, row);
        const double log_mean = std::clamp(mean_.at(*this, row), least_log_mean, most_log_mean),
                     mu = std::exp(log_mean),
                     theta = std::exp(std::clamp(size_.at(*this, row), least_log_size, most_log_size));
        const double none = methods::negative_binomial_cdf(0, mu, theta);
        const auto up_to = [&](double count) {
            return count < 1
                ? 0
                : std::clamp((methods::negative_binomial_cdf(count, mu, theta) - none) / (1 - none), 0.0, 1.0);
        };
        const double below = up_to(one.count - 1), above = std::max(up_to(one.count), below + 1e-12);
        auto& density = calibration_[class_of(log_mean)];
        for (std::size_t s = 0; s < shares; ++s) {
            const double low = static_cast<double>(s) / shares, high = static_cast<double>(s + 1) / shares;
            density[s] += one.weight * std::max(0.0, std::min(high, above) - std::max(low, below)) / (above - below);
        }
    }
    for (auto& density : calibration_) {
        double total = 0;
        for (const double one : density) total += one;
        for (double& one : density) one *= shares / total;
    }
}

void HurdleModel::calibrate(methods::CountEnsemble& positive, double log_mean) const {
    const auto& density = calibration_[class_of(log_mean)];
    double reached = 0, before = 0;
    for (auto& one : positive) {
        reached = std::min(1.0, reached + one.weight);
        const double at = reached * shares;
        double now = 0;
        for (std::size_t s = 0; s < shares; ++s)
            now += density[s] * std::clamp(at - static_cast<double>(s), 0.0, 1.0) / shares;
        one.weight = std::max(now - before, 1e-12);
        before = now;
    }
}

methods::CountEnsemble HurdleModel::ahead(std::size_t unit, int origin, int step) const {
    const auto row = features_->row(unit, origin, step);
    double most = std::max(1.0, largest_after_[std::min(bin_of(row[level_]), largest_after_.size() - 1)]);
    for (int month = features_->first(unit); month <= origin; ++month)
        most = std::max(most, own_room * features_->count(unit, month));
    const double log_mean = std::clamp(mean_.at(*this, row), least_log_mean, most_log_mean);
    auto out = methods::truncated_negative_binomial(std::exp(log_mean), std::exp(size_.at(*this, row)), most);
    calibrate(out, log_mean);
    const double any = methods::logistic(occurrence_.at(*this, row));
    double total = 0;
    for (const auto& one : out) total += one.weight;
    for (auto& one : out) one.weight *= any / total;
    out.insert(out.begin(), {0, 1 - any});
    return out;
}

std::vector<Reason> HurdleModel::reasons(std::size_t unit, int origin, int step) const {
    const auto row = features_->row(unit, origin, step);
    std::vector<Reason> out;
    for (std::size_t a = 0; a < aspects; ++a) out.push_back({aspect_name(static_cast<Aspect>(a)), 0, 0});
    for (std::size_t j = 0; j < occurrence_.terms.size(); ++j)
        out[static_cast<std::size_t>(features_->columns()[occurrence_.terms[j].column].aspect)].on_occurrence +=
            occurrence_.coefficients[j + 1] * value(occurrence_.terms[j], row);
    for (std::size_t j = 0; j < mean_.terms.size(); ++j)
        out[static_cast<std::size_t>(features_->columns()[mean_.terms[j].column].aspect)].on_mean +=
            mean_.coefficients[j + 1] * value(mean_.terms[j], row);
    std::erase_if(out, [](const Reason& one) { return one.on_occurrence == 0 && one.on_mean == 0; });
    std::stable_sort(out.begin(), out.end(),
                     [](const Reason& a, const Reason& b) { return std::fabs(a.on_mean) > std::fabs(b.on_mean); });
    return out;
}

}  // namespace icosa::forecast
