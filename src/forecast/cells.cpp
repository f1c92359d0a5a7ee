/// Gathers past situations over the whole panel, grows a forest a reach, mixes in a cell's own past.
#include "forecast/cells.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/date.hpp"
#include "forecast/horizon.hpp"

namespace icosa::forecast {
namespace {

using methods::CountEnsemble;

constexpr int reach_ends[] = {2, 5, 8, 14, 24, 60};
constexpr int fewest_months = 12;
constexpr int quiet_months = 60;
constexpr int own_window = 96;
constexpr int most_burn_in = 24;                   ///< months that none is learned from
constexpr int work_of_a_forest = 30;               ///< in months walked, about; for progress only
constexpr std::size_t recent_examples = 200'000;   ///< of cells with a count within five years, about
constexpr std::size_t quiet_examples = 150'000;    ///< of all others that nothing followed, about
constexpr std::size_t fewest_examples = 200;

/// A cell's own past beside the forest, if it has any within five years: these shares of the mixture.
struct OwnPast {
    double share;
    methods::DecayOptions decay;
};
const OwnPast own_past[] = {{0.05, {4, 24, 0.3, {0, 0, 0, 1}}}, {0.05, {24, own_window, 0.6, {0, 0, 0, 1}}}};

/// The last months up to one, oldest first, zeros filled in.
std::vector<double> dense(const CellHistory& history, int first, int last) {
    const int begin = std::max(first, last - own_window + 1);
    std::vector<double> out(static_cast<std::size_t>(last - begin + 1), 0.0);
    auto at = std::lower_bound(history.at.begin(), history.at.end(), begin,
                               [](const auto& one, int month) { return one.month < month; });
    for (; at != history.at.end() && at->month <= last; ++at)
        out[static_cast<std::size_t>(at->month - begin)] = at->count;
    return out;
}

bool is_lively(const CellFeaturesWalk& walk, std::size_t cell) {
    return walk.has_past(cell) && walk.since(cell) < quiet_months;
}

bool any_between(const CellHistory& history, int first, int last) {
    const auto at = std::lower_bound(history.at.begin(), history.at.end(), first,
                                     [](const auto& one, int month) { return one.month < month; });
    return at != history.at.end() && at->month <= last;
}

Result<void> check_request(const CellPanel& panel, const CellRequest& request) {
    TRY(check_horizon({request.origin, request.first, request.last, panel.first, panel.end()}));
    const int months = request.origin - panel.first + 1;
    if (months < fewest_months)
        return fail(
            Fault::Data, "too-few-months", {},
            fmt::format("{} months up to the origin; cells are forecast from {} or more", months, fewest_months),
            "give a longer file, a later --origin, or --model conflictology");
    bool happened = false;
    for (int month = panel.first; month <= request.origin; ++month)
        happened = happened || !panel.months[static_cast<std::size_t>(month - panel.first)].empty();
    if (!happened)
        return fail(
            Fault::Data, "nothing-happened", {},
            fmt::format("no count above 0 up to the origin {}", period_label(request.origin, PeriodKind::Month)),
            "give a later --origin, or --model zero");
    return {};
}

}  // namespace

/// Past situations, by month, then cell.
struct CellModel::Examples {
    std::vector<float> features;   ///< [n][cell_features]
    std::vector<float> weight;
    std::vector<std::size_t> cell;
    std::vector<int> month;
    std::vector<std::uint8_t> bins;  ///< [n][cell_features]
};

methods::ForestExamples CellModel::examples_of(const Examples& examples, const CellReach& reach, int origin) const {
    const auto m = static_cast<std::size_t>(reach.last - reach.first + 1);
    methods::ForestExamples out;
    out.features = cell_features;
    out.outcomes_each = m;
    for (std::size_t i = 0; i < examples.month.size() && examples.month[i] + reach.last <= origin; ++i) {
        out.weight.push_back(examples.weight[i]);
        const auto bins = std::span(examples.bins).subspan(i * cell_features, cell_features);
        out.bins.insert(out.bins.end(), bins.begin(), bins.end());
        const std::size_t at = out.outcomes.size();
        out.outcomes.resize(at + m, 0.0F);
        const auto& history = histories_[examples.cell[i]].at;
        const int begin = examples.month[i] + reach.first, end = examples.month[i] + reach.last;
        for (auto one = std::lower_bound(history.begin(), history.end(), begin,
                                         [](const auto& h, int month) { return h.month < month; });
             one != history.end() && one->month <= end; ++one) {
            out.outcomes[at + static_cast<std::size_t>(one->month - begin)] = static_cast<float>(one->count);
        }
    }
    return out;
}

/// How often to stop: every month of a small panel, every so many of a large one.
struct CellModel::Sampling {
    int stride;          ///< months between stops
    std::size_t one_in;  ///< cells without a recent count, of which nothing followed, are drawn at a stop
    int from, until;     ///< months
};

/// Told in months walked, each forest as `work_of_a_forest` of them.
struct CellModel::Progress {
    const std::function<void(int, int)>& told;
    int months;  ///< to walk
    int work;    ///< in all

    void walked(int done) const {
        if (told) told(done, work);
    }
    void grown(std::size_t forests) const {
        if (told) told(months + work_of_a_forest * static_cast<int>(forests), work);
    }
};

CellModel::CellModel(const CellPanel& panel, const CellRequest& request)
    : first_(panel.first), origin_(request.origin), gids_(panel.gids), histories_(histories(panel, request.origin)) {
    for (int first = request.first - origin_, k = 0; first <= request.last - origin_; ++k) {
        if (reach_ends[k] < first) continue;
        reaches_.push_back({first, std::min(reach_ends[k], request.last - origin_), reaches_.size()});
        first = reaches_.back().last + 1;
    }
}

CellModel::Sampling CellModel::sampling() const {
    const int months = origin_ - first_ + 1;
    std::size_t recent = 0, quiet = 0;  // months of all cells
    for (const auto& history : histories_) {
        int covered = first_;
        std::size_t lively = 0;
        for (const auto& one : history.at) {
            const int until = std::min(origin_ + 1, one.month + quiet_months);
            lively += static_cast<std::size_t>(std::max(0, until - std::max(covered, one.month)));
            covered = std::max(covered, until);
        }
        recent += lively;
        quiet += static_cast<std::size_t>(months) - lively;
    }
    const int stride = std::clamp(static_cast<int>(recent / recent_examples) + 1, 1, 12);
    return {stride, quiet / static_cast<std::size_t>(stride) / quiet_examples + 1,
            first_ + std::min(most_burn_in, months / 4), origin_ - reaches_.front().last};
}

CellModel::Examples CellModel::gather(CellFeaturesWalk& walk, const Progress& progress) const {
    const auto [stride, one_in, from, until] = sampling();
    const int first_step = reaches_.front().first, last_step = reaches_.back().last;
    Examples out;
    while (walk.month() < origin_) {
        walk.step();
        const int month = walk.month();
        progress.walked(month - first_);
        if (month == origin_ || month < from || month > until || (until - month) % stride != 0) continue;
        walk.look_around();
        methods::Stream stream(static_cast<std::uint64_t>(month));
        for (std::size_t cell = 0; cell < gids_.size(); ++cell) {
            const bool is_drawn =
                stream.below(one_in) == 0;  // drawn for every cell, so that none depends on another's past
            float weight = 1;
            if (!is_lively(walk, cell)
                && !any_between(histories_[cell], month + first_step, std::min(origin_, month + last_step))) {
                if (!is_drawn) continue;
                weight = static_cast<float>(one_in);
            }
            const auto features = walk.at(cell);
            out.features.insert(out.features.end(), features.begin(), features.end());
            out.weight.push_back(weight);
            out.cell.push_back(cell);
            out.month.push_back(month);
        }
    }
    return out;
}

void CellModel::bin(Examples& examples, CellFeaturesWalk& walk) {
    bins_ = methods::feature_bins(examples.features, cell_features);
    const auto binned = [&](std::span<const float> features, std::uint8_t* to) {
        for (std::size_t f = 0; f < cell_features; ++f) to[f] = bins_.bin(f, features[f]);
    };
    examples.bins.resize(examples.features.size());
    for (std::size_t i = 0; i < examples.weight.size(); ++i)
        binned(std::span(examples.features).subspan(i * cell_features, cell_features),
               examples.bins.data() + i * cell_features);
    walk.look_around();
    for (std::size_t cell = 0; cell < gids_.size(); ++cell) {
        binned(walk.at(cell), now_.emplace_back().data());
        lively_.push_back(is_lively(walk, cell) ? 1 : 0);
    }
}

Result<void> CellModel::grow(const Examples& examples, int threads, const Progress& progress) {
    forests_.resize(reaches_.size());
    for (std::size_t r = 0; r < reaches_.size(); ++r) {
        CellReach& reach = reaches_[r];
        const auto all = examples_of(examples, reach, origin_);
        if (all.size() < fewest_examples) {
            if (r == 0)
                return fail(Fault::Data, "too-few-months", {},
                            fmt::format("{} past situations to learn from, fewer than {}", all.size(), fewest_examples),
                            "give a longer file, a later --origin, or --model conflictology");
            reach.learned = reaches_[r - 1].learned;
            const CellReach& other = reaches_[reach.learned];
            caveats_.push_back(
                fmt::format("months {} to {} ahead have too little past to learn from: they are as months {} to {}",
                            reach.first, reach.last, other.first, other.last));
            continue;
        }
        forests_[r] = methods::CountForest::grow(all, {}, threads);
        progress.grown(r + 1);
    }
    return {};
}

Result<CellModel> CellModel::learn(const CellPanel& panel, const CellRequest& request,
                                   const std::function<void(int, int)>& told) {
    TRY(check_request(panel, request));
    CellModel out(panel, request);
    const int months = request.origin - panel.first + 1;
    const Progress progress{told, months, months + work_of_a_forest * static_cast<int>(out.reaches_.size())};
    CellFeaturesWalk walk(panel);
    Examples examples = out.gather(walk, progress);
    out.bin(examples, walk);
    TRY(out.grow(examples, request.threads, progress));
    return out;
}

CountEnsemble CellModel::distribution(std::size_t cell, std::size_t reach) const {
    CountEnsemble out;
    forests_[reaches_[reach].learned].predict(now_[cell], out);
    const auto scale = [](CountEnsemble& part, double share) {
        double total = 0;
        for (const auto& one : part) total += one.weight;
        for (auto& one : part) one.weight *= share / total;
    };
    if (lively_[cell] != 0) {
        const auto history = dense(histories_[cell], first_, origin_);
        double left = 1;
        for (const auto& own : own_past) left -= own.share;
        scale(out, left);
        for (const auto& own : own_past) {
            auto part = methods::decayed_history(history, own.decay);
            scale(part, own.share);
            out.insert(out.end(), part.begin(), part.end());
        }
    }
    methods::normalise(out);
    return out;
}

UnitForecast CellModel::forecast(std::size_t cell) const {
    UnitForecast out;
    out.unit = std::to_string(gids_[cell]);
    auto benchmark = methods::last_values(dense(histories_[cell], first_, origin_), benchmark_months);
    methods::normalise(benchmark);
    out.benchmark_mean = methods::mean(benchmark);
    out.in_conflict = out.benchmark_mean > 0;
    for (std::size_t r = 0; r < reaches_.size(); ++r) {
        const auto months = static_cast<std::size_t>(reaches_[r].last - reaches_[r].first + 1);
        out.months.insert(out.months.end(), months, distribution(cell, r));
    }
    return out;
}

}  // namespace icosa::forecast
