/// Buckets by the highest bits; varints in and out.
#include "methods/forecasts/count_sketch.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace icosa::methods {
namespace {

constexpr int exact_bits = 7;
constexpr int buckets_an_octave = 64;
constexpr std::uint32_t first_wide = exact_to + 1;
constexpr std::uint32_t last_bucket = first_wide + buckets_an_octave * (62 - exact_bits) - 1;  // counts up to 2^62
constexpr std::uint64_t most_draws = 1ULL << 40U;

void put(std::string& out, std::uint64_t number) {
    for (; number >= 0x80; number >>= 7U) out += static_cast<char>((number & 0x7FU) | 0x80U);
    out += static_cast<char>(number);
}

bool take(std::string_view& bytes, std::uint64_t& number) {
    number = 0;
    for (unsigned shift = 0; shift < 63 && !bytes.empty(); shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes.front());
        bytes.remove_prefix(1);
        number |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
        if (byte < 0x80) return byte != 0 || shift == 0;  // a number is written in one way only
    }
    return false;
}

/// Adds to the last bucket, or opens one; buckets come upwards.
void count(CountSketch& sketch, std::uint32_t bucket, std::uint64_t times) {
    if (!sketch.buckets.empty() && sketch.buckets.back().bucket == bucket) sketch.buckets.back().times += times;
    else sketch.buckets.push_back({bucket, times});
}

}  // namespace

std::uint32_t bucket_of(std::int64_t count) {
    if (count <= exact_to) return static_cast<std::uint32_t>(count);
    const auto before = static_cast<std::uint64_t>(count - 1);
    const int k = static_cast<int>(std::bit_width(before)) - 1;
    const auto within = static_cast<std::uint32_t>((before >> static_cast<unsigned>(k - 6)) - buckets_an_octave);
    return first_wide + static_cast<std::uint32_t>(buckets_an_octave * (k - exact_bits)) + within;
}

std::int64_t bucket_value(std::uint32_t bucket) {
    if (bucket < first_wide) return bucket;
    const std::uint32_t above = bucket - first_wide;
    const unsigned shift = above / buckets_an_octave + 1;
    return ((std::int64_t{buckets_an_octave} + above % buckets_an_octave) << shift) + 1
        + (std::int64_t{1} << (shift - 1));
}

std::uint64_t CountSketch::draws() const {
    std::uint64_t out = 0;
    for (const auto& one : buckets) out += one.times;
    return out;
}

CountSketch sketch_of(std::span<const double> draws) {
    std::vector<std::uint32_t> found;
    found.reserve(draws.size());
    for (const double draw : draws) found.push_back(bucket_of(static_cast<std::int64_t>(draw)));
    std::sort(found.begin(), found.end());
    CountSketch out;
    for (const std::uint32_t bucket : found) count(out, bucket, 1);
    return out;
}

CountSketch sketch_of(std::span<const WeightedCount> normalised, int n) {
    CountSketch out;
    double reached = 0;
    int drawn = 0;
    for (std::size_t at = 0; at < normalised.size() && drawn < n; ++at) {
        reached += normalised[at].weight;
        int until = n;  // draws at (i + 1/2) / n that this value's share reaches; the last value takes the rest
        if (at + 1 < normalised.size()) {
            until = std::clamp(static_cast<int>(std::floor(reached * n + 0.5)) - 1, drawn, n);
            while (until < n && (until + 0.5) / n <= reached) ++until;
        }
        if (until > drawn)
            count(out, bucket_of(static_cast<std::int64_t>(std::min(largest_draw, std::round(normalised[at].value)))),
                  static_cast<std::uint64_t>(until - drawn));
        drawn = until;
    }
    return out;
}

CountSketch merge(const CountSketch& a, const CountSketch& b) {
    CountSketch out;
    auto left = a.buckets.begin(), right = b.buckets.begin();
    while (left != a.buckets.end() || right != b.buckets.end()) {
        const bool is_left = right == b.buckets.end() || (left != a.buckets.end() && left->bucket <= right->bucket);
        const auto& next = is_left ? *left++ : *right++;
        count(out, next.bucket, next.times);
    }
    return out;
}

void draws_of(const CountSketch& sketch, std::vector<double>& out) {
    out.clear();
    out.reserve(sketch.draws());
    for (const auto& one : sketch.buckets)
        out.insert(out.end(), one.times, static_cast<double>(bucket_value(one.bucket)));
}

std::string encode(const CountSketch& sketch) {
    std::string out;
    std::uint32_t before = 0;
    for (const auto& one : sketch.buckets) {
        put(out, one.bucket - before);
        put(out, one.times);
        before = one.bucket;
    }
    return out;
}

std::optional<CountSketch> parse_sketch(std::string_view bytes) {
    CountSketch out;
    std::uint64_t bucket = 0, draws = 0;
    while (!bytes.empty()) {
        std::uint64_t step = 0, times = 0;
        if (!take(bytes, step) || !take(bytes, times)) return std::nullopt;
        if (step > last_bucket || (step == 0 && !out.buckets.empty()) || times == 0 || times > most_draws)
            return std::nullopt;
        bucket += step;
        draws += times;
        if (bucket > last_bucket || draws > most_draws) return std::nullopt;
        out.buckets.push_back({static_cast<std::uint32_t>(bucket), times});
    }
    return out;
}

}  // namespace icosa::methods
