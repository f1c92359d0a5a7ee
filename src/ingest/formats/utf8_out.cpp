/// RFC 3629, RFC 2781.
#include "ingest/formats/utf8_out.hpp"

namespace icosa::ingest {

void append_utf8(std::string& out, std::uint32_t point) {
    constexpr std::uint32_t marks[] = {0, 0xC0, 0xE0, 0xF0};
    const int tail = point < 0x80 ? 0 : point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
    out += static_cast<char>(marks[tail] | point >> (6 * tail));
    for (int i = tail - 1; i >= 0; --i) out += static_cast<char>(0x80 | (point >> (6 * i) & 0x3F));
}

Utf16Joiner::Took Utf16Joiner::take(std::uint32_t unit, std::string& out) {
    const bool is_first = unit >= 0xD800 && unit < 0xDC00, is_second = unit >= 0xDC00 && unit < 0xE000;
    const std::uint32_t high = high_;
    high_ = is_first ? unit : 0;
    if (is_second != (high != 0)) return Took::OddHalf;
    if (is_first) return Took::FirstHalf;
    append_utf8(out, is_second ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit);
    return Took::Character;
}

}  // namespace icosa::ingest
