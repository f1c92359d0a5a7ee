/// Trees grown one by one over columns of values, in parallel.
#include "methods/forecasts/event_forest.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {
namespace {

/// Weight of examples and of those in which the event followed.
struct EventSums {
    double weight = 0, happened = 0;
    [[nodiscard]] double spread() const { return weight > 0 ? happened * (weight - happened) / weight : 0; }
};

/// The values by feature, so that a node reads one column at a time.
std::vector<float> columns_of(const EventExamples& examples) {
    const std::size_t n = examples.size();
    std::vector<float> out(examples.values.size());
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t f = 0; f < examples.features; ++f) out[f * n + i] = examples.values[i * examples.features + f];
    }
    return out;
}

}  // namespace

/// Grows one tree.
class EventForest::Grower {
public:
    Grower(const EventExamples& examples, std::span<const float> columns, const EventForestOptions& options,
           std::uint64_t seed)
        : examples_(examples),
          columns_(columns),
          options_(options),
          stream_(seed),
          rows_(examples.size()),
          order_(examples.features) {
        std::iota(rows_.begin(), rows_.end(), 0U);
        std::iota(order_.begin(), order_.end(), std::size_t{0});
    }

    Tree grow() {
        EventSums all;
        weight_.resize(rows_.size());
        happened_.resize(rows_.size());
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            take(i);
            all.weight += static_cast<double>(weight_[i]);
            all.happened += static_cast<double>(happened_[i]);
        }
        tree_.push_back({});
        split(0, 0, rows_.size(), all);
        return std::move(tree_);
    }

private:
    struct Cut {
        std::size_t feature = 0;
        float at = 0;
        double spread = 0;
        EventSums left;
        bool found = false;
    };

    /// Weight and weighted event of the row that stands at a place, beside each other for the sums of a node.
    void take(std::size_t place) {
        const std::uint32_t row = rows_[place];
        weight_[place] = examples_.weight[row];
        happened_[place] = examples_.weight[row] * examples_.happened[row];
    }

    [[nodiscard]] std::span<const float> column(std::size_t feature) const {
        return columns_.subspan(feature * rows_.size(), rows_.size());
    }

    /// Nothing where the feature does not vary here; else values_ holds its values here.
    [[nodiscard]] Cut random_cut(std::size_t feature, std::size_t begin, std::size_t end) {
        const auto values = column(feature);
        values_.resize(end - begin);
        for (std::size_t i = begin; i < end; ++i) values_[i - begin] = values[rows_[i]];
        const auto [low, high] = std::minmax_element(values_.begin(), values_.end());
        const float least = *low, greatest = *high;
        Cut out;
        out.feature = feature;
        if (!(greatest > least)) return out;
        out.at = least + static_cast<float>(static_cast<double>(stream_.next() >> 11) * 0x1p-53) * (greatest - least);
        if (!(out.at > least)) out.at = greatest;  // rounded down to the least: nothing would go left
        out.found = true;
        return out;
    }

    [[nodiscard]] Cut best_cut(std::size_t begin, std::size_t end, const EventSums& here) {
        Cut best;
        std::size_t tried = 0;
        const auto wanted = static_cast<std::size_t>(std::max(1, options_.features_tried));
        for (std::size_t k = 0; k < order_.size() && tried < wanted; ++k) {
            std::swap(order_[k], order_[k + stream_.below(order_.size() - k)]);
            Cut one = random_cut(order_[k], begin, end);
            if (!one.found) continue;
            ++tried;
            for (std::size_t i = begin; i < end; ++i) {
                const float left = values_[i - begin] < one.at ? 1.0F : 0.0F;
                one.left.weight += static_cast<double>(left * weight_[i]);
                one.left.happened += static_cast<double>(left * happened_[i]);
            }
            const EventSums right{here.weight - one.left.weight, here.happened - one.left.happened};
            if (one.left.weight < options_.smallest_leaf || right.weight < options_.smallest_leaf) continue;
            one.spread = one.left.spread() + right.spread();
            if (!best.found || one.spread < best.spread) best = one;
        }
        return best;
    }

    void split(std::size_t node, std::size_t begin, std::size_t end, const EventSums& here) {
        const bool mixed = here.happened > 0 && here.happened < here.weight;
        const Cut cut = mixed && here.weight >= 2 * options_.smallest_leaf ? best_cut(begin, end, here) : Cut{};
        if (!cut.found) {
            tree_[node].cut = static_cast<float>(here.weight > 0 ? here.happened / here.weight : 0);
            return;
        }
        const auto values = column(cut.feature);
        const auto first = rows_.begin() + static_cast<std::ptrdiff_t>(begin),
                   last = rows_.begin() + static_cast<std::ptrdiff_t>(end);
        const auto middle = std::partition(first, last, [&](std::uint32_t row) { return values[row] < cut.at; });
        const auto at = static_cast<std::size_t>(middle - rows_.begin());
        for (std::size_t i = begin; i < end; ++i) take(i);
        const std::size_t left = tree_.size();
        tree_.resize(left + 2);
        tree_[node] = {cut.at, static_cast<std::int32_t>(cut.feature), static_cast<std::uint32_t>(left)};
        split(left, begin, at, cut.left);
        split(left + 1, at, end, {here.weight - cut.left.weight, here.happened - cut.left.happened});
    }

    const EventExamples& examples_;
    std::span<const float> columns_;
    const EventForestOptions& options_;
    Stream stream_;
    std::vector<std::uint32_t> rows_;
    std::vector<std::size_t> order_;
    std::vector<float> weight_, happened_;  ///< in the order of rows_
    std::vector<float> values_;  ///< of one feature in a node
    Tree tree_;
};

EventForest EventForest::grow(const EventExamples& examples, const EventForestOptions& options, int threads) {
    EventForest out;
    out.trees_.resize(static_cast<std::size_t>(std::max(1, options.trees)));
    const std::vector<float> columns = columns_of(examples);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        for (std::size_t t = next++; t < out.trees_.size(); t = next++)
            out.trees_[t] = Grower(examples, columns, options, Stream(options.seed + t).next()).grow();
    };
    std::vector<std::jthread> others;
    for (int i = 1; i < threads; ++i) others.emplace_back(work);
    work();
    others.clear();
    return out;
}

double EventForest::probability(std::span<const float> values) const {
    double sum = 0;
    for (const Tree& tree : trees_) {
        std::size_t at = 0;
        while (tree[at].feature >= 0)
            at = tree[at].left + (values[static_cast<std::size_t>(tree[at].feature)] < tree[at].cut ? 0 : 1);
        sum += static_cast<double>(tree[at].cut);
    }
    return sum / static_cast<double>(trees_.size());
}

}  // namespace icosa::methods
