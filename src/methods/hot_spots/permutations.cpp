/// A deal draws so many of the others as the place has neighbours, none twice.
#include "methods/hot_spots/permutations.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>

#include "base/number.hpp"
#include "methods/statistics/random_stream.hpp"

namespace icosa::methods::hot_spots {
namespace {

/// The observed places in a row, their values less the mean.
struct Observed {
    std::vector<double> values;
    std::vector<std::int32_t> at;  ///< of each place: its position in `values`; -1 = not observed
    double squares = 0;

    explicit Observed(std::span<const double> given) : at(given.size(), -1) {
        double mean = 0;
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (std::isnan(given[i])) continue;
            at[i] = static_cast<std::int32_t>(values.size());
            values.push_back(given[i]);
            mean += given[i];
        }
        mean /= std::max(1.0, static_cast<double>(values.size()));
        for (double& x : values) {
            x -= mean;
            squares += x * x;
        }
        if (squares <= static_cast<double>(values.size()) * 1e-28 * mean * mean) squares = 0;
    }
};

/// Draws `wanted` of the others of a place; one a thread.
class Dealer {
public:
    explicit Dealer(const Observed& observed) : values_(observed.values), seen_(observed.values.size(), 0) {}

    double sum(UnitStream& stream, std::size_t self, std::uint32_t wanted) {
        return wanted <= few ? sum_of_few(stream, self, wanted) : sum_of_many(stream, self, wanted);
    }

private:
    static constexpr std::uint32_t few = 16;

    /// Of the others.
    std::uint32_t draw(UnitStream& stream, std::size_t self) {
        const auto drawn = stream.below(static_cast<std::uint32_t>(values_.size() - 1));
        return drawn + static_cast<std::uint32_t>(drawn >= self);
    }

    double sum_of_few(UnitStream& stream, std::size_t self, std::uint32_t wanted) {
        std::uint32_t drawn[few];
        double out = 0;
        for (std::uint32_t i = 0; i < wanted; ++i) {
            std::uint32_t one = draw(stream, self);
            for (std::uint32_t before = 0; before < i;) {
                if (drawn[before++] != one) continue;
                one = draw(stream, self);
                before = 0;
            }
            drawn[i] = one;
            out += values_[one];
        }
        return out;
    }

    double sum_of_many(UnitStream& stream, std::size_t self, std::uint32_t wanted) {
        if (++deal_ == 0) {
            std::fill(seen_.begin(), seen_.end(), 0);
            deal_ = 1;
        }
        double out = 0;
        for (std::uint32_t i = 0; i < wanted;) {
            const std::uint32_t one = draw(stream, self);
            if (seen_[one] == deal_) continue;
            seen_[one] = deal_;
            out += values_[one];
            ++i;
        }
        return out;
    }

    const std::vector<double>& values_;
    std::vector<std::uint32_t> seen_;  ///< the deal that last drew each
    std::uint32_t deal_ = 0;
};

class Permuted {
public:
    Permuted(std::span<const double> values, const Neighbours& neighbours, const Chance& chance)
        : observed_(values), neighbours_(neighbours), chance_(chance) {}

    double p_value(std::size_t place, Dealer& dealer) const {
        if (observed_.at[place] < 0 || observed_.values.size() < 3) return nan_value;
        const auto self = static_cast<std::size_t>(observed_.at[place]);
        double sum = 0;
        std::size_t neighbours = 0;
        for (const auto j : neighbours_.of(place)) {
            const auto at = observed_.at[static_cast<std::size_t>(j)];
            if (at < 0) continue;
            sum += observed_.values[static_cast<std::size_t>(at)];
            ++neighbours;
        }
        if (neighbours == 0) return nan_value;
        const double own = observed_.values[self], others = static_cast<double>(observed_.values.size() - 1);
        const double k = static_cast<double>(neighbours), mean = -own / others;
        const double spread = (observed_.squares - own * own) / others - mean * mean;
        const double variance = spread * k * (others - k) / (others - 1);
        if (!(variance > 1e-14 * observed_.squares)) return 1;
        const double apart = std::abs(sum - k * mean) - 1e-9 * std::sqrt(variance);
        const double side = sum >= k * mean ? 1 : -1;
        const bool deals_rest = k > others / 2;
        const double centre = deals_rest ? (others - k) * mean : k * mean;
        const auto wanted = static_cast<std::uint32_t>(deals_rest ? others - k : k);
        return tail(place, self, wanted, apart, deals_rest ? -side : side, centre, dealer);
    }

private:
    double tail(std::size_t place, std::size_t self, std::uint32_t wanted, double apart, double side, double centre,
                Dealer& dealer) const {
        UnitStream stream(chance_.seed, chance_.first_stream + place);
        int reached = 0;
        for (int made = 1; made <= chance_.permutations; ++made) {
            reached += static_cast<int>(side * (dealer.sum(stream, self, wanted) - centre) >= apart);
            if (reached == chance_.stop_after && chance_.stop_after > 0) return std::min(1.0, 2.0 * reached / made);
        }
        return std::min(1.0, 2 * (reached + 1.0) / (chance_.permutations + 1.0));
    }

    friend std::vector<double> icosa::methods::hot_spots::permuted_p_values(
        std::span<const double> values, const Neighbours& neighbours, const Chance& chance,
        const std::function<void(std::int64_t)>& progress);

    Observed observed_;
    const Neighbours& neighbours_;
    const Chance& chance_;
};

}  // namespace

std::vector<double> permuted_p_values(std::span<const double> values, const Neighbours& neighbours,
                                      const Chance& chance, const std::function<void(std::int64_t)>& progress) {
    const Permuted permuted(values, neighbours, chance);
    std::vector<double> out(values.size(), nan_value);
    constexpr std::size_t block = 64;
    std::atomic<std::size_t> next{0};
    const auto work = [&](bool tells) {
        Dealer dealer(permuted.observed_);
        for (std::size_t first = next.fetch_add(block); first < out.size(); first = next.fetch_add(block)) {
            for (std::size_t i = first; i < std::min(first + block, out.size()); ++i)
                out[i] = permuted.p_value(i, dealer);
            if (tells && progress) progress(static_cast<std::int64_t>(std::min(next.load(), out.size())));
        }
    };
    {
        std::vector<std::jthread> workers;
        for (int i = 1; i < chance.threads; ++i) workers.emplace_back(work, false);
        work(true);
    }
    return out;
}

}  // namespace icosa::methods::hot_spots
