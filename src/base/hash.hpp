/// Hashes: of a whole file (its digest) and of small keys. XXH3: fast, not for secrets; `xxh128sum FILE` gives the same
/// digest.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace icosa {

[[nodiscard]] std::uint64_t hash64(std::string_view bytes, std::uint64_t seed = 0);

/// XXH3 128 bits of a stream of blocks.
class Digest {
public:
    Digest();
    ~Digest();
    Digest(Digest&&) noexcept;
    Digest& operator=(Digest&&) noexcept;
    void add(std::string_view block);
    [[nodiscard]] std::string hexadecimal() const;  ///< 32 digits

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace icosa
