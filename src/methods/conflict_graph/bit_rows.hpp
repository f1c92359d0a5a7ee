/// A relation between the states of a small conflict, as rows of bits.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace icosa::methods::conflict_graph {

/// A set of states, 64 to a word.
class BitRow {
public:
    explicit BitRow(std::size_t states = 0) : words_((states + 63) / 64, 0) {}

    void set(std::size_t t) { words_[t / 64] |= std::uint64_t{1} << t % 64; }
    void clear(std::size_t t) { words_[t / 64] &= ~(std::uint64_t{1} << t % 64); }
    [[nodiscard]] bool has(std::size_t t) const { return (words_[t / 64] >> t % 64 & 1U) != 0; }

    BitRow& operator|=(const BitRow& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
        return *this;
    }
    BitRow& operator&=(const BitRow& other) {
        for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= other.words_[w];
        return *this;
    }
    [[nodiscard]] bool meets(const BitRow& other) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            if ((words_[w] & other.words_[w]) != 0) return true;
        return false;
    }
    /// Is every state of this one in the other?
    [[nodiscard]] bool lies_in(const BitRow& other) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            if ((words_[w] & ~other.words_[w]) != 0) return false;
        return true;
    }
    [[nodiscard]] bool is_empty() const {
        for (const std::uint64_t word : words_)
            if (word != 0) return false;
        return true;
    }
    [[nodiscard]] std::size_t count() const {
        std::size_t out = 0;
        for (const std::uint64_t word : words_) out += static_cast<std::size_t>(std::popcount(word));
        return out;
    }
    /// Calls each(t), ascending, until it returns false.
    template <class Each> void until(const Each& each) const {
        for (std::size_t w = 0; w < words_.size(); ++w)
            for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1)
                if (!each(w * 64 + static_cast<std::size_t>(std::countr_zero(rest)))) return;
    }

    bool operator==(const BitRow&) const = default;

private:
    std::vector<std::uint64_t> words_;
};

/// rows[s] = the states that s stands in the relation to.
using BitRows = std::vector<BitRow>;

[[nodiscard]] inline BitRows no_rows(std::size_t states) { return BitRows(states, BitRow(states)); }

/// What is reached in one step or more: the transitive closure.     cost  O(states^3 / 64)
inline void close(BitRows& rows) {
    for (std::size_t middle = 0; middle < rows.size(); ++middle) {
        const BitRow through = rows[middle];
        for (BitRow& row : rows)
            if (row.has(middle)) row |= through;
    }
}

}  // namespace icosa::methods::conflict_graph
