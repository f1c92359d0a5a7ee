/// Code points and units of UTF-16 into UTF-8.
#pragma once

#include <cstdint>
#include <string>

namespace icosa::ingest {

void append_utf8(std::string& out, std::uint32_t point);

/// Joins the halves of characters beyond 16 bits.
class Utf16Joiner {
public:
    enum class Took { Character, FirstHalf, OddHalf };
    /// Appends what the unit completes; an odd half is left out, and told.
    Took take(std::uint32_t unit, std::string& out);
    [[nodiscard]] bool is_within() const { return high_ != 0; }

private:
    std::uint32_t high_ = 0;  ///< the first half of a character
};

}  // namespace icosa::ingest
