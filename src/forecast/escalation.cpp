/// Cases of the past to the models; the models' logits to chances.
#include "forecast/escalation.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "base/date.hpp"

namespace icosa::forecast {
namespace {

constexpr int months_a_fit = 12;
constexpr int fewest_months_before = 12;  ///< months of the panel before the first case that is learned from
constexpr int long_silence = 60;
constexpr double least_of_forest = 0.0005;  ///< no leaf of it may have seen one that happened

double logit_of(double p) { return std::log(p / (1 - p)); }
double chance_of(double x) { return 1 / (1 + std::exp(-x)); }

/// A past case: where and when, whether it happened, how many like it it stands for.
struct Lesson {
    std::size_t unit = 0;
    int month = 0;
    bool happened = false;
    float weight = 1;
};

/// Cases whose last month was over by the origin. Which are kept depends on no unit that begins later.
std::vector<Lesson> lessons_of(const EscalationFeatures& features, int origin, const EscalationRecipe& recipe) {
    const int months = features.asked().months, last = origin - months;
    std::vector<Lesson> telling, silent;
    std::size_t begun = 0;
    for (std::size_t unit = 0; unit < features.units(); ++unit) {
        if (!features.has_begun(unit, origin)) continue;
        const std::size_t place = begun++;
        for (int month = features.first() + fewest_months_before; month <= last; ++month) {
            const double before = features.before(unit, month), after = features.after(unit, month);
            if (std::isnan(before) || std::isnan(after)) continue;
            const auto turn = static_cast<std::size_t>(last - month);
            if (turn % static_cast<std::size_t>(recipe.months_between_rows) != 0) continue;
            const bool happened = features.asked().happened(before, after);
            const bool is_silent = !happened && features.scaled_sum(unit, month, long_silence) <= 0;
            const auto one_in = static_cast<std::size_t>(is_silent ? recipe.silent_rows_one_in : 1);
            if ((turn / static_cast<std::size_t>(recipe.months_between_rows) + place) % one_in != 0) continue;
            (is_silent ? silent : telling).push_back({unit, month, happened, static_cast<float>(one_in)});
        }
    }
    std::vector<Lesson> out;
    const auto keep = [&](const std::vector<Lesson>& from, std::size_t most) {
        const std::size_t one_in = from.size() / most + 1;
        std::size_t others = 0;
        for (Lesson one : from) {
            if (!one.happened) {
                if (others++ % one_in != 0) continue;
                one.weight *= static_cast<float>(one_in);
            }
            out.push_back(one);
        }
    };
    keep(telling, recipe.most_rows * 2 / 3);
    keep(silent, recipe.most_rows / 3);
    return out;
}

methods::EventExamples examples_of(const EscalationFeatures& features, const std::vector<Lesson>& lessons) {
    methods::EventExamples out;
    out.features = features.columns().size();
    out.values.reserve(lessons.size() * out.features);
    for (const Lesson& one : lessons) {
        features.add_row(one.unit, one.month, out.values);
        out.happened.push_back(one.happened ? 1.0F : 0.0F);
        out.weight.push_back(one.weight);
    }
    return out;
}

constexpr float weight_of_other_line = 0.5F;

/// The examples, and beside them whether other lines were reached; silent cases are alike for all.
methods::EventExamples with_other_lines(const EscalationFeatures& features, const std::vector<Lesson>& lessons,
                                        methods::EventExamples out, const std::vector<double>& lines) {
    for (const Lesson& one : lessons) {
        if (features.scaled_sum(one.unit, one.month, long_silence) <= 0) continue;
        const double needed = features.asked().needed(features.before(one.unit, one.month)),
                     after = features.after(one.unit, one.month);
        for (const double times : lines) {
            features.add_row(one.unit, one.month, out.values, times);
            out.happened.push_back(after >= needed * times ? 1.0F : 0.0F);
            out.weight.push_back(one.weight * weight_of_other_line);
        }
    }
    return out;
}

double brier_of(const methods::EventRegression& regression, const methods::EventExamples& examples) {
    double sum = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        const double off =
            regression.probability(std::span(examples.values).subspan(i * examples.features, examples.features))
            - static_cast<double>(examples.happened[i]);
        sum += static_cast<double>(examples.weight[i]) * off * off;
    }
    return sum;
}

}  // namespace

float rule_value(const EscalationFeatures& features, std::size_t unit, int month, EscalationModel::Rule rule) {
    if (rule == EscalationModel::Rule::Level)
        return static_cast<float>(std::log1p(features.scaled_sum(unit, month, 24)));
    const double three = features.scaled_sum(unit, month, 3), twelve = features.scaled_sum(unit, month - 3, 12);
    return static_cast<float>(std::log((three / 3 + 1) / (twelve / 12 + 5)));
}

std::vector<float> EscalationModel::own_of(std::span<const float> values) const {
    std::vector<float> out;
    const std::size_t columns = features_->columns().size();
    out.reserve(values.size() / columns * own_.size());
    for (std::size_t begin = 0; begin < values.size(); begin += columns) {
        for (const std::size_t c : own_) out.push_back(values[begin + c]);
    }
    return out;
}

Result<EscalationModel> EscalationModel::fit(const EscalationFeatures& features, int origin,
                                             const EscalationRecipe& recipe) {
    const auto lessons = lessons_of(features, origin, recipe);
    const auto rises = std::count_if(lessons.begin(), lessons.end(), [](const Lesson& one) { return one.happened; });
    if (rises < fewest_rises)
        return fail(Fault::Data, "too-little-history", {},
                    fmt::format("it happened after {} unit-months that were over by {}, fewer than {}", rises,
                                period_label(origin, PeriodKind::Month), int{fewest_rises}),
                    "give a longer panel or later origins");
    EscalationModel out;
    out.features_ = &features;
    for (std::size_t c = 0; c < features.columns().size(); ++c) {
        if (features.columns()[c].sign != Sign::OtherCounts) out.own_.push_back(c);
    }
    const auto examples = examples_of(features, lessons);
    const auto lined = with_other_lines(features, lessons, examples, recipe.other_lines);
    out.all_regression_ = methods::EventRegression::fit(lined, recipe.ridge);
    if (out.own_.size() == examples.features) {
        out.own_regression_ = out.all_regression_;
    } else {
        methods::EventExamples own{out.own_.size(), out.own_of(lined.values), lined.happened, lined.weight};
        out.own_regression_ = methods::EventRegression::fit(own, recipe.ridge);
    }
    std::vector<float> margins;
    for (std::size_t i = 0; i < examples.size(); ++i)
        margins.push_back(static_cast<float>(logit_of(out.all_regression_.probability(
            std::span(examples.values).subspan(i * examples.features, examples.features)))));
    out.forest_ = methods::EventForest::grow(examples, {.trees = recipe.trees});
    out.booster_ =
        TRY(EventBooster::fit(examples, margins, {.rounds = recipe.rounds, .trees_a_round = recipe.trees_a_round}));
    double least = 0;
    for (const Rule rule : {Rule::Level, Rule::Turn}) {
        methods::EventExamples by_rule{1, {}, examples.happened, examples.weight};
        for (const Lesson& one : lessons) by_rule.values.push_back(rule_value(features, one.unit, one.month, rule));
        auto regression = methods::EventRegression::fit(by_rule, 1);
        const double brier = brier_of(regression, by_rule);
        if (rule != Rule::Level && brier >= least) continue;
        least = brier;
        out.rule_ = rule;
        out.rule_regression_ = std::move(regression);
    }
    std::vector<double> sums(examples.features);
    double weights = 0;
    for (std::size_t i = 0; i < examples.size(); ++i) {
        weights += static_cast<double>(examples.weight[i]);
        for (std::size_t c = 0; c < sums.size(); ++c)
            sums[c] +=
                static_cast<double>(examples.weight[i]) * static_cast<double>(examples.values[i * sums.size() + c]);
    }
    for (const double sum : sums) out.typical_.push_back(static_cast<float>(sum / weights));
    return out;
}

Result<std::vector<double>> EscalationModel::probabilities(std::span<const float> values, std::size_t rows) const {
    const std::size_t columns = features_->columns().size();
    const auto own = own_of(values);
    std::vector<double> sums;
    std::vector<float> margins;
    for (std::size_t i = 0; i < rows; ++i) {
        const double all = logit_of(all_regression_.probability(values.subspan(i * columns, columns)));
        margins.push_back(static_cast<float>(all));
        sums.push_back(all
                       + logit_of(own_regression_.probability(std::span(own).subspan(i * own_.size(), own_.size()))));
    }
    const auto upon = TRY(booster_->logits(values, rows, margins));
    for (std::size_t i = 0; i < rows; ++i) {
        const double forest =
            std::clamp(forest_.probability(values.subspan(i * columns, columns)), least_of_forest, 1 - least_of_forest);
        sums[i] = chance_of((sums[i] + logit_of(forest) + upon[i]) / 4);
    }
    return sums;
}

double EscalationModel::benchmark(std::size_t unit, int month) const {
    const float value = rule_value(*features_, unit, month, rule_);
    return rule_regression_.probability({&value, 1});
}

namespace {

Result<EscalationHistory> chances_of_year(const EscalationFeatures& features, int january, int first, int last,
                                          const EscalationRecipe& recipe) {
    EscalationHistory out;
    std::vector<float> rows;
    for (int origin = first; origin <= last; ++origin) {
        for (std::size_t unit = 0; unit < features.units(); ++unit) {
            if (!features.is_known(unit, origin)) continue;
            const double base = features.base_rate(origin);
            out.chances.push_back({unit, origin, base, base, base, features.before(unit, origin),
                                   features.after(unit, origin),
                                   features.scaled_sum(unit, origin, months_a_fit) < quiet_deaths});
            features.add_row(unit, origin, rows);
        }
    }
    auto model = EscalationModel::fit(features, january, recipe);
    if (!model && model.error().code == "too-little-history") {
        out.years_not_fitted.push_back(1970 + january / months_a_fit);
        return out;
    }
    if (!model) return std::unexpected(model.error());
    const auto said = TRY(model->probabilities(rows, out.chances.size()));
    for (std::size_t i = 0; i < said.size(); ++i) {
        ChanceAt& one = out.chances[i];
        one.probability = said[i];
        one.benchmark = model->benchmark(one.unit, one.origin);
    }
    out.newest = std::move(*model);
    return out;
}

}  // namespace

Result<EscalationHistory> escalation_history(const EscalationFeatures& features, int first_origin, int last_origin,
                                             int threads, const EscalationRecipe& recipe,
                                             const std::function<void(int)>& done) {
    first_origin = std::max(first_origin, features.first());
    last_origin = std::min(last_origin, features.end() - 1);
    EscalationHistory out;
    if (last_origin < first_origin) return out;
    const int first_year = first_origin / months_a_fit, years = last_origin / months_a_fit - first_year + 1;
    std::vector<Result<EscalationHistory>> of_year(static_cast<std::size_t>(years));
    // Later years learn from more: they go first, so that no thread ends on a long one.
    std::atomic<int> next{years - 1};
    std::mutex telling;
    int finished = 0;
    const auto work = [&] {
        for (int year = next--; year >= 0; year = next--) {
            const int january = (first_year + year) * months_a_fit;
            of_year[static_cast<std::size_t>(year)] =
                chances_of_year(features, january, std::max(first_origin, january),
                                std::min(last_origin, january + months_a_fit - 1), recipe);
            const std::scoped_lock lock(telling);
            ++finished;
            if (done) done(finished);
        }
    };
    {
        std::vector<std::jthread> others;
        for (int i = 1; i < threads; ++i) others.emplace_back(work);
        work();
    }
    for (auto& one : of_year) {
        EscalationHistory year = TRY(std::move(one));
        out.chances.insert(out.chances.end(), year.chances.begin(), year.chances.end());
        out.years_not_fitted.insert(out.years_not_fitted.end(), year.years_not_fitted.begin(),
                                    year.years_not_fitted.end());
        out.newest = std::move(year.newest);
    }
    return out;
}

}  // namespace icosa::forecast
