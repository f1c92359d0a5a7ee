/// A forest of regression trees whose leaves keep the whole distribution of the counts that followed: quantile
/// regression forests for counts.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {

/// Cuts of features into at most 64 bins, so that a tree compares small whole numbers.
struct FeatureBins {
    std::vector<std::vector<float>>
        edges;  ///< of each feature, rising; a value's bin is the number of edges at or below it

    [[nodiscard]] std::uint8_t bin(std::size_t feature, float value) const;
};

/// Edges at the quantiles of the values above the least one, which has a bin of its own: most situations of rare events
/// are all alike.
///
/// in    values[n][features], no NaN
[[nodiscard]] FeatureBins feature_bins(std::span<const float> values, std::size_t features);

/// What a forest learns from: n situations and the m counts that followed each.
struct ForestExamples {
    std::size_t features = 0;
    std::size_t outcomes_each = 0;  ///< m >= 1
    std::vector<std::uint8_t> bins;  ///< [n][features]
    std::vector<float> weight;  ///< [n] > 0: how many such situations it stands for
    std::vector<float> outcomes;  ///< [n][m] >= 0, whole

    [[nodiscard]] std::size_t size() const { return weight.size(); }
};

struct ForestOptions {
    int trees = 24;
    int features_tried = 5;  ///< drawn at each node
    std::size_t smallest_leaf = 150;  ///< examples
    double bag = 0.5;  ///< share of the examples that a tree sees, drawn without putting back
    std::uint64_t seed = 1;
};

///     F(y | x) = 1/T sum_t  share of what followed the situations in x's leaf of tree t that is <= y
///     split:  the cut that lessens most  SS(mean log(1 + y)) / SS_root + SS(share of y > 0) / SS_root
///
/// in    grow: at least one example;  threads >= 1, the forest is the same for any
/// out   predict: values upwards, weights that sum to 1 but for rounding; counts from 20 on are kept in buckets 5 %
/// wide src   [meinshausen2006] leaves keep what was observed; [breiman2001] the forest; the two targets of a split are
/// ours: how much, and whether at all dif   what followed is not moved to x's own level as methods::rescaled does:
/// leaves part levels already, and on cells it did worse cost  grow O(trees n log n features_tried); predict O(trees
/// (depth + values in the leaves))
class CountForest {
public:
    [[nodiscard]] static CountForest grow(const ForestExamples& examples, const ForestOptions& options, int threads);
    void predict(std::span<const std::uint8_t> bins, CountEnsemble& out) const;

private:
    struct Node {
        std::uint16_t feature = 0;
        std::uint8_t above = 0;  ///< bins from here on go right; 0 = a leaf
        std::uint32_t next = 0;  ///< the left child, the right one follows it; of a leaf, its number
    };
    struct Share {
        std::uint16_t bucket = 0;
        float weight = 0;
    };
    struct Tree {
        std::vector<Node> nodes;
        std::vector<std::uint32_t> begins;  ///< of each leaf in shares, and the end
        std::vector<Share> shares;
    };
    class Grower;
    std::vector<Tree> trees_;
};

}  // namespace icosa::methods
