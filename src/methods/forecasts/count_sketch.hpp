/// Draws of a count in a few bytes: how many fell into each of a fixed row of buckets, exact for small counts, of a
/// stated relative width above.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "methods/forecasts/count_model.hpp"

namespace icosa::methods {

/// Buckets that are the same for every sketch, so that sketches add up.
///
///     x <= 128                      bucket x, the count itself
///     2^k < x <= 2^(k+1), k >= 7    64 buckets of width w = 2^(k-6);  bucket = 129 + 64 (k - 7) + (x - 1 - 2^k) / w;
///     value = its least count + w/2
///
/// in    x whole, 0 to 2^62
/// out   |value - x| < x / 128, and 0 up to 128; a larger count has no smaller bucket. The challenge's bins
/// (methods::ignorance_edges) end between buckets src   [masson2019] buckets of bounded relative error and merging by
/// adding dif   64 equal buckets an octave in place of powers of one factor, as the paper too offers for speed: whole
/// numbers only, so the same on every machine
inline constexpr std::int64_t exact_to = 128;
inline constexpr double sketch_relative_error = 1.0 / 128;
[[nodiscard]] std::uint32_t bucket_of(std::int64_t count);
[[nodiscard]] std::int64_t bucket_value(std::uint32_t bucket);

/// n draws as (bucket, times), buckets upwards, times >= 1.
///
/// err   of each draw d_i = |x_i' - x_i| < x_i / 128, 0 up to 128, in the same order of size; so with d = mean d_i: of
/// the mean <= d, of a quantile at any rank
///       <= 1/128 of it, |CRPS' - CRPS| <= 2 d (each of its two means moves by d at most), of the ignorance score and
///       the number of draws 0
/// seen  methods/count_sketch_test.cpp: each of these on random and on adverse draws
struct CountSketch {
    struct Bucket {
        std::uint32_t bucket = 0;
        std::uint64_t times = 0;
        bool operator==(const Bucket&) const = default;
    };
    std::vector<Bucket> buckets;

    [[nodiscard]] std::uint64_t draws() const;
    bool operator==(const CountSketch&) const = default;
};

/// in    draws[n], whole, 0 to 2^62, any order
[[nodiscard]] CountSketch sketch_of(std::span<const double> draws);
/// Of stratified_draws(normalised, n), without making them: the same sketch.
[[nodiscard]] CountSketch sketch_of(std::span<const WeightedCount> normalised, int n);
/// Of the draws of both.
[[nodiscard]] CountSketch merge(const CountSketch& a, const CountSketch& b);
/// The values of the buckets, each as often as it was drawn, sorted upwards.
void draws_of(const CountSketch& sketch, std::vector<double>& out);

/// Bytes: for each bucket its step from the one before (from 0) and its times, both as unsigned LEB128, seven bits a
/// byte, the low ones first. 1,000 draws of 0 take three bytes.
[[nodiscard]] std::string encode(const CountSketch& sketch);
/// Nothing where the bytes are none that encode() makes.
[[nodiscard]] std::optional<CountSketch> parse_sketch(std::string_view bytes);

}  // namespace icosa::methods
