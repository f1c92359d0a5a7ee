/// How likely an event is: a forest of extremely randomised trees.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/forecasts/event_regression.hpp"

namespace icosa::methods {

struct EventForestOptions {
    int trees = 200;
    int features_tried = 10;  ///< drawn at each node
    double smallest_leaf = 20;  ///< weight of examples
    std::uint64_t seed = 1;
};

/// Each node draws some features and, for each, one cut at random between the least and the greatest value there, and
/// keeps the cut that lessens the spread most; every tree sees every example.
///
///     split:  the cut that lessens most  W p (1 - p)  of its sides;  p = share in which the event followed, by weight
///     P(event | x) = mean over the trees of p in the leaf of x
///
/// in    at least one example;  threads >= 1, the forest is the same for any
/// out   probability: within [0, 1]
/// src   [geurts2006]
/// cost  grow O(trees n log n features_tried), probability O(trees depth)
/// seen  methods/event_forest_test.cpp: the mean of many stumps is the integral over the cut
class EventForest {
public:
    [[nodiscard]] static EventForest grow(const EventExamples& examples, const EventForestOptions& options,
                                          int threads = 1);
    [[nodiscard]] double probability(std::span<const float> values) const;

private:
    struct Node {
        float cut = 0;  ///< values below it go left; of a leaf, the share in which the event followed
        std::int32_t feature = -1;  ///< -1 = a leaf
        std::uint32_t left = 0;  ///< the right child follows it
    };
    using Tree = std::vector<Node>;
    class Grower;
    std::vector<Tree> trees_;
};

}  // namespace icosa::methods
