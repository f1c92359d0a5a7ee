/// The only file that knows libcrypto.
#include "ledger/digest.hpp"

#include <array>
#include <cassert>

#include <openssl/evp.h>

namespace icosa::ledger {

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    [[maybe_unused]] const int done = EVP_Digest(bytes.data(), bytes.size(), hash.data(), &size, EVP_sha256(), nullptr);
    assert(done == 1);
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        out += digits[hash[i] >> 4];
        out += digits[hash[i] & 15];
    }
    return out;
}

}  // namespace icosa::ledger
