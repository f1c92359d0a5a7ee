/// Unpacks the table of countries and arcs.
#include "methods/space/land.hpp"

namespace icosa::methods {
namespace {

class LandBytes {
public:
    [[nodiscard]] std::uint64_t number() {
        std::uint64_t out = 0;
        for (int shift = 0; at_ < land_bytes; shift += 7) {
            const std::uint64_t byte = land_words[at_ / 8] >> (at_ % 8 * 8) & 0xff;
            ++at_;
            out |= (byte & 0x7f) << shift;
            if (byte < 0x80) break;
        }
        return out;
    }
    [[nodiscard]] std::int64_t difference() {
        const std::uint64_t folded = number();
        const auto half = static_cast<std::int64_t>(folded >> 1);
        return folded & 1 ? -half - 1 : half;
    }

private:
    std::size_t at_ = 0;
};

/// Rounded, so that what neighbours share stays the same; the lowest row is the pole, as the source means it.
LandPoint point_of(std::int64_t x, std::int64_t y) {
    const std::int64_t half = land_steps / 2;
    const std::int64_t longitude = (x * 360'000'000 + half) / land_steps - 180'000'000;
    const std::int64_t latitude =
        y == 0 ? -90'000'000 : (y * land_height_microdeg + half) / land_steps + land_south_microdeg;
    return {static_cast<std::int32_t>(longitude), static_cast<std::int32_t>(latitude)};
}

Land unpacked() {
    Land out;
    if (land_country_count == 0) return out;
    out.countries = {land_countries, land_country_count};
    LandBytes bytes;
    std::int64_t x = 0, y = 0;
    for (std::uint64_t left = bytes.number(); left > 0; --left) {
        LandArc arc;
        arc.one = static_cast<std::uint8_t>(bytes.number());
        arc.other = static_cast<std::uint8_t>(bytes.number());
        arc.kind = static_cast<LandLine>(bytes.number());
        arc.first = static_cast<std::uint32_t>(out.points.size());
        arc.size = static_cast<std::uint32_t>(bytes.number());
        for (std::uint32_t i = 0; i < arc.size; ++i) {
            x += bytes.difference();
            y += bytes.difference();
            out.points.push_back(point_of(x, y));
        }
        out.arcs.push_back(arc);
    }
    return out;
}

}  // namespace

const Land& land() {
    static const Land table = unpacked();
    return table;
}

}  // namespace icosa::methods
