/// The scanners. The AVX2 one looks at 32 bytes at a time and walks the set bits.
#include "ingest/scan.hpp"

#include <bit>
#include <cstring>

#include "base/text.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace icosa::ingest {
namespace {

BlockFacts facts_scalar(std::string_view block) {
    BlockFacts facts;
    for (const char c : block) {
        facts.newlines += c == '\n';
        facts.has_nul |= c == '\0';
        facts.has_high |= (static_cast<unsigned char>(c) & 0x80) != 0;
    }
    return facts;
}

RowSplit split_row_scalar(const char* row, const char* end, char delimiter, std::uint32_t* stops, std::int32_t most) {
    RowSplit split;
    const auto put = [&](const char* at) {
        if (split.columns < most) stops[split.columns] = static_cast<std::uint32_t>(at - row);
        ++split.columns;
    };
    const char* p = row;
    for (; p < end && *p != '\n'; ++p) {
        if (*p == delimiter) put(p);
        split.has_quote |= *p == '"';
    }
    put(p);
    split.stop = p;
    return split;
}

constexpr Scanner scalar{facts_scalar, split_row_scalar};

#if defined(__x86_64__)

__attribute__((target("avx2,bmi,popcnt"))) BlockFacts facts_avx2(std::string_view block) {
    const __m256i newline = _mm256_set1_epi8('\n');
    const __m256i zero = _mm256_setzero_si256();
    __m256i nul = zero, high = zero;
    std::int64_t newlines = 0;
    const char* p = block.data();
    const char* const end = p + block.size();
    for (; end - p >= 64; p += 64) {
        const __m256i a = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
        const __m256i b = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32));
        const auto low = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, newline)));
        const auto up = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, newline)));
        newlines += std::popcount(static_cast<std::uint64_t>(up) << 32 | low);
        nul = _mm256_or_si256(nul, _mm256_cmpeq_epi8(_mm256_min_epu8(a, b), zero));
        high = _mm256_or_si256(high, _mm256_or_si256(a, b));
    }
    BlockFacts facts = facts_scalar({p, static_cast<std::size_t>(end - p)});
    facts.newlines += newlines;
    facts.has_nul |= _mm256_movemask_epi8(nul) != 0;
    facts.has_high |= _mm256_movemask_epi8(high) != 0;
    return facts;
}

__attribute__((target("avx2,bmi,popcnt"))) RowSplit split_row_avx2(const char* row, const char* end, char delimiter,
                                                                   std::uint32_t* stops, std::int32_t most) {
    const __m256i delimiters = _mm256_set1_epi8(delimiter);
    const __m256i newline = _mm256_set1_epi8('\n');
    const __m256i quote = _mm256_set1_epi8('"');
    RowSplit split;
    std::uint32_t quotes = 0;
    for (const char* p = row;; p += 32) {
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
        auto found = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, delimiters)));
        auto quoted = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, quote)));
        auto stop = static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(bytes, newline)));
        if (end - p < 32) {  // what stands behind the end does not count; the end itself stops the row
            const auto at = static_cast<unsigned>(end - p);
            stop = (stop & ((1u << at) - 1)) | 1u << at;
        }
        const auto base = static_cast<std::uint32_t>(p - row);
        if (stop != 0) {
            const std::uint32_t before = (stop & (~stop + 1)) - 1;
            found &= before;
            quoted &= before;
        }
        if (split.columns <= most) {
            // Four at a time, though some of them say nothing: a loop that ends at random costs more than the writes.
            std::uint32_t* const out = stops + split.columns;
            const std::int32_t count = std::popcount(found);
            for (std::int32_t done = 0; done < count; done += 4) {
                for (std::int32_t i = 0; i < 4; ++i, found &= found - 1)
                    out[done + i] = base + static_cast<std::uint32_t>(std::countr_zero(found));
            }
            split.columns += count;
        } else {
            split.columns += std::popcount(found);
        }
        quotes |= quoted;
        if (stop != 0) {
            const auto at = static_cast<std::uint32_t>(std::countr_zero(stop));
            if (split.columns < most) stops[split.columns] = base + at;
            ++split.columns;
            split.stop = p + at;
            split.has_quote = quotes != 0;
            return split;
        }
    }
}

constexpr Scanner avx2{facts_avx2, split_row_avx2};

#endif

}  // namespace

Level best_level() {
#if defined(__x86_64__)
    static const Level level =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt")
        ? Level::Avx2
        : Level::Scalar;
    return level;
#else
    return Level::Scalar;
#endif
}

const Scanner& scanner(Level level) {
#if defined(__x86_64__)
    if (level == Level::Avx2) return avx2;
#endif
    (void)level;
    return scalar;
}

std::size_t first_invalid(std::string_view bytes) {
    const auto is_high = [&](std::size_t i) { return (static_cast<unsigned char>(bytes[i]) & 0x80) != 0; };
    std::size_t at = 0;
    while (at < bytes.size()) {
        if (bytes.size() - at >= 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, bytes.data() + at, 8);
            if ((word & 0x8080808080808080u) == 0) {
                at += 8;
                continue;
            }
        }
        if (!is_high(at)) {
            ++at;
            continue;
        }
        std::size_t stop = at;  // a stretch without ASCII holds whole characters
        while (stop < bytes.size() && is_high(stop)) ++stop;
        if (const auto bad = first_invalid_utf8(bytes.substr(at, stop - at))) return at + *bad;
        at = stop;
    }
    return std::string_view::npos;
}

}  // namespace icosa::ingest
