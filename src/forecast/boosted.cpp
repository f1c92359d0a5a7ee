/// Rows of past origins to the library and back.
#include "forecast/boosted.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include <fmt/format.h>
#include <xgboost/c_api.h>

#include "forecast/horizon.hpp"

namespace icosa::forecast {
namespace {

constexpr int steps_an_origin = 3;
constexpr int months_between_rows = 3, months_between_silent_rows = 12;
constexpr int silent_months = 60;
constexpr double largest_told = 100;
constexpr int months_a_year = 12, five_years = 60;
constexpr double level_edges[] = {1, 25};
constexpr float not_known = std::numeric_limits<float>::quiet_NaN();

std::size_t level_class(double level) { return level < level_edges[0] ? 0 : level < level_edges[1] ? 1 : 2; }

std::size_t column_of(const Features& features, std::string_view name) {
    const auto columns = features.columns();
    return static_cast<std::size_t>(
        std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == name; })
        - columns.begin());
}

struct FreeRows {
    void operator()(void* rows) const { XGDMatrixFree(rows); }
};
using Rows = std::unique_ptr<void, FreeRows>;

Rows rows_of(const std::vector<float>& values, std::size_t many) {
    DMatrixHandle out = nullptr;
    if (XGDMatrixCreateFromMat(values.data(), many, values.size() / many, not_known, &out) != 0) return nullptr;
    return Rows(out);
}

/// Quantiles of the changes of a class from levels of each class; of all levels where there are too few.
template <std::size_t levels, std::size_t points>
std::array<std::array<double, points>, levels> within(std::array<std::vector<double>, levels> by_level) {
    std::vector<double> all;
    for (const auto& one : by_level) all.insert(all.end(), one.begin(), one.end());
    std::sort(all.begin(), all.end());
    std::array<std::array<double, points>, levels> out{};
    for (std::size_t l = 0; l < levels; ++l) {
        std::sort(by_level[l].begin(), by_level[l].end());
        const auto& from = by_level[l].size() >= points ? by_level[l] : all;
        for (std::size_t i = 0; i < points; ++i)
            out[l][i] = from.empty() ? 1 : from[(2 * i + 1) * from.size() / (2 * points)];
    }
    return out;
}

}  // namespace

void BoostedModel::Free::operator()(void* booster) const { XGBoosterFree(booster); }

BoostedModel::BoostedModel(const CountPanel& panel, const Features& features, const BoostedRecipe& recipe)
    : panel_(&panel), features_(&features), recipe_(recipe) {
    for (const auto& series : panel.series) {
        auto& levels = levels_.emplace_back();
        for (const auto& one : methods::situations(series.counts)) levels.push_back(one.level);
    }
    const auto columns = features.columns();
    for (std::size_t c = 0; c < columns.size(); ++c) {
        if (columns[c].aspect == Aspect::Recent || columns[c].aspect == Aspect::Level) capped_.push_back(c);
    }
    const auto newest = column_of(features, "log1p newest month"), of_3 = column_of(features, "log1p mean of 3 months"),
               of_6 = column_of(features, "log1p mean of 6 months"),
               of_36 = column_of(features, "log1p mean of 36 months");
    mean_of_year_ = column_of(features, "log1p mean of 12 months");
    against_ = {{newest, mean_of_year_}, {of_3, mean_of_year_}, {of_6, mean_of_year_},
                {mean_of_year_, of_36},  {newest, of_3},        {of_3, of_36}};
}

void BoostedModel::add_row(std::size_t unit, int origin, int step, std::vector<float>& to) const {
    const auto row = features_->row(unit, origin, step);
    const std::size_t from = to.size();
    for (const double value : row) to.push_back(static_cast<float>(value));
    for (const std::size_t c : capped_)
        to[from + c] = std::min(to[from + c], static_cast<float>(std::log1p(largest_told)));
    for (const auto& [a, b] : against_) to.push_back(static_cast<float>(row[a] - row[b]));
    const auto& series = panel_->series[unit];
    const double third = std::expm1(row[mean_of_year_]) / 3;
    double greatest = 0, greatest_of_year = 0;
    int reached = 0;
    for (int age = 0; age < five_years && series.has(origin - age); ++age) {
        const double count = series.at(origin - age);
        greatest = std::max(greatest, count);
        if (age < months_a_year) greatest_of_year = greatest;
        reached += count >= third ? 1 : 0;
    }
    to.push_back(static_cast<float>(std::log1p(greatest_of_year) - row[mean_of_year_]));
    to.push_back(static_cast<float>(std::log1p(greatest) - row[mean_of_year_]));
    to.push_back(static_cast<float>(reached));
}

/// Past months that were over by the origin of the fit, beside the rows they were forecast from.
struct BoostedModel::Lessons {
    struct Outcome {
        double change, level;
        bool any;
    };
    std::vector<float> rows;
    std::vector<float> weights;
    std::vector<Outcome> outcomes;

    /// Changes of those with a count, sorted.
    [[nodiscard]] std::vector<double> positive() const {
        std::vector<double> out;
        for (const Outcome& one : outcomes) {
            if (one.any) out.push_back(one.change);
        }
        std::sort(out.begin(), out.end());
        return out;
    }
};

BoostedModel::Lessons BoostedModel::lessons(int origin, int first_step, int last_step) const {
    const int steps = last_step - first_step + 1, many = std::min(steps_an_origin, steps);
    constexpr int one_in = months_between_silent_rows / months_between_rows;
    Lessons out;
    std::size_t begun = 0;
    for (std::size_t unit = 0; unit < panel_->series.size(); ++unit) {
        const auto& series = panel_->series[unit];
        if (series.first > origin) continue;
        const std::size_t place =
            begun++;  // among those known by the origin: a unit that begins later must not turn which rows are kept
        const auto situations = methods::situations(series.counts);
        for (int past = origin - first_step, turn = 0; past >= series.first + shortest_past;
             past -= months_between_rows, ++turn) {
            if (!series.has(past)) continue;
            const bool silent = situations[static_cast<std::size_t>(past - series.first)].since_last >= silent_months;
            if (silent && (static_cast<std::size_t>(turn) + place) % one_in != 0) continue;
            for (int k = 0; k < many; ++k) {
                const int step = first_step + (turn + k * steps / many) % steps;
                if (past + step > origin || !series.has(past + step)) continue;
                add_row(unit, past, step, out.rows);
                const double here = level(unit, past), count = series.at(past + step);
                out.outcomes.push_back({(count + 1) / (here + 1), here, count > 0});
                out.weights.push_back(silent ? static_cast<float>(one_in) : 1.0F);
            }
        }
    }
    return out;
}

Result<BoostedModel> BoostedModel::fit(const CountPanel& panel, const Features& features, int origin, int first_step,
                                       int last_step, const BoostedRecipe& recipe) {
    BoostedModel out(panel, features, recipe);
    const Lessons lessons = out.lessons(origin, first_step, last_step);
    const auto with = std::count_if(lessons.outcomes.begin(), lessons.outcomes.end(),
                                    [](const Lessons::Outcome& one) { return one.any; });
    if (with < fewest_counts) {
        return fail(Fault::Data, "too-little-history", {},
                    fmt::format("{} past months with a count to learn from, fewer than {}", with, int{fewest_counts}),
                    "give a longer panel or another --model");
    }
    const auto labels = out.learn_classes(lessons);
    TRY(out.grow(lessons, labels));
    return out;
}

std::vector<float> BoostedModel::learn_classes(const Lessons& lessons) {
    const auto classes = static_cast<std::size_t>(recipe_.classes);
    const std::vector<double> positive = lessons.positive();
    std::vector<double> edges;  // of the classes from the second on
    for (std::size_t c = 1; c + 1 < classes; ++c) edges.push_back(positive[c * positive.size() / (classes - 1)]);
    std::vector<float> labels;
    std::vector<std::array<std::vector<double>, level_classes>> of_class(classes);
    for (const auto& one : lessons.outcomes) {
        const std::size_t label = one.any
            ? 1 + static_cast<std::size_t>(std::upper_bound(edges.begin(), edges.end(), one.change) - edges.begin())
            : 0;
        labels.push_back(static_cast<float>(label));
        of_class[label][level_class(one.level)].push_back(one.change);
    }
    for (std::size_t c = 1; c < classes; ++c) changes_.push_back(within<level_classes, points>(std::move(of_class[c])));
    return labels;
}

Result<void> BoostedModel::grow(const Lessons& lessons, const std::vector<float>& labels) {
    const auto fault = [] {
        return fail(Fault::Data, "no-booster", {}, fmt::format("the boosting library says: {}", XGBGetLastError()),
                    "forecast with another --model");
    };
    const auto& weights = lessons.weights;
    const Rows rows = rows_of(lessons.rows, labels.size());
    if (!rows || XGDMatrixSetFloatInfo(rows.get(), "label", labels.data(), labels.size()) != 0
        || XGDMatrixSetFloatInfo(rows.get(), "weight", weights.data(), weights.size()) != 0)
        return fault();
    const DMatrixHandle learned_from[] = {rows.get()};
    BoosterHandle booster = nullptr;
    if (XGBoosterCreate(learned_from, 1, &booster) != 0) return fault();
    booster_.reset(booster);
    const std::pair<const char*, std::string> parameters[] = {{"objective", "multi:softprob"},
                                                              {"num_class", std::to_string(recipe_.classes)},
                                                              {"max_depth", std::to_string(recipe_.depth)},
                                                              {"eta", fmt::format("{}", recipe_.rate)},
                                                              {"tree_method", "hist"},
                                                              {"max_bin", "64"},
                                                              {"nthread", "1"},
                                                              {"seed", "1"},
                                                              {"subsample", "0.5"},
                                                              {"colsample_bytree", "0.5"},
                                                              {"min_child_weight", "5"},
                                                              {"lambda", "5"},
                                                              {"verbosity", "0"}};
    for (const auto& [name, value] : parameters) {
        if (XGBoosterSetParam(booster, name, value.c_str()) != 0) return fault();
    }
    for (int round = 0; round < recipe_.rounds; ++round) {
        if (XGBoosterUpdateOneIter(booster, round, rows.get()) != 0) return fault();
    }
    return {};
}

std::vector<methods::CountEnsemble> BoostedModel::ahead(std::size_t unit, int origin, int first_step,
                                                        int last_step) const {
    std::vector<methods::CountEnsemble> out;
    std::vector<float> values;
    for (int step = first_step; step <= last_step; ++step) add_row(unit, origin, step, values);
    const auto many = static_cast<std::size_t>(last_step - first_step + 1),
               classes = static_cast<std::size_t>(recipe_.classes);
    const Rows rows = rows_of(values, many);
    bst_ulong length = 0;
    const float* shares = nullptr;
    if (!rows || XGBoosterPredict(booster_.get(), rows.get(), 0, 0, 0, &length, &shares) != 0
        || length != many * classes)
        return out;
    const double here = level(unit, origin);
    for (std::size_t month = 0; month < many; ++month) {
        auto& ensemble = out.emplace_back();
        const float* share = shares + month * classes;
        ensemble.push_back({0, static_cast<double>(share[0])});
        for (std::size_t c = 1; c < classes; ++c) {
            for (const double change : changes_[c - 1][level_class(here)])
                ensemble.push_back({std::max(1.0, change * (here + 1) - 1), static_cast<double>(share[c]) / points});
        }
    }
    return out;
}

}  // namespace icosa::forecast
