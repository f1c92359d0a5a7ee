/// Part by part into one open-addressing table.
#include "store/identities.hpp"

#include <algorithm>
#include <bit>

namespace icosa::store {

std::vector<std::uint64_t> repeated(const std::vector<const Identities*>& all) {
    std::vector<std::uint64_t> out;
    std::vector<std::uint64_t> table;
    for (std::size_t index = 0; index < Identities::parts; ++index) {
        std::size_t count = 0;
        for (const auto* one : all) count += one->part(index).size();
        if (count < 2) continue;
        const std::size_t slots = std::bit_ceil(count * 2);
        table.assign(slots, 0);
        bool zero = false;  // 0 marks an empty slot, so the identity 0 is counted apart
        for (const auto* one : all) {
            for (const std::uint64_t identity : one->part(index)) {
                if (identity == 0) {
                    if (zero) out.push_back(identity);
                    zero = true;
                    continue;
                }
                std::size_t slot = static_cast<std::size_t>(identity) & (slots - 1);
                while (table[slot] != 0 && table[slot] != identity) slot = (slot + 1) & (slots - 1);
                if (table[slot] == identity) out.push_back(identity);
                table[slot] = identity;
            }
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

}  // namespace icosa::store
