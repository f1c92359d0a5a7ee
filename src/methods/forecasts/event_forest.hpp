/// How likely an event is: extremely randomised trees over ranked features.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods {

/// What is learned from: n situations, whether the event followed, how many such situations each stands for.
struct EventExamples {
    std::size_t features = 0;
    std::vector<float> values;  ///< [n][features], no NaN
    std::vector<float> target;  ///< [n] within 0..1: what trees part by
    std::vector<float> happened;  ///< [n] 0 or 1: what leaves count
    std::vector<float> weight;  ///< [n] > 0

    [[nodiscard]] std::size_t size() const { return weight.size(); }
};

struct EventForestOptions {
    int trees = 200;
    int features_tried = 12;  ///< drawn at each node
    double smallest_leaf = 30;  ///< sum of weights
    std::uint64_t seed = 1;
};

/// A value's rank among those that were learned from, in at most 256 steps.
class Ranks {
public:
    Ranks() = default;
    /// in    values[n][features], no NaN
    Ranks(std::span<const float> values, std::size_t features);
    [[nodiscard]] std::uint8_t of(std::size_t feature, float value) const;

private:
    std::vector<std::vector<float>> edges_;  ///< of each feature, rising
};

/// Extremely randomised trees: at each node a few features, of each one cut at random, the best of these cuts.
///
///     P(event | x) = 1/T sum_t  weighted share of events in x's leaf of tree t
///     cut:  even among the steps between the least and the greatest rank in the node
///     best: that which lessens most the weighted squares of `target` about their means on both sides
///
/// in    grow: at least one example;  threads >= 1, the forest is the same for any: a tree has a random stream of its
///       own
/// out   probability: 0 to 1
/// src   [geurts2006] the trees, without bootstrap as there; cuts among ranks and a target of its own are ours
/// dif   a cut is even in the rank of a value, not in the value, so that a monotone change of a feature changes nothing
/// cost  grow O(trees n log n features_tried), predict O(trees depth)
/// seen  methods/event_forest_test.cpp: small cases by hand; no reference implementation was at hand
class EventForest {
public:
    [[nodiscard]] static EventForest grow(const EventExamples& examples, const EventForestOptions& options,
                                          int threads);
    [[nodiscard]] double probability(std::span<const float> values) const;

private:
    struct Node {
        std::uint16_t feature = 0;
        std::uint8_t above = 0;  ///< ranks from here on go right; 0 = a leaf
        std::uint32_t next = 0;  ///< the left child, the right one follows it
        float share = 0;  ///< of a leaf
    };
    class Grower;
    Ranks ranks_;
    std::vector<std::vector<Node>> trees_;
    std::size_t features_ = 0;
};

}  // namespace icosa::methods
