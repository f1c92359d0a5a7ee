/// Points and what they are in, as `icosa locate` tells them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "atlas/atlas.hpp"
#include "base/json.hpp"
#include "pack/places.hpp"

namespace icosa::cli {

/// A point as it was read.
struct PointAsked {
    std::int64_t line = 0;
    double latitude_deg = 0, longitude_deg = 0;  ///< NaN: no position
    Day day = no_day;                            ///< that its countries are of
    std::string stated;       ///< the place that the file states, an id; "" = none, or none known
    std::string stated_text;  ///< as written
};

struct PointLocated {
    PointAsked asked;
    atlas::Whereabouts is_in;
    double apart_km = 0;  ///< from the stated place; NaN = nothing to tell
    std::vector<std::string> notes;

    [[nodiscard]] bool has_position() const;
    [[nodiscard]] bool is_at_origin() const;  ///< 0/0
    /// Another country than stated, neither of them unknown, in no area of undetermined status and not at 0/0; on
    /// water, neither off the coast of the one stated nor nearest to it.
    [[nodiscard]] bool differs() const;
};

/// How many rows are what.
struct LocatedCounts {
    std::int64_t rows = 0, refused = 0;  ///< refused by a card: not among rows
    std::int64_t without_position = 0, on_land = 0, on_water = 0, disputed = 0, at_origin = 0, unknown_country = 0;
    std::int64_t stated = 0, agree = 0, differ = 0, near = 0;  ///< near: of those that differ, up to 10 km apart
    std::int64_t not_read = 0;                                 ///< what they state means no place

    void add(const PointLocated& point);
};

class PointLocator {
public:
    explicit PointLocator(const pack::PlaceBook& places) : places_(places), atlas_(places), distances_(atlas_) {}
    [[nodiscard]] PointLocated locate(PointAsked asked);

private:
    const pack::PlaceBook& places_;
    atlas::Atlas atlas_;
    atlas::Distances distances_;
};

/// Has a file a column of countries, and with it the two columns more?
enum class Stated : std::uint8_t { No, Yes };

[[nodiscard]] std::string located_header(Stated stated);
[[nodiscard]] std::string located_row(const PointLocated& point, Stated stated);
void write_located(JsonWriter& json, const PointLocated& point, Stated stated);
void write_counts(JsonWriter& json, const LocatedCounts& counts, Stated stated);
/// Sentences, for standard error.
[[nodiscard]] std::string told_counts(const LocatedCounts& counts, Stated stated);
/// One point for a person.
[[nodiscard]] std::string told_point(const PointLocated& point, const pack::PlaceBook& places);

}  // namespace icosa::cli
