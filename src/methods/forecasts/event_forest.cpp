/// Trees grown over ranks, one stream a tree.
#include "methods/forecasts/event_forest.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {
namespace {

constexpr std::size_t most_ranks = 256;

/// Weight and weighted sums on one side of a cut.
struct SideSums {
    double weight = 0, target = 0;
};

double explained_by(const SideSums& side) { return side.weight > 0 ? side.target * side.target / side.weight : 0; }

}  // namespace

Ranks::Ranks(std::span<const float> values, std::size_t features) {
    const std::size_t n = features == 0 ? 0 : values.size() / features;
    std::vector<float> column(n);
    for (std::size_t f = 0; f < features; ++f) {
        for (std::size_t i = 0; i < n; ++i) column[i] = values[i * features + f];
        std::sort(column.begin(), column.end());
        const auto above = std::upper_bound(column.begin(), column.end(), column.front());
        const auto many = static_cast<std::size_t>(column.end() - above);
        auto& edges = edges_.emplace_back();
        for (std::size_t r = 0; r + 1 < most_ranks && many > 0; ++r) {
            const float edge = above[static_cast<std::ptrdiff_t>(r * many / (most_ranks - 1))];
            if (edges.empty() || edge > edges.back()) edges.push_back(edge);
        }
    }
}

std::uint8_t Ranks::of(std::size_t feature, float value) const {
    const auto& edges = edges_[feature];
    return static_cast<std::uint8_t>(std::upper_bound(edges.begin(), edges.end(), value) - edges.begin());
}

/// Grows one tree.
class EventForest::Grower {
public:
    /// ranks: [features][n].
    Grower(const EventExamples& examples, const std::vector<std::uint8_t>& ranks, const EventForestOptions& options,
           std::uint64_t seed)
        : examples_(examples), ranks_(ranks), options_(options), stream_(seed), rows_(examples.size()) {
        for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i] = static_cast<std::uint32_t>(i);
        order_.resize(examples.features);
        for (std::size_t f = 0; f < order_.size(); ++f) order_[f] = static_cast<std::uint16_t>(f);
    }

    std::vector<Node> grow() {
        nodes_.push_back({});
        split(0, 0, rows_.size());
        return std::move(nodes_);
    }

private:
    struct Cut {
        std::size_t feature = 0;
        std::uint8_t above = 0;
        double gain = 0;
    };

    [[nodiscard]] const std::uint8_t* column(std::size_t feature) const {
        return ranks_.data() + feature * examples_.size();
    }

    [[nodiscard]] Cut best_cut(std::size_t begin, std::size_t end, const SideSums& here) {
        Cut best;
        int tried = 0;
        for (std::size_t k = 0; k < order_.size() && tried < options_.features_tried; ++k) {
            std::swap(order_[k], order_[k + stream_.below(order_.size() - k)]);
            const std::uint8_t* ranks = column(order_[k]);
            std::uint8_t least = 255, most = 0;
            for (std::size_t i = begin; i < end; ++i) {
                least = std::min(least, ranks[rows_[i]]);
                most = std::max(most, ranks[rows_[i]]);
            }
            if (least == most) continue;
            ++tried;
            const auto above =
                static_cast<std::uint8_t>(least + 1 + stream_.below(static_cast<std::uint64_t>(most - least)));
            SideSums left;
            for (std::size_t i = begin; i < end; ++i) {
                const std::uint32_t row = rows_[i];
                const float is_left = ranks[row] < above ? 1.0F : 0.0F;
                left.weight += static_cast<double>(is_left * examples_.weight[row]);
                left.target += static_cast<double>(is_left * examples_.weight[row] * examples_.target[row]);
            }
            const SideSums right{here.weight - left.weight, here.target - left.target};
            if (std::min(left.weight, right.weight) < options_.smallest_leaf) continue;
            const double gain = explained_by(left) + explained_by(right) - explained_by(here);
            if (gain > best.gain) best = {order_[k], above, gain};
        }
        return best;
    }

    void split(std::size_t node, std::size_t begin, std::size_t end) {
        SideSums here;
        double happened = 0;
        for (std::size_t i = begin; i < end; ++i) {
            const std::uint32_t row = rows_[i];
            here.weight += static_cast<double>(examples_.weight[row]);
            here.target += static_cast<double>(examples_.weight[row]) * static_cast<double>(examples_.target[row]);
            happened += static_cast<double>(examples_.weight[row]) * static_cast<double>(examples_.happened[row]);
        }
        const bool is_mixed = here.target > 1e-9 && here.target < here.weight - 1e-9;
        const Cut cut = is_mixed && here.weight >= 2 * options_.smallest_leaf ? best_cut(begin, end, here) : Cut{};
        if (cut.gain <= 1e-12) {
            nodes_[node] = {0, 0, 0, static_cast<float>(happened / here.weight)};
            return;
        }
        const std::uint8_t* ranks = column(cut.feature);
        const auto first = rows_.begin() + static_cast<std::ptrdiff_t>(begin),
                   last = rows_.begin() + static_cast<std::ptrdiff_t>(end);
        const auto middle = std::partition(first, last, [&](std::uint32_t row) { return ranks[row] < cut.above; });
        const auto at = static_cast<std::size_t>(middle - rows_.begin());
        const std::size_t left = nodes_.size();
        nodes_.resize(left + 2);
        nodes_[node] = {static_cast<std::uint16_t>(cut.feature), cut.above, static_cast<std::uint32_t>(left), 0};
        split(left, begin, at);
        split(left + 1, at, end);
    }

    const EventExamples& examples_;
    const std::vector<std::uint8_t>& ranks_;
    const EventForestOptions& options_;
    Stream stream_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::uint16_t> order_;
    std::vector<Node> nodes_;
};

EventForest EventForest::grow(const EventExamples& examples, const EventForestOptions& options, int threads) {
    EventForest out;
    const std::size_t n = examples.size();
    out.features_ = examples.features;
    out.ranks_ = Ranks(examples.values, examples.features);
    std::vector<std::uint8_t> ranks(n * examples.features);
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t f = 0; f < examples.features; ++f)
            ranks[f * n + i] = out.ranks_.of(f, examples.values[i * examples.features + f]);
    }
    out.trees_.resize(static_cast<std::size_t>(options.trees));
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t t = next++; t < out.trees_.size(); t = next++)
            out.trees_[t] = Grower(examples, ranks, options, Stream(options.seed + t).next()).grow();
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    others.clear();
    return out;
}

double EventForest::probability(std::span<const float> values) const {
    std::vector<std::uint8_t> ranks(features_);
    for (std::size_t f = 0; f < features_; ++f) ranks[f] = ranks_.of(f, values[f]);
    double sum = 0;
    for (const auto& tree : trees_) {
        Node node = tree.front();
        while (node.above > 0) node = tree[node.next + (ranks[node.feature] >= node.above ? 1 : 0)];
        sum += static_cast<double>(node.share);
    }
    return trees_.empty() ? 0 : sum / static_cast<double>(trees_.size());
}

}  // namespace icosa::methods
