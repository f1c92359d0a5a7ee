/// Pairs of rows joined into events of some sources: which row of an event counts, and which stand behind it.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/same_events.hpp"

namespace icosa::harmonise {

/// Of some sources, which rows count, and which stand behind another.
class CountedOnce {
public:
    /// sources: of same.sources, in order of preference. `same` must outlive this.
    CountedOnce(const model::SameEvents& same, const std::vector<std::string>& sources);

    /// Does this row of the source (by its position among `sources`) count, or does an earlier one?
    [[nodiscard]] bool counts(std::size_t source, model::RowAt row) const;
    /// Pairs that a row which counts is joined by with others of its event; none = it is told by one source.
    [[nodiscard]] std::vector<const model::SamePair*> joined(std::size_t source, model::RowAt row) const;

private:
    struct Node {
        std::int32_t event = 0;  ///< of events_
        std::int32_t source = 0;
    };
    struct Event {
        std::int32_t first = 0;  ///< the earliest source that tells it
        std::vector<std::int32_t> pairs;
    };
    [[nodiscard]] const Node* find(std::size_t source, model::RowAt row) const;

    const model::SameEvents& same_;
    std::vector<std::unordered_map<std::uint64_t, std::int32_t>> node_of_;  ///< by source
    std::vector<Node> nodes_;
    std::vector<Event> events_;
};

}  // namespace icosa::harmonise
