/// exp(rate time) over all rows: within a block a geometric progression, in place of an exponential a row.
#pragma once

#include "methods/alarms/seasonal/rows.hpp"

namespace icosa::methods::seasonal {

/// Walks the blocks in their order; the value at row r of the block entered is at_block() times [r].
class Progression {
public:
    /// table[longest block + 1] is filled and kept in use.
    ICOSA_INLINE Progression(const Rows& rows, Lanes* table, const Lanes& rate)
        : rows_(rows), table_(table), rate_(rate) {
        Lanes ratio;
        exponentiate(ratio, rate);
        table[0] = Lanes{} + 1.0;
        for (int r = 1; r <= rows.extent.longest; ++r) table[r] = table[r - 1] * ratio;
    }

    /// Takes the value at a block's first row from that of the block before where they touch; afresh at every eighth
    /// block, so that rounding does not grow.
    ICOSA_INLINE void enter(std::size_t index) {
        const auto& blocks = rows_.plan.blocks;
        const auto& block = blocks[index];
        const bool touches = index % 8 != 0 && blocks[index - 1].back - blocks[index - 1].length == block.back;
        if (touches) {
            at_block_ = at_block_ * table_[blocks[index - 1].length];
        } else {
            const Lanes x = rate_ * rows_.time_of(block);
            exponentiate(at_block_, x);
        }
    }
    [[nodiscard]] ICOSA_INLINE const Lanes& at_block() const { return at_block_; }
    [[nodiscard]] ICOSA_INLINE const Lanes& operator[](int r) const { return table_[r]; }

private:
    const Rows& rows_;
    const Lanes* table_;
    Lanes rate_;
    Lanes at_block_{};
};

}  // namespace icosa::methods::seasonal
