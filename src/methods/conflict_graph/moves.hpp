/// The moves of one decision maker over all states at once, as classes of states that go and come alike.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "methods/conflict_graph/game.hpp"

namespace icosa::methods::conflict_graph {

/// As played, or all moves turned round.
enum class Sense { Forth, Reversed };

/// States that one decision maker tells apart by no option that it may change both ways form a class: it moves freely
/// within. From a class it moves up to those with more of its one-way options used.
///
///     class of s = (options of others, one-way options used);  t in R(s), or t = s, where class of t is that of s or
///     above it
///
/// Moves of one decision maker compose to a move, so its reach is these classes and no search is needed.
struct MoveMap {
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};
    std::vector<std::uint32_t> class_of;     ///< [states]; nowhere = the decision maker does not see the state
    std::vector<std::uint32_t> members;      ///< states by class, each class by rank, the least preferred first
    std::vector<std::int32_t> member_ranks;  ///< [members]
    std::vector<std::uint32_t> begin;        ///< [classes + 1] into members; a class may be empty
    std::vector<std::uint32_t> below_begin;  ///< [classes + 1] into below
    std::vector<std::uint32_t> below;        ///< classes from which one comes up into this one, all or by steps

    [[nodiscard]] std::size_t classes() const { return begin.size() - 1; }
    [[nodiscard]] std::span<const std::uint32_t> below_of(std::uint32_t one) const {
        return std::span(below).subspan(below_begin[one], below_begin[one + 1] - below_begin[one]);
    }
    [[nodiscard]] std::span<const std::uint32_t> members_of(std::uint32_t one) const {
        return std::span(members).subspan(begin[one], begin[one + 1] - begin[one]);
    }
};

/// cost  O(states log states); classes of a group with w one-way options are at most 4 * those that have members or so:
/// all 2^w where many of them are there (steps of one option), else only those there (every pair)
[[nodiscard]] MoveMap map_moves(const Game& game, std::span<const State> states, int maker, const Ranking& ranks,
                                Sense sense = Sense::Forth);

/// The highest value among a state and all states that the decision maker reaches from it; values[states].
[[nodiscard]] Ranking highest_reached(const MoveMap& map, const Ranking& values);

/// Which moves count: all, or those to a state that the mover prefers.
enum class Step { Any, Improving };

/// The states from which one decision maker moves into given ones, each told once whatever is asked: a backward search
/// over many movers looks at each state and class a few times, not at each move.
class Arrivals {
public:
    Arrivals(const MoveMap& map, Step step) : map_(&map), step_(step), classes_(map.classes()) {
        for (std::size_t one = 0; one < classes_.size(); ++one) classes_[one].next = map.begin[one];
    }

    /// Calls found(s) for each state s from which the decision maker moves (Improving: to its gain) into a state of
    /// this class and rank, s not told before.
    template <class Found> void into(std::uint32_t home, std::int32_t rank, const Found& found) {
        if (home != MoveMap::nowhere) come_into(home, step_ == Step::Any ? highest_rank : rank, found);
    }

    /// Fetches what `into` will look at first.
    void foresee_class(std::uint32_t home) const {
        if (home != MoveMap::nowhere) __builtin_prefetch(&classes_[home]);
    }
    /// Fetches what it will look at next.
    void foresee_members(std::uint32_t home) const {
        if (home != MoveMap::nowhere) __builtin_prefetch(&map_->members[classes_[home].next]);
    }

private:
    static constexpr std::int32_t highest_rank = 0x7fffffff;

    struct Told {
        std::uint32_t next = 0;  ///< the first member not told yet
        std::int32_t reached = -1;  ///< members below this rank are told
    };

    template <class Found>
    void come_into(std::uint32_t one, std::int32_t rank, const Found& found) {  // NOLINT(misc-no-recursion): <= options
        Told& told = classes_[one];
        if (told.reached >= rank) return;
        told.reached = rank;
        for (const std::uint32_t end = map_->begin[one + 1]; told.next < end && map_->member_ranks[told.next] < rank;
             ++told.next)
            found(map_->members[told.next]);
        for (const std::uint32_t lower : map_->below_of(one)) come_into(lower, rank, found);
    }

    const MoveMap* map_;
    Step step_;
    std::vector<Told> classes_;
};

}  // namespace icosa::methods::conflict_graph
