/// Sanctions as minima that are spread backwards, from the least preferred states up.
#include "methods/conflict_graph/stability.hpp"

#include <algorithm>
#include <atomic>
#include <bit>
#include <optional>
#include <thread>

#include "methods/conflict_graph/moves.hpp"

namespace icosa::methods::conflict_graph {
namespace {

/// Numbers by ascending key, those of one key as they stand in `numbers`.
template <class Key>
std::vector<std::uint32_t> sorted_by(const std::vector<std::uint32_t>& numbers, std::size_t keys, const Key& key) {
    std::vector<std::uint32_t> begin(keys + 1, 0), out(numbers.size());
    for (const std::uint32_t s : numbers) ++begin[key(s) + 1];
    for (std::size_t k = 1; k <= keys; ++k) begin[k] += begin[k - 1];
    for (const std::uint32_t s : numbers) out[begin[key(s)]++] = s;
    return out;
}

/// A state as one decision maker sees it.
struct Seat {
    std::uint32_t home;  ///< class of its map of moves
    std::int32_t rank;
};

/// All maps of moves, and what the search asks of a state side by side.
struct Table {
    std::vector<MoveMap> maps;
    std::vector<Seat> seats;  ///< [states][makers]
    std::span<const State> states;
    const Game& game;

    void add(std::size_t i, const Ranking& ranks) {
        maps[i] = map_moves(game, states, static_cast<int>(i), ranks);
        for (std::size_t s = 0; s < states.size(); ++s) seats[s * maps.size() + i] = {maps[i].class_of[s], ranks[s]};
    }
};

/// work(i) for each decision maker, by two threads where there are many states; each i writes its own place only.
template <class Work> void in_parallel(std::size_t states, std::size_t makers, const Work& work) {
    std::atomic<std::size_t> next = 0;
    const auto run = [&] {
        for (std::size_t i = next++; i < makers; i = next++) work(i);
    };
    std::optional<std::jthread> other;
    if (states > 4096) other.emplace(run);
    run();
}

/// States in the order in which they spread their value: ascending, but all that differ in no option of `focal` before
/// the next such lot, since others never change these. A lot at a time stays near the processor.
std::vector<std::uint32_t> spreading_order(const Table& table, std::size_t focal, const Ranking& values) {
    std::vector<std::uint32_t> all(values.size());
    for (std::uint32_t s = 0; s < all.size(); ++s) all[s] = s;
    const auto by_value =
        sorted_by(all, values.size(), [&](std::uint32_t s) { return static_cast<std::size_t>(values[s]); });
    const State own = table.game.makers[focal].options;
    const int width = std::popcount(own);
    if (width > 20 || values.size() < 4096) return by_value;
    for (std::uint32_t s = 0; s < all.size(); ++s) all[s] = static_cast<std::uint32_t>(packed(table.states[s], own));
    return sorted_by(by_value, std::size_t{1} << width, [&](std::uint32_t s) { return all[s]; });
}

/// The least value among each state and all that decision makers other than `focal` reach from it.
Ranking least_reached(const Table& table, std::size_t focal, Step step, const Ranking& values) {
    const std::size_t makers = table.maps.size();
    std::vector<Arrivals> arrivals;
    for (const MoveMap& map : table.maps) arrivals.emplace_back(map, step);
    Ranking least(values.size());
    std::vector<std::uint64_t> is_labelled((values.size() + 63) / 64, 0);  // small: it stays near the processor
    std::vector<std::uint32_t> queue;
    queue.reserve(values.size());
    const auto label = [&](std::uint32_t state, std::int32_t value) {
        std::uint64_t& word = is_labelled[state / 64];
        const std::uint64_t bit = std::uint64_t{1} << state % 64;
        if ((word & bit) != 0) return;
        word |= bit;
        least[state] = value;
        queue.push_back(state);
    };
    // what the next states of the queue will look at is fetched ahead, in the order in which it hangs together
    const auto foresee = [&](std::size_t at) {
        constexpr std::size_t seats_ahead = 12, classes_ahead = 8, members_ahead = 4;
        if (at + seats_ahead < queue.size()) __builtin_prefetch(&table.seats[queue[at + seats_ahead] * makers]);
        if (at + classes_ahead < queue.size())
            for (std::size_t j = 0; j < makers; ++j)
                arrivals[j].foresee_class(table.seats[queue[at + classes_ahead] * makers + j].home);
        if (at + members_ahead < queue.size())
            for (std::size_t j = 0; j < makers; ++j)
                arrivals[j].foresee_members(table.seats[queue[at + members_ahead] * makers + j].home);
    };
    std::size_t at = 0;
    for (const std::uint32_t start : spreading_order(table, focal, values)) {
        const std::int32_t value = values[start];
        label(start, value);
        for (; at < queue.size(); ++at) {
            foresee(at);
            const Seat* seat = &table.seats[queue[at] * makers];
            for (std::size_t j = 0; j < makers; ++j)
                if (j != focal)
                    arrivals[j].into(seat[j].home, seat[j].rank, [&](std::uint32_t from) { label(from, value); });
        }
    }
    return least;
}

void mark_stable(Marks& marks, Concept one, const MoveMap& own, const Ranking& values, const Ranking& ranks) {
    const Ranking highest = highest_reached(own, values);
    for (std::size_t s = 0; s < marks.size(); ++s)
        if (highest[s] <= ranks[s]) marks[s] |= mark_of(one);
}

Marks stable_for(const Table& table, std::size_t focal, const Ranking& mine) {
    const MoveMap& own = table.maps[focal];
    Marks marks(mine.size(), 0);
    mark_stable(marks, Concept::Nash, own, mine, mine);
    mark_stable(marks, Concept::Gmr, own, least_reached(table, focal, Step::Any, mine), mine);
    mark_stable(marks, Concept::Seq, own, least_reached(table, focal, Step::Improving, mine), mine);
    Ranking inescapable = least_reached(table, focal, Step::Any, highest_reached(own, mine));
    for (std::size_t s = 0; s < mine.size(); ++s) inescapable[s] = std::min(inescapable[s], mine[s]);
    mark_stable(marks, Concept::Smr, own, inescapable, mine);
    return marks;
}

}  // namespace

Stability stability(const Game& game, std::span<const State> states, std::span<const Ranking> ranks) {
    const std::size_t makers = game.makers.size();
    Table table{{}, std::vector<Seat>(states.size() * makers), states, game};
    table.maps.resize(makers);
    in_parallel(states.size(), makers, [&](std::size_t i) { table.add(i, ranks[i]); });
    Stability out;
    out.makers.resize(makers);
    in_parallel(states.size(), makers, [&](std::size_t i) { out.makers[i] = stable_for(table, i, ranks[i]); });
    out.equilibria.assign(states.size(), all_marks);
    for (const Marks& marks : out.makers)
        for (std::size_t s = 0; s < states.size(); ++s) out.equilibria[s] &= marks[s];
    return out;
}

}  // namespace icosa::methods::conflict_graph
