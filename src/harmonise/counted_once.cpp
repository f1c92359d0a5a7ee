/// Joins pairs.
#include "harmonise/counted_once.hpp"

#include <algorithm>
#include <bit>
#include <optional>

namespace icosa::harmonise {

using model::RowAt;
using model::SameEvents;
using model::SamePair;

namespace {

std::uint64_t key_of(RowAt row) {
    return static_cast<std::uint64_t>(static_cast<std::uint32_t>(row.file)) << 32
        | static_cast<std::uint32_t>(row.line);
}

/// Nodes joined into trees, none with two of one source.
class Joined {
public:
    std::int32_t add(std::size_t source) {
        parent_.push_back(static_cast<std::int32_t>(parent_.size()));
        sources_.push_back(std::uint64_t{1} << source);
        return parent_.back();
    }
    std::int32_t root(std::int32_t node) {
        for (; parent_[at(node)] != node; node = parent_[at(node)]) parent_[at(node)] = parent_[at(parent_[at(node)])];
        return node;
    }
    bool join(std::int32_t a, std::int32_t b) {
        a = root(a);
        b = root(b);
        if (a == b || (sources_[at(a)] & sources_[at(b)]) != 0) return false;
        parent_[at(b)] = a;
        sources_[at(a)] |= sources_[at(b)];
        return true;
    }
    [[nodiscard]] std::int32_t first_source(std::int32_t root) const { return std::countr_zero(sources_[at(root)]); }

private:
    static std::size_t at(std::int32_t node) { return static_cast<std::size_t>(node); }

    std::vector<std::int32_t> parent_;
    std::vector<std::uint64_t> sources_;  ///< of a root: bits of those in its tree
};

}  // namespace

CountedOnce::CountedOnce(const SameEvents& same, const std::vector<std::string>& sources)
    : same_(same), node_of_(sources.size()) {
    std::vector<std::optional<std::size_t>> position;
    for (const auto& id : same.sources) {
        const auto found = std::ranges::find(sources, id);
        position.push_back(found == sources.end() ? std::nullopt : std::optional<std::size_t>(found - sources.begin()));
    }
    Joined trees;
    std::vector<std::pair<std::int32_t, std::int32_t>> kept;  // node, pair
    const auto node = [&](std::size_t source, RowAt row) {
        const auto [at, is_new] = node_of_[source].try_emplace(key_of(row), static_cast<std::int32_t>(nodes_.size()));
        // until all are joined, a node's event is its place in the trees
        if (is_new) nodes_.push_back({trees.add(source), static_cast<std::int32_t>(source)});
        return at->second;
    };
    for (std::size_t i = 0; i < same.pairs.size(); ++i) {
        const SamePair& pair = same.pairs[i];
        const auto a = position[static_cast<std::size_t>(pair.source_a)];
        const auto b = position[static_cast<std::size_t>(pair.source_b)];
        if (!a || !b) continue;
        const auto one = node(*a, pair.a);
        if (trees.join(one, node(*b, pair.b))) kept.emplace_back(one, static_cast<std::int32_t>(i));
    }
    std::vector<std::int32_t> event_of(nodes_.size(), -1);
    for (auto& of : nodes_) {
        const auto root = trees.root(of.event);
        auto& event = event_of[static_cast<std::size_t>(root)];
        if (event < 0) {
            event = static_cast<std::int32_t>(events_.size());
            events_.push_back({trees.first_source(root), {}});
        }
        of.event = event;
    }
    for (const auto& [one, pair] : kept)
        events_[static_cast<std::size_t>(nodes_[static_cast<std::size_t>(one)].event)].pairs.push_back(pair);
}

const CountedOnce::Node* CountedOnce::find(std::size_t source, RowAt row) const {
    const auto found = node_of_[source].find(key_of(row));
    return found == node_of_[source].end() ? nullptr : &nodes_[static_cast<std::size_t>(found->second)];
}

bool CountedOnce::counts(std::size_t source, RowAt row) const {
    const Node* of = find(source, row);
    return !of || events_[static_cast<std::size_t>(of->event)].first == of->source;
}

std::vector<const SamePair*> CountedOnce::joined(std::size_t source, RowAt row) const {
    std::vector<const SamePair*> out;
    const Node* of = find(source, row);
    if (!of) return out;
    for (const auto pair : events_[static_cast<std::size_t>(of->event)].pairs)
        out.push_back(&same_.pairs[static_cast<std::size_t>(pair)]);
    return out;
}

}  // namespace icosa::harmonise
