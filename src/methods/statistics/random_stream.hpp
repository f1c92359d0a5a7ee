/// Random bits for work that is shared out among threads.
#pragma once

#include <bit>
#include <cstdint>

namespace icosa::methods {

/// A stream of random bits that belongs to one unit of work (a replication, a place), whichever thread does it.
/// src   [blackman2021] xoshiro256++, its state filled by splitmix64 [steele2014]
class UnitStream {
public:
    UnitStream(std::uint64_t seed, std::uint64_t number);

    [[nodiscard]] std::uint64_t next() {
        const std::uint64_t out = std::rotl(state_[0] + state_[3], 23) + state_[0];
        const std::uint64_t shifted = state_[1] << 17U;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return out;
    }

    /// Even over 0 to n - 1, without the bias of a remainder.  src [lemire2019]
    [[nodiscard]] std::uint32_t below(std::uint32_t n) {
        std::uint64_t product = (next() >> 32U) * n;
        if (static_cast<std::uint32_t>(product) < n) {
            const std::uint32_t floor = (0U - n) % n;
            while (static_cast<std::uint32_t>(product) < floor) product = (next() >> 32U) * n;
        }
        return static_cast<std::uint32_t>(product >> 32U);
    }

private:
    std::uint64_t state_[4];
};

}  // namespace icosa::methods
