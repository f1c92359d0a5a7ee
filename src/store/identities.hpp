/// Which identities occur more than once in a file: millions of hashes, gathered by several threads, looked through in
/// parts that fit a cache.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace icosa::store {

/// The identities of one thread's rows. At most `limit` are kept; past that `overflowed` is true and the question must
/// be asked elsewhere.
class Identities {
public:
    static constexpr std::size_t limit = 12'000'000;  ///< 96 MB
    static constexpr std::size_t parts = 256;

    void add(std::uint64_t identity) {
        if (size_ == limit) return;
        parts_[identity >> 56].push_back(identity);
        ++size_;
    }
    [[nodiscard]] bool overflowed() const { return size_ == limit; }
    [[nodiscard]] const std::vector<std::uint64_t>& part(std::size_t index) const { return parts_[index]; }

private:
    std::array<std::vector<std::uint64_t>, parts> parts_;
    std::size_t size_ = 0;
};

/// Identities that occur at least twice in all of them together, each once, in no particular order. cost O(n), memory
/// of the largest part.
[[nodiscard]] std::vector<std::uint64_t> repeated(const std::vector<const Identities*>& all);

}  // namespace icosa::store
