/// How well the kinds of two sources agree, by the levels of a taxonomy.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace icosa::methods::matching {

/// A kind's category on each level, finest first; of several dimensions one after the other.
using Categories = std::vector<std::int32_t>;

class Agreement {
public:
    /// One kind, that all events are of.
    Agreement() : misfit_{0}, kinds_a_(1), kinds_b_(1) {}
    /// levels: how many each dimension has, at least 1; categories as many as the sum of them.
    ///
    ///     misfit = mean over dimensions of level / (levels - 1), level the finest that agrees, from 0
    ///
    /// Kinds that agree on no level of some dimension never match.
    /// src   [donnay2019] as meltt 0.4.3, match.py: smartmatch, no weights, partial = 0
    Agreement(std::span<const std::int32_t> levels, std::span<const Categories> a, std::span<const Categories> b);

    [[nodiscard]] std::int32_t kinds_a() const { return kinds_a_; }
    [[nodiscard]] std::int32_t kinds_b() const { return kinds_b_; }
    /// 0 (finest) to 1; above 1: never.
    [[nodiscard]] double misfit(std::int32_t kind_a, std::int32_t kind_b) const {
        return misfit_[static_cast<std::size_t>(kind_a) * static_cast<std::size_t>(kinds_b_)
                       + static_cast<std::size_t>(kind_b)];
    }

    static constexpr double never = 2;

private:
    std::vector<double> misfit_;
    std::int32_t kinds_a_, kinds_b_;
};

}  // namespace icosa::methods::matching
