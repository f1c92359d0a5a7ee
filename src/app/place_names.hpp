/// How a name or code of a place is read, and what is said of those that mean none.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pack/places.hpp"
#include "store/store.hpp"

namespace icosa::app {

/// What a code means within days: one place, a sum over places, or none.
struct PlaceReading {
    std::string place;      ///< id; "" = none
    std::string sum;        ///< title of the sum over places that it is; "" = none
    std::string repaired;   ///< the text as it was before it was read as Latin-1; "" = it was not
    std::string suggestion; ///< the nearest name or code where it means none
    std::vector<pack::CodeUse> uses;  ///< what it means on any day
};

/// Of several meanings within the days the later holds.
[[nodiscard]] PlaceReading read_place(const pack::PlaceBook& places, std::string_view system, std::string_view code,
                                      Day first, Day last);

/// What a user of a file or source must be told, most rows first: names that mean no place (with the nearest), codes
/// that mean none on their days, sums over places set aside, two places within a record's days, texts mended.
[[nodiscard]] std::vector<std::string> told_of(const std::vector<store::PlaceNaming>& namings,
                                               const pack::PlaceBook& places);

/// Rows whose place is unknown, and rows of sums over places.
struct Unplaced {
    std::int64_t rows = 0;
    std::int64_t summed = 0;
};
[[nodiscard]] Unplaced unplaced_of(const std::vector<store::PlaceNaming>& namings);

}  // namespace icosa::app
