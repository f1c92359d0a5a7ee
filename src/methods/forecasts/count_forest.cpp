/// Trees grown over binned features, in parallel; leaves as shares of buckets of what followed.
#include "methods/forecasts/count_forest.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <thread>

namespace icosa::methods {
namespace {

constexpr std::size_t most_bins = 64;
constexpr int exact_buckets = 20;       ///< counts 0 to 19 have a bucket each
constexpr double bucket_width = 0.05;   ///< of the logarithm, above
constexpr int buckets = 400;            ///< to 3 thousand million

std::size_t bucket_of_count(double count) {
    if (count < exact_buckets) return static_cast<std::size_t>(count);
    return static_cast<std::size_t>(
        std::min(buckets - 1, exact_buckets + static_cast<int>(std::log(count / exact_buckets) / bucket_width)));
}

const std::array<double, buckets>& bucket_counts() {
    static const auto table = [] {
        std::array<double, buckets> out{};
        for (int b = 0; b < buckets; ++b)
            out[static_cast<std::size_t>(b)] =
                b < exact_buckets ? b : exact_buckets * std::exp((b - exact_buckets + 0.5) * bucket_width);
        return out;
    }();
    return table;
}

/// Weight and weighted sums of the two targets.
struct BranchSums {
    double weight = 0, amount = 0, active = 0;
    std::uint32_t examples = 0;

    void add(const BranchSums& other) {
        weight += other.weight;
        amount += other.amount;
        active += other.active;
        examples += other.examples;
    }
    [[nodiscard]] BranchSums without(const BranchSums& other) const {
        return {weight - other.weight, amount - other.amount, active - other.active, examples - other.examples};
    }
};

}  // namespace

std::uint8_t FeatureBins::bin(std::size_t feature, float value) const {
    const auto& cuts = edges[feature];
    return static_cast<std::uint8_t>(std::upper_bound(cuts.begin(), cuts.end(), value) - cuts.begin());
}

FeatureBins feature_bins(std::span<const float> values, std::size_t features) {
    FeatureBins out;
    const std::size_t n = features == 0 ? 0 : values.size() / features;
    std::vector<float> column;
    for (std::size_t f = 0; f < features; ++f) {
        column.clear();
        for (std::size_t i = 0; i < n; ++i) column.push_back(values[i * features + f]);
        std::sort(column.begin(), column.end());
        const auto above = std::upper_bound(column.begin(), column.end(), column.empty() ? 0.0F : column.front());
        const auto many = static_cast<std::size_t>(column.end() - above);
        std::vector<float> cuts;
        for (std::size_t b = 0; b + 1 < most_bins && many > 0; ++b) {
            const float cut = above[static_cast<std::ptrdiff_t>(b * many / (most_bins - 1))];
            if (cuts.empty() || cut > cuts.back()) cuts.push_back(cut);
        }
        out.edges.push_back(std::move(cuts));
    }
    return out;
}

/// Grows one tree.
class CountForest::Grower {
public:
    Grower(const ForestExamples& examples, const ForestOptions& options, std::span<const float> amount,
           std::span<const float> active, std::uint64_t seed)
        : examples_(examples), options_(options), amount_(amount), active_(active), stream_(seed) {}

    Tree grow() {
        const std::size_t n = examples_.size();
        const auto wanted =
            std::max<std::size_t>(1, static_cast<std::size_t>(std::llround(options_.bag * static_cast<double>(n))));
        std::size_t left = wanted;
        for (std::size_t i = 0; i < n && left > 0; ++i) {
            if (stream_.below(n - i) >= left) continue;
            seen_.push_back(static_cast<std::uint32_t>(i));
            --left;
        }
        BranchSums all;
        double amount_squares = 0, active_squares = 0;
        for (const std::uint32_t i : seen_) {
            const double w = examples_.weight[i];
            all.add({w, w * amount_[i], w * active_[i], 1});
            amount_squares += w * amount_[i] * amount_[i];
            active_squares += w * active_[i] * active_[i];
        }
        amount_spread_ = amount_squares - all.amount * all.amount / all.weight;
        active_spread_ = active_squares - all.active * all.active / all.weight;
        tree_.nodes.push_back({});
        split(0, 0, seen_.size(), all);
        tree_.begins.push_back(static_cast<std::uint32_t>(tree_.shares.size()));
        return std::move(tree_);
    }

private:
    struct Cut {
        std::size_t feature = 0;
        std::uint8_t above = 0;
        double gain = 0;
        BranchSums left;
    };

    [[nodiscard]] double explained(const BranchSums& s) const {
        return (amount_spread_ > 0 ? s.amount * s.amount / s.weight / amount_spread_ : 0)
            + (active_spread_ > 0 ? s.active * s.active / s.weight / active_spread_ : 0);
    }

    [[nodiscard]] Cut best_cut(std::size_t begin, std::size_t end, const BranchSums& here) {
        std::array<std::uint16_t, 256> order{};
        const std::size_t features = examples_.features;
        for (std::size_t f = 0; f < features; ++f) order[f] = static_cast<std::uint16_t>(f);
        Cut best;
        for (std::size_t k = 0; k < std::min(features, static_cast<std::size_t>(options_.features_tried)); ++k) {
            std::swap(order[k], order[k + stream_.below(features - k)]);
            const std::size_t f = order[k];
            std::array<BranchSums, most_bins> of_bin{};
            for (std::size_t i = begin; i < end; ++i) {
                const std::uint32_t row = seen_[i];
                const double w = examples_.weight[row];
                of_bin[examples_.bins[row * features + f]].add({w, w * amount_[row], w * active_[row], 1});
            }
            BranchSums left;
            for (std::size_t b = 1; b < most_bins; ++b) {
                left.add(of_bin[b - 1]);
                if (of_bin[b - 1].examples == 0 || left.examples < options_.smallest_leaf) continue;
                const BranchSums right = here.without(left);
                if (right.examples < options_.smallest_leaf) break;
                const double gain = explained(left) + explained(right) - explained(here);
                if (gain > best.gain) best = {f, static_cast<std::uint8_t>(b), gain, left};
            }
        }
        return best;
    }

    void split(std::size_t node, std::size_t begin, std::size_t end, const BranchSums& here) {
        const Cut cut = end - begin >= 2 * options_.smallest_leaf ? best_cut(begin, end, here) : Cut{};
        if (cut.gain <= 1e-12) {
            close(node, begin, end);
            return;
        }
        const auto first = seen_.begin() + static_cast<std::ptrdiff_t>(begin),
                   last = seen_.begin() + static_cast<std::ptrdiff_t>(end);
        const auto middle = std::stable_partition(first, last, [&](std::uint32_t row) {
            return examples_.bins[row * examples_.features + cut.feature] < cut.above;
        });
        const std::size_t at = static_cast<std::size_t>(middle - seen_.begin());
        const std::size_t left = tree_.nodes.size();
        tree_.nodes.resize(left + 2);
        tree_.nodes[node] = {static_cast<std::uint16_t>(cut.feature), cut.above, static_cast<std::uint32_t>(left)};
        split(left, begin, at, cut.left);
        split(left + 1, at, end, here.without(cut.left));
    }

    /// A leaf: what followed its situations, as shares.
    void close(std::size_t node, std::size_t begin, std::size_t end) {
        tree_.nodes[node] = {0, 0, leaves_};
        tree_.begins.push_back(static_cast<std::uint32_t>(tree_.shares.size()));
        const std::size_t m = examples_.outcomes_each;
        double total = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t row = seen_[i];
            const double w = examples_.weight[row];
            for (std::size_t k = 0; k < m; ++k) {
                const std::size_t bucket = bucket_of_count(examples_.outcomes[row * m + k]);
                counted_[bucket] += w;
                highest_ = std::max(highest_, bucket);
                total += w;
            }
        }
        for (std::size_t b = 0; b <= highest_; ++b) {
            if (counted_[b] > 0)
                tree_.shares.push_back({static_cast<std::uint16_t>(b), static_cast<float>(counted_[b] / total)});
            counted_[b] = 0;
        }
        ++leaves_;
    }

    const ForestExamples& examples_;
    const ForestOptions& options_;
    std::span<const float> amount_, active_;
    Stream stream_;
    std::vector<std::uint32_t> seen_;
    double amount_spread_ = 0, active_spread_ = 0;
    std::array<double, buckets> counted_{};
    std::size_t highest_ = 0;   ///< bucket that any leaf so far has used
    std::uint32_t leaves_ = 0;
    Tree tree_;
};

CountForest CountForest::grow(const ForestExamples& examples, const ForestOptions& options, int threads) {
    const std::size_t n = examples.size(), m = examples.outcomes_each;
    std::vector<float> amount(n), active(n);
    for (std::size_t i = 0; i < n; ++i) {
        double logs = 0, above = 0;
        for (std::size_t k = 0; k < m; ++k) {
            const double outcome = examples.outcomes[i * m + k];
            if (outcome <= 0) continue;
            logs += std::log1p(outcome);
            above += 1;
        }
        amount[i] = static_cast<float>(logs / static_cast<double>(m));
        active[i] = static_cast<float>(above / static_cast<double>(m));
    }
    CountForest out;
    out.trees_.resize(static_cast<std::size_t>(options.trees));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t t = next++; t < out.trees_.size(); t = next++)
            out.trees_[t] = Grower(examples, options, amount, active, Stream(options.seed + t).next()).grow();
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    others.clear();
    return out;
}

void CountForest::predict(std::span<const std::uint8_t> bins, CountEnsemble& out) const {
    std::array<double, buckets> weights{};
    std::size_t highest = 0;
    for (const Tree& tree : trees_) {
        Node node = tree.nodes.front();
        while (node.above > 0) node = tree.nodes[node.next + (bins[node.feature] >= node.above ? 1 : 0)];
        const std::uint32_t begin = tree.begins[node.next], end = tree.begins[node.next + 1];
        for (std::uint32_t i = begin; i < end; ++i) weights[tree.shares[i].bucket] += tree.shares[i].weight;
        highest = std::max<std::size_t>(highest, tree.shares[end - 1].bucket);
    }
    out.clear();
    for (std::size_t b = 0; b <= highest; ++b) {
        if (weights[b] > 0) out.push_back({bucket_counts()[b], weights[b] / static_cast<double>(trees_.size())});
    }
}

}  // namespace icosa::methods
